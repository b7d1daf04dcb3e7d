//! What a fuzzer feeds with bytes, one function a target. Compiled for fuzzing and for tests alone: no release holds it.
//!
//! Invariant: a target panics when a law breaks, and never for an input that is refused. The files under `tests/fuzz/corpus`
//! run through the same functions in the ordinary tests, so that whatever was once found stays mended.
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a panic is how a broken law is told"
)]

pub(crate) mod editor;
mod foreign;
mod journal;
mod key;

pub use foreign::import;
pub use journal::journal;
pub use key::{header, locked};

use crate::config::file::Config;
use crate::domain::text::sanitize::{Lines, Stand, shown};
use crate::domain::time::parse::{Toward, parse_day, parse_when};
use crate::domain::time::{DayEnd, Now, Zone};
use crate::store::Seed;
use chrono::{DateTime, FixedOffset, Utc};

const NOW: &str = "2026-11-22T20:15:00+01:00";

/// The moment at which every target runs.
fn now() -> Now {
    let at: DateTime<FixedOffset> = NOW.parse().unwrap();
    Now::new(at.to_utc(), Zone::fixed(*at.offset()))
}

/// The ids of every journal that a target makes.
const SEED: Seed = Seed {
    now: DateTime::<Utc>::UNIX_EPOCH,
    journal: [7; 16],
    device: [9; 16],
};

/// A moment and a day as they are typed: understood or refused in a sentence, and what is understood can be written and read
/// again.
pub fn moment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let now = now();
    for toward in [Toward::Past, Toward::Future] {
        match parse_when(&text, &now, DayEnd::default(), toward) {
            Ok(when) => {
                let written = when.at.to_rfc3339();
                let again = parse_when(&written, &now, DayEnd::default(), toward);
                assert_eq!(again.map(|when| when.at), Ok(when.at), "{text:?}");
            }
            Err(why) => assert_sentence(&why.to_string()),
        }
        if let Err(why) = parse_day(&text, &now, DayEnd::default(), toward) {
            assert_sentence(&why.to_string());
        }
    }
}

/// The config file: whatever stands in it, there are settings, and its complaints are sentences.
pub fn settings(data: &[u8]) {
    let config = Config::parse(&String::from_utf8_lossy(data));
    for fault in config.faults {
        assert_sentence(&fault.to_string());
    }
}

/// Keys in a note: the field is the plainest editor there is.
pub fn note(data: &[u8]) {
    let acts = editor::acts(data);
    editor::compare(&acts);
}

/// A sentence for the person: it says something, and nothing in it steers a terminal.
fn assert_sentence(text: &str) {
    assert!(!text.trim().is_empty());
    let steers = |sign: char| sign.is_control() && sign != '\n' && sign != '\t';
    assert!(!text.contains(steers), "{text:?}");
}

/// A sentence that repeats words of a file: it is made safe where it is shown.
fn assert_shown(text: &str) {
    assert_sentence(&shown(text, Lines::Keep, Stand::Picture));
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    fn corpus(target: &str) -> Vec<PathBuf> {
        let folder = Path::new("tests/fuzz/corpus").join(target);
        let mut files: Vec<_> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        assert!(!files.is_empty(), "{target} has no corpus");
        files
    }

    fn replay(target: &str, run: fn(&[u8])) {
        for file in corpus(target) {
            let bytes = std::fs::read(&file).unwrap();
            let done = std::panic::catch_unwind(|| run(&bytes));
            assert!(done.is_ok(), "{} breaks a law", file.display());
        }
    }

    #[test]
    fn no_file_of_the_corpora_breaks_a_law() {
        replay("import", super::import);
        replay("journal", super::journal);
        replay("moment", super::moment);
        replay("settings", super::settings);
        replay("note", super::note);
        replay("header", super::header);
        replay("locked", super::locked);
    }
}
