//! The passphrase's side of a journal: the header in which its key lies wrapped, and an encrypted file with such a header
//! beside it.

use super::{SEED, assert_shown};
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::OwnHelpLine;
use crate::store::key::door::Door;
use crate::store::key::held;
use crate::store::key::passphrase::Passphrase;
use crate::store::key::trial;
use crate::store::{Depth, Ours, Store};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A word that no file may hold.
const WORD: &str = "porcupine-lantern";

fn passphrase() -> Passphrase {
    Passphrase::new("right").unwrap()
}

/// A header as it lies in its file: any bytes are a header or not, and a changed one never opens.
pub fn header(data: &[u8]) {
    trial::header(data);
}

/// A sound encrypted journal, and its header.
fn sound() -> &'static (Vec<u8>, Vec<u8>) {
    static SOUND: OnceLock<(Vec<u8>, Vec<u8>)> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let mut store = Store::create(&path, SEED).unwrap();
        let lines: Vec<Change> = (1..120_u128)
            .map(|number| {
                Change::RecordHelpLine(OwnHelpLine {
                    id: EntryId::from_bytes(number.to_be_bytes()),
                    name: format!("{WORD} {number}"),
                    contact: "12".to_owned(),
                })
            })
            .collect();
        store.apply(&lines, SEED.now).unwrap();
        store.set_passphrase(&passphrase()).unwrap();
        drop(store);
        if let Ok(Door::Locked(door)) = Door::of(&path) {
            held::let_go(door.unlock(&passphrase()).unwrap().name());
        }
        let read = |path: &Path| std::fs::read(path).unwrap();
        (read(&path), read(&key_beside(&path)))
    })
}

fn key_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".key");
    name.into()
}

/// The two files: a sound journal with changed bytes, or, behind a first byte of 255, a header of so many bytes and a file.
fn files(data: &[u8]) -> (Vec<u8>, Vec<u8>) {
    if let Some((255, [length, rest @ ..])) = data.split_first() {
        let (header, file) = rest.split_at(rest.len().min(usize::from(*length)));
        return (file.to_vec(), header.to_vec());
    }
    let (mut file, mut header) = sound().clone();
    for change in data.chunks_exact(4) {
        let [high, middle, low, flips] = change else {
            continue;
        };
        let at = usize::from(*high) << 16 | usize::from(*middle) << 8 | usize::from(*low);
        let at = at % (file.len() + header.len());
        let (bytes, at) = match at.checked_sub(header.len()) {
            None => (&mut header, at),
            Some(at) => (&mut file, at),
        };
        bytes[at] ^= flips;
    }
    (file, header)
}

/// A file as an encrypted journal, with a header beside it: a passphrase opens it or is refused in a sentence, what is damaged
/// is salvaged or refused, nothing is written to what does not open, and no word of it gets onto the disk.
pub fn locked(data: &[u8]) {
    let (file, header) = files(data);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    std::fs::write(&path, &file).unwrap();
    std::fs::write(key_beside(&path), &header).unwrap();
    let is_as_it_was = || {
        std::fs::read(&path).unwrap() == file && std::fs::read(key_beside(&path)).unwrap() == header
    };
    let salvaged = folder.path().join("salvaged.db");
    let to = Ours::of(&path).journal(&salvaged).unwrap();
    let Ok(Door::Locked(door)) = Door::of(&path) else {
        // Nothing encrypted; the target of journals says more about it.
        return;
    };
    assert!(
        Store::open(&path).is_err(),
        "it opened without its passphrase"
    );
    assert!(Store::salvage(&path, &to, SEED).is_err());
    assert!(is_as_it_was());
    let wrong = Passphrase::new("wrong").unwrap();
    assert!(door.unlock(&wrong).is_err());
    let key = match door.unlock(&passphrase()) {
        Ok(key) => key,
        Err(error) => return assert_shown(&error.to_string()),
    };
    match Store::salvage(&path, &to, SEED) {
        Ok(_) => {
            let store = Store::open(&salvaged).unwrap();
            assert!(store.is_encrypted());
            store.load(None).unwrap();
        }
        Err(error) => {
            assert_shown(&error.to_string());
            assert!(!salvaged.exists(), "{error}");
        }
    }
    assert!(is_as_it_was(), "a salvage only reads");
    match Store::open(&path) {
        Ok(store) => {
            if let Err(error) = store.load(None) {
                assert_shown(&error.to_string());
            }
            if let Err(error) = store.examine(Depth::Full) {
                assert_shown(&error.to_string());
            }
        }
        Err(error) => {
            assert_shown(&error.to_string());
            assert!(is_as_it_was(), "it does not open, and was written to");
        }
    }
    held::let_go(key.name());
    for entry in folder.path().read_dir().unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        let has = bytes
            .windows(WORD.len())
            .any(|part| part == WORD.as_bytes());
        assert!(!has, "a word lies open in {}", entry.path().display());
    }
}
