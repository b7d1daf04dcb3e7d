//! The Settings screen at its four sizes, and its groups under the keys and the mouse.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;

use app::App;
use ebbtide::tui::pointer::What;

const SIZE: (u16, u16) = (120, 40);

#[test]
fn a_press_on_the_name_of_a_group_chooses_nothing_and_one_on_a_setting_chooses_it() {
    let mut app = App::lived_in();
    app.press("M8");
    // The list may have moved under the row that was chosen.
    let row = |screen: &str, said: &str| {
        let found = screen.lines().position(|line| line.contains(said));
        u16::try_from(found.unwrap()).unwrap()
    };
    let first = app.screen(SIZE.0, SIZE.1);
    app.point(SIZE, What::Press, 6, row(&first, "Week begins on"));
    let chosen = app.screen(SIZE.0, SIZE.1);
    assert!(chosen.contains("\u{258c} Week begins on"), "{chosen}");
    app.point(SIZE, What::Press, 6, row(&chosen, "\u{2502} Display"));
    assert_eq!(app.screen(SIZE.0, SIZE.1), chosen);
}

#[test]
fn a_small_window_names_the_group_in_its_frame() {
    let mut app = App::lived_in();
    app.press("8<End>");
    let small = app.screen(40, 12);
    assert!(small.contains("Your data, 36 of 36"), "{small}");
    let large = app.screen(80, 24);
    assert!(large.contains("\u{2502} Your data "), "{large}");
}

#[test]
fn the_settings_stand_in_named_groups_at_every_size() {
    let mut app = App::demo(90);
    app.press("8");
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        insta::assert_snapshot!(format!("top_{width}x{height}"), app.screen(width, height));
    }
    app.press("<End>");
    for (width, height) in [(80, 24), (40, 12)] {
        insta::assert_snapshot!(format!("end_{width}x{height}"), app.screen(width, height));
    }
}

#[test]
fn the_row_of_the_reminder_shows_what_would_be_installed_and_installs_nothing() {
    let mut app = App::lived_in();
    app.press("8<Down><Down><Down><Down>");
    let row = app.screen(80, 24);
    assert!(row.contains("\u{258c} Reminder"), "{row}");
    app.press("<Enter>");
    let page = app.screen(80, 40);
    for part in [
        "No reminder is installed.",
        "Others on this computer can see it",
        "`ebb remind install --at 20:00`",
        " would be ",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    app.press("<Esc>");
    assert!(app.screen(80, 24).contains("\u{258c} Reminder"));
}
