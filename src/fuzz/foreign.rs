//! Files of other programs, and our own, as anybody may have written them.

use super::{SEED, assert_shown, now};
use crate::domain::id::IdSource;
use crate::domain::journal::{Journal, incoming};
use crate::domain::time::DayEnd;
use crate::store::Store;
use crate::transfer::csv::Range;
use crate::transfer::foreign::target;
use crate::transfer::foreign::unpack::{Unopened, open};
use crate::transfer::import::error::{File, Here, MOST_BYTES, Past, RowError, Slips, Ways};
use crate::transfer::import::{IMPORTS, detected};
use crate::transfer::json;
use std::io::Cursor;

/// Begins a file among several; no text in UTF-8 has this byte.
const NEXT_FILE: u8 = 0xff;

/// A file, or several that each begin with a byte 0xff and a line with their name. One that is read is taken in: what comes
/// into the journal is there when it is read again, a second time brings nothing, and one undo takes it back.
///
/// A single file's first byte says whether its form is told from its content, or which reader gets it, and its second how
/// slips and columns are met.
pub fn import(data: &[u8]) {
    let (choice, manner, files) = if data.first() == Some(&NEXT_FILE) {
        (0, 0, several(&data[1..]))
    } else if let [choice, manner, rest @ ..] = data {
        let mut left = MOST_BYTES;
        let opened = match open("table.csv", &mut Cursor::new(rest.to_vec()), &mut left) {
            Ok(opened) => opened.files,
            Err(Unopened::Refused(slips)) => {
                assert_all_shown(&slips);
                return;
            }
            Err(Unopened::Unread(_) | Unopened::TooLarge) => return,
        };
        (*choice, *manner, opened)
    } else {
        return;
    };
    let by_name = usize::from(choice)
        .checked_sub(1)
        .and_then(|at| IMPORTS.get(at));
    let Some(format) = by_name.or_else(|| detected(&files)) else {
        return;
    };
    let now = now();
    let past = Past::default();
    let maps: Vec<_> = ["a=symptom:nausea:0-10", "b=dose:powder:g", "c=note"]
        .into_iter()
        .filter(|_| manner & 2 != 0)
        .map(|map| target::read(map, &Journal::default()).unwrap())
        .collect();
    let here = Here {
        now: &now,
        day_end: DayEnd::default(),
        maps: &maps,
        past: &past,
        ways: Ways {
            slips: if manner & 1 == 0 {
                Slips::Refused
            } else {
                Slips::LeftOut
            },
            ..Ways::default()
        },
    };
    let mut incoming = match format.read(&files, &here) {
        Ok(incoming) => incoming,
        Err(slips) => {
            assert!(!slips.is_empty());
            assert_all_shown(&slips);
            return;
        }
    };
    let mut store = Store::in_memory(SEED).unwrap();
    let before = written(&store);
    let mut ids = IdSource::new(1);
    let plan = incoming::accept(
        &store.load(None).unwrap(),
        &mut incoming,
        &store.gone().unwrap(),
        &mut ids,
        now.at,
    );
    if plan.changes.is_empty() {
        return;
    }
    store.take_in(&plan.changes, now.at.to_utc()).unwrap();
    let after = written(&store);
    let Ok(mut incoming) = format.read(&files, &here) else {
        return;
    };
    let again = incoming::accept(
        &store.load(None).unwrap(),
        &mut incoming,
        &store.gone().unwrap(),
        &mut ids,
        now.at,
    );
    assert!(
        again.changes.is_empty(),
        "a second time brings {:?}",
        again.changes
    );
    assert_eq!(written(&store), after);
    store.undo(now.at.to_utc()).unwrap();
    assert_eq!(written(&store), before, "one undo takes it back");
}

fn assert_all_shown(slips: &[RowError]) {
    for slip in slips {
        assert_shown(&slip.to_string());
    }
}

fn several(data: &[u8]) -> Vec<File> {
    let files = data.split(|byte| *byte == NEXT_FILE).take(40);
    let file = |bytes: &[u8]| {
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
        let (name, content) = bytes.split_at(end);
        File {
            name: String::from_utf8_lossy(name).into_owned(),
            bytes: content.strip_prefix(b"\n").unwrap_or(content).to_vec(),
        }
    };
    files.map(file).collect()
}

fn written(store: &Store) -> String {
    let mut bytes = Vec::new();
    json::write(&store.load(None).unwrap(), Range::ALL, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}
