//! Harmed numbers of rows, told by an index: it lies on other pages and has the name of each row with its number.
//!
//! Invariant: the number that the index has for a name is the better one only where more speaks against the row's own: the index
//! has another name there, or more ratings name the number of the index.

use super::pages::Contents;
use super::record::Value;
use std::collections::BTreeMap;

/// The names and numbers that the indexes of a table hold. A name is an id, or a code in a table with codes.
pub(super) fn named<'a>(
    contents: &'a Contents,
    table: &'a str,
    has_codes: bool,
) -> impl Iterator<Item = (&'a [u8], i64)> {
    let pages = contents.pages.iter();
    let pages = pages.filter(move |page| page.tree.is_some_and(|at| contents.is_index(at, table)));
    pages
        .flat_map(|page| &page.cells)
        .filter_map(move |cell| match cell.values.as_slice() {
            // The indexes of a table with codes hold ids too, and those of a table with ids hold days and kinds.
            [Value::Text(name), Value::Integer(number)] if has_codes => {
                Some((name.as_slice(), *number))
            }
            [Value::Blob(name), Value::Integer(number)] if !has_codes => {
                Some((name.as_slice(), *number))
            }
            _ => None,
        })
}

/// What the indexes of a table and the ratings know of its numbers.
pub(super) struct Numbers<'a> {
    of_names: BTreeMap<&'a [u8], i64>,
    names: BTreeMap<i64, &'a [u8]>,
    /// How many ratings name a number.
    ratings: BTreeMap<i64, usize>,
}

impl<'a> Numbers<'a> {
    /// From what the indexes hold, and the number that each rating names.
    pub(super) fn of(
        named: impl Iterator<Item = (&'a [u8], i64)>,
        rated: impl Iterator<Item = i64>,
    ) -> Self {
        let mut numbers = Self {
            of_names: named.collect(),
            names: BTreeMap::new(),
            ratings: BTreeMap::new(),
        };
        for (name, number) in &numbers.of_names {
            numbers.names.insert(*number, name);
        }
        for number in rated {
            *numbers.ratings.entry(number).or_default() += 1;
        }
        numbers
    }

    /// A better number for the row of this name than its `own`.
    pub(super) fn better(&self, name: &[u8], own: i64) -> Option<i64> {
        let told = *self.of_names.get(name)?;
        let is_of_another = |number| self.names.get(&number).is_some_and(|other| *other != name);
        let count = |number| self.ratings.get(&number).copied().unwrap_or_default();
        let is_better = is_of_another(own) || count(told) > count(own);
        (told != own && !is_of_another(told) && is_better).then_some(told)
    }
}
