//! Harmed numbers of rows, told by an index: it lies on other pages and has the name of each row with its number.
//!
//! Invariant: a row gets the number that the index has for its name only where more speaks against its own: the index has
//! another name there, or more ratings name the number of the index.

use super::pages::Contents;
use super::record::Value;
use super::rows::{Layout, Row, is_index};
use std::collections::BTreeMap;

/// The names and numbers that the indexes of a table hold. A name is an id or a code.
pub(super) fn named<'a>(
    contents: &'a Contents,
    layout: &'a Layout,
) -> impl Iterator<Item = (&'a [u8], i64)> {
    let pages = contents.pages.iter().filter(|page| {
        page.tree
            .is_some_and(|tree| is_index(contents, tree, &layout.table))
    });
    pages.flat_map(|page| &page.cells).filter_map(|cell| {
        let [name, Value::Integer(number)] = cell.values.as_slice() else {
            return None;
        };
        // The indexes of a table with codes hold ids too, and those of a table with ids hold days and kinds.
        let is_text = layout.place("code").is_some();
        match name {
            Value::Text(name) if is_text => Some((name.as_slice(), *number)),
            Value::Blob(name) if !is_text => Some((name.as_slice(), *number)),
            _ => None,
        }
    })
}

/// How many ratings name each number of a row of this table.
pub(super) fn counts(
    ratings: &[Row],
    layout: Option<&Layout>,
    table: &str,
) -> BTreeMap<i64, usize> {
    let mut counts = BTreeMap::new();
    for row in ratings {
        // The column is called as the table.
        if let Some(Value::Integer(number)) = layout.and_then(|layout| row.get(layout, table)) {
            *counts.entry(*number).or_default() += 1;
        }
    }
    counts
}

/// Mends the numbers of the rows of a table. `ratings` says how many ratings name a number.
pub(super) fn mend(
    contents: &Contents,
    layout: &Layout,
    rows: &mut [Row],
    ratings: &BTreeMap<i64, usize>,
) {
    let (Some(key), Some(name)) = (layout.number(), layout.name()) else {
        return;
    };
    let numbers: BTreeMap<&[u8], i64> = named(contents, layout).collect();
    let names: BTreeMap<i64, &[u8]> = named(contents, layout)
        .map(|(name, number)| (number, name))
        .collect();
    let count = |number: i64| ratings.get(&number).copied().unwrap_or_default();
    for row in rows {
        let (Some(Value::Integer(own)), Some(Value::Text(name) | Value::Blob(name))) =
            (row.values.get(key), row.values.get(name))
        else {
            continue;
        };
        let own = *own;
        let Some(told) = numbers.get(name.as_slice()).copied() else {
            continue;
        };
        let is_other = |number: i64| names.get(&number).is_some_and(|other| *other != name);
        if told == own || is_other(told) || !(is_other(own) || count(told) > count(own)) {
            continue;
        }
        if let Some(number) = row.values.get_mut(key) {
            *number = Value::Integer(told);
        }
    }
}
