//! The report for a clinician: one value, computed from the journal, which HTML, Markdown and plain text render.
//!
//! Invariant: it says that it is self-reported. A part that the person left out is `None` and holds nothing. An unknown value
//! is reported as unknown, never as 0.

pub(crate) mod care;
pub(crate) mod section;
pub(crate) mod series;
pub(crate) mod used;

use super::attempt::Ending;
use super::care::catalogue::CareList;
use super::care::measurement::Measurement;
use super::check_in::catalogue::{Phase, phase_of};
use super::journal::Journal;
use super::journal::taken_for;
use super::record::kind::Kind;
use super::series::Series;
use super::series::kind::Group;
use super::series::logged::logged;
use super::time::Now;
use super::time::span::Span;
use super::trends::event_marks::{EventKind, events};
use crate::domain::care::visit;
use crate::domain::entry::summary::{line, title};
use care::{MedicineUse, NoteLine, Questions, SignEntry, medicines, notes, questions, signs};
use chrono::{DateTime, FixedOffset, NaiveDate};
pub use section::{Notes, ReportAsk, Section};
use series::{Summary, highest, summary};
use std::collections::BTreeSet;
use used::{Lapses, LastDose, UseSummary, lapses, last_dose, used};

/// The sentence in every form of the report.
pub(crate) const DISCLAIMER: &str = "Self-reported; not a validated scale; not a medical device.";

/// Days of a report without an earlier visit.
const USUAL_DAYS: u64 = 30;

/// The reason for the first day of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// The person chose the day.
    Asked,
    /// The last visit, by its title.
    Visit(String),
    /// The last 30 days, or as long as the journal is.
    Usual,
}

/// The days of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First and last day.
    pub span: Span,
    /// The reason for its first day.
    pub since: Since,
    /// Days with a check-in.
    pub days_with: usize,
    /// Stretches of days without a check-in. Today is not over, so it is never among them.
    pub missing: Vec<Span>,
    /// Whether it contains today and today has no check-in yet.
    pub is_today_open: bool,
    /// The days 0 in it.
    pub days_zero: Vec<NaiveDate>,
}

/// The attempt at the end of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptSummary {
    /// Its number.
    pub(crate) number: usize,
    /// "tapering".
    pub(crate) method: &'static str,
    /// The day it began.
    pub(crate) began: NaiveDate,
    /// Day 0, and the number of the last day of the period.
    pub(crate) day_zero: Option<(NaiveDate, i64)>,
    /// The day and the kind of its end.
    pub(crate) ended: Option<(NaiveDate, Ending)>,
    /// The goal in the person's words.
    pub(crate) goal: Option<String>,
}

/// The numbers of check-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All.
    pub all: usize,
    /// Written at or after the end of their day.
    pub late: usize,
    /// With a rating copied from the last time.
    pub copied: usize,
    /// With an overall and no rating.
    pub overall_alone: usize,
}

/// A mark under a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub(crate) day: NaiveDate,
    /// The kind of event.
    pub kind: EventKind,
}

/// A phase of the timeline in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PhaseDays {
    /// Its days in the period.
    pub(crate) span: Span,
    /// The phase, counted from the day 0 of the attempt of these days.
    pub(crate) phase: &'static Phase,
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    // The outer `Option` of a part is the person's choice; the inner one says whether there is anything.
    /// The moment of its making.
    pub(crate) made: DateTime<FixedOffset>,
    /// Its days.
    pub period: Period,
    /// Its parts.
    pub(crate) sections: BTreeSet<Section>,
    /// The last dose: left out, none logged, or this one.
    pub last_dose: Option<Option<LastDose>>,
    /// The attempt: left out, none, or this one.
    pub attempt: Option<Option<AttemptSummary>>,
    /// The baseline: label and words of each field.
    pub(crate) baseline: Option<Vec<(&'static str, String)>>,
    /// The numbers of check-ins.
    pub counts: Option<Counts>,
    /// Severity, Body, Mind and the overall.
    pub indices: Option<Vec<Summary>>,
    /// The symptoms rated highest.
    pub symptoms: Option<Vec<Summary>>,
    /// Use, against the plan.
    pub(crate) used: Option<UseSummary>,
    /// Medicines.
    pub(crate) medicines: Option<Vec<MedicineUse>>,
    /// Measurements with a value in the period, sleep first.
    pub measurements: Option<Vec<Summary>>,
    /// Totals of questionnaires: the day, and the total with its band.
    pub totals: Vec<(NaiveDate, String)>,
    /// Use after day 0.
    pub lapses: Option<Lapses>,
    /// Signs that need help.
    pub signs: Option<Vec<SignEntry>>,
    /// Questions for the visit.
    pub(crate) questions: Option<Questions>,
    /// The notes that the person picked.
    pub(crate) notes: Option<Vec<NoteLine>>,
    /// Marks under the charts. A part that is left out has no marks either.
    pub marks: Vec<Mark>,
    /// The phases of the timeline; none if the attempt is left out.
    pub(crate) phases: Vec<PhaseDays>,
}

impl Report {
    /// Whether the report has a part.
    pub(crate) fn has(&self, section: Section) -> bool {
        self.sections.contains(&section)
    }

    /// The parts that are left out, in the order of the page.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = Section> {
        let all = Section::ALL.into_iter();
        all.filter(|section| !self.has(*section))
    }
}

/// The report of the choices in `ask`, as of `now`.
pub fn report_of(journal: &Journal, ask: &ReportAsk, now: &Now) -> Report {
    let today = now.today(journal.settings.day_end);
    let period = report_period(journal, ask, now, today);
    let span = period.span;
    let mut sections = ask.sections.clone();
    // Without consent to any note there is no part for notes, even if the person listed it.
    if !ask.notes.hold_any() {
        sections.remove(&Section::Notes);
    }
    let has = |section| sections.contains(&section);
    Report {
        made: now.at,
        last_dose: has(Section::LastDose).then(|| last_dose(journal, now.at)),
        attempt: has(Section::Attempt).then(|| attempt_text(journal, span)),
        baseline: has(Section::Baseline).then(|| baseline_text(journal, span)),
        counts: has(Section::CheckIns).then(|| counts(journal, span)),
        indices: has(Section::Indices).then(|| {
            Series::FIXED
                .map(|series| summary(journal, series, span, today))
                .into()
        }),
        symptoms: has(Section::Symptoms).then(|| highest(journal, span, today)),
        used: has(Section::Used).then(|| used(journal, span, today)),
        medicines: has(Section::Medicines).then(|| medicines(journal, span)),
        measurements: has(Section::Measurements).then(|| measured(journal, span, today)),
        totals: if has(Section::Measurements) {
            totals(journal, span)
        } else {
            Vec::new()
        },
        lapses: has(Section::Lapses).then(|| lapses(journal, span)),
        signs: has(Section::Signs).then(|| signs(journal, span)),
        questions: has(Section::Questions).then(|| questions(journal, now)),
        notes: has(Section::Notes).then(|| notes(journal, span, &ask.notes)),
        marks: marks(journal, span, today, &sections),
        phases: if has(Section::Attempt) {
            phases(journal, span)
        } else {
            Vec::new()
        },
        period,
        sections,
    }
}

/// The notes that the person can pick from for the report of `ask`, in order.
pub fn note_lines(journal: &Journal, ask: &ReportAsk, now: &Now) -> Vec<NoteLine> {
    let today = now.today(journal.settings.day_end);
    let span = report_period(journal, ask, now, today).span;
    notes(journal, span, &Notes::All)
}

fn report_period(journal: &Journal, ask: &ReportAsk, now: &Now, today: NaiveDate) -> Period {
    let to = ask.to.unwrap_or(today).min(today);
    let visit = || {
        let mut past = visit::past(journal, now.at.timestamp());
        // A report made on the day of a visit is for that visit, so it begins at the one before.
        past.find_map(|visit| {
            let day = visit.day().filter(|day| *day < to)?;
            Some((day, title(journal, visit)))
        })
    };
    let (from, since) = match (ask.from, visit()) {
        (Some(from), _) => (from.min(to), Since::Asked),
        (None, Some((day, title))) => (day, Since::Visit(title)),
        (None, None) => (Span::ending(to, USUAL_DAYS).from, Since::Usual),
    };
    // Days before the first entry are not missing days: there was no journal yet.
    let began = journal.attempts.iter().map(|n| n.attempt.began).min();
    let first = [journal.first_entry(), began].into_iter().flatten().min();
    let from = first.map_or(from, |first| from.max(first.min(to)));
    let span = Span { from, to };
    let (days_with, missing) = checked(journal, span, today);
    let mut days_zero = journal.attempts.days_zero();
    days_zero.retain(|day| from <= *day && *day <= to);
    Period {
        span,
        since,
        days_with,
        missing,
        is_today_open: to == today && journal.day(today).is_none(),
        days_zero,
    }
}

/// The number of days of `span` with a check-in, and the stretches without one. `today` is not over, so it is not missing.
fn checked(journal: &Journal, span: Span, today: NaiveDate) -> (usize, Vec<Span>) {
    let mut missing: Vec<Span> = Vec::new();
    for day in journal.without_check_in(span, today) {
        match missing
            .last_mut()
            .filter(|last| last.to.succ_opt() == Some(day))
        {
            Some(last) => last.to = day,
            None => missing.push(Span { from: day, to: day }),
        }
    }
    let with = journal.between(span.from, span.to).count();
    (with, missing)
}

fn attempt_text(journal: &Journal, span: Span) -> Option<AttemptSummary> {
    let numbered = journal.attempts.on(span.to).or_else(|| {
        // Between attempts the report shows the last one before.
        let is_before = |n: &super::attempt::NumberedAttempt<'_>| n.attempt.began <= span.to;
        journal.attempts.iter().rev().find(is_before)
    })?;
    let attempt = numbered.attempt;
    Some(AttemptSummary {
        number: numbered.number,
        method: attempt.method.label(),
        began: attempt.began,
        day_zero: attempt.day_zero.zip(attempt.day_number(span.to)),
        ended: attempt.ended.filter(|(day, _)| *day <= span.to),
        goal: attempt.goal.clone(),
    })
}

/// The baseline of the attempt at the end of `span`, or else the last baseline.
fn baseline_text(journal: &Journal, span: Span) -> Vec<(&'static str, String)> {
    let Some(record) = taken_for::baseline_on(journal, span.to) else {
        return Vec::new();
    };
    let taken_for = taken_for::lines(record, &journal.symptoms).into_iter();
    let taken_for = taken_for.map(|line| ("Taken for", line));
    let fields = Kind::Baseline.facts().fields.iter();
    let others = fields.filter(|field| !taken_for::is_part(field));
    let others =
        others.filter_map(|field| Some((field.label, record.text(field.code)?.to_owned())));
    taken_for.chain(others).collect()
}

fn counts(journal: &Journal, span: Span) -> Counts {
    let check_ins = journal
        .between(span.from, span.to)
        .flat_map(|d| d.check_ins.iter());
    check_ins.fold(Counts::default(), |counts, check_in| Counts {
        all: counts.all + 1,
        late: counts.late + usize::from(check_in.moment.late),
        copied: counts.copied + usize::from(check_in.ratings.iter().any(|rating| rating.copied)),
        overall_alone: counts.overall_alone + usize::from(check_in.is_brief()),
    })
}

fn measured(journal: &Journal, span: Span, today: NaiveDate) -> Vec<Summary> {
    let all = logged(journal).into_iter().map(|logged| logged.series);
    let is_total = |series: &Series| match series {
        Series::Measure(code, _) => {
            let measure = CareList::built_in().measure(code);
            measure.is_some_and(|measure| !measure.bands.is_empty())
        }
        _ => false,
    };
    // Totals of questionnaires are listed one by one: a median of a few of them says nothing.
    let measured = all.filter(|s| s.facts(journal).group == Group::Measurements && !is_total(s));
    let summaries = measured.map(|series| summary(journal, series, span, today));
    summaries.filter(|summary| summary.n > 0).collect()
}

fn totals(journal: &Journal, span: Span) -> Vec<(NaiveDate, String)> {
    let records = journal.records_between(span.from, span.to);
    let totals = records.filter(|record| {
        Measurement::of(record).is_some_and(|measured| !measured.measure.bands.is_empty())
    });
    totals
        .filter_map(|record| Some((record.day()?, line(journal, record))))
        .collect()
}

fn phases(journal: &Journal, span: Span) -> Vec<PhaseDays> {
    let mut phases: Vec<PhaseDays> = Vec::new();
    for day in span.days() {
        let number = journal.attempts.day_number(day);
        let Some(phase) = number.and_then(phase_of) else {
            continue;
        };
        match phases.last_mut() {
            Some(last) if last.span.to.succ_opt() == Some(day) && last.phase == phase => {
                last.span.to = day;
            }
            _ => phases.push(PhaseDays {
                span: Span { from: day, to: day },
                phase,
            }),
        }
    }
    phases
}

fn marks(
    journal: &Journal,
    span: Span,
    today: NaiveDate,
    sections: &BTreeSet<Section>,
) -> Vec<Mark> {
    let has = |section| sections.contains(&section);
    let is_shown = |kind: EventKind| match kind {
        EventKind::DayZero | EventKind::Began | EventKind::Ended | EventKind::SetAside => {
            has(Section::Attempt)
        }
        EventKind::Cut | EventKind::Hold | EventKind::StepBack => has(Section::Used),
        EventKind::Use => has(Section::Lapses),
        EventKind::Sign => has(Section::Signs),
        EventKind::Medicine => has(Section::Medicines),
        EventKind::Visit | EventKind::Treatment => has(Section::Questions),
        // A mark would show that a note exists although the person did not pick it.
        EventKind::Note => false,
    };
    let events = events(journal, span, today).into_iter();
    let marks = events.filter(|event| is_shown(event.kind));
    let mut marks: Vec<Mark> = marks
        .map(|event| Mark {
            day: event.day,
            kind: event.kind,
        })
        .collect();
    marks.dedup();
    marks
}
