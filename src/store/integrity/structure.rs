//! What `SQLite` found in the structure of a file, in words: its own lines name cells and trees, which help nobody here.

use crate::store::error::Result;
use rusqlite::{Connection, ffi};
use std::collections::BTreeSet;

/// How `SQLite` names an index that it made itself: this, the table, `_`, a number.
const AUTOMATIC: &str = "sqlite_autoindex_";

/// How closely the pages of a file are looked at.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) enum Look {
    /// Does not compare the indexes with their tables: O(N) instead of O(N log N), as `SQLite`'s documentation says.
    Quick,
    /// Everything.
    Whole,
}

/// The lines that `SQLite` says about the pages of a file, `most` at the most; "ok" alone for a sound one. A page that could
/// not be had, because memory or the disk failed, is an error and no damage: the check only names the code in a line.
pub(in crate::store) fn lines(db: &Connection, look: Look, most: u8) -> Result<Vec<String>> {
    let pragma = match look {
        Look::Quick => "quick_check",
        Look::Whole => "integrity_check",
    };
    let mut query = db.prepare(&format!("PRAGMA {pragma}({most})"))?;
    let lines = query.query_map([], |row| row.get::<_, String>(0))?;
    let lines = lines.collect::<rusqlite::Result<Vec<_>>>()?;
    match lines.iter().find_map(|line| failure(line)) {
        Some(code) => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()),
        None => Ok(lines),
    }
}

/// Whether the pages of a file fit together.
pub(in crate::store) fn is_sound(db: &Connection, look: Look) -> Result<bool> {
    Ok(lines(db, look, 1)? == ["ok"])
}

/// The code in "unable to get the page. error code=7" if it is about the machine and not about the file.
fn failure(line: &str) -> Option<i32> {
    let (_, rest) = line.split_once("error code=")?;
    let code: i32 = first_word(rest).parse().ok()?;
    let is_short = code == ffi::SQLITE_IOERR_SHORT_READ;
    (matches!(code & 0xff, ffi::SQLITE_NOMEM | ffi::SQLITE_IOERR) && !is_short).then_some(code)
}

/// The findings behind the lines of `PRAGMA integrity_check` or `quick_check`, each once. "ok" gives none.
pub(super) fn in_words(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().flat_map(|line| line.lines());
    let (mut pages, mut others) = (BTreeSet::new(), BTreeSet::new());
    for line in lines.map(str::trim) {
        // "*** in database main ***" is a heading.
        if line.is_empty() || line == "ok" || line.starts_with("***") {
            continue;
        }
        match Part::of(line) {
            Part::Page(number) => {
                pages.insert(number);
            }
            other => {
                others.insert(other.text());
            }
        }
    }
    let named = pages.iter().map(u64::to_string).collect::<Vec<_>>();
    let pages = (!named.is_empty()).then(|| {
        let (noun, verb) = if named.len() == 1 {
            ("page", "does")
        } else {
            ("pages", "do")
        };
        format!("{noun} {} {verb} not fit the others", named.join(", "))
    });
    pages.into_iter().chain(others).collect()
}

/// The part of a file that a line is about.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Index(&'a str),
    Table(&'a str),
    Free,
    Page(u64),
    Unknown,
}

impl<'a> Part<'a> {
    fn of(line: &'a str) -> Self {
        let after = |mark: &str| line.split_once(mark).map(|(_, rest)| first_word(rest));
        if let Some(index) = after("missing from index ").or_else(|| after("in index ")) {
            return Self::Index(index);
        }
        // "CHECK constraint … in symptom", "NULL value in check_in.zone".
        if line.starts_with("CHECK ") || line.starts_with("NULL ") {
            let table = after(" in ").unwrap_or_default();
            return Self::Table(table.split('.').next().unwrap_or(table));
        }
        if line.starts_with("Freelist") {
            return Self::Free;
        }
        // "Tree 24 page 24 cell 0: …", "Page 53: never used".
        let number = after("page ").or_else(|| after("Page "));
        match number.and_then(|number| number.parse().ok()) {
            Some(number) => Self::Page(number),
            None => Self::Unknown,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Index(index) => match index.strip_prefix(AUTOMATIC).and_then(table_of) {
                Some(table) => format!("an index of {table} does not fit its rows"),
                None => format!("the index {index} does not fit its rows"),
            },
            Self::Table(table) => format!("a row of {table} breaks a rule of its table"),
            Self::Free => "the list of its free pages is damaged".to_owned(),
            Self::Page(number) => format!("page {number} does not fit the others"),
            Self::Unknown => "its pages do not fit together".to_owned(),
        }
    }
}

fn table_of(automatic: &str) -> Option<&str> {
    automatic.rsplit_once('_').map(|(table, _)| table)
}

fn first_word(text: &str) -> &str {
    text.split([' ', ':', ',', '\n']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &[&str]) -> Vec<String> {
        in_words(
            &lines
                .iter()
                .map(|line| (*line).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_sound_file_has_nothing_to_say() {
        assert_eq!(words(&["ok"]), [""; 0]);
    }

    #[test]
    fn a_page_that_could_not_be_had_is_no_damage() {
        let line = |code: i32| format!("Tree 5 page 9: unable to get the page. error code={code}");
        assert_eq!(failure(&line(ffi::SQLITE_NOMEM)), Some(ffi::SQLITE_NOMEM));
        assert_eq!(
            failure(&line(ffi::SQLITE_IOERR_READ)),
            Some(ffi::SQLITE_IOERR_READ)
        );
        for code in [
            ffi::SQLITE_CORRUPT,
            ffi::SQLITE_NOTADB,
            ffi::SQLITE_IOERR_SHORT_READ,
        ] {
            assert_eq!(failure(&line(code)), None, "{code}");
        }
        assert_eq!(failure("Page 46: never used"), None);
    }

    #[test]
    fn the_parts_of_a_damaged_file_are_named_once_and_in_plain_words() {
        assert_eq!(
            words(&[
                "*** in database main ***\nTree 24 page 24 cell 0: Offset 3814 out of range 4070..4092\nPage 46: never used",
                "row 31 missing from index check_in_moment",
                "row 32 missing from index check_in_moment",
                "wrong # of entries in index record_day",
                "row 3 missing from index sqlite_autoindex_check_in_1",
                "CHECK constraint failed in symptom",
                "NULL value in check_in.zone",
                "Freelist: invalid page number 101",
                "something that no version said so far",
            ]),
            [
                "pages 24, 46 do not fit the others",
                "a row of check_in breaks a rule of its table",
                "a row of symptom breaks a rule of its table",
                "an index of check_in does not fit its rows",
                "its pages do not fit together",
                "the index check_in_moment does not fit its rows",
                "the index record_day does not fit its rows",
                "the list of its free pages is damaged",
            ]
        );
    }
}
