//! Readings of the journal: the first days, which a person waits for, and the rest, which may be broken off: at the end nobody
//! waits for it any more.
//!
//! Invariant: only a reading is ever broken off, because the store is out of reach for that before and after one. What was
//! asked to be written is written.

use crate::domain::journal::Journal;
use crate::domain::time::Now;
use crate::domain::time::span::Span;
use crate::store::{Stop, Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError};

/// Days read before the first frame: those that Today and the first chart draw, few enough to draw at once.
const FIRST_DAYS: u64 = 28;

/// The journal for the first frame of a start, or behind an unlocking.
pub(in crate::tui) fn first_days(store: &Store, now: &Now) -> Result<Journal, StoreError> {
    let day_end = store.settings()?.day_end;
    store.load(Some(Span::ending(now.today(day_end), FIRST_DAYS).from))
}

/// The reading that goes on, if there is one.
#[derive(Clone, Default)]
pub(super) struct Reading(Arc<Mutex<Option<Stop>>>);

impl Reading {
    /// Carries out `read`, which only reads from `store`.
    pub(super) fn of<T>(&self, store: &Store, read: impl FnOnce() -> T) -> T {
        self.set(Some(store.stop()));
        let outcome = read();
        self.set(None);
        outcome
    }

    fn set(&self, stop: Option<Stop>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stop;
    }

    /// Breaks it off.
    pub(super) fn stop(&self) {
        // Under the lock, so that what comes behind the reading cannot have begun.
        if let Some(stop) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            stop.now();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::Reading;
    use crate::domain::demo::{Plan, changes};
    use crate::domain::journal::change::Change;
    use crate::domain::time::{Now, Zone};
    use crate::store::{Seed, Store};
    use chrono::{DateTime, FixedOffset};
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_reading_is_broken_off_and_a_write_behind_it_is_not() {
        let at: DateTime<FixedOffset> = "2026-11-28T09:00:00+01:00".parse().unwrap();
        let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
        let seed = Seed {
            now: DateTime::UNIX_EPOCH,
            journal: [7; 16],
            device: [9; 16],
        };
        let mut store = Store::in_memory(seed).unwrap();
        let made_up = changes(Plan::usual(30, 7), &now);
        store.apply(&made_up, now.at.to_utc()).unwrap();
        let (reading, has_ended) = (Reading::default(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !has_ended.load(Ordering::Relaxed) {
                    reading.stop();
                }
            });
            // Ends when one is broken off.
            reading.of(&store, || while store.load(None).is_ok() {});
            // The attempts of another made-up month would begin on the days of those that are there.
            let mut later = changes(Plan::usual(30, 8), &now);
            later.retain(|change| matches!(change, Change::RecordCheckIn(_)));
            let written = store.apply(&later, now.at.to_utc());
            has_ended.store(true, Ordering::Relaxed);
            written.unwrap();
        });
        assert!(store.load(None).is_ok());
    }
}
