//! What many rows say alike, each in memory once.

use super::date;
use crate::domain::record::Fields;
use crate::store::error::{Result, StoreError};
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use std::collections::HashSet;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

// Ten years of entries mostly share one or two zones and a handful of products, so each text is in memory once.
/// What many rows say alike, as read so far: the names of zones, what records are about, and their fields.
#[derive(Debug)]
pub(in crate::store) struct Names {
    all: HashSet<Arc<str>>,
    /// Those that were asked for of late, the usual ones toward the front.
    recent: Vec<Arc<str>>,
    /// Fields by their text: of doses and practices most say what an earlier one said, and reading them takes far longer than
    /// finding them.
    fields: Vec<Option<(Box<str>, Fields)>>,
    /// How many of them are kept, each at the place that its hash names.
    kept: u16,
    /// The day that was read last: a day has many rows.
    day: Option<([u8; 10], NaiveDate)>,
}

/// How many texts are looked through before all are.
const RECENT: usize = 8;

/// How many fields are kept of all days, and of few.
const KEPT: u16 = 256;
const KEPT_OF_FEW: u16 = 64;

/// Longer ones are notes, which are not said twice.
const LONGEST: usize = 100;

impl Default for Names {
    fn default() -> Self {
        Self {
            all: HashSet::new(),
            recent: Vec::new(),
            fields: Vec::new(),
            kept: KEPT,
            day: None,
        }
    }
}

impl Names {
    /// For the rows of a few days, with less memory.
    pub(in crate::store) fn of_few() -> Self {
        Self {
            kept: KEPT_OF_FEW,
            ..Self::default()
        }
    }

    /// The shared copy of a text.
    pub(in crate::store) fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(at) = self.recent.iter().position(|known| **known == *text) {
            let shared = Arc::clone(&self.recent[at]);
            self.recent.swap(at, at.saturating_sub(1));
            return shared;
        }
        let shared = self.all.get(text).cloned().unwrap_or_else(|| text.into());
        self.all.insert(Arc::clone(&shared));
        self.recent.truncate(RECENT - 1);
        self.recent.push(Arc::clone(&shared));
        shared
    }

    /// The day that stands in `text`.
    pub(in crate::store) fn day(&mut self, text: &str) -> Result<NaiveDate> {
        if let Some((known, day)) = self.day
            && known == *text.as_bytes()
        {
            return Ok(day);
        }
        let day = date(text)?;
        self.day = text.as_bytes().try_into().ok().map(|text| (text, day));
        Ok(day)
    }

    /// The day of a cell.
    pub(in crate::store) fn day_of(&mut self, cell: ValueRef<'_>) -> Result<NaiveDate> {
        let day = cell.as_str();
        self.day(day.map_err(|_| StoreError::Unreadable("a day"))?)
    }

    /// The fields that stand in `text`, which `read` reads where no row before had the same.
    pub(in crate::store) fn fields<E>(
        &mut self,
        text: &str,
        read: impl FnOnce(&str) -> std::result::Result<Fields, E>,
    ) -> std::result::Result<Fields, E> {
        if text.len() > LONGEST {
            return read(text);
        }
        if self.fields.is_empty() {
            self.fields.resize(usize::from(self.kept), None);
        }
        let place = xxh3_64(text.as_bytes()) % u64::from(self.kept);
        let place = usize::try_from(place).unwrap_or_default();
        match &self.fields[place] {
            Some((known, fields)) if **known == *text => Ok(fields.clone()),
            _ => {
                let fields = read(text)?;
                self.fields[place] = Some((text.into(), fields.clone()));
                Ok(fields)
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{LONGEST, Names};
    use crate::domain::record::{Fields, Value};
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};
    use std::cell::Cell;
    use std::sync::Arc;

    fn read(text: &str) -> Result<Fields, String> {
        let mut fields = Fields::default();
        fields.set("note", Value::Text(text.into()));
        // A text that cannot be read is not kept either.
        if text.ends_with('x') {
            Err(text.to_owned())
        } else {
            Ok(fields)
        }
    }

    proptest! {
        // More different texts than are kept.
        #[test]
        fn a_text_gives_its_own_fields_however_many_others_were_read(texts in vec("[a-c]{0,5}x?", 0..900)) {
            let mut names = Names::default();
            for text in texts {
                prop_assert_eq!(names.fields(&text, read), read(&text));
                prop_assert_eq!(&*names.shared(&text), &*text);
            }
        }
    }

    #[test]
    fn what_was_said_before_is_not_read_again_unless_it_is_long() {
        let mut names = Names::default();
        let (short, long) = ("{\"amount\":2}", "a".repeat(LONGEST + 1));
        for (text, times) in [(short, 1), (&long, 2)] {
            let reads = Cell::new(0);
            for _ in 0..2 {
                let counted = |text: &str| {
                    reads.set(reads.get() + 1);
                    read(text)
                };
                names.fields(text, counted).unwrap();
            }
            assert_eq!(reads.get(), times);
        }
    }

    #[test]
    fn a_text_that_many_rows_have_is_in_memory_once() {
        let mut names = Names::default();
        // More than are looked through first.
        let mut all = || -> Vec<_> { (0..20).map(|n| names.shared(&n.to_string())).collect() };
        let (first, again) = (all(), all());
        assert!((first.iter().zip(&again)).all(|(first, again)| Arc::ptr_eq(first, again)));
    }
}
