//! tui-journal: notes with their days and tags, from its JSON file or its export.

use super::super::sheet::Sheet;
use super::super::target::Meant;
use super::jrnl::{has_keys, joined, notes, read};
use super::{Form, KnownColumn, single};
use crate::transfer::import::error::{File, RowError};
use serde::Deserialize;

pub(super) struct TuiJournal;

/// Its export has a version around the entries, its own file is the list alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Export {
    Versioned { entries: Vec<Entry> },
    Bare(Vec<Entry>),
}

#[derive(Deserialize)]
struct Entry {
    date: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    tags: Vec<String>,
}

impl Form for TuiJournal {
    fn name(&self) -> &'static str {
        "tui-journal"
    }

    fn about(&self) -> &'static str {
        "notes from tui-journal's JSON"
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_keys(files, &["\"date\"", "\"title\"", "\"content\"", "\"tags\""])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let file = single(files)?;
        let entries = match read(file)? {
            Export::Versioned { entries } | Export::Bare(entries) => entries,
        };
        let entries = entries.into_iter().map(|entry| {
            let note = joined(&entry.title, &entry.content);
            [day(&entry.date).to_owned(), note, entry.tags.join(", ")]
        });
        Ok(notes(file, &["Date", "Note", "Tags"], entries))
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        (column == "Tags").then(|| KnownColumn::sure("note", "the tags of the entry"))?
    }
}

/// The program keeps days as midnight in UTC; west of Greenwich that instant is the evening before.
fn day(moment: &str) -> &str {
    let midnight = ["T00:00:00Z", "T00:00:00+00:00", "T00:00:00.000Z"];
    let day = midnight.iter().find_map(|end| moment.strip_suffix(end));
    day.unwrap_or(moment)
}
