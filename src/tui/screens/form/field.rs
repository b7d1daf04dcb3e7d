//! The fields of a form.

use crate::domain::id::EntryId;
use crate::tui::keys::input::azerty_digit;
pub(super) use crate::tui::widgets::form_field::FormField;
use crate::tui::widgets::form_field::Input;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

/// What was filled in.
#[derive(Clone, Copy)]
pub(super) struct Filled<'a> {
    pub(super) id: EntryId,
    pub(super) fields: &'a [FormField],
}

/// The field that needs another look, and why.
pub(super) type Problem = (usize, String);

/// The digit row of an AZERTY keyboard, unshifted, chooses as digits do; in a text it is letters.
pub(in crate::tui::screens) fn digit_row(key: KeyEvent, field: &FormField) -> KeyEvent {
    let digit = match (key.code, &field.input) {
        (KeyCode::Char(letter), Input::Choice { .. }) => azerty_digit(letter),
        _ => None,
    };
    let digit = digit.and_then(|digit| char::from_digit(digit.into(), 10));
    digit.map_or(key, |digit| {
        KeyEvent::new(KeyCode::Char(digit), key.modifiers)
    })
}
