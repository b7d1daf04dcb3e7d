//! The lock of an encrypted journal: nothing of it is held while it is locked, and what was typed is there again afterwards.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "app/mod.rs"]
mod app;

use app::{App, PASSPHRASE, now};
use ebbtide::config::file::Config;
use ebbtide::domain::journal::Coverage;
use ebbtide::domain::journal::change::Change;
use ebbtide::store::key::held;
use ebbtide::store::key::passphrase::Passphrase;
use ebbtide::store::{Seed, Store};
use ebbtide::tui::store_thread::Answer;
use ebbtide::tui::update::Msg;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const SIZES: [(u16, u16); 5] = [(120, 40), (80, 24), (60, 20), (40, 12), (20, 4)];

fn minutes_later(app: &mut App, minutes: i64) {
    let later = app.model.shared.now.at.to_utc() + chrono::TimeDelta::minutes(minutes);
    app.send(Msg::Clock(now(&later.to_rfc3339())));
}

#[test]
fn the_lock_lets_go_of_the_journal_and_the_passphrase_brings_it_back() {
    let mut app = App::under_passphrase();
    let before = app.screen(80, 24);
    assert!(!app.model.shared.kept.is_empty(), "worked out for it");
    app.press("L");
    assert!(app.model.shared.kept.is_empty());
    assert!(app.model.shared.journal.days().next().is_none());
    assert!(app.model.shared.journal.attempts.iter().next().is_none());
    assert!(app.model.shared.drafts.is_empty());
    let locked = app.screen(80, 24);
    assert!(
        locked.contains("Passphrase:") && !locked.contains("Severity"),
        "{locked}"
    );
    app.press(PASSPHRASE).press("<Enter>");
    assert_eq!(app.screen(80, 24), before);
}

#[test]
fn after_the_passphrase_the_first_days_come_before_the_whole_journal_is_read() {
    let mut app = App::under_passphrase();
    app.press("L").press(PASSPHRASE);
    let answers = app.answers_to("<Enter>");
    let is_first = |answer: &Answer| matches!(answer, Answer::Unlocked { journal, .. } if matches!(journal.coverage, Coverage::Since(_)));
    let is_whole = |answer: &Answer| matches!(answer, Answer::Loaded(journal) if journal.coverage == Coverage::Whole);
    let first = answers.iter().position(is_first);
    let whole = answers.iter().position(is_whole);
    assert!(first.is_some() && first < whole, "{answers:#?}");
}

#[test]
fn neither_the_letters_nor_their_number_are_in_sight() {
    let mut app = App::under_passphrase();
    app.press("L").press("a");
    let one = app.screen(80, 24);
    app.press("bcdefghijklmnopqrstuvwxyz!?");
    assert_eq!(app.screen(80, 24), one);
    app.press("<Ctrl-U>");
    let none = app.screen(80, 24);
    assert_ne!(none, one);
    app.paste(PASSPHRASE);
    assert_eq!(app.screen(80, 24), one);
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("Severity"));
}

#[test]
fn after_ten_wrong_passphrases_and_the_right_one_the_draft_is_there() {
    let mut app = App::under_passphrase();
    app.press("cn half a sentence");
    app.model.shared.config = Config::parse("idle_lock = 2\n");
    minutes_later(&mut app, 60);
    minutes_later(&mut app, 1);
    for tried in 0..10 {
        app.press(&format!("wrong {tried}<Enter>"));
        let said = app.screen(80, 24);
        assert!(
            said.contains("not the passphrase. Nothing was changed"),
            "{said}"
        );
        assert!(
            !said.contains("half a sentence") && !said.contains("wrong"),
            "{said}"
        );
    }
    app.press(PASSPHRASE).press("<Enter>");
    // The form is open again where it was left.
    app.press("n and the rest");
    let shown = app.screen(80, 24);
    assert!(shown.contains("half a sentence and the rest"), "{shown}");
}

#[test]
fn what_is_typed_in_the_second_in_which_the_lock_falls_goes_to_the_passphrase() {
    let mut app = App::under_passphrase();
    app.model.shared.config = Config::parse("idle_lock = 2\n");
    minutes_later(&mut app, 60);
    app.press(PASSPHRASE).press("<Enter>");
    assert!(app.screen(80, 24).contains("Severity"));
}

#[test]
fn the_sheet_opens_it_and_a_wrong_sign_is_told_by_its_group() {
    let mut app = App::under_passphrase();
    let sheet = app.sheet();
    app.press("L<Tab>");
    let mut groups: Vec<String> = sheet.split(' ').map(str::to_owned).collect();
    let sign = if groups[2].starts_with('2') { "3" } else { "2" };
    groups[2].replace_range(..1, sign);
    app.press(&groups.join(" ").to_lowercase()).press("<Enter>");
    let said = app.screen(80, 24);
    assert!(said.contains("group 3"), "{said}");
    app.press("<Ctrl-U>");
    app.paste(&sheet);
    app.press("<Enter>");
    assert!(app.screen(80, 24).contains("Severity"));
}

#[test]
fn the_locked_page_leads_to_help_lines_and_out_and_never_types_what_is_meant_so() {
    let mut app = App::under_passphrase();
    app.press("!c").press("<Esc>").press("L");
    app.press("<F1>");
    let help = app.screen(80, 24);
    assert!(
        help.contains("Help lines:") && !help.to_lowercase().contains("kratom"),
        "{help}"
    );
    app.press("<Esc>").press("q!?L");
    assert!(app.is_running());
    assert!(app.screen(80, 24).contains("Passphrase:"));
    app.press("<Ctrl-L>");
    assert_eq!(app.screen(80, 24).trim(), "");
    app.press("x<Ctrl-C>");
    assert!(!app.is_running());
}

#[test]
fn a_handed_over_report_is_all_that_is_left_until_the_passphrase_is_given() {
    let mut app = App::under_passphrase();
    let before = app.screen(80, 24);
    app.press(":hand over<Enter>");
    assert!(app.screen(80, 24).contains("locks the rest"));
    app.press("<Enter>");
    let report = app.screen(80, 24);
    assert!(report.contains("Report"), "{report}");
    assert!(app.model.shared.journal.days().next().is_none());
    for key in ["q", "<Esc>", "<Ctrl-C>", ":", "?", "c", "1", "<Tab>", "L"] {
        app.press(key);
        assert_eq!(app.screen(80, 24), report, "{key}");
    }
    app.press("<Enter>");
    let asks = app.screen(80, 24);
    assert!(
        asks.contains("Passphrase:") && !asks.contains("quit"),
        "{asks}"
    );
    app.press("<Ctrl-C>wrong<Enter>");
    assert!(app.is_running());
    app.press("<Esc>");
    assert_eq!(app.screen(80, 24), report);
    app.press("<Enter>").press(PASSPHRASE).press("<Enter>");
    assert_eq!(app.screen(80, 24), before);
}

#[test]
fn pictures() {
    let mut app = App::under_passphrase();
    let mut pictures = String::new();
    for keys in [
        "L",
        "some words",
        "<Enter>",
        "<Tab>",
        "0123 nonsense<Enter>",
    ] {
        app.press(keys);
        for (width, height) in [(80, 24), (60, 20), (40, 12)] {
            let shown = app.screen(width, height);
            write!(pictures, "{keys} {width}x{height}\n{shown}\n").unwrap();
        }
        for (width, height) in SIZES {
            let _ = app.screen(width, height);
        }
    }
    insta::assert_snapshot!("locked", pictures);
}

#[test]
fn a_passphrase_is_typed_twice_proven_before_it_goes_and_its_sheet_is_shown_until_a_key() {
    let mut app = App::alone();
    app.press(":passphrase<Enter>");
    let asked = app.screen(80, 24);
    assert!(
        asked.contains("nobody can") && asked.contains("leave it as it is"),
        "{asked}"
    );
    app.press("2one<Enter>other<Enter>");
    assert!(
        app.screen(80, 24)
            .contains("not the same. Nothing was changed")
    );
    app.press(PASSPHRASE).press("<Enter>").press(PASSPHRASE);
    assert!(!app.screen(80, 24).contains("four"));
    app.press("<Enter>");
    let set = app.screen(80, 24);
    assert!(
        set.contains("The journal is encrypted") && set.contains("show it now"),
        "{set}"
    );
    app.press("1").press("wrong<Enter>");
    assert!(app.screen(80, 24).contains("not the present passphrase"));
    app.press(PASSPHRASE).press("<Enter>");
    let sheet = app.screen(80, 24);
    for group in app.sheet().split(' ') {
        assert!(sheet.contains(group), "{group}: {sheet}");
    }
    assert!(
        !sheet.contains("ebb") && !sheet.to_lowercase().contains("journal"),
        "{sheet}"
    );
    for (width, height) in SIZES {
        let _ = app.screen(width, height);
    }
    app.press("q");
    assert!(app.is_running());
    let after = app.screen(80, 24);
    assert!(after.contains("Help while locked"), "{after}");

    app.press(":passphrase<Enter>5").press("wrong<Enter>");
    assert!(app.screen(80, 24).contains("Nothing was changed"));
    app.press(PASSPHRASE).press("<Enter>");
    let plain = app.screen(80, 24);
    assert!(plain.contains("no longer encrypted"), "{plain}");
    assert!(
        std::fs::read(app.file())
            .unwrap()
            .starts_with(b"SQLite format 3")
    );
    app.press("L");
    assert!(app.screen(80, 24).contains("hidden, and nothing more"));
}

#[test]
fn a_new_key_makes_the_sheet_of_before_useless_and_a_new_passphrase_alone_does_not() {
    let mut app = App::under_passphrase();
    let first = app.sheet();
    app.press(":passphrase<Enter>3")
        .press(PASSPHRASE)
        .press("<Enter>other<Enter>other<Enter>");
    assert!(
        app.screen(80, 24)
            .contains("the recovery sheet stays valid"),
        "{}",
        app.screen(80, 24)
    );
    assert_eq!(app.sheet(), first);
    app.press(":passphrase<Enter>4")
        .press("other<Enter>third<Enter>third<Enter>");
    assert_ne!(app.sheet(), first);
    app.press("2L").press("<Tab>");
    app.paste(&first);
    app.press("<Enter>");
    assert!(
        app.screen(80, 24).contains("of another key"),
        "{}",
        app.screen(80, 24)
    );
    app.press("<Tab>third<Enter>");
    assert!(app.screen(80, 24).contains("Symptoms in a check-in"));
}

/// The first bytes of the only file that other machines would read.
fn head_for_others(folder: &Path) -> Vec<u8> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "journal"))
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let bytes = std::fs::read(files.remove(0)).unwrap();
    bytes[..16].to_vec()
}

fn meet(app: &mut App, folder: &Path) {
    app.press(&format!(":sync<Enter><Ctrl-U>{}<Enter>", folder.display()));
}

#[test]
fn the_file_for_other_machines_follows_the_passphrase_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::alone();
    meet(&mut app, folder.path());
    let plain = head_for_others(folder.path());
    assert_eq!(plain, b"SQLite format 3\0");
    app.press("<Esc>:passphrase<Enter>2")
        .press(PASSPHRASE)
        .press("<Enter>")
        .press(PASSPHRASE)
        .press("<Enter>");
    let first = head_for_others(folder.path());
    assert_ne!(first, plain);
    // "Later" to the sheet.
    app.press("2:passphrase<Enter>4")
        .press(PASSPHRASE)
        .press("<Enter>other<Enter>other<Enter>");
    let second = head_for_others(folder.path());
    assert!(second != first && second != plain);
    app.press("2:passphrase<Enter>5other<Enter>");
    assert_eq!(head_for_others(folder.path()), plain);
    let said = app.screen(200, 40);
    assert!(said.contains("was written anew with it"), "{said}");
}

fn today(app: &App) -> chrono::NaiveDate {
    let shared = &app.model.shared;
    shared.now.today(shared.journal.settings.day_end)
}

/// An encrypted journal of another machine, with a check-in of its own.
fn of_another_machine(file: &Path, passphrase: &str) {
    let seed = Seed {
        now: chrono::DateTime::UNIX_EPOCH,
        journal: [7; 16],
        device: [8; 16],
    };
    let mut store = Store::create(file, seed).unwrap();
    let mut app = App::lived_in();
    app.press("b3<Enter>");
    let day = today(&app);
    let check_in = app.journal().check_ins(day)[0].clone();
    store
        .apply(
            &[Change::RecordCheckIn(check_in)],
            chrono::DateTime::UNIX_EPOCH,
        )
        .unwrap();
    let passphrase = Passphrase::new(passphrase).unwrap();
    store.set_passphrase(&passphrase).unwrap();
    drop(store);
    held::forget();
}

fn check_ins_today(app: &App) -> usize {
    app.model.shared.journal.check_ins(today(app)).len()
}

#[test]
fn another_machines_passphrase_is_asked_for_once_and_its_key_kept_if_that_is_wanted() {
    let mut app = App::under_passphrase();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ebb-070707070707.journal");
    of_another_machine(&file, "theirs");
    app.press("L").press(PASSPHRASE).press("<Enter>");
    meet(&mut app, folder.path());
    let asked = app.screen(80, 24);
    assert!(
        asked.contains("ebb-070707070707.journal is encrypted") && asked.contains("go on without"),
        "{asked}"
    );
    // Esc leaves everything as it is, also from the field.
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let before = files();
    app.press("<Esc>");
    assert_eq!(files(), before);
    app.press("<Enter>2<Esc>");
    assert_eq!(files(), before);
    app.press("<Enter>2");
    for _ in 0..10 {
        app.press("wrong<Enter>");
        assert!(
            app.screen(80, 24)
                .contains("not the passphrase of this file"),
            "{}",
            app.screen(80, 24)
        );
    }
    app.press("theirs<Enter>");
    assert_eq!(check_ins_today(&app), 0, "the keeping is asked first");
    app.press("1");
    assert_eq!(check_ins_today(&app), 1, "{}", app.screen(80, 24));
    // After a lock, which lets go of every key, it is not asked for again.
    app.press("<Esc>L").press(PASSPHRASE).press("<Enter>");
    meet(&mut app, folder.path());
    let said = app.screen(80, 24);
    assert!(said.contains("Nothing new"), "{said}");
}

#[test]
fn a_sync_goes_on_without_a_file_that_nobody_opens() {
    let mut app = App::under_passphrase();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ebb-070707070707.journal");
    of_another_machine(&file, "theirs");
    app.press("L").press(PASSPHRASE).press("<Enter>");
    meet(&mut app, folder.path());
    app.press("3");
    let said = app.screen(80, 24);
    assert!(
        said.contains("ebb-070707070707.journal was left out")
            && said.contains("Left for the others"),
        "{said}"
    );
    assert_eq!(check_ins_today(&app), 0);
}

#[test]
fn a_plain_journal_takes_an_encrypted_one_in_only_after_a_question() {
    let mut app = App::alone();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.db");
    of_another_machine(&file, "theirs");
    app.press(&format!(":import<Enter><Ctrl-U>{}<Enter>", file.display()));
    let asked = app.screen(80, 24);
    assert!(
        asked.contains("other.db is encrypted and this journal is not"),
        "{asked}"
    );
    app.press("2theirs<Enter>");
    let look = app.screen(80, 24);
    assert!(look.contains("Would be taken in"), "{look}");
    assert_eq!(check_ins_today(&app), 0);
    app.press("t");
    assert_eq!(check_ins_today(&app), 1, "{}", app.screen(80, 24));
    held::forget();
}

#[test]
fn after_the_sheet_a_new_passphrase_is_offered() {
    let mut app = App::under_passphrase();
    let sheet = app.sheet();
    app.press("L<Tab>");
    app.paste(&sheet);
    app.press("<Enter>1new<Enter>new<Enter>");
    assert!(
        app.screen(80, 24).contains("The new passphrase holds"),
        "{}",
        app.screen(80, 24)
    );
    app.press("Lnew<Enter>");
    assert!(app.screen(80, 24).contains("Severity"));
}

/// The line behind a saved check-in that offers a passphrase.
fn is_offered(app: &App) -> bool {
    app.screen(240, 40)
        .contains("Does somebody else use this device?")
}

const MADE: &str = "2026-11-22T09:00:00Z";

#[test]
fn a_passphrase_is_offered_once_from_the_eighth_day_on_and_gone_with_the_next_key() {
    let seventh = "2026-11-28T08:12:00+01:00";
    let mut app = App::without_offer(MADE, seventh);
    app.press("b3<Enter>");
    assert!(!is_offered(&app));
    let mut app = App::without_offer(MADE, "2026-11-29T08:12:00+01:00");
    assert!(!is_offered(&app), "not before something is saved");
    app.press("b3<Enter>");
    assert!(is_offered(&app), "{}", app.screen(240, 40));
    app.press("<Down>");
    assert!(!is_offered(&app), "{}", app.screen(240, 40));
    // Undo does not reach it, and neither does the next start.
    app.press("zb2<Enter>");
    assert!(!is_offered(&app));
    let mut app = app.reopened();
    app.press("b2<Enter>");
    assert!(!is_offered(&app));
}

#[test]
fn no_passphrase_is_offered_on_a_hard_day_nor_for_another_day() {
    let eighth = "2026-11-29T08:12:00+01:00";
    let mut app = App::without_offer(MADE, eighth);
    app.press("b7<Enter>");
    assert!(!is_offered(&app));
    app.press("b2<Enter>");
    assert!(!is_offered(&app), "the day had a 7");
    app.send(Msg::Clock(now("2026-11-30T08:12:00+01:00")));
    app.press("b6<Enter>");
    assert!(is_offered(&app));
}

#[test]
fn a_journal_with_a_passphrase_is_offered_none() {
    let mut app = App::under_passphrase();
    app.press("b3<Enter>");
    assert!(!is_offered(&app));
}

#[test]
fn in_a_small_window_what_must_be_known_comes_before_the_fields_and_up_leads_back_to_it() {
    let mut app = App::alone();
    app.press(":passphrase<Enter>2");
    let begins = |app: &App| app.screen(40, 12).contains("It encrypts the journal");
    let asks = |app: &App| app.screen(40, 12).contains("The same again");
    assert!(begins(&app) && !asks(&app), "{}", app.screen(40, 12));
    app.press("<Enter>");
    assert!(asks(&app) && !begins(&app), "{}", app.screen(40, 12));
    app.press("<Up>");
    assert!(begins(&app) && !asks(&app), "{}", app.screen(40, 12));
    app.press("w");
    assert!(asks(&app), "{}", app.screen(40, 12));
    // Where all of it has room nothing moves, and the cursor is in the field.
    let (_, row) = app.cursor(80, 24).unwrap();
    let shown = app.screen(80, 24);
    let line = shown.lines().nth(usize::from(row)).unwrap();
    assert!(line.contains("New passphrase"), "{line}");
}

#[test]
fn pictures_of_the_dialogues() {
    let mut app = App::alone();
    let mut pictures = String::new();
    for keys in [
        ":passphrase<Enter>",
        "2",
        "some words<Enter>other words<Enter>",
        "some words<Enter>some words<Enter>",
        "2:passphrase<Enter>",
        "4",
        "<Esc>:passphrase<Enter>5",
    ] {
        app.press(keys);
        for (width, height) in [(80, 24), (60, 20), (40, 12)] {
            let shown = app.in_front(width, height);
            write!(pictures, "{keys} {width}x{height}\n{shown}\n").unwrap();
        }
    }
    insta::assert_snapshot!("dialogues", pictures);
}
