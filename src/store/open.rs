//! Making, recognising and opening a journal file.
//!
//! Invariant: a new journal is made whole in a temporary file and renamed, so a file of 0 bytes is damage, never "new"; a
//! file that is not ours, is newer, or is damaged is refused before `SQLite` is let near it.

use super::error::{Result, StoreError};
use super::hybrid_clock::{Clock, Stamp};
use super::migrations;
use super::migrations::{APPLICATION_ID, MIGRATIONS};
use super::undo_log::Unchecked;
use super::{Store, folder, read};
use crate::domain::check_in::symptom::{Origin, Symptoms};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, MAIN_DB, OpenFlags, OptionalExtension, params};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;

/// What a new journal starts from: the moment, and sixteen random bytes each for the file and the device.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// The moment of making.
    pub now: DateTime<Utc>,
    /// The file's own id.
    pub journal: [u8; 16],
    /// This machine's id in edit times.
    pub device: [u8; 16],
}

/// The wait for another process.
const BUSY: Duration = Duration::from_secs(2);
const HEADER: &[u8; 16] = b"SQLite format 3\0";

impl Store {
    /// Makes a new journal at `path`, with the folders above it (0700), readable by nobody else (0600), and opens it.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when something stands there; nothing is touched then.
    pub fn create(path: &Path, seed: Seed) -> Result<Self> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut builder = std::fs::DirBuilder::new();
        builder
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(StoreError::io("making the journal's folder"))?;
        let temp = tempfile::Builder::new()
            .prefix(".ebb-new-")
            .suffix(".db")
            .tempfile_in(folder);
        let temp = temp.map_err(StoreError::io("making the journal"))?;
        {
            let mut db = Connection::open(temp.path())?;
            // The file is nobody's yet: no journal beside it, one sync at the end.
            db.pragma_update(None, "journal_mode", "MEMORY")?;
            found(&mut db, seed)?;
        }
        temp.as_file()
            .sync_all()
            .map_err(StoreError::io("making the journal"))?;
        temp.persist_noclobber(path)
            .map_err(|error| match error.error.kind() {
                std::io::ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
                _ => StoreError::io("making the journal")(error.error),
            })?;
        folder::sync(folder, "making the journal")?;
        Self::open(path)
    }

    /// Opens the journal at `path`, bringing an older form up to date after a verified copy.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, MIGRATIONS)
    }

    /// [`Store::open`] with other forms than the real ones: how later migrations are tested before they exist.
    pub fn open_with(path: &Path, forms: &[(&str, &str)]) -> Result<Self> {
        recognise(path, forms)?;
        let mut db = connect(path).map_err(|error| StoreError::from(error).at(path))?;
        let ready = prepare(&db).and_then(|()| migrations::migrate(&mut db, Some(path), forms));
        ready.map_err(|error| error.at(path))?;
        let store = Self::with(db).map_err(|error| error.at(path))?;
        Ok(Self {
            path: Some(path.to_owned()),
            ..store
        })
    }

    /// Another journal, read through a copy of it that nobody else can read and that goes with the answer's second part.
    /// The file itself is never written, whatever form it has.
    pub(super) fn open_private_copy(
        path: &Path,
        beside: Option<&Path>,
    ) -> Result<(Self, tempfile::NamedTempFile)> {
        recognise(path, MIGRATIONS)?;
        let folder = beside.and_then(Path::parent);
        let folder = folder
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let temp = tempfile::Builder::new()
            .prefix(".ebb-other-")
            .suffix(".db")
            .tempfile_in(folder)
            .map_err(StoreError::io("reading the other journal"))?;
        let taken = copy_quietly(path, temp.path());
        taken.map_err(|error| error.at(path))?;
        let mut db = connect(temp.path())?;
        let ready = prepare(&db).and_then(|()| {
            // A value that no version writes is a matter of its row, not of the file.
            let unchecked = Unchecked::begin(&db)?;
            let sound: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            drop(unchecked);
            if sound != "ok" {
                return Err(StoreError::Damaged {
                    path: path.to_owned(),
                    what: "it does not read back whole".to_owned(),
                });
            }
            migrations::migrate(&mut db, None, MIGRATIONS)
        });
        ready.map_err(|error| error.at(path))?;
        let store = Self::with(db).map_err(|error| error.at(path))?;
        Ok((store, temp))
    }

    /// A journal in memory: the demo's and the tests'.
    pub fn in_memory(seed: Seed) -> Result<Self> {
        let mut db = Connection::open_in_memory()?;
        found(&mut db, seed)?;
        prepare(&db)?;
        Self::with(db)
    }

    fn with(db: Connection) -> Result<Self> {
        db.set_prepared_statement_cache_capacity(64);
        let clock = clock_of(&db)?;
        let store = Self {
            db,
            path: None,
            clock,
            rows_read: Cell::new(0),
            unread: RefCell::default(),
            data_version: Cell::new(None),
        };
        store.learn_new_symptoms()?;
        store.was_changed_elsewhere()?;
        Ok(store)
    }

    /// Opens the file anew: after an answer of the disk that leaves open what was written.
    pub(super) fn reopen(&mut self) -> Result<()> {
        let Some(path) = self.path.clone() else {
            return Ok(());
        };
        self.db = connect(&path).map_err(|error| StoreError::from(error).at(&path))?;
        prepare(&self.db)?;
        self.clock = clock_of(&self.db)?;
        Ok(())
    }

    /// Symptoms that a newer catalogue has and this file has not.
    pub(super) fn learn_new_symptoms(&self) -> Result<()> {
        let known: u16 = self.db.query_row(
            "SELECT count(*) FROM symptom WHERE origin <> 'own'",
            [],
            |row| row.get(0),
        )?;
        let built_in = Symptoms::built_in();
        if usize::from(known) >= built_in.iter().count() {
            return Ok(());
        }
        let stamp = self.clock.stamp(DateTime::UNIX_EPOCH);
        insert_symptoms(&self.db, &built_in, stamp)
    }
}

/// Looks at the first bytes of a file without changing anything.
pub(super) fn recognise(path: &Path, forms: &[(&str, &str)]) -> Result<()> {
    let mut head = Vec::with_capacity(100);
    match File::open(path) {
        Ok(file) => file
            .take(100)
            .read_to_end(&mut head)
            .map_err(StoreError::io("reading the journal"))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::NoJournal(path.to_owned()));
        }
        Err(error) => return Err(StoreError::io("opening the journal")(error)),
    };
    let damaged = |what: &str| StoreError::Damaged {
        path: path.to_owned(),
        what: what.to_owned(),
    };
    if head.is_empty() {
        return Err(damaged("it is 0 bytes long"));
    }
    if !head.starts_with(HEADER) {
        return Err(StoreError::NotAJournal(path.to_owned()));
    }
    // File format: user_version stands at byte 60, application_id at byte 68, both big-endian.
    let word = |at: usize| {
        head.get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map(u32::from_be_bytes)
    };
    match (word(68), word(60)) {
        (Some(id), _) if id != APPLICATION_ID.cast_unsigned() => {
            Err(StoreError::NotAJournal(path.to_owned()))
        }
        (Some(_), Some(0)) => Err(damaged("it has no form")),
        (Some(_), Some(form)) => migrations::refuse_newer(form, forms),
        _ => Err(damaged("it ends within its first page")),
    }
}

/// Whether there is a journal at `path`, also one of another version or a damaged one.
pub fn is_journal(path: &Path) -> bool {
    let mut head = [0; 72];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let id = APPLICATION_ID.cast_unsigned().to_be_bytes();
    read.is_ok() && head.starts_with(HEADER) && head.ends_with(&id)
}

/// Copies a database that another program may be writing to; waits for it as long as for any other.
fn copy_quietly(path: &Path, to: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from = Connection::open_with_flags(path, flags)?;
    from.busy_timeout(BUSY)?;
    let mut copy = Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new_with_names(&from, MAIN_DB, &mut copy, MAIN_DB)?;
    match backup.step(-1)? {
        rusqlite::backup::StepResult::Done => Ok(()),
        _ => Err(StoreError::Locked),
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

/// Opens a copy that we made beside a journal, in whichever form it has, to take something out of it.
pub(super) fn connect_to_copy(path: &Path) -> Result<Connection> {
    recognise(path, MIGRATIONS)?;
    let db = connect(path)?;
    prepare(&db)?;
    // Nothing may stay beside a copy.
    db.execute_batch("PRAGMA journal_mode=DELETE;")?;
    Ok(db)
}

/// TRUNCATE with synchronous=EXTRA: of the modes tried, one that loses no confirmed entry at a power cut and needs no file
/// beside the journal to be whole. WAL keeps confirmed entries in a second file, which people do not copy.
pub(super) fn prepare(db: &Connection) -> Result<()> {
    db.busy_timeout(BUSY)?;
    db.execute_batch(
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;
         PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;
         PRAGMA cache_size=-512;",
    )?;
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

/// Gives an empty database its form and its first rows.
fn found(db: &mut Connection, seed: Seed) -> Result<()> {
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::migrate(db, None, MIGRATIONS)?;
    let clock = Clock::new(seed.device, None)?;
    let tx = db.transaction()?;
    {
        let mut fact = tx.prepare("INSERT INTO journal (key, value) VALUES (?1, ?2)")?;
        fact.execute(params!["id", read::hex(&seed.journal)])?;
        fact.execute(params!["device", read::hex(&seed.device)])?;
        fact.execute(params!["scale", "severity_0_4"])?;
        fact.execute(params!["made_utc", seed.now.timestamp().to_string()])?;
    }
    insert_symptoms(&tx, &Symptoms::built_in(), clock.stamp(seed.now))?;
    tx.commit()?;
    Ok(())
}

fn insert_symptoms(db: &Connection, symptoms: &Symptoms, stamp: Stamp) -> Result<()> {
    let mut insert = db.prepare(
        "INSERT INTO symptom (code, name, category, origin, rated, edited) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (code) DO NOTHING",
    )?;
    for symptom in symptoms {
        let origin = if symptom.origin == Origin::Core {
            "core"
        } else {
            "extended"
        };
        insert.execute(params![
            symptom.code,
            symptom.name,
            symptom.category.code(),
            origin,
            symptom.rated,
            stamp.0
        ])?;
    }
    Ok(())
}

pub(super) fn clock_of(db: &Connection) -> Result<Clock> {
    let last = db.query_row(
        "SELECT max(edited) FROM (SELECT edited FROM (SELECT edited FROM log_step WHERE length(edited) = 24 ORDER BY id DESC LIMIT 1)
                                  UNION ALL SELECT edited FROM erased WHERE length(edited) = 24)",
        [],
        |row| row.get::<_, Option<Vec<u8>>>(0),
    )?;
    let last = last.and_then(|bytes| Stamp::read(&bytes).ok());
    // What undo, redo and merges came to.
    let sql = "SELECT value FROM journal WHERE key = 'clock'";
    let kept: Option<String> = db.query_row(sql, [], |row| row.get(0)).optional()?;
    let kept = kept.and_then(|kept| read::unhex(&kept));
    let kept = kept.and_then(|bytes| Stamp::read(&bytes).ok());
    Clock::new(device(db)?, last.max(kept))
}

/// The name under which this file stamps its edits.
fn device(db: &Connection) -> Result<[u8; 16]> {
    let named = device_of(db)?;
    named
        .try_into()
        .map_err(|_| StoreError::Unreadable("the device"))
}

/// The device of a journal, as it stands in its stamps.
pub(super) fn device_of(db: &Connection) -> Result<Vec<u8>> {
    let sql = "SELECT value FROM journal WHERE key = 'device'";
    let device: Option<String> = db.query_row(sql, [], |row| row.get(0)).optional()?;
    if let Some(device) = device.and_then(|device| read::unhex(&device)) {
        return Ok(device);
    }
    // Where the name cannot be read any more, the last step has it: the sixteen bytes behind its time.
    let sql =
        "SELECT substr(edited, 9) FROM log_step WHERE length(edited) = 24 ORDER BY id DESC LIMIT 1";
    let last = db.query_row(sql, [], |row| row.get(0)).optional()?;
    last.ok_or(StoreError::Unreadable("the device"))
}
