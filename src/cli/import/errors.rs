//! The errors of a file to import, each with its cure.

use crate::cli::failure::{Failure, USAGE};
use crate::cli::output;
use crate::transfer::foreign::MOST_ABOVE;
use crate::transfer::import::IMPORTS;
use crate::transfer::import::error::{File, MOST_FAULTS, RowError};
use crate::transfer::import::face::Face;
use std::path::Path;

/// Prints the errors, one a line, and returns the failure.
pub(super) fn slips(errors: &[RowError]) -> Failure {
    for error in errors {
        output::say(&error.to_string());
    }
    if errors.iter().filter(|error| error.is_of_a_row()).count() >= MOST_FAULTS {
        output::say("\u{2026} and perhaps more");
    }
    Failure::new(
        USAGE,
        "this could not be read, so nothing was taken in and the journal is as it was",
    )
}

/// The failure for a file that no format recognises: what it seems to be, and what to do.
pub(in crate::cli) fn no_form(path: &Path, files: &[File], face: Face) -> Failure {
    let cure = match files {
        [] => "the folder has no file that can be taken in (.csv or .json); unzip what lies in it, or name one file".to_owned(),
        [file] => cure(file, face),
        _ => {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).take(8).collect();
            format!(
                "a folder is read as one export of one program, and this one is not; name one of its files: {}",
                names.join(", ")
            )
        }
    };
    let names: Vec<&str> = IMPORTS.iter().map(|format| format.name).collect();
    Failure::usage(format!(
        "{} is in no form that can be told, so nothing was taken in: {cure}. {}",
        path.display(),
        face.form(&names)
    ))
}

/// What a text seems to be, and what to do with it. What is no text at all was refused when it was opened.
fn cure(file: &File, face: Face) -> String {
    let start = file.bytes.get(..4096.min(file.bytes.len()));
    let text = String::from_utf8_lossy(start.unwrap_or_default());
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return "it is empty".to_owned();
    }
    match text.chars().next() {
        Some('{' | '[') => {
            return "it is JSON, and no journal of this program; export CSV from the program that wrote it".to_owned();
        }
        Some('<') => {
            return "it is a page or XML; export CSV from the program that wrote it".to_owned();
        }
        _ => {}
    }
    let first: String = text
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(80)
        .collect();
    let is_table = |line: &&str| line.contains([',', ';', '\t']);
    let Some(head) = text.lines().find(is_table) else {
        return format!(
            "no row of it has several cells; the first one is {first:?}. A table has one row a line, with commas, semicolons or tabs"
        );
    };
    let head: String = head.chars().take(80).collect();
    let first_name = head
        .split([',', ';', '\t'])
        .next()
        .unwrap_or_default()
        .trim_matches('"');
    if head
        .split([',', ';', '\t'])
        .any(|cell| cell.contains(|c: char| c.is_ascii_digit()))
    {
        return format!(
            "its first row, {first:?}, has no names; put a row of names above it, one of them \"date\""
        );
    }
    format!(
        "none of its first {MOST_ABOVE} rows names a day or stands over one; the first is {first:?}. {}",
        face.table(first_name)
    )
}
