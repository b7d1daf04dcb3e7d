//! The folder that a journal lies in: what is renamed there has to stay renamed.

use super::error::{Result, StoreError};
use std::fs::File;
use std::path::Path;

/// Makes a rename in `folder` outlast a power cut; `doing` says what it was for, should it go wrong.
pub(super) fn sync(folder: &Path, doing: &'static str) -> Result<()> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::io(doing))
}
