//! Care in sentences: medicines, urges, measurements, visits and the other kinds of records that are kept, each as a numbered
//! list whose records can be changed, deleted or answered.
//!
//! Invariant: a limit from the label and a caution are said before anything is saved.

use super::practices::{LATELY, state_of};
use super::session::{Asked, Reply, Session, until_back};
use super::talk::{Step, numbered};
use super::{practices, records};
use crate::cli::noun::line;
use crate::domain::care::urge::hours_text;
use crate::domain::care::visit::other_state;
use crate::domain::care::{measurement, medication, practice_log, urge};
use crate::domain::entry::{summary, today, validate};
use crate::domain::journal::change::Change;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

/// The lists: the word, and the kind of its records.
const KEPT: [(&str, Kind); 10] = [
    ("medicines", Kind::Medication),
    ("visits", Kind::Appointment),
    ("questions", Kind::Question),
    ("treatments", Kind::Treatment),
    ("people", Kind::Contact),
    ("reasons", Kind::Reason),
    ("baseline", Kind::Baseline),
    ("products", Kind::Product),
    ("own practices", Kind::OwnPractice),
    ("signs", Kind::Sign),
];
/// Parts with a page of their own.
const OWN: [(&str, &str); 4] = [
    ("routine", "what you want to do each day"),
    ("practices", "what you did for yourself, and how it felt"),
    ("urges", "when they come, and what helped"),
    ("measurements", "sleep, weight, pressure and other numbers"),
];
/// Records with a day that are listed, the newest ones.
const MOST: usize = 20;

/// A word of the lists of Care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareWord {
    /// What is typed, 1 standing for the number of a row.
    pub(crate) word: &'static str,
    /// The labels of the full screen's key table that it stands for; the parity test reads them.
    pub labels: &'static [&'static str],
    stands: Stands,
}

/// Where a word is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// In the list of every kind.
    Everywhere,
    /// In the lists of these kinds.
    Only(&'static [Kind]),
    /// In a list of its own, or as the name of a list.
    Elsewhere,
}

const fn word(word: &'static str, labels: &'static [&'static str], stands: Stands) -> CareWord {
    CareWord {
        word,
        labels,
        stands,
    }
}

/// Everything that can be done with the lists.
pub const CARE_WORDS: &[CareWord] = &[
    word(
        "add",
        &["add", "log any", "measure", "measure again"],
        Stands::Everywhere,
    ),
    word(
        "edit 1",
        &["edit", "edit the last", "edit, outcome"],
        Stands::Everywhere,
    ),
    word("delete 1", &["delete"], Stands::Everywhere),
    word(
        "end 1",
        &["note a stop", "note its end"],
        Stands::Only(&[Kind::Medication, Kind::Treatment]),
    ),
    word("taken 1", &["taken now"], Stands::Only(&[Kind::Medication])),
    word("late 1", &["taken late"], Stands::Only(&[Kind::Medication])),
    word("skipped 1", &["skipped"], Stands::Only(&[Kind::Medication])),
    word("asked 1", &["asked"], Stands::Only(&[Kind::Question])),
    word("done 1", &["done"], Stands::Elsewhere),
    word("add NAME", &["add to it", "routine"], Stands::Elsewhere),
    word("out 1", &[], Stands::Elsewhere),
    word("favourite NAME", &["favourite"], Stands::Elsewhere),
    word("own practices", &["own practice"], Stands::Elsewhere),
    word("questions", &["question"], Stands::Elsewhere),
    word("signs", &["a sign that needed help"], Stands::Elsewhere),
];

/// The words that the list of `kind` understands.
fn words_of(kind: Kind) -> String {
    let stands = CARE_WORDS.iter().filter(|word| match word.stands {
        Stands::Everywhere => true,
        Stands::Only(kinds) => kinds.contains(&kind),
        Stands::Elsewhere => false,
    });
    let words: Vec<&str> = stands.map(|word| word.word).collect();
    words.join(", ")
}

/// Care at a glance, then one list at a time, until `back`.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    at_a_glance(session)?;
    let kept = KEPT.iter().map(|(word, _)| *word);
    let all: Vec<&str> = kept.chain(OWN.map(|(word, _)| word)).collect();
    let question = format!("Care: {}, or back?", all.join(", "));
    let about = explained();
    loop {
        let typed = session.ask_line(Asked::new(&question, &about))?;
        let word = typed.trim().to_lowercase();
        if let Some((_, kind)) = KEPT.iter().find(|(known, _)| *known == word) {
            until_back(list_of(session, *kind))?;
            continue;
        }
        match word.as_str() {
            "routine" => until_back(practices::routine(session))?,
            "practices" => until_back(practices::page(session))?,
            "urges" => until_back(urges(session))?,
            "measurements" => until_back(measurements(session))?,
            "" | "done" | "skip" => return Ok(()),
            other if session.took_back(typed.trim())? || session.took_back(other)? => {}
            other => session.not_an_answer(other, "one of these words, or back")?,
        }
    }
}

/// What each list holds.
fn explained() -> String {
    let kept = KEPT.iter().map(|(word, kind)| {
        let many = kind.facts().many;
        if *word == many {
            (*word).to_owned()
        } else {
            format!("{word}: {many}")
        }
    });
    let own = OWN.iter().map(|(word, holds)| format!("{word}: {holds}"));
    let lists: Vec<String> = kept.chain(own).collect();
    format!("One of these lists: {}.", lists.join("; "))
}

/// What a person looks for first: the medicines with what was noted today, the routine, when urges come, what was measured
/// last, the next visit with its questions.
fn at_a_glance(session: &mut Session<'_>) -> Step<()> {
    let mut lines: Vec<String> = Vec::new();
    let today = session.today();
    for medication in medication::medications_on(&session.journal, today) {
        lines.push(medicine_today(session, medication, today));
        if let Some(caution) = medication::skipped_caution(&session.journal, medication) {
            lines.push(format!("Skipped twice in a row. {caution}"));
        }
    }
    let planned = practice_log::routine_on(&session.journal, today);
    let states = planned.iter();
    let routine: Vec<String> = states
        .map(|planned| format!("{} {}", planned.practice.name, state_of(planned)))
        .collect();
    if !routine.is_empty() {
        lines.push(format!("Routine: {}", routine.join(", ")));
    }
    let lately = Span::ending(today, LATELY);
    if let Some(urges) = hours_text(&urge::by_hour(&session.journal, lately)) {
        lines.push(format!("Last {LATELY} days: {urges}"));
    }
    lines.extend(latest_measured(session));
    let now = session.now().at.timestamp();
    if let Some(next) = today::next_visit(&session.journal, now) {
        let questions = words::count(next.questions.len(), "question", "questions");
        let day = next.visit.moment.as_ref().map(|moment| {
            let time = session.manner.time_of(moment);
            format!("{} {time}", words::day_near(moment.day, today))
        });
        let visit = summary::line(&session.journal, next.visit);
        lines.push(format!("{}: {visit}, {questions}", day.unwrap_or_default()));
        let questions = next.questions.iter();
        lines.extend(questions.map(|question| summary::line(&session.journal, question)));
    }
    if lines.is_empty() {
        lines.push("Nothing is kept here yet; each list says what it is for".to_owned());
    }
    session.say_each(lines.iter().map(|line| words::sentence(line)))
}

/// "Clonidine; today: taken 08:12."
fn medicine_today(session: &Session<'_>, medication: &Record, today: NaiveDate) -> String {
    let intakes = medication::intakes_of(&session.journal, medication);
    let of_today = intakes.filter(|intake| intake.moment.day == today);
    let noted: Vec<String> = of_today
        .map(|intake| {
            let time = session.manner.time_of(intake.moment);
            format!("{} {time}", intake.state.code())
        })
        .collect();
    let name = summary::line(&session.journal, medication);
    let noted = if noted.is_empty() {
        "nothing noted yet".to_owned()
    } else {
        noted.join(", ")
    };
    format!("Medicine: {name}; today: {noted}")
}

/// The records of `kind`: those with a day the newest first, the others in their own order.
fn kept(session: &Session<'_>, kind: Kind) -> Vec<Record> {
    if kind.has_day() {
        let newest = session.journal.records_of(kind).rev().take(MOST);
        return newest.cloned().collect();
    }
    let standing = session.journal.standing(kind).into_iter();
    standing.cloned().collect()
}

/// Lists the records of `kind` and works on them, until `back`.
pub(super) fn list_of(session: &mut Session<'_>, kind: Kind) -> Step<()> {
    let mut is_news = true;
    loop {
        // Read anew each time round: an answer changes the list and its numbers.
        let records = kept(session, kind);
        let lines = (1..).zip(&records).map(|(number, record)| {
            let line = line(record, &session.journal, session.manner);
            words::sentence(&format!("{number}: {line}"))
        });
        let lines: Vec<String> = lines.collect();
        let can = if records.is_empty() {
            "add".to_owned()
        } else {
            words_of(kind)
        };
        if is_news {
            session.say_each(lines)?;
            if records.is_empty() {
                session.say(&format!("No {} yet.", kind.facts().name))?;
            }
        }
        let about = format!(
            "The list of {}. A word, then the number of a row: edit 2. Without a number the first row is meant.",
            kind.facts().many
        );
        let question = format!("{can}, or back?");
        let typed = session.ask_line(Asked::new(&question, &about))?;
        let typed = typed.trim().to_lowercase();
        if matches!(typed.as_str(), "" | "done" | "skip") {
            return Ok(());
        }
        is_news = true;
        if session.took_back(&typed)? {
            continue;
        }
        if typed == "add" {
            add(session, kind)?;
            continue;
        }
        // Without a number the first row is meant.
        let (word, number) = typed.split_once(' ').unwrap_or((&typed, "1"));
        let is_understood = match numbered(number.trim(), &records) {
            Some(record) => with_record(session, word, kind, record)?,
            None => false,
        };
        if !is_understood {
            session.not_an_answer(&typed, &format!("{can}, or back"))?;
            // The list was said already.
            is_news = false;
        }
    }
}

fn add(session: &mut Session<'_>, kind: Kind) -> Step<()> {
    session.before_writing()?;
    if kind != Kind::Baseline {
        return records::log(session, kind);
    }
    // How things stood belongs to the open attempt.
    let Some(open) = session.journal.attempts.open(session.today()) else {
        return session.say("It belongs to an attempt, and none is open. start begins one.");
    };
    let attempt = open.attempt.id.to_string();
    let draft = RecordDraft::new(session.new_id(), kind, session.today()).about(&attempt);
    records::fill_record(session, draft)
}

/// Does with `record` what `word` asks for; false where a list of `kind` does not understand it.
fn with_record(session: &mut Session<'_>, word: &str, kind: Kind, record: &Record) -> Step<bool> {
    let today = session.today();
    match (word, kind) {
        ("edit", _) => records::fill_record(session, RecordDraft::of(record, today))?,
        ("delete", _) => delete_record(session, record)?,
        // Saving asks before a stop that has a caution.
        ("end", Kind::Medication | Kind::Treatment) => {
            let draft = RecordDraft::of(record, today).with(key::STOP, today.to_string());
            save_draft(session, &draft)?;
        }
        (_, Kind::Medication) => match IntakeState::from_code(word) {
            Some(state) => intake(session, record, state)?,
            None => return Ok(false),
        },
        ("asked", Kind::Question) => {
            let draft = RecordDraft::of(record, today).with(key::STATE, other_state(record));
            save_draft(session, &draft)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn save_draft(session: &mut Session<'_>, draft: &RecordDraft) -> Step<()> {
    session.before_writing()?;
    match validate::record(&session.journal, draft, &session.now()) {
        Ok(record) => records::save_record(session, &record),
        Err(refusal) => session.say(&words::sentence(&refusal.sentence)),
    }
}

/// Puts a record into the bin, after a yes.
pub(super) fn delete_record(session: &mut Session<'_>, record: &Record) -> Step<()> {
    session.before_writing()?;
    let question = format!("Put away: {}?", summary::line(&session.journal, record));
    match session.confirm(&question)? {
        Reply::Yes => session.write_and_tell(&Change::DeleteRecord(record.id)),
        Reply::No => session.say("It stays as it is."),
    }
}

/// An intake of now: what the label says comes first, and is asked about.
fn intake(session: &mut Session<'_>, medication: &Record, state: IntakeState) -> Step<()> {
    session.before_writing()?;
    let limit = medication::before_intake(&session.journal, medication, &session.now());
    // A skipped intake cannot exceed a limit.
    if let Some(limit) = limit.filter(|_| state != IntakeState::Skipped) {
        session.say(&limit)?;
        if session.confirm("Log it all the same?")? == Reply::No {
            return session.say("Nothing was saved.");
        }
    }
    let draft = RecordDraft::new(session.new_id(), Kind::Intake, session.today());
    let draft = draft
        .about(&medication.id.to_string())
        .with(key::STATE, state.code());
    save_draft(session, &draft)
}

/// Urges by hour of day, what set them off and what helped.
fn urges(session: &mut Session<'_>) -> Step<()> {
    let lately = Span::ending(session.today(), LATELY);
    match hours_text(&urge::by_hour(&session.journal, lately)) {
        Some(urges) => session.say(&format!("Last {LATELY} days: {urges}."))?,
        None => session.say(&format!(
            "No urge in the last {LATELY} days. urge (u) notes one."
        ))?,
    }
    for (field, word) in [(key::TRIGGER, "Set off by"), (key::HELPED, "Helped")] {
        let noted = urge::words_of(&session.journal, field);
        let noted: Vec<String> = noted
            .iter()
            // Read aloud, a longer list is slow to hear.
            .take(5)
            .map(|(what, n)| format!("{what} ({n})"))
            .collect();
        if !noted.is_empty() {
            session.say(&format!("{word}: {}.", noted.join(", ")))?;
        }
    }
    list_of(session, Kind::Urge)
}

/// "yesterday: slept 6.5 h", for each thing that was measured.
fn latest_measured(session: &Session<'_>) -> Vec<String> {
    let today = session.today();
    let latest = measurement::latest(&session.journal).into_iter();
    let line = latest.map(|record| {
        let day = record.day().map(|day| words::day_near(day, today));
        let line = summary::line(&session.journal, record);
        format!("{}: {line}", day.unwrap_or_default())
    });
    line.collect()
}

/// The last of each thing that was measured; then the list.
fn measurements(session: &mut Session<'_>) -> Step<()> {
    let latest = latest_measured(session);
    session.say_each(latest.iter().map(|line| format!("{line}.")))?;
    list_of(session, Kind::Measurement)
}
