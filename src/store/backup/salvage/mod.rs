//! Brings the sound rows of a damaged journal into a new one, and counts the others.
//!
//! Invariant: the damaged file and what lies beside it are only read. The new file is built under a temporary name, checked as
//! a whole, and then gets its name. What was erased for good stays erased, and nothing that was deleted comes back.

mod build;
mod numbers;
mod pages;
mod record;
mod rows;
mod sealed;
mod shells;
mod symptoms;
#[cfg(test)]
mod tests;

use super::copy;
use super::copy::Occupant;
use super::with_ending;
use crate::store::error::{Result, StoreError};
use crate::store::folder::temporary;
use crate::store::folder::temporary::Unfinished;
use crate::store::key::seal::Seal;
use crate::store::key::{Key, connection, whole};
use crate::store::ours::Destination;
use crate::store::{MIGRATIONS, Seed, Store, open};
use pages::{Contents, Geometry};
use rows::{Finds, Form};
use rusqlite::{Connection, OpenFlags};
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};

const DOING: &str = "bringing the rows into the new file";

/// How sure a number of missing rows is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Sureness {
    /// The file says it.
    #[default]
    Exact,
    /// From the number of missing pages and the rows on other pages of the table.
    About,
    /// No page of the table can be read, so there may be many more.
    AtLeast,
}

/// How many rows of a table came over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Brought {
    /// The table.
    pub(crate) table: String,
    /// How many rows the new file has.
    pub(crate) rows: usize,
    /// How many did not come over.
    pub(crate) missing: usize,
    /// How sure that number is.
    pub(crate) sureness: Sureness,
}

/// What became of the steps that undo takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    /// All of them came over.
    Brought,
    /// Some of them are damaged, so none came over.
    LeftOut,
}

/// The outcome of a salvage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Salvaged {
    /// Table by table.
    pub(crate) tables: Vec<Brought>,
    /// How many check-ins got new totals, since some of their ratings are missing.
    pub(crate) recounted: usize,
    /// How many check-ins have their old totals and none of the ratings behind them.
    pub(crate) bare: usize,
    /// How many check-ins that cannot be read were put together again from the indexes.
    pub(crate) rebuilt: usize,
    /// How many symptoms came without their names.
    pub(crate) nameless: usize,
    /// How many rows of the new file do not match their sums.
    pub(crate) differing: usize,
    /// The steps of undo.
    pub(crate) steps: Steps,
}

impl Salvaged {
    /// Whether there were rows, and none of a person's came over.
    fn is_nothing(&self) -> bool {
        let own = self.tables.iter().filter(|table| {
            // Every journal has these two.
            !matches!(table.table.as_str(), "journal" | "symptom")
        });
        let (rows, missing) = own.fold((0, 0), |(rows, missing), table| {
            (
                rows + table.rows,
                missing + table.missing + usize::from(table.sureness > Sureness::Exact),
            )
        });
        rows == 0 && missing > 0
    }
}

impl Store {
    /// Brings what can be read of the journal at `path` into a new file at `to`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if nothing can be read, [`StoreError::NotAJournal`], [`StoreError::NewerJournal`],
    /// [`StoreError::Exists`], and those of the disk. No new file is there then.
    pub(crate) fn salvage(path: &Path, to: &Destination, seed: Seed) -> Result<Salvaged> {
        let head = open::recognise(path, MIGRATIONS);
        if let Err(
            error @ (StoreError::NoJournal(_)
            | StoreError::NoJournalFile { .. }
            | StoreError::Sealed(_)
            | StoreError::NoHeader { .. }
            | StoreError::DamagedHeader(_)
            | StoreError::NewerHeader { .. }
            | StoreError::Io { .. }),
        ) = head
        {
            return Err(error);
        }
        let to = to.path();
        if to.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let folder = copy::folder_of(to);
        temporary::sweep_elsewhere(folder);
        // What was encrypted stays so, under the same passphrase.
        let seal = Seal::of(path)?;
        let key = seal.as_ref().map(|seal| &seal.key);
        let bytes = bytes(path, folder, key)?;
        let finds = finds(&bytes)?;
        drop(bytes);
        let is_journal = !matches!(head, Err(StoreError::NotAJournal(_)));
        let nothing = || {
            if is_journal {
                StoreError::Damaged {
                    path: path.to_owned(),
                    what: "nothing in it can be read".to_owned(),
                }
            } else {
                StoreError::NotAJournal(path.to_owned())
            }
        };
        let Some(finds) = finds else {
            return Err(nothing());
        };
        // A newer form has other tables. With ours, the number in the header is what is damaged.
        if let (Err(newer @ StoreError::NewerJournal { .. }), false) = (head, finds.is_of_form) {
            return Err(newer);
        }
        let temp = Unfinished::Copy.file_in(folder).map_err(no_place(folder))?;
        let salvaged =
            build::build(temp.path(), key, &finds, seed).map_err(|error| error.at(to))?;
        if salvaged.is_nothing() {
            return Err(nothing());
        }
        let sync = temp.as_file().sync_all();
        sync.map_err(StoreError::io_at(DOING, to))?;
        copy::place(temp, to, Occupant::Nothing, seal.as_ref())?;
        Ok(salvaged)
    }
}

/// The error of a folder in which no file can be begun.
fn no_place(folder: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let folder = folder.to_owned();
    move |source| match StoreError::io_at(DOING, &folder)(source) {
        StoreError::Io { source, .. } => StoreError::NoPlace { folder, source },
        full => full,
    }
}

/// The rows of a file; `None` if it has none of ours.
fn finds(bytes: &[u8]) -> Result<Option<Finds>> {
    let forms = Form::all()?;
    let mut best: Option<(usize, Contents, &Form)> = None;
    for geometry in Geometry::candidates(bytes) {
        let contents = pages::read(bytes, geometry);
        let Some((n, form)) = rows::form_of(&forms, &contents) else {
            continue;
        };
        if best.as_ref().is_none_or(|(most, ..)| n > *most) {
            best = Some((n, contents, form));
        }
    }
    let finds = best.map(|(_, contents, form)| rows::sort(&contents, form));
    Ok(finds.filter(|finds| !finds.is_empty()))
}

/// The bytes of a journal, after `SQLite` finished what a run that was cut short left beside it. That is done in a private
/// copy in `folder`.
pub(in crate::store) fn bytes(path: &Path, folder: &Path, key: Option<&Key>) -> Result<Vec<u8>> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let quiet = quiet(&real)?;
    let beside: Vec<(&str, PathBuf)> = ["-journal", "-wal"]
        .map(|end| (end, with_ending(&real, end)))
        .into_iter()
        .filter(|(_, file)| {
            file.metadata()
                .is_ok_and(|meta| meta.is_file() && meta.len() > 0)
        })
        .collect();
    let reading = || StoreError::io_at("reading the damaged journal", &real);
    let content = |file: &Path| {
        let bytes = std::fs::read(file).map_err(reading())?;
        match key {
            None => Ok(bytes),
            // A damaged journal that was set aside and sealed as it was.
            Some(key) if whole::is_whole(&bytes) => {
                let plain = whole::open(key, &bytes).map(|plain| plain.to_vec());
                plain.ok_or_else(|| StoreError::Damaged {
                    path: real.clone(),
                    what: whole::NO_PROOF.to_owned(),
                })
            }
            Some(key) => sealed::pages(&bytes, folder, key),
        }
    };
    if beside.is_empty() {
        return content(&real);
    }
    let temp = Unfinished::Other
        .file_in(folder)
        .map_err(no_place(folder))?;
    let copied = (|| {
        std::io::copy(&mut std::fs::File::open(&real)?, &mut temp.as_file())?;
        for (end, file) in &beside {
            private_copy(file, &with_ending(temp.path(), end))?;
        }
        Ok(())
    })();
    drop(quiet);
    let finished = copied.map_err(reading()).map(|()| {
        // What cannot be finished is read as it is.
        connection::open(temp.path(), OpenFlags::default())
            .and_then(|db| {
                Ok(db.execute_batch(
                    "SELECT count(*) FROM sqlite_master; PRAGMA wal_checkpoint(TRUNCATE);",
                )?)
            })
            .ok();
    });
    let bytes = finished.and_then(|()| content(temp.path()));
    for end in temporary::BESIDE {
        std::fs::remove_file(with_ending(temp.path(), end)).ok();
    }
    bytes
}

/// Keeps other programs from writing to a file while the connection lives. `None` for a file that is too damaged for that:
/// then nobody can write to it either.
fn quiet(file: &Path) -> Result<Option<Connection>> {
    let mut start = [0; 20];
    let read = std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut start));
    // The last two bytes are 2 in WAL mode. There a reader would make files beside the journal.
    if read.is_err() || !start.ends_with(&[1, 1]) {
        return Ok(None);
    }
    let quiet = copy::read_only(file).and_then(|db| {
        db.execute_batch("BEGIN; SELECT count(*) FROM sqlite_master;")?;
        Ok(db)
    });
    match quiet.map_err(|error| error.at(file)) {
        Err(locked @ StoreError::Locked { .. }) => Err(locked),
        quiet => Ok(quiet.ok()),
    }
}

/// Copies a file that lies beside the journal, for this user alone.
fn private_copy(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)?;
    io::copy(&mut std::fs::File::open(from)?, &mut file)?;
    Ok(())
}
