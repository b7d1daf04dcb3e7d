//! Encryption of a journal: its key, the passphrase and the sheet that open it, and the files under it.
//!
//! | room | what it is for |
//! |---|---|
//! | [`passphrase`] | what a person types, the same from every keyboard |
//! | [`typed`] | the same while it is being typed |
//! | `header` | the small file beside a journal in which its key lies, wrapped under the passphrase |
//! | [`door`] | what lies at a path before anything opens it, and the ways in |
//! | [`sheet`] | the key as a person writes it down |
//! | [`held`] | the keys that this run has unlocked |
//! | `seal` | a key and its header, kept beside each other |
//! | `known` | further keys that a journal keeps |
//! | [`whole`] | files that are encrypted as a whole, since they are no databases |
//! | `connection` | the only place where `SQLite` is given a key |
//! | `offer` | whether a passphrase was offered |
//! | [`rewrite`] | a journal from one key to another, or from and to none |
//! | [`follow`] | the copies after their journal |
//!
//! A journal is opened in three steps. [`Door::of`](door::Door::of) says whether a passphrase is needed.
//! [`Locked::unlock`](door::Locked::unlock) (or `unlock_with_sheet`) proves the passphrase against the header, and holds the
//! key for this run. [`Store::open`](super::Store::open) finds the key there by the name in the file's first bytes.
//! [`forget`](held::forget) lets all keys go: a lock.
//!
//! Invariant: `SQLite` never touches an encrypted file before its key is known to be right. With a rollback journal beside
//! it, a single opening without the key destroys data. A key is known to be right by its name, a hash of it, which stands in
//! the first 16 bytes of each file under it.

pub(super) mod connection;
pub mod door;
pub mod follow;
pub(super) mod header;
pub mod held;
pub(super) mod known;
mod offer;
pub mod passphrase;
pub mod rewrite;
pub(super) mod seal;
pub mod sheet;
#[cfg(any(test, fuzzing))]
pub(crate) mod trial;
pub mod typed;
pub mod whole;

use blake2::Blake2bMac;
use blake2::digest::consts::U12;
use blake2::digest::{FixedOutput, KeyInit, Update};
use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

/// How many bytes a key has.
pub(super) const LENGTH: usize = 32;
/// The first bytes of an encrypted file. The name of its key follows.
const MARK: &[u8; 4] = b"EbbK";

/// A key's name: a hash that tells nothing of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName([u8; 12]);

impl KeyName {
    /// The name in the first bytes of an encrypted file; `None` for any other file.
    pub(super) fn in_head(head: &[u8]) -> Option<Self> {
        let name = head.strip_prefix(MARK)?.first_chunk()?;
        Some(Self(*name))
    }

    /// The first 16 bytes of a file under the key.
    pub(super) fn head(self) -> [u8; 16] {
        let mut head = [0; 16];
        let (mark, name) = head.split_at_mut(MARK.len());
        mark.copy_from_slice(MARK);
        name.copy_from_slice(&self.0);
        head
    }
}

// The widest page of the systems that we know. A page of its own, since locking and unlocking is by whole pages.
/// Memory for one key.
#[repr(align(16384))]
struct Page([u8; LENGTH]);

/// A key that journals are encrypted with. Its bytes are kept from the swap file where the system allows that, and overwritten
/// when the last holder lets go.
#[derive(Clone)]
pub struct Key(Arc<Inner>);

struct Inner {
    // Before the page, so that the lock goes first.
    _lock: Option<region::LockGuard>,
    page: Box<Page>,
    name: KeyName,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.page.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A message with a key in it would be a leak.
        f.write_str("Key")
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Key {}

impl Key {
    /// A new key from the system's randomness.
    ///
    /// # Errors
    /// The system has none.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        getrandom::fill(&mut *bytes)?;
        Ok(Self::of(&bytes))
    }

    pub(super) fn of(bytes: &[u8; LENGTH]) -> Self {
        let mut page = Box::new(Page([0; LENGTH]));
        // A system may allow little or none of it; the key works all the same.
        let lock = region::lock(page.0.as_ptr(), LENGTH).ok();
        page.0.copy_from_slice(bytes);
        Self(Arc::new(Inner {
            _lock: lock,
            name: name_of(bytes),
            page,
        }))
    }

    /// Its name.
    pub fn name(&self) -> KeyName {
        self.0.name
    }

    pub(super) fn bytes(&self) -> &[u8; LENGTH] {
        &self.0.page.0
    }

    /// The key as the cipher takes it, with the first 16 bytes of the file.
    // From the bytes alone: a text of another length would be taken for a passphrase.
    fn raw(&self) -> Zeroizing<String> {
        let head = self.name().head();
        let mut text = Zeroizing::new(String::with_capacity(4 + 2 * (LENGTH + head.len())));
        text.push_str("raw:");
        for byte in self.bytes().iter().chain(&head) {
            write!(text, "{byte:02x}").ok();
        }
        text
    }
}

/// The name of the key of these bytes.
fn name_of(bytes: &[u8; LENGTH]) -> KeyName {
    // A keyed hash of nothing. It is one-way, and the words keep it apart from any other use of the key.
    let Ok(mut hash) = Blake2bMac::<U12>::new_from_slice(bytes) else {
        // A key of 32 bytes always fits.
        return KeyName([0; 12]);
    };
    hash.update(b"name of a journal's key, 1");
    KeyName(hash.finalize_fixed().into())
}

#[cfg(test)]
mod tests;
