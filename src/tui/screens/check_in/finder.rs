//! The letters that are typed for something else, and the row that Enter takes.

use crate::tui::widgets::text_field::{Shape, TextField};

/// Letters of a name.
const LIMIT: usize = 60;

/// The letters for something else, and the row that Enter takes.
pub(super) struct Finder {
    pub(super) field: TextField,
    pub(super) at: usize,
}

impl Finder {
    /// Without letters yet.
    pub(super) fn new() -> Self {
        Self {
            field: TextField::new(Shape::OneLine, LIMIT, ""),
            at: 0,
        }
    }

    /// After other letters the first row is the one that Enter takes.
    pub(super) const fn restart(&mut self) {
        self.at = 0;
    }
}
