//! Sentences about copies of the journal, the same for every command.

use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::Store;
use chrono::{DateTime, Utc};
use std::path::Path;

/// "412 kB", "3.1 MB".
pub(in crate::cli) fn size(bytes: u64) -> String {
    // Rounded up, so that a file that is not empty never has "0 kB".
    let kilobytes = bytes.div_ceil(1_000);
    if kilobytes < 1_000 {
        return format!("{kilobytes} kB");
    }
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// "Sun 22 Nov 2026 08:12", on the wall clock where the person is.
pub(in crate::cli) fn moment(at: DateTime<Utc>, now: &Now) -> String {
    let at = now.zone.at(at);
    format!("{} {}", words::day(at.date_naive()), at.format("%H:%M"))
}

/// The sentence about the newest sound copy and how to restore it; `None` without one.
pub(crate) fn way_back(journal: &Path, now: &Now) -> Option<String> {
    let copies = Store::copies_of(journal);
    // The list is sorted from the newest to the oldest.
    let newest = copies.iter().find(|copy| copy.is_sound())?;
    let differs = newest.differs();
    let differs = differs.map_or_else(String::new, |text| format!(" ({text})"));
    Some(format!(
        "The newest sound copy is of {}{differs}: `ebb restore {}` brings it back.",
        moment(newest.made_at, now),
        newest.name()
    ))
}
