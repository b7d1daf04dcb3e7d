//! The folder of a journal: making a rename in it durable, and what lies around the journal that a person has to know of.

pub(super) mod conflict;
pub(super) mod network;
pub(super) mod temporary;
pub(super) mod window;
pub(super) mod writer;

use super::error::{Result, StoreError};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The folder of `path`.
pub(crate) fn folder_of(path: &Path) -> &Path {
    // The parent of a bare file name is "", which no system call takes.
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Syncs `folder`, so that a rename in it outlasts a power cut. `doing` names the work in the error.
pub(super) fn sync(folder: &Path, doing: &'static str) -> Result<()> {
    // On Linux the sync of a file does not cover its entry in the folder.
    File::open(folder)
        .and_then(|open| open.sync_all())
        .map_err(StoreError::io_at(doing, folder))
}

/// What stands in the place of the file at `path` while iCloud keeps it elsewhere; `None` if nothing does.
pub(super) fn placeholder(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let placeholder = path.with_file_name(format!(".{name}.icloud"));
    placeholder
        .symlink_metadata()
        .is_ok()
        .then_some(placeholder)
}
