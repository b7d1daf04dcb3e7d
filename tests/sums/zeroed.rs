//! Blocks of the file that a disk gave back as zeros.

use crate::house::{answer, filled, now};
use ebbtide::domain::journal::Journal;
use ebbtide::store::{Depth, Store, StoreError};
use std::path::Path;

const BLOCK: usize = 512;

/// Everything that reads, up to the first error, and an undo.
fn read(path: &Path) -> Result<Journal, StoreError> {
    let mut store = Store::open(path)?;
    let journal = store.load(None)?;
    store.examine(Depth::Full)?;
    store.drafts()?;
    store.bin(now())?;
    store.gone()?;
    store.steps()?;
    store.digest()?;
    match store.undo(now()) {
        Err(error @ StoreError::Sql { .. }) => Err(error),
        _ => Ok(journal),
    }
}

#[test]
fn no_zeroed_block_is_answered_with_the_words_or_numbers_of_the_database() {
    let ebb = filled();
    let whole = std::fs::read(ebb.journal()).unwrap();
    let blocks = whole.len() / BLOCK;
    for block in 0..blocks {
        let mut bytes = whole.clone();
        bytes[block * BLOCK..][..BLOCK].fill(0);
        if bytes == whole {
            continue;
        }
        std::fs::write(ebb.journal(), &bytes).unwrap();
        if let Err(error) = read(ebb.journal()) {
            let is_named = matches!(
                error,
                StoreError::Damaged { .. }
                    | StoreError::Unreadable(_)
                    | StoreError::DamagedStep
                    | StoreError::NotAJournal(_)
            );
            assert!(is_named, "block {block}: {error:?}");
        }
        // The binary on some of them: its exit code is 0, or says that it is damaged.
        if block % 16 == 3 {
            std::fs::write(ebb.journal(), &bytes).unwrap();
            for args in [
                &["status"][..],
                &["history"],
                &["checkin", "--overall", "3"],
                &["export", "json"],
            ] {
                let (code, out, err) = answer(&ebb, args);
                assert!(
                    code == 0 || code == 14,
                    "block {block} {args:?}: {code} {out} {err}"
                );
                assert!(
                    !err.contains("of its database") && !err.contains("olumn"),
                    "{err}"
                );
            }
        }
    }
}
