//! The fields of a form.

use crate::domain::id::EntryId;
pub(super) use crate::tui::widgets::form_field::FormField;

/// What was filled in.
#[derive(Clone, Copy)]
pub(super) struct Filled<'a> {
    pub(super) id: EntryId,
    pub(super) fields: &'a [FormField],
}

/// The field that needs another look, and why.
pub(super) type Problem = (usize, String);
