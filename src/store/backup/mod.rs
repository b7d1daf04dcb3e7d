//! The copies that ebb keeps of a journal: makes them, lists them, and deletes old ones.
//!
//! They lie beside the journal in a folder with its name and the ending `.backups`, 0700. Invariant: an older copy is only
//! deleted after newer ones were read again and are sound. A copy that is not sound never counts.

pub(super) mod copy;
pub(super) mod restore;
pub mod rotation;
pub(super) mod salvage;

use super::error::{Result, StoreError};
use super::folder::temporary;
use super::folder::temporary::Sweep;
use super::integrity::structure::{self, Look};
use super::integrity::sum;
use super::{Store, folder, open};
use crate::domain::order::Ordered;
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use chrono::{DateTime, NaiveDate, Utc};
use copy::Occupant;
use rotation::CopyKind;
use rusqlite::{Connection, OptionalExtension};
use std::cmp::Reverse;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A copy of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The file.
    pub path: PathBuf,
    /// The occasion of its making.
    pub kind: CopyKind,
    /// When it was made, from its name, or else the time of the file.
    pub(crate) made_at: DateTime<Utc>,
    /// In bytes.
    pub(crate) size: u64,
    /// Whether it can be restored.
    pub state: CopyState,
}

/// Whether a copy can be restored, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyState {
    /// It can be restored.
    Sound {
        /// Check-ins and records in it, without those in the bin.
        entries: u64,
        /// The last logical day with one.
        last_day: Option<NaiveDate>,
        /// Rows in it that do not match their sums. They come back as they are.
        differing: usize,
    },
    /// A later version made it, so this one does not read it: the reason as a sentence.
    Newer(String),
    /// It is encrypted, and this run does not have its key: the reason as a sentence.
    Sealed(String),
    /// It cannot be restored: the reason.
    Unsound(String),
}

impl Copy {
    /// Its file name, which `ebb restore` accepts.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Whether it can be restored here.
    pub const fn is_sound(&self) -> bool {
        matches!(self.state, CopyState::Sound { .. })
    }

    /// "2 rows do not match their sums"; `None` for a copy that is as it was written, or that cannot be restored.
    pub(crate) fn differs(&self) -> Option<String> {
        match self.state {
            CopyState::Sound { differing, .. } => differ_text(differing),
            CopyState::Newer(_) | CopyState::Sealed(_) | CopyState::Unsound(_) => None,
        }
    }

    /// A damaged journal that was set aside. It is not opened: `SQLite` might roll it back and change it.
    pub(super) fn set_aside(path: PathBuf, made_at: DateTime<Utc>) -> Self {
        Self {
            kind: CopyKind::SetAside,
            made_at,
            size: path.metadata().map_or(0, |meta| meta.len()),
            state: CopyState::Unsound("it was damaged already".to_owned()),
            path,
        }
    }

    fn of(path: PathBuf, kind: CopyKind, made_at: Option<DateTime<Utc>>) -> Self {
        if let (CopyKind::SetAside, Some(made_at)) = (kind, made_at) {
            return Self::set_aside(path, made_at);
        }
        let meta = path.metadata().ok();
        let modified = meta.as_ref().and_then(|meta| meta.modified().ok());
        Self {
            kind,
            made_at: made_at
                .or_else(|| modified.map(DateTime::from))
                .unwrap_or_default(),
            size: meta.map_or(0, |meta| meta.len()),
            state: state(&path),
            path,
        }
    }
}

/// The key in the `journal` table for the last day without a copy, and the reason.
const MISSED: &str = "copy_missed";
impl Store {
    /// The folder of the copies of the journal at `path`.
    pub fn copies_folder(path: &Path) -> PathBuf {
        // Beside the real file, so that a journal opened through a link has the same copies.
        Self::copies_beside(&path.canonicalize().unwrap_or_else(|_| path.to_owned()))
    }

    /// The folder of the copies of the journal at `journal`, which is no link.
    pub(in crate::store) fn copies_beside(journal: &Path) -> PathBuf {
        let mut name = journal.file_name().unwrap_or_default().to_owned();
        name.push(".backups");
        journal.with_file_name(name)
    }

    /// Makes a copy in the folder of copies, reads it back, and deletes old ones of its kind.
    ///
    /// # Errors
    /// No copy was made then, and none was deleted. [`StoreError::NoJournal`] for a journal in memory.
    pub fn back_up(&self, kind: CopyKind, now: DateTime<Utc>) -> Result<Copy> {
        let journal = self.path.as_deref().unwrap_or(Path::new(""));
        if self.path.is_none() {
            return Err(StoreError::NoJournal(journal.to_owned()));
        }
        let folder = make_copies_folder(journal)?;
        temporary::sweep(&folder, Sweep::Start);
        let seal = self.seal()?;
        // Names have whole seconds; two processes may copy in one second.
        let mut number = 1;
        let path = loop {
            let path = folder.join(rotation::name(kind, now, number));
            if path.symlink_metadata().is_err() {
                match copy::write(&self.db, &path, Occupant::Nothing, seal.as_ref()) {
                    Err(StoreError::Exists(_)) => {}
                    outcome => break outcome.map(|()| path)?,
                }
            }
            number += 1;
        };
        thin(journal, kind, now);
        if kind == CopyKind::Ring {
            forget_missed(&self.db).ok();
        }
        Ok(Copy::of(path, kind, Some(now)))
    }

    /// Copies the journal to a file that the person named, and reads it back.
    ///
    /// # Errors
    /// [`StoreError::Ours`], and [`StoreError::Exists`] and [`StoreError::NotAFile`] if there is something at `target` that
    /// must not be replaced.
    pub fn back_up_to(
        &self,
        target: &Path,
        standing: Occupant,
        now: DateTime<Utc>,
    ) -> Result<Copy> {
        let place = self.ours().copy(target)?;
        if standing == Occupant::Nothing && target.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(target.to_owned()));
        }
        temporary::sweep_elsewhere(copy::folder_of(target));
        copy::write(&self.db, place.path(), standing, self.seal()?.as_ref())?;
        Ok(Copy::of(target.to_owned(), CopyKind::Ring, Some(now)))
    }

    /// Makes the day's copy, if there is none of this day (UTC) yet and something changed since the last one.
    ///
    /// # Errors
    /// Reported once a day: the next attempt is on the next day, and `ebb doctor` shows the reason until then.
    pub fn keep_ring(&self, now: DateTime<Utc>) -> Result<Option<Copy>> {
        let Some(journal) = self.path.as_deref() else {
            return Ok(None);
        };
        if Self::is_copied_on(journal, now) {
            return Ok(None);
        }
        let missed = self.missed()?;
        // A message at every save would be in the way of the check-in itself.
        let is_reported = missed.is_some_and(|(day, _)| day == now.date_naive());
        if is_reported || self.is_copied_as_it_is(journal) {
            return Ok(None);
        }
        match self.back_up(CopyKind::Ring, now) {
            Ok(copy) => Ok(Some(copy)),
            // Another program is writing. That takes moments, so the next save tries again.
            Err(StoreError::Locked { .. }) => Ok(None),
            Err(error) => {
                // On a full disk this note fails too; then the person reads the message again after the next save.
                self.note_missed(now, &error).ok();
                Err(error)
            }
        }
    }

    /// Whether the journal at `path` has a daily copy of this day (UTC). Looks only at file names.
    pub(crate) fn is_copied_on(path: &Path, now: DateTime<Utc>) -> bool {
        let today = now.date_naive();
        copies_by_name(path)
            .iter()
            .any(|(kind, made, _)| *kind == CopyKind::Ring && made.date_naive() == today)
    }

    /// The copies of the journal, the newest first, each one checked.
    pub fn copies(&self) -> Vec<Copy> {
        self.path
            .as_deref()
            .map(Self::copies_of)
            .unwrap_or_default()
    }

    /// The copies of the journal at `path`. The journal itself may be damaged.
    pub fn copies_of(path: &Path) -> Vec<Copy> {
        let ring = copies_by_name(path).into_iter();
        let mut copies: Vec<Copy> = ring
            .map(|(kind, made, file)| Copy::of(file, kind, Some(made)))
            // The sort below is stable: of two copies of one second the later number comes first.
            .rev()
            .collect();
        let migrated = copy::of_migrations(path).into_iter();
        copies.extend(migrated.map(|(_, _, file)| Copy::of(file, CopyKind::BeforeMigration, None)));
        copies.order_by_key(|copy| Reverse(copy.made_at));
        copies
    }

    /// The files of the copies of the journal at `path`, without a check of their content.
    pub(crate) fn copy_files(path: &Path) -> Vec<PathBuf> {
        let ring = copies_by_name(path).into_iter().map(|(_, _, file)| file);
        let migrated = copy::of_migrations(path).into_iter();
        ring.chain(migrated.map(|(_, _, file)| file)).collect()
    }

    /// The last day on which the daily copy failed, and the reason; `None` after a copy was made.
    pub fn missed(&self) -> Result<Option<(NaiveDate, String)>> {
        self.named(self.read_missed())
    }

    fn read_missed(&self) -> Result<Option<(NaiveDate, String)>> {
        let mut find = self
            .db
            .prepare_cached("SELECT value FROM journal WHERE key = ?1")?;
        let value: Option<String> = find.query_row([MISSED], |row| row.get(0)).optional()?;
        Ok(value.and_then(|value| {
            let (day, why) = value.split_once(' ')?;
            Some((day.parse().ok()?, why.to_owned()))
        }))
    }

    fn note_missed(&self, now: DateTime<Utc>, error: &StoreError) -> Result<()> {
        if let Some(problem) = self.problem_of(self.look()) {
            return Err(problem);
        }
        let value = format!("{} {}", now.date_naive(), error.why());
        self.db
            .prepare_cached("INSERT OR REPLACE INTO journal (key, value) VALUES (?1, ?2)")?
            .execute([MISSED, &value])?;
        Ok(())
    }

    /// Whether a sound daily copy has the same content as the journal.
    fn is_copied_as_it_is(&self, journal: &Path) -> bool {
        let Ok(present) = change_mark(&self.db) else {
            return false;
        };
        let ring = copies_by_name(journal).into_iter().rev();
        ring.filter(|(kind, ..)| *kind == CopyKind::Ring)
            .any(|(_, _, file)| {
                copy::read_only(&file)
                    .and_then(|db| change_mark(&db))
                    .is_ok_and(|mark| mark == present)
                    && copy::is_sound(&file)
            })
    }
}

/// Deletes the note about a failed daily copy.
pub(super) fn forget_missed(db: &Connection) -> Result<()> {
    // The look first: a DELETE without a match would still take the write lock.
    let mut find = db.prepare("SELECT 1 FROM journal WHERE key = ?1")?;
    if find.exists([MISSED])? {
        db.execute("DELETE FROM journal WHERE key = ?1", [MISSED])?;
    }
    Ok(())
}

impl StoreError {
    /// The reason why no copy was made, without the sentence about saved entries.
    pub(crate) fn why(&self) -> String {
        match self {
            Self::DiskFull { path } => format!("the disk is full{}", in_brackets(path)),
            Self::ReadOnly { path } => format!("its folder is read-only{}", in_brackets(path)),
            Self::Io { path, source, .. } => {
                format!("{}{}", system_words(source), in_brackets(path))
            }
            Self::Damaged { what, .. } => what.clone(),
            // Their sentences speak of what was not saved, and here everything is.
            Self::Locked { writer, .. } => writer.to_string(),
            Self::Disk { path, work } => {
                format!(
                    "it could not be {work}{}, because the disk or the system answered with an error",
                    in_brackets(path)
                )
            }
            Self::Moved { path, .. } => {
                let path = in_brackets(path);
                format!("the journal was moved, replaced or deleted{path}")
            }
            Self::Sql { .. } => "the database did not answer".to_owned(),
            Self::Unreadable(what) => format!("{what} in it cannot be read"),
            other => other.to_string(),
        }
    }

    /// The message about a failed copy of the day.
    pub(crate) fn of_the_days_copy(&self) -> String {
        format!(
            "The day's copy of the journal could not be made: {}. What you saved is saved.",
            self.why()
        )
    }
}

/// " (/media/stick/j.db)", or nothing where no file is known.
fn in_brackets(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        String::new()
    } else {
        format!(" ({})", path.display())
    }
}

/// A value that changes with every step, undo, redo and erasing, and with nothing else.
pub(super) fn change_mark(db: &Connection) -> Result<(i64, i64, Option<Vec<u8>>, i64)> {
    let sql = "SELECT count(*), coalesce(sum(undone), 0), max(edited), (SELECT count(*) FROM erased) FROM log_step";
    Ok(db.query_row(sql, [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?)
}

/// Makes the folder of copies if there is none. A link in its place is not followed.
pub(super) fn make_copies_folder(journal: &Path) -> Result<PathBuf> {
    let path = Store::copies_folder(journal);
    match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => return Ok(path),
        Ok(_) => {
            return Err(StoreError::Io {
                doing: "making the folder of copies",
                path: path.clone(),
                source: std::io::Error::new(
                    std::io::ErrorKind::NotADirectory,
                    format!("{} is not a folder", path.display()),
                ),
            });
        }
        Err(_) => {}
    }
    let outcome = std::fs::DirBuilder::new().mode(0o700).create(&path);
    match outcome {
        // Another process may have made the folder a moment ago.
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(StoreError::io_at("making the folder of copies", &path)(
                error,
            ));
        }
        _ => {}
    }
    folder::sync(copy::folder_of(&path), "making the folder of copies")?;
    Ok(path)
}

/// The files in the folder of copies whose names are ours, the oldest first.
fn copies_by_name(journal: &Path) -> Vec<(CopyKind, DateTime<Utc>, PathBuf)> {
    let files = copy::plain_files(&Store::copies_folder(journal)).into_iter();
    let mut copies: Vec<_> = files
        .filter_map(|(name, file)| Some((rotation::read_name(&name)?, file)))
        .collect();
    copies.order_by_key(|((_, made_at, number), _)| (*made_at, *number));
    let copies = copies.into_iter();
    copies
        .map(|((kind, made, _), file)| (kind, made, file))
        .collect()
}

/// Deletes the old copies of one kind. The copies that stay are checked first. One that is not sound is left out of the
/// choice, so that no damaged file pushes a good one out.
fn thin(journal: &Path, kind: CopyKind, now: DateTime<Utc>) {
    let mut copies = copies_by_name(journal);
    copies.retain(|(of, ..)| *of == kind);
    // A copy stays in the choice over several rounds, and is read only once.
    let mut checked = std::collections::BTreeSet::new();
    loop {
        let moments: Vec<DateTime<Utc>> = copies.iter().map(|(_, made_at, _)| *made_at).collect();
        let choice = rotation::choice(kind, &moments, now);
        if choice.len() == copies.len() {
            return;
        }
        let unsound = choice.iter().copied().find(|at| {
            copies
                .get(*at)
                .is_some_and(|(_, _, file)| checked.insert(file.clone()) && !copy::is_sound(file))
        });
        // Out of the choice, but not deleted: single rows of a damaged file may still be readable.
        if let Some(at) = unsound {
            copies.remove(at);
            continue;
        }
        let others = (copies.iter().enumerate()).filter(|(at, _)| !choice.contains(at));
        for (_, (_, _, file)) in others {
            copy::remove(file);
        }
        return;
    }
}

fn state(path: &Path) -> CopyState {
    // A rollback journal beside a copy comes from an erasing that was cut short. Only a writing connection can roll it back.
    if with_ending(path, "-journal").is_file() {
        open::connect_to_copy(path).ok();
    }
    match examine(path) {
        Ok(state) => state,
        Err(error @ StoreError::NewerJournal { .. }) => CopyState::Newer(error.to_string()),
        Err(
            StoreError::Sealed(_)
            | StoreError::NoHeader { .. }
            | StoreError::DamagedHeader(_)
            | StoreError::NewerHeader { .. },
        ) => CopyState::Sealed("locked with a passphrase".to_owned()),
        Err(StoreError::NotAJournal(_)) => {
            CopyState::Unsound("it is not an Ebbtide journal".to_owned())
        }
        Err(error) => CopyState::Unsound(error.why()),
    }
}

/// `path` with `end` after its name: the files that `SQLite` keeps beside a database.
pub(super) fn with_ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn examine(path: &Path) -> Result<CopyState> {
    open::recognise(path, super::MIGRATIONS)?;
    let db = copy::read_only(path)?;
    if !structure::is_sound(&db, Look::Quick)? {
        return Ok(CopyState::Unsound(
            "its pages do not fit together".to_owned(),
        ));
    }
    // The copy keeps its old form, and forms before the third have no records.
    let sql = if db.table_exists(None, "record")? {
        "SELECT sum(n), max(d) FROM (SELECT count(*) n, max(day) d FROM check_in WHERE deleted_at IS NULL
         UNION ALL SELECT count(*), max(day) FROM record WHERE deleted_at IS NULL)"
    } else {
        "SELECT count(*), max(day) FROM check_in WHERE deleted_at IS NULL"
    };
    let (entries, last): (i64, Option<String>) =
        db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let last_day = last.and_then(|day| super::read::date(&day).ok());
    Ok(CopyState::Sound {
        entries: entries.unsigned_abs(),
        last_day,
        differing: sum::wrong_rows(&db)?,
    })
}

/// Every copy of the journal at `path` that ebb made, unfinished ones included: erasing must reach them all.
pub(super) fn files(path: &Path) -> Vec<PathBuf> {
    let beside = copy::plain_files(copy::folder_of(path)).into_iter();
    let mut files: Vec<PathBuf> = beside
        .filter(|(name, _)| temporary::holds_rows(name))
        .map(|(_, file)| file)
        .collect();
    files.extend(
        copy::of_migrations(path)
            .into_iter()
            .map(|(_, _, file)| file),
    );
    let ring = copy::plain_files(&Store::copies_folder(path)).into_iter();
    files.extend(
        ring.filter(|(name, _)| temporary::holds_rows(name) || rotation::read_name(name).is_some())
            .map(|(_, file)| file),
    );
    files.order();
    files
}

/// "2 rows do not match their sums"; `None` for no such row.
pub(crate) fn differ_text(differing: usize) -> Option<String> {
    match differing {
        0 => None,
        1 => Some("1 row does not match its sum".to_owned()),
        n => Some(format!("{n} rows do not match their sums")),
    }
}

impl CopyState {
    /// "412 entries, the last for Sun 22 Nov 2026", "not sound: …".
    pub(crate) fn sentences(&self) -> String {
        match self {
            Self::Sound {
                entries,
                last_day,
                differing,
            } => {
                let n = usize::try_from(*entries).unwrap_or(usize::MAX);
                let last = last_day.map_or_else(String::new, |day| {
                    format!(", the last for {}", words::day(day))
                });
                let differing = match differ_text(*differing) {
                    Some(text) => format!("; {text}"),
                    None => String::new(),
                };
                format!("{}{last}{differing}", words::count(n, "entry", "entries"))
            }
            Self::Newer(why) | Self::Sealed(why) => why.clone(),
            Self::Unsound(why) => format!("not sound: {why}"),
        }
    }
}
