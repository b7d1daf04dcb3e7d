//! The report as lines of text, for a terminal, a mail or a preview.
//!
//! Invariant: no line is wider than requested, unless a single letter is. Control characters of typed text are replaced.

use super::block::{Block, Table, made};
use super::content::{lead, left_out, parts, period, title};
use crate::domain::report::{DISCLAIMER, Report};
use crate::domain::text::sanitize::{Lines, Stand, shown};
use crate::domain::text::words;
use crate::domain::text::wrap::wrap;
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
    page.paragraph("", &format!("Made {}.", made(report.made)));
    page.lines
}

/// The report in sentences, each for itself: nothing is understood from where it stands. For reading aloud.
pub(crate) fn sentences(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = lead(report).into_iter().collect();
    lines.extend([title(report), DISCLAIMER.to_owned()]);
    lines.extend(pair_sentences(&period(&report.period)));
    for part in parts(report) {
        lines.push(format!("{}:", part.section.title()));
        for block in &part.blocks {
            match block {
                Block::Said(sentence) => lines.push(sentence.clone()),
                Block::Facts(pairs) | Block::List(pairs) => lines.extend(pair_sentences(pairs)),
                Block::Table(table) => lines.extend(row_sentences(table)),
            }
        }
    }
    lines.extend(left_out(report));
    lines.push(format!("Made {}.", made(report.made)));
    let shown = lines
        .iter()
        .map(|line| shown(line, Lines::Keep, Stand::Picture).into_owned());
    shown.collect()
}

/// "Since day 0: 8 days." A pair without a label is its text.
fn pair_sentences(pairs: &[(String, String)]) -> Vec<String> {
    let line = |(label, text): &(String, String)| match label.as_str() {
        "" => words::sentence(text),
        label => words::sentence(&format!("{label}: {text}")),
    };
    pairs.iter().map(line).collect()
}

/// The caption, then "Severity; days of 21: 17; median: 25." for each row.
fn row_sentences(table: &Table) -> Vec<String> {
    let rows = table.rows.iter().filter_map(|row| {
        let (name, cells) = row.split_first()?;
        let cells = cells.iter().zip(table.head.iter().skip(1));
        // An empty cell has nothing to say.
        let cells = cells.filter(|(cell, _)| !cell.trim().is_empty());
        let cells = cells.map(|(cell, head)| format!("; {}: {cell}", head.to_lowercase()));
        Some(words::sentence(&format!(
            "{name}{}",
            cells.collect::<String>()
        )))
    });
    std::iter::once(words::sentence(&table.caption))
        .chain(rows)
        .collect()
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
