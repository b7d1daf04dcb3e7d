//! Which quiet line belongs after a save: the rules of `crate::domain::safety::calm_lines` put to what was written.
//!
//! Invariant: the rules run only after the save, never block it, and yield at most one line.

use crate::domain::attempt::Attempt;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measurement::Measurement;
use crate::domain::care::medication;
use crate::domain::check_in::CheckIn;
use crate::domain::dose;
use crate::domain::dose::Dose;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::safety::calm_lines;
use crate::domain::safety::calm_lines::CalmLine;
use crate::domain::time::Now;
use chrono::NaiveDate;
use std::collections::BTreeSet;

// Yesterday too: a dose late in the evening is often written the next morning.
/// How many days ago a dose may be for the line about an old amount.
const LATEST: i64 = 1;

/// The quiet line after `changes` were saved. `before` is the journal as it was, `journal` as it was read back.
pub fn calm_line(
    (before, journal): (&Journal, &Journal),
    changes: &[Change],
    now: &Now,
) -> Option<String> {
    let today = now.today(journal.settings.day_end);
    changes.iter().find_map(|change| match change {
        Change::RecordCheckIn(check_in) => {
            let stood = before.check_in(check_in.id);
            new_line(after_check_in(journal, check_in), || {
                after_check_in(before, stood?)
            })
            .map(|line| line.text().to_owned())
        }
        Change::Record(record) => {
            let stood = before.record(record.id);
            let line = new_line(after_record(journal, record, today), || {
                after_record(before, stood?, today)
            });
            // Only the lines of a dose give way: what the person wrote in words comes first.
            let is_of_dose = line
                .as_ref()
                .is_none_or(|line| *line == CalmLine::Tolerance.text());
            if !(is_of_dose && is_newly_mixed(before, journal, record)) {
                return line;
            }
            let mixed = match line {
                Some(_) => CalmLine::ToleranceMixed,
                None => CalmLine::Mixed,
            };
            Some(mixed.text().to_owned())
        }
        Change::RecordAttempt(attempt) => {
            let stood = before.attempts.by_id(attempt.id);
            new_line(after_attempt(attempt), || after_attempt(stood?.attempt))
                .map(|line| line.text().to_owned())
        }
        _ => None,
    })
}

/// Whether something that was written on `day` calls for a line. What is said besides waits for another day then.
pub(crate) fn calls_for_a_line(journal: &Journal, day: NaiveDate) -> bool {
    let mut check_ins = journal.check_ins(day).iter();
    let mut records = journal.records(day).iter();
    check_ins.any(|check_in| after_check_in(journal, check_in).is_some())
        || records.any(|record| after_record(journal, record, day).is_some())
        || (is_mixed(journal, day) && {
            let mixed = mixed_days(journal);
            calm_lines::days_to_say_mixed(mixed).contains(&day)
        })
}

/// `line`, unless the entry called for the same one as it stood before: a line is said once for an entry.
fn new_line<T: PartialEq>(line: Option<T>, stood: impl FnOnce() -> Option<T>) -> Option<T> {
    line.filter(|line| stood().as_ref() != Some(line))
}

/// What the words of an attempt call for. A goal that names seizures tells of the past, and beginning one shows the safety card.
fn after_attempt(attempt: &Attempt) -> Option<CalmLine> {
    let texts = [&attempt.name, &attempt.goal].into_iter().flatten();
    let mut lines = texts.filter_map(|text| calm_lines::after_note(text));
    lines.find(|line| *line == CalmLine::Crisis)
}

fn after_check_in(journal: &Journal, check_in: &CheckIn) -> Option<CalmLine> {
    let rated = |on: &CheckIn, code: &str| {
        let symptom = journal.symptoms.find(code)?;
        on.answer(symptom.key)
            .map(crate::domain::check_in::symptom::Severity::number)
    };
    let place = (check_in.moment.at_utc, check_in.id);
    let mut earlier = journal
        .days()
        .rev()
        .flat_map(|day| day.check_ins.iter().rev());
    // The check-in before this one in time: a filled past day is compared with its own past.
    let before = earlier.find(|other| (other.moment.at_utc, other.id) < place);
    let now = |code: &str| rated(check_in, code);
    let then = |code: &str| before.and_then(|before| rated(before, code));
    let overall = check_in
        .overall
        .map(crate::domain::check_in::Overall::number);
    let has_before: Option<calm_lines::Rated<'_>> = before.is_some().then_some(&then);
    calm_lines::after_check_in(&now, overall, check_in.note.as_deref(), has_before)
}

/// Whether this save made the day of `record` one with a dose and a substance that is asked about, in whatever order they were
/// written, and the line is due.
fn is_newly_mixed(before: &Journal, journal: &Journal, record: &Record) -> bool {
    let is_a_part = is_asked(record) || Dose::of(record).is_some();
    let Some(day) = record.day().filter(|_| is_a_part) else {
        return false;
    };
    let mixed = mixed_days(journal);
    mixed.contains(&day)
        && !is_mixed(before, day)
        && calm_lines::days_to_say_mixed(mixed).contains(&day)
}

/// Whether it is a substance that is asked about together with kratom.
fn is_asked(record: &Record) -> bool {
    let on = record
        .about()
        .filter(|_| record.kind == Kind::Substance)
        .and_then(|on| CareList::built_in().substance(on));
    on.is_some_and(|substance| substance.asks_with_kratom)
}

fn is_mixed(journal: &Journal, day: NaiveDate) -> bool {
    let records = journal.records(day);
    records.iter().any(is_asked) && records.iter().any(|it| Dose::of(it).is_some())
}

/// The days with both, in order.
fn mixed_days(journal: &Journal) -> BTreeSet<NaiveDate> {
    let asked = journal
        .records_of(Kind::Substance)
        .filter(|it| is_asked(it));
    asked
        .filter_map(Record::day)
        .filter(|day| is_mixed(journal, *day))
        .collect()
}

fn after_record(journal: &Journal, record: &Record, today: NaiveDate) -> Option<String> {
    // What the person wrote in words comes before any rule about the kind.
    let typed = record.typed().filter_map(calm_lines::after_note);
    // What to do about a sign was said before it was saved.
    let is_answered = |line: &CalmLine| record.kind == Kind::Sign && *line == CalmLine::Emergency;
    let typed = typed.filter(|line| !is_answered(line)).min();
    let line = |quiet: CalmLine| quiet.text().to_owned();
    typed.map(line).or_else(|| match record.kind {
        Kind::Dose => {
            let dose = Dose::of(record)?;
            // It is about what may come next: of a dose that is noted days later it would come too late.
            if (today - dose.day).num_days() > LATEST {
                return None;
            }
            // One second before it, so that the dose is not compared with itself.
            let before = dose::last_dose(journal, dose.at_utc - 1)?;
            calm_lines::after_dose(Some((dose.day - before.day).num_days())).map(line)
        }
        Kind::Measurement => {
            let item9 = u8::try_from(Measurement::of(record)?.item9?).ok()?;
            calm_lines::after_phq9_item9(item9).map(line)
        }
        Kind::Medication => {
            // Only a stop calls for the line.
            record.last_day()?;
            let (_, caution) = calm_lines::after_stopping(medication::listed(record)?)?;
            Some(caution)
        }
        Kind::Intake => {
            let medication = journal.record(record.about()?.parse().ok()?)?;
            medication::skipped_caution(journal, medication)
        }
        _ => None,
    })
}
