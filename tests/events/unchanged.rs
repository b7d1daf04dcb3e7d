//! Saving what stands there already: it is said, nothing is written, and undo takes back what was done before.

use crate::app::App;
use crate::ground::{json, run, said};
use crate::support::home::Ebb;

fn steps(ebb: &Ebb) -> i64 {
    ebb.count("SELECT count(*) FROM log_step")
}

#[test]
fn a_verb_that_changes_nothing_says_so_and_spends_no_step() {
    let ebb = Ebb::new();
    run(
        &ebb,
        &[
            ("21 08:00", "start --last-use 2026-11-20 --name autumn"),
            ("21 08:01", "checkin --overall 4"),
            ("21 08:02", "dose 6g powder"),
            ("21 08:03", "medication add Aspirin"),
            ("21 08:04", "symptom add Buzzing --category physical"),
        ],
    );
    let id = |list: &str| {
        let list = json(&ebb, "21 09:00", list);
        list["records"][0]["id"].as_str().unwrap().to_owned()
    };
    let dose = id("entry dose list --json");
    let check_in = id("entry check-in list --json");
    let before = steps(&ebb);
    for same in [
        format!("entry dose edit {dose} --amount 6"),
        format!("entry dose edit {dose} --amount 6.0g"),
        format!("entry dose edit {dose} --at 08:02"),
        format!("entry check-in edit {check_in} --overall 4"),
        "attempt edit --name autumn".to_owned(),
        "symptom rename own_buzzing Buzzing".to_owned(),
    ] {
        assert_eq!(said(&ebb, "21 10:00", &same), "Nothing was changed.\n");
        assert_eq!(steps(&ebb), before, "{same}");
    }
    // Something else is a change as before.
    let line = said(
        &ebb,
        "21 10:01",
        &format!("entry dose edit {dose} --amount 7"),
    );
    assert!(line.starts_with("Changed: dose of 7 g"), "{line}");
    assert_eq!(steps(&ebb), before + 1);
}

#[test]
fn a_form_that_changes_nothing_says_so_and_undo_takes_back_the_last_entry() {
    let mut app = App::lived_in();
    app.press("d15<Enter>");
    let screen = app.screen(120, 30);
    assert!(screen.contains("Saved 08:12: 5 g"), "{screen}");
    // The draft of the edit goes with it.
    app.press("3<Enter><Enter>6<Backspace>5<Enter>");
    let screen = app.screen(120, 30);
    assert!(screen.contains("Nothing was changed."), "{screen}");
    assert!(!screen.contains("takes it back"), "{screen}");
    app.press("l");
    assert!(!app.screen(120, 30).contains("go on with the draft"));
    app.press("<Esc>z");
    let screen = app.screen(120, 30);
    assert!(screen.contains("Undone: the dose of 5 g"), "{screen}");
    let mut app = app.reopened();
    app.press("l");
    assert!(!app.screen(120, 30).contains("go on with the draft"));
}

#[test]
fn looking_at_the_help_lines_of_other_countries_is_nothing_that_undo_takes_back() {
    let mut app = App::lived_in();
    app.press("d15<Enter>!<Right><Right><Enter>");
    let chosen = app.journal().settings.country.unwrap();
    app.press("!");
    let page = app.screen(80, 24);
    app.press("<Right><Right><Right>");
    let looked = app.screen(80, 24);
    assert_ne!(looked, page);
    assert!(looked.contains("; Esc goes back to "), "{looked}");
    app.press("<Esc>!");
    assert_eq!(app.screen(80, 24), page, "the one chosen is in sight again");
    assert_eq!(app.journal().settings.country.as_ref(), Some(&chosen));
    // The step before is the choice, the one before that the dose.
    app.press("<Right><Esc>zz");
    assert!(app.screen(120, 30).contains("Undone: the dose of 5 g"));
    assert_eq!(app.journal().settings.country, None);
}

#[test]
fn a_country_looked_at_is_kept_by_enter_and_at_first_use_by_leaving() {
    for leave in ["<Enter>", "<Esc>"] {
        let mut app = App::lived_in();
        app.press("!<Right><Right>");
        assert_eq!(app.journal().settings.country, None, "not while one looks");
        app.press(leave);
        let first = app.journal().settings.country;
        assert!(first.is_some(), "{leave}");
        app.press("!<Right><Enter>");
        let second = app.journal().settings.country;
        assert!(second.is_some() && second != first, "{leave}");
    }
}

#[test]
fn one_sleep_instead_of_another_is_undone_and_done_again_in_its_own_words() {
    let ebb = Ebb::new();
    run(
        &ebb,
        &[
            ("21 08:00", "measure sleep_hours=6"),
            ("21 09:00", "measure sleep_hours=2 --add"),
            ("21 10:00", "measure sleep_hours=1 --instead"),
        ],
    );
    let undone = said(&ebb, "21 10:01", "undo");
    assert!(
        undone.starts_with("Undone: Hours slept, 1 h instead of 8 h."),
        "{undone}"
    );
    let redone = said(&ebb, "21 10:02", "redo");
    assert!(
        redone.starts_with("Done again: Hours slept, 1 h instead of 8 h."),
        "{redone}"
    );
    // One more is no exchange.
    run(&ebb, &[("21 11:00", "measure sleep_hours=2 --add")]);
    let undone = said(&ebb, "21 11:01", "undo");
    assert!(
        undone.starts_with("Undone: the measurement Hours slept, 2 h, 11:00"),
        "{undone}"
    );
}
