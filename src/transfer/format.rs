//! The export formats. A new one is a row of [`FORMATS`] and its writer, and nothing else.
//!
//! The command line's values, help and `--layout`, the lists of the full screen and of plain mode, the names of files and
//! the writing itself derive from this table.

use super::csv::Range;
use super::share::{Participant, Table};
use super::wish::Wish;
use super::{csv, fhir, json, package, share};
use crate::domain::journal::Journal;
use crate::domain::text::words;
use std::io::{self, Write};

/// Writes one file, and answers what it has no place for.
pub type ToFile = fn(&Journal, &Wish, &mut dyn Write) -> io::Result<Remainder>;
/// Makes the files of a folder; the last argument hears how many are made, of how many.
pub type ToFolder =
    fn(&Journal, &Wish, &mut dyn FnMut(usize, usize)) -> io::Result<Vec<(String, Vec<u8>)>>;
/// Makes the tables that a study or a clinic may have.
pub type ForStudy = fn(&Journal, &Participant, Range) -> Vec<Table>;

/// A format in which the journal is given back.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The ending of its files.
    pub extension: &'static str,
    /// Commands with what each gives, for the help of `ebb export`.
    pub examples: &'static [(&'static str, &'static str)],
    /// Everything as a folder of files, where it has that.
    pub folder: Option<Layout<ToFolder>>,
    /// The other layouts of one file, where there is a choice.
    pub layouts: &'static [Layout<ToFile>],
    /// One file, as `ebb export` writes it when no layout is named.
    pub file: Layout<ToFile>,
    /// The tables for a study (`--share`), where it has them.
    pub shared: Option<ForStudy>,
    /// Whether initials, a year of birth and notes can be put in.
    pub has_person: bool,
}

/// How a file or folder of a format is laid out, and what writes it: a [`ToFile`] or a [`ToFolder`].
#[derive(Debug)]
pub struct Layout<W> {
    /// Its word for `--layout` and in plain mode.
    pub word: &'static str,
    /// What one line of a file holds, for the help of `--layout`.
    pub row: &'static str,
    /// Its name on a form and in a sentence.
    pub name: &'static str,
    /// What a person gets, in a list.
    pub about: &'static str,
    /// A neutral name for the file; the day follows.
    pub stem: &'static str,
    /// Its writer.
    pub write: W,
}

// A word names one layout of the whole table, and functions cannot be compared.
impl<W> PartialEq for Layout<W> {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl<W> Eq for Layout<W> {}

/// What a file has no place for, in sentences.
#[derive(Debug, Default)]
pub struct Remainder {
    /// The command line alone says it: its options can ask for what is missing.
    pub on_command_line: Option<String>,
    /// Every face says it.
    pub everywhere: Option<String>,
}

/// Every format, in the order in which they are offered.
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        extension: "csv",
        examples: &[
            ("csv", "one rating a row, to stdout"),
            (
                "csv --layout wide -o checkins.csv",
                "one check-in a row, with overall and note",
            ),
            (
                "csv -o journal/",
                "everything, as a folder of tables with their description",
            ),
            (
                "csv -o DIR --share P-014",
                "for a study: days instead of dates, no words of yours",
            ),
        ],
        folder: Some(Layout {
            word: "all",
            row: "entry",
            name: "Everything as tables",
            about: "everything, as a folder of CSV tables (Data Package)",
            stem: "journal",
            write: |journal, wish, tell| package::files(journal, wish.range, wish.guard, tell),
        }),
        layouts: &[Layout {
            word: "wide",
            row: "check-in",
            name: "Check-ins as CSV",
            about: "CSV, a check-in a row, for a spreadsheet",
            stem: "check-ins",
            write: check_ins,
        }],
        file: Layout {
            word: "long",
            row: "rating",
            name: "Ratings as CSV",
            about: "CSV, a rating a row, for statistics",
            stem: "ratings",
            write: ratings,
        },
        shared: Some(share::shared),
        has_person: false,
    },
    Format {
        name: "json",
        extension: "json",
        examples: &[("json -o journal.json", "everything, as one document")],
        folder: None,
        layouts: &[],
        file: Layout {
            word: "json",
            row: "entry",
            name: "Everything as JSON",
            about: "everything, as one JSON document",
            stem: "journal",
            write: document,
        },
        shared: None,
        has_person: false,
    },
    Format {
        name: "fhir",
        extension: "fhir.json",
        examples: &[(
            "fhir -o journal.fhir.json",
            "a FHIR R4 bundle, for programs of clinics",
        )],
        folder: None,
        layouts: &[],
        file: Layout {
            word: "fhir",
            row: "resource",
            name: "Health records",
            about: "health records (FHIR R4), for programs of clinics; without notes",
            stem: "records",
            write: bundle,
        },
        shared: None,
        has_person: true,
    },
];

impl Format {
    /// The format of this name, however its letters are written.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.to_lowercase();
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The layouts of one file, the one that is written unasked first.
    pub fn file_layouts(&self) -> impl Iterator<Item = &Layout<ToFile>> {
        [&self.file].into_iter().chain(self.layouts)
    }

    /// Whether there is a choice of layouts.
    pub const fn has_choice(&self) -> bool {
        !self.layouts.is_empty()
    }
}

fn ratings(journal: &Journal, wish: &Wish, out: &mut dyn Write) -> io::Result<Remainder> {
    let left_out = csv::long(journal, wish.range, out)?;
    let parts = [
        (
            left_out.check_ins,
            "check-in without ratings",
            "check-ins without ratings",
        ),
        (left_out.overalls, "overall", "overalls"),
        (left_out.notes, "note", "notes"),
    ];
    let parts = counted(parts).map(|parts| {
        format!("Not in this layout: {parts}. `ebb export csv --layout wide` has them.")
    });
    Ok(Remainder {
        on_command_line: parts,
        everywhere: other_kinds(journal, wish),
    })
}

fn check_ins(journal: &Journal, wish: &Wish, out: &mut dyn Write) -> io::Result<Remainder> {
    csv::wide(journal, wish.range, wish.guard, out)?;
    Ok(Remainder {
        on_command_line: None,
        everywhere: other_kinds(journal, wish),
    })
}

/// "Not in this file: 12 doses, 3 urges …"; `None` when there is nothing else.
fn other_kinds(journal: &Journal, wish: &Wish) -> Option<String> {
    let kinds = csv::other_kinds(journal, wish.range).into_iter();
    let kinds = counted(kinds.map(|(kind, n)| (n, kind.facts().name, kind.facts().many)))?;
    Some(format!(
        "Not in this file: {kinds}. `ebb export csv -o DIR/` has everything."
    ))
}

fn document(journal: &Journal, wish: &Wish, out: &mut dyn Write) -> io::Result<Remainder> {
    json::write(journal, wish.range, out).map(|()| Remainder::default())
}

fn bundle(journal: &Journal, wish: &Wish, out: &mut dyn Write) -> io::Result<Remainder> {
    fhir::bundle(journal, wish, out)?;
    let left = counted(fhir::left_out(journal, wish));
    Ok(Remainder {
        on_command_line: left.map(|left| format!("Not in the bundle: {left}.")),
        everywhere: None,
    })
}

/// "12 doses, 1 urge"; `None` when there is nothing of any.
fn counted(
    counts: impl IntoIterator<Item = (usize, &'static str, &'static str)>,
) -> Option<String> {
    let counts = counts.into_iter().filter(|(n, ..)| *n > 0);
    let counts: Vec<String> = counts
        .map(|(n, one, many)| words::count(n, one, many))
        .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}
