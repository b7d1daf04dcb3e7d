//! Event marks: what stands under every time axis as a letter, in the list beneath it, and behind "to that day".
//!
//! What happened to attempts is an entry of the day first (`crate::domain::entry`); the rest is read out of records and plans here. A new
//! mark is a variant of [`EventKind`] with its arms, and a line in `logged` or `standing`.

use crate::domain::attempt::Ending;
use crate::domain::care::medication;
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::{Dose, folded};
use crate::domain::entry::summary;
use crate::domain::entry::{What, attempt_events};
use crate::domain::journal::{Day, Journal};
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plan::Why;
use crate::domain::taper::plans;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// What happened. In the order of weight: where one cell has room for one letter, the first stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Day 0 of an attempt.
    DayZero,
    /// An attempt begun.
    Began,
    /// An attempt ended.
    Ended,
    /// An attempt set aside.
    SetAside,
    /// The amount of a plan went down.
    Cut,
    /// The amount of a plan was held.
    Hold,
    /// A plan went a step back.
    StepBack,
    /// A dose after day 0 of its attempt.
    Use,
    /// A sign that needs help was noted.
    Sign,
    /// A medication was started or stopped.
    Medicine,
    /// A treatment began or ended.
    Treatment,
    /// A visit.
    Visit,
    /// A note in a check-in.
    Note,
}

impl EventKind {
    /// Every kind, the weightiest first.
    pub const ALL: [Self; 13] = [
        Self::DayZero,
        Self::Began,
        Self::Ended,
        Self::SetAside,
        Self::Cut,
        Self::Hold,
        Self::StepBack,
        Self::Use,
        Self::Sign,
        Self::Medicine,
        Self::Treatment,
        Self::Visit,
        Self::Note,
    ];

    /// The mark of an entry; check-ins have none but their notes.
    const fn of(what: What<'_>) -> Option<Self> {
        match what {
            What::CheckIn(_) | What::Record(_) => None,
            What::Began(_) => Some(Self::Began),
            What::DayZero(_) => Some(Self::DayZero),
            What::Ended(_, Ending::Ended) => Some(Self::Ended),
            What::Ended(_, Ending::SetAside) => Some(Self::SetAside),
        }
    }

    /// The letter under the axis.
    pub const fn letter(self) -> char {
        match self {
            Self::DayZero => '0',
            Self::Began => 'a',
            Self::Ended | Self::SetAside => 'e',
            Self::Cut => 'c',
            Self::Hold => 'h',
            Self::StepBack => 'b',
            Self::Use => 'u',
            Self::Sign => 's',
            Self::Medicine => 'm',
            Self::Treatment => 't',
            Self::Visit => 'v',
            Self::Note => 'n',
        }
    }

    /// What the letter stands for.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::DayZero => "day 0",
            Self::Began => "attempt begun",
            Self::Ended => "attempt ended",
            Self::SetAside => "attempt set aside",
            Self::Cut => "cut",
            Self::Hold => "hold",
            Self::StepBack => "step back",
            Self::Use => "use",
            Self::Sign => "sign",
            Self::Medicine => "medicine started or stopped",
            Self::Treatment => "treatment begun or ended",
            Self::Visit => "visit",
            Self::Note => "note",
        }
    }

    /// The same in one word, where there is room for no more.
    pub(crate) const fn short_name(self) -> &'static str {
        match self {
            Self::Began => "begun",
            Self::Ended | Self::SetAside => "ended",
            Self::StepBack => "back",
            Self::Medicine => "medicine",
            Self::Treatment => "treatment",
            _ => self.name(),
        }
    }

    /// The letters of `kinds`, which stand in the order of weight, each once with all that it stands for there.
    pub(crate) fn signs(kinds: impl IntoIterator<Item = Self>) -> Vec<(char, &'static str)> {
        let mut signs: Vec<(char, &'static str)> = Vec::new();
        for kind in kinds {
            match signs.last_mut() {
                // The two ways in which an attempt ends share a letter.
                Some((letter, name)) if *letter == kind.letter() => {
                    *name = "attempt ended or set aside";
                }
                _ => signs.push((kind.letter(), kind.name())),
            }
        }
        signs
    }

    /// The word in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::DayZero => "day_zero",
            Self::Began => "attempt_began",
            Self::Ended => "attempt_ended",
            Self::SetAside => "attempt_set_aside",
            Self::Cut => "cut",
            Self::Hold => "hold",
            Self::StepBack => "step_back",
            Self::Use => "use",
            Self::Sign => "sign",
            Self::Medicine => "medicine",
            Self::Treatment => "treatment",
            Self::Visit => "visit",
            Self::Note => "note",
        }
    }
}

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// The logical day.
    pub day: NaiveDate,
    /// What.
    pub kind: EventKind,
    /// Its sentence, or the words of the note.
    pub detail: Cow<'a, str>,
}

/// What happened in `span`, by day and then by weight. A cut that is still ahead of `today`, or that has to be asked about
/// first, has not happened.
pub fn events(journal: &Journal, span: Span, today: NaiveDate) -> Vec<Event<'_>> {
    let check_ins = journal.between(span.from, span.to);
    let records = journal.records_between(span.from, span.to);
    let is_in = |day: NaiveDate| day >= span.from && day <= span.to;
    of_days(journal, today, is_in, check_ins, records)
}

/// The same of some days, which stand in order.
pub(super) fn events_on<'a>(
    journal: &'a Journal,
    days: &[NaiveDate],
    today: NaiveDate,
) -> Vec<Event<'a>> {
    let check_ins = days.iter().filter_map(|day| journal.day(*day));
    let records = days.iter().flat_map(|day| journal.records(*day));
    let is_in = |day: NaiveDate| days.binary_search(&day).is_ok();
    of_days(journal, today, is_in, check_ins, records)
}

fn of_days<'a>(
    journal: &'a Journal,
    today: NaiveDate,
    is_in: impl Fn(NaiveDate) -> bool,
    days: impl Iterator<Item = &'a Day>,
    records: impl Iterator<Item = &'a Record>,
) -> Vec<Event<'a>> {
    let mut events: Vec<Event<'_>> = of_attempts(journal)
        .filter(|(day, ..)| is_in(*day))
        .filter_map(|(day, kind, what)| {
            Some(Event {
                day,
                kind,
                detail: Cow::Owned(what.event(journal)?),
            })
        })
        .collect();
    for day in days {
        let notes = day.check_ins.iter().filter_map(|c| c.note.as_deref());
        events.extend(notes.map(|note| Event {
            day: day.date,
            kind: EventKind::Note,
            detail: Cow::Borrowed(note),
        }));
    }
    events.extend(logged(journal, records));
    events.extend(standing(journal, today, is_in));
    // `EventKind` is ordered by weight, so the weightiest of a day comes first.
    events.order_by_key(|event| (event.day, event.kind));
    events
}

/// What happened to attempts.
pub(super) fn of_attempts(
    journal: &Journal,
) -> impl Iterator<Item = (NaiveDate, EventKind, What<'_>)> {
    attempt_events(journal).filter_map(|(day, _, what)| Some((day, EventKind::of(what)?, what)))
}

/// The mark of a record that has one of its own.
pub(super) const fn of_record(kind: Kind) -> Option<EventKind> {
    match kind {
        Kind::Sign => Some(EventKind::Sign),
        Kind::Appointment => Some(EventKind::Visit),
        // Doses are folded first.
        Kind::Dose
        | Kind::DayWithout
        | Kind::Substance
        | Kind::Urge
        | Kind::Intake
        | Kind::Practice
        | Kind::Measurement
        | Kind::Question
        | Kind::Purchase
        | Kind::Product
        | Kind::Medication
        | Kind::OwnPractice
        | Kind::Treatment
        | Kind::Contact
        | Kind::Reason
        | Kind::Baseline
        | Kind::Plan => None,
    }
}

/// What belongs to a day among records: use after day 0 with nearly equal doses in one, signs, visits.
fn logged<'a>(journal: &'a Journal, records: impl Iterator<Item = &'a Record>) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut doses: Vec<Dose<'_>> = Vec::new();
    for record in records {
        let Some(day) = record.day() else { continue };
        if record.kind == Kind::Dose {
            let dose = Dose::of(record).filter(|dose| dose::is_after_day_zero(journal, dose.day));
            doses.extend(dose);
            continue;
        }
        let Some(kind) = of_record(record.kind) else {
            continue;
        };
        let detail = words::sentence_head(&summary::line(journal, record)).into();
        events.push(Event { day, kind, detail });
    }
    // Nearly equal doses of a day become one mark, so that a day of many doses does not fill the list.
    for of_day in doses.chunk_by(|a, b| a.day == b.day) {
        for fold in folded(journal, of_day) {
            let Some(first) = fold.doses.first() else {
                continue;
            };
            let product = product::by_code(journal, first.product);
            let product = product.map_or_else(String::new, |held| format!(", {}", held.name));
            events.push(Event {
                day: first.day,
                kind: EventKind::Use,
                detail: format!("Used {}{product}", fold.text()).into(),
            });
        }
    }
    events
}

/// What changes on these days among what stands for itself: cuts of plans, medications, treatments. Of the others no words are
/// made.
pub(super) fn standing(
    journal: &Journal,
    today: NaiveDate,
    is_in: impl Fn(NaiveDate) -> bool,
) -> impl Iterator<Item = Event<'_>> {
    let mut events = Vec::new();
    let mut push = |day: NaiveDate, kind: EventKind, detail: String| {
        events.push(Event {
            day,
            kind,
            detail: detail.into(),
        });
    };
    for plan in plans::plans(journal) {
        let product = product::by_code(journal, &plan.product);
        // A cut that the plan has to ask about first has not happened.
        let seen = plans::asks_since(journal, &plan, today).unwrap_or(today);
        let cuts = plan.cuts().into_iter();
        for day in cuts.filter(|day| *day <= seen && is_in(*day)) {
            let Some(amount) = plan.target_on(day) else {
                continue;
            };
            let sentence = match &product {
                Some(product) => format!("{} a day, {}", product.text(amount), product.name),
                None => format!("{amount} a day"),
            };
            push(day, EventKind::Cut, format!("Plan from here {sentence}"));
        }
        let versions = plan.versions.iter();
        for version in versions.filter(|it| it.made <= seen && is_in(it.made)) {
            let kind = match version.why {
                Why::Held { .. } => EventKind::Hold,
                Why::SteppedBack => EventKind::StepBack,
                Why::Started | Why::Resumed | Why::WentOn | Why::Replanned | Why::Ended => continue,
            };
            let Some(stair) = version.stair_on(version.made) else {
                continue;
            };
            let amount = match &product {
                Some(product) => format!("{} a day, {}", product.text(stair.amount), product.name),
                None => format!("{} a day", stair.amount),
            };
            let verb = if kind == EventKind::Hold {
                "held at"
            } else {
                "back at"
            };
            push(version.made, kind, format!("Plan {verb} {amount}"));
        }
    }
    for medication in journal.standing(Kind::Medication) {
        let name = || summary::title(journal, medication);
        if let Some(day) = medication.first_day().filter(|day| is_in(*day)) {
            push(day, EventKind::Medicine, format!("{} started", name()));
        }
        if let Some(day) = medication.last_day().filter(|day| is_in(*day)) {
            let caution = match medication::stop_caution(medication) {
                Some(_) => " (one to stop with the prescriber)",
                None => "",
            };
            let text = format!("{} stopped{caution}", name());
            push(day, EventKind::Medicine, text);
        }
    }
    for treatment in journal.standing(Kind::Treatment) {
        let name = || summary::title(journal, treatment);
        if let Some(day) = treatment.first_day().filter(|day| is_in(*day)) {
            push(day, EventKind::Treatment, format!("{} begun", name()));
        }
        if let Some(day) = treatment.last_day().filter(|day| is_in(*day)) {
            push(day, EventKind::Treatment, format!("{} ended", name()));
        }
    }
    events.into_iter()
}

impl Event<'_> {
    /// "a Wed 18 Nov  Attempt 2 begun: stopping": a line of the list
    /// of `span`.
    pub fn line(&self, span: Span) -> String {
        // A note may have many lines; the list has one for each mark.
        let first = self.detail.lines().next().unwrap_or_default();
        // Within one year the day is enough.
        let day = if span.from.year() == span.to.year() {
            words::short_day(self.day)
        } else {
            words::day(self.day)
        };
        format!("{} {day}  {first}", self.kind.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::EventKind;

    #[test]
    fn a_letter_stands_once_with_all_that_it_means_there() {
        let signs = EventKind::signs(EventKind::ALL);
        let mut letters: Vec<char> = signs.iter().map(|(letter, _)| *letter).collect();
        letters.dedup();
        assert_eq!(letters.len(), signs.len());
        assert!(signs.contains(&('e', "attempt ended or set aside")));
        let one = EventKind::signs([EventKind::SetAside]);
        assert_eq!(one, [('e', "attempt set aside")]);
    }
}
