//! What can be given back, and the report before it is written, in the full screen at its four sizes.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;

use app::App;

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 12)];

fn report() -> App {
    let mut app = App::demo(60);
    app.press(":clinician<Enter>");
    app
}

/// Goes down to the row with these words.
fn to(app: &mut App, words: &str) {
    app.press("<Home>");
    for _ in 0..40 {
        let screen = app.screen(120, 40);
        let marked = screen.lines().find(|line| line.contains('\u{258c}'));
        // The preview stands beside the row.
        let row: String = marked.unwrap_or_default().chars().take(33).collect();
        if row.contains(words) {
            return;
        }
        app.press("<Down>");
    }
    panic!("no row {words}:\n{}", app.screen(120, 40));
}

#[test]
fn everything_stands_first_among_what_can_be_given_back() {
    let mut app = App::lived_in();
    app.press(":export<Enter>");
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("forms_{width}x{height}"), app.screen(width, height));
    }
    app.press("1");
    let form = app.screen(80, 24);
    assert!(form.contains("journal-2026-11-22"), "{form}");
}

#[test]
fn the_report_is_read_beside_its_parts() {
    let app = report();
    for (width, height) in SIZES {
        insta::assert_snapshot!(
            format!("report_{width}x{height}"),
            app.screen(width, height)
        );
    }
}

#[test]
fn a_part_that_is_left_out_is_gone_from_the_preview_and_comes_back() {
    let mut app = report();
    assert!(app.screen(120, 40).contains("Last logged dose: "));
    to(&mut app, "Last logged dose");
    app.press("<Space>");
    assert!(!app.screen(120, 40).contains("Last logged dose: "));
    app.press("<Space>");
    assert!(app.screen(120, 40).contains("Last logged dose: "));
}

#[test]
fn a_note_stands_in_it_only_when_it_was_chosen() {
    let mut app = report();
    to(&mut app, "Notes, 0 of");
    app.press("<Down>");
    let list = app.screen(120, 40);
    assert!(list.contains("Notes, 0 of"), "{list}");
    app.press("<Space>");
    let chosen = app.screen(120, 40);
    assert!(chosen.contains("Notes, 1 of"), "{chosen}");
    to(&mut app, "Scales");
    app.press("<Home>s");
    let supporter = app.screen(120, 40);
    assert!(!supporter.contains("Notes, 1 of"), "{supporter}");
}

#[test]
fn writing_asks_for_a_file_with_a_neutral_name_and_the_chosen_form() {
    let mut app = report();
    app.press("w");
    let form = app.screen(80, 24);
    assert!(form.contains("report-2026-11-22.html"), "{form}");
    app.press("<Esc><Down><Right>w");
    let form = app.screen(80, 24);
    assert!(form.contains("report-2026-11-22.md"), "{form}");
    app.press("<Enter>");
    let said = app.screen(80, 24);
    assert!(said.contains("Written."), "{said}");
}
