//! The files that are not finished yet: their names, their making, and the sweeping of what a killed run left of them.
//!
//! Invariant: every unfinished file has a name of this room. It carries the number of the process that makes it, so that a
//! sweep never takes the file of a run that is still at work. Only plain files and folders of this user with exactly such a
//! name are swept. A sweep never fails: what it cannot reach stays, and `ebb doctor` names it.

use crate::domain::order::Ordered;
use crate::store::Store;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};
use tempfile::{NamedTempFile, TempDir};

// `-wal` and `-shm` too, although we never use WAL: another program may have opened the journal that way.
/// The endings of the files that `SQLite` keeps beside a journal.
pub(in crate::store) const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// This run, and what it can learn of others. Without it nothing is swept: whose a file is cannot be told then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Process {
    /// The user's number.
    pub(crate) user: u32,
    /// When the run began.
    pub(crate) began: SystemTime,
    /// Whether a process of this number is at work, whoever's it is.
    pub(crate) runs: fn(i32) -> bool,
}

static THIS: OnceLock<Process> = OnceLock::new();

impl Process {
    /// Makes this run known, once, before any journal is opened.
    pub(crate) fn make_known(self) {
        THIS.set(self).ok();
    }
}

/// What an unfinished file will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfinished {
    /// A new journal.
    New,
    /// A copy of the journal.
    Copy,
    /// The private copy of another journal, which a merge reads.
    Other,
    /// This machine's file in a sync folder.
    Leaving,
    /// An export, a report, words: a file or a folder of files.
    Export,
    /// A note in the person's editor: a folder among the files of running programs.
    Note,
    /// The header of an encrypted file.
    Key,
    /// The config file. The config layer makes it, with the number of the process alone behind its name.
    Config,
}

/// The one list of names.
const NAMES: [(Unfinished, &str); 8] = [
    (Unfinished::New, ".ebb-new-"),
    (Unfinished::Copy, ".ebb-copy-"),
    (Unfinished::Other, ".ebb-other-"),
    (Unfinished::Leaving, ".ebb-leaving-"),
    (Unfinished::Export, ".ebb-export-"),
    (Unfinished::Note, ".ebb-note-"),
    (Unfinished::Key, ".ebb-key-"),
    (Unfinished::Config, ".ebb-config-"),
];

/// How many letters and digits a name ends with, drawn at random.
const DRAWN: usize = 6;
/// Even a large journal on a slow disk is written in seconds, so no run is at work on a file of this age.
const CUT_SHORT: Duration = Duration::from_hours(1);
/// Some file systems keep times in whole seconds.
const COARSE: Duration = Duration::from_secs(1);

impl Unfinished {
    fn prefix(self) -> &'static str {
        let name = NAMES.iter().find(|(kind, _)| *kind == self);
        name.map_or("", |(_, prefix)| prefix)
    }

    /// Whether it is a journal file as `SQLite` writes it, with entries in it.
    const fn holds_rows(self) -> bool {
        matches!(self, Self::Copy | Self::Other | Self::Leaving)
    }

    /// Begins a file in `folder` that only this user can read.
    pub(in crate::store) fn file_in(self, folder: &Path) -> io::Result<NamedTempFile> {
        let suffix = match self {
            Self::Export | Self::Key => "",
            _ => ".db",
        };
        let prefix = self.of_this_process();
        tempfile::Builder::new()
            .prefix(&prefix)
            .rand_bytes(DRAWN)
            .suffix(suffix)
            .tempfile_in(folder)
    }

    /// Begins a folder in `folder` that only this user can read.
    pub(crate) fn folder_in(self, folder: &Path) -> io::Result<TempDir> {
        tempfile::Builder::new()
            .prefix(&self.of_this_process())
            .rand_bytes(DRAWN)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(folder)
    }

    fn of_this_process(self) -> String {
        format!("{}{}-", self.prefix(), std::process::id())
    }
}

/// How sure a sweep has to be about a file that names no process, as version 0.1.0 made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Sweep {
    /// It goes when no run can still be at work on it.
    Start,
    /// It goes: the words in it are to be gone, or others can read the folder.
    Now,
}

/// What the name of an unfinished file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Name {
    kind: Unfinished,
    /// The process; `None` in a name of version 0.1.0.
    process: Option<i32>,
}

impl Name {
    /// Reads `.ebb-copy-4711-Xy12Ab.db`; `None` for every name that is not exactly of this form.
    pub(in crate::store) fn read(name: &str) -> Option<Self> {
        let (kind, rest) = NAMES
            .iter()
            .find_map(|(kind, prefix)| Some((*kind, name.strip_prefix(prefix)?)))?;
        // Also the files that SQLite keeps beside the unfinished one.
        let whole = BESIDE.iter().find_map(|end| rest.strip_suffix(end));
        let rest = whole.unwrap_or(rest);
        let rest = rest.strip_suffix(".db").unwrap_or(rest);
        let is_drawn = |text: &str| {
            text.len() == DRAWN && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let (process, is_whole) = match rest.split_once('-') {
            Some((process, drawn)) => (Some(process), is_drawn(drawn)),
            None if kind == Unfinished::Config => (Some(rest), true),
            None => (None, is_drawn(rest)),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let process = match process {
            Some(text) if digits(text) => Some(text.parse().ok().filter(|number| *number > 0)?),
            Some(_) => return None,
            None => None,
        };
        is_whole.then_some(Self { kind, process })
    }

    /// Whether the run that began the file is over.
    fn is_left(self, modified: SystemTime, sweep: Sweep, this: &Process) -> bool {
        // As seen from the start of this run. A file that is younger than that has no age.
        let age = this.began.duration_since(modified).unwrap_or_default();
        match self.process {
            None => age > CUT_SHORT || sweep == Sweep::Now,
            // In a container every run may have the same number.
            Some(process) if u32::try_from(process) == Ok(std::process::id()) => age > COARSE,
            // A person may sit before an editor for hours.
            Some(process) if self.kind == Unfinished::Note => !(this.runs)(process),
            // The system gives the number of a dead run to another process some day.
            Some(process) => age > CUT_SHORT || !(this.runs)(process),
        }
    }
}

/// Whether a file of this name is, or will be, a journal with entries in it. Also of a name that is nearly one of ours: a
/// sweep leaves such a file alone, but what is erased for good has to go from it.
pub(in crate::store) fn holds_rows(name: &str) -> bool {
    let is_beside = BESIDE.iter().any(|end| name.ends_with(end));
    !is_beside
        && NAMES
            .iter()
            .any(|(kind, prefix)| kind.holds_rows() && name.starts_with(prefix))
}

/// The unfinished files and folders in `folder` that are this user's.
fn unfinished(folder: &Path, this: &Process) -> Vec<(Name, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut all: Vec<_> = entries
        .filter_map(|entry| {
            let name = Name::read(entry.file_name().to_str()?)?;
            // Not that of a link's target: a link is never ours.
            let meta = entry.path().symlink_metadata().ok()?;
            let may_be_folder = matches!(name.kind, Unfinished::Export | Unfinished::Note);
            let is_kind = meta.is_file() || (meta.is_dir() && may_be_folder);
            (is_kind && meta.uid() == this.user).then(|| (name, entry.path()))
        })
        .collect();
    all.order_by(|(_, one), (_, other)| one.cmp(other));
    all
}

/// Deletes from `folder` what killed runs left.
pub(in crate::store) fn sweep(folder: &Path, sweep: Sweep) {
    if let Some(this) = THIS.get() {
        sweep_as(this, folder, sweep);
    }
}

fn sweep_as(this: &Process, folder: &Path, sweep: Sweep) {
    for (name, path) in unfinished(folder, this) {
        let meta = path.symlink_metadata();
        let modified = meta.as_ref().ok().and_then(|meta| meta.modified().ok());
        if !modified.is_some_and(|modified| name.is_left(modified, sweep, this)) {
            continue;
        }
        if meta.is_ok_and(|meta| meta.is_dir()) {
            // A folder in it is an earlier export that was to be exchanged: it may be the last one.
            let mut inside = std::fs::read_dir(&path).into_iter().flatten().flatten();
            if inside.all(|entry| entry.file_type().is_ok_and(|kind| kind.is_file())) {
                std::fs::remove_dir_all(&path).ok();
            }
        } else {
            std::fs::remove_file(&path).ok();
        }
    }
}

impl Store {
    /// The folders in which files of the journal at `path` are made.
    pub(in crate::store) fn own_folders(path: &Path) -> Vec<PathBuf> {
        // The parent of a bare file name is "", which no system call takes.
        let folder_of = |path: &Path| {
            let parent = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            parent.unwrap_or(Path::new(".")).to_owned()
        };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        // The journal may be a link: its copies lie beside the real file.
        let journal = real(path);
        let mut folders = vec![
            real(&folder_of(path)),
            folder_of(&journal),
            Self::copies_beside(&journal),
        ];
        folders.dedup();
        folders
    }

    /// What killed runs left beside the journal at `path` and among its copies. The files of runs at work are not among it.
    pub(in crate::store) fn left_behind(path: &Path) -> Vec<PathBuf> {
        let Some(this) = THIS.get() else {
            return Vec::new();
        };
        let folders = Self::own_folders(path).into_iter();
        folders
            .flat_map(|folder| unfinished(&folder, this))
            .filter(|(name, file)| {
                let modified = file.symlink_metadata().and_then(|meta| meta.modified());
                modified.is_ok_and(|modified| name.is_left(modified, Sweep::Now, this))
            })
            .map(|(_, file)| file)
            .collect()
    }

    /// Deletes what killed runs left beside the journal at `path` and among its copies.
    pub(in crate::store) fn sweep_folders(path: &Path, how: Sweep) {
        for folder in Self::own_folders(path) {
            sweep(&folder, how);
        }
    }
}

/// Deletes what killed runs of this program left in `folder`: where exports are written, machines meet, or the config lies.
pub(crate) fn sweep_elsewhere(folder: &Path) {
    sweep(folder, Sweep::Now);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    const RUNNING: i32 = 11;
    const DEAD: i32 = 12;

    /// A run of the files' user that began at `began`.
    fn run(folder: &Path, began: SystemTime) -> io::Result<Process> {
        Ok(Process {
            user: folder.metadata()?.uid(),
            began,
            runs: |process| process == RUNNING,
        })
    }

    /// When the files were made.
    fn made() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }

    fn make(path: &Path) -> io::Result<()> {
        File::create(path)?.set_modified(made())
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn only_exactly_our_names_are_read() {
        let read = |name: &str| Name::read(name).map(|name| (name.kind, name.process));
        assert_eq!(
            read(".ebb-copy-12-Ab12Cd.db"),
            Some((Unfinished::Copy, Some(12)))
        );
        assert_eq!(
            read(".ebb-leaving-Ab12Cd"),
            Some((Unfinished::Leaving, None))
        );
        assert_eq!(read(".ebb-config-12"), Some((Unfinished::Config, Some(12))));
        assert_eq!(
            read(".ebb-other-12-Ab12Cd.db-journal"),
            Some((Unfinished::Other, Some(12)))
        );
        for name in [
            "ebb-copy-12-Ab12Cd.db",
            ".ebb-copy-",
            ".ebb-copy-mine.db",
            ".ebb-copy-12-Ab12Cd.txt",
            ".ebb-copy-12",
            ".ebb-config-mine",
            ".ebb-copy--12-Ab12Cd.db",
            ".ebb-copy-0-Ab12Cd.db",
            ".ebb-copy-12-Ab12Cd-x.db",
            ".ebb-copy-99999999999999-Ab12Cd.db",
            ".ebb-notes-12-Ab12Cd.db",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
    }

    #[test]
    fn every_name_that_is_made_is_read_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for (kind, _) in NAMES {
            let file = kind.file_in(folder.path())?;
            let name = file.path().file_name().and_then(|name| name.to_str());
            let read = name.and_then(Name::read);
            let read = read.map(|name| (name.kind, name.process));
            assert_eq!(read, Some((kind, i32::try_from(std::process::id()).ok())));
        }
        Ok(())
    }

    #[test]
    fn a_sweep_takes_what_a_dead_run_left_and_nothing_else() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        let dead = format!(".ebb-other-{DEAD}-Ab12Cd.db");
        let running = format!(".ebb-other-{RUNNING}-Ab12Cd.db");
        let beside = format!("{dead}-journal");
        for name in [
            &dead,
            &beside,
            &running,
            ".ebb-copy-Ab12Cd.db",
            ".ebb-copy-mine.db",
        ] {
            make(&at(name))?;
        }
        let link = format!(".ebb-copy-{DEAD}-Ab12Cd.db");
        std::os::unix::fs::symlink(at(".ebb-copy-mine.db"), at(&link))?;
        let tables = at(&format!(".ebb-export-{DEAD}-Ab12Cd"));
        fs::create_dir(&tables)?;
        File::create(tables.join("notes.csv"))?;
        let last = at(&format!(".ebb-export-{DEAD}-Ef34Gh"));
        fs::create_dir_all(last.join("old"))?;
        let mine = Unfinished::Copy.file_in(folder.path())?;

        let this = run(folder.path(), made())?;
        sweep_as(&this, folder.path(), Sweep::Start);
        let mut stay = vec![
            ".ebb-copy-Ab12Cd.db".to_owned(),
            ".ebb-copy-mine.db".to_owned(),
            link,
            running,
        ];
        let own = [last.as_path(), mine.path()].map(Path::file_name);
        let own = own.into_iter().flatten();
        stay.extend(own.map(|name| name.to_string_lossy().into_owned()));
        stay.sort();
        assert_eq!(names(folder.path()), stay);

        // A name of version 0.1.0 says nothing of its run.
        sweep_as(&this, folder.path(), Sweep::Now);
        stay.retain(|name| name != ".ebb-copy-Ab12Cd.db");
        assert_eq!(names(folder.path()), stay);
        Ok(())
    }

    #[test]
    fn a_file_of_yesterday_goes_whatever_process_has_its_number_now() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let own = std::process::id();
        for name in [
            format!(".ebb-copy-{RUNNING}-Ab12Cd.db"),
            format!(".ebb-copy-{own}-Ab12Cd.db"),
            ".ebb-copy-Ab12Cd.db".to_owned(),
        ] {
            make(&folder.path().join(name))?;
        }
        let stranger = Process {
            user: folder.path().metadata()?.uid() + 1,
            ..run(folder.path(), made() + 25 * CUT_SHORT)?
        };
        sweep_as(&stranger, folder.path(), Sweep::Now);
        assert_eq!(names(folder.path()).len(), 3);
        let this = run(folder.path(), made() + 25 * CUT_SHORT)?;
        sweep_as(&this, folder.path(), Sweep::Start);
        assert_eq!(names(folder.path()), Vec::<String>::new());
        Ok(())
    }
}
