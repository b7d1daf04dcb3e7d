//! Your data in the full screen, driven by keys alone, and the same in plain mode and on the command line: a file of another
//! program with its questions, copies, a sync, and what was handed out.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "app/mod.rs"]
mod app;
#[path = "your_data/questions.rs"]
mod questions;
mod support;

use app::App;
use ebbtide::domain::journal::Journal;
use std::path::{Path, PathBuf};
use support::home::Ebb;
use tempfile::TempDir;

const SIZES: [(u16, u16); 2] = [(80, 24), (40, 12)];

const DAYLIO: &str = "full_date,date,weekday,time,mood,activities,note_title,note
2026-11-01,November 1,Sunday,21:40,good,walk,,fine
2026-11-02,November 2,Monday,21:30,meh,,,
2026-11-03,November 3,Tuesday,08:12,rad,,,slept well
";
const TABLE: &str = "Day,Nausea,Anxiety (0-10),kratom g,Coffee
2026-10-01,2,7,4,2
2026-10-02,1,5,3.5,1
";

/// A folder with files from elsewhere.
fn downloads(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix("elsewhere-")
        .tempdir()
        .unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Opens a file on the page that says what it would bring.
fn look_at(app: &mut App, file: &Path) {
    app.press(":take in<Enter>");
    app.press(&format!("<Ctrl-U>{}<Enter>", file.display()));
}

/// The screen with the folders of this run called by one name of the same length.
fn still(screen: &str, folder: &Path) -> String {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    screen.replace(&name, &"x".repeat(name.len()))
}

fn check_ins(journal: &Journal) -> usize {
    journal.days().map(|day| day.check_ins.len()).sum()
}

#[test]
fn a_file_of_another_program_is_shown_its_moods_are_asked_about_and_one_key_takes_it_back() {
    let folder = downloads(&[("daylio.csv", DAYLIO)]);
    let mut app = App::lived_in();
    let before = app.journal();
    look_at(&mut app, &folder.path().join("daylio.csv"));
    for (width, height) in SIZES {
        let screen = still(&app.screen(width, height), folder.path());
        insta::assert_snapshot!(format!("daylio_{width}x{height}"), screen);
    }
    let page = app.screen(120, 40);
    assert!(
        page.contains("a note; or the overall, rad, good, meh, bad, awful?"),
        "{page}"
    );
    assert!(page.contains("Would come in: 3 check-ins"), "{page}");
    app.press("at");
    let said = app.screen(120, 40);
    assert!(said.contains("Taken in: 3 check-ins"), "{said}");
    assert!(said.contains("z takes all of it back"), "{said}");
    let after = app.journal();
    assert_eq!(check_ins(&after), check_ins(&before) + 3);
    let first = after.days().next().unwrap();
    assert!(first.check_ins[0].overall.is_some());
    app.press("z");
    assert_eq!(check_ins(&app.journal()), check_ins(&before));
}

#[test]
fn nothing_becomes_a_severity_by_its_name_and_the_answers_are_kept_for_the_next_file_of_the_form() {
    let folder = downloads(&[
        ("one.csv", TABLE),
        ("two.csv", &TABLE.replace("-10-", "-09-")),
    ]);
    let mut app = App::lived_in();
    let before = check_ins(&app.journal());
    look_at(&mut app, &folder.path().join("one.csv"));
    let page = app.screen(120, 40);
    assert!(page.contains("Would come in: nothing."), "{page}");
    assert!(page.contains("Nausea, 0 to 4?"), "{page}");
    app.press("t");
    assert!(app.screen(120, 40).contains("Nothing would come in yet"));
    assert_eq!(check_ins(&app.journal()), before);
    // The scale of one row is another one, and one row is left out.
    app.press("a<Right>");
    assert!(app.screen(120, 40).contains("Nausea, 0 to 10"));
    app.press("<Left>");
    app.press("<Down><Down>x");
    let page = app.screen(120, 40);
    assert!(page.contains("Would come in: 2 check-ins, "), "{page}");
    assert!(!page.contains("2 doses"), "{page}");
    app.press("<Enter>dose<Down>");
    for (width, height) in SIZES {
        insta::assert_snapshot!(
            format!("meanings_{width}x{height}"),
            app.screen(width, height)
        );
    }
    app.press("<Ctrl-U>dose:powder<Enter>t");
    assert!(
        app.screen(120, 40).contains("2 doses"),
        "{}",
        app.screen(120, 40)
    );
    assert_eq!(check_ins(&app.journal()), before + 2);
    // What became another number than it was is said, and stands there until it was read.
    assert!(
        app.screen(120, 40).contains("between two steps"),
        "{}",
        app.screen(120, 40)
    );
    app.press("<Enter>");
    let kept = app.file().with_file_name("import-answers.json");
    let mode = std::os::unix::fs::PermissionsExt::mode(&kept.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    look_at(&mut app, &folder.path().join("two.csv"));
    let page = app.screen(120, 40);
    assert!(
        page.contains("what you said for the last file of this form"),
        "{page}"
    );
    assert!(page.contains("2 check-ins"), "{page}");
}

#[test]
fn a_path_is_chosen_by_going_through_folders_and_completed() {
    let folder = downloads(&[("a-table.csv", TABLE), ("other.txt", "x")]);
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    let mut app = App::lived_in();
    app.press(":take in<Enter>");
    app.press(&format!("<Ctrl-U>{}/", folder.path().display()));
    for (width, height) in SIZES {
        let screen = still(&app.screen(width, height), folder.path());
        insta::assert_snapshot!(format!("path_{width}x{height}"), screen);
    }
    app.press("a-<Tab>");
    let page = app.screen(120, 40);
    assert!(page.contains("/a-table.csv"), "{page}");
    app.press("<Enter>");
    assert!(
        app.screen(120, 40)
            .contains("a table with a day in each row")
            || app.screen(120, 40).contains("any table")
    );
    // Esc goes one level back, to another file.
    app.press("<Esc>");
    assert!(app.screen(120, 40).contains("Tab complete"));
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_page_stays() {
    let mut app = App::lived_in();
    app.press(":take in<Enter><Ctrl-U>/nowhere/at/all.csv<Enter>");
    let page = app.screen(120, 40);
    assert!(
        page.contains("/nowhere/at/all.csv could not be read"),
        "{page}"
    );
    assert!(page.contains("Take in a file"), "{page}");
}

#[test]
fn a_copy_is_listed_with_what_is_in_it_and_restored_after_a_question() {
    let mut app = App::lived_in();
    app.press(":back up<Enter>");
    app.press("b7<Enter>");
    let with = check_ins(&app.journal());
    app.press(":copies and<Enter>");
    let list = app.screen(120, 40);
    assert!(list.contains("11 check-ins"), "{list}");
    app.press("<End><Enter>");
    for (width, height) in SIZES {
        let folder = app.file().parent().unwrap().to_owned();
        let screen = still(&app.screen(width, height), &folder);
        insta::assert_snapshot!(format!("restore_{width}x{height}"), screen);
    }
    app.press("<Enter>");
    assert_eq!(
        check_ins(&app.journal()),
        with,
        "the first answer leaves it"
    );
    app.press("<Enter><Down><Enter>");
    let said = app.screen(120, 40);
    assert!(
        said.contains("Restored: the journal is as it was"),
        "{said}"
    );
    assert_eq!(check_ins(&app.journal()), with - 1);
    assert_eq!(check_ins(&app.model.shared.journal), with - 1);
    app.press(":copies and<Enter>");
    assert!(
        app.screen(120, 40).contains("before"),
        "the journal of then is kept"
    );
}

#[test]
fn two_homes_meet_in_a_folder_and_the_last_meeting_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let meet = |app: &mut App| {
        app.press(&format!(
            ":sync<Enter><Ctrl-U>{}<Enter>",
            folder.path().display()
        ));
    };
    let mut one = App::lived_in();
    meet(&mut one);
    let said = one.screen(120, 40);
    assert!(said.contains("Left for the others"), "{said}");
    let other = Ebb::begun();
    other.succeed(&["checkin", "--overall", "6"]);
    let to = folder.path().to_str().unwrap();
    other.succeed(&["sync", to]);
    assert_eq!(
        other.succeed(&["export", "csv"]).lines().count(),
        1 + 11 * 18
    );
    one.press("<Esc>");
    meet(&mut one);
    assert_eq!(check_ins(&one.journal()), 12);
    assert_eq!(
        check_ins(&one.model.shared.journal),
        12,
        "{}",
        one.screen(120, 40)
    );
    one.press("<Esc>:sync<Enter>");
    let page = one.screen(120, 40);
    assert!(
        page.contains("Last meeting: Sun 22 Nov 2026 08:12, in "),
        "{page}"
    );
}

#[test]
fn tables_for_a_study_are_seen_before_they_are_written_and_listed_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let to: PathBuf = folder.path().join("study");
    let mut app = App::lived_in();
    app.press(&format!(":study<Enter>P-014<Tab>{}<Enter>", to.display()));
    let preview = app.screen(120, 40);
    assert!(preview.contains("What goes out, as P-014"), "{preview}");
    assert!(!to.exists());
    app.press("<Down><Enter>");
    assert!(to.join("checkins.csv").is_file() || to.is_dir());
    app.press(":handed<Enter>");
    let list = app.screen(120, 40);
    assert!(list.contains("Tables for a study"), "{list}");
    assert!(list.contains("all days, without notes"), "{list}");
    for (width, height) in SIZES {
        let screen = still(&app.screen(width, height), folder.path());
        insta::assert_snapshot!(format!("handed_out_{width}x{height}"), screen);
    }
    // Outside undo: taking a step back forgets nothing.
    app.press("<Esc>z:handed<Enter>");
    assert!(app.screen(120, 40).contains("Tables for a study"));
    app.press("x");
    assert!(
        app.screen(120, 40)
            .contains("Nothing was written to a file yet")
    );
    assert!(to.is_dir(), "forgetting a line leaves its file");
}

#[test]
fn the_file_is_examined_and_every_place_is_named_whole() {
    let mut app = App::lived_in();
    app.press(":doctor<Enter>");
    let page = app.screen(120, 40);
    assert!(page.contains("all is as it has to be"), "{page}");
    app.press("<Enter>:where<Enter>");
    let page = app.screen(120, 40);
    assert!(page.contains(&app.file().display().to_string()), "{page}");
}

#[test]
fn exports_and_reports_that_become_files_are_listed_and_what_goes_to_stdout_is_not() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "6", "--note", "a word"]);
    ebb.succeed(&["export", "csv"]);
    assert_eq!(ebb.succeed(&["export", "--list"]), "");
    ebb.succeed(&["export", "csv", "--layout", "wide", "-o", "wide.csv"]);
    ebb.succeed(&[
        "export",
        "json",
        "-o",
        "other.json",
        "--without-notes",
        "--from",
        "2026-11-20",
    ]);
    ebb.succeed(&["report", "-o", "report.html"]);
    let list = ebb.succeed(&["export", "--list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 6, "{list}");
    assert!(
        lines[0].contains("Report, ") && lines[0].ends_with("without notes"),
        "{list}"
    );
    assert!(
        lines[2].contains("Everything as JSON, 20 Nov 2026 to the last day, without notes"),
        "{list}"
    );
    assert!(
        lines[4].contains("Check-ins as CSV, all days, with notes"),
        "{list}"
    );
    assert!(
        lines[5].trim().ends_with("/wide.csv") && lines[5].trim().starts_with('/'),
        "{list}"
    );
    let text = |name: &str| std::fs::read_to_string(ebb.home().join(name)).unwrap();
    assert!(text("wide.csv").contains("a word"));
    assert!(!text("other.json").contains("a word"));
    ebb.succeed(&["undo"]);
    assert_eq!(ebb.succeed(&["export", "--list"]), list);
    ebb.succeed(&["export", "--forget", "1"]);
    assert_eq!(ebb.succeed(&["export", "--list"]).lines().count(), 4);
    assert_eq!(ebb.run(&["export", "--forget", "9"]).status.code(), Some(2));
    ebb.succeed(&["export", "--forget", "all"]);
    assert_eq!(ebb.succeed(&["export", "--list"]), "");
}

#[test]
fn a_file_without_notes_has_none_of_the_texts_that_a_report_asks_about_as_notes() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "6", "--note", "a-word-of-mine"]);
    ebb.succeed(&[
        "dose",
        "2g",
        "powder",
        "--reason",
        "a-reason-of-mine",
        "--note",
        "a-dose-of-mine",
    ]);
    ebb.succeed(&["appointment", "add", "doctor", "--at", "2026-11-21 10:00"]);
    ebb.succeed(&[
        "appointment",
        "edit",
        "last",
        "--outcome",
        "an-outcome-of-mine",
    ]);
    ebb.succeed(&["question", "add", "what else?"]);
    ebb.succeed(&["question", "edit", "last", "--answer", "an-answer-of-mine"]);
    let own = [
        "--trigger",
        "a-trigger-of-mine",
        "--helped",
        "a-help-of-mine",
    ];
    ebb.succeed(&[&["urge", "2"][..], &own].concat());
    // A word of the list is none of the person's own, and why a medicine was stopped belongs to the medicine.
    ebb.succeed(&["urge", "3", "--trigger", "Boredom", "--helped", "A walk"]);
    ebb.succeed(&["medication", "add", "Cetirizine"]);
    ebb.succeed(&["medication", "end", "Cetirizine", "--reason", "itching"]);
    let kept = ["Boredom", "A walk", "itching"];
    let texts = [
        "a-word",
        "a-reason",
        "a-dose",
        "an-outcome",
        "an-answer",
        "a-trigger",
        "a-help",
    ];
    let has = |text: &str| -> Vec<&str> {
        texts
            .into_iter()
            .filter(|word| text.contains(&format!("{word}-of-mine")))
            .collect()
    };
    assert_eq!(has(&ebb.succeed(&["export", "json"])), texts);
    assert_eq!(
        has(&ebb.succeed(&["export", "json", "--without-notes"])),
        [""; 0]
    );
    let json = ebb.succeed(&["export", "json", "--without-notes"]);
    let bundle = ebb.succeed(&["export", "fhir"]);
    for word in kept {
        assert!(json.contains(word) && bundle.contains(word), "{word}");
    }
    assert_eq!(has(&bundle), [""; 0]);
    let bundle = ebb.succeed(&["export", "fhir", "--with-notes"]);
    // A bundle has no place for the words of visits and questions.
    let placed = ["a-word", "a-reason", "a-dose", "a-trigger", "a-help"];
    assert_eq!(has(&bundle), placed);
    let report = |more: &[&str]| has(&ebb.succeed(&[&["report"][..], more].concat()));
    assert_eq!(report(&[]), [""; 0]);
    let asked = ["a-word", "a-reason", "a-dose", "a-trigger", "a-help"];
    let all = report(&["--with-notes"]);
    assert!(asked.iter().all(|word| all.contains(word)), "{all:?}");
    assert_eq!(
        has(&ebb.succeed(&["export", "csv", "--layout", "day"])),
        [""; 0]
    );
    ebb.succeed(&["export", "csv", "-o", "all/", "--without-notes"]);
    let folder = std::fs::read_dir(ebb.home().join("all")).unwrap();
    for file in folder {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(has(&text), [""; 0], "{}", path.display());
    }
}

#[test]
fn an_export_is_as_good_where_its_line_cannot_be_kept() {
    let ebb = Ebb::begun();
    // A file stands where the folder would be.
    let state = ebb.home().join(".local").join("state");
    std::fs::create_dir_all(state.parent().unwrap()).unwrap();
    std::fs::write(&state, "").unwrap();
    ebb.succeed(&["export", "csv", "-o", "all.csv"]);
    assert!(ebb.home().join("all.csv").is_file());
    assert_eq!(ebb.succeed(&["export", "--list"]), "");
}

/// A conversation in plain mode.
fn plain(ebb: &Ebb, script: &[&str]) -> String {
    let mut command = ebb.command(&["--plain"]);
    let output = command
        .write_stdin(script.join("\n") + "\n")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().replace('\n', " ")
}

#[test]
fn plain_mode_takes_a_file_in_restores_a_copy_meets_a_folder_and_lists_what_was_handed_out() {
    let ebb = Ebb::begun();
    std::fs::write(ebb.home().join("table.csv"), TABLE).unwrap();
    let file = ebb.home().join("table.csv");
    let file = file.to_str().unwrap();
    let said = plain(
        &ebb,
        &[
            "import",
            file,
            "yes",
            "guesses",
            "2 symptom:nausea:0-10",
            "yes",
            "quit",
        ],
    );
    assert!(said.contains("Nausea, 0 to 4? named Nausea"), "{said}");
    assert!(said.contains("Nothing would come in as it is"), "{said}");
    assert!(said.contains("Taken in: 2 check-ins, 2 doses"), "{said}");
    assert!(said.contains("undo (z) takes all of it back"), "{said}");
    let said = plain(&ebb, &["undo", "copies", "1", "yes", "quit"]);
    assert!(
        said.contains("Restored: the journal is as it was"),
        "{said}"
    );
    let folder = ebb.home().join("Sync");
    let said = plain(
        &ebb,
        &["sync", folder.to_str().unwrap(), "sync", "same", "quit"],
    );
    assert!(said.contains("Left for the others"), "{said}");
    assert!(said.contains("Last meeting: "), "{said}");
    let said = plain(
        &ebb,
        &[
            "export", "wide", "out.csv", "without", "yes", "handed", "1", "doctor", "files", "quit",
        ],
    );
    assert!(said.contains("with notes) to out.csv"), "{said}");
    assert!(
        said.contains("Check-ins as CSV, all days, without notes, to "),
        "{said}"
    );
    assert!(said.contains("Forgotten."), "{said}");
    assert!(said.contains("all is as it has to be"), "{said}");
    assert!(said.contains(ebb.journal().to_str().unwrap()), "{said}");
    let study = ebb.home().join("study");
    let said = plain(
        &ebb,
        &[
            "export",
            "study",
            "P-1",
            "skip",
            "skip",
            study.to_str().unwrap(),
            "yes",
            "quit",
        ],
    );
    assert!(said.contains("What goes out, as P-1"), "{said}");
    assert!(study.is_dir(), "{said}");
}

#[test]
fn a_key_is_chosen_by_pressing_it_and_one_that_is_taken_is_named() {
    let mut app = App::lived_in();
    app.press(":rebind<Enter>");
    let focus = |app: &App| {
        let screen = app.screen(120, 40);
        let row = screen.lines().find(|line| line.contains('\u{258c}'));
        row.unwrap_or_default().to_owned()
    };
    for _ in 0..200 {
        if focus(&app).contains(" undo") {
            break;
        }
        app.press("<Down>");
    }
    app.press("<Enter>");
    for (width, height) in SIZES {
        insta::assert_snapshot!(
            format!("own_keys_{width}x{height}"),
            app.screen(width, height)
        );
    }
    // Esc leaves it, and a key that something else has is refused with its name.
    app.press("<Esc><Enter>d");
    let page = app.screen(120, 40);
    assert!(page.contains("nothing was changed"), "{page}");
    app.press("<Enter><F7>");
    let page = app.screen(120, 40);
    assert!(page.contains("F7 is written to the config file"), "{page}");
    assert!(focus(&app).contains("own: F7"), "{page}");
    let config = std::fs::read_to_string(app.file().with_file_name("config.toml")).unwrap();
    assert!(config.contains("undo = \"F7\""), "{config}");
    // It holds at once.
    let before = check_ins(&app.journal());
    app.press("<Esc>b7<Enter><F7>");
    assert_eq!(check_ins(&app.journal()), before);
    app.press(":rebind<Enter>");
    for _ in 0..200 {
        if focus(&app).contains(" undo") {
            break;
        }
        app.press("<Down>");
    }
    app.press("x");
    assert!(!focus(&app).contains("own:"), "{}", focus(&app));
}
