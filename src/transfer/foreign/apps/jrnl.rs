//! jrnl: notes with their moments and tags, as `jrnl --format json` writes them.

use super::super::sheet::{Line, Sheet};
use super::super::target::Meant;
use super::{Form, KnownColumn, single};
use crate::transfer::import::error::{File, RowError, text_of, whole};
use serde::Deserialize;

pub(super) struct Jrnl;

#[derive(Deserialize)]
struct Export {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    date: String,
    time: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    tags: Vec<String>,
}

impl Form for Jrnl {
    fn name(&self) -> &'static str {
        "jrnl"
    }

    fn about(&self) -> &'static str {
        "notes from `jrnl --format json`"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_keys(files, &["\"entries\"", "\"body\"", "\"starred\""])
            || has_keys(files, &["\"entries\"", "\"body\"", "\"time\""])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let file = single(files)?;
        let export: Export = read(file)?;
        let entries = export.entries.into_iter().map(|entry| {
            let note = joined(&entry.title, &entry.body);
            [entry.date, entry.time, note, entry.tags.join(", ")]
        });
        Ok(notes(file, &["Date", "Time", "Note", "Tags"], entries))
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        (column == "Tags").then(|| KnownColumn::sure("note", "the tags of the entry"))?
    }
}

/// Whether a single file of JSON has all of these keys.
pub(super) fn has_keys(files: &[File], keys: &[&str]) -> bool {
    let [file] = files else { return false };
    // The first sign tells, so that a long table is not read once more for this.
    let start = file.bytes.strip_prefix(b"\xef\xbb\xbf");
    let mut start = start.unwrap_or(&file.bytes).iter();
    let first = start.find(|byte| !byte.is_ascii_whitespace());
    if !first.is_some_and(|byte| b"{[".contains(byte)) {
        return false;
    }
    let Ok(text) = text_of(&file.name, &file.bytes) else {
        return false;
    };
    keys.iter().all(|key| text.contains(key))
}

pub(super) fn read<'a, T: Deserialize<'a>>(file: &'a File) -> Result<T, Vec<RowError>> {
    let text = text_of(&file.name, &file.bytes)?;
    serde_json::from_str(text).map_err(|error| {
        // The error's own words could quote a note.
        let place = format!("line {}", error.line());
        whole(
            &file.name,
            format!("this JSON is in another form at {place}"),
        )
    })
}

/// A title and the text below it.
pub(super) fn joined(title: &str, body: &str) -> String {
    let parts = [title.trim(), body.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

/// A table of notes; the number of a row is that of its entry.
pub(super) fn notes<const N: usize>(
    file: &File,
    columns: &[&str; N],
    entries: impl Iterator<Item = [String; N]>,
) -> Sheet {
    let lines = entries.zip(1_u64..).map(|(cells, number)| Line {
        number,
        cells: cells.into(),
        thing: None,
    });
    Sheet {
        file: file.name.clone(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        lines: lines.collect(),
        ..Sheet::default()
    }
}
