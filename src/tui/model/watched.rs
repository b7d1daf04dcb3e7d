//! A value that counts how often it may have changed, so that a picture drawn from it is known to hold still.
//!
//! Invariant: nobody can write to the value without being counted, except where [`Watched::unseen`] says that no picture
//! shows what is written.

use std::ops::{Deref, DerefMut};

/// A value and the number of times that it may have changed.
#[derive(Debug, Default)]
pub struct Watched<T> {
    value: T,
    changes: u64,
}

impl<T> Watched<T> {
    pub(super) const fn new(value: T) -> Self {
        Self { value, changes: 0 }
    }

    /// Two equal numbers: nothing has changed between them.
    pub(crate) const fn changes(&self) -> u64 {
        self.changes
    }

    /// The value, to write what no screen behind a tab shows.
    pub(crate) const fn unseen(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.changes += 1;
        &mut self.value
    }
}
