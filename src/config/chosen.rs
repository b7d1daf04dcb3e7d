//! The `[keys]` table of the config file: reads the person's keyboard keys, and edits them without touching other lines.
//!
//! Invariant: an edit never moves a line from outside the table into it.

use crate::domain::order::Ordered;
use std::ops::Range;
use toml_edit::TableLike;

/// A keyboard key that the file sets for an action. The full screen checks the action and the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenKey {
    /// The name of the action.
    pub(crate) action: String,
    /// The key, as the file has it.
    pub(crate) key: String,
    /// Its line in the file, from 1 on.
    pub(crate) line: usize,
}

/// The name of the table.
pub(super) const KEY_TABLE: &str = "keys";

fn key_name(value: &toml_edit::Value) -> String {
    match value {
        toml_edit::Value::String(key) => key.value().clone(),
        // `undo = 5` means the key 5.
        toml_edit::Value::Integer(number) => number.value().to_string(),
        _ => String::new(),
    }
}

/// The line of a place in the file.
pub(super) fn line_at(
    place: Option<Range<usize>>,
    line_of: &impl Fn(usize) -> usize,
) -> Option<usize> {
    place.map(|place| line_of(place.start))
}

/// `undo = "x"`, `undo = ["x", "F9"]`, `"plan.hold" = "F6"` and `plan.hold = "F6"`, each with its line.
pub(super) fn chosen_keys(
    table: &dyn TableLike,
    before: &str,
    line_of: &impl Fn(usize) -> usize,
) -> Vec<ChosenKey> {
    let mut all = Vec::new();
    for (name, item) in table.iter() {
        let action = format!("{before}{name}");
        let line = table
            .key(name)
            .and_then(|key| line_at(key.span(), line_of))
            .unwrap_or(1);
        match (item.as_table_like(), item.as_array()) {
            (Some(inner), _) => all.extend(chosen_keys(inner, &format!("{action}."), line_of)),
            (None, Some(keys)) => all.extend(keys.iter().map(|key| ChosenKey {
                action: action.clone(),
                key: key_name(key),
                line: line_at(key.span(), line_of).unwrap_or(line),
            })),
            (None, None) => all.push(ChosenKey {
                action,
                key: item.as_value().map(key_name).unwrap_or_default(),
                line,
            }),
        }
    }
    // `a.b` may stand apart from `a.c`; callers rely on the order of the file.
    all.order_by_key(|chosen| chosen.line);
    all
}

/// The keys in one argument of the command line: a single key, or a list in TOML.
pub(crate) fn keys_named(typed: &str) -> Vec<String> {
    let list = || -> Option<Vec<String>> {
        let value: toml_edit::Value = typed.parse().ok()?;
        let keys = value.as_array()?.iter();
        keys.map(|key| key.as_str().map(str::to_owned)).collect()
    };
    list().unwrap_or_else(|| vec![typed.to_owned()])
}

/// `text`, parsed as `document`, with the keys of one action set; `None` if `keys` is not a table. An action of a screen is
/// written under its whole name in quotes, as `"plan.hold"`.
pub(super) fn with_keys(
    text: &str,
    mut document: toml_edit::DocumentMut,
    action: &str,
    chosen: &[String],
) -> Option<String> {
    let value = match chosen {
        [one] => one.into(),
        several => toml_edit::Value::from_iter(several),
    };
    let Some(keys) = document.get_mut(KEY_TABLE) else {
        let line = format!("{} = {value}", toml_edit::Key::new(action));
        return Some(with_table(text, &line));
    };
    let keys = keys.as_table_like_mut()?;
    // If the file has `plan.hold = …` without quotes, that line is set: a second one would be a duplicate.
    if let Some((place, rest)) = action.split_once('.')
        && let Some(inner) = keys
            .get_mut(place)
            .and_then(|item| item.as_table_like_mut())
        && let Some(old) = inner.get_mut(rest)
    {
        replace(old, value);
    } else if let Some(old) = keys.get_mut(action) {
        replace(old, value);
    } else {
        keys.insert(action, toml_edit::Item::Value(value));
    }
    Some(document.to_string())
}

/// `text` with a new table of keys that has this line, in the place of the commented table or at the end.
fn with_table(text: &str, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    // A key that is set below a table header belongs to the table, so the table must come after the last set key.
    let end = lines
        .iter()
        .rposition(|line| !is_comment(line))
        .unwrap_or(0);
    let commented = format!("# [{KEY_TABLE}]");
    let header = format!("[{KEY_TABLE}]");
    match lines.iter().rposition(|line| *line == commented) {
        Some(at) if at >= end => {
            lines
                .splice(at..=at, [header.as_str(), line])
                .for_each(drop);
        }
        _ => lines.extend(["", &header, line]),
    }
    lines.join("\n") + "\n"
}

/// Replaces a value. The comment behind it stays.
pub(super) fn replace(item: &mut toml_edit::Item, mut value: toml_edit::Value) {
    if let Some(old) = item.as_value() {
        *value.decor_mut() = old.decor().clone();
    }
    *item = toml_edit::Item::Value(value);
}
