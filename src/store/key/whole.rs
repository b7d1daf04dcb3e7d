//! Files that are encrypted as a whole: a damaged copy, which is no database that could be written anew, and the small lists
//! that are kept beside a journal.
//!
//! | bytes | what |
//! |---|---|
//! | 0 to 15 | as any encrypted file begins: `EbbK` and the name of the key |
//! | 16 to 23 | `sealed 1`, where a database has its sizes |
//! | 24 to 35 | the nonce |
//! | from 36 | the content and its proof |
//!
//! ChaCha20-Poly1305 under a key that is made from the journal's, with the bytes before the nonce as its context. Invariant: what
//! is written beside an encrypted journal is never plain, also where its key is not at hand: then it is not written.

use super::door::Door;
use super::{Key, KeyName, LENGTH, held};
use blake2::Blake2bMac;
use blake2::digest::consts::U32;
use blake2::digest::{FixedOutput, KeyInit as _, Update};
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, Payload};
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

const FORM: &[u8; 8] = b"sealed 1";
const HEAD: usize = 24;
const NONCE: usize = 12;
/// What is wrong with one that the right key does not open.
pub(in crate::store) const NO_PROOF: &str = "its proof does not hold";

/// What the small lists beside a journal are written with: its key, or nothing where it is plain.
#[derive(Debug, Clone)]
pub struct Vault(Inside);

#[derive(Debug, Clone)]
enum Inside {
    Plain,
    Sealed(Key),
    /// The journal is encrypted, and nobody has unlocked it.
    Shut,
}

impl Vault {
    /// The vault of the journal at `path`.
    pub fn of(path: &Path) -> Self {
        Self(match Door::of(path) {
            Ok(Door::Open) => Inside::Plain,
            Ok(Door::Locked(locked)) => locked.key().map_or(Inside::Shut, Inside::Sealed),
            Err(_) => Inside::Shut,
        })
    }

    /// Whether a list has to be written anew so that it is as it has to be: plain beside a plain journal, and under the
    /// journal's own key beside an encrypted one.
    pub fn is_other_than(&self, bytes: &[u8]) -> bool {
        let name = name_in(bytes);
        match &self.0 {
            Inside::Plain => name.is_some(),
            Inside::Sealed(key) => name != Some(key.name()),
            Inside::Shut => false,
        }
    }

    /// The bytes as they are written.
    ///
    /// # Errors
    /// The journal is locked, or the system has no randomness.
    pub fn closed(&self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        match &self.0 {
            Inside::Plain => Ok(bytes),
            Inside::Sealed(key) => seal(key, &bytes),
            Inside::Shut => Err(io::Error::other("the journal is locked")),
        }
    }
}

/// The content of a list as it was read, whatever it was written with; `None` without its key, and where the proof does not hold.
pub fn opened(bytes: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
    match name_in(&bytes) {
        None => Some(Zeroizing::new(bytes)),
        Some(name) => open(&held::get(name)?, &bytes),
    }
}

/// Whether these first bytes are those of a file that is encrypted as a whole.
pub(in crate::store) fn is_whole(bytes: &[u8]) -> bool {
    name_in(bytes).is_some()
}

/// Whether such a file lies at `path`.
pub(in crate::store) fn is_at(path: &Path) -> bool {
    let mut head = [0; HEAD];
    if !path.is_file() {
        return false;
    }
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && is_whole(&head)
}

fn name_in(bytes: &[u8]) -> Option<KeyName> {
    let name = KeyName::in_head(bytes)?;
    let form = bytes.get(16..HEAD)?;
    (form == FORM).then_some(name)
}

/// Encrypts bytes as a whole.
///
/// # Errors
/// The system has no randomness.
pub(in crate::store) fn seal(key: &Key, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut head = [0; HEAD];
    let (name, form) = head.split_at_mut(16);
    name.copy_from_slice(&key.name().head());
    form.copy_from_slice(FORM);
    let mut once = [0; NONCE];
    getrandom::fill(&mut once)
        .map_err(|_| io::Error::other("the system gave no random numbers"))?;
    let payload = Payload {
        msg: bytes,
        aad: &head,
    };
    let cipher = cipher(key).ok_or_else(refused)?;
    let content = cipher
        .encrypt(&once.into(), payload)
        .map_err(|_| refused())?;
    Ok([head.as_slice(), &once, &content].concat())
}

fn refused() -> io::Error {
    io::Error::other("the file could not be encrypted")
}

/// The content of a file that is encrypted as a whole; `None` where its proof does not hold.
pub(in crate::store) fn open(key: &Key, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let (once, content) = rest.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: content,
        aad: head,
    };
    let content = cipher(key)?.decrypt(&(*once).into(), payload).ok()?;
    Some(Zeroizing::new(content))
}

/// The cipher, under a key of its own: that of the pages is used for nothing else.
fn cipher(key: &Key) -> Option<ChaCha20Poly1305> {
    let mut hash = Blake2bMac::<U32>::new_from_slice(key.bytes()).ok()?;
    hash.update(b"key of whole files, 1");
    let own: Zeroizing<[u8; LENGTH]> = Zeroizing::new(hash.finalize_fixed().into());
    Some(ChaCha20Poly1305::new(&(*own).into()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_comes_back_and_any_flipped_bit_is_found() {
        let key = Key::of(&[5; LENGTH]);
        let sealed = seal(&key, b"a walk by the river").unwrap();
        assert_eq!(*open(&key, &sealed).unwrap(), b"a walk by the river");
        assert!(is_whole(&sealed));
        assert!(!sealed.windows(4).any(|part| part == b"walk"));
        assert!(open(&Key::of(&[6; LENGTH]), &sealed).is_none());
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert!(open(&key, &other).is_none(), "{at}");
        }
        for length in 0..sealed.len() {
            assert!(open(&key, &sealed[..length]).is_none(), "{length}");
        }
        assert_ne!(sealed, seal(&key, b"a walk by the river").unwrap());
    }

    #[test]
    fn a_plain_list_is_read_and_one_whose_key_is_not_held_is_not() {
        let plain = b"{}".to_vec();
        assert_eq!(*opened(plain.clone()).unwrap(), plain);
        let key = Key::of(&[7; LENGTH]);
        let sealed = seal(&key, &plain).unwrap();
        assert!(opened(sealed.clone()).is_none());
        held::hold(&key);
        assert_eq!(*opened(sealed).unwrap(), plain);
        held::let_go(key.name());
    }
}
