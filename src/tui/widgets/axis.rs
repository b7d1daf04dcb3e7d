//! The labels that fit in a row under a chart.
//!
//! Invariant: a label is drawn whole or not at all.
use std::ops::Range;

use super::text;

/// A row of labels: each label has two free cells to its neighbours, and is drawn whole or not at all.
#[derive(Clone, Debug)]
pub(crate) struct LabelRow {
    room: Range<u16>,
    taken: Vec<Range<u16>>,
}

/// Free cells between two labels: with one, two dates would read as a single text.
const AIR: u16 = 2;

impl LabelRow {
    /// Starts an empty row over these columns of the screen.
    pub(crate) const fn new(room: Range<u16>) -> Self {
        Self {
            room,
            taken: Vec::new(),
        }
    }

    /// Finds the place for `label` under `column`, centred if possible; `None` when it would touch another label.
    pub(crate) fn place(&mut self, column: u16, label: &str) -> Option<Range<u16>> {
        let wide = u16::try_from(text::width(label)).ok()?;
        if wide == 0 || wide > self.room.end.saturating_sub(self.room.start) {
            return None;
        }
        let last = self.room.end - wide;
        let start = column
            .saturating_sub(wide.saturating_sub(1) / 2)
            .clamp(self.room.start, last);
        let place = start..start + wide;
        let free = self.taken.iter().all(|other| {
            place.end.saturating_add(AIR) <= other.start
                || other.end.saturating_add(AIR) <= place.start
        });
        free.then(|| {
            self.taken.push(place.clone());
            place
        })
    }

    /// Tells whether a column is free.
    pub(crate) fn is_free(&self, column: u16) -> bool {
        self.room.contains(&column) && !self.taken.iter().any(|place| place.contains(&column))
    }
}

#[cfg(test)]
mod tests {
    use super::LabelRow;

    #[test]
    fn labels_that_would_touch_are_left_out_whole() {
        let mut row = LabelRow::new(0..20);
        assert_eq!(row.place(0, "Mon 9 Nov"), Some(0..9));
        assert_eq!(row.place(10, "Mon 16"), None);
        assert_eq!(row.place(19, "Mon 23"), Some(14..20));
        assert_eq!(row.place(9, "much too long to stand here"), None);
    }
}
