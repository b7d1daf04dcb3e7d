//! Keys for the key table: one value for one key, however the terminal reports it.
//!
//! Invariant: two events that a person would call the same key give equal [`Key`]s. Parsing a printed [`Key`] gives it back.

use std::fmt;
use std::str::FromStr;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers, normalised.
///
/// Shift is part of a letter's case and of a sign. With Ctrl a letter is lower-case, because terminals do not report its
/// Shift. Shift-Tab is `BackTab`; Ctrl-M is Enter, Ctrl-I Tab, Ctrl-H Backspace and Ctrl-[ Esc, because they send the same byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    mods: KeyModifiers,
}

impl Key {
    /// Enter, or Ctrl-M.
    pub(crate) const ENTER: Self = Self::plain(KeyCode::Enter);
    /// Escape.
    pub(crate) const ESC: Self = Self::plain(KeyCode::Esc);
    /// Tab, or Ctrl-I.
    pub(crate) const TAB: Self = Self::plain(KeyCode::Tab);
    /// Shift-Tab.
    pub(crate) const BACK_TAB: Self = Self::plain(KeyCode::BackTab);
    /// Backspace, or Ctrl-H.
    pub(crate) const BACKSPACE: Self = Self::plain(KeyCode::Backspace);
    /// Delete.
    pub(crate) const DELETE: Self = Self::plain(KeyCode::Delete);
    /// The arrow up.
    pub(crate) const UP: Self = Self::plain(KeyCode::Up);
    /// The arrow down.
    pub(crate) const DOWN: Self = Self::plain(KeyCode::Down);
    /// The arrow to the left.
    pub(crate) const LEFT: Self = Self::plain(KeyCode::Left);
    /// The arrow to the right.
    pub(crate) const RIGHT: Self = Self::plain(KeyCode::Right);
    /// Home.
    pub(crate) const HOME: Self = Self::plain(KeyCode::Home);
    /// End.
    pub(crate) const END: Self = Self::plain(KeyCode::End);
    /// Page up.
    pub(crate) const PAGE_UP: Self = Self::plain(KeyCode::PageUp);
    /// Page down.
    pub(crate) const PAGE_DOWN: Self = Self::plain(KeyCode::PageDown);

    const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            mods: KeyModifiers::NONE,
        }
    }

    /// The key that types this character: `Key::char('c')`, `Key::char('A')`, `Key::char('?')`.
    pub(crate) const fn char(character: char) -> Self {
        Self::plain(KeyCode::Char(character))
    }

    /// The key that it stands for as in other programs, where it has no meaning of its own: Ctrl-D is a page down, `g` the first
    /// row.
    pub(crate) fn elsewhere(self) -> Option<Self> {
        let pairs = [
            (Self::ctrl('d'), Self::PAGE_DOWN),
            (Self::ctrl('f'), Self::PAGE_DOWN),
            (Self::ctrl('u'), Self::PAGE_UP),
            (Self::ctrl('b'), Self::PAGE_UP),
            (Self::char('g'), Self::HOME),
            (Self::char('G'), Self::END),
        ];
        let pair = pairs.into_iter().find(|(key, _)| *key == self);
        pair.map(|(_, meant)| meant)
    }

    /// Ctrl with a letter, whose case does not count: `Key::ctrl('s')`.
    pub(crate) const fn ctrl(letter: char) -> Self {
        Self {
            code: KeyCode::Char(letter.to_ascii_lowercase()),
            mods: KeyModifiers::CONTROL,
        }
    }

    /// A function key: `Key::function(1)` is F1.
    pub(crate) const fn function(number: u8) -> Self {
        Self::plain(KeyCode::F(number))
    }

    /// Normalises a code and its modifiers.
    pub(crate) fn new(code: KeyCode, mods: KeyModifiers) -> Self {
        // Few terminals report Super, Hyper and Meta, so a key with one of them is the key alone.
        let mods = mods & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let control = mods.contains(KeyModifiers::CONTROL);
        let (code, without) = match code {
            KeyCode::Char('\r' | '\n') => (KeyCode::Enter, KeyModifiers::NONE),
            KeyCode::Char('\t') => (KeyCode::Tab, KeyModifiers::NONE),
            KeyCode::Char(character) if control => match character.to_ascii_lowercase() {
                'm' => (KeyCode::Enter, KeyModifiers::CONTROL | KeyModifiers::SHIFT),
                'i' => (KeyCode::Tab, KeyModifiers::CONTROL),
                'h' => (
                    KeyCode::Backspace,
                    KeyModifiers::CONTROL | KeyModifiers::SHIFT,
                ),
                '[' => (KeyCode::Esc, KeyModifiers::CONTROL | KeyModifiers::SHIFT),
                _ => (KeyCode::Char(lower(character)), KeyModifiers::SHIFT),
            },
            KeyCode::Char(character) if mods.contains(KeyModifiers::SHIFT) => {
                (KeyCode::Char(upper(character)), KeyModifiers::SHIFT)
            }
            other => (other, KeyModifiers::NONE),
        };
        match (code, mods - without) {
            // Terminals report Shift-Tab in both ways.
            (KeyCode::Tab, rest) if rest.contains(KeyModifiers::SHIFT) => Self {
                code: KeyCode::BackTab,
                mods: rest - KeyModifiers::SHIFT,
            },
            (KeyCode::BackTab, rest) => Self {
                code,
                mods: rest - KeyModifiers::SHIFT,
            },
            (code, mods) => Self { code, mods },
        }
    }

    /// The normalised code.
    pub(crate) const fn code(self) -> KeyCode {
        self.code
    }

    /// The modifiers that the code does not already include.
    pub(crate) const fn mods(self) -> KeyModifiers {
        self.mods
    }

    /// The character that this key types into a text; `None` for a command.
    pub(crate) fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.mods.is_empty() => Some(character),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

/// The digit, 0 to 9, on the same key as this character in the unshifted digit row of an AZERTY keyboard.
pub(crate) const fn azerty_digit(character: char) -> Option<u8> {
    match character {
        'à' => Some(0),
        '&' => Some(1),
        'é' => Some(2),
        '"' => Some(3),
        '\'' => Some(4),
        '(' => Some(5),
        '-' => Some(6),
        'è' => Some(7),
        '_' => Some(8),
        'ç' => Some(9),
        _ => None,
    }
}

/// The digit row of an AZERTY keyboard, unshifted, as digits: where a digit chooses and nothing is typed.
pub(crate) fn digit_row(key: KeyEvent) -> KeyEvent {
    let digit = match key.code {
        KeyCode::Char(letter) => azerty_digit(letter),
        _ => None,
    };
    let digit = digit.and_then(|digit| char::from_digit(digit.into(), 10));
    digit.map_or(key, |digit| {
        KeyEvent::new(KeyCode::Char(digit), key.modifiers)
    })
}

/// One upper-case character, or the same one where upper case is longer, as for `ß`.
fn upper(character: char) -> char {
    let mut all = character.to_uppercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

fn lower(character: char) -> char {
    let mut all = character.to_lowercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

/// Names of keys that type nothing: the one on screen, and one in ASCII for a terminal without arrows.
const NAMES: [(KeyCode, &str, &str); 16] = [
    (KeyCode::Enter, "Enter", "Enter"),
    (KeyCode::Esc, "Esc", "Esc"),
    (KeyCode::Tab, "Tab", "Tab"),
    (KeyCode::BackTab, "Shift-Tab", "Shift-Tab"),
    (KeyCode::Backspace, "Backspace", "Backspace"),
    (KeyCode::Delete, "Del", "Del"),
    (KeyCode::Insert, "Ins", "Ins"),
    (KeyCode::Up, "↑", "Up"),
    (KeyCode::Down, "↓", "Down"),
    (KeyCode::Left, "←", "Left"),
    (KeyCode::Right, "→", "Right"),
    (KeyCode::Home, "Home", "Home"),
    (KeyCode::End, "End", "End"),
    (KeyCode::PageUp, "PgUp", "PgUp"),
    (KeyCode::PageDown, "PgDn", "PgDn"),
    (KeyCode::Char(' '), "Space", "Space"),
];

/// Other names that people type.
const ALSO: [(&str, KeyCode); 6] = [
    ("Escape", KeyCode::Esc),
    ("Return", KeyCode::Enter),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
];

/// The modifiers, in the order in which they are printed.
const MODIFIERS: [(KeyModifiers, &str); 3] = [
    (KeyModifiers::CONTROL, "Ctrl-"),
    (KeyModifiers::ALT, "Alt-"),
    (KeyModifiers::SHIFT, "Shift-"),
];

/// `Ctrl-S`, `Shift-Tab`, `PgUp`, `←`, `F1`, `c`; with `{:#}` in ASCII letters where a sign would stand: `Left`.
impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, prefix) in MODIFIERS {
            if self.mods.contains(modifier) {
                out.write_str(prefix)?;
            }
        }
        if let Some((_, sign, letters)) = NAMES.into_iter().find(|(code, ..)| *code == self.code) {
            return out.write_str(if out.alternate() { letters } else { sign });
        }
        match self.code {
            KeyCode::Char(character) if self.mods.contains(KeyModifiers::CONTROL) => {
                // The micro sign has the capital of a Greek letter: printed so, it would parse as that letter.
                let capital = upper(character);
                let is_its_own = lower(capital) == character;
                write!(out, "{}", if is_its_own { capital } else { character })
            }
            // crossterm knows names for the rest: characters, function keys, media keys.
            code => write!(out, "{code}"),
        }
    }
}

/// A text that is not the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" names no key; examples: c, Ctrl-S, Shift-Tab, PgUp, F1")]
pub struct UnknownKey(pub(crate) String);

impl FromStr for Key {
    type Err = UnknownKey;

    /// Reads both printed forms of [`Key`], in any case and with `+` as well: `ctrl+s`, `pageup`.
    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let mut rest = text;
        let mut mods = KeyModifiers::NONE;
        let code = loop {
            // The whole rest first: "-" and "+" are keys as well as separators.
            if let Some(code) = code_from_name(rest) {
                break code;
            }
            let (modifier, after) = rest
                .split_once(['-', '+'])
                .and_then(|(word, after)| Some((modifier(word)?, after)))
                .ok_or_else(|| UnknownKey(text.to_owned()))?;
            mods |= modifier;
            rest = after;
        };
        Ok(Self::new(code, mods))
    }
}

fn modifier(word: &str) -> Option<KeyModifiers> {
    let is_it = |prefix: &str| prefix.trim_end_matches('-').eq_ignore_ascii_case(word);
    MODIFIERS
        .into_iter()
        .find(|(_, prefix)| is_it(prefix))
        .map(|(modifier, _)| modifier)
}

fn code_from_name(name: &str) -> Option<KeyCode> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(name);
    if let Some((code, ..)) = NAMES
        .into_iter()
        .find(|(_, sign, letters)| *sign == name || is_it(letters))
    {
        return Some(code);
    }
    if let Some((_, code)) = ALSO.into_iter().find(|(known, _)| is_it(known)) {
        return Some(code);
    }
    let mut characters = name.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return Some(KeyCode::Char(character));
    }
    let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    // No keyboard has more than 24 function keys.
    (1..=24).contains(&number).then_some(KeyCode::F(number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
    use proptest::prop_assert_eq;

    use super::*;

    const NONE: KeyModifiers = KeyModifiers::NONE;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const ALT: KeyModifiers = KeyModifiers::ALT;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

    #[test]
    fn one_key_is_one_value_however_it_is_spelt() {
        let same = [
            (KeyCode::Tab, SHIFT, Key::BACK_TAB),
            (KeyCode::BackTab, SHIFT, Key::BACK_TAB),
            (KeyCode::BackTab, NONE, Key::BACK_TAB),
            (KeyCode::Char('a'), SHIFT, Key::char('A')),
            (KeyCode::Char('A'), SHIFT, Key::char('A')),
            (KeyCode::Char('A'), NONE, Key::char('A')),
            (KeyCode::Char('ß'), SHIFT, Key::char('ß')),
            (KeyCode::Char('?'), SHIFT, Key::char('?')),
            (KeyCode::Char('S'), CTRL, Key::ctrl('s')),
            (KeyCode::Char('s'), CTRL | SHIFT, Key::ctrl('S')),
            (KeyCode::Char('m'), CTRL, Key::ENTER),
            (KeyCode::Char('h'), CTRL, Key::BACKSPACE),
            (KeyCode::Char('i'), CTRL | SHIFT, Key::BACK_TAB),
            (KeyCode::Char('['), CTRL, Key::ESC),
            (KeyCode::Char('x'), KeyModifiers::SUPER, Key::char('x')),
        ];
        for (code, mods, key) in same {
            assert_eq!(
                Key::from(KeyEvent::new(code, mods)),
                key,
                "{code:?} {mods:?}"
            );
        }
    }

    #[test]
    fn keys_are_called_what_people_call_them() {
        let names = [
            (Key::ctrl('s'), "Ctrl-S"),
            (Key::BACK_TAB, "Shift-Tab"),
            (Key::PAGE_UP, "PgUp"),
            (Key::ESC, "Esc"),
            (Key::ENTER, "Enter"),
            (Key::LEFT, "←"),
            (Key::function(1), "F1"),
            (Key::char('c'), "c"),
            (Key::char(' '), "Space"),
            (Key::new(KeyCode::Left, CTRL | SHIFT), "Ctrl-Shift-←"),
            (Key::new(KeyCode::Enter, ALT), "Alt-Enter"),
            (Key::new(KeyCode::Char('x'), ALT | SHIFT), "Alt-X"),
        ];
        for (key, name) in names {
            assert_eq!(key.to_string(), name);
        }
        assert_eq!(format!("{:#}", Key::LEFT), "Left");
    }

    #[test]
    fn a_key_is_read_as_people_write_it() {
        let same = [
            ("ctrl-s", Key::ctrl('s')),
            ("CTRL+S", Key::ctrl('s')),
            ("Ctrl-+", Key::new(KeyCode::Char('+'), CTRL)),
            ("shift+tab", Key::BACK_TAB),
            ("pageup", Key::PAGE_UP),
            ("PgUp", Key::PAGE_UP),
            ("escape", Key::ESC),
            ("f5", Key::function(5)),
            ("f", Key::char('f')),
            ("F", Key::char('F')),
            ("-", Key::char('-')),
            ("\u{e9}", Key::char('\u{e9}')),
        ];
        for (text, key) in same {
            assert_eq!(text.parse(), Ok(key), "{text}");
        }
    }

    #[test]
    fn a_name_of_no_key_is_said_to_be_none() {
        for text in ["", "Ctrl-", "F0", "F25", "Hyper-x", "cc"] {
            assert_eq!(text.parse::<Key>(), Err(UnknownKey(text.into())));
        }
    }

    #[test]
    fn the_unshifted_french_digit_row_gives_digits() {
        let row = "à&é\"'(-è_ç";
        for (digit, character) in (0..).zip(row.chars()) {
            assert_eq!(azerty_digit(character), Some(digit));
        }
    }

    #[test]
    fn only_a_bare_character_is_typed() {
        assert_eq!(Key::char('é').typed(), Some('é'));
        assert_eq!(Key::ctrl('a').typed(), None);
        assert_eq!(Key::new(KeyCode::Char('a'), ALT).typed(), None);
        assert_eq!(Key::ENTER.typed(), None);
    }

    fn any_code() -> impl Strategy<Value = KeyCode> {
        prop_oneof![
            any::<char>()
                .prop_filter("a terminal sends these as other keys", |c| !c.is_control())
                .prop_map(KeyCode::Char),
            (1..=24_u8).prop_map(KeyCode::F),
            (0..NAMES.len()).prop_map(|at| NAMES[at].0),
            Just(KeyCode::Char('-')),
        ]
    }

    proptest! {
        #[test]
        fn a_printed_key_reads_back_as_itself(code in any_code(), bits in 0..8_u8) {
            let key = Key::new(code, KeyModifiers::from_bits_truncate(bits));
            prop_assert_eq!(key.to_string().parse(), Ok(key));
            prop_assert_eq!(format!("{key:#}").parse(), Ok(key));
        }

        #[test]
        fn normalising_twice_changes_nothing(code in any_code(), bits in any::<u8>()) {
            let key = Key::new(code, KeyModifiers::from_bits_truncate(bits));
            prop_assert_eq!(Key::new(key.code(), key.mods()), key);
        }
    }
}
