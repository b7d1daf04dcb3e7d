//! Small files that this program keeps for itself: JSON that only this user can read.
//!
//! Invariant: a file is whole or as it was before; a file that is missing, damaged or newer counts as empty. No error here
//! stops what a person asked for.

use crate::config::Places;
use serde_json::Value;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// The most bytes that are read: such a file holds a few hundred lines.
const MOST: u64 = 4 * 1024 * 1024;

/// The file of a journal with this id in the folder that no copy, sync or export takes along; `None` without such a folder.
pub(in crate::cli) fn of_journal(places: &Places, id: &str, ending: &str) -> Option<PathBuf> {
    // A damaged id could name another file.
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let folder = places.state.as_ref().filter(|_| is_id)?;
    Some(folder.join(format!("{id}.{ending}")))
}

/// What the file holds; `Null` where it holds nothing that is understood.
pub(in crate::cli) fn read(path: &Path) -> Value {
    let is_small = std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() <= MOST);
    let bytes = is_small.then(|| std::fs::read(path).ok()).flatten();
    let value = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    value.unwrap_or_default()
}

/// Writes the file, in a folder that only this user can look into where the folder is new.
pub(in crate::cli) fn write(path: &Path, value: &Value) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder)?;
    // Made by `tempfile`, it is readable by this user alone from the first byte on.
    let mut temp = tempfile::Builder::new()
        .prefix(".ebb-kept-")
        .tempfile_in(folder)?;
    temp.write_all(format!("{value:#}\n").as_bytes())?;
    temp.as_file().sync_all()?;
    temp.persist(path).map_err(|error| error.error)?;
    Ok(())
}
