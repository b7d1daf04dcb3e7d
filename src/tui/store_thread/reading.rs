//! A reading that may be broken off: at the end nobody waits for it any more.
//!
//! Invariant: only a reading is ever broken off, because the store is out of reach for that before and after one. What was
//! asked to be written is written.

use crate::store::{Stop, Store};
use std::sync::{Arc, Mutex, PoisonError};

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
