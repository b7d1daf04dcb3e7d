//! A field for what must not be read over a shoulder: neither its letters nor their number are in sight.
//!
//! Invariant: the letters lie in one place in memory, which is overwritten when the field is cleared or let go; the field cannot
//! be printed.

use crate::store::key::typed::TypedSecret;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What stands for any number of letters.
const MASK: &str = "********";

/// The field.
#[derive(Default)]
pub(crate) struct SecretField {
    text: Option<TypedSecret>,
}

impl SecretField {
    fn push(&mut self, letter: char) {
        self.text.get_or_insert_default().push(letter);
    }

    /// Takes a key that types or takes back; whether it was one.
    pub(crate) fn typed(&mut self, key: KeyEvent) -> bool {
        let is_plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        // On some keyboards Ctrl and Alt together type a sign.
        let is_sign = key
            .modifiers
            .contains(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('u') if key.modifiers == KeyModifiers::CONTROL => self.clear(),
            KeyCode::Char(letter) if is_plain || is_sign => self.push(letter),
            KeyCode::Backspace => self.text.iter_mut().for_each(TypedSecret::pop),
            _ => return false,
        }
        true
    }

    /// Takes a paste, without the line end that comes along with it.
    pub(crate) fn paste(&mut self, text: &str) {
        text.trim_end_matches(['\n', '\r'])
            .chars()
            .filter(|letter| !letter.is_control())
            .for_each(|letter| self.push(letter));
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.text = None;
    }

    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.as_ref().is_none_or(TypedSecret::is_empty)
    }

    /// What was typed, and an empty field.
    pub(crate) fn take(&mut self) -> TypedSecret {
        self.text.take().unwrap_or_default()
    }

    /// What stands for it on the screen.
    pub(crate) fn mask(&self) -> &'static str {
        if self.is_empty() { "" } else { MASK }
    }
}

#[cfg(test)]
mod tests {
    use super::{MASK, SecretField};
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn what_is_in_sight_is_the_same_for_any_number_of_letters() {
        let mut field = SecretField::default();
        assert_eq!(field.mask(), "");
        for letter in "a long sentence of words".chars() {
            assert!(field.typed(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
            assert_eq!(field.mask(), MASK);
        }
        field.typed(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
        field.paste(" more\n");
        assert_eq!(field.take().text(), "a long sentence of word more");
        assert!(field.is_empty());
    }

    #[test]
    fn one_key_clears_it() {
        let mut field = SecretField::default();
        field.paste("wrong");
        assert!(field.typed(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
        assert!(field.is_empty());
        assert!(!field.typed(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
    }
}
