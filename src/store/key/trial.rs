//! The laws of a header, for whatever bytes. Compiled for fuzzing and for tests alone.

use super::header::{Found, Header, Refusal, SIZE};
use super::passphrase::Passphrase;
use super::{Key, LENGTH};
use std::sync::OnceLock;

fn passphrase(text: &str) -> Option<Passphrase> {
    Passphrase::new(text)
}

/// A sound header and its key.
fn sound() -> Option<&'static (Header, Key)> {
    static SOUND: OnceLock<Option<(Header, Key)>> = OnceLock::new();
    let made = SOUND.get_or_init(|| {
        let key = Key::of(&[9; LENGTH]);
        let header = Header::wrap(&key, &passphrase("right")?).ok()?;
        Some((header, key))
    });
    made.as_ref()
}

/// The bytes as a header; then a sound one with bytes changed, and its sum made to fit, so that only the proof is in the way.
///
/// # Panics
/// A law is broken: a header that is not as it was wrapped gives a key, or one that is gives none.
pub(crate) fn header(data: &[u8]) {
    if let Found::Whole(header) = Header::parse(data) {
        assert_eq!(header.bytes().as_slice(), data, "read as something else");
    }
    let (Some((header, key)), Some(right)) = (sound(), passphrase("right")) else {
        return;
    };
    let mut bytes = *header.bytes();
    for change in data.chunks_exact(2) {
        if let [at, flips] = change
            && let Some(byte) = bytes.get_mut(usize::from(*at) % SIZE)
        {
            *byte ^= flips;
        }
    }
    let is_same = bytes == *header.bytes();
    match Header::parse(&bytes) {
        Found::Whole(whole) => assert!(is_same, "a sum that hides a change: {whole:?}"),
        found => assert!(!is_same, "a sound header is {found:?}"),
    }
    if let Found::Whole(summed) = Header::summed(&bytes) {
        let opened = summed.open(&right);
        let is_wrapped_as_it_was = summed == *header;
        if is_wrapped_as_it_was {
            assert!(opened.as_ref() == Ok(key));
        } else {
            assert_eq!(opened, Err(Refusal::Wrong), "a changed header opened");
        }
    }
}
