//! The event marks of a stretch without their words: ten years have thousands, and a screen has room for the words of a few.
//!
//! Invariant: they are those of [`events`], in the same order.

use super::event_marks::{Event, EventKind, events, events_on, of_attempts, of_record, standing};
use crate::domain::amount::Amount;
use crate::domain::attempt::Attempts;
use crate::domain::dose::{Dose, folded_by, is_after_day_zero, product};
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::series::figures::LONG;
use crate::domain::time::span::Span;
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::Arc;

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The logical day.
    pub(crate) day: NaiveDate,
    /// What.
    pub(crate) kind: EventKind,
}

/// The marks of a stretch, by day and then by weight.
#[derive(Debug)]
pub(crate) struct Marks {
    all: Vec<Mark>,
    span: Span,
    today: NaiveDate,
    attempts: Attempts,
    standing: Arc<[Record]>,
}

/// The kinds of records that have marks.
const KINDS: [Kind; 3] = [Kind::Dose, Kind::Sign, Kind::Appointment];

impl Marks {
    /// Those of `span`. Of a long one the journal keeps them.
    pub(crate) fn of(journal: &Journal, span: Span, today: NaiveDate) -> Arc<Self> {
        if span.len() < LONG {
            let all = events(journal, span, today)
                .iter()
                .map(Event::mark)
                .collect();
            return Arc::new(Self::with(all, journal, span, today));
        }
        let is_it = |held: &Self| {
            (held.span, held.today) == (span, today)
                && Arc::ptr_eq(&held.standing, &journal.standing)
                && held.attempts == journal.attempts
        };
        journal.kept().or(is_it, || {
            Self::with(read(journal, span, today), journal, span, today)
        })
    }

    fn with(all: Vec<Mark>, journal: &Journal, span: Span, today: NaiveDate) -> Self {
        Self {
            all,
            span,
            today,
            attempts: journal.attempts.clone(),
            standing: Arc::clone(&journal.standing),
        }
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Mark] {
        &self.all
    }

    /// Some of them, by their places, with their words.
    pub(crate) fn events<'a>(&self, journal: &'a Journal, places: Range<usize>) -> Vec<Event<'a>> {
        let wanted = self.all.get(places.clone()).unwrap_or_default();
        let Some(first) = wanted.first() else {
            return Vec::new();
        };
        let mut days: Vec<NaiveDate> = wanted.iter().map(|mark| mark.day).collect();
        days.dedup();
        // The first of them need not be the first of its day.
        let begin = self.all.partition_point(|mark| mark.day < first.day);
        let events = events_on(journal, &days, self.today).into_iter();
        events
            .skip(places.start - begin)
            .take(wanted.len())
            .collect()
    }
}

impl Event<'_> {
    /// Itself without its words.
    const fn mark(&self) -> Mark {
        Mark {
            day: self.day,
            kind: self.kind,
        }
    }
}

/// The same as [`events`], with next to nothing unpacked.
fn read(journal: &Journal, span: Span, today: NaiveDate) -> Vec<Mark> {
    let is_in = |day: NaiveDate| day >= span.from && day <= span.to;
    let of_attempts = of_attempts(journal).map(|(day, kind, _)| Mark { day, kind });
    let mut marks: Vec<Mark> = of_attempts.filter(|mark| is_in(mark.day)).collect();
    journal.glimpse(span.from, span.to, |day, check_ins| {
        let notes = check_ins.iter().filter(|check_in| check_in.has_note());
        marks.extend(notes.map(|_| Mark {
            day,
            kind: EventKind::Note,
        }));
    });
    let products: Vec<(String, Amount)> = product::products(journal)
        .into_iter()
        .map(|product| (product.code, product.smallest))
        .collect();
    let smallest = |code: &str| products.iter().find(|it| it.0 == code).map(|it| it.1);
    journal.pick_records(span.from, span.to, &KINDS, |day, records| {
        let kinds = records.iter().filter_map(|record| of_record(record.kind));
        marks.extend(kinds.map(|kind| Mark { day, kind }));
        if is_after_day_zero(journal, day) {
            let doses: Vec<Dose<'_>> = records.iter().filter_map(Dose::of).collect();
            let folds = folded_by(&doses, smallest);
            marks.extend(folds.iter().map(|_| Mark {
                day,
                kind: EventKind::Use,
            }));
        }
    });
    let standing = standing(journal, today, is_in);
    marks.extend(standing.map(|event| event.mark()));
    marks.order_by_key(|mark| (mark.day, mark.kind));
    marks.shrink_to_fit();
    marks
}
