//! The export formats. A new one is a row of [`FORMATS`] with its writer.
//!
//! The command line's values, help and `--layout`, the lists of the full screen and of plain mode, the names of files and
//! the writing itself derive from this table.

use super::csv::{Count, Range, day};
use super::data_package::Files;
use super::share::{Participant, Table};
use super::wish::{Notes, Wish};
use super::{csv, fhir, json, package, share};
use crate::domain::journal::Journal;
use crate::domain::record::kind::Kind;
use crate::domain::text::words;
use std::io::{self, Write};

/// What a layout writes, as it goes: nothing is put together in memory first.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Writer {
    /// One file.
    File(fn(&Journal, &Wish, &mut dyn Write) -> io::Result<LeftOut>),
    /// A folder of files, with the names that they have.
    Folder {
        /// Writes them.
        write: fn(&Journal, &Wish, &mut dyn Files) -> io::Result<LeftOut>,
        /// Every name.
        names: fn() -> Vec<String>,
    },
}

/// Makes the tables that a study or a clinic may have.
pub(crate) type ForStudy = fn(&Journal, &Participant, Range) -> Vec<Table>;

/// A format in which the journal is given back.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its lines among the examples of `ebb export --help`.
    pub examples: &'static [&'static str],
    /// Everything as a folder of files, where it has that.
    pub(crate) folder: Option<Layout>,
    /// Other layouts of one file, for `--layout`.
    pub(crate) others: &'static [Layout],
    /// One file, as it is written when no layout is named.
    pub(crate) file: Layout,
    /// The tables for a study (`--share`), where it has them.
    pub(crate) shared: Option<ForStudy>,
    /// Whether initials, a year of birth and notes can be put in.
    pub(crate) has_person: bool,
}

/// One way in which a format is laid out, and its writer.
#[derive(Debug)]
pub struct Layout {
    /// Its word for `--layout` and in plain mode; no other layout of any format has it.
    pub(crate) word: &'static str,
    /// What a row of it is, for the help of `--layout`.
    pub(crate) row: &'static str,
    /// Its name on a form and in a sentence.
    pub(crate) name: &'static str,
    /// What a person gets, in a list.
    pub(crate) about: &'static str,
    /// A neutral name for its file, before the day.
    pub(crate) stem: &'static str,
    /// The name's ending, after the day.
    pub(crate) ending: &'static str,
    /// Its writer.
    pub(crate) write: Writer,
}

impl Layout {
    /// Whether typed notes have a place in it.
    pub(crate) fn has_notes(&self) -> bool {
        // A row of it is one rating.
        self.word != "long"
    }

    /// Whether typed notes go along unasked: not into what is made for programs of clinics, nor into a table of days.
    pub(crate) fn usual_notes(&self) -> Notes {
        if matches!(self.word, "fhir" | "day") || !self.has_notes() {
            Notes::Left
        } else {
            Notes::Taken
        }
    }
}

// By its word, because functions cannot be compared.
impl PartialEq for Layout {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Layout {}

/// Sentences about what a layout leaves out.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    /// Said on the command line alone, whose options can ask for the rest.
    pub(crate) on_command_line: Option<String>,
    /// Said in every face.
    pub(crate) everywhere: Option<String>,
}

/// Every format, in the order in which they are offered.
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        examples: &[
            "ebb export csv                                one rating a row, to stdout",
            "ebb export csv --layout wide -o checkins.csv  one check-in a row, with overall and note",
            "ebb export csv --layout day -o days.csv       one day a row, with what was used, done and measured",
            "ebb export csv -o journal/                    everything, as a folder of tables with their description",
            "ebb export csv -o study/ --share P-014 --yes  for a study: days instead of dates, no words of yours",
        ],
        folder: Some(Layout {
            word: "all",
            row: "one entry a row",
            name: "Everything as tables",
            about: "everything, as a folder of CSV tables (Data Package)",
            stem: "journal",
            ending: "",
            write: Writer::Folder {
                write: |journal, wish, files| {
                    package::write(journal, wish.range, wish.guard, files)?;
                    Ok(LeftOut::default())
                },
                names: package::names,
            },
        }),
        others: &[
            Layout {
                word: "wide",
                row: "one check-in a row",
                name: "Check-ins as CSV",
                about: "CSV, a check-in a row, for a spreadsheet",
                stem: "check-ins",
                ending: ".csv",
                write: Writer::File(|journal, wish, out| {
                    csv::wide(journal, wish.range, wish.guard, out)?;
                    Ok(LeftOut {
                        everywhere: other_kinds(journal, wish, &[]),
                        ..LeftOut::default()
                    })
                }),
            },
            Layout {
                word: "day",
                row: "one day a row",
                name: "Days as CSV",
                about: "CSV, a day a row, with what was used, done and measured; without notes",
                stem: "days",
                ending: ".csv",
                write: Writer::File(|journal, wish, out| {
                    day::days(journal, wish.range, wish.guard, wish.notes, out)?;
                    let notes = [(day::notes_left(journal, wish), "note", "notes")];
                    Ok(LeftOut {
                        on_command_line: missing(
                            "this layout",
                            notes,
                            " `--with-notes` takes them along.",
                        ),
                        everywhere: other_kinds(journal, wish, &day::KINDS),
                    })
                }),
            },
        ],
        file: Layout {
            word: "long",
            row: "one rating a row",
            name: "Ratings as CSV",
            about: "CSV, a rating a row, for statistics",
            stem: "ratings",
            ending: ".csv",
            write: Writer::File(|journal, wish, out| {
                let parts = csv::long(journal, wish.range, out)?;
                // Only the command line has the option, so only there the hint is said.
                let hint = " `ebb export csv --layout wide` has them.";
                Ok(LeftOut {
                    on_command_line: missing("this layout", parts, hint),
                    everywhere: other_kinds(journal, wish, &[]),
                })
            }),
        },
        shared: Some(share::shared),
        has_person: false,
    },
    Format {
        name: "json",
        examples: &["ebb export json -o journal.json               everything, as one document"],
        folder: None,
        others: &[],
        file: Layout {
            word: "json",
            row: "one entry a row",
            name: "Everything as JSON",
            about: "everything, as one JSON document",
            stem: "journal",
            ending: ".json",
            write: Writer::File(|journal, wish, out| {
                json::write(journal, wish.range, out)?;
                Ok(LeftOut::default())
            }),
        },
        shared: None,
        has_person: false,
    },
    Format {
        name: "fhir",
        examples: &[
            "ebb export fhir -o journal.fhir.json          a FHIR R4 bundle, for programs of clinics",
        ],
        folder: None,
        others: &[],
        file: Layout {
            word: "fhir",
            row: "one resource a row",
            name: "Health records",
            about: "health records (FHIR R4), for programs of clinics; without notes",
            stem: "records",
            ending: ".fhir.json",
            write: Writer::File(|journal, wish, out| {
                fhir::bundle(journal, wish, out)?;
                Ok(LeftOut {
                    on_command_line: missing("the bundle", fhir::left_out(journal, wish), ""),
                    ..LeftOut::default()
                })
            }),
        },
        shared: None,
        has_person: true,
    },
];

impl Format {
    /// The layouts of one file, the one that is written unasked first.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Layout> {
        [&self.file].into_iter().chain(self.others)
    }
}

/// What a person can choose from, everything first.
pub(crate) fn offered() -> impl Iterator<Item = &'static Layout> {
    let of = |format: &'static Format| {
        // Check-ins before ratings: the wide layout is the one for people.
        let files = format.others.iter().chain([&format.file]);
        format.folder.iter().chain(files)
    };
    FORMATS.iter().flat_map(of)
}

/// The layout that `typed` names: by its own word, or by its format as the command line writes it unasked.
pub(crate) fn called(typed: &str) -> Option<&'static Layout> {
    let typed = typed.trim().trim_start_matches('.').to_lowercase();
    let by_word = offered().find(|layout| layout.word == typed);
    let by_format = || FORMATS.iter().find(|format| format.name == typed);
    by_word.or_else(|| Some(&by_format()?.file))
}

/// The kinds that a file has no place for, but for those in `held`.
fn other_kinds(journal: &Journal, wish: &Wish, held: &[Kind]) -> Option<String> {
    let kinds = csv::other_kinds(journal, wish.range).into_iter();
    let kinds = kinds.filter(|(kind, _)| !held.contains(kind));
    let kinds = kinds.map(|(kind, n)| (n, kind.facts().name, kind.facts().many));
    missing(
        "this file",
        kinds,
        " `ebb export csv -o DIR/` has everything.",
    )
}

/// "Not in this file: 12 doses, 3 urges." with a hint; `None` when nothing is missing.
fn missing(place: &str, counts: impl IntoIterator<Item = Count>, hint: &str) -> Option<String> {
    let counts = counts.into_iter().filter(|(n, ..)| *n > 0);
    let counts = counts.map(|(n, one, many)| words::count(n, one, many));
    let counts: Vec<String> = counts.collect();
    let counts = counts.join(", ");
    (!counts.is_empty()).then(|| format!("Not in {place}: {counts}.{hint}"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use chrono::DateTime;
    use std::collections::BTreeSet;

    #[test]
    fn each_layout_has_its_own_words_its_own_file_and_its_own_bytes() {
        let journal = Journal::default();
        let wish = Wish::nameless(DateTime::UNIX_EPOCH.into());
        let all = || {
            offered().map(|layout| {
                let mut files = Vec::new();
                match layout.write {
                    Writer::File(write) => {
                        let mut bytes = Vec::new();
                        write(&journal, &wish, &mut bytes).unwrap();
                        files.push((String::new(), bytes));
                    }
                    Writer::Folder { write, .. } => {
                        write(&journal, &wish, &mut files).unwrap();
                    }
                }
                [
                    layout.word.to_owned(),
                    layout.name.to_owned(),
                    layout.about.to_owned(),
                    layout.stem.to_owned() + layout.ending,
                    format!("{files:?}"),
                ]
            })
        };
        for at in 0..5 {
            let different: BTreeSet<String> = all().map(|row| row[at].clone()).collect();
            assert_eq!(different.len(), all().count(), "{different:?}");
        }
    }
}
