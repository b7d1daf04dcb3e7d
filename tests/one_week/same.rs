//! What the three journals give back, with ids taken out, is the same.

use crate::faces::{by_command_line, by_keys, in_plain_mode};
use crate::support::home::Ebb;
use crate::week::{SUNDAY, at, copy_of, fortnight};
use std::collections::BTreeMap;

/// The text with each id as the number of its first place. Nothing else is taken out.
pub fn without_ids(text: &str) -> String {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(id) = rest.get(..36).filter(|head| is_id(head)) {
            let next = known.len() + 1;
            let number = *known.entry(id).or_insert(next);
            out.extend(["id", &number.to_string()]);
            rest = &rest[36..];
            continue;
        }
        let first = rest.chars().next().unwrap();
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

fn is_id(text: &str) -> bool {
    let mut signs = text.chars().zip(0..);
    text.len() == 36
        && signs.all(|(sign, at)| match at {
            8 | 13 | 18 | 23 => sign == '-',
            _ => sign.is_ascii_hexdigit() && !sign.is_ascii_uppercase(),
        })
}

/// Everything that a journal gives back, by name.
fn given_back(ebb: &Ebb) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, args) in [
        ("json", &["export", "json"][..]),
        ("long", &["export", "csv"]),
        ("wide", &["export", "csv", "--layout", "wide"]),
        ("history", &["history"]),
        ("trend", &["trend", "--view", "table", "--json"]),
        ("report", &["report"]),
    ] {
        all.insert(name.to_owned(), at(ebb, SUNDAY, args));
    }
    at(ebb, SUNDAY, &["export", "csv", "-o", "package/"]);
    for file in std::fs::read_dir(ebb.home().join("package")).unwrap() {
        let file = file.unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        all.insert(file.file_name().into_string().unwrap(), text);
    }
    all.into_iter()
        .map(|(name, text)| (name, without_ids(&text)))
        .collect()
}

/// The first line in which two texts differ, short enough to be read.
fn first_difference(one: &str, other: &str) -> Option<String> {
    let (mut lines, mut others) = (one.lines(), other.lines());
    loop {
        match (lines.next(), others.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            (one, other) => return Some(format!("{one:?}\n{other:?}")),
        }
    }
}

#[test]
fn by_keys_in_plain_mode_and_by_the_command_line_the_week_leaves_the_same_journal() {
    let keyed = fortnight();
    let [plain, line] = [copy_of(&keyed), copy_of(&keyed)];
    by_keys(&keyed);
    in_plain_mode(&plain);
    by_command_line(&line);
    let [keyed, plain, line] = [&keyed, &plain, &line].map(given_back);
    assert!(keyed.len() > 12, "{:?}", keyed.keys());
    for (face, other) in [("plain mode", &plain), ("the command line", &line)] {
        assert!(keyed.keys().eq(other.keys()));
        for (name, text) in &keyed {
            if let Some(difference) = first_difference(text, &other[name]) {
                panic!("{face}, {name}:\n{difference}");
            }
        }
    }
    // Equal is not empty: 1 brief, 2 on Thursday, 1 on each of the other five days, and 14 before.
    assert_eq!(keyed["wide"].lines().count(), 1 + 14 + 1 + 2 + 5);
}
