//! A dose of 0 notes a day without: kept as what it is, and in no sum of doses.

use crate::app;
use crate::app::App;
use crate::ground::{at, json, run, said};
use crate::support::home::Ebb;
use ebbtide::domain::entry::summary;
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::time::{DayEnd, Moment};
use ebbtide::store::{MIGRATIONS, Store, StoreError};
use std::fs;
use std::path::Path;

/// 6 g on the 2nd, none on the 3rd.
fn two_days() -> Ebb {
    let ebb = Ebb::new();
    run(
        &ebb,
        &[("02 09:00", "dose 6g powder"), ("03 21:00", "dose 0")],
    );
    ebb
}

#[test]
fn a_dose_of_0_is_a_day_without_the_product_of_last_time() {
    let ebb = Ebb::new();
    let (code, _, err) = at(&ebb, "02 08:00", "dose 0");
    assert_eq!(code, Some(2), "no product yet: {err}");
    run(&ebb, &[("02 09:00", "dose 6g powder")]);
    let line = said(&ebb, "03 21:00", "dose 0");
    assert_eq!(
        line,
        "Saved 21:00: a day without Leaf powder, counts for Tue 3 Nov; `ebb undo` takes it back.\n"
    );
    let history = said(&ebb, "03 22:00", "history");
    assert!(
        history.contains("21:00  A day without Leaf powder"),
        "{history}"
    );
    let status = said(&ebb, "03 22:00", "status");
    assert!(
        status.contains("Leaf powder: noted as a day without"),
        "{status}"
    );
    for (words, why) in [
        (
            "dose 0 --at 2026-11-02",
            "Mon 2 Nov has a dose, 6 g Leaf powder at 09:00",
        ),
        (
            "dose 0g powder",
            "Tue 3 Nov is noted as a day without Leaf powder",
        ),
        ("dose 0mg powder", "is counted in g"),
    ] {
        let (code, _, err) = at(&ebb, "03 23:00", words);
        assert_eq!(code, Some(2), "{words}: {err}");
        assert!(err.contains(why), "{words}: {err}");
    }
}

#[test]
fn a_day_without_is_no_dose_in_any_list_count_or_gap() {
    let ebb = two_days();
    run(&ebb, &[("01 09:00", "start --last-use 2026-11-01")]);
    let as_last_time = said(&ebb, "04 09:00", "dose");
    assert!(
        as_last_time.starts_with("As last time: 6 g"),
        "{as_last_time}"
    );
    run(&ebb, &[("04 09:01", "undo")]);
    let status = said(&ebb, "04 09:00", "status");
    assert!(status.contains("Last dose 2 days ago"), "{status}");
    let marks = json(&ebb, "04 09:00", "trend doses --view week --json");
    let used = marks["events"].as_array().unwrap().iter();
    assert_eq!(
        used.filter(|mark| mark["kind"] == "use").count(),
        1,
        "{marks}"
    );
    let report = said(&ebb, "04 09:00", "report --format text");
    assert!(
        report.contains("1 dose, 6 g on 1 day, none on 1,"),
        "{report}"
    );
    let left = said(&ebb, "04 09:00", "export fhir");
    assert!(left.contains("Not in the bundle: 1 day without"), "{left}");
    assert_eq!(left.matches("\"MedicationStatement\"").count(), 1, "{left}");
}

#[test]
fn a_day_without_fills_the_cell_of_its_day_with_0() {
    let ebb = two_days();
    for (series, values) in [
        ("powder", [Some("6.0"), Some("0.0"), None]),
        ("doses", [Some("1.0"), Some("0.0"), None]),
    ] {
        let words = format!("trend {series} --view week --json");
        let trend = json(&ebb, "04 09:00", &words);
        let days = trend["series"][0]["days"].as_array().unwrap();
        let last = &days[days.len() - 3..];
        let shown = last.iter().map(|day| day["value_shown"].as_str());
        assert_eq!(shown.collect::<Vec<_>>(), values, "{series}");
    }
}

#[test]
fn a_dose_written_later_takes_the_day_without_out_and_undo_brings_it_back() {
    let ebb = two_days();
    let line = said(&ebb, "03 22:00", "dose 2");
    assert!(
        line.contains("2 g Leaf powder, counts for Tue 3 Nov, in the place of the day without;"),
        "{line}"
    );
    let history = || said(&ebb, "03 23:00", "history");
    let has_it = || history().contains("A day without");
    assert!(!has_it() && history().contains("Used 2 g"));
    run(&ebb, &[("03 22:01", "undo")]);
    assert!(has_it() && !history().contains("Used 2 g"));
    run(&ebb, &[("03 22:02", "redo")]);
    assert!(!has_it());
    // Another product says nothing about this one, and a dose that moves to the day does.
    run(&ebb, &[("03 22:03", "undo"), ("03 22:04", "dose 1 tea")]);
    assert!(has_it());
    let list = json(&ebb, "03 22:05", "entry dose list --json");
    let id = list["records"][0]["id"].as_str().unwrap().to_owned();
    run(
        &ebb,
        &[("03 22:06", &format!("entry dose edit {id} --at 2026-11-03"))],
    );
    assert!(!has_it(), "{}", history());
}

#[test]
fn a_dose_that_is_changed_to_0_becomes_a_day_without_and_one_in_the_bin_does_not_contradict_a_dose()
{
    let ebb = Ebb::new();
    run(&ebb, &[("02 09:00", "dose 6g powder")]);
    let list = json(&ebb, "02 10:00", "entry dose list --json");
    let id = list["records"][0]["id"].as_str().unwrap().to_owned();
    run(
        &ebb,
        &[("02 10:01", &format!("entry dose edit {id} --amount 0"))],
    );
    let held = json(&ebb, "02 10:02", "entry day_without list --json");
    assert_eq!(held["records"][0]["id"], id.as_str());
    assert_eq!(held["records"][0]["fields"], serde_json::json!({}));
    run(
        &ebb,
        &[
            ("02 10:03", &format!("entry day_without delete {id}")),
            ("02 10:04", "dose 3g powder"),
        ],
    );
    let (code, _, err) = at(&ebb, "02 10:05", &format!("bin restore {id}"));
    assert_eq!(code, Some(2), "{err}");
    assert!(
        err.contains("Mon 2 Nov has a dose of that product"),
        "{err}"
    );
}

#[test]
fn a_day_without_cannot_be_moved_to_a_day_with_a_dose() {
    let ebb = two_days();
    let list = json(&ebb, "03 22:00", "entry day_without list --json");
    let id = list["records"][0]["id"].as_str().unwrap();
    let words = format!("entry day_without edit {id} --at 2026-11-02");
    let (code, _, err) = at(&ebb, "03 22:01", &words);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("6 g Leaf powder at 09:00"), "{err}");
}

/// Every file of a folder, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let all = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut all: Vec<_> = all
        .map(|path| (name(&path), fs::read(path).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn days_without_have_a_table_of_their_own_and_come_back_from_every_form() {
    let ebb = two_days();
    run(
        &ebb,
        &[
            ("04 09:00", "export csv -o all/"),
            ("04 09:00", "export json -o all.json"),
        ],
    );
    let table = fs::read_to_string(ebb.home().join("all/days_without.csv")).unwrap();
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(
        table.contains(",2026-11-04T02:00:00Z,21:00:00,-05:00,"),
        "{table}"
    );
    let doses = fs::read_to_string(ebb.home().join("all/doses.csv")).unwrap();
    assert_eq!(doses.lines().count(), 2, "{doses}");
    let document = fs::read_to_string(ebb.home().join("all.json")).unwrap();
    assert!(document.contains("\"version\":2"), "{document}");
    for from in ["all/", "all.json"] {
        let words = format!("--journal {from}.db import {from}").replace("/.db", ".db");
        run(&ebb, &[("05 09:00", &words)]);
        let journal = words.split(' ').nth(1).unwrap();
        let out = format!("--journal {journal} export csv -o again-{}/", journal.len());
        run(&ebb, &[("05 09:00", &out)]);
        let again = ebb.home().join(format!("again-{}", journal.len()));
        assert_eq!(files(&again), files(&ebb.home().join("all")), "{from}");
        let out = format!("--journal {journal} export json");
        assert_eq!(at(&ebb, "05 09:00", &out).1, document, "{from}");
    }
}

#[test]
fn documents_and_packages_of_the_first_version_are_still_read() {
    let ebb = Ebb::new();
    run(
        &ebb,
        &[
            ("02 09:00", "dose 6g powder"),
            ("04 09:00", "export csv -o all/"),
            ("04 09:00", "export json -o all.json"),
        ],
    );
    let document = ebb.home().join("all.json");
    let text = fs::read_to_string(&document).unwrap();
    fs::write(
        &document,
        text.replacen("\"version\":2", "\"version\":1", 1),
    )
    .unwrap();
    fs::remove_file(ebb.home().join("all/days_without.csv")).unwrap();
    let description = ebb.home().join("all/datapackage.json");
    let text = fs::read_to_string(&description).unwrap();
    assert!(text.contains("\"format\": 3"), "{text}");
    fs::write(
        &description,
        text.replacen("\"format\": 3", "\"format\": 1", 1),
    )
    .unwrap();
    for from in ["all/", "all.json"] {
        let journal = from.replace('/', "-");
        let words = format!("--journal {journal}.db import {from}");
        run(&ebb, &[("05 09:00", &words)]);
        let history = said(&ebb, "05 09:00", &format!("--journal {journal}.db history"));
        assert!(
            history.contains("Used 6 g, Leaf powder"),
            "{from}: {history}"
        );
    }
}

#[test]
fn the_zone_of_a_package_is_never_guarded_and_a_guarded_one_is_still_read() {
    let ebb = Ebb::new();
    let zoned = ebb.command(&["--now", "2026-11-02T09:00:00+01:00", "dose", "6g", "powder"]);
    assert!({ zoned }.output().unwrap().status.success());
    run(&ebb, &[("04 09:00", "export csv -o all/")]);
    let path = ebb.home().join("all/doses.csv");
    let table = fs::read_to_string(&path).unwrap();
    assert!(
        table.contains(",+01:00,+01:00,") && !table.contains('\''),
        "{table}"
    );
    fs::write(&path, table.replace(",+01:00,+01:00,", ",+01:00,'+01:00,")).unwrap();
    run(&ebb, &[("05 09:00", "--journal b.db import all/")]);
    let back = json(&ebb, "05 09:00", "--journal b.db export json");
    assert_eq!(back["records"][0]["moment"]["zone"], "+01:00", "{back}");
}

#[test]
fn the_program_before_refuses_a_journal_that_may_hold_days_without() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    fs::copy("tests/fixtures/form-5.db", &path).unwrap();
    let before = &MIGRATIONS[..5];
    let newest = u32::try_from(MIGRATIONS.len()).unwrap();
    let records = |forms: &[(&str, &str)]| {
        let journal = Store::open_with(&path, forms).unwrap().load(None).unwrap();
        let kinds = [Kind::Dose, Kind::Measurement];
        kinds.map(|kind| journal.records_of(kind).count())
    };
    let held = [3, 4_usize];
    assert_eq!(records(MIGRATIONS), held);
    assert!(matches!(
        Store::open_with(&path, before),
        Err(StoreError::NewerJournal { found, known: 5 }) if found == newest
    ));
    assert!(path.with_file_name("journal.form-5.copy-1.db").exists());
}

#[test]
fn a_merge_keeps_a_day_without_and_the_dose_of_the_other_machine_wins_over_it() {
    let ebb = two_days();
    run(&ebb, &[("03 21:30", "backup other.db")]);
    run(
        &ebb,
        &[
            ("03 22:00", "--journal other.db dose 2"),
            ("03 22:01", "import other.db"),
        ],
    );
    let trend = json(&ebb, "03 22:30", "trend powder --view week --json");
    let days = trend["series"][0]["days"].as_array().unwrap();
    assert_eq!(days.last().unwrap()["value_shown"], "2.0", "{trend}");
    let status = said(&ebb, "03 22:30", "status");
    assert!(!status.contains("day without"), "{status}");
}

#[test]
fn the_form_of_a_dose_takes_0_and_says_what_it_notes() {
    let now = app::now("2026-11-21T09:00:00+01:00");
    let moment = Moment::on_day(now.at.date_naive(), now.at, &now, DayEnd::default());
    let dose = Record::new(
        IdSource::new(4).next(now.at),
        Kind::Dose,
        Some(moment),
        Some("powder"),
    )
    .with_number("amount", "6".parse().unwrap())
    .with_text("unit", "g");
    let mut app = App::with_changes(&[Change::Record(dose)], "2026-11-22T08:12:00+01:00");
    app.press("d");
    let form = app.screen(80, 24);
    assert!(form.contains("In g; 0 notes a day without."), "{form}");
    app.press("0<Enter>");
    let message = app.screen(80, 24);
    let journal = app.journal();
    let today = journal.records("2026-11-22".parse().unwrap()).iter();
    let lines: Vec<String> = today.map(|it| summary::line(&journal, it)).collect();
    assert!(
        lines.iter().any(|line| line == "a day without Leaf powder"),
        "{lines:?}\n{form}\n{message}"
    );
    assert!(message.contains("a day without Leaf powder"), "{message}");
}
