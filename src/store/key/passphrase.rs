//! A passphrase as it was typed, brought to one form.
//!
//! Invariant: what looks the same opens the same journal, whatever keyboard and system it was typed on. The form is that of
//! RFC 8265 ("OpaqueString"): letters composed (NFC), every kind of blank an ordinary one, upper and lower case kept. Widths
//! and ligatures are kept too, since folding them would make different passphrases equal.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A passphrase. Its letters are overwritten when it is let go, and no message shows them.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Brings what was typed to the one form; `None` if nothing but blanks was typed.
    pub fn new(typed: &str) -> Option<Self> {
        if typed.trim().is_empty() {
            return None;
        }
        // Room enough from the start: a text that grows leaves its letters behind in memory.
        let mut text = Zeroizing::new(String::with_capacity(4 * typed.len()));
        let blank = |letter: char| if letter.is_whitespace() { ' ' } else { letter };
        text.extend(typed.chars().map(blank).nfc());
        Some(Self(text))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

// Not in constant time: both were typed by the same person a moment ago.
impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        Passphrase::new(one) == Passphrase::new(other)
    }

    #[test]
    fn an_accent_is_the_same_from_every_keyboard() {
        assert!(same("caf\u{e9} au lait", "cafe\u{301} au lait"));
        assert!(same(
            "\u{d55c}\u{ae00}",
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"
        ));
        assert!(same("four\u{a0}words", "four words"));
    }

    #[test]
    fn what_looks_different_stays_different() {
        assert!(!same("Secret", "secret"));
        assert!(!same("\u{fb01}sh", "fish"));
        assert!(!same("two  blanks", "two blanks"));
        assert!(!same("blank at the end ", "blank at the end"));
    }

    #[test]
    fn blanks_alone_are_no_passphrase() {
        assert_eq!(Passphrase::new(""), None);
        assert_eq!(Passphrase::new(" \t\u{a0}"), None);
        assert_eq!(format!("{:?}", Passphrase::new("x")), "Some(Passphrase)");
    }
}
