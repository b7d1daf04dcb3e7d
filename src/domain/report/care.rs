//! Care in a report: medicines as taken, signs that need help, questions for the visit, notes.
//!
//! Invariant: the person's own text is never changed. Each note has the id of its entry, so that the person can agree to each
//! one.

use super::section::Notes;
use crate::domain::care::measurement::Measurement;
use crate::domain::care::medication::Intake;
use crate::domain::care::notes::notes_of;
use crate::domain::care::{medication, visit};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::entry::summary;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::safety::calm_lines;
use crate::domain::safety::calm_lines::CalmLine;
use crate::domain::safety::help_lines::{LEVELS, help};
use crate::domain::time::span::Span;
use crate::domain::time::{Moment, Named, Now};
use chrono::NaiveDate;

/// A medicine in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MedicineUse {
    /// Its name.
    pub(crate) name: String,
    /// The words of the prescription or the label.
    pub(crate) prescribed: Option<String>,
    /// Its purpose.
    pub(crate) purpose: Option<String>,
    /// Its first and its last day, if noted.
    pub(crate) dates: (Option<NaiveDate>, Option<NaiveDate>),
    /// The reason for stopping.
    pub(crate) stopped_for: Option<String>,
    /// Intakes taken, late ones included.
    pub(crate) taken: usize,
    /// Of these, late ones.
    pub(crate) late: usize,
    /// Intakes noted as skipped.
    pub(crate) skipped: usize,
    /// Days with one taken.
    pub(crate) days: usize,
    /// The last intake, in wall time.
    pub(crate) last: Option<Named>,
}

/// A sign that needs help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignEntry {
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// The moment, in wall time.
    pub(crate) at: Named,
    /// The sign, or the rating.
    pub text: String,
    /// The action of its level; empty for a rating.
    pub(crate) level: String,
}

/// Questions for the next visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Questions {
    /// The next visit, with its moment.
    pub(crate) visit: Option<(String, Named)>,
    /// The questions that are not asked yet.
    pub(crate) open: Vec<String>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// The id of its entry.
    pub id: EntryId,
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// The moment, in wall time.
    pub(crate) at: Named,
    /// The kind of its entry: "check-in", "visit".
    pub(crate) on: &'static str,
    /// As typed.
    pub text: String,
}

/// The medicines of `span`: with an intake in it, or prescribed for days in it.
pub(crate) fn medicines(journal: &Journal, span: Span) -> Vec<MedicineUse> {
    let all = journal.standing(Kind::Medication).into_iter();
    all.filter_map(|medication| medicine(journal, medication, span))
        .collect()
}

fn medicine(journal: &Journal, medication: &Record, span: Span) -> Option<MedicineUse> {
    let stop = medication.last_day();
    let is_in = |day: NaiveDate| span.from <= day && day <= span.to;
    let intakes: Vec<Intake<'_>> = medication::intakes_of(journal, medication)
        .filter(|intake| is_in(intake.moment.day))
        .collect();
    if intakes.is_empty() && !medication.lasts_in(span) {
        return None;
    }
    let taken: Vec<&Intake<'_>> = intakes.iter().filter(|i| i.is_taken()).collect();
    let mut days: Vec<NaiveDate> = taken.iter().map(|intake| intake.moment.day).collect();
    // Intakes come in the order of time, so equal days stand beside each other.
    days.dedup();
    let text = |field| medication.text(field).map(str::to_owned);
    Some(MedicineUse {
        name: summary::title(journal, medication),
        prescribed: text(key::PRESCRIBED),
        purpose: text(key::FOR),
        dates: (medication.first_day(), stop),
        stopped_for: text(key::REASON).filter(|_| stop.is_some()),
        late: taken
            .iter()
            .filter(|intake| intake.state == IntakeState::Late)
            .count(),
        skipped: intakes.len() - taken.len(),
        taken: taken.len(),
        days: days.len(),
        last: taken.last().map(|intake| intake.moment.named()),
    })
}

/// The signs in `span`, in order: recorded signs, item 9 of a PHQ-9 above 0, and the ratings that offer help lines.
pub(crate) fn signs(journal: &Journal, span: Span) -> Vec<SignEntry> {
    let records = journal.records_between(span.from, span.to);
    let mut signs: Vec<SignEntry> = records
        .filter_map(|record| {
            let moment = record.moment.as_ref()?;
            let (sign, level) = sign_of(record)?;
            Some(entry(moment, sign, level))
        })
        .collect();
    let mut before: Option<&CheckIn> = None;
    for check_in in journal
        .between(span.from, span.to)
        .flat_map(|d| d.check_ins.iter())
    {
        let rated = rated_high(journal, check_in, before);
        signs.extend(rated.map(|text| entry(&check_in.moment, text, String::new())));
        before = Some(check_in);
    }
    signs.order_by_key(|sign| sign.at.at.timestamp());
    signs
}

fn entry(moment: &Moment, text: String, level: String) -> SignEntry {
    SignEntry {
        day: moment.day,
        at: moment.named(),
        text,
        level,
    }
}

fn sign_of(record: &Record) -> Option<(String, String)> {
    match record.kind {
        Kind::Sign => {
            let flag = help().red_flag(record.about()?)?;
            let level = LEVELS.iter().find(|(level, _)| *level == flag.level);
            let level = match level.map_or("", |(level, _)| level) {
                "emergency" => "emergency",
                "urgent" => "same day",
                "soon" => "book a visit",
                _ => "",
            };
            Some((flag.sign.to_owned(), level.to_owned()))
        }
        Kind::Measurement => {
            let item9 = Measurement::of(record)?.item9.filter(|item9| *item9 > 0)?;
            Some((format!("PHQ-9, item 9: {item9} of 3"), String::new()))
        }
        _ => None,
    }
}

// The clinician sees the same threshold as the person. Notes are left out: they need their own consent.
/// The ratings of a check-in that offer help lines, by the rules of [`calm_lines`].
fn rated_high(journal: &Journal, check_in: &CheckIn, before: Option<&CheckIn>) -> Option<String> {
    let of = |check_in: &CheckIn, code: &str| {
        let symptom = journal.symptoms.find(code)?;
        Some(check_in.answer(symptom.key)?.number())
    };
    let rated = |code: &str| of(check_in, code);
    let earlier = |code: &str| of(before?, code);
    let earlier: Option<calm_lines::Rated<'_>> = before.is_some().then_some(&earlier);
    let list = |codes: &[&str]| -> String {
        let each = codes.iter().filter_map(|code| {
            let name = &catalogue().symptom(code)?.name;
            Some(format!("{name} {}", rated(code)?))
        });
        format!("Rated: {}", each.collect::<Vec<_>>().join(", "))
    };
    match calm_lines::after_check_in(&rated, None, None, earlier)? {
        CalmLine::Crisis => Some(list(&["hopelessness"])),
        CalmLine::Dehydration => Some(format!(
            "{}, twice running",
            list(&["vomiting", "diarrhea"])
        )),
        CalmLine::Emergency
        | CalmLine::Rebound
        | CalmLine::Tolerance
        | CalmLine::ToleranceMixed
        | CalmLine::Mixed
        | CalmLine::Heavy => None,
    }
}

/// The open questions for the next visit after `now`.
pub(crate) fn questions(journal: &Journal, now: &Now) -> Questions {
    let at = now.at.timestamp();
    let visit = visit::ahead(journal, at).into_iter().next();
    let open = visit::to_ask(journal, at).into_iter();
    Questions {
        visit: visit.and_then(|visit| {
            let moment = visit.moment.as_ref()?;
            Some((summary::title(journal, visit), moment.named()))
        }),
        open: open
            .filter_map(|question| question.text(key::TEXT).map(str::to_owned))
            .collect(),
    }
}

/// The notes of `span` that the person agreed to, in order. With [`Notes::All`] they are the list to pick from.
pub(crate) fn notes(journal: &Journal, span: Span, agreed: &Notes) -> Vec<NoteLine> {
    let check_ins = journal
        .between(span.from, span.to)
        .flat_map(|day| day.check_ins.iter());
    let of_check_in = |check_in: &CheckIn| {
        let text = check_in.note.as_deref()?;
        Some(line(check_in.id, &check_in.moment, "check-in", text))
    };
    let mut notes: Vec<NoteLine> = check_ins
        .filter(|check_in| agreed.hold(check_in.id))
        .filter_map(of_check_in)
        .collect();
    let records = journal.records_between(span.from, span.to);
    for record in records.filter(|record| agreed.hold(record.id)) {
        let Some(moment) = record.moment.as_ref() else {
            continue;
        };
        let texts = notes_of(record);
        notes
            .extend(texts.map(|(_, text)| line(record.id, moment, record.kind.facts().name, text)));
    }
    notes.order_by_key(|note| (note.at.at.timestamp(), note.id));
    notes
}

fn line(id: EntryId, moment: &Moment, on: &'static str, text: &str) -> NoteLine {
    NoteLine {
        id,
        day: moment.day,
        at: moment.named(),
        on,
        text: text.trim().to_owned(),
    }
}
