//! A value that has a new edition whenever it may have changed, so that what was made of it is known to hold still.
//!
//! Invariant: nobody can write to the value without a new edition, except where [`Watched::unseen`] says that nothing that is
//! kept shows what is written.

use crate::tui::screens::Screens;
use crate::tui::shared::{Edition, Shared};
use std::ops::{Deref, DerefMut};

/// What carries its own edition.
pub trait Edited {
    /// Its edition, to replace it.
    fn edition(&mut self) -> &mut Edition;
}

impl Edited for Shared {
    fn edition(&mut self) -> &mut Edition {
        &mut self.edition
    }
}

impl Edited for Screens {
    fn edition(&mut self) -> &mut Edition {
        &mut self.edition
    }
}

/// A value whose edition follows its changes.
#[derive(Debug, Default)]
pub struct Watched<T>(T);

impl<T> Watched<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, to write what no screen behind a tab shows.
    pub(crate) const fn unseen(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Edited> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        *self.0.edition() = Edition::default();
        &mut self.0
    }
}
