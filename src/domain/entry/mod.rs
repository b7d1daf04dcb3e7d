//! What a day holds, of every kind, in order: the one place where History, `ebb history` and plain mode learn what there is.
//!
//! Invariant: entries stand in the order (moment, id); what has no moment of its own stands before them, an end after them.
//! A later kind is one more arm of [`What`] and of the functions here.

pub mod after_save;
pub(crate) mod asked_once;
pub(crate) mod begun;
pub mod bin;
pub(crate) mod calm_page;
pub(crate) mod cautions;
pub mod exchanged;
// Rows of a table stay on one line each.
#[rustfmt::skip]
pub(crate) mod form;
pub(crate) mod saved;
pub mod search;
pub(crate) mod sitting_saved;
pub(crate) mod sleep;
pub mod summary;
pub mod today;
pub(crate) mod unchanged;
pub(crate) mod unsaved_words;
pub(crate) mod unusual;
pub mod validate;
pub(crate) mod where_i_am;

use super::attempt::{Ending, NumberedAttempt};
use super::check_in::CheckIn;
use super::id::EntryId;
use super::journal::Journal;
use super::record::Record;
use super::record::kind::Kind;
use super::text::words;
use crate::domain::order::Ordered;
use crate::domain::record::key;
use chrono::NaiveDate;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What<'a> {
    /// A check-in, full or brief.
    CheckIn(&'a CheckIn),
    /// An attempt begins.
    Began(NumberedAttempt<'a>),
    /// Day 0 of an attempt.
    DayZero(NumberedAttempt<'a>),
    /// The last day of an attempt, and how it ended.
    Ended(NumberedAttempt<'a>, Ending),
    /// A record, of any kind that has a day.
    Record(&'a Record),
}

/// Something that belongs to a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// Seconds UTC; `None` for what belongs to the day as a whole.
    pub(crate) moment: Option<i64>,
    /// The id of the row behind it.
    pub(crate) id: EntryId,
    /// What it is.
    pub what: What<'a>,
}

impl What<'_> {
    /// The sentence of an event or a record; a check-in has none.
    pub(crate) fn event(&self, journal: &Journal) -> Option<String> {
        let name = |on: &NumberedAttempt<'_>| match &on.attempt.name {
            Some(name) => format!("attempt {} ({name})", on.number),
            None => format!("attempt {}", on.number),
        };
        match self {
            Self::CheckIn(_) => None,
            Self::Began(on) => Some(words::sentence_head(&format!(
                "{} begun: {}",
                name(on),
                on.attempt.method.label()
            ))),
            Self::DayZero(on) => Some(format!("Day 0 of {}", name(on))),
            Self::Ended(on, ending) => {
                let how = match ending {
                    Ending::Ended => "ended",
                    Ending::SetAside => "set aside",
                };
                Some(words::sentence_head(&format!("{} {how}", name(on))))
            }
            Self::Record(record) => Some(words::sentence_head(&summary::line(journal, record))),
        }
    }
}

impl Entry<'_> {
    /// The sentence of an event or a record; a check-in has none.
    pub fn event(&self, journal: &Journal) -> Option<String> {
        self.what.event(journal)
    }

    /// The word in files.
    pub(crate) const fn code(&self) -> &'static str {
        match self.what {
            What::CheckIn(_) => "check_in",
            What::Began(_) => "attempt_began",
            What::DayZero(_) => "day_zero",
            What::Ended(_, Ending::Ended) => "attempt_ended",
            What::Ended(_, Ending::SetAside) => "attempt_set_aside",
            What::Record(record) => record.kind.code(),
        }
    }

    /// Where it stands in its day: (moment, id), with what a check-in saved beside it always after it.
    const fn place(&self) -> (i64, [u8; 15], bool, EntryId) {
        let is_beside = matches!(self.what, What::Record(_));
        let moment = match (self.moment, self.what) {
            (Some(moment), _) => moment,
            // An attempt ends with its last day, so its end stands after that day's entries.
            (None, What::Ended(..)) => i64::MAX,
            (None, _) => i64::MIN,
        };
        (moment, self.id.trunk(), is_beside, self.id)
    }
}

/// Everything that belongs to `date`, in order.
pub fn entries_of(journal: &Journal, date: NaiveDate) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = attempt_events(journal)
        .filter(|(day, ..)| *day == date)
        .map(|(_, id, what)| Entry {
            moment: None,
            id,
            what,
        })
        .collect();
    entries.extend(journal.check_ins(date).iter().map(|check_in| Entry {
        moment: Some(check_in.moment.at_utc),
        id: check_in.id,
        what: What::CheckIn(check_in),
    }));
    entries.extend(journal.records(date).iter().map(|record| Entry {
        moment: record.moment.as_ref().map(|moment| moment.at_utc),
        id: record.id,
        what: What::Record(record),
    }));
    entries.order_by_key(Entry::place);
    entries
}

/// The days from `from` to `to` that hold anything, oldest first.
pub(crate) fn days_with_entries(
    journal: &Journal,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = journal.between(from, to).map(|day| day.date).collect();
    days.extend(event_days(journal).filter(|day| (from..=to).contains(day)));
    days.order();
    // A day can hold both check-ins and other entries.
    days.dedup();
    days
}

/// The days of what is no check-in, in no order.
fn event_days(journal: &Journal) -> impl Iterator<Item = NaiveDate> {
    attempt_days(journal).chain(journal.record_days())
}

fn attempt_days(journal: &Journal) -> impl Iterator<Item = NaiveDate> {
    attempt_events(journal).map(|(day, ..)| day)
}

/// Days of what is no check-in, among them the first and the last; none where there is nothing. Records stand in order, so that
/// only their ends are looked at.
pub(crate) fn event_ends(journal: &Journal) -> impl Iterator<Item = NaiveDate> {
    let ends = [
        journal.record_days().next(),
        journal.record_days().next_back(),
    ];
    attempt_days(journal).chain(ends.into_iter().flatten())
}

/// Whether `date` has anything that is no check-in.
pub(crate) fn has_event(journal: &Journal, date: NaiveDate) -> bool {
    !journal.records(date).is_empty() || attempt_days(journal).any(|day| day == date)
}

/// What happened to attempts: the day, the attempt's id, and what; attempt by attempt.
pub(crate) fn attempt_events(
    journal: &Journal,
) -> impl Iterator<Item = (NaiveDate, EntryId, What<'_>)> {
    journal.attempts.iter().flat_map(|on| {
        let attempt = on.attempt;
        let ended = attempt.ended.map(|(day, how)| (day, What::Ended(on, how)));
        [
            Some((attempt.began, What::Began(on))),
            attempt.day_zero.map(|day| (day, What::DayZero(on))),
            ended,
        ]
        .into_iter()
        .flatten()
        .map(move |(day, what)| (day, attempt.id, what))
    })
}

/// Which kind of entry is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// Every kind.
    #[default]
    All,
    /// Check-ins, also those with the overall alone.
    AnyCheckIn,
    /// Check-ins with ratings.
    CheckIns,
    /// Check-ins with the overall alone.
    Brief,
    /// Check-ins with a note.
    WithNote,
    /// Written after their day had ended.
    Late,
    /// Edited since.
    Edited,
    /// What happened to an attempt.
    Events,
    /// Records of one kind.
    Records(Kind),
}

impl Filter {
    /// Every filter, in the order in which they are offered.
    pub(crate) fn all() -> Vec<Self> {
        let check_ins = [
            Self::All,
            Self::CheckIns,
            Self::Brief,
            Self::WithNote,
            Self::Late,
            Self::Edited,
            Self::Events,
            Self::AnyCheckIn,
        ];
        // What stands for itself belongs to no day of History.
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.has_day());
        check_ins
            .into_iter()
            .chain(kinds.map(Self::Records))
            .collect()
    }

    /// The words on screen.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::All => "all entries",
            Self::AnyCheckIn => "check-ins",
            Self::CheckIns => "check-ins with ratings",
            Self::Brief => "brief check-ins",
            Self::WithNote => "with a note",
            Self::Late => "written late",
            Self::Edited => "edited",
            Self::Events => "attempt events",
            Self::Records(kind) => kind.facts().many,
        }
    }

    /// The word on the command line.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AnyCheckIn => "check-in",
            Self::CheckIns => "full",
            Self::Brief => "brief",
            Self::WithNote => "note",
            Self::Late => "late",
            Self::Edited => "edited",
            Self::Events => "attempt",
            Self::Records(kind) => kind.code(),
        }
    }

    /// Reads `Filter::code`, and the names that a person would type: "day without", "doses", "check-in", "notes".
    pub fn from_code(code: &str) -> Option<Self> {
        let plain = |text: &str| text.trim().to_lowercase().replace(['_', '-'], " ");
        let wanted = plain(code);
        let is_named = |filter: &Self| {
            let names: &[&str] = match filter {
                Self::Records(kind) => &[kind.facts().name, kind.facts().many],
                Self::AnyCheckIn => &["check-ins", "checkin", "checkins"],
                Self::WithNote => &["notes"],
                Self::Events => &["attempts"],
                _ => &[],
            };
            plain(filter.code()) == wanted || names.iter().any(|name| plain(name) == wanted)
        };
        Self::all().into_iter().find(is_named)
    }

    /// Whether `entry` is of this kind.
    pub fn holds(self, entry: &Entry<'_>) -> bool {
        match (self, entry.what) {
            (Self::CheckIns, What::CheckIn(check_in)) => check_in.answered() > 0,
            (Self::Brief, What::CheckIn(check_in)) => check_in.is_brief(),
            (Self::WithNote, What::CheckIn(check_in)) => check_in.note.is_some(),
            (Self::Late, What::CheckIn(check_in)) => check_in.moment.late,
            (Self::Edited, What::CheckIn(check_in)) => check_in.edited_utc.is_some(),
            (Self::WithNote, What::Record(record)) => record.text(key::NOTE).is_some(),
            (Self::Late, What::Record(record)) => record.moment.as_ref().is_some_and(|m| m.late),
            (Self::Edited, What::Record(record)) => record.edited_utc.is_some(),
            (Self::Records(kind), What::Record(record)) => record.kind == kind,
            (Self::All, _)
            | (Self::AnyCheckIn, What::CheckIn(_))
            | (Self::Events, What::Began(_) | What::DayZero(_) | What::Ended(..)) => true,
            (Self::Events | Self::Records(_), What::CheckIn(_))
            | (_, What::Record(_) | What::Began(_) | What::DayZero(_) | What::Ended(..)) => false,
        }
    }

    /// Whether `date` has an entry of this kind.
    pub(crate) fn holds_day(self, journal: &Journal, date: NaiveDate) -> bool {
        entries_of(journal, date)
            .iter()
            .any(|entry| self.holds(entry))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::attempt::{Attempt, Attempts, Method};
    use crate::domain::check_in::severity::Totals;
    use crate::domain::check_in::symptom::Symptoms;
    use crate::domain::journal::{Coverage, Day};
    use crate::domain::time::{DayEnd, Moment, Now, Zone};

    fn nov(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn check_in(id: u8, day: u32, hour: u32, note: Option<&str>) -> CheckIn {
        let at = nov(day).and_hms_opt(hour, 0, 0).unwrap().and_utc();
        let zone = Zone::fixed(chrono::FixedOffset::east_opt(0).unwrap());
        let now = Now::new(at, zone);
        CheckIn {
            id: EntryId::from_bytes([id; 16]),
            moment: Moment::on_day(nov(day), now.at, &now, DayEnd::default()),
            ratings: Box::default(),
            totals: Totals::of(&[], &Symptoms::built_in()),
            overall: crate::domain::check_in::Overall::new(5),
            note: note.map(Into::into),
            edited_utc: None,
        }
    }

    fn journal() -> Journal {
        let attempt = Attempt {
            id: EntryId::from_bytes([9; 16]),
            began: nov(10),
            day_zero: Some(nov(12)),
            method: Method::Taper,
            name: None,
            goal: None,
            ended: Some((nov(12), Ending::SetAside)),
        };
        let day = Day::new(
            nov(12),
            vec![check_in(2, 12, 20, None), check_in(1, 12, 8, Some("walk"))],
        );
        let mut journal = Journal::default().with_days(vec![day], Coverage::Whole);
        journal.attempts = Attempts::new(vec![attempt]);
        journal
    }

    #[test]
    fn a_day_has_its_events_around_its_check_ins_in_order() {
        let journal = journal();
        let codes: Vec<_> = entries_of(&journal, nov(12))
            .iter()
            .map(|entry| (entry.code(), entry.id.as_bytes()[0]))
            .collect();
        assert_eq!(
            codes,
            [
                ("day_zero", 9),
                ("check_in", 1),
                ("check_in", 2),
                ("attempt_set_aside", 9)
            ]
        );
        assert!(entries_of(&journal, nov(11)).is_empty());
    }

    #[test]
    fn days_with_an_event_alone_are_days_with_entries() {
        let days = days_with_entries(&journal(), nov(1), nov(30));
        assert_eq!(days, [nov(10), nov(12)]);
        assert_eq!(days_with_entries(&journal(), nov(11), nov(11)), []);
    }

    #[test]
    fn filters_hold_what_they_say() {
        let journal = journal();
        let held = |filter: Filter| {
            let days = [nov(10), nov(12)];
            days.map(|day| filter.holds_day(&journal, day))
        };
        assert_eq!(held(Filter::All), [true, true]);
        assert_eq!(held(Filter::Events), [true, true]);
        assert_eq!(held(Filter::Brief), [false, true]);
        assert_eq!(held(Filter::WithNote), [false, true]);
        for filter in [Filter::CheckIns, Filter::Late, Filter::Edited] {
            assert_eq!(held(filter), [false, false], "{filter:?}");
        }
        for filter in Filter::all() {
            assert_eq!(Filter::from_code(filter.code()), Some(filter));
        }
    }

    #[test]
    fn the_days_of_events_are_found_without_going_through_all_of_them() {
        let record = |id: u8, day: u32| {
            let moment = check_in(0, day, 9, None).moment;
            Record::new(
                EntryId::from_bytes([id; 16]),
                Kind::Dose,
                Some(moment),
                None,
            )
        };
        let records = vec![record(3, 20), record(4, 5), record(5, 14)];
        let journal = journal().with_records(records);
        let days: Vec<NaiveDate> = event_days(&journal).collect();
        for day in (1..30).map(nov) {
            assert_eq!(has_event(&journal, day), days.contains(&day), "{day}");
        }
        assert_eq!(event_ends(&journal).min(), Some(nov(5)));
        assert_eq!(event_ends(&journal).max(), Some(nov(20)));
    }
}
