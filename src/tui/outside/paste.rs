//! A paste that does not end where the terminal library says: one with the end mark `ESC[201~` among its text.
//!
//! The library ends the paste at the first end mark and reads what follows as keys, and a key may save, delete or leave. Most
//! terminals take the mark out of what they paste; some do not. No person presses a key in the same burst of bytes as a paste,
//! so the keys that follow without a pause are its text.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::Duration;

/// How long the rest of a paste may keep one waiting. A hand needs longer for the next key.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

/// The paste that is arriving, if one is.
#[derive(Debug, Default)]
pub(super) struct Burst(Option<String>);

impl Burst {
    /// Whether a paste is arriving.
    pub(super) fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// Takes an event in, if it belongs to a paste; answers it otherwise.
    pub(super) fn take(&mut self, event: Event) -> Option<Event> {
        match (event, &mut self.0) {
            (Event::Paste(text), Some(before)) => before.push_str(&text),
            (Event::Paste(text), none) => *none = Some(text),
            (Event::Key(key), Some(before)) => before.extend(text_of(key)),
            (event, _) => return Some(event),
        }
        None
    }

    /// The whole paste, once nothing follows.
    pub(super) fn end(&mut self) -> Option<Event> {
        self.0.take().map(Event::Paste)
    }
}

/// The character that the bytes of a key were; `None` for the bytes that no text has.
fn text_of(key: KeyEvent) -> Option<char> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    match key.code {
        // A line end arrives as Ctrl-J, the key of the same byte. Other control characters are no text.
        KeyCode::Char('j') if key.modifiers == KeyModifiers::CONTROL => Some('\n'),
        KeyCode::Char(_) if key.modifiers.contains(KeyModifiers::CONTROL) => None,
        KeyCode::Char(letter) => Some(letter),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn what_follows_an_end_mark_inside_a_paste_stays_text() {
        let mut burst = Burst::default();
        assert_eq!(burst.take(Event::Paste("one ".to_owned())), None);
        for code in [
            KeyCode::Char('q'),
            KeyCode::Enter,
            KeyCode::Char('D'),
            KeyCode::Tab,
        ] {
            assert_eq!(burst.take(key(code, KeyModifiers::NONE)), None);
        }
        for (code, modifiers) in [
            (KeyCode::Char('j'), KeyModifiers::CONTROL),
            (KeyCode::Char('s'), KeyModifiers::CONTROL),
            (KeyCode::Esc, KeyModifiers::NONE),
            (KeyCode::Delete, KeyModifiers::NONE),
        ] {
            assert_eq!(burst.take(key(code, modifiers)), None);
        }
        assert_eq!(burst.take(Event::Paste("two".to_owned())), None);
        assert_eq!(
            burst.end(),
            Some(Event::Paste("one q\nD\t\ntwo".to_owned()))
        );
        assert_eq!(burst.end(), None);
    }

    #[test]
    fn a_key_without_a_paste_before_it_is_a_key() {
        let mut burst = Burst::default();
        let q = key(KeyCode::Char('q'), KeyModifiers::NONE);
        assert_eq!(burst.take(q.clone()), Some(q.clone()));
        burst.take(Event::Paste(String::new()));
        burst.end();
        assert_eq!(burst.take(q.clone()), Some(q));
    }

    #[test]
    fn the_focus_and_the_mouse_pass_a_paste_by() {
        let mut burst = Burst::default();
        burst.take(Event::Paste("one".to_owned()));
        assert_eq!(burst.take(Event::FocusLost), Some(Event::FocusLost));
        assert!(burst.is_open());
    }
}
