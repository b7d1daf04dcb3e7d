//! What was worked out of a journal and is kept with it.

use std::sync::OnceLock;

/// A value that is worked out at its first use. It says nothing that the journal does not say, so that two journals are the same
/// whether or not one of them was asked for it.
#[derive(Debug, Clone)]
pub(super) struct Kept<T>(OnceLock<T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Kept<T> {
    /// The value; `compute` runs at the first use.
    pub(super) fn get(&self, compute: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(compute)
    }
}
