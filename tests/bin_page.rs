//! The bin on the full screen, walked through.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;

use app::App;

/// Twelve days with check-ins, of which the one of Saturday 21 Nov is put away, and then the attempt.
fn with_two_deleted() -> App {
    let mut app = App::lived_in();
    app.press("3<Left>x");
    assert!(
        app.screen(100, 30).contains("Deleted"),
        "{}",
        app.screen(100, 30)
    );
    app.press(":attempts<Enter>x2<Esc>");
    app
}

#[test]
fn an_empty_bin_says_what_it_is() {
    let mut app = App::lived_in();
    app.press(":bin<Enter>");
    let screen = app.screen(80, 24);
    assert!(screen.contains("The bin is empty."), "{screen}");
    assert!(screen.contains("30 days"), "{screen}");
    app.press("<Enter>E");
    assert!(app.screen(80, 24).contains("The bin is empty."));
    app.press("<Esc>");
    assert!(!app.screen(80, 24).contains("erase for good"));
}

#[test]
fn what_was_deleted_is_listed_newest_first_and_restored() {
    let mut app = with_two_deleted();
    let before = app.journal();
    app.press(":restore<Enter>");
    let screen = app.screen(80, 24);
    let at = |text: &str| {
        screen
            .find(text)
            .unwrap_or_else(|| panic!("{text}:\n{screen}"))
    };
    assert!(at("Attempt, stopping") < at("Check-in 08:12, severity"));
    assert!(at("begun Fri 13 Nov 2026") < at("deleted Sun 22 Nov 08:12, 30 days left"));
    assert!(at("for Sat 21 Nov 2026") > at("deleted Sun 22 Nov 08:12, 30 days left"));
    app.press("<Down><Enter>");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("Restored: check-in 08:12, severity"),
        "{screen}"
    );
    assert!(
        !screen.contains("Check-in 08:12"),
        "it left the list:\n{screen}"
    );
    assert_eq!(app.journal().days().count(), before.days().count() + 1);
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("The bin is empty."));
    assert_eq!(app.journal().attempts.iter().count(), 1);
    app.press("<Esc>zz");
    assert_eq!(
        app.journal(),
        before,
        "restoring is undone like anything else"
    );
    app.press(":bin<Enter>");
    assert!(app.screen(80, 24).contains("Check-in 08:12"));
}

#[test]
fn erasing_asks_says_what_goes_and_stays_and_is_not_undone() {
    let mut app = with_two_deleted();
    let before = app.journal();
    app.press(":bin<Enter>jE");
    let question = app.screen(100, 30);
    for word in [
        "undo",
        "drafts",
        "copies",
        "elsewhere",
        "cannot be undone",
        "leave it as it is",
    ] {
        assert!(question.contains(word), "{word}:\n{question}");
    }
    app.press("<Enter>");
    assert!(
        app.screen(80, 24).contains("Check-in 08:12"),
        "the first answer leaves it"
    );
    app.press("E2");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("Erased for good: check-in 08:12"),
        "{screen}"
    );
    assert!(
        screen.contains("Attempt, stopping") && !screen.contains("for Sat 21"),
        "{screen}"
    );
    app.press("<Esc>");
    // The attempt's deletion, then the one step that made the journal, without what was erased.
    app.press("z");
    assert!(
        app.screen(80, 24)
            .contains("Undone: deleting attempt 1, begun Fri 13 Nov; it is there again.")
    );
    assert_eq!(app.journal().days().count(), before.days().count());
    app.press("z");
    assert_eq!(app.journal().days().count(), 0);
    app.press("ZZZ");
    assert_eq!(app.journal(), before, "the check-in of that day stays away");
}

#[test]
fn an_attempt_on_a_day_that_is_taken_is_refused_and_stays_in_the_bin() {
    let mut app = with_two_deleted();
    app.press(":start<Enter>2026-11-13<Ctrl-S>");
    app.press("<Esc><Esc>:bin<Enter><Enter>");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("Not saved: attempt 1 begins on 2026-11-13 already"),
        "{screen}"
    );
    assert!(screen.contains("Attempt, stopping"), "{screen}");
}
