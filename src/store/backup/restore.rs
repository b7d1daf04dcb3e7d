//! Bringing a copy back: a look at what it holds, and putting it in the journal's place.
//!
//! Invariant: the file it comes from is never changed; what it holds is staged in memory, found whole, brought to the newest
//! form and freed of what was erased for good, before the journal is touched; the present journal is kept first; the
//! change itself is one transaction in the file that other programs have open, or one rename where that file is no longer
//! readable. It is no step of the undo log: the journal comes with the log that it had.

use super::Copy;
use super::copy;
use super::copy::Standing;
use super::rotation;
use super::rotation::CopyKind;
use crate::domain::journal::bin_kind::BinKind;
use crate::domain::record::kind::Kind;
use crate::store::backup;
use crate::store::error::{Result, StoreError};
use crate::store::{MIGRATIONS, Store, bin, folder, migrations, open};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a copy holds, put away entries not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file.
    pub path: PathBuf,
    /// When it was made: what its name says, or the file's own time.
    pub made_at: DateTime<Utc>,
    /// The form that the file has.
    pub form: u32,
    /// How many of each kind.
    pub counts: Vec<(BinKind, usize)>,
    /// The first and the last logical day with a check-in or a record.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Beside the present journal; `None` when there is none that can be read.
    pub against: Option<Against>,
}

/// How a copy differs from the present journal, counted by kind; empty where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Against {
    /// In the present journal and not in the copy: what would go.
    pub goes: Vec<(BinKind, usize)>,
    /// In the copy and not in the present journal: what would come back.
    pub comes_back: Vec<(BinKind, usize)>,
    /// In both, but edited since.
    pub differs: Vec<(BinKind, usize)>,
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The copy of the journal as it was before; `None` when there was no journal.
    pub kept: Option<Copy>,
    /// How many rows stay erased that were erased for good since the copy was made.
    pub stay_erased: usize,
}

/// Rows that are not put away: kind, id, the stamp of the last edit.
type Rows = BTreeMap<(BinKind, [u8; 16]), [u8; 24]>;

const RESTORING: &str = "restoring the journal";

impl Store {
    /// Looks into a copy, beside this journal. Nothing is changed.
    ///
    /// # Errors
    /// [`StoreError::NewerJournal`], [`StoreError::NotAJournal`], [`StoreError::DamagedCopy`].
    pub fn preview(&self, path: &Path) -> Result<Preview> {
        preview(path, Some(&self.db))
    }

    /// [`Store::preview`] where there is no journal that could be read.
    pub fn preview_alone(path: &Path) -> Result<Preview> {
        preview(path, None)
    }

    /// Puts what the file at `path` holds in this journal's place, after a copy of it as it is. Other programs that have the
    /// journal open see the change as any other.
    ///
    /// # Errors
    /// Those of [`Store::preview`], and those of the disk. The journal is as it was then.
    pub fn restore_from(&mut self, path: &Path, now: DateTime<Utc>) -> Result<Restored> {
        let mut staged = staged(path)?.1;
        let stay_erased = keep_erased(&self.db, &mut staged)?;
        let journal = self.path.clone();
        let kept = match (self.back_up(CopyKind::BeforeRestore, now), &journal) {
            (Ok(copy), _) => copy,
            (Err(StoreError::Damaged { .. }), Some(journal)) => set_aside(journal, now)?,
            (Err(error), _) => return Err(error),
        };
        self.db.flush_prepared_statement_cache();
        copy::pages(&staged, &mut self.db)?;
        self.reopen()?;
        self.learn_new_symptoms()?;
        Ok(Restored {
            kept: Some(kept),
            stay_erased,
        })
    }

    /// Puts what the file at `path` holds where the journal is to be: none is there, or one that cannot be opened any more,
    /// which is kept as it is, byte for byte.
    ///
    /// # Errors
    /// Those of [`Store::preview`], and those of the disk. What stood there stands there still.
    pub fn bring_back(journal: &Path, path: &Path, now: DateTime<Utc>) -> Result<Restored> {
        let staged = staged(path)?.1;
        let stands = journal.symlink_metadata().is_ok();
        let journal = journal
            .canonicalize()
            .unwrap_or_else(|_| journal.to_owned());
        let kept = if stands {
            Some(set_aside(&journal, now)?)
        } else {
            std::fs::create_dir_all(copy::folder_of(&journal))
                .map_err(StoreError::io("making the journal's folder"))?;
            None
        };
        let temp = copy::made(&staged, copy::folder_of(&journal))?;
        // What a cut-short write left beside it belongs to the damaged file, and would be written into the new one.
        for end in ["-journal", "-wal", "-shm"] {
            std::fs::remove_file(beside(&journal, end)).ok();
        }
        let standing = if stands {
            Standing::File
        } else {
            Standing::Nothing
        };
        copy::place(temp, &journal, standing)?;
        Ok(Restored {
            kept,
            stay_erased: 0,
        })
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Reads a file whole into memory and brings it to the newest form. Answers the form that it has, too.
fn staged(path: &Path) -> Result<(u32, Connection)> {
    let damaged = |what: &str| StoreError::DamagedCopy {
        path: path.to_owned(),
        what: what.to_owned(),
    };
    let meta = path
        .metadata()
        .map_err(StoreError::io("reading the copy"))?;
    if !meta.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    let read = || -> Result<(u32, Connection)> {
        open::recognise(path, MIGRATIONS)?;
        let file = copy::read_only(path)?;
        let said: String = file.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Err(damaged("its pages do not fit together"));
        }
        let mut staged = Connection::open_in_memory()?;
        copy::pages(&file, &mut staged)?;
        let form = migrations::version(&staged)?;
        migrations::migrate(&mut staged, None, MIGRATIONS)?;
        if schema(&staged)? != known_schema()? {
            return Err(damaged("its tables are not those of a journal"));
        }
        open::clock_of(&staged)?;
        backup::forget_missed(&staged)?;
        Ok((form, staged))
    };
    read().map_err(|error| match error {
        StoreError::Damaged { what, .. } => damaged(&what),
        StoreError::Unreadable(what) => damaged(&format!("{what} cannot be read")),
        StoreError::ReadOnly => damaged("it was copied in the middle of a write"),
        StoreError::Sql(error) => damaged(&error.to_string()),
        other => other,
    })
}

/// Everything that makes up the form of a file.
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
    let (form, mut staged) = staged(path)?;
    if let Some(present) = present {
        keep_erased(present, &mut staged)?;
    }
    let rows = rows(&staged)?;
    let modified = path.metadata().and_then(|meta| meta.modified()).ok();
    let named = path.file_name().and_then(|name| name.to_str());
    let made_at = named.and_then(rotation::read_name).map(|(_, made, _)| made);
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
        days,
        against,
    })
}

fn against(present: &Connection, copy: &Rows) -> Result<Against> {
    let present = rows(present)?;
    let missing = |from: &Rows, in_that: &Rows| {
        by_kind(from.keys().filter(|key| !in_that.contains_key(*key)))
    };
    let differs = present
        .iter()
        .filter(|(key, edited)| copy.get(*key).is_some_and(|other| other != *edited));
    Ok(Against {
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
    let mut found = query.query([])?;
    let mut rows = Rows::new();
    while let Some(row) = found.next()? {
        let Ok(kind) = row.get::<_, String>(0) else {
            continue;
        };
        let kind = match kind.as_str() {
            "check_in" => BinKind::CheckIn,
            "attempt" => BinKind::Attempt,
            "help_line" => BinKind::HelpLine,
            // A kind that this version does not know is kept, and not counted.
            code => match Kind::from_code(code) {
                Some(kind) => BinKind::Record(kind),
                None => continue,
            },
        };
        // A row whose name is damaged comes along with the file and is not counted.
        if let (Ok(id), Ok(edited)) = (row.get(1), row.get(2)) {
            rows.insert((kind, id), edited);
        }
    }
    Ok(rows)
}

/// What was erased for good in the present journal is erased in what takes its place, and stays known as erased.
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
    let gone = bin::erase_by_name(&tx, &targets)?;
    for (uid, table, edited) in &erased {
        tx.execute(
            "INSERT OR IGNORE INTO erased (uid, tbl, edited) VALUES (?1, ?2, ?3)",
            params![uid, table, edited],
        )?;
    }
    tx.commit()?;
    if gone > 0 {
        staged.execute_batch("VACUUM")?;
    }
    Ok(gone)
}

/// Keeps a journal that cannot be copied page by page, with what lies beside it, byte for byte.
fn set_aside(journal: &Path, now: DateTime<Utc>) -> Result<Copy> {
    let to = backup::made_folder(journal)?;
    let mut number = 1;
    let target = loop {
        let target = to.join(rotation::name(CopyKind::SetAside, now, number));
        if target.symlink_metadata().is_err() {
            break target;
        }
        number += 1;
    };
    let io = || StoreError::io(RESTORING);
    let one = |from: &Path, to: &Path| -> Result<()> {
        let mut temp = tempfile::Builder::new()
            .prefix(copy::BEGUN)
            .suffix(".db")
            .tempfile_in(copy::folder_of(to))
            .map_err(io())?;
        let mut from = std::fs::File::open(from).map_err(io())?;
        std::io::copy(&mut from, temp.as_file_mut()).map_err(io())?;
        temp.as_file().sync_all().map_err(io())?;
        copy::place(temp, to, Standing::Nothing)
    };
    for end in ["-journal", "-wal"] {
        let left = beside(journal, end);
        if left.metadata().is_ok_and(|meta| meta.len() > 0) {
            one(&left, &beside(&target, end))?;
        }
    }
    one(journal, &target)?;
    folder::sync(&to, RESTORING)?;
    Ok(Copy::set_aside(target, now))
}
