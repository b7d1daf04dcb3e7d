//! What a step did, in the words of every face: each kind of entry is saved, changed, deleted, undone and redone, on the full
//! screen, in plain mode and on the command line.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod app;
mod support;

use app::App;
use ebbtide::domain::check_in::symptom::Symptoms;
use ebbtide::domain::check_in::{CheckInDraft, Form, Overall};
use ebbtide::domain::dose::product;
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::change::{Change, Switch};
use ebbtide::domain::journal::settings::{OwnHelpLine, Setting};
use ebbtide::domain::record::Record;
use ebbtide::domain::record::field::Ask;
use ebbtide::domain::record::kind::{Kind, Timing};
use ebbtide::domain::taper::plan_action::{self, PlanAction};
use ebbtide::domain::taper::plans;
use ebbtide::domain::taper::terms::{Shape, Terms};
use ebbtide::domain::time::{DayEnd, Moment};
use ebbtide::store::Store;
use support::home::Ebb;

const NOW: &str = "2026-11-22T08:12:00-05:00";

fn id(n: u8) -> EntryId {
    EntryId::from_bytes([n; 16])
}

/// A home whose journal has one check-in, so that no face begins with its first steps.
fn home() -> (Ebb, Store) {
    let ebb = Ebb::new();
    ebb.succeed(&["start", "--last-use", "2026-11-13 20:00"]);
    let store = Store::open(ebb.journal()).unwrap();
    (ebb, store)
}

fn write(store: &mut Store, change: Change) {
    store.apply(&[change], app::now(NOW).at.to_utc()).unwrap();
}

/// What each face says to undo and then to redo: command line, plain mode, full screen, without the way back.
fn said(ebb: &Ebb) -> [[String; 3]; 2] {
    let by_verb = |verb: &str| {
        let output = ebb.run(&[verb]);
        let text = String::from_utf8(output.stderr).unwrap();
        text.split(". `ebb").next().unwrap().to_owned()
    };
    let in_plain = || {
        let mut command = ebb.command(&["--plain"]);
        let output = command.write_stdin("undo\nredo\nquit\n").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap().replace('\n', " ");
        let sentence = |verb: &str| {
            let from = text.find(verb).unwrap_or_else(|| panic!("{verb}: {text}"));
            let rest = &text[from..];
            // The next prompt begins behind the sentence.
            let end = rest.find(". ").unwrap_or(rest.len());
            rest[..end].to_owned()
        };
        [sentence("Undone"), sentence("Done again")]
    };
    let by_key = || {
        let mut app = App::over_file(ebb.journal(), NOW);
        let mut told = |key: &str| {
            app.press(key);
            let notice = app.model.shared.past_notices.last().cloned();
            notice.unwrap().trim_end_matches('.').to_owned()
        };
        [told("z"), told("Z")]
    };
    let keys = by_key();
    let plain = in_plain();
    let verbs = [by_verb("undo"), by_verb("redo")];
    let [undone, again] = [0, 1].map(|n| [verbs[n].clone(), plain[n].clone(), keys[n].clone()]);
    [undone, again]
}

/// Every face says `undone` and `again`.
fn all_say(ebb: &Ebb, undone: &str, again: &str) {
    let [back, forth] = said(ebb);
    for (face, text) in ["command line", "plain mode", "full screen"]
        .iter()
        .zip(back)
    {
        assert_eq!(text, undone, "{face}");
    }
    for (face, text) in ["command line", "plain mode", "full screen"]
        .iter()
        .zip(forth)
    {
        assert_eq!(text, again, "{face}");
    }
}

/// A record with something in each field that it cannot do without, and a note where it has one.
fn record(kind: Kind, note: &str) -> Record {
    let at = app::now(NOW);
    let moment = Moment::on_day(at.at.date_naive(), at.at, &at, DayEnd::default());
    let moment = (kind.facts().timing != Timing::Standing).then_some(moment);
    let about = match kind {
        Kind::Dose | Kind::DayWithout | Kind::Purchase => Some("powder"),
        Kind::Substance => Some("alcohol"),
        Kind::Practice => Some("walking"),
        Kind::Measurement => Some("weight"),
        Kind::Sign => Some("seizure"),
        Kind::Appointment => Some("doctor_visit"),
        Kind::Product | Kind::OwnPractice => Some("own_thing"),
        _ => None,
    };
    let mut record = Record::new(id(9), kind, moment, about);
    for field in kind.facts().fields {
        record = match (field.code, field.ask) {
            ("unit", _) => {
                record.with_text("unit", if kind == Kind::Measurement { "kg" } else { "g" })
            }
            // Of these it is the person's own word, which they can do without.
            ("name", _) if matches!(kind, Kind::Substance | Kind::Practice | Kind::Appointment) => {
                record
            }
            ("name", _) => record.with_text("name", "Thing"),
            ("text", _) => record.with_text("text", "is it so?"),
            ("products", _) => record.with_text("products", "powder"),
            ("amount", Ask::Amount) => record.with_number("amount", "3".parse().unwrap()),
            ("value", _) => record.with_number("value", "70".parse().unwrap()),
            ("strength", _) => record.with_number("strength", "3".parse().unwrap()),
            ("state" | "measure", Ask::Choice(choices)) => {
                record.with_text(field.code, choices[0].0)
            }
            ("note", _) => record.with_text("note", note),
            _ => record,
        };
    }
    record
}

/// What a record of this kind is called with its time and its day.
fn called(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Dose => "dose of 3 g Leaf powder, 08:12, Sun 22 Nov",
        Kind::DayWithout => "day without Leaf powder, Sun 22 Nov",
        Kind::Substance => "other substance Alcohol, 3 g, 08:12, Sun 22 Nov",
        Kind::Urge => "urge 3, 08:12, Sun 22 Nov",
        Kind::Intake => "intake Intake, taken, 08:12, Sun 22 Nov",
        Kind::Practice => "practice Walking, 08:12, Sun 22 Nov",
        Kind::Measurement => "measurement Weight, 70 kg, 08:12, Sun 22 Nov",
        Kind::Sign => "sign A seizure or fit, 08:12, Sun 22 Nov",
        Kind::Appointment => "appointment Doctor visit, Sun 22 Nov 08:12",
        Kind::Question => "question \"is it so?\", to ask, 08:12, Sun 22 Nov",
        Kind::Purchase => "purchase of 3 g Leaf powder, 08:12, Sun 22 Nov",
        Kind::Product => "product Thing",
        Kind::Medication => "medication Thing",
        Kind::OwnPractice => "own practice Thing",
        Kind::Treatment => "treatment Thing",
        Kind::Contact => "person or service Thing",
        Kind::Reason => "reason \"is it so?\"",
        // They belong to an attempt and to a product, and have tests of their own.
        Kind::Baseline | Kind::Plan => return None,
    })
}

#[test]
fn every_kind_of_record_is_undone_and_redone_by_its_name_time_and_day_on_every_face() {
    for kind in Kind::ALL {
        let Some(called) = called(kind) else {
            continue;
        };
        let (ebb, mut store) = home();
        write(&mut store, Change::Record(record(kind, "")));
        all_say(
            &ebb,
            &format!("Undone: the {called}"),
            &format!("Done again: the {called}"),
        );
        // The note alone, or for kinds without one the same again.
        write(&mut store, Change::Record(record(kind, "words")));
        let changed = format!("the change of the {called}");
        all_say(
            &ebb,
            &format!("Undone: {changed}"),
            &format!("Done again: {changed}"),
        );
        write(&mut store, Change::DeleteRecord(id(9)));
        all_say(
            &ebb,
            &format!("Undone: deleting the {called}; it is there again"),
            &format!("Done again: deleting the {called}"),
        );
    }
}

#[test]
fn an_undone_change_says_what_stands_there_again() {
    let (ebb, mut store) = home();
    write(&mut store, Change::Record(record(Kind::Dose, "")));
    let more = record(Kind::Dose, "").with_number("amount", "5".parse().unwrap());
    write(&mut store, Change::Record(more));
    all_say(
        &ebb,
        "Undone: the change of the dose of 5 g Leaf powder, 08:12, Sun 22 Nov; it is the dose of 3 g Leaf powder, 08:12, Sun 22 Nov again",
        "Done again: the change of the dose of 5 g Leaf powder, 08:12, Sun 22 Nov",
    );
}

#[test]
fn check_ins_attempts_help_lines_symptoms_and_settings_are_undone_by_name_on_every_face() {
    let (ebb, mut store) = home();
    let now = app::now(NOW);
    let mut draft = CheckInDraft::new(id(5), Form::Brief, now.at.date_naive());
    draft.overall = Overall::new(6);
    // Without any entry the full screen would begin with its first steps.
    let urge = Record {
        id: id(8),
        ..record(Kind::Urge, "")
    };
    write(&mut store, Change::Record(urge));
    let symptoms = Symptoms::built_in();
    let moment = Moment::on_day(now.at.date_naive(), now.at, &now, DayEnd::default());
    let check_in = draft
        .into_check_in(moment, [].into_iter(), &symptoms)
        .unwrap();
    let nausea = symptoms.find("nausea").unwrap().key;
    let line = OwnHelpLine {
        id: id(6),
        name: "Sam".to_owned(),
        contact: "0123".to_owned(),
    };
    let attempt = store
        .load(None)
        .unwrap()
        .attempts
        .iter()
        .next()
        .unwrap()
        .attempt
        .id;
    let in_bin = "it is there again";
    for (change, undone, again) in [
        (
            Change::RecordCheckIn(check_in.clone()),
            "the check-in 08:12, Sun 22 Nov".to_owned(),
            "the check-in 08:12, Sun 22 Nov",
        ),
        (
            Change::DeleteCheckIn(id(5)),
            format!("deleting the check-in 08:12, Sun 22 Nov; {in_bin}"),
            "deleting the check-in 08:12, Sun 22 Nov",
        ),
        (
            Change::RecordHelpLine(line),
            "the help line Sam, 0123".to_owned(),
            "the help line Sam, 0123",
        ),
        (
            Change::DeleteHelpLine(id(6)),
            format!("deleting the help line Sam, 0123; {in_bin}"),
            "deleting the help line Sam, 0123",
        ),
        (
            Change::SwitchSymptom {
                symptom: nausea,
                to: Switch::Off,
            },
            "switching Nausea off".to_owned(),
            "switching Nausea off",
        ),
        (
            Change::Set(Setting::Routine(vec!["walking".to_owned()])),
            "Walking is out of your routine; what you logged stays".to_owned(),
            "Walking is in your routine",
        ),
        (
            Change::DeleteAttempt(attempt),
            format!("deleting attempt 1, begun Fri 13 Nov; {in_bin}"),
            "deleting attempt 1, begun Fri 13 Nov",
        ),
    ] {
        write(&mut store, change);
        all_say(
            &ebb,
            &format!("Undone: {undone}"),
            &format!("Done again: {again}"),
        );
    }
}

#[test]
fn what_was_done_to_a_plan_is_undone_by_that_name_on_every_face() {
    let (ebb, mut store) = home();
    let today = app::now(NOW).at.date_naive();
    let terms = Terms {
        shape: Shape::FixedCut("1".parse().unwrap()),
        start: "10".parse().unwrap(),
        every_days: 7,
        until: "0".parse().unwrap(),
        smallest: "0.1".parse().unwrap(),
        split: 1,
        begin: today,
    };
    let mut ids = IdSource::new(3);
    let mut next = || ids.next(app::now(NOW).at);
    let journal = store.load(None).unwrap();
    let powder = product::by_code(&journal, "powder").unwrap();
    let begun = plan_action::begin(&journal, &powder, terms, today, (next(), next())).unwrap();
    write(&mut store, begun.0);
    all_say(
        &ebb,
        "Undone: your Leaf powder plan",
        "Done again: your Leaf powder plan",
    );
    for (action, what) in [
        (
            PlanAction::Hold { until: None },
            "the hold of your Leaf powder plan",
        ),
        (PlanAction::Resume, "going on with your Leaf powder plan"),
        (PlanAction::End, "the end of your Leaf powder plan"),
    ] {
        let journal = store.load(None).unwrap();
        let plan = plans::plans(&journal).remove(0);
        let change = plan_action::change(&journal, &plan, &action, today, next()).unwrap();
        write(&mut store, change.0);
        all_say(
            &ebb,
            &format!("Undone: {what}"),
            &format!("Done again: {what}"),
        );
    }
}

#[test]
fn an_entry_that_is_erased_for_good_leaves_no_name_in_the_log_of_steps() {
    let (ebb, mut store) = home();
    write(&mut store, Change::Record(record(Kind::Medication, "")));
    write(&mut store, Change::DeleteRecord(id(9)));
    assert_eq!(
        ebb.count("SELECT count(*) FROM log_step WHERE what LIKE '%Thing%'"),
        0
    );
}

/// Faces name what was written by the one function of the domain, never by sentences of their own.
#[test]
fn no_face_has_a_sentence_of_its_own_for_a_write() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src/tui"), root.join("src/cli")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let is_source = path.extension().is_some_and(|ext| ext == "rs");
            if !is_source || path.ends_with("tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                for own in [
                    "\"Saved ",
                    "\"Saved:",
                    "\"Deleted",
                    "\"Changed",
                    "\"Undone",
                    "\"Redone",
                    "\"Put away.",
                    "\"Added",
                ] {
                    assert!(!line.contains(own), "{}: {line}", path.display());
                }
            }
        }
    }
}

#[test]
fn saving_and_deleting_say_the_same_on_the_command_line_and_by_keys() {
    let (ebb, store) = home();
    drop(store);
    let err = |args: &[&str]| {
        let output = ebb.run(args);
        String::from_utf8(output.stderr)
            .unwrap()
            .trim_end()
            .to_owned()
    };
    let tail = "; `ebb undo` takes it back.";
    assert_eq!(
        err(&["dose", "3g", "powder"]).lines().next().unwrap(),
        format!("Saved 08:12: 3 g Leaf powder, counts for Sun 22 Nov{tail}")
    );
    assert_eq!(
        err(&[
            "checkin",
            "--set",
            "nausea=2",
            "--overall",
            "6",
            "--note",
            "so"
        ]),
        format!(
            "Saved 08:12: check-in, 1 rating, overall 6, with a note, counts for Sun 22 Nov{tail}"
        )
    );
    let ids = ebb.succeed(&["entry", "dose", "list", "--json"]);
    let ids: serde_json::Value = serde_json::from_str(&ids).unwrap();
    let dose = ids.pointer("/records/0/id").unwrap().as_str().unwrap();
    let mut app = App::over_file(ebb.journal(), NOW);
    app.press("3<Enter>");
    assert_eq!(
        err(&["entry", "dose", "edit", dose, "--amount", "4"]),
        format!("Changed: dose of 4 g Leaf powder, 08:12, Sun 22 Nov{tail}")
    );
    assert_eq!(
        err(&["entry", "dose", "delete", dose]),
        format!(
            "Deleted: dose of 4 g Leaf powder, 08:12, Sun 22 Nov{tail} It lies in the bin for 30 days."
        )
    );
    app.press("<Down><Up>x");
    let notice = app.model.shared.past_notices.last().cloned().unwrap();
    assert!(notice.starts_with("Deleted: "), "{notice}");
    assert!(notice.ends_with("; z takes it back."), "{notice}");
}
