//! What is kept from one frame to the next: the picture under an overlay, what Care and Plan say, the hits of fewer letters.
//! It is always what would be drawn anew.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;

use app::App;
use ebbtide::tui::screens::Screens;
use ebbtide::tui::shared::Shared;
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof, proptest};
use proptest::{collection, sample};

const SIZE: (u16, u16) = (120, 40);

/// Asks for the value to write to it.
const fn may_write<T>(_: &mut T) {}

/// The screen as it stands, and as it is after everything that was kept has been let go.
fn assert_holds(app: &mut App, keys: &str) {
    let (width, height) = SIZE;
    let kept = app.buffer(width, height);
    may_write::<Shared>(&mut app.model.shared);
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
