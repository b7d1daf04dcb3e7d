//! Putting what leaves the journal in its place: a file, or a folder of files.
//!
//! Invariant: only at a [`Destination`], so never over our own files; whole or absent, readable by nobody else. A file or
//! folder that is there is replaced only with `--force`; a link is never followed.

use super::stopped::Stopped;
use crate::cli::failure::{DISK, Failure, NO, Outcome};
use crate::domain::text::system_words::system_words;
use crate::store::{Destination, Occupant, Unfinished, buffered, sweep_elsewhere};
use crate::transfer::data_package::Files;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What may stand where something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Place {
    /// Nothing; `--force` would replace it.
    New,
    /// Nothing, on the faces that have no `--force`.
    NewAlone,
    /// What is of the same kind, which is replaced.
    Replace,
}

impl Place {
    /// As `--force` says.
    pub(in crate::cli) const fn of(force: bool) -> Self {
        if force { Self::Replace } else { Self::New }
    }
}

/// Writes a file beside its place and renames it.
pub(in crate::cli) fn write_whole<T>(
    to: &Destination,
    place: Place,
    write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> Outcome<T> {
    let path = to.path();
    match (path.symlink_metadata().ok(), place) {
        (Some(_), Place::New | Place::NewAlone) => return Err(is_there(path, place)),
        (Some(meta), Place::Replace) if !meta.is_file() => {
            return Err(Failure::usage(format!(
                "{} is not a plain file, so it was left as it is",
                path.display()
            )));
        }
        _ => {}
    }
    let standing = match place {
        Place::New | Place::NewAlone => Occupant::Nothing,
        Place::Replace => Occupant::File,
    };
    to.write(standing, write)
        .map_err(|error| file_failure(path, &error))
}

/// Writes a folder of files beside its place and renames it. An empty folder that stands there is taken as the place; one
/// that was written before is exchanged for the new one where that was said, and goes when that stands.
pub(super) fn write_folder<T>(
    to: &Destination,
    names: &[String],
    place: Place,
    write: impl FnOnce(&mut dyn Files) -> io::Result<T>,
) -> Outcome<T> {
    let path = &without_slash(to.path());
    let failure = |error: &io::Error| file_failure(path, error);
    let standing = path.symlink_metadata().ok();
    if standing.as_ref().is_some_and(|meta| !meta.is_dir()) {
        return Err(Failure::usage(format!(
            "{} is not a folder, so it was left as it is",
            path.display()
        )));
    }
    let is_filled = match &standing {
        None => false,
        Some(_) => fs::read_dir(path)
            .map_err(|error| failure(&error))?
            .next()
            .is_some(),
    };
    if is_filled && place != Place::Replace {
        return Err(is_there(path, place));
    }
    if is_filled {
        refuse_others(path, names)?;
    }
    let folder = beside(path);
    sweep_elsewhere(folder);
    let temp = private_folder(folder).map_err(|error| failure(&error))?;
    let told = write(&mut Filled(temp.path())).map_err(|error| failure(&error))?;
    sync(temp.path()).map_err(|error| failure(&error))?;
    if is_filled {
        // What stood there is in the private folder now, and goes with it.
        return replace(temp.path(), path, folder)
            .and_then(|()| sync(folder))
            .map(|()| told)
            .map_err(|error| failure(&error));
    }
    // On the way of a rename an empty folder is replaced, a filled one and a link are not.
    fs::rename(temp.path(), path).map_err(|error| failure(&error))?;
    // The folder has another name now: there is nothing left to clear away.
    drop(temp.keep());
    sync(folder).map_err(|error| failure(&error))?;
    Ok(told)
}

/// Puts `new` in the place of `old` and the other way round, in one moment where the system can.
fn replace(new: &Path, old: &Path, folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            // Old kernels and some file systems cannot exchange two names; then it takes two renames.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    let aside = private_folder(folder)?;
    let kept = aside.path().join("old");
    fs::rename(old, &kept)?;
    if let Err(error) = fs::rename(new, old) {
        // What stood there goes back; the first error is the one to tell.
        fs::rename(&kept, old).ok();
        return Err(error);
    }
    fs::rename(&kept, new)
}

/// A folder that holds anything but what is written into it is somebody's, not an earlier export.
fn refuse_others(path: &Path, names: &[String]) -> Outcome {
    for entry in fs::read_dir(path).map_err(|error| file_failure(path, &error))? {
        let entry = entry.map_err(|error| file_failure(path, &error))?;
        let name = entry.file_name();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !names.iter().any(|known| name == known.as_str()) {
            return Err(Failure::usage(format!(
                "{} holds {}, which is no part of an export, so it was left as it is; name a new folder",
                path.display(),
                Path::new(&name).display()
            )));
        }
    }
    Ok(())
}

/// The private folder that is filled, file by file.
struct Filled<'a>(&'a Path);

impl Files for Filled<'_> {
    fn file(
        &mut self,
        name: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut temp = tempfile::Builder::new().tempfile_in(self.0)?;
        buffered(temp.as_file_mut(), write)?;
        // On the disk before its name is, so that a power loss leaves no empty file under that name.
        temp.as_file().sync_all()?;
        temp.persist_noclobber(self.0.join(name))
            .map_err(|error| error.error)?;
        Ok(())
    }
}

fn private_folder(folder: &Path) -> io::Result<tempfile::TempDir> {
    Unfinished::Export.folder_in(folder)
}

/// `out/` and `out` are one place; with the slash a link would be followed.
fn without_slash(path: &Path) -> PathBuf {
    path.components().collect()
}

fn beside(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn sync(folder: &Path) -> io::Result<()> {
    // A rename is on the disk only once its folder is.
    fs::File::open(folder)?.sync_all()
}

fn is_there(path: &Path, place: Place) -> Failure {
    let way = match place {
        Place::NewAlone => "choose another name",
        Place::New | Place::Replace => "--force replaces it",
    };
    Failure::usage(format!(
        "{} is there already and was left as it is; {way}",
        path.display()
    ))
}

fn file_failure(path: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind;
    if let Some(Stopped(signal)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        let sentence = format!(
            "stopped; {} was not written, and no half file was left",
            path.display()
        );
        return Failure::new(128 + signal, sentence);
    }
    let code = match error.kind() {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied => DISK,
        _ => NO,
    };
    Failure::new(
        code,
        format!(
            "writing {} did not work ({}); no half file was left, and the journal is as it was",
            path.display(),
            system_words(error)
        ),
    )
}
