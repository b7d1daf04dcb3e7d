//! The header: a file of 112 bytes beside an encrypted journal, in which the journal's key lies wrapped under the passphrase.
//!
//! | bytes | what |
//! |---|---|
//! | 0 to 7 | `EbbtideK` |
//! | 8 to 11 | the form, big-endian: 1 |
//! | 12 to 23 | the name of the key |
//! | 24 to 39 | the salt |
//! | 40 to 51 | the nonce |
//! | 52 to 99 | the key, wrapped: 32 bytes and their proof |
//! | 100 to 111 | a sum of all that |
//!
//! Form 1 is Argon2id over the passphrase, 3 passes over 64 MiB in 4 lanes, and ChaCha20-Poly1305 with the bytes before the
//! nonce as its context. Invariant: the costs hang on the form and never on the file, so that nobody lowers them there.

use super::passphrase::Passphrase;
use super::{Key, KeyName, LENGTH};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use blake2::Blake2bMac;
use blake2::digest::consts::U12;
use blake2::digest::{FixedOutput, KeyInit as _, Update};
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, Payload};
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

const MAGIC: &[u8; 8] = if cfg!(fuzzing) {
    // Such a build spares the costs, and so neither build opens what the other wrapped.
    b"EbbtideF"
} else {
    b"EbbtideK"
};
const FORM: u32 = 1;
/// KiB of memory, passes and lanes of Argon2. A trial of thousands of openings asks something else of them.
const COSTS: [u32; 3] = if cfg!(fuzzing) {
    [32, 1, 4]
} else {
    [64 * 1024, 3, 4]
};
/// What a later version may write. Any other number is damage.
const NEWER: std::ops::Range<u32> = FORM + 1..256;
const SALT: std::ops::Range<usize> = 24..40;
const NONCE: std::ops::Range<usize> = 40..52;
const WRAPPED: std::ops::Range<usize> = 52..100;
const SUM: usize = 100;
/// How long a header is.
pub(in crate::store) const SIZE: usize = 112;

/// A whole header, as it lies in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Header([u8; SIZE]);

/// Why a header gives no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The passphrase is another one.
    Wrong,
    /// There is not enough memory for Argon2.
    NoMemory,
}

/// What lies where a header belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Found {
    /// A sound header.
    Whole(Header),
    /// Nothing.
    Nothing,
    /// Something that is not as it was written.
    Damaged,
    /// A header of a newer form.
    Newer(u32),
}

/// What a header's file has behind the name of the file that it is for.
pub(in crate::store) const ENDINGS: [&str; 2] = [".key", ".key-next"];

/// The file that a header is for, by its name.
pub(in crate::store) fn file_of(header: &Path) -> Option<PathBuf> {
    let name = header.file_name()?.to_str()?;
    let of = ENDINGS.iter().find_map(|end| name.strip_suffix(end))?;
    Some(header.with_file_name(of))
}

/// The header's file of the journal, copy or sync file at `path`.
pub(in crate::store) fn beside(path: &Path) -> PathBuf {
    with_ending(path, ENDINGS[0])
}

/// The header's file while its journal is being replaced.
pub(in crate::store) fn next_beside(path: &Path) -> PathBuf {
    with_ending(path, ENDINGS[1])
}

fn with_ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

impl Header {
    /// Wraps `key` under a passphrase.
    ///
    /// # Errors
    /// The system has no randomness, or not enough memory.
    pub(in crate::store) fn wrap(key: &Key, passphrase: &Passphrase) -> io::Result<Self> {
        let mut bytes = [0; SIZE];
        let none = |_| io::Error::other("the system gave no random numbers");
        put(&mut bytes, 0, MAGIC);
        put(&mut bytes, 8, &FORM.to_be_bytes());
        put(&mut bytes, 12, &key.name().0);
        let mut drawn = [0; SALT.end - SALT.start + NONCE.end - NONCE.start];
        getrandom::fill(&mut drawn).map_err(none)?;
        put(&mut bytes, SALT.start, &drawn);
        let cipher = cipher(passphrase, part(&bytes, SALT)).ok_or(io::ErrorKind::OutOfMemory)?;
        let payload = Payload {
            msg: key.bytes(),
            aad: part(&bytes, 0..NONCE.start),
        };
        let once: [u8; 12] = fixed(part(&bytes, NONCE));
        let wrapped = cipher
            .encrypt(&once.into(), payload)
            .map_err(|_| io::Error::other("the key could not be wrapped"))?;
        put(&mut bytes, WRAPPED.start, &wrapped);
        let sum = sum(part(&bytes, 0..SUM));
        put(&mut bytes, SUM, &sum);
        Ok(Self(bytes))
    }

    /// Takes the key out.
    pub(super) fn open(&self, passphrase: &Passphrase) -> Result<Key, Refusal> {
        let bytes = &self.0;
        let cipher = cipher(passphrase, part(bytes, SALT)).ok_or(Refusal::NoMemory)?;
        let payload = Payload {
            msg: part(bytes, WRAPPED),
            aad: part(bytes, 0..NONCE.start),
        };
        let once: [u8; 12] = fixed(part(bytes, NONCE));
        let key = cipher.decrypt(&once.into(), payload);
        let key = Zeroizing::new(key.map_err(|_| Refusal::Wrong)?);
        let key: &[u8; LENGTH] = key.as_slice().try_into().map_err(|_| Refusal::Wrong)?;
        Ok(Key::of(key)).and_then(|key| {
            let is_its = key.name() == self.name();
            is_its.then_some(key).ok_or(Refusal::Wrong)
        })
    }

    /// The name of its key.
    pub(in crate::store) fn name(&self) -> KeyName {
        KeyName(fixed(part(&self.0, 12..24)))
    }

    /// Its bytes, for the file.
    pub(in crate::store) const fn bytes(&self) -> &[u8; SIZE] {
        &self.0
    }

    /// Looks into the file of a header.
    pub(in crate::store) fn read(path: &Path) -> io::Result<Found> {
        // Not through a pipe, whose opening waits.
        match path.metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Ok(meta) if !meta.is_file() => return Ok(Found::Damaged),
            _ => {}
        }
        let mut bytes = Vec::with_capacity(SIZE + 1);
        File::open(path)?
            .take(SIZE as u64 + 1)
            .read_to_end(&mut bytes)?;
        Ok(Self::parse(&bytes))
    }

    /// Reads the bytes of a header. They may be anything.
    pub(super) fn parse(bytes: &[u8]) -> Found {
        let form = bytes.get(8..12).map(|form| u32::from_be_bytes(fixed(form)));
        match form {
            Some(form) if bytes.starts_with(MAGIC) && NEWER.contains(&form) => {
                return Found::Newer(form);
            }
            Some(FORM) if bytes.starts_with(MAGIC) => {}
            _ => return Found::Damaged,
        }
        let Ok(whole) = <[u8; SIZE]>::try_from(bytes) else {
            return Found::Damaged;
        };
        if part(&whole, SUM..SIZE) == sum(part(&whole, 0..SUM)) {
            Found::Whole(Self(whole))
        } else {
            Found::Damaged
        }
    }
}

#[cfg(any(test, fuzzing))]
impl Header {
    /// What these bytes are with a sum that fits.
    pub(super) fn summed(bytes: &[u8; SIZE]) -> Found {
        let mut bytes = *bytes;
        let sum = sum(part(&bytes, 0..SUM));
        put(&mut bytes, SUM, &sum);
        Self::parse(&bytes)
    }
}

/// The cipher of a passphrase and a salt; `None` without enough memory.
fn cipher(passphrase: &Passphrase, salt: &[u8]) -> Option<ChaCha20Poly1305> {
    let [memory, passes, lanes] = COSTS;
    let costs = Params::new(memory, passes, lanes, Some(LENGTH)).ok()?;
    let mut memory: Vec<Block> = Vec::new();
    // Asked for first: where memory is limited, an allocation that fails would end the process.
    memory.try_reserve_exact(costs.block_count()).ok()?;
    memory.resize(costs.block_count(), Block::default());
    let mut key = Zeroizing::new([0; LENGTH]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, costs);
    let outcome =
        argon.hash_password_into_with_memory(passphrase.bytes(), salt, &mut *key, &mut memory);
    memory.iter_mut().for_each(Zeroize::zeroize);
    outcome.ok()?;
    Some(ChaCha20Poly1305::new(&(*key).into()))
}

/// A sum that tells a damaged header from a wrong passphrase. It protects from no one.
fn sum(bytes: &[u8]) -> [u8; 12] {
    let Ok(mut hash) = Blake2bMac::<U12>::new_from_slice(b"sum of a header") else {
        return [0; 12];
    };
    hash.update(bytes);
    hash.finalize_fixed().into()
}

fn part(bytes: &[u8; SIZE], range: std::ops::Range<usize>) -> &[u8] {
    bytes.get(range).unwrap_or_default()
}

fn put(bytes: &mut [u8; SIZE], at: usize, what: &[u8]) {
    if let Some(there) = bytes.get_mut(at..at + what.len()) {
        there.copy_from_slice(what);
    }
}

fn fixed<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk().copied().unwrap_or([0; N])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn typed(text: &str) -> Passphrase {
        Passphrase::new(text).unwrap()
    }

    #[test]
    fn the_right_passphrase_gives_the_key_and_a_wrong_one_is_told_apart_from_damage() {
        let key = Key::of(&[9; LENGTH]);
        let header = Header::wrap(&key, &typed("right")).unwrap();
        assert_eq!(header.open(&typed("right")), Ok(key.clone()));
        assert_eq!(header.open(&typed("wrong")), Err(Refusal::Wrong));
        assert_eq!(header.name(), key.name());
        assert_eq!(Header::parse(header.bytes()), Found::Whole(header));
        // Every single bit, also of the salt: the passphrase may be right.
        for at in 0..SIZE {
            let mut bytes = *header.bytes();
            bytes[at] ^= 1;
            let found = Header::parse(&bytes);
            let is_damaged = found == Found::Damaged || matches!(found, Found::Newer(_));
            assert!(is_damaged, "{at}");
        }
        assert_eq!(Header::parse(&header.bytes()[..111]), Found::Damaged);
        assert_eq!(Header::parse(&[]), Found::Damaged);
    }

    #[test]
    fn the_same_passphrase_never_makes_the_same_header_twice() {
        let key = Key::of(&[9; LENGTH]);
        let one = Header::wrap(&key, &typed("right")).unwrap();
        let other = Header::wrap(&key, &typed("right")).unwrap();
        assert_ne!(part(&one.0, SALT), part(&other.0, SALT));
        assert_ne!(part(&one.0, WRAPPED), part(&other.0, WRAPPED));
        let clear = one.0.windows(LENGTH).any(|part| part == key.bytes());
        assert!(!clear, "the key lies open in its header");
    }

    #[test]
    fn a_newer_form_is_not_called_damaged() {
        let header = Header::wrap(&Key::of(&[9; LENGTH]), &typed("right")).unwrap();
        let mut bytes = *header.bytes();
        bytes[11] = 2;
        assert_eq!(Header::parse(&bytes), Found::Newer(2));
    }

    #[test]
    fn a_header_of_form_1_opens_in_every_version() {
        // Other costs, or another way to wrap, would lock out everybody who has one.
        let written = "456262746964654b0000000152e8626897c5adb2ce8bd6ac2677f8b0\
                       377d75dbf8b821051ba35198f22c88fa705c58a4ec56062a9485fc46\
                       6955530243f35e6d776b7045b06261a1964ae079e749e59c0a812cb8\
                       290bc836024a421643f3f18eb8560a4fff63389d6b6a30005e5d4a9d";
        let bytes = crate::store::read::unhex(written).unwrap();
        let Found::Whole(header) = Header::parse(&bytes) else {
            panic!("it is no header");
        };
        let key = header.open(&typed("a walk by the river")).unwrap();
        assert_eq!(key.name(), header.name());
        assert_eq!(
            header.open(&typed("a walk by the lake")),
            Err(Refusal::Wrong)
        );
    }
}
