//! What is kept from one frame to the next: the picture under an overlay, what the screens work out of the journal, the hits of
//! fewer letters.
//! It is always what would be drawn anew.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;

use app::App;
use chrono::TimeDelta;
use ebbtide::tui::screens::Screens;
use ebbtide::tui::shared::Kept;
use ebbtide::tui::update::Msg;
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof, proptest};
use proptest::{collection, sample};

const SIZE: (u16, u16) = (120, 40);
/// The smallest with a layout, a usual one, one with a panel beside the view, and one with three columns.
const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), SIZE, (160, 50)];

/// Asks for the value to write to it.
const fn may_write<T>(_: &mut T) {}

/// The screen as it stands, and as it is after everything that was kept has been let go.
fn assert_holds(app: &mut App, keys: &str) {
    assert_holds_at(SIZE, app, keys);
}

fn assert_holds_at((width, height): (u16, u16), app: &mut App, keys: &str) {
    let kept = app.buffer(width, height);
    // Thrown away as well as outdated: else what is not outdated where it should be would be compared with itself.
    app.model.shared.kept = Kept::default();
    may_write::<Screens>(&mut app.model.screens);
    assert_eq!(kept, app.buffer(width, height), "after {keys}");
}

/// Steps that write, take back, open, type, and go from tab to tab.
fn step() -> impl Strategy<Value = &'static str> {
    let write = [
        "b6<Enter>",
        "d4<Enter>",
        "u2<Enter>",
        "z",
        "Z",
        "c3j2<Esc>",
        "5t",
        "5s",
        "5a<Enter>",
    ];
    let go = [
        "1", "3", "3[", "3f", "]", "4", "5", "7", "8", "j", "k", "<Tab>", "<Esc>", "<Enter>", "v",
        "g", "h",
    ];
    let open = [
        "c",
        "d",
        "!",
        "?",
        ":",
        "/",
        "i",
        ":a",
        "/s",
        "<Backspace>",
        "e",
        "l",
    ];
    prop_oneof![
        sample::select(write.to_vec()),
        sample::select(go.to_vec()),
        sample::select(open.to_vec()),
    ]
}

/// Steps along the days, the series, the views and the products of Trends, with a write, a minute or a night between them.
fn step_of_trends() -> impl Strategy<Value = &'static str> {
    let walk = ["h", "l", "j", "k", "[", "]", "n", "N", "g", ".", " "];
    let turn = [
        "v",
        "V",
        ">",
        "<",
        "0",
        "r",
        "w",
        "o",
        "a",
        "f",
        "A",
        "p",
        "t<Down><Enter>",
        "s<Down><Enter>",
        "+",
        "-",
    ];
    let change = [
        "b6<Enter>",
        "z",
        "Z",
        "d4<Enter>",
        "1j",
        "1k",
        "1E2",
        "2",
        "d4<Esc>",
        "c3j2<Esc>",
        MINUTE,
        NIGHT,
    ];
    prop_oneof![
        sample::select(walk.to_vec()),
        sample::select(turn.to_vec()),
        sample::select(change.to_vec()),
    ]
}

const MINUTE: &str = "(a minute)";
const NIGHT: &str = "(a night)";

/// Passes so much time, or presses the keys.
fn take(step: &str, app: &mut App) {
    let seconds = match step {
        MINUTE => 60,
        NIGHT => 12 * 60 * 60,
        keys => return drop(app.press(keys)),
    };
    let mut now = app.model.shared.now.clone();
    now.at += TimeDelta::seconds(seconds);
    app.send(Msg::Clock(now));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn what_trends_and_today_keep_is_what_would_be_drawn_anew(steps in collection::vec(step_of_trends(), 8..28)) {
        let mut app = App::demo(150);
        app.press("2");
        let mut keys = String::from("2");
        for (at, step) in steps.into_iter().enumerate() {
            take(step, &mut app);
            keys.push_str(step);
            assert_holds_at(SIZES[at / 3 % SIZES.len()], &mut app, &keys);
            // Back where it was, out of what was kept a while ago.
            for back in ["h", "l"] {
                app.press(back);
                app.buffer(SIZE.0, SIZE.1);
            }
            assert_holds(&mut app, &keys);
        }
    }
}

#[test]
fn what_is_typed_in_a_form_changes_nothing_behind_it() {
    for (form, typed) in [("d", "4"), ("u", "2"), ("c", "3j2"), ("b", "6")] {
        let mut app = App::demo(30);
        app.press(form);
        app.screen(SIZE.0, SIZE.1);
        let behind = app.model.shared.edition;
        app.press(typed);
        assert_eq!(app.model.shared.edition, behind, "{form}{typed}");
    }
}

#[test]
fn a_draft_stands_on_today_once_its_form_is_closed() {
    let mut app = App::demo(30);
    let has_draft = |app: &App| app.screen(SIZE.0, SIZE.1).contains("draft of dose");
    app.press("d4");
    assert!(!has_draft(&app), "it is being written");
    app.press("<Esc>");
    assert!(has_draft(&app), "it can be gone on with");
    app.press("d");
    assert!(!has_draft(&app), "it is being written again");
    app.press("<Enter>");
    assert!(!has_draft(&app), "it is saved");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_would_be_drawn_anew(steps in (Just("5"), collection::vec(step(), 1..24))) {
        let mut app = App::lived_in();
        let mut keys = String::new();
        for step in std::iter::once(steps.0).chain(steps.1) {
            app.press(step);
            keys.push_str(step);
            assert_holds(&mut app, &keys);
        }
    }
}

#[test]
fn a_letter_taken_away_leaves_what_was_found_before() {
    let mut app = App::lived_in();
    app.press("cnslept badly, then a walk<Ctrl-S>");
    let (width, height) = SIZE;
    for keys in ["s", "sl", "slept", "slept b"] {
        app.press("/");
        app.press(keys);
        let once = app.buffer(width, height);
        app.press("x<Backspace>");
        assert_eq!(app.buffer(width, height), once, "{keys}");
        app.press("xyz<Backspace><Backspace><Backspace>");
        assert_eq!(app.buffer(width, height), once, "{keys}");
        let screen = app.screen(width, height);
        assert!(screen.contains("note, newest first"), "{screen}");
        app.press("<Esc>");
    }
}

#[test]
fn a_save_is_seen_behind_the_form_that_is_open_by_then() {
    let mut app = App::lived_in();
    let (width, height) = SIZE;
    app.press("!");
    let before = app.buffer(width, height);
    let other = app.journal();
    app.press("<Esc>b6<Enter>!");
    assert!(other.days().count() < app.journal().days().count());
    assert_ne!(app.buffer(width, height), before);
    // Nothing else is open: the picture went with the overlay.
    app.press("<Esc>");
    let screen = app.screen(width, height);
    assert!(!screen.contains("Help lines"), "{screen}");
}
