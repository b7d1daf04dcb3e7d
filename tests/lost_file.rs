//! The full screen over a journal that cannot be written: the line that stays, the keys that open nothing, and the words of
//! every form.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;

use app::App;
use ebbtide::store::Place;
use ebbtide::tui::theme::{ColourMode, Glyphs, Theme};
use std::fs;
use std::path::PathBuf;

const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (60, 20), (40, 12)];
const REFUSAL: &str = "The journal is read-only here, so nothing new can be saved.";

fn looks() -> [Theme; 3] {
    [
        Theme::new(ColourMode::Ansi16, Glyphs::Unicode),
        Theme::new(ColourMode::Mono, Glyphs::Unicode),
        Theme::new(ColourMode::Mono, Glyphs::Ascii),
    ]
}

fn read_only() -> App {
    let mut app = App::lived_in();
    app.model.stand(Place::ReadOnly);
    app
}

fn in_one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn a_read_only_journal_has_a_line_that_stays_at_every_size() {
    let app = read_only();
    for (width, height) in SIZES {
        let screen = app.screen(width, height);
        insta::assert_snapshot!(format!("read_only_{width}x{height}"), screen);
    }
    let mut app = app;
    app.press("c");
    insta::assert_snapshot!("read_only_refusal", app.screen(40, 12));
}

#[test]
fn the_line_is_on_every_screen_in_every_look_and_takes_nothing_else_away() {
    for theme in looks() {
        let mut app = read_only().looks(theme);
        for keys in [
            "1", "2", "2v", "3", "3<Enter>", "4", "5", "7", "8", "!", "?", ":", "/",
        ] {
            app.press("<Esc><Esc>");
            app.press(keys);
            for (width, height) in SIZES {
                let screen = app.screen(width, height);
                let second = screen.lines().nth(1).unwrap_or_default();
                assert!(second.starts_with(" Read only: "), "{keys}: {screen}");
                let last = screen.lines().last().unwrap_or_default();
                assert!(
                    last.contains('!') || last.contains("F1"),
                    "{keys}: {screen}"
                );
            }
        }
    }
}

#[test]
fn what_became_of_the_file_is_told_apart() {
    let mut app = App::lived_in();
    for (name, place) in [
        (
            "renamed",
            Place::Renamed(PathBuf::from("/home/me/old/journal.db")),
        ),
        ("deleted", Place::Deleted),
        ("replaced", Place::Replaced),
        ("gone", Place::Gone),
        ("out_of_reach", Place::OutOfReach),
    ] {
        app.model.stand(place);
        let screen = app.screen(80, 24);
        let lines: Vec<&str> = screen.lines().skip(1).take(2).collect();
        insta::assert_snapshot!(format!("place_{name}"), lines.join("\n"));
    }
}

#[test]
fn no_key_of_a_read_only_journal_leads_into_a_form_or_writes() {
    let mut app = read_only();
    let before = format!("{:?}", app.journal());
    for keys in [
        "c",
        "b",
        "d",
        "u",
        "l",
        "s",
        "z",
        "Z",
        "m",
        "3f",
        "3B",
        "3e",
        "3<Left>x",
        "3D",
        "4n",
        "5a",
        "!a",
        "8<Down><Enter>",
        ":start an<Enter>",
        ":symptoms<Enter><Space>",
        ":symptoms<Enter>a",
        ":attempts<Enter>e",
        ":attempts<Enter>E",
        ":attempts<Enter>x2",
    ] {
        app.press("<Esc><Esc><Esc>1");
        app.press("2").press("1");
        app.press(keys);
        let screen = in_one_line(&app.screen(120, 40));
        // Only looking at a day of one's choice is left to a key of these.
        let opens = keys == "3D";
        assert_eq!(screen.contains(REFUSAL), !opens, "{keys}: {screen}");
    }
    assert_eq!(format!("{:?}", app.journal()), before);
    assert!(app.drafts().is_empty());
}

#[test]
fn an_export_and_a_report_open_all_the_same() {
    let mut app = read_only();
    app.press(":export<Enter>1");
    assert!(!app.screen(120, 40).contains(REFUSAL));
    app.press("<Esc><Esc>:clinician<Enter>");
    assert!(!app.screen(120, 40).contains(REFUSAL));
}

/// Every form with words: the keys that open it, that type, that save, and what is found when the words are copied.
const FORMS: [(&str, &str, &str, &str); 17] = [
    ("cn", "river", "<Ctrl-S>", "Note: river"),
    ("b", "7", "<Enter>", "Overall: 7 of 10"),
    ("3<Left><Enter><Enter>n", "river", "<Ctrl-S>", "Note: river"),
    ("d1", "3<Tab><Tab>river", "<Enter>", "Note: river"),
    ("u", "3<Tab>river", "<Enter>", "river"),
    ("lquestion<Enter>", "river", "<Enter>", "river"),
    ("lreason<Enter>", "river", "<Enter>", "river"),
    ("lperson<Enter>", "river", "<Enter>", "river"),
    (
        "lown product<Enter>",
        "river<Tab>g<Tab>1",
        "<Enter>",
        "river",
    ),
    ("lown practice<Enter>", "river", "<Enter>", "river"),
    (
        "s",
        "yesterday<Tab><Tab><Tab>river",
        "<Ctrl-S>2",
        "Goal: river",
    ),
    (
        ":attempts<Enter>e",
        "<Tab><Tab><Tab>river",
        "<Ctrl-S>",
        "Name: river",
    ),
    (":symptoms<Enter>a", "river", "<Ctrl-S>", "Name: river"),
    (
        ":symptoms<Enter>aold<Ctrl-S><End>r",
        "<Ctrl-U>river",
        "<Ctrl-S>",
        "Name: river",
    ),
    ("!a", "river<Enter>555", "<Ctrl-S>", "Number: 555"),
    (
        "!aold<Enter>1<Ctrl-S>e",
        "<Ctrl-U>river",
        "<Ctrl-S>",
        "Name: river",
    ),
    (
        "4n<Enter>",
        "<Tab>6<Tab><Tab>10<Tab>7<Tab>1",
        "<Ctrl-S>",
        "Now a day: 6",
    ),
];

fn keeps_its_words(mut app: App, (open, typed, save, words): (&str, &str, &str, &str)) {
    app.press(open);
    // A draft that was kept before goes with the file.
    let file = app.file();
    app.press(typed);
    fs::remove_file(&file).unwrap();
    app.press(save);
    let screen = in_one_line(&app.screen(120, 40));
    assert!(
        screen.contains("Not saved: the journal at"),
        "{open}: {screen}"
    );
    assert!(
        screen.contains("was deleted while it was open"),
        "{open}: {screen}"
    );
    app.press("<Ctrl-C>");
    let screen = in_one_line(&app.screen(120, 40));
    assert!(
        screen.contains("1 entry is on no disk yet"),
        "{open}: {screen}"
    );
    app.press("2");
    let copied = app.model.to_copy.last().unwrap();
    assert!(copied.contains(words), "{open}: {copied}");
    assert!(app.is_running(), "{open}");
    assert!(!file.exists(), "{open}: no file was made anew");
}

#[test]
fn every_form_keeps_its_words_when_the_file_is_deleted_under_it() {
    for form in FORMS {
        keeps_its_words(App::lived_in(), form);
    }
}

#[test]
fn the_first_steps_ask_again_for_what_could_not_be_saved() {
    keeps_its_words(
        App::empty(),
        ("<Enter>", "yesterday", "<Enter>", "Day 0: Sat 21 Nov 2026"),
    );
    let mut app = App::empty();
    app.press("<Enter>yesterday");
    let (file, away) = (app.file(), app.file().with_extension("away"));
    fs::rename(&file, &away).unwrap();
    app.press("<Enter><Esc>");
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("First steps 2 of 3") && screen.contains("yesterday"),
        "{screen}"
    );
    fs::rename(&away, &file).unwrap();
    app.press("<Enter>");
    assert_eq!(app.journal().attempts.iter().count(), 1);
    app.press("<Esc><Esc><Esc><Ctrl-C>");
    assert!(!app.is_running(), "{}", app.screen(80, 24));
}
