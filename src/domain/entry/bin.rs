//! The bin: what was deleted lies here for 30 days, to be restored or erased for good.
//!
//! Invariant: a label in the bin holds times, numbers and names, never the text of a note.

use crate::domain::check_in::severity::Totals;
use crate::domain::dose::product::{with_name, with_unit};
use crate::domain::id::EntryId;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind};
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::domain::time::display::NO_TIME;
use chrono::{DateTime, NaiveDate, NaiveTime};
use std::fmt::Write as _;

/// How many days a deleted entry can be restored.
pub(crate) const BIN_DAYS: u16 = 30;

const SECONDS_A_DAY: i64 = 86_400;

/// Something that was deleted and can still be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinEntry {
    /// Its id, which it keeps.
    pub id: EntryId,
    /// What it is.
    pub kind: BinKind,
    /// The logical day of a check-in, the day on which an attempt began.
    pub day: Option<NaiveDate>,
    /// "check-in 08:12, severity 31", "dose of 3 g Leaf powder 21:00".
    pub what: String,
    /// When it was deleted, in seconds since 1970, UTC.
    pub(crate) deleted_utc: i64,
}

impl BinEntry {
    /// How many days it can still be restored: 30 right after it was deleted, 1 on its last day.
    pub fn days_left(&self, now_utc: i64) -> u16 {
        days_left(self.deleted_utc, now_utc)
    }

    /// "check-in 08:12, severity 31, for Sat 21 Nov 2026".
    pub(crate) fn line(&self) -> String {
        let day = match (self.kind, self.day) {
            (BinKind::Attempt, Some(day)) => format!(", begun {}", words::day(day)),
            (_, Some(day)) => format!(", for {}", words::day(day)),
            (_, None) => String::new(),
        };
        format!("{}{day}", self.what)
    }

    /// "Restored: dose of 3 g Leaf powder 21:00, for Tue 24 Nov 2026".
    pub(crate) fn restored(&self) -> String {
        format!("Restored: {}", self.line())
    }

    /// "deleted Sun 22 Nov 08:14, 30 days left", on the wall clock where the person is.
    pub(crate) fn fate(&self, now: &Now) -> String {
        let at = DateTime::from_timestamp(self.deleted_utc, 0).unwrap_or_default();
        let left = self.days_left(now.at.timestamp());
        format!(
            "deleted {}, {} left",
            now.zone.at(at).format("%a %-d %b %H:%M"),
            words::count(left.into(), "day", "days")
        )
    }
}

/// The days left at `now_utc` for what was deleted at `deleted_utc` (both in seconds since 1970): 30 on the first day, 1 on
/// the last, 0 from the 30th time round on. A clock that went back leaves 30.
pub(crate) fn days_left(deleted_utc: i64, now_utc: i64) -> u16 {
    // Whole days of 24 hours, not logical days: travel must not shorten the time in the bin.
    let gone = now_utc.saturating_sub(deleted_utc).max(0) / SECONDS_A_DAY;
    BIN_DAYS.saturating_sub(u16::try_from(gone).unwrap_or(u16::MAX))
}

/// The last second whose deletions have no day left at `now_utc`.
pub(crate) const fn last_expired(now_utc: i64) -> i64 {
    now_utc.saturating_sub(BIN_DAYS as i64 * SECONDS_A_DAY)
}

/// "check-in 08:12, severity 31", or what else it holds when it has no index.
pub(crate) fn check_in_label(
    at: Option<NaiveTime>,
    totals: Totals,
    overall: Option<u8>,
    ratings: u16,
    has_note: bool,
) -> String {
    let mut parts = Vec::new();
    if let Some(severity) = totals.severity() {
        parts.push(format!("severity {}", Series::Severity.shown(severity)));
    } else if ratings > 0 {
        parts.push(words::count(ratings.into(), "rating", "ratings"));
    }
    parts.extend(overall.map(|number| format!("overall {number}")));
    // Only that there is a note: a label never holds its text.
    if has_note {
        parts.push("with a note".to_owned());
    }
    format!("check-in {}, {}", clock(at), parts.join(", "))
}

fn clock(at: Option<NaiveTime>) -> String {
    at.map_or_else(|| NO_TIME.to_owned(), |at| at.format("%H:%M").to_string())
}

/// "attempt \"autumn\", tapering".
pub(crate) fn attempt_label(name: Option<&str>, method: &str) -> String {
    let name = name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
    format!("attempt{name}, {method}")
}

/// "dose of 3 g Leaf powder 21:00", "medication Clonidine": the kind with what it is of and its time, or with the name of what
/// stands for itself. `own` are the products and practices of the person.
pub(crate) fn record_label(record: &Record, own: &[Record]) -> String {
    let facts = record.kind.facts();
    let mut label = facts.name.to_owned();
    if let Some(name) = record
        .about()
        .and_then(|about| name_of(facts.about, about, own))
    {
        let unit = record.text(key::UNIT).unwrap_or_default();
        match record.number(key::AMOUNT) {
            Some(amount) if matches!(record.kind, Kind::Dose | Kind::Purchase) => {
                let amount = with_unit(amount, unit);
                write!(label, " of {}", with_name(amount.trim(), &name)).ok();
            }
            _ => {
                write!(label, " {name}").ok();
            }
        }
    }
    if let Some(moment) = &record.moment {
        write!(label, " {}", clock(moment.given_time())).ok();
    }
    if let Some(name) = record.text(key::NAME) {
        write!(label, " {name}").ok();
    }
    label
}

/// The name of what a code stands for; the person's own word for it comes before the list's.
fn name_of(on: About, about: &str, own: &[Record]) -> Option<String> {
    if !matches!(
        on,
        About::Product | About::Practice | About::Substance | About::Measure
    ) {
        return None;
    }
    let mut own = own.iter().filter(|record| record.about() == Some(about));
    let own = own.find_map(|record| record.text(key::NAME).map(str::to_owned));
    own.or_else(|| {
        let listed = on.listed().into_iter().find(|item| item.code() == about);
        listed.map(|item| item.name().to_owned())
    })
}

/// "help line Sam".
pub(crate) fn help_line_label(name: &str) -> String {
    format!("help line {name}")
}

/// What goes when something is erased, and what stays: read before anything is.
pub(crate) const ERASING: &str = "It goes from the journal, from the steps that undo and redo know, from drafts, and from the \
                           copies that ebb keeps beside the journal. Copies made elsewhere and exports stay as they \
                           are. This cannot be undone.";

/// What an erasing did, for the person: `copies` of ours were seen to, and those in `unreached` could not be.
pub(crate) fn erased_text(what: &str, copies: usize, unreached: &[String]) -> String {
    let mut sentence = format!("Erased for good: {what}.");
    if copies > 0 {
        let copies = words::count(copies, "copy", "copies");
        write!(sentence, " Also from {copies} beside the journal.").ok();
    }
    // Said in full: the person has to delete such a copy by hand.
    for copy in unreached {
        let rest =
            "could not be changed and may still hold it; delete that file if it is not needed";
        write!(sentence, " The copy {copy} {rest}.").ok();
    }
    sentence
}

/// What the bin is, for one that is empty.
pub(crate) const EMPTY: &str = "The bin is empty. What you delete lies here for 30 days: it can be restored, or erased for good.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_are_left_at_first_and_one_on_the_last_day() {
        let left = |days: i64, seconds: i64| days_left(1_000, 1_000 + days * 86_400 + seconds);
        assert_eq!(left(0, 0), 30);
        assert_eq!(left(0, 86_399), 30);
        assert_eq!(left(1, 0), 29);
        assert_eq!(left(29, 86_399), 1);
        assert_eq!(left(30, 0), 0);
        assert_eq!(left(4_000_000, 0), 0);
        assert_eq!(left(-400, 0), 30, "the clock went back");
    }

    #[test]
    fn what_has_no_day_left_is_what_has_expired() {
        for deleted in [0, 999, 1_000, 1_001, 90_000] {
            let now = 30 * 86_400 + 1_000;
            assert_eq!(
                days_left(deleted, now) == 0,
                deleted <= last_expired(now),
                "{deleted}"
            );
        }
    }

    #[test]
    fn a_label_says_what_there_is() {
        let at = NaiveTime::from_hms_opt(8, 12, 0).unwrap_or_default();
        let totals = Totals {
            body_sum: 13,
            body_n: 10,
            mind_sum: 9,
            mind_n: 8,
        };
        assert_eq!(
            check_in_label(Some(at), totals, None, 18, false),
            "check-in 08:12, severity 31"
        );
        assert_eq!(
            check_in_label(Some(at), Totals::default(), Some(4), 1, true),
            "check-in 08:12, 1 rating, overall 4, with a note"
        );
        assert_eq!(
            attempt_label(Some("autumn"), "tapering"),
            "attempt \"autumn\", tapering"
        );
    }
}
