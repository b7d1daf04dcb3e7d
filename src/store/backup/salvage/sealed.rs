//! The pages of a damaged encrypted file without its key, in memory.
//!
//! Each page carries a proof of its own. `SQLite` ends at the first one that does not hold, so it is asked for one page after
//! another. Invariant: a page whose proof does not hold is nothing here, as one of zeros; to guess at it would bring noise in
//! as rows. Nothing is ever on the disk but under the key.

use super::no_place;
use crate::store::error::{Result, StoreError};
use crate::store::folder::temporary::Unfinished;
use crate::store::key::{Key, connection};
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use tempfile::NamedTempFile;

const DOING: &str = "reading the damaged journal";
/// The size of every page: an encrypted journal is written with no other.
const PAGE: usize = 4096;
/// What a file begins with that no page of a table needs: the sizes and counts of the whole.
const OF_FILE: usize = 100;

/// The pages of the file with these bytes. `folder` takes private copies of it, under the key as it is.
pub(super) fn pages(bytes: &[u8], folder: &Path, key: &Key) -> Result<Vec<u8>> {
    let count = count(bytes);
    let own = written(folder, |file| {
        file.write_all(bytes)?;
        file.rewind()?;
        // Known from the header beside the file, where the damage is here.
        file.write_all(&key.name().head())
    })?;
    let mut pages = read(own.path(), count, key)?;
    if pages.first().is_none_or(Option::is_none) {
        pages = behind_another(bytes, folder, key)?;
    }
    let mut whole = Vec::with_capacity(pages.len() * PAGE);
    for page in pages {
        whole.extend(page.unwrap_or_else(|| vec![0; PAGE]));
    }
    Ok(whole)
}

/// How many whole pages there are.
fn count(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len() / PAGE).unwrap_or(u32::MAX)
}

/// The pages where the first one is lost: `SQLite` reads no other without it. So the first page of another file under the same
/// key stands in for it, and gives nothing but the sizes.
fn behind_another(bytes: &[u8], folder: &Path, key: &Key) -> Result<Vec<Option<Vec<u8>>>> {
    let count = count(bytes);
    let other = Unfinished::Copy.file_in(folder).map_err(no_place(folder))?;
    {
        let db = connection::make(other.path(), Some(key))?;
        db.execute_batch(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;",
        )?;
        // As long as the damaged one: a number of pages stands in the first of them.
        db.execute_batch("CREATE TABLE room (content BLOB);")?;
        let length = u64::from(count) * PAGE as u64;
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        db.execute("INSERT INTO room VALUES (zeroblob(?1))", [length])?;
    }
    let behind = bytes.get(PAGE..count as usize * PAGE).unwrap_or_default();
    let put = other.as_file().seek(SeekFrom::Start(PAGE as u64));
    put.and_then(|_| other.as_file().write_all(behind))
        .map_err(StoreError::io_at(DOING, folder))?;
    let mut pages = read(other.path(), count.max(1), key)?;
    if let Some(Some(first)) = pages.first_mut() {
        first.iter_mut().skip(OF_FILE).for_each(|byte| *byte = 0);
    }
    Ok(pages)
}

/// The first pages of a file, each one as far as its proof holds.
fn read(path: &Path, count: u32, key: &Key) -> Result<Vec<Option<Vec<u8>>>> {
    let db = connection::open_damaged(path, key)?;
    (1..=count).map(|number| one(&db, number)).collect()
}

fn one(db: &Connection, number: u32) -> Result<Option<Vec<u8>>> {
    let read = db
        .prepare_cached("SELECT data FROM sqlite_dbpage WHERE pgno = ?1")
        .and_then(|mut find| find.query_row([number], |row| row.get(0)).optional());
    match read {
        Ok(page) => Ok(page),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Ok(None),
            _ => Err(error.into()),
        },
    }
}

/// A private file that was written to.
fn written(
    folder: &Path,
    write: impl FnOnce(&mut std::fs::File) -> std::io::Result<()>,
) -> Result<NamedTempFile> {
    let mut temp = Unfinished::Other
        .file_in(folder)
        .map_err(no_place(folder))?;
    write(temp.as_file_mut()).map_err(StoreError::io_at(DOING, folder))?;
    Ok(temp)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::id::EntryId;
    use crate::domain::journal::change::Change;
    use crate::domain::journal::settings::OwnHelpLine;
    use crate::store::key::door::Door;
    use crate::store::key::passphrase::Passphrase;
    use crate::store::key::{KeyName, held};
    use crate::store::{Ours, Salvaged, Seed, Store, StoreError};
    use chrono::DateTime;
    use std::fs;
    use std::path::PathBuf;

    const MARK: &str = "porcupine-lantern";
    const LINES: u128 = 400;

    fn seed(id: u8) -> Seed {
        Seed {
            now: DateTime::from_timestamp(1_796_000_000, 0).unwrap(),
            journal: [id; 16],
            device: [id; 16],
        }
    }

    fn passphrase() -> Passphrase {
        Passphrase::new("one").unwrap()
    }

    /// An encrypted journal of many pages, and its bytes.
    fn journal(folder: &Path, id: u8) -> (PathBuf, Vec<u8>) {
        let path = folder.join("j.db");
        let mut store = Store::create(&path, seed(id)).unwrap();
        let lines: Vec<Change> = (1..=LINES)
            .map(|number| {
                Change::RecordHelpLine(OwnHelpLine {
                    id: EntryId::from_bytes(number.to_be_bytes()),
                    name: format!("{MARK} {number}"),
                    contact: "12".to_owned(),
                })
            })
            .collect();
        store.apply(&lines, seed(id).now).unwrap();
        store.set_passphrase(&passphrase()).unwrap();
        drop(store);
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    }

    fn salvage(path: &Path, to: &Path, id: u8) -> Result<Salvaged> {
        fs::remove_file(to).ok();
        Store::salvage(path, &Ours::default().journal(to).unwrap(), seed(id))
    }

    fn lines(to: &Path) -> usize {
        let store = Store::open(to).unwrap();
        store.settings().unwrap().help_lines.len()
    }

    fn plain_files(folder: &Path) -> Vec<PathBuf> {
        let files = fs::read_dir(folder).unwrap().flatten();
        let files = files.map(|file| file.path()).filter(|file| file.is_file());
        let is_plain = |file: &PathBuf| {
            let bytes = fs::read(file).unwrap();
            bytes
                .windows(MARK.len())
                .any(|part| part == MARK.as_bytes())
        };
        files.filter(is_plain).collect()
    }

    #[test]
    fn whichever_page_of_an_encrypted_journal_is_damaged_the_others_come_over_encrypted() {
        let folder = tempfile::tempdir().unwrap();
        let (path, whole) = journal(folder.path(), 61);
        let to = folder.path().join("saved.db");
        let pages = whole.len() / PAGE;
        let mut harmed = 0;
        for page in 0..pages {
            let mut bytes = whole.clone();
            // Behind what stands open at the beginning of the file.
            bytes[page * PAGE + 700] ^= 1;
            fs::write(&path, &bytes).unwrap();
            let salvaged = salvage(&path, &to, 61);
            assert!(salvaged.is_ok(), "page {}: {salvaged:?}", page + 1);
            let came = lines(&to);
            // No page holds more of these lines.
            assert!(came >= 400 - 80, "page {}: {came}", page + 1);
            harmed += usize::from(came < 400);
            assert!(matches!(Door::of(&to).unwrap(), Door::Locked(_)));
            assert_eq!(plain_files(folder.path()), Vec::<PathBuf>::new());
            assert_eq!(fs::read(&path).unwrap(), bytes, "a salvage only reads");
        }
        assert!(harmed > 3, "the damage was never felt");
    }

    #[test]
    fn a_journal_that_lost_its_beginning_is_known_by_the_header_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (path, whole) = journal(folder.path(), 62);
        let to = folder.path().join("saved.db");
        let name = KeyName::in_head(&whole).unwrap();
        for lost in [1, 16, 24, 512, PAGE] {
            let mut bytes = whole.clone();
            bytes[..lost].fill(0);
            fs::write(&path, &bytes).unwrap();
            held::let_go(name);
            assert!(matches!(
                salvage(&path, &to, 62),
                Err(StoreError::Sealed(_))
            ));
            let Door::Locked(door) = Door::of(&path).unwrap() else {
                panic!("{lost} bytes are gone, and it is taken for a plain file");
            };
            let wrong = door.unlock(&Passphrase::new("two").unwrap());
            assert!(matches!(wrong, Err(StoreError::WrongPassphrase(_))));
            door.unlock(&passphrase()).unwrap();
            // Damage, and never a wrong passphrase or a file of another program; and nothing writes to it.
            let opened = Store::open(&path).map(drop);
            assert!(
                matches!(opened, Err(StoreError::Damaged { .. })),
                "{opened:?}"
            );
            salvage(&path, &to, 62).unwrap();
            assert_eq!(lines(&to), 400, "{lost} bytes");
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn an_encrypted_journal_that_was_cut_off_gives_what_is_left_and_noise_gives_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, whole) = journal(folder.path(), 63);
        let to = folder.path().join("saved.db");
        fs::write(&path, &whole[..whole.len() / 10 * 9 + 100]).unwrap();
        salvage(&path, &to, 63).unwrap();
        assert!(lines(&to) > 0);
        let mut noise = whole.clone();
        let mut random = fastrand::Rng::with_seed(5);
        noise[24..].fill_with(|| random.u8(..));
        for bytes in [noise, whole[..16].to_vec(), whole[..PAGE + 9].to_vec()] {
            fs::write(&path, &bytes).unwrap();
            let nothing = salvage(&path, &to, 63);
            assert!(
                matches!(
                    nothing,
                    Err(StoreError::Damaged { .. } | StoreError::NotAJournal(_))
                ),
                "{nothing:?}"
            );
            assert!(!to.exists());
        }
    }
}
