//! The text of a field on the screen: rows of safe text, and the position of the cursor in them.
//!
//! Invariant: rows follow each other without a gap, so every character is in exactly one row. The cursor always has its own
//! cell, because a row is one cell narrower than the field.
use unicode_segmentation::UnicodeSegmentation;

use super::text::{Lines, cluster_width, shown, width};
use crate::tui::theme::{Glyph, Theme};

/// A drawn grapheme cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cluster {
    text: String,
    width: usize,
    chars: usize,
}

/// A row on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Index of its line in the text.
    pub(crate) line: usize,
    /// The first character of that line in this row.
    pub(crate) start: usize,
    clusters: Vec<Cluster>,
}

/// The rows of a text and the cursor in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextRows {
    /// All rows, at least one.
    pub(crate) rows: Vec<Row>,
    /// Index of the row with the cursor.
    pub(crate) cursor_row: usize,
    /// Cells left of the cursor in that row.
    pub(crate) cursor_column: usize,
}

impl Row {
    /// Returns the text to draw.
    pub(crate) fn text(&self) -> String {
        self.clusters
            .iter()
            .map(|cluster| cluster.text.as_str())
            .collect()
    }

    fn chars(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.chars).sum()
    }

    fn width(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.width).sum()
    }

    /// Returns the cells left of the character `at` of the line.
    fn column_of(&self, at: usize) -> usize {
        let mut chars = self.start;
        let mut column = 0;
        for cluster in &self.clusters {
            if chars >= at {
                break;
            }
            chars += cluster.chars;
            column += cluster.width;
        }
        column
    }

    /// Returns the character of the line at `column`, or the last one that can have the cursor in this row.
    fn character_at(&self, column: usize) -> usize {
        let mut at = self.start;
        let mut used = 0;
        for cluster in &self.clusters {
            used += cluster.width;
            if used > column {
                break;
            }
            at += cluster.chars;
        }
        at
    }
}

impl TextRows {
    /// Wraps `lines` into rows of less than `room` cells and finds the cursor, given as line and character.
    pub(crate) fn wrapped(
        lines: &[String],
        cursor: (usize, usize),
        room: usize,
        theme: Theme,
    ) -> Self {
        let room = room.saturating_sub(1).max(1);
        let mut rows = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            wrap_line(index, &safe(line, theme), room, &mut rows);
        }
        let holds = |row: &Row| row.line == cursor.0 && row.start <= cursor.1;
        let cursor_row = rows.iter().rposition(holds).unwrap_or(0);
        let column = rows
            .get(cursor_row)
            .map_or(0, |row| row.column_of(cursor.1));
        Self {
            rows,
            cursor_row,
            cursor_column: column.min(room),
        }
    }

    /// Returns the line and character below or above the cursor in another row; `None` without such a row.
    pub(crate) fn beside(&self, row: usize) -> Option<(usize, usize)> {
        let here = self.rows.get(row)?;
        let last = self
            .rows
            .get(row + 1)
            .is_none_or(|next| next.line != here.line);
        let mut at = here.character_at(self.cursor_column);
        if !last && at >= here.start + here.chars() {
            // The position behind the last cluster is the first one of the next row: the cursor would jump down.
            at -= here.clusters.last().map_or(0, |cluster| cluster.chars);
        }
        Some((here.line, at))
    }
}

/// Returns the part of one line around the cursor (a character) that has room in `room` cells, with an ellipsis at each
/// cut end, and the cells left of the cursor in it.
pub(crate) fn scrolled(line: &str, cursor: usize, room: usize, theme: Theme) -> (String, usize) {
    let row = Row {
        line: 0,
        start: 0,
        clusters: safe(line, theme),
    };
    let at = row.column_of(cursor);
    // Less than, not at most: the cursor behind the text needs a cell too.
    if row.width() < room {
        return (row.text(), at);
    }
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let cut = width(ellipsis);
    // Two ellipses, one letter and the cursor: below that nothing useful fits.
    if room < cut * 2 + 3 {
        return (String::new(), 0);
    }
    let mut before = 0;
    let mut lead = 0;
    let mut first = 0;
    for cluster in &row.clusters {
        if lead + (at - before) + 1 + cut <= room {
            break;
        }
        before += cluster.width;
        lead = cut;
        first += 1;
    }
    let mut out = if first > 0 { ellipsis } else { "" }.to_owned();
    let mut used = lead;
    let mut rest = row.width() - before;
    for cluster in row.clusters.iter().skip(first) {
        if used + rest > room && used + cluster.width + cut > room {
            out.push_str(ellipsis);
            break;
        }
        out.push_str(&cluster.text);
        used += cluster.width;
        rest -= cluster.width;
    }
    (out, lead + (at - before))
}

/// Cuts a line into clusters that are safe to draw; their characters are one for one those of the line.
fn safe(line: &str, theme: Theme) -> Vec<Cluster> {
    shown(line, Lines::Fold, theme.stand())
        .graphemes(true)
        .map(|cluster| Cluster {
            text: cluster.to_owned(),
            width: cluster_width(cluster),
            chars: cluster.chars().count(),
        })
        .collect()
}

fn wrap_line(line: usize, clusters: &[Cluster], room: usize, rows: &mut Vec<Row>) {
    let (mut first, mut start) = (0, 0);
    let mut used = 0;
    // The position behind the last blank, where the row may end.
    let mut gap = 0;
    let mut index = 0;
    let mut push = |first: usize, end: usize, start: &mut usize| {
        let part = clusters.get(first..end).unwrap_or_default().to_vec();
        let row = Row {
            line,
            start: *start,
            clusters: part,
        };
        *start += row.chars();
        rows.push(row);
    };
    while let Some(cluster) = clusters.get(index) {
        let blank = cluster.text.trim().is_empty();
        // Blanks may hang over the edge, so that the next row begins with a word.
        if used + cluster.width > room && !blank && index > first {
            let end = if gap > first { gap } else { index };
            push(first, end, &mut start);
            (first, index, used, gap) = (end, end, 0, end);
            continue;
        }
        used += cluster.width;
        index += 1;
        if blank {
            gap = index;
        }
    }
    push(first, clusters.len(), &mut start);
}

#[cfg(test)]
mod tests {
    use super::{TextRows, scrolled};
    use crate::tui::theme::Theme;
    use crate::tui::widgets::text::width;
    use proptest::prelude::proptest;

    fn wrapped(text: &str, cursor: (usize, usize), room: usize) -> (Vec<String>, usize, usize) {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let rows = TextRows::wrapped(&lines, cursor, room, Theme::default());
        let texts = rows.rows.iter().map(super::Row::text).collect();
        (texts, rows.cursor_row, rows.cursor_column)
    }

    #[test]
    fn words_stay_whole_and_the_cursor_has_its_own_cell() {
        let (rows, row, column) = wrapped("slept badly then better", (0, 23), 12);
        assert_eq!(rows, ["slept badly ", "then better"]);
        assert_eq!((row, column), (1, 11));
    }

    #[test]
    fn a_cursor_behind_a_break_stands_on_the_next_row() {
        assert_eq!(
            wrapped("abcdef", (0, 3), 4),
            (vec!["abc".into(), "def".into()], 1, 0)
        );
        assert_eq!(wrapped("a\n\nb", (1, 0), 4).1, 1);
    }

    #[test]
    fn a_long_line_scrolls_under_the_cursor() {
        let at = |cursor| scrolled("0123456789abcdefghij", cursor, 10, Theme::default());
        assert_eq!(at(0), ("012345678…".into(), 0));
        assert_eq!(at(20), ("…defghij".into(), 8));
        assert_eq!(at(12), ("…56789abc…".into(), 8));
    }

    proptest! {
        #[test]
        fn every_place_has_a_cell_inside_the_field(text in "[ab 日é\u{202e}👩\u{200d}\n]{0,40}", room in 2usize..20) {
            let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            for (line, words) in lines.iter().enumerate() {
                for cursor in 0..=words.chars().count() {
                    let rows = TextRows::wrapped(&lines, (line, cursor), room, Theme::default());
                    assert!(rows.cursor_column < room && rows.cursor_row < rows.rows.len());
                    assert_eq!(rows.rows[rows.cursor_row].line, line);
                    let (drawn, column) = scrolled(words, cursor, room, Theme::default());
                    assert!(column < room && width(&drawn) <= room, "{drawn:?} {column}");
                }
            }
            let rows = TextRows::wrapped(&lines, (0, 0), room, Theme::default());
            let chars: usize = rows.rows.iter().map(super::Row::chars).sum();
            assert_eq!(chars, lines.iter().map(|line| line.chars().count()).sum::<usize>());
        }
    }
}
