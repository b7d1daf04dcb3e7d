//! Bytes that arrive in one burst and are no keys: a paste that does not end where the terminal library says, and an answer of the
//! terminal that nobody here asked for.
//!
//! The library ends a paste at the first end mark `ESC[201~` and reads what follows as keys, and a key may save, delete or leave.
//! Most terminals take the mark out of what they paste; some do not. An answer, as to a question for the background colour that the
//! program before this one asked, begins with Alt-] to the library, and its digits would be typed into a note. No person
//! presses a key in the same burst of bytes, so the keys that follow without a pause are the paste's text, or the answer's.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::Duration;

/// How long the rest of a burst may keep one waiting. A hand needs longer for the next key.
const PAUSE: Duration = Duration::from_millis(20);
/// The same once keys followed a paste: it has an end mark within, and what a busy machine sends late must not run as keys.
const LONG_PAUSE: Duration = Duration::from_millis(80);

/// What is arriving, if anything is.
#[derive(Debug, Default)]
pub(super) enum Burst {
    #[default]
    Nothing,
    Paste(String),
    /// A paste with an end mark within: its text so far.
    Broken(String),
    /// The key that an answer begins with: a key of a hand, as long as nothing followed it.
    Begun(Event),
    Answer,
}

impl Burst {
    /// Whether something is arriving.
    pub(super) const fn is_open(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// How long the rest of what arrives may take.
    pub(super) const fn pause(&self) -> Duration {
        match self {
            Self::Nothing => Duration::ZERO,
            Self::Broken(_) => LONG_PAUSE,
            Self::Paste(_) | Self::Begun(_) | Self::Answer => PAUSE,
        }
    }

    /// Takes an event in, if it belongs to what arrives; answers it otherwise.
    pub(super) fn take(&mut self, event: Event) -> Option<Event> {
        match (event, &mut *self) {
            (Event::Paste(text), Self::Paste(before) | Self::Broken(before)) => {
                before.push_str(&text);
            }
            (Event::Paste(text), _) => *self = Self::Paste(text),
            (Event::Key(key), Self::Broken(before)) => before.extend(text_of(key)),
            (Event::Key(key), Self::Paste(before)) => {
                before.extend(text_of(key));
                *self = Self::Broken(std::mem::take(before));
            }
            (Event::Key(key), Self::Nothing) if begins_an_answer(key) => {
                *self = Self::Begun(Event::Key(key));
            }
            (Event::Key(key), Self::Begun(_) | Self::Answer) => {
                *self = if ends_an_answer(key) {
                    Self::Nothing
                } else {
                    Self::Answer
                };
            }
            (event, _) => return Some(event),
        }
        None
    }

    /// What arrived, once nothing follows.
    pub(super) fn end(&mut self) -> Option<Event> {
        match std::mem::take(self) {
            Self::Paste(text) | Self::Broken(text) => Some(Event::Paste(text)),
            Self::Begun(key) => Some(key),
            Self::Answer | Self::Nothing => None,
        }
    }
}

/// `ESC ]`, `ESC P`, `ESC _`, `ESC ^`, `ESC X`: orders with a text behind them (ECMA-48, 5.6).
fn begins_an_answer(key: KeyEvent) -> bool {
    let is_alt = key.modifiers.contains(KeyModifiers::ALT);
    is_alt && matches!(key.code, KeyCode::Char(']' | 'P' | '_' | '^' | 'X'))
}

/// `ESC \` or BEL.
fn ends_an_answer(key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Char('\\') => key.modifiers.contains(KeyModifiers::ALT),
        KeyCode::Char('g') => key.modifiers == KeyModifiers::CONTROL,
        _ => false,
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
        assert!(burst.pause() > PAUSE, "what comes late is not a key either");
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

    fn typed(text: &str) -> impl Iterator<Item = Event> {
        let event = |letter| key(KeyCode::Char(letter), KeyModifiers::NONE);
        text.chars().map(event)
    }

    #[test]
    fn an_answer_of_the_terminal_is_no_text_and_the_keys_after_it_are_keys() {
        let begin = key(KeyCode::Char(']'), KeyModifiers::ALT);
        for end in [
            key(KeyCode::Char('\\'), KeyModifiers::ALT),
            key(KeyCode::Char('g'), KeyModifiers::CONTROL),
        ] {
            let mut burst = Burst::default();
            assert_eq!(burst.take(begin.clone()), None);
            for event in typed("11;rgb:1e1e/1e1e/1e1e").chain([end]) {
                assert_eq!(burst.take(event), None);
            }
            assert!(!burst.is_open());
            for event in typed("cq") {
                assert_eq!(burst.take(event.clone()), Some(event));
            }
        }
    }

    #[test]
    fn an_answer_that_breaks_off_ends_with_its_burst() {
        let mut burst = Burst::default();
        burst.take(key(
            KeyCode::Char('P'),
            KeyModifiers::ALT | KeyModifiers::SHIFT,
        ));
        for event in typed("1$r0") {
            burst.take(event);
        }
        assert_eq!(burst.end(), None);
        assert!(!burst.is_open());
    }

    #[test]
    fn a_key_of_a_hand_that_an_answer_could_begin_with_is_a_key() {
        let mut burst = Burst::default();
        let begin = key(KeyCode::Char(']'), KeyModifiers::ALT);
        burst.take(begin.clone());
        assert_eq!(burst.take(Event::FocusLost), Some(Event::FocusLost));
        assert_eq!(burst.end(), Some(begin));
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
