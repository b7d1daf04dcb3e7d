//! The windows on a journal: runs of ebb that keep it open. Each leaves a file in the folder of running programs, so that a
//! second one can name the first.
//!
//! Invariant: such a file never lies beside a journal, where a sync program would carry it away. It has the number of the
//! process and the start of the window, and its name the device and inode of the journal: no path and nothing of what was
//! entered. A lock of the system on it ends with the process, so the file of a killed run is never taken for a window. No
//! error here reaches a person: without a folder there is nothing to name.

use crate::domain::order::Ordered;
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::store::folder::temporary::Process;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::fs::{DirBuilder, File, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A run of ebb that keeps a journal open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    /// The number of the process.
    pub(crate) process: i32,
    /// Its start, on its wall clock.
    pub(crate) since: DateTime<FixedOffset>,
}

impl Window {
    /// "pid 4242, since 09:12"; on another day than `today` with the day of the start.
    pub(super) fn name(&self, manner: Manner, today: Option<NaiveDate>) -> String {
        let (day, time) = (self.since.date_naive(), manner.time(self.since.time()));
        let day = if today == Some(day) {
            String::new()
        } else {
            format!("{} ", words::day(day))
        };
        format!("pid {}, since {day}{time}", self.process)
    }
}

/// The file of an own window. Dropping it takes the file away.
#[derive(Debug)]
pub(crate) struct WindowFile {
    path: PathBuf,
    // Closing it ends the lock.
    _file: File,
}

impl Drop for WindowFile {
    fn drop(&mut self) {
        std::fs::remove_file(&self.path).ok();
    }
}

/// Finds the windows on a journal.
#[derive(Debug, Clone)]
pub(crate) struct Windows {
    folders: Vec<PathBuf>,
    user: u32,
    manner: Manner,
}

static KNOWN: OnceLock<Windows> = OnceLock::new();

/// The beginning of the name of such a file.
const BEFORE: &str = "open-";
/// How often a window tries to lock its file: another run may look at it at the same moment.
const TRIES: usize = 3;
/// A longer file is none of ours.
const MOST_BYTES: u64 = 100;

impl Windows {
    /// Those with a file in one of `folders`, the best folder first. `manner` is how times are written.
    pub(crate) fn new(folders: Vec<PathBuf>, process: Process, manner: Manner) -> Self {
        Self {
            folders,
            user: process.user,
            manner,
        }
    }

    /// Makes them known, once, so that a message about a locked journal can name them.
    pub(crate) fn make_known(&self) {
        KNOWN.set(self.clone()).ok();
    }

    pub(super) fn known() -> Option<&'static Self> {
        KNOWN.get()
    }

    pub(super) const fn manner(&self) -> Manner {
        self.manner
    }

    /// Leaves a file for a window on `journal`, in the first folder that can hold it.
    pub(crate) fn enter(&self, journal: &Path, at: DateTime<FixedOffset>) -> Option<WindowFile> {
        let name = format!("{}{}", stem(journal)?, std::process::id());
        let mut folders = self.folders.iter().filter(|folder| self.is_private(folder));
        folders.find_map(|folder| {
            let path = folder.join(&name);
            (0..TRIES).find_map(|_| locked(&path, at))
        })
    }

    /// The windows of other processes on `journal`, the oldest first. What killed runs left in the folders is deleted.
    pub(crate) fn others(&self, journal: &Path) -> Vec<Window> {
        let Some(stem) = stem(journal) else {
            return Vec::new();
        };
        let mut windows = Vec::new();
        for folder in &self.folders {
            for entry in folder.read_dir().into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if !name.starts_with(BEFORE) {
                    continue;
                }
                let window = window_of(&entry.path());
                windows.extend(window.filter(|_| name.starts_with(&stem)));
            }
        }
        windows.retain(|window| u32::try_from(window.process) != Ok(std::process::id()));
        windows.order_by_key(|window| (window.since, window.process));
        windows
    }

    /// The sentences about other windows on `journal`; `None` if there are none.
    pub(crate) fn sentences(&self, journal: &Path, today: NaiveDate) -> Option<String> {
        let others = self.others(journal);
        let names = others
            .iter()
            .map(|window| window.name(self.manner, Some(today)));
        let names = names.collect::<Vec<_>>().join("; ");
        match others.len() {
            0 => None,
            1 => Some(format!(
                "Another ebb ({names}) has this journal open. Both can write; each sees what the other saved."
            )),
            n => Some(format!(
                "{n} other runs of ebb ({names}) have this journal open. All can write; each sees what the others saved."
            )),
        }
    }

    /// Whether `folder` is this user's alone. It is made where it is missing, below a folder of this user.
    fn is_private(&self, folder: &Path) -> bool {
        if folder.symlink_metadata().is_err() {
            let mut above = folder.ancestors().skip(1);
            let above = above.find_map(|above| above.metadata().ok());
            // Run with another user's settings, as sudo does, this would leave a folder that the user cannot write to.
            if above.is_some_and(|above| above.uid() == self.user) {
                let mut builder = DirBuilder::new();
                builder.recursive(true).mode(0o700).create(folder).ok();
            }
        }
        folder.symlink_metadata().is_ok_and(|meta| {
            let is_loose = meta.mode() & 0o077 != 0;
            meta.is_dir() && meta.uid() == self.user && !is_loose
        })
    }
}

/// The beginning of the names of the files of all windows on `journal`. Links to one file have one name.
fn stem(journal: &Path) -> Option<String> {
    let meta = journal.metadata().ok()?;
    Some(format!("{BEFORE}{:x}-{:x}-", meta.dev(), meta.ino()))
}

/// Makes the file at `path` and locks it.
fn locked(path: &Path, at: DateTime<FixedOffset>) -> Option<WindowFile> {
    let mut options = File::options();
    // The file of a killed run with the same number may lie there.
    let options = options.write(true).create(true).truncate(false).mode(0o600);
    let mut file = options.open(path).ok()?;
    file.try_lock().ok()?;
    let is_there = |open: &File| {
        let (open, there) = (open.metadata().ok()?, path.metadata().ok()?);
        Some(open.ino() == there.ino())
    };
    // Another run may have deleted it as left between the opening and the lock.
    if is_there(&file) != Some(true) {
        return None;
    }
    let text = format!("{}\n{}\n", std::process::id(), at.to_rfc3339());
    file.set_len(0).ok()?;
    file.write_all(text.as_bytes()).ok()?;
    Some(WindowFile {
        path: path.to_owned(),
        _file: file,
    })
}

/// The window whose file is at `path`. The file of a run that is over is deleted.
fn window_of(path: &Path) -> Option<Window> {
    // Not through a link, and no pipe: opening one waits.
    if !path.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
        return None;
    }
    let mut file = File::open(path).ok()?;
    // A shared lock, so that two runs that look at the same moment do not take each other for a window.
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let mut head = Read::take(&mut file, MOST_BYTES);
            head.read_to_string(&mut text).ok()?;
            let mut lines = text.lines();
            Some(Window {
                process: lines.next()?.parse().ok().filter(|number| *number > 0)?,
                since: DateTime::parse_from_rfc3339(lines.next()?).ok()?,
            })
        }
        Ok(()) => {
            std::fs::remove_file(path).ok();
            None
        }
        // A file system without locks: whether the run is over cannot be told.
        Err(TryLockError::Error(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io;
    use std::os::unix::fs::PermissionsExt;

    fn windows(folders: &[&Path], user: u32) -> Windows {
        Windows {
            folders: folders.iter().map(|&folder| folder.to_owned()).collect(),
            user,
            manner: Manner::default(),
        }
    }

    fn morning() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-28T09:12:00+01:00").unwrap_or_default()
    }

    #[test]
    fn the_file_of_a_window_is_private_has_no_path_and_goes_with_it() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let journal = home.path().join("journal.db");
        fs::write(&journal, "")?;
        let folder = home.path().join("run/ebb");
        let windows = windows(&[&folder], home.path().metadata()?.uid());
        let file = windows.enter(&journal, morning());
        let path = file.as_ref().map(|file| file.path.clone());
        let path = path.ok_or(io::ErrorKind::NotFound)?;
        assert_eq!(path.metadata()?.permissions().mode() & 0o777, 0o600);
        assert_eq!(folder.metadata()?.permissions().mode() & 0o777, 0o700);
        let id = std::process::id();
        let text = fs::read_to_string(&path)?;
        assert_eq!(text, format!("{id}\n2026-11-28T09:12:00+01:00\n"));
        assert!(!path.to_string_lossy().contains("journal"));

        // As another process sees it: the file of a window is locked.
        let window = window_of(&path);
        let name = window.map(|window| window.name(Manner::default(), None));
        let since = format!("pid {id}, since Sat 28 Nov 2026 09:12");
        assert_eq!(name, Some(since));
        assert!(windows.others(&journal).is_empty(), "an own one is named");

        drop(file);
        assert!(!path.exists());
        Ok(())
    }

    #[test]
    fn what_a_killed_run_left_is_no_window_and_goes() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let journal = home.path().join("journal.db");
        fs::write(&journal, "")?;
        let windows = windows(&[home.path()], home.path().metadata()?.uid());
        let stem = stem(&journal).ok_or(io::ErrorKind::NotFound)?;
        let left = [format!("{stem}4242"), "open-1-2-4243".to_owned()];
        for name in &left {
            fs::write(home.path().join(name), "4242\n2026-11-28T09:12:00+01:00\n")?;
        }
        assert_eq!(windows.others(&journal), []);
        for name in &left {
            assert!(!home.path().join(name).exists(), "{name}");
        }
        assert!(journal.exists());
        Ok(())
    }

    #[test]
    fn a_locked_file_with_anything_else_in_it_is_no_window() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let path = home.path().join("open-1-2-3");
        for text in [
            "",
            "12",
            "no\nnumber\n",
            "-4\n2026-11-28T09:12:00Z\n",
            "4\nnever\n",
        ] {
            fs::write(&path, text)?;
            let file = File::open(&path)?;
            file.lock()?;
            assert_eq!(window_of(&path), None, "{text:?}");
            assert!(path.exists());
        }
        Ok(())
    }

    #[test]
    fn a_folder_of_another_user_or_open_to_others_is_passed_over() -> io::Result<()> {
        let home = tempfile::tempdir()?;
        let journal = home.path().join("journal.db");
        fs::write(&journal, "")?;
        let user = home.path().metadata()?.uid();
        let (open, good) = (home.path().join("open"), home.path().join("good"));
        fs::create_dir(&open)?;
        fs::set_permissions(&open, fs::Permissions::from_mode(0o755))?;
        let file = windows(&[&open, &good], user).enter(&journal, morning());
        assert!(file.is_some_and(|file| file.path.starts_with(&good)));
        let stranger = windows(&[&good, &home.path().join("new")], user + 1);
        assert!(stranger.enter(&journal, morning()).is_none());
        assert!(!home.path().join("new").exists());
        Ok(())
    }

    #[test]
    fn the_day_of_a_start_is_said_unless_it_is_today() {
        let window = Window {
            process: 4242,
            since: morning(),
        };
        let name = |today| window.name(Manner::default(), today);
        let day = NaiveDate::from_ymd_opt(2026, 11, 28);
        assert_eq!(name(day), "pid 4242, since 09:12");
        let next = day.and_then(|day| day.succ_opt());
        assert_eq!(name(next), "pid 4242, since Sat 28 Nov 2026 09:12");
    }
}
