//! The files that are not finished yet: their names, their making, and the sweeping of what a killed run left of them.
//!
//! Invariant: every unfinished file has a name of this room. It carries the number of the process that makes it, so that a
//! sweep never takes the file of a run that is still at work. Only plain files and folders of this user with exactly such a
//! name are swept. A sweep never fails: what it cannot reach stays, and `ebb doctor` names it.

use super::Store;
use super::backup::copy;
use super::ours::BESIDE;
use rustix::io::Errno;
use rustix::process::{Pid, geteuid, getpid, test_kill_process};
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};
use tempfile::{NamedTempFile, TempDir};

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
}

/// The one list of names. The config layer makes its own, `.ebb-config-` and the process, which knows nothing of journals.
const NAMES: [(Unfinished, &str); 5] = [
    (Unfinished::New, ".ebb-new-"),
    (Unfinished::Copy, ".ebb-copy-"),
    (Unfinished::Other, ".ebb-other-"),
    (Unfinished::Leaving, ".ebb-leaving-"),
    (Unfinished::Export, ".ebb-export-"),
];

/// How many letters and digits a name ends with, drawn at random.
const DRAWN: usize = 6;
/// Even a large journal on a slow disk is written in seconds, so no run is at work on a file of this age.
const CUT_SHORT: Duration = Duration::from_secs(3600);
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
    pub(super) fn file_in(self, folder: &Path) -> io::Result<NamedTempFile> {
        began();
        let suffix = if self == Self::Export { "" } else { ".db" };
        let prefix = self.of_this_process();
        tempfile::Builder::new()
            .prefix(&prefix)
            .rand_bytes(DRAWN)
            .suffix(suffix)
            .tempfile_in(folder)
    }

    /// Begins a folder in `folder` that only this user can read.
    pub(crate) fn folder_in(self, folder: &Path) -> io::Result<TempDir> {
        began();
        tempfile::Builder::new()
            .prefix(&self.of_this_process())
            .rand_bytes(DRAWN)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(folder)
    }

    fn of_this_process(self) -> String {
        format!("{}{}-", self.prefix(), getpid().as_raw_nonzero())
    }
}

/// How sure a sweep has to be about a file that names no process, as version 0.1.0 made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sweep {
    /// It goes when no run can still be at work on it.
    Start,
    /// It goes: the words in it are to be gone, or others can read the folder.
    Now,
}

/// What the name of an unfinished file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    kind: Unfinished,
    /// The process; `None` in a name of version 0.1.0.
    process: Option<i32>,
}

impl Name {
    /// Reads `.ebb-copy-4711-Xy12Ab.db`; `None` for every name that is not exactly of this form.
    pub(super) fn read(name: &str) -> Option<Self> {
        let (kind, rest) = NAMES
            .iter()
            .find_map(|(kind, prefix)| Some((*kind, name.strip_prefix(prefix)?)))?;
        // Also the files that SQLite keeps beside the unfinished one.
        let whole = BESIDE.iter().find_map(|end| rest.strip_suffix(end));
        let rest = whole.unwrap_or(rest);
        let rest = rest.strip_suffix(".db").unwrap_or(rest);
        let (process, drawn) = match rest.split_once('-') {
            Some((process, drawn)) => (Some(process), drawn),
            None => (None, rest),
        };
        let is_drawn = drawn.len() == DRAWN && drawn.bytes().all(|b| b.is_ascii_alphanumeric());
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let process = match process {
            Some(text) if digits(text) => Some(text.parse().ok().filter(|number| *number > 0)?),
            Some(_) => return None,
            None => None,
        };
        is_drawn.then_some(Self { kind, process })
    }

    /// Whether the run that began the file is over.
    fn is_left(self, modified: SystemTime, sweep: Sweep) -> bool {
        // A file from the future has no age.
        let is_old = modified.elapsed().is_ok_and(|age| age > CUT_SHORT);
        match self.process {
            None => is_old || sweep == Sweep::Now,
            // In a container every run may have the same number.
            Some(process) if process == getpid().as_raw_nonzero().get() => {
                is_old || modified + COARSE < began()
            }
            // The system gives the number of a dead run to another process some day.
            Some(process) => is_old || !runs(process),
        }
    }
}

/// When this run first had to do with an unfinished file.
fn began() -> SystemTime {
    static BEGAN: OnceLock<SystemTime> = OnceLock::new();
    *BEGAN.get_or_init(SystemTime::now)
}

fn runs(process: i32) -> bool {
    // A process of another user answers "not permitted", and runs.
    Pid::from_raw(process).is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

/// Whether a file of this name is, or will be, a journal with entries in it. Also of a name that is nearly one of ours: a
/// sweep leaves such a file alone, but what is erased for good has to go from it.
pub(super) fn holds_rows(name: &str) -> bool {
    let is_beside = BESIDE.iter().any(|end| name.ends_with(end));
    !is_beside
        && NAMES
            .iter()
            .any(|(kind, prefix)| kind.holds_rows() && name.starts_with(prefix))
}

/// The unfinished files and folders in `folder` that are this user's.
pub(super) fn unfinished(folder: &Path) -> Vec<(Name, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut all: Vec<_> = entries
        .filter_map(|entry| {
            let name = Name::read(entry.file_name().to_str()?)?;
            // Not that of a link's target: a link is never ours.
            let meta = entry.path().symlink_metadata().ok()?;
            let is_kind = meta.is_file() || (meta.is_dir() && name.kind == Unfinished::Export);
            (is_kind && meta.uid() == geteuid().as_raw()).then(|| (name, entry.path()))
        })
        .collect();
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    all
}

/// Deletes from `folder` what killed runs left.
pub(super) fn sweep(folder: &Path, sweep: Sweep) {
    began();
    for (name, path) in unfinished(folder) {
        let meta = path.symlink_metadata();
        let modified = meta.as_ref().ok().and_then(|meta| meta.modified().ok());
        if !modified.is_some_and(|modified| name.is_left(modified, sweep)) {
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
    pub(super) fn own_folders(path: &Path) -> Vec<PathBuf> {
        let mut folders = vec![copy::folder_of(path).to_owned()];
        // The journal may be a link: its copies lie beside the real file.
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        folders.push(copy::folder_of(&real).to_owned());
        folders.push(Self::copies_folder(path));
        folders.dedup();
        folders
    }

    /// What killed runs left beside the journal at `path` and among its copies. The files of runs at work are not among it.
    pub(super) fn left_behind(path: &Path) -> Vec<PathBuf> {
        let folders = Self::own_folders(path).into_iter();
        folders
            .flat_map(|folder| unfinished(&folder))
            .filter(|(name, file)| {
                let modified = file.symlink_metadata().and_then(|meta| meta.modified());
                modified.is_ok_and(|modified| name.is_left(modified, Sweep::Now))
            })
            .map(|(_, file)| file)
            .collect()
    }

    /// Deletes what killed runs left beside the journal at `path` and among its copies.
    pub(super) fn sweep_folders(path: &Path, how: Sweep) {
        for folder in Self::own_folders(path) {
            sweep(&folder, how);
        }
    }
}

/// Deletes what killed runs of this program left in `folder`, where exports are written or machines meet.
pub(crate) fn sweep_elsewhere(folder: &Path) {
    sweep(folder, Sweep::Now);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    /// More than any system gives out.
    const NOBODY: i32 = i32::MAX;

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
        assert_eq!(
            read(".ebb-other-12-Ab12Cd.db-journal"),
            Some((Unfinished::Other, Some(12)))
        );
        for name in [
            "ebb-copy-12-Ab12Cd.db",
            ".ebb-copy-",
            ".ebb-copy-mine.db",
            ".ebb-copy-12-Ab12Cd.txt",
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
    fn every_name_that_is_made_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        for (kind, _) in NAMES {
            let file = kind.file_in(folder.path()).unwrap();
            let name = file.path().file_name().unwrap().to_str().unwrap();
            let read = Name::read(name).unwrap();
            assert_eq!(read.kind, kind);
            assert_eq!(read.process, Some(getpid().as_raw_nonzero().get()));
        }
    }

    #[test]
    fn a_sweep_takes_what_a_dead_run_left_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let parent = rustix::process::getppid().unwrap().as_raw_nonzero();
        let dead = format!(".ebb-other-{NOBODY}-Ab12Cd.db");
        let running = format!(".ebb-other-{parent}-Ab12Cd.db");
        let beside = format!("{dead}-journal");
        for name in [
            &dead,
            &beside,
            &running,
            ".ebb-copy-Ab12Cd.db",
            ".ebb-copy-mine.db",
        ] {
            File::create(at(name)).unwrap();
        }
        let link = format!(".ebb-copy-{NOBODY}-Ab12Cd.db");
        std::os::unix::fs::symlink(at(".ebb-copy-mine.db"), at(&link)).unwrap();
        let tables = at(&format!(".ebb-export-{NOBODY}-Ab12Cd"));
        fs::create_dir(&tables).unwrap();
        File::create(tables.join("notes.csv")).unwrap();
        let last = at(&format!(".ebb-export-{NOBODY}-Ef34Gh"));
        fs::create_dir_all(last.join("old")).unwrap();
        let mine = Unfinished::Copy.file_in(folder.path()).unwrap();

        sweep(folder.path(), Sweep::Start);
        let mut stay = vec![
            ".ebb-copy-Ab12Cd.db".to_owned(),
            ".ebb-copy-mine.db".to_owned(),
            link,
            running,
            last.file_name().unwrap().to_string_lossy().into_owned(),
            mine.path()
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned(),
        ];
        stay.sort();
        assert_eq!(names(folder.path()), stay);

        // A name of version 0.1.0 says nothing of its run.
        sweep(folder.path(), Sweep::Now);
        stay.retain(|name| name != ".ebb-copy-Ab12Cd.db");
        assert_eq!(names(folder.path()), stay);
    }

    #[test]
    fn a_file_of_yesterday_goes_whatever_process_has_its_number_now() {
        let folder = tempfile::tempdir().unwrap();
        let parent = rustix::process::getppid().unwrap().as_raw_nonzero();
        let own = getpid().as_raw_nonzero();
        for name in [
            format!(".ebb-copy-{parent}-Ab12Cd.db"),
            format!(".ebb-copy-{own}-Ab12Cd.db"),
            ".ebb-copy-Ab12Cd.db".to_owned(),
        ] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(24 * 3600))
                .unwrap();
        }
        sweep(folder.path(), Sweep::Start);
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }
}
