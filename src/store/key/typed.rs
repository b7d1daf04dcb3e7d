//! What a person types and nobody may read: a passphrase before it is one.
//!
//! Invariant: the letters lie in one place in memory, a page of its own, which is kept from the swap file where the system allows
//! that, and overwritten when it is let go. No message shows them.

use std::fmt;
use zeroize::Zeroize;

/// Room for the letters, in bytes. It does not grow: a text that moved would leave its letters behind.
const ROOM: usize = 1024;

// As wide as the widest page that we know, since locking and unlocking is by whole pages.
/// The letters.
#[repr(align(16384))]
struct Page([u8; ROOM]);

/// Letters that were typed.
pub struct TypedSecret {
    // Before the page, so that the lock goes first.
    _lock: Option<region::LockGuard>,
    page: Box<Page>,
    length: usize,
}

impl Default for TypedSecret {
    fn default() -> Self {
        let page = Box::new(Page([0; ROOM]));
        // A system may allow little or none of it; the field works all the same.
        let lock = region::lock(page.0.as_ptr(), ROOM).ok();
        Self {
            _lock: lock,
            page,
            length: 0,
        }
    }
}

impl TypedSecret {
    /// Adds a letter, while there is room.
    pub fn push(&mut self, letter: char) {
        let end = self.length + letter.len_utf8();
        if let Some(place) = self.page.0.get_mut(self.length..end) {
            letter.encode_utf8(place);
            self.length = end;
        }
    }

    /// Takes the last letter back.
    pub fn pop(&mut self) {
        let last = self.text().chars().next_back();
        let begin = self.length - last.map_or(0, char::len_utf8);
        if let Some(place) = self.page.0.get_mut(begin..self.length) {
            place.zeroize();
        }
        self.length = begin;
    }

    /// The letters.
    pub fn text(&self) -> &str {
        let letters = self.page.0.get(..self.length).unwrap_or_default();
        // Only whole letters are ever added.
        std::str::from_utf8(letters).unwrap_or_default()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

impl Drop for TypedSecret {
    fn drop(&mut self) {
        self.page.0.zeroize();
    }
}

// Not in constant time: both were typed by the same person a moment ago.
impl PartialEq for TypedSecret {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for TypedSecret {}

impl fmt::Debug for TypedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::{ROOM, TypedSecret};

    fn typed(text: &str) -> TypedSecret {
        let mut secret = TypedSecret::default();
        text.chars().for_each(|letter| secret.push(letter));
        secret
    }

    #[test]
    fn letters_of_any_width_are_added_and_taken_back() {
        let mut secret = typed("a\u{e9}\u{d55c}\u{1f511}");
        assert_eq!(secret.text(), "a\u{e9}\u{d55c}\u{1f511}");
        for left in ["a\u{e9}\u{d55c}", "a\u{e9}", "a", "", ""] {
            secret.pop();
            assert_eq!(secret.text(), left);
        }
        assert!(secret.is_empty() && secret.page.0 == [0; ROOM]);
    }

    #[test]
    fn it_takes_what_it_has_room_for_and_never_half_a_letter() {
        let secret = typed(&"\u{d55c}".repeat(ROOM));
        assert_eq!(secret.text().chars().count(), ROOM / 3);
    }

    #[test]
    fn no_message_shows_the_letters() {
        assert_eq!(
            format!("{:?}", Some(typed("porcupine"))),
            "Some(TypedSecret)"
        );
    }

    #[test]
    fn two_of_them_share_no_page_so_that_letting_one_go_unlocks_no_other() {
        let (one, other) = (typed("one"), typed("other"));
        let page = |secret: &TypedSecret| secret.page.0.as_ptr().addr() / region::page::size();
        assert_ne!(page(&one), page(&other));
        assert_eq!(one.page.0.as_ptr().addr() % region::page::size(), 0);
    }
}
