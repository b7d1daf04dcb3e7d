//! The fields of a form.

use crate::domain::attempt::Method;
use crate::domain::id::EntryId;
pub(super) use crate::tui::widgets::form_field::FormField;

/// What was filled in.
#[derive(Clone, Copy)]
pub(super) struct Filled<'a> {
    pub(super) id: EntryId,
    pub(super) fields: &'a [FormField],
}

impl Filled<'_> {
    /// The method that was chosen in the field at a place.
    pub(super) fn method(&self, at: usize) -> Method {
        let chosen = self.fields.get(at).map_or(0, FormField::chosen);
        Method::ALL
            .get(chosen)
            .copied()
            .unwrap_or(Method::Undecided)
    }
}

/// The field that needs another look, and why.
pub(super) type Problem = (usize, String);
