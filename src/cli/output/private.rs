//! Small files that this program keeps for itself: JSON that only this user can read.
//!
//! Invariant: a file is whole or as it was before; a file that is missing, damaged or newer counts as empty. No error here
//! stops what a person asked for. A file about a journal is as readable as that journal: under its key where it has one, and
//! not written at all while it is locked.

use crate::config::Places;
use crate::store::key::whole;
use crate::store::key::whole::Vault;
use serde_json::Value;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// The most bytes that are read: such a file holds a few hundred lines.
const MOST: u64 = 4 * 1024 * 1024;

/// What is kept about a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum About {
    /// What was handed out of it.
    HandedOut,
    /// Where it met those of other machines last.
    Meeting,
}

impl About {
    const ALL: [Self; 2] = [Self::HandedOut, Self::Meeting];

    /// The end of the name of the file.
    const fn ending(self) -> &'static str {
        match self {
            Self::HandedOut => "handed-out.json",
            Self::Meeting => "sync.json",
        }
    }
}

/// A file about a journal, in the folder that no copy, sync or export takes along.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Kept {
    path: PathBuf,
    journal: PathBuf,
}

impl Kept {
    /// The file about the journal with this id; `None` without such a folder.
    pub(in crate::cli) fn of_journal(places: &Places, id: &str, about: About) -> Option<Self> {
        // A damaged id could name another file.
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let folder = places.state.as_ref().filter(|_| is_id)?;
        Some(Self {
            path: folder.join(format!("{id}.{}", about.ending())),
            journal: places.journal.clone(),
        })
    }

    /// Where it lies.
    pub(in crate::cli) fn path(&self) -> &Path {
        &self.path
    }

    /// What it holds; `Null` where it holds nothing that is understood, or its key is not at hand.
    pub(in crate::cli) fn read(&self) -> Value {
        read(&self.path)
    }

    /// Writes it.
    pub(in crate::cli) fn write(&self, value: &Value) -> std::io::Result<()> {
        // Looked at now: a passphrase may have come since the program began.
        put(&self.path, &Vault::of(&self.journal).closed(text(value))?)
    }

    /// Writes it anew where it is plain beside an encrypted journal, or the other way round.
    fn follow(&self) {
        if let Some(bytes) = bytes(&self.path)
            && Vault::of(&self.journal).is_other_than(&bytes)
            && let value = self.read()
            && !value.is_null()
        {
            self.write(&value).ok();
        }
    }
}

/// Brings what is kept about the journal with this id after its key. Best effort, and tried again at each start.
pub(in crate::cli) fn follow(places: &Places, id: &str) {
    for about in About::ALL {
        if let Some(kept) = Kept::of_journal(places, id, about) {
            kept.follow();
        }
    }
}

fn bytes(path: &Path) -> Option<Vec<u8>> {
    let is_small = std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() <= MOST);
    is_small.then(|| std::fs::read(path).ok()).flatten()
}

fn text(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// What the file holds; `Null` where it holds nothing that is understood.
pub(in crate::cli) fn read(path: &Path) -> Value {
    let opened = bytes(path).and_then(whole::opened);
    let value = opened.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    value.unwrap_or_default()
}

/// Writes the file, in a folder that only this user can look into where the folder is new.
pub(in crate::cli) fn write(path: &Path, value: &Value) -> std::io::Result<()> {
    put(path, &text(value))
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder)?;
    // Made by `tempfile`, it is readable by this user alone from the first byte on.
    let mut temp = tempfile::Builder::new()
        .prefix(".ebb-kept-")
        .tempfile_in(folder)?;
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    temp.persist(path).map_err(|error| error.error)?;
    Ok(())
}
