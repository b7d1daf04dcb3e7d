//! Restores a copy: a preview of its content, and the replacement of the journal.
//!
//! Invariant: the copy is never changed. Its content is staged in memory, checked, migrated to the newest form and freed of
//! entries that were erased for good, before the journal is touched. The present journal is copied first. The replacement is
//! one transaction in the file that other programs have open, or one rename if that file is no longer readable. It is no
//! step of the undo log, since the journal comes with the log of its copy.

use super::Copy;
use super::copy;
use super::copy::Occupant;
use super::rotation;
use super::rotation::CopyKind;
use super::with_ending;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::record::kind::Kind;
use crate::store::backup;
use crate::store::commit::{Trace, Written};
use crate::store::error::{Result, StoreError};
use crate::store::folder::temporary::{BESIDE, Unfinished};
use crate::store::integrity::structure::{self, Look};
use crate::store::integrity::sum;
use crate::store::key::header::{Found, Header};
use crate::store::key::seal::Seal;
use crate::store::key::{Key, header, known, seal};
use crate::store::{MIGRATIONS, Store, bin, folder, migrations, open};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The content of a copy in numbers, without entries in the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub(crate) path: PathBuf,
    /// When it was made, from its name, or else the time of the file.
    pub(crate) made_at: DateTime<Utc>,
    /// The form of the file.
    pub form: u32,
    /// The number of entries of each kind.
    pub counts: Vec<(BinKind, usize)>,
    /// The first and the last logical day with a check-in or a record.
    pub(crate) days: Option<(NaiveDate, NaiveDate)>,
    /// Rows in it that do not match their sums. They come back as they are.
    pub(crate) differing: usize,
    /// The comparison with the present journal; `None` if there is none that can be read.
    pub against: Option<Difference>,
}

/// The differences between a copy and the present journal, counted by kind. Kinds without a difference are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Entries only in the present journal, which a restore would remove.
    pub goes: Vec<(BinKind, usize)>,
    /// Entries only in the copy, which a restore would bring back.
    pub comes_back: Vec<(BinKind, usize)>,
    /// In both, but edited since.
    pub(crate) differs: Vec<(BinKind, usize)>,
}

/// The outcome of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The copy of the journal as it was before; `None` if there was no journal.
    pub kept: Option<Copy>,
    /// How many rows of the copy were erased for good since it was made, and stay erased.
    pub stay_erased: usize,
}

/// The rows outside the bin: kind, id, and the stamp of the last edit.
type Rows = BTreeMap<(BinKind, [u8; 16]), [u8; 24]>;

const RESTORING: &str = "restoring the journal";

impl Store {
    /// Compares a copy with this journal. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::NewerJournal`], [`StoreError::NotAJournal`], [`StoreError::DamagedCopy`].
    pub fn preview(&self, path: &Path) -> Result<Preview> {
        preview(path, Some(&self.db))
    }

    /// [`Store::preview`] without a journal to compare with.
    pub(crate) fn preview_alone(path: &Path) -> Result<Preview> {
        preview(path, None)
    }

    /// Replaces the content of this journal with that of the file at `path`, after a copy of the present content. Other
    /// programs that have the journal open see the change as any other.
    ///
    /// # Errors
    /// Those of [`Store::preview`], and those of the disk. The journal is as it was then.
    pub fn restore_from(&mut self, path: &Path, now: DateTime<Utc>) -> Result<Restored> {
        self.ready()?;
        let mut staged = stage(path)?.1;
        let stay_erased = keep_erased(&self.db, &mut staged)?;
        let journal = self.path.clone();
        keep_known(&self.db, &staged, self.key.as_ref())?;
        let journal_key = self.key.clone();
        let kept = match (self.back_up(CopyKind::BeforeRestore, now), &journal) {
            (Ok(copy), _) => copy,
            // A damaged journal cannot be copied page by page; it is kept byte for byte instead.
            (Err(StoreError::Damaged { .. }), Some(journal)) => set_aside(journal, now)?,
            (Err(error), _) => return Err(error),
        };
        // The cached statements were prepared for the old content.
        self.db.flush_prepared_statement_cache();
        // Pages go from an encrypted file to an encrypted one, or from a plain one to a plain one.
        let under_key = match (&journal_key, &journal) {
            (Some(_), Some(path)) => Some(copy::temporary_copy(
                &staged,
                copy::folder_of(path),
                journal_key.as_ref(),
            )?),
            _ => None,
        };
        let from = match &under_key {
            Some(file) => &copy::read_only(file.path())?,
            None => &staged,
        };
        let put_in = copy::pages(from, &mut self.db);
        let is_there = |db: &Connection| {
            Ok(rows(db)? == rows(&staged)?
                && backup::change_mark(db)? == backup::change_mark(&staged)?)
        };
        let written = Written::by_itself((), put_in);
        self.settle(Ok(written), &Trace::Content(&is_there))?;
        // The clock and the device id are those of the copy now.
        self.reopen()?;
        // The content is restored already. The next start adds them if this fails.
        self.learn_new_symptoms().ok();
        Ok(Restored {
            kept: Some(kept),
            stay_erased,
        })
    }

    /// Makes the journal from the file at `path`. There is no journal yet, or one that cannot be opened any more: that one is
    /// set aside, byte for byte.
    ///
    /// # Errors
    /// Those of [`Store::preview`], and those of the disk. The old file is unchanged then.
    pub(crate) fn bring_back(journal: &Path, path: &Path, now: DateTime<Utc>) -> Result<Restored> {
        let staged = stage(path)?.1;
        // A journal that was encrypted stays so, and one that is made anew is as its copy.
        let seal = match Seal::of(journal)? {
            None => Seal::of(path)?,
            seal => seal,
        };
        keep_known(&staged, &staged, seal.as_ref().map(|seal| &seal.key))?;
        let is_there = journal.symlink_metadata().is_ok();
        let journal = journal
            .canonicalize()
            .unwrap_or_else(|_| journal.to_owned());
        let kept = if is_there {
            Some(set_aside(&journal, now)?)
        } else {
            std::fs::create_dir_all(copy::folder_of(&journal)).map_err(StoreError::io_at(
                "making the journal's folder",
                copy::folder_of(&journal),
            ))?;
            None
        };
        let key = seal.as_ref().map(|seal| &seal.key);
        let temp = copy::temporary_copy(&staged, copy::folder_of(&journal), key)?;
        // A rollback journal or WAL of the damaged file: SQLite would play it into the new one.
        for end in BESIDE {
            std::fs::remove_file(with_ending(&journal, end)).ok();
        }
        let standing = if is_there {
            Occupant::File
        } else {
            Occupant::Nothing
        };
        copy::place(temp, &journal, standing, seal.as_ref())?;
        Ok(Restored {
            kept,
            stay_erased: 0,
        })
    }
}

/// Reads a file into memory and migrates it there to the newest form. Returns the form of the file as well.
fn stage(path: &Path) -> Result<(u32, Connection)> {
    let damaged = |what: &str| StoreError::DamagedCopy {
        path: path.to_owned(),
        what: what.to_owned(),
    };
    let meta = path
        .metadata()
        .map_err(StoreError::io_at("reading the copy", path))?;
    if !meta.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    let read = || -> Result<(u32, Connection)> {
        open::recognise(path, MIGRATIONS)?;
        let file = copy::read_only(path)?;
        if !structure::is_sound(&file, Look::Whole)? {
            return Err(damaged("its pages do not fit together"));
        }
        let mut staged = copy::into_memory(&file)?;
        let form = migrations::version(&staged)?;
        migrations::migrate(&mut staged, None, MIGRATIONS)?;
        // A trigger or view in a foreign file would run with every later save.
        if schema(&staged)? != known_schema()? {
            return Err(damaged("its tables are not those of a journal"));
        }
        // Fails on a file without a device id, which could not be opened after the restore.
        open::clock_of(&staged)?;
        // The note is about copies of that time.
        backup::forget_missed(&staged)?;
        Ok((form, staged))
    };
    read().map_err(|error| match error {
        StoreError::Damaged { what, .. } => damaged(&what),
        StoreError::Unreadable(what) => damaged(&format!("{what} cannot be read")),
        // SQLite found a rollback journal beside the file and may not play it back in a read-only connection.
        StoreError::ReadOnly { .. } => damaged("it was copied in the middle of a write"),
        StoreError::Sql { .. } => damaged("its rows cannot be read"),
        other => other,
    })
}

/// The tables, indexes, triggers and views of a file.
fn schema(db: &Connection) -> Result<Vec<(String, String, Option<String>)>> {
    let mut query = db.prepare(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn known_schema() -> Result<Vec<(String, String, Option<String>)>> {
    let mut db = Connection::open_in_memory()?;
    migrations::migrate(&mut db, None, MIGRATIONS)?;
    schema(&db)
}

fn preview(path: &Path, present: Option<&Connection>) -> Result<Preview> {
    let (form, mut staged) = stage(path)?;
    // As the restore does, so that the counts are those of its outcome.
    if let Some(present) = present {
        keep_erased(present, &mut staged)?;
    }
    let rows = rows(&staged)?;
    let modified = path.metadata().and_then(|meta| meta.modified()).ok();
    let name = path.file_name().and_then(|name| name.to_str());
    let made_at = name.and_then(rotation::read_name).map(|(_, made, _)| made);
    let days = staged.query_row(
        "SELECT min(day), max(day) FROM (SELECT day FROM check_in WHERE deleted_at IS NULL
         UNION ALL SELECT day FROM record WHERE deleted_at IS NULL AND day IS NOT NULL)",
        [],
        |row| {
            Ok((
                row.get::<_, Option<String>>(0)?,
                row.get::<_, Option<String>>(1)?,
            ))
        },
    )?;
    let days = match days {
        (Some(first), Some(last)) => crate::store::read::date(&first)
            .ok()
            .zip(crate::store::read::date(&last).ok()),
        _ => None,
    };
    let against = present.map(|present| against(present, &rows)).transpose()?;
    Ok(Preview {
        path: path.to_owned(),
        made_at: made_at
            .or_else(|| modified.map(DateTime::from))
            .unwrap_or_default(),
        form,
        counts: by_kind(rows.keys()),
        differing: sum::wrong_rows(&staged)?,
        days,
        against,
    })
}

fn against(present: &Connection, copy: &Rows) -> Result<Difference> {
    let present = rows(present)?;
    let missing = |from: &Rows, in_that: &Rows| {
        by_kind(from.keys().filter(|key| !in_that.contains_key(*key)))
    };
    let differs = present
        .iter()
        .filter(|(key, edited)| copy.get(*key).is_some_and(|other| other != *edited));
    Ok(Difference {
        goes: missing(&present, copy),
        comes_back: missing(copy, &present),
        differs: by_kind(differs.map(|(key, _)| key)),
    })
}

fn by_kind<'a>(keys: impl Iterator<Item = &'a (BinKind, [u8; 16])>) -> Vec<(BinKind, usize)> {
    let mut counts: BTreeMap<BinKind, usize> = BTreeMap::new();
    for (kind, _) in keys {
        *counts.entry(*kind).or_default() += 1;
    }
    counts.into_iter().collect()
}

fn rows(db: &Connection) -> Result<Rows> {
    let mut query = db.prepare(
        "SELECT 'check_in', uid, edited FROM check_in WHERE deleted_at IS NULL
         UNION ALL SELECT 'attempt', uid, edited FROM attempt WHERE deleted_at IS NULL
         UNION ALL SELECT 'help_line', uid, edited FROM help_line WHERE deleted_at IS NULL
         UNION ALL SELECT kind, uid, edited FROM record WHERE deleted_at IS NULL",
    )?;
    let mut cursor = query.query([])?;
    let mut rows = Rows::new();
    while let Some(row) = cursor.next()? {
        let Ok(kind) = row.get::<_, String>(0) else {
            continue;
        };
        let kind = match kind.as_str() {
            "check_in" => BinKind::CheckIn,
            "attempt" => BinKind::Attempt,
            "help_line" => BinKind::HelpLine,
            // An entry of a newer kind is restored like the others, but there is no word to count it under.
            code => match Kind::from_code(code) {
                Some(kind) => BinKind::Record(kind),
                None => continue,
            },
        };
        // A row with a damaged id is restored too, but cannot be compared.
        if let (Ok(id), Ok(edited)) = (row.get(1), row.get(2)) {
            rows.insert((kind, id), edited);
        }
    }
    Ok(rows)
}

/// Takes over the further keys that the present journal knows, so that its older copies still open. A plain journal keeps none.
fn keep_known(present: &Connection, staged: &Connection, key: Option<&Key>) -> Result<()> {
    if key.is_none() {
        return known::drop_all(staged);
    }
    let known = known::of(present)?;
    known.iter().try_for_each(|key| known::keep(staged, key))
}

/// Erases from `staged` the entries that were erased for good in the present journal, and takes over their tombstones: a
/// restore must not bring them back.
fn keep_erased(present: &Connection, staged: &mut Connection) -> Result<usize> {
    let mut query = present.prepare("SELECT uid, tbl, edited FROM erased")?;
    let mut rows = query.query([])?;
    let mut erased: Vec<([u8; 16], String, [u8; 24])> = Vec::new();
    while let Some(row) = rows.next()? {
        if let (Ok(uid), Ok(table), Ok(edited)) = (row.get(0), row.get(1), row.get(2)) {
            erased.push((uid, table, edited));
        }
    }
    if erased.is_empty() {
        return Ok(0);
    }
    let targets: Vec<(&str, [u8; 16])> = erased
        .iter()
        .map(|(uid, table, _)| (table.as_str(), *uid))
        .collect();
    let tx = staged.transaction()?;
    let count = bin::erase_by_name(&tx, &targets)?;
    for (uid, table, edited) in &erased {
        tx.execute(
            "INSERT OR IGNORE INTO erased (uid, tbl, edited) VALUES (?1, ?2, ?3)",
            params![uid, table, edited],
        )?;
    }
    tx.commit()?;
    if count > 0 {
        staged.execute_batch("VACUUM")?;
    }
    Ok(count)
}

/// Copies a damaged journal and the files of `SQLite` beside it, byte for byte, into the folder of copies.
fn set_aside(journal: &Path, now: DateTime<Utc>) -> Result<Copy> {
    let to = backup::make_copies_folder(journal)?;
    let mut number = 1;
    let target = loop {
        let target = to.join(rotation::name(CopyKind::SetAside, now, number));
        if target.symlink_metadata().is_err() {
            break target;
        }
        number += 1;
    };
    let one = |from: &Path, to: &Path| -> Result<()> {
        let io = || StoreError::io_at(RESTORING, to);
        let mut temp = Unfinished::Copy
            .file_in(copy::folder_of(to))
            .map_err(io())?;
        let mut from = std::fs::File::open(from).map_err(io())?;
        std::io::copy(&mut from, temp.as_file_mut()).map_err(io())?;
        temp.as_file().sync_all().map_err(io())?;
        copy::place(temp, to, Occupant::Nothing, None)
    };
    // These may hold the last entries. `-shm` holds none: it is an index that SQLite builds from the WAL.
    for end in ["-journal", "-wal"] {
        let side_file = with_ending(journal, end);
        if side_file.metadata().is_ok_and(|meta| meta.len() > 0) {
            one(&side_file, &with_ending(&target, end))?;
        }
    }
    if let Ok(Found::Whole(header)) = Header::read(&header::beside(journal)) {
        seal::write(&header::beside(&target), &header)?;
    }
    one(journal, &target)?;
    // Before the caller replaces the journal: from then on this is the only copy of the old bytes.
    folder::sync(&to, RESTORING)?;
    Ok(Copy::set_aside(target, now))
}
