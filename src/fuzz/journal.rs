//! A file that is opened as a journal.

use super::{SEED, assert_shown, now};
use crate::store::{Depth, Ours, Run, Store, is_journal};

/// A file as the journal: it opens or is refused in a sentence, and is read, examined, salvaged and merged; whatever it holds,
/// another journal that it is merged into stays sound, and a file that is not opened keeps its bytes.
pub fn journal(data: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    std::fs::write(&path, data).unwrap();
    let now = now().at.to_utc();
    let salvaged = folder.path().join("salvaged.db");
    let to = Ours::of(&path).journal(&salvaged).unwrap();
    match Store::salvage(&path, &to, SEED) {
        Ok(_) => {
            let store = Store::open(&salvaged).unwrap();
            store.load(None).unwrap();
        }
        Err(error) => {
            assert_shown(&error.to_string());
            assert!(!salvaged.exists(), "{error}");
        }
    }
    assert_eq!(std::fs::read(&path).unwrap(), data, "a salvage only reads");
    let mut mine = Store::in_memory(SEED).unwrap();
    match mine.merge(&path, Run::Real, now, [3; 16]) {
        Ok(_) => {
            mine.load(None).unwrap();
            assert!(mine.examine(Depth::Quick).is_ok());
        }
        Err(error) => assert_shown(&error.to_string()),
    }
    let is_one = is_journal(&path);
    match Store::open(&path) {
        Ok(store) => {
            assert!(is_one);
            if let Err(error) = store.load(None) {
                assert_shown(&error.to_string());
            }
            if let Err(error) = store.examine(Depth::Full) {
                assert_shown(&error.to_string());
            }
        }
        Err(error) => assert_shown(&error.to_string()),
    }
}
