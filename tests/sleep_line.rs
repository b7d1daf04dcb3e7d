//! The hours slept as a line of the check-in, where it is wanted: by keys, in plain mode and on the command line.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use ebbtide::domain::journal::Journal;
use house::House;

const TODAY: &str = "2026-11-22";
/// The moment at which every house stands, as the full screen reads it.
const NOW: &str = "2026-11-22T21:40:00-05:00";

/// The sleeps of today, in thousandths of an hour.
fn slept(journal: &Journal) -> Vec<i64> {
    let records = journal.records(TODAY.parse().unwrap()).iter();
    let sleeps = records.filter(|record| record.about() == Some("sleep_hours"));
    let hours = sleeps.map(|record| record.number("value").unwrap().thousandths());
    let mut hours: Vec<i64> = hours.collect();
    hours.sort_unstable();
    hours
}

fn begun() -> House {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-13 20:00"]);
    house
}

fn wanting() -> House {
    let house = begun();
    house.done(&["symptom", "on", "sleep_hours"]);
    house
}

#[test]
fn it_is_not_asked_unless_wanted() {
    let house = begun();
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("c");
    assert!(!app.screen(120, 40).contains("Hours slept?"));
    let said = house.with_input(&["--plain"], "c o skip back quit\n");
    assert!(!said.out.contains("Hours slept?"), "{said:?}");
}

#[test]
fn one_key_more_notes_whole_hours_and_each_face_notes_the_same() {
    let by_keys = wanting();
    let mut app = App::over_file(&by_keys.journal(), NOW);
    assert_eq!(app.press("co67<Enter>").keys_of_last_press(), 5);
    let plain = wanting();
    let said = plain.with_input(&["--plain"], "c o 6 7 done\nquit\n");
    assert_eq!(said.code, 0, "{said:?}");
    let line = wanting();
    line.done(&["checkin", "--overall", "6", "--sleep", "7"]);
    let read = |house: &House| App::over_file(&house.journal(), NOW).journal();
    for journal in [app.journal(), read(&plain), read(&line)] {
        assert_eq!(slept(&journal), [7000]);
        let check_ins = journal.check_ins(TODAY.parse().unwrap());
        assert_eq!(check_ins[0].overall.unwrap().number(), 6);
    }
}

#[test]
fn hours_are_written_as_people_write_them_and_ten_stays_the_overall() {
    let house = wanting();
    let mut app = App::over_file(&house.journal(), NOW);
    // The 0 after a 1 is still the overall's; the next digit is the sleep's.
    app.press("co107:30<Enter>");
    let journal = app.journal();
    assert_eq!(slept(&journal), [7500]);
    let check_ins = journal.check_ins(TODAY.parse().unwrap());
    assert_eq!(check_ins[0].overall.unwrap().number(), 10);
}

#[test]
fn a_second_check_in_changes_what_the_first_wrote_and_untouched_it_saves_nothing() {
    let house = wanting();
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("co67<Enter>co5<Enter>");
    assert_eq!(slept(&app.journal()), [7000]);
    app.press("co56.5<Enter>");
    assert_eq!(slept(&app.journal()), [6500]);
    app.press("z");
    assert_eq!(slept(&app.journal()), [7000]);
}

#[test]
fn a_sleep_that_was_noted_elsewhere_is_asked_about_on_every_face() {
    let noted = wanting();
    noted.done(&["measure", "sleep_hours=6"]);
    let copy = || {
        let house = House::new();
        std::fs::copy(noted.journal(), house.journal()).unwrap();
        house
    };
    let by_keys = copy();
    let mut app = App::over_file(&by_keys.journal(), NOW);
    app.press("co52<Enter>");
    let asked = app.screen(80, 24);
    assert!(
        asked.contains("instead of 6 h") && asked.contains("8 h in all"),
        "{asked}"
    );
    app.press("<Down><Enter>");
    assert_eq!(slept(&app.journal()), [2000, 6000]);
    let plain = copy();
    let said = plain.with_input(&["--plain"], "c o 5 2 done\nmore\nquit\n");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        slept(&App::over_file(&plain.journal(), NOW).journal()),
        [2000, 6000]
    );
    let line = copy();
    let said = line.ebb(&["checkin", "--sleep", "2"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("--add") && said.err.contains("--instead"),
        "{said:?}"
    );
    line.done(&["checkin", "--sleep", "2", "--add"]);
    assert_eq!(
        slept(&App::over_file(&line.journal(), NOW).journal()),
        [2000, 6000]
    );
}

#[test]
fn what_is_no_sleep_is_said_and_nothing_is_saved() {
    let house = wanting();
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("co688<Enter>");
    let screen = app.screen(80, 24);
    assert!(screen.contains("between 0 and 24 h"), "{screen}");
    assert!(app.journal().check_ins(TODAY.parse().unwrap()).is_empty());
    // The slip can be taken back, and the rest is still there.
    app.press("<Backspace><Enter>");
    assert_eq!(slept(&app.journal()), [8000]);
    let said = house.ebb(&["checkin", "--sleep", "25"]);
    assert_eq!(said.code, 2, "{said:?}");
}

#[test]
fn a_number_that_is_half_typed_is_still_there_after_a_kill() {
    let house = wanting();
    let mut app = App::over_file(&house.journal(), NOW);
    app.press("co67.");
    let mut app = app.reopened();
    let screen = app.press("c").screen(80, 24);
    assert!(screen.contains("Hours slept?  7."), "{screen}");
}
