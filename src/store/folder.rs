//! The folder of a journal: making a rename in it durable.

use super::error::{Result, StoreError};
use std::fs::File;
use std::path::Path;

/// Syncs `folder`, so that a rename in it outlasts a power cut. `doing` names the work in the error.
pub(super) fn sync(folder: &Path, doing: &'static str) -> Result<()> {
    // On Linux the sync of a file does not cover its entry in the folder.
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::io(doing))
}
