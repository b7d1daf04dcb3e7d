//! The report as lines of text, for a terminal, a mail or a preview.
//!
//! Invariant: no line is wider than requested, unless a single letter is. Control characters of typed text are replaced.

use super::block::{Block, Table, moment};
use super::content::{lead, left_out, parts, period, title};
use crate::domain::report::{DISCLAIMER, Report};
use crate::domain::text::sanitize::{Lines, Stand, shown};
use unicode_width::UnicodeWidthStr;

/// The smallest layout width: below it nearly every word would be broken.
const LEAST: usize = 24;
/// The widest column of labels; a longer label has its text on the next line.
const LABEL: usize = 22;

/// The report as lines of at most `width` columns.
pub fn text(report: &Report, width: usize) -> Vec<String> {
    let mut page = Page {
        width: width.max(LEAST),
        lines: Vec::new(),
    };
    if let Some(lead) = lead(report) {
        page.paragraph("", &lead);
        page.blank();
    }
    page.paragraph("", &title(report));
    page.paragraph("", DISCLAIMER);
    page.blank();
    page.pairs(&period(&report.period));
    for part in parts(report) {
        page.blank();
        page.paragraph("", part.section.title());
        for block in &part.blocks {
            match block {
                Block::Said(sentence) => page.paragraph("  ", sentence),
                Block::Facts(pairs) | Block::List(pairs) => page.pairs(pairs),
                Block::Table(table) => page.table(table),
            }
        }
    }
    page.blank();
    if let Some(left_out) = left_out(report) {
        page.paragraph("", &left_out);
    }
    page.paragraph("", &format!("Made {}.", moment(report.made)));
    page.lines
}

struct Page {
    width: usize,
    lines: Vec<String>,
}

impl Page {
    fn blank(&mut self) {
        // Never two blank lines in a row, whichever parts are empty.
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn paragraph(&mut self, indent: &str, text: &str) {
        self.hanging(indent, indent, text);
    }

    /// Text whose first line begins with `first` and every other line with `rest`.
    fn hanging(&mut self, first: &str, rest: &str, text: &str) {
        let text = shown(text, Lines::Keep, Stand::Picture);
        let mut head = first.to_owned();
        for line in text.lines() {
            let room = self.width.saturating_sub(rest.width());
            for piece in wrap(line, room) {
                self.lines
                    .push(format!("{head}{piece}").trim_end().to_owned());
                rest.clone_into(&mut head);
            }
        }
    }

    /// Labels in one column with their texts beside them; under a label that is too long.
    fn pairs(&mut self, pairs: &[(String, String)]) {
        let widest = pairs
            .iter()
            .map(|(label, _)| label.width())
            .max()
            .unwrap_or(0);
        // A third of the width at most, so that narrow terminals keep room for the texts.
        let column = widest.min(LABEL).min(self.width / 3) + 4;
        for (label, text) in pairs {
            let label = shown(label, Lines::Fold, Stand::Picture);
            let rest = " ".repeat(column);
            if label.width() + 4 > column {
                self.paragraph("  ", &label);
                self.hanging(&rest, &rest, text);
                continue;
            }
            let gap = column - 2 - label.width();
            self.hanging(&format!("  {label}{}", " ".repeat(gap)), &rest, text);
        }
    }

    /// Columns side by side; if they do not fit, each row as a sentence of "head: cell" pairs.
    fn table(&mut self, table: &Table) {
        self.paragraph("  ", &format!("{}.", table.caption));
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| shown(cell, Lines::Fold, Stand::Picture).into_owned())
                    .collect()
            })
            .collect();
        let columns = table.head.len();
        let widths: Vec<usize> = (0..columns)
            .map(|at| {
                let cells = rows.iter().filter_map(|row| row.get(at)).map(|c| c.width());
                cells
                    .max()
                    .unwrap_or(0)
                    .max(table.head.get(at).map_or(0, |h| h.width()))
            })
            .collect();
        // Indent, columns and two blanks between them.
        if 2 + widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1) <= self.width {
            let is_words = |at: usize| at == 0 || at >= columns - table.words;
            let line = |cells: &[String]| {
                let cells = cells
                    .iter()
                    .zip(&widths)
                    .enumerate()
                    .map(|(at, (cell, width))| {
                        let gap = " ".repeat(width.saturating_sub(cell.width()));
                        if is_words(at) {
                            format!("{cell}{gap}")
                        } else {
                            format!("{gap}{cell}")
                        }
                    });
                format!("  {}", cells.collect::<Vec<_>>().join("  "))
                    .trim_end()
                    .to_owned()
            };
            self.lines.push(line(&table.head));
            self.lines.extend(rows.iter().map(|row| line(row)));
            return;
        }
        for row in &rows {
            let Some((name, cells)) = row.split_first() else {
                continue;
            };
            let cells = cells.iter().zip(table.head.iter().skip(1));
            let pairs: Vec<String> = cells
                .map(|(cell, head)| format!("{}: {cell}", head.to_lowercase()))
                .collect();
            self.paragraph("  ", name);
            self.paragraph("    ", &pairs.join("; "));
        }
    }
}

/// `text` in lines of at most `width` columns; a wider word is broken.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = word.width() + usize::from(lines.last().is_some_and(|l| !l.is_empty()));
        match lines.last_mut() {
            Some(line) if line.width() + needed <= width => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            _ => lines.extend(pieces(word, width)),
        }
    }
    // A first word that had to be broken leaves the initial empty line behind.
    if lines.len() > 1 && lines.first().is_some_and(String::is_empty) {
        lines.remove(0);
    }
    lines
}

/// A word in pieces of at most `width` columns, cut between letters and never inside one.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut columns = 0;
    for letter in unicode_segmentation::UnicodeSegmentation::graphemes(word, true) {
        if columns + letter.width() > width && columns > 0 {
            pieces.push(String::new());
            columns = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(letter);
        }
        columns += letter.width();
    }
    pieces
}
