//! Attempts: tries at tapering or stopping, and the day that an entry has in one.
//!
//! Invariant: attempts are ordered by (began, id) and numbered from 1. An attempt lasts until its end, or until the day
//! before the next one begins. No entry ever ends or resets an attempt.

use super::id::EntryId;
use crate::domain::order::Ordered;
use chrono::NaiveDate;

/// How a person tapers or stops. All are equal choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// In steps, less each time.
    Taper,
    /// All at once.
    Stop,
    /// With a clinician.
    Supervised,
    /// Not decided.
    Undecided,
}

impl Method {
    /// Every method, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Taper, Self::Stop, Self::Supervised, Self::Undecided];

    /// Code and words of each, in the order of the variants.
    pub(crate) const CHOICES: &'static [(&'static str, &'static str)] = &[
        ("taper", "tapering"),
        ("stop", "stopping"),
        ("supervised", "with a clinician"),
        ("undecided", "not decided"),
    ];

    /// The word in files and on the command line.
    pub(crate) const fn code(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }

    /// The words on screen.
    pub(crate) const fn label(self) -> &'static str {
        Self::CHOICES[self as usize].1
    }

    /// Reads [`Method::code`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Ended.
    Ended,
    /// Set aside for now.
    SetAside,
}

impl Ending {
    /// Code and words of each, in the order of the variants.
    pub(crate) const CHOICES: &'static [(&'static str, &'static str)] =
        &[("ended", "ended"), ("set_aside", "set aside")];

    /// The word in files and on the command line.
    pub(crate) const fn code(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }

    /// Reads [`Ending::code`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Ended, Self::SetAside]
            .into_iter()
            .find(|ending| ending.code() == code)
    }
}

/// One try at tapering or stopping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id, for ever.
    pub id: EntryId,
    /// The logical day it began.
    pub began: NaiveDate,
    /// Day 0: the logical day of last use. May be unknown, or set later.
    pub day_zero: Option<NaiveDate>,
    /// How the person goes about it.
    pub method: Method,
    /// The person's name for it.
    pub name: Option<String>,
    /// The goal in the person's words.
    pub goal: Option<String>,
    /// Its last day, and how it ended.
    pub ended: Option<(NaiveDate, Ending)>,
}

impl Attempt {
    /// The number of `day` in this attempt: 0 on day 0, negative before. `None` while day 0 is unknown.
    pub fn day_number(&self, day: NaiveDate) -> Option<i64> {
        self.day_zero.map(|zero| (day - zero).num_days())
    }

    /// Sets day 0, moving the beginning back when last use was before it.
    pub(crate) fn set_day_zero(&mut self, day_zero: NaiveDate) {
        self.day_zero = Some(day_zero);
        // An attempt that began after its own day 0 would not count that day as its own.
        self.began = self.began.min(day_zero);
    }

    /// Whether its days follow one another: it begins, has its day 0, and ends.
    ///
    /// # Errors
    /// Which two do not.
    pub(crate) fn in_order(&self) -> Result<(), OutOfOrder> {
        if self.day_zero.is_some_and(|zero| zero < self.began) {
            return Err(OutOfOrder::BeginsTooLate);
        }
        if self.ended.is_some_and(|(end, _)| end < self.began) {
            return Err(OutOfOrder::EndsTooEarly);
        }
        Ok(())
    }
}

/// Why the days of an attempt cannot stand as they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OutOfOrder {
    /// Day 0 lies before its first day.
    #[error("an attempt begins on its day 0 or before it")]
    BeginsTooLate,
    /// Its last day lies before its first.
    #[error("an attempt cannot end before it began")]
    EndsTooEarly,
}

/// The attempts of a journal, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts(Vec<Attempt>);

/// An attempt with its number and the last day that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberedAttempt<'a> {
    /// 1, 2, 3 …
    pub(crate) number: usize,
    /// The attempt.
    pub attempt: &'a Attempt,
    /// The last day that counts for it; `None` while it goes on.
    pub(crate) last_day: Option<NaiveDate>,
}

impl NumberedAttempt<'_> {
    /// Whether `day` counts for it.
    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        day >= self.attempt.began && self.last_day.is_none_or(|last| day <= last)
    }
}

impl Attempts {
    /// Puts attempts in order.
    pub fn new(mut attempts: Vec<Attempt>) -> Self {
        // The id decides between equal days, so that numbers never change between two loads.
        attempts.order_by_key(|attempt| (attempt.began, attempt.id));
        Self(attempts)
    }

    /// A copy with `attempt` added; an attempt with the same id is replaced.
    #[must_use]
    pub(crate) fn with(&self, attempt: Attempt) -> Self {
        let mut attempts = self.0.clone();
        attempts.retain(|other| other.id != attempt.id);
        attempts.push(attempt);
        Self::new(attempts)
    }

    /// Whether there is no attempt.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every attempt with its number.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = NumberedAttempt<'_>> {
        self.0.iter().enumerate().map(|(at, attempt)| {
            let until_next = self.0.get(at + 1).and_then(|next| next.began.pred_opt());
            let ended = attempt.ended.map(|(day, _)| day);
            // The person may end an attempt on a later day than the next one begins; a day counts for one attempt only.
            let last_day = match (until_next, ended) {
                (Some(next), Some(end)) => Some(next.min(end)),
                (next, end) => next.or(end),
            };
            NumberedAttempt {
                number: at + 1,
                attempt,
                last_day,
            }
        })
    }

    /// The attempt that `day` counts for.
    pub fn on(&self, day: NaiveDate) -> Option<NumberedAttempt<'_>> {
        self.iter().rev().find(|numbered| numbered.holds(day))
    }

    /// The number of `day` in the attempt that it counts for; `None` outside of one and while day 0 is unknown.
    pub(crate) fn day_number(&self, day: NaiveDate) -> Option<i64> {
        self.on(day)?.attempt.day_number(day)
    }

    /// The latest attempt, if it is still going on at `today`.
    pub fn open(&self, today: NaiveDate) -> Option<NumberedAttempt<'_>> {
        self.iter()
            .rev()
            .find(|numbered| numbered.attempt.began <= today)
            .filter(|last| last.last_day.is_none_or(|end| today <= end))
    }

    /// The open attempt, unless the person has ended it today or set it aside.
    pub(crate) fn going_on(&self, today: NaiveDate) -> Option<NumberedAttempt<'_>> {
        self.open(today).filter(|open| open.attempt.ended.is_none())
    }

    /// By id.
    pub(crate) fn by_id(&self, id: EntryId) -> Option<NumberedAttempt<'_>> {
        self.iter().find(|numbered| numbered.attempt.id == id)
    }

    /// By number, from 1.
    pub fn by_number(&self, number: usize) -> Option<NumberedAttempt<'_>> {
        self.iter().find(|numbered| numbered.number == number)
    }

    /// The days 0 of all attempts, ascending.
    pub(crate) fn days_zero(&self) -> Vec<NaiveDate> {
        let mut days: Vec<_> = self
            .0
            .iter()
            .filter_map(|attempt| attempt.day_zero)
            .collect();
        days.order();
        days.dedup();
        days
    }

    /// Another attempt that begins on `day`, if there is one. Two attempts may not begin on the same day.
    pub(crate) fn beginning_on(
        &self,
        day: NaiveDate,
        other_than: EntryId,
    ) -> Option<NumberedAttempt<'_>> {
        self.iter()
            .find(|numbered| numbered.attempt.began == day && numbered.attempt.id != other_than)
    }
}

/// What `ebb start` will do, decided before anything is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// Begins a new attempt.
    Begin(Attempt),
    /// Sets day 0 of the open attempt.
    SetDayZero(Attempt),
}

impl Start {
    /// A day 0 in `request` completes an open attempt that has none; otherwise `request` is a new attempt.
    pub(crate) fn decide(attempts: &Attempts, request: Attempt, today: NaiveDate) -> Self {
        let open = attempts
            .open(today)
            .filter(|open| open.attempt.day_zero.is_none());
        match (open, request.day_zero) {
            (Some(open), Some(day_zero)) => {
                let mut attempt = open.attempt.clone();
                attempt.set_day_zero(day_zero);
                attempt.goal = request.goal.or(attempt.goal);
                attempt.name = request.name.or(attempt.name);
                // `Undecided` is what an omitted method is read as: it must not undo an earlier choice.
                if request.method != Method::Undecided {
                    attempt.method = request.method;
                }
                Self::SetDayZero(attempt)
            }
            _ => Self::Begin(request),
        }
    }

    /// The attempt as it will be written.
    pub(crate) fn attempt(&self) -> &Attempt {
        match self {
            Self::Begin(attempt) | Self::SetDayZero(attempt) => attempt,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn attempt(n: u8, began: &str, day_zero: Option<&str>) -> Attempt {
        Attempt {
            id: EntryId::from_bytes([n; 16]),
            began: day(began),
            day_zero: day_zero.map(day),
            method: Method::Undecided,
            name: None,
            goal: None,
            ended: None,
        }
    }

    #[test]
    fn an_attempt_lasts_until_the_day_before_the_next_or_its_end() {
        let mut first = attempt(1, "2026-01-01", None);
        let attempts = Attempts::new(vec![attempt(2, "2026-02-01", None), first.clone()]);
        assert_eq!(attempts.on(day("2025-12-31")), None);
        assert_eq!(attempts.on(day("2026-01-31")).unwrap().number, 1);
        assert_eq!(attempts.on(day("2026-02-01")).unwrap().number, 2);
        first.ended = Some((day("2026-01-10"), Ending::SetAside));
        let attempts = Attempts::new(vec![attempt(2, "2026-02-01", None), first]);
        assert_eq!(attempts.on(day("2026-01-11")), None);
    }

    #[test]
    fn days_before_day_zero_are_negative_and_unknown_stays_unknown() {
        let begun = attempt(1, "2026-01-01", Some("2026-01-10"));
        assert_eq!(begun.day_number(day("2026-01-07")), Some(-3));
        assert_eq!(begun.day_number(day("2026-01-10")), Some(0));
        assert_eq!(
            attempt(1, "2026-01-01", None).day_number(day("2026-01-10")),
            None
        );
    }

    #[test]
    fn start_sets_the_missing_day_zero_and_otherwise_begins_anew() {
        let attempts = Attempts::new(vec![attempt(1, "2026-01-01", None)]);
        let given = attempt(2, "2026-01-10", Some("2026-01-10"));
        let Start::SetDayZero(set) = Start::decide(&attempts, given.clone(), day("2026-01-12"))
        else {
            panic!()
        };
        assert_eq!(
            (set.id, set.began, set.day_zero),
            (
                EntryId::from_bytes([1; 16]),
                day("2026-01-01"),
                given.day_zero
            )
        );
        assert!(matches!(
            Start::decide(&Attempts::default(), given.clone(), day("2026-01-12")),
            Start::Begin(_)
        ));
        let settled = Attempts::new(vec![set]);
        assert!(matches!(
            Start::decide(&settled, given, day("2026-01-12")),
            Start::Begin(_)
        ));
    }

    #[test]
    fn last_use_before_the_beginning_moves_the_beginning() {
        let mut begun = attempt(1, "2026-01-05", None);
        begun.set_day_zero(day("2026-01-03"));
        assert_eq!(begun.began, day("2026-01-03"));
    }
}
