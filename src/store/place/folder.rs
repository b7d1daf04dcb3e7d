//! The folder of a journal: making a rename in it durable.

use crate::store::error::{Result, StoreError};
use std::fs::File;
use std::path::Path;

/// Syncs `folder`, so that a rename in it outlasts a power cut. `doing` names the work in the error.
pub(in crate::store) fn sync(folder: &Path, doing: &'static str) -> Result<()> {
    // On Linux the sync of a file does not cover its entry in the folder.
    File::open(folder)
        .and_then(|open| open.sync_all())
        .map_err(StoreError::io_at(doing, folder))
}
