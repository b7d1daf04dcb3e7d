//! Making, recognising and opening a journal file.
//!
//! Invariant: a new journal is made whole in a temporary file and renamed, so a file of 0 bytes is damage, never "new".
//! A file of another program, of a newer version, or with a damaged head is refused before `SQLite` opens it.

use super::backup::copy;
use super::error::{Result, StoreError};
use super::folder::temporary::{BESIDE, Sweep, Unfinished};
use super::hybrid_clock::{Clock, Stamp};
use super::integrity::structure::{self, Look};
use super::integrity::sum;
use super::integrity::sum::Gap;
use super::key::{Key, KeyName, connection, door, held, known};
use super::migrations;
use super::migrations::{APPLICATION_ID, MIGRATIONS};
use super::place::FileId;
use super::undo_log::Unchecked;
use super::{Store, folder, read};
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::check_in::symptom::{Origin, Symptom, Symptoms};
use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, OptionalExtension, params};
use std::cell::{Cell, OnceCell, RefCell};
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt};
use std::path::Path;
use std::time::Duration;

/// The moment and the random ids that a new journal starts from. The caller draws them, so tests can fix them.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// The moment of making.
    pub now: DateTime<Utc>,
    /// The file's own id.
    pub journal: [u8; 16],
    /// This machine's id in edit times.
    pub device: [u8; 16],
}

// Long enough for any save of another process, short enough that nobody takes the program for dead.
/// How long a write waits for another process.
pub(super) const BUSY: Duration = Duration::from_secs(2);

impl Store {
    /// Makes a new journal at `path`, with the folders above it (0700), readable by nobody else (0600), and opens it.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file at `path`; it is not touched.
    pub fn create(path: &Path, seed: Seed) -> Result<Self> {
        // `symlink_metadata`, so that a dangling link counts as a file too: a journal made behind it would lie
        // somewhere unexpected.
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
            .map_err(StoreError::io_at("making the journal's folder", folder))?;
        let temp = Unfinished::New.file_in(folder);
        let temp = temp.map_err(StoreError::io_at("making the journal", path))?;
        {
            let mut db = Connection::open(temp.path())?;
            // No other program knows this file yet, so a rollback journal in memory and one sync at the end are enough.
            db.pragma_update(None, "journal_mode", "MEMORY")?;
            initialise(&mut db, seed)?;
        }
        temp.as_file()
            .sync_all()
            .map_err(StoreError::io_at("making the journal", path))?;
        // Another process may have made a journal here since the check above; its file must win.
        temp.persist_noclobber(path)
            .map_err(|error| match error.error.kind() {
                std::io::ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
                _ => StoreError::io_at("making the journal", path)(error.error),
            })?;
        folder::sync(folder, "making the journal")?;
        Self::open(path)
    }

    /// Opens the journal at `path`, bringing an older form up to date after a verified copy.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, MIGRATIONS)
    }

    /// [`Store::open`] with another list of forms, so that tests can try migrations that do not exist yet.
    pub fn open_with(path: &Path, forms: &[(&str, &str)]) -> Result<Self> {
        recognise(path, forms)?;
        // Before a migration, which may need the room.
        Self::sweep_folders(path, Sweep::Start);
        let begun = migrated(path, forms).map_err(|error| error.at(path))?;
        let Begun {
            db,
            key,
            is_stand_in,
        } = begun;
        if key.is_some() {
            // The older copies may be under the keys that the journal had before.
            known::hold(&db).ok();
        }
        let store = Self::with(db).map_err(|error| error.at(path))?;
        if is_stand_in {
            store.refuse_writes()?;
        }
        let store = Self {
            path: Some(path.to_owned()),
            is_stand_in,
            file: FileId::at(path),
            key,
            ..store
        };
        store.finish_rewrite();
        Ok(store)
    }

    /// Opens a private copy of another journal. The file itself is never written, whatever form it has. Dropping the second
    /// value deletes the copy.
    pub(super) fn open_private_copy(
        path: &Path,
        beside: Option<&Path>,
        key: Option<&Key>,
    ) -> Result<(Self, tempfile::NamedTempFile)> {
        recognise(path, MIGRATIONS)?;
        let folder = beside.and_then(Path::parent);
        let folder = folder
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let temp = Unfinished::Other
            .file_in(folder)
            .map_err(StoreError::io_at("reading the other journal", folder))?;
        copy_quietly(path, temp.path(), key).map_err(|error| error.at(path))?;
        let mut db = connect(temp.path())?;
        let ready = prepare(&db).and_then(|()| {
            // Nobody needs this copy after a crash, and in memory no file of SQLite's own lies beside it.
            db.execute_batch("PRAGMA journal_mode=MEMORY")?;
            // The check reports rows that break a CHECK, too. Such a row is skipped when it is read, so it must not
            // make the whole file count as damaged.
            let unchecked = Unchecked::begin(&db)?;
            let sound = structure::is_sound(&db, Look::Whole);
            drop(unchecked);
            if !sound? {
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

    /// A journal in memory, for the demo and for tests.
    pub fn in_memory(seed: Seed) -> Result<Self> {
        let mut db = Connection::open_in_memory()?;
        initialise(&mut db, seed)?;
        prepare(&db)?;
        Self::with(db)
    }

    fn with(db: Connection) -> Result<Self> {
        // A session uses more statements than the default of 16, and a save should not parse its SQL again.
        db.set_prepared_statement_cache_capacity(64);
        // Asked in one transaction: each on its own would take the lock anew, with eight calls of the system.
        let tx = db.unchecked_transaction()?;
        let id = journal_id(&db);
        // In a read-only place the journal opens without them.
        let lacks_symptoms = !db.is_readonly(MAIN_DB)? && lacks_symptoms(&db)?;
        // So that the next question compares with the state at opening.
        let data_version = Cell::new(Some(super::data_version(&db)?));
        drop(tx);
        let store = Self {
            db,
            path: None,
            file: None,
            id,
            key: None,
            clock: OnceCell::new(),
            rows_read: Cell::new(0),
            unread: RefCell::default(),
            data_version,
            must_reopen: false,
            is_stand_in: false,
            is_renewed: false,
        };
        if lacks_symptoms {
            store.learn_new_symptoms()?;
        }
        Ok(store)
    }

    /// Opens the file again. After an I/O error `SQLite` may hold pages that differ from those on the disk.
    pub(super) fn reopen(&mut self) -> Result<()> {
        let Some(path) = self.path.clone() else {
            return Ok(());
        };
        // Another file may be there by now, and this journal's words must not go into it.
        let file = FileId::at(&path);
        let is_renewed = file != self.file;
        // A copy in memory holds no pages that the disk could have changed.
        if self.is_stand_in && !is_renewed {
            return Ok(());
        }
        self.must_reopen = true;
        if is_renewed && !(file.is_some() && self.is_of_this_journal(&path)) {
            return Err(self
                .problem_of(self.look())
                .unwrap_or(StoreError::NoJournal(path)));
        }
        // The old connection goes first: after a failed rollback it still holds its lock.
        if is_renewed {
            Begun {
                db: self.db,
                key: self.key,
                is_stand_in: self.is_stand_in,
            } = migrated(&path, MIGRATIONS)?;
            if self.is_stand_in {
                self.refuse_writes()?;
            }
            self.unread.take();
            self.file = file;
            self.is_renewed = true;
        } else {
            self.db = connect(&path).map_err(|error| error.at(&path))?;
            prepare(&self.db)?;
        }
        self.clock.take();
        self.id = journal_id(&self.db);
        self.must_reopen = false;
        Ok(())
    }

    /// The clock that stamps the edits.
    pub(super) fn clock(&self) -> Result<&Clock> {
        if let Some(clock) = self.clock.get() {
            return Ok(clock);
        }
        let clock = self.named(clock_of(&self.db))?;
        Ok(self.clock.get_or_init(|| clock))
    }

    /// What would go into a copy in memory would be lost.
    fn refuse_writes(&self) -> Result<()> {
        Ok(self.db.execute_batch("PRAGMA query_only=ON")?)
    }

    /// Looks before a write where the file is, and opens it again if that did not work after an earlier error. A connection
    /// that is only half prepared would write less safely.
    pub(super) fn ready(&mut self) -> Result<()> {
        self.refuse_elsewhere()?;
        if self.must_reopen {
            let outcome = self.reopen();
            self.named(outcome)?;
        }
        Ok(())
    }

    /// Adds the built-in symptoms that the file does not have yet, because an older program made it.
    pub(super) fn learn_new_symptoms(&self) -> Result<()> {
        if !lacks_symptoms(&self.db)? {
            return Ok(());
        }
        let built_in = Symptoms::built_in();
        // Not the present time: in a merge a default must lose against any choice of a person.
        let stamp = self.clock()?.stamp(DateTime::UNIX_EPOCH);
        // All of them with their sums, or none: a row that a killed start left without its sum would look damaged.
        let tx = self.db.unchecked_transaction()?;
        insert_symptoms(&tx, &built_in, stamp)?;
        tx.commit()?;
        Ok(())
    }
}

fn lacks_symptoms(db: &Connection) -> Result<bool> {
    // Own ones have a uid, and the index of those answers it without the rows.
    let sql = "SELECT count(*) FROM symptom WHERE uid IS NULL";
    let count: u16 = db.query_row(sql, [], |row| row.get(0))?;
    Ok(usize::from(count) < catalogue().symptoms.len())
}

/// Refuses the path of a journal where something else than a plain file is. Opens nothing: the opening of a pipe waits for
/// another program, and that of a device may do something.
pub(crate) fn refuse_no_file(path: &Path) -> Result<()> {
    let Ok(meta) = path.metadata() else {
        return Ok(());
    };
    let kind = meta.file_type();
    let what = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    };
    Err(StoreError::NoJournalFile {
        path: path.to_owned(),
        what,
    })
}

/// Checks the first bytes of a file: whether it is a journal, of a form in `forms`. Changes nothing.
pub(super) fn recognise(path: &Path, forms: &[(&str, &str)]) -> Result<()> {
    let mut head = Vec::with_capacity(100);
    refuse_no_file(path)?;
    match File::open(path) {
        Ok(file) => file
            .take(100)
            .read_to_end(&mut head)
            .map_err(StoreError::io_at("reading the journal", path))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(match folder::placeholder(path) {
                Some(placeholder) => StoreError::NotHere {
                    path: path.to_owned(),
                    placeholder,
                },
                None => StoreError::NoJournal(path.to_owned()),
            });
        }
        Err(error) => return Err(StoreError::io_at("opening the journal", path)(error)),
    };
    if KeyName::in_head(&head).is_some() {
        return recognise_under_key(path, forms);
    }
    let damaged = |what: &str| StoreError::Damaged {
        path: path.to_owned(),
        what: what.to_owned(),
    };
    // SQLite would take an empty file for a new database and hide the loss of a journal.
    if head.is_empty() {
        return Err(damaged("it is 0 bytes long"));
    }
    let first = head.first_chunk();
    if first.is_some_and(|first| door::name_of_headless(path, first).is_some()) {
        return Err(damaged(connection::HEADLESS));
    }
    if !head.starts_with(door::PLAIN_HEAD) {
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

/// [`recognise`] for an encrypted file: its head can only be read through its key.
fn recognise_under_key(path: &Path, forms: &[(&str, &str)]) -> Result<()> {
    match copy::read_only(path) {
        Ok(db) => recognise_open(&db, path, forms),
        // A save was cut short, and only a writing connection takes it back. What stands in the file meanwhile says nothing, so
        // that whoever opens it for writing looks again.
        Err(StoreError::ReadOnly { .. }) if has_rollback_journal(path) => Ok(()),
        Err(error) => Err(error),
    }
}

fn has_rollback_journal(path: &Path) -> bool {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut journal = real.into_os_string();
    journal.push(BESIDE[0]);
    Path::new(&journal)
        .metadata()
        .is_ok_and(|meta| meta.len() > 0)
}

/// [`recognise`] for a file that is open.
fn recognise_open(db: &Connection, path: &Path, forms: &[(&str, &str)]) -> Result<()> {
    let number = |name: &str| -> Result<u32> {
        Ok(db
            .pragma_query_value(None, name, |row| row.get::<_, i32>(0))?
            .cast_unsigned())
    };
    if number("application_id")? != APPLICATION_ID.cast_unsigned() {
        return Err(StoreError::NotAJournal(path.to_owned()));
    }
    match number("user_version")? {
        0 => Err(StoreError::Damaged {
            path: path.to_owned(),
            what: "it has no form".to_owned(),
        }),
        form => migrations::refuse_newer(form, forms),
    }
}

/// Whether the file at `path` has the head of a journal. Its version and its other pages are not looked at.
pub fn is_journal(path: &Path) -> bool {
    let mut head = [0; 72];
    // Before the opening: that of a pipe waits without end.
    if !path.is_file() {
        return false;
    }
    let outcome = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let id = APPLICATION_ID.cast_unsigned().to_be_bytes();
    // The 72 bytes end with the four of application_id.
    let is_plain = head.starts_with(door::PLAIN_HEAD) && head.ends_with(&id);
    // What is under a key is one of ours; the key tells the rest.
    outcome.is_ok() && (is_plain || KeyName::in_head(&head).is_some())
}

/// Copies a database that another program may be writing to, after a wait of at most [`BUSY`].
///
/// The copy is under `key`, the reader's own, or else under that of the file: what is encrypted never lies about plain.
fn copy_quietly(path: &Path, to: &Path, key: Option<&Key>) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let from = connection::open(path, flags)?;
    from.busy_timeout(BUSY)?;
    let of_file = door::name_at(path).and_then(held::get);
    // The backup API and not a copy of bytes: a write in progress would leave the copy torn.
    copy::transcribe(&from, to, key.or(of_file.as_ref()))
}

pub(super) fn connect(path: &Path) -> Result<Connection> {
    Ok(connect_with_key(path)?.0)
}

fn connect_with_key(path: &Path) -> Result<(Connection, Option<Key>)> {
    // Without CREATE: SQLite must not make an empty database where a journal was deleted a moment ago. NO_MUTEX: a
    // connection stays on its thread.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    connection::open_with_key(path, flags)
}

/// Opens one of our own copies for writing, to erase entries from it. The copy keeps its form.
pub(super) fn connect_to_copy(path: &Path) -> Result<Connection> {
    recognise(path, MIGRATIONS)?;
    let (db, key) = connect_with_key(path)?;
    if key.is_some() {
        recognise_open(&db, path, MIGRATIONS)?;
    }
    prepare(&db)?;
    // TRUNCATE would leave an empty `-journal` file beside the copy; DELETE leaves none.
    db.execute_batch("PRAGMA journal_mode=DELETE;")?;
    Ok(db)
}

/// A journal that was just opened, in the newest form.
struct Begun {
    db: Connection,
    /// The key of the file that was opened.
    key: Option<Key>,
    /// Whether it is a copy in memory, because nothing can be written where the file lies.
    is_stand_in: bool,
}

/// Opens the journal at `path` and brings it to the newest form.
fn migrated(path: &Path, forms: &[(&str, &str)]) -> Result<Begun> {
    let (mut db, key) = connect_with_key(path)?;
    if key.is_some() {
        recognise_open(&db, path, forms)?;
    }
    let ready = prepare(&db).and_then(|()| migrations::migrate(&mut db, Some(path), forms));
    let is_stand_in = ready.as_ref().is_err_and(StoreError::is_of_a_fixed_place);
    if is_stand_in {
        db = stand_in(&db, forms)?;
    } else {
        ready?;
    }
    Ok(Begun {
        db,
        key,
        is_stand_in,
    })
}

/// A copy in memory of a journal of an older form whose place cannot be written to, in the newest form. It can be read, and
/// a write to it is refused as one to the file would be.
fn stand_in(db: &Connection, forms: &[(&str, &str)]) -> Result<Connection> {
    let mut copy = copy::into_memory(db)?;
    prepare(&copy)?;
    migrations::migrate(&mut copy, None, forms)?;
    Ok(copy)
}

/// Sets the pragmas of every connection to a journal.
pub(super) fn prepare(db: &Connection) -> Result<()> {
    db.busy_timeout(BUSY)?;
    // TRUNCATE with EXTRA lost no confirmed entry in simulated power cuts. WAL keeps confirmed entries in a second file, and
    // people who copy a journal copy one file.
    // secure_delete: a deleted note must not stay readable in the raw file; temp_store keeps notes out of temporary files.
    // The first three are SQLite's advice for files from elsewhere: a restored copy may be damaged or made to do harm.
    // The small cache keeps memory low; a load reads every page once.
    db.execute_batch(
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;
         PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;
         PRAGMA cache_size=-512;",
    )?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A journal in memory was opened elsewhere.
    connection::keep_plans(db)?;
    read::teach(db)
}

/// Gives an empty database its tables and first rows.
fn initialise(db: &mut Connection, seed: Seed) -> Result<()> {
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

pub(super) fn insert_symptoms(db: &Connection, symptoms: &Symptoms, stamp: Stamp) -> Result<()> {
    let mut insert = db.prepare(
        "INSERT INTO symptom (code, name, category, origin, rated, edited) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (code) DO NOTHING",
    )?;
    for symptom in symptoms {
        let fresh = insert.execute(params![
            symptom.code,
            symptom.name,
            symptom.category.code(),
            origin(symptom),
            symptom.rated,
            stamp.0
        ])?;
        // A row that was there keeps its sum, also a wrong one.
        if fresh > 0 {
            let key = symptom.code.clone().into();
            sum::write(db, &sum::SYMPTOM, "code", &key, Gap::NONE)?;
        }
    }
    Ok(())
}

/// The stored word for the origin of a built-in symptom.
pub(super) fn origin(symptom: &Symptom) -> &'static str {
    if symptom.origin == Origin::Core {
        "core"
    } else {
        "extended"
    }
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
    // Undo and redo stamp rows without a new step, so their last stamp is stored apart.
    let stored: Option<String> = db.query_row(sql, [], |row| row.get(0)).optional()?;
    let stored = stored.and_then(|stored| read::unhex(&stored));
    let stored = stored.and_then(|bytes| Stamp::read(&bytes).ok());
    let device = device_of(db)?.try_into();
    let device = device.map_err(|_| StoreError::Unreadable("the device"))?;
    Clock::new(device, last.max(stored))
}

/// The journal's own id.
pub(super) fn journal_id(db: &Connection) -> String {
    let sql = "SELECT value FROM journal WHERE key = 'id'";
    let id = db.query_row(sql, [], |row| row.get::<_, String>(0));
    // A journal with a damaged id opens all the same; no other file counts as one of its own then.
    id.unwrap_or_default()
}

/// The device id in the stamps of a journal.
pub(super) fn device_of(db: &Connection) -> Result<Vec<u8>> {
    let sql = "SELECT value FROM journal WHERE key = 'device'";
    let device: Option<String> = db.query_row(sql, [], |row| row.get(0)).optional()?;
    if let Some(device) = device.and_then(|device| read::unhex(&device)) {
        return Ok(device);
    }
    // If that row is damaged, the stamp of the last step has the id too: the sixteen bytes after the time.
    let sql =
        "SELECT substr(edited, 9) FROM log_step WHERE length(edited) = 24 ORDER BY id DESC LIMIT 1";
    let last = db.query_row(sql, [], |row| row.get(0)).optional()?;
    last.ok_or(StoreError::Unreadable("the device"))
}
