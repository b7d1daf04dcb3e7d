//! The offer of a passphrase: one quiet line behind a saved check-in, once in the life of a journal.
//!
//! Invariant: not in the first days, when there is enough to read; not on a hard day; never beside another quiet line.

use crate::domain::check_in::Overall;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::time::Now;
use chrono::{DateTime, Utc};

/// On the full screen.
pub const OFFER: &str =
    "Does somebody else use this device? `passphrase` in the palette (:) encrypts the journal.";
/// In plain mode.
pub const OFFER_IN_WORDS: &str =
    "Does somebody else use this device? settings, then passphrase, encrypts the journal.";

/// The day with the journal from which on it is offered; the one on which it was made is the first.
const FROM_DAY: i64 = 8;
/// The overall of a day on which it is not offered.
const HARD: u8 = 7;

/// Whether the line may stand behind these changes, which were saved `now`; `journal` as it was read back, made at `made`.
pub fn is_due(journal: &Journal, changes: &[Change], made: DateTime<Utc>, now: &Now) -> bool {
    // With a second change the save has something to say for itself.
    let [Change::RecordCheckIn(check_in)] = changes else {
        return false;
    };
    let day_end = journal.settings.day_end;
    let today = now.today(day_end);
    let first = Now::new(made, now.zone.clone()).today(day_end);
    let is_hard = |overall: Overall| overall.number() >= HARD;
    check_in.moment.day == today
        && (today - first).num_days() + 1 >= FROM_DAY
        && !journal
            .check_ins(today)
            .iter()
            .any(|check_in| check_in.overall.is_some_and(is_hard))
}
