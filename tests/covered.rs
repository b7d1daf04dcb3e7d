//! What hides the journal: the blank, the lock, the report in somebody else's hands. Keys lead to what is in sight.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "app/mod.rs"]
mod app;

use app::{App, now};
use ebbtide::config::file::Config;
use ebbtide::tui::update::Msg;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt::Write;

/// Every size at which a picture is looked at.
const SIZES: [(u16, u16); 5] = [(120, 40), (80, 24), (60, 20), (40, 12), (20, 4)];

/// Words that stand nowhere but in this journal.
const MARKERS: [&str; 5] = [
    "zimtstern",
    "quittenmus",
    "haferkeks",
    "rosinenbrot",
    "mohnstrudel",
];

/// A journal with a marker in a note, the name and the goal of an attempt, an own number and a draft that is open.
fn marked() -> App {
    let mut app = App::lived_in();
    app.press("b4n zimtstern<Ctrl-S>");
    app.press("!a")
        .press("quittenmus<Tab>555 0100<Ctrl-S><Esc>");
    app.press(":attempts<Enter>e");
    app.press("<Tab><Tab><Tab>haferkeks<Tab>rosinenbrot<Ctrl-S><Esc>");
    app.press("cn mohnstrudel");
    app
}

/// Keys that open pages, one after another, each over what was there.
const PLACES: [&str; 12] = ["", "2", "3", "4", "5", "7", "8", "c", "cn", "/", ":", "d"];

fn minutes_later(app: &mut App, minutes: i64) {
    let later = app.model.shared.now.at.to_utc() + chrono::TimeDelta::minutes(minutes);
    app.send(Msg::Clock(now(&later.to_rfc3339())));
}

fn idle_after(app: &mut App, minutes: &str) {
    app.model.shared.config = Config::parse(&format!("idle_lock = {minutes}\n"));
    assert!(app.model.shared.config.faults.is_empty());
}

#[test]
fn one_key_leaves_nothing_in_sight_on_every_page_and_any_key_brings_it_back() {
    for place in PLACES {
        for back in ["x", "<Enter>", "<Esc>", "<Ctrl-C>", "<Ctrl-L>", "q", "!"] {
            let mut app = App::lived_in();
            app.press(place);
            let before = app.screen(80, 24);
            app.press("<Ctrl-L>");
            for (width, height) in SIZES {
                let shown = app.screen(width, height);
                assert_eq!(shown.trim(), "", "{place}: {shown}");
                assert_eq!(
                    app.cursor(width, height),
                    None,
                    "a cursor would be a feature"
                );
            }
            app.press(back);
            assert_eq!(app.screen(80, 24), before, "{place} after {back}");
            assert!(app.is_running());
        }
    }
}

#[test]
fn what_arrives_under_a_blank_is_not_shown_and_a_paste_goes_nowhere() {
    let mut app = App::lived_in();
    app.press("cn<Ctrl-L>");
    app.paste("somebody pasted this");
    assert_eq!(app.screen(80, 24).trim(), "");
    app.press("x");
    let shown = app.screen(80, 24);
    assert!(
        !shown.contains("somebody") && shown.contains("Note"),
        "{shown}"
    );
}

#[test]
fn the_lock_says_on_a_plain_journal_that_it_only_hides() {
    let mut app = App::lived_in();
    let before = app.screen(80, 24);
    app.press("L");
    let locked = app.screen(80, 24);
    assert!(locked.contains("hidden, and nothing more"), "{locked}");
    app.press("c4x1");
    assert_eq!(app.screen(80, 24), locked, "no key reaches what is below");
    app.press("<Enter>");
    assert_eq!(app.screen(80, 24), before);
}

#[test]
fn the_locked_page_and_its_help_have_no_word_of_the_journal() {
    let mut app = marked();
    let shown: String = SIZES.iter().map(|(w, h)| app.screen(*w, *h)).collect();
    assert!(shown.contains("mohnstrudel"), "{shown}");
    minutes_later(&mut app, 1);
    idle_after(&mut app, "2");
    minutes_later(&mut app, 3);
    minutes_later(&mut app, 1);
    for keys in ["", "!", "<Right><Down>", "<Esc>q", "<Enter>"] {
        app.press(keys);
        for (width, height) in SIZES {
            let shown = app.screen(width, height).to_lowercase();
            let has_come_back = keys == "<Enter>";
            for word in MARKERS.into_iter().chain(["kratom", "day 9", "check-in"]) {
                assert!(has_come_back || !shown.contains(word), "{word}: {shown}");
            }
        }
    }
}

#[test]
fn a_draft_is_there_after_the_lock_with_every_letter() {
    let mut app = marked();
    app.press("<Esc>").press("cn and more");
    idle_after(&mut app, "2");
    minutes_later(&mut app, 3);
    assert!(app.screen(80, 24).contains("hidden"));
    let kept = app.drafts();
    assert!(kept[0].note.contains("and more"), "{kept:?}");
    minutes_later(&mut app, 1);
    app.press("<Enter>").press(" still");
    let shown = app.screen(80, 24);
    assert!(shown.contains("mohnstrudel and more still"), "{shown}");
}

#[test]
fn it_locks_by_itself_by_the_clock_on_the_wall_and_each_key_begins_anew() {
    let mut app = App::lived_in();
    minutes_later(&mut app, 24 * 60);
    assert!(!app.screen(80, 24).contains("hidden"), "off unless wanted");
    app.press("2");
    idle_after(&mut app, "5");
    for _ in 0..3 {
        minutes_later(&mut app, 4);
        app.press("<Right>");
    }
    assert!(!app.screen(80, 24).contains("hidden"));
    // A machine that slept hands over one moment, hours later.
    minutes_later(&mut app, 7 * 60);
    assert!(app.screen(80, 24).contains("hidden"));
}

#[test]
fn the_key_that_wakes_a_sleeping_machine_does_not_open_what_nobody_has_seen_locked() {
    let mut app = App::lived_in();
    idle_after(&mut app, "2");
    // Before the clock is looked at: it was typed before the locked page was drawn.
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    app.send(Msg::Unseen(enter));
    minutes_later(&mut app, 60);
    assert!(app.screen(80, 24).contains("hidden"));
    app.press("<Enter>");
    assert!(!app.screen(80, 24).contains("hidden"));
}

#[test]
fn a_letter_typed_while_the_lock_falls_is_in_the_draft_and_a_key_that_does_something_is_not_done() {
    let mut app = App::lived_in();
    app.press("cn half a sen");
    idle_after(&mut app, "2");
    let key = |code| KeyEvent::new(code, KeyModifiers::NONE);
    for code in [
        KeyCode::Char('t'),
        KeyCode::Char('e'),
        KeyCode::Enter,
        KeyCode::Esc,
    ] {
        app.send(Msg::Unseen(key(code)));
    }
    app.send(Msg::UnseenPaste("nce".to_owned()));
    minutes_later(&mut app, 60);
    assert!(app.screen(80, 24).contains("hidden"));
    assert_eq!(app.drafts()[0].note.trim(), "half a sentence");
    // Outside a text field a letter is an action.
    app.press("<Enter><Esc><Esc>");
    let before = app.screen(80, 24);
    app.send(Msg::Unseen(key(KeyCode::Char('q'))));
    app.send(Msg::UnseenPaste("q".to_owned()));
    assert!(app.is_running());
    assert_eq!(app.screen(80, 24), before);
}

#[test]
fn a_blank_stays_blank_when_it_locks_by_itself_and_the_lock_is_under_it() {
    let mut app = App::lived_in();
    idle_after(&mut app, "2");
    app.press("<Ctrl-L>");
    minutes_later(&mut app, 60);
    assert_eq!(app.screen(80, 24).trim(), "");
    minutes_later(&mut app, 1);
    app.press("x");
    assert!(app.screen(80, 24).contains("hidden"));
}

#[test]
fn the_report_in_other_hands_can_be_scrolled_and_nothing_more() {
    for way in [":hand over<Enter>", ":report for<Enter>H"] {
        let mut app = App::lived_in();
        app.press(way);
        assert!(app.screen(80, 24).contains("Press the key"), "{way}");
        // A key that scrolls, or that one presses without thinking, is none.
        app.press("j<Enter>");
        assert!(app.screen(80, 24).contains("another key"), "{way}");
        app.press("w");
        assert!(app.screen(80, 24).contains("w brings you back"), "{way}");
        app.press("<Enter>");
        let top = app.screen(80, 24);
        assert!(top.contains("Report") && !top.contains("w brings"), "{top}");
        for key in [
            "q", "<Esc>", "<Enter>", "<Ctrl-C>", "<Ctrl-Z>", ":", "?", "c", "1", "z", "<Ctrl-S>",
            "L", "M", "<Tab>",
        ] {
            app.press(key);
            assert_eq!(app.screen(80, 24), top, "{key} does nothing");
            assert!(app.is_running(), "{key}");
        }
        app.press("<PgDn>");
        assert_ne!(app.screen(80, 24), top);
        app.press("<Home>");
        assert_eq!(app.screen(80, 24), top);
        app.press("!");
        let help = app.screen(80, 24);
        assert!(
            help.contains("Help lines") && !help.to_lowercase().contains("kratom"),
            "{help}"
        );
        // Neither from there.
        app.press("<Ctrl-C>q");
        assert!(app.is_running());
        app.press("<Esc><Ctrl-L>");
        assert_eq!(app.screen(80, 24).trim(), "");
        app.press("q");
        assert_eq!(app.screen(80, 24), top);
        app.press("w");
        assert_ne!(app.screen(80, 24), top);
    }
}

#[test]
fn the_last_page_of_a_handed_over_report_ends_where_it_does_at_every_size() {
    for (width, height) in SIZES {
        let mut app = App::demo(60);
        app.press(":hand over<Enter>w<Enter>");
        let _ = app.screen(width, height);
        app.press("<End>");
        let last = app.screen(width, height);
        app.press("<Down><PgDn>");
        assert_eq!(app.screen(width, height), last);
        app.press("<Up>");
        assert_ne!(app.screen(width, height), last, "{width}x{height}: {last}");
    }
}

#[test]
fn a_lock_over_a_handed_over_report_does_not_let_go_of_it() {
    let mut app = App::lived_in();
    idle_after(&mut app, "2");
    app.press(":hand over<Enter>w<Enter>");
    let report = app.screen(80, 24);
    minutes_later(&mut app, 10);
    minutes_later(&mut app, 1);
    app.press("q<Ctrl-C>");
    assert!(app.is_running());
    app.press("<Enter>");
    assert_eq!(app.screen(80, 24), report);
}

#[test]
fn own_numbers_stand_on_the_locked_page_only_where_the_config_file_has_them() {
    let mut app = marked();
    app.press("<Esc>L!");
    assert!(!app.screen(120, 40).contains("555 0100"));
    app.press("<Esc>");
    app.model.shared.config =
        Config::parse("help_country = \"nz\"\nhelp_numbers = \"Ana: 555 0100; Ben: 555 0199\"\n");
    app.press("!");
    let shown = app.screen(120, 40);
    for text in [
        "New Zealand",
        "111",
        "Ana: 555 0100 (your own)",
        "Ben: 555 0199",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
}

#[test]
fn settings_puts_own_numbers_into_the_config_file_only_when_that_was_chosen() {
    let mut app = marked();
    app.press("<Esc><Esc>8");
    let row = |app: &mut App| app.press(":help while<Enter>").screen(120, 40);
    let asked = row(&mut app);
    assert!(asked.contains("read them in the config file"), "{asked}");
    app.press("1L!");
    assert!(!app.screen(120, 40).contains("555 0100"));
    app.press("<Esc><Enter>");
    row(&mut app);
    app.press("2L!");
    let shown = app.screen(120, 40);
    assert!(shown.contains("quittenmus: 555 0100 (your own)"), "{shown}");
    let file = app.file().with_file_name("config.toml");
    assert!(std::fs::read_to_string(file).unwrap().contains("555 0100"));
}

#[test]
fn a_country_that_is_found_while_locked_is_known_there_the_next_time() {
    let mut app = App::lived_in();
    app.press("L!<Right>");
    let first = app.screen(120, 40);
    app.press("<Esc>!");
    assert_eq!(app.screen(120, 40), first);
    let file = app.file().with_file_name("config.toml");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("help_country = "), "{text}");
}

#[test]
fn every_size_draws_each_cover() {
    for keys in [
        "L",
        "L!",
        "<Ctrl-L>",
        ":hand over<Enter>",
        ":hand over<Enter>w<Enter>",
    ] {
        let mut app = App::lived_in();
        app.press(keys);
        for width in 1..=100 {
            for height in [1, 2, 3, 5, 8, 12, 30] {
                let _ = app.screen(width, height);
            }
        }
    }
}

fn picture(keys: &str) -> String {
    let mut pictures = String::new();
    for (width, height) in [(80, 24), (60, 20), (40, 12)] {
        let mut app = App::lived_in();
        app.press(keys);
        write!(
            pictures,
            "{width}x{height}\n{}\n",
            app.screen(width, height)
        )
        .unwrap();
    }
    pictures
}

#[test]
fn pictures() {
    insta::assert_snapshot!("locked", picture("L"));
    insta::assert_snapshot!("locked_help", picture("L!"));
    insta::assert_snapshot!("hand_over_asks", picture(":hand over<Enter>"));
    insta::assert_snapshot!("hand_over_tells", picture(":hand over<Enter>w"));
    insta::assert_snapshot!("hand_over_shows", picture(":hand over<Enter>w<Enter>"));
}
