//! The report as Markdown.
//!
//! Invariant: typed text stays text: headings, lists, tables, links and HTML in it are escaped.

use super::block::{Block, Table, made};
use super::content::{lead, left_out, parts, period, title};
use crate::domain::report::{DISCLAIMER, Report};
use crate::domain::text::sanitize::{Lines, Stand, shown};
use std::fmt::Write as _;

/// The report as Markdown.
pub(crate) fn markdown(report: &Report) -> String {
    let mut page = format!("# {}\n\n", escaped(&title(report)));
    if let Some(lead) = lead(report) {
        let _ = write!(page, "**{}**\n\n", escaped(&lead));
    }
    let _ = write!(page, "*{DISCLAIMER}*\n\n");
    facts(&mut page, &period(&report.period));
    for part in parts(report) {
        let _ = write!(page, "## {}\n\n", part.section.title());
        for block in &part.blocks {
            match block {
                Block::Said(sentence) => {
                    let _ = write!(page, "{}\n\n", escaped(sentence));
                }
                Block::Facts(pairs) | Block::List(pairs) => facts(&mut page, pairs),
                Block::Table(rows) => table(&mut page, rows),
            }
        }
    }
    if let Some(left_out) = left_out(report) {
        let _ = write!(page, "{}\n\n", escaped(&left_out));
    }
    let _ = writeln!(page, "Made {}.", made(report.made));
    page
}

fn facts(page: &mut String, pairs: &[(String, String)]) {
    for (label, text) in pairs {
        let _ = writeln!(page, "- **{}**: {}", escaped(label), escaped(text));
    }
    page.push('\n');
}

fn table(page: &mut String, table: &Table) {
    let _ = write!(page, "{}.\n\n", escaped(&table.caption));
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    // Heads are ours and need no escaping.
    page.push_str(&row(table.head.clone()));
    let columns = table.head.len();
    let line = (0..columns).map(|at| {
        let is_words = at == 0 || at >= columns - table.words;
        if is_words { "---" } else { "---:" }.to_owned()
    });
    page.push_str(&row(line.collect()));
    for cells in &table.rows {
        page.push_str(&row(cells.iter().map(|cell| escaped(cell)).collect()));
    }
    page.push('\n');
}

/// `text` on one line, with every Markdown sign escaped.
fn escaped(text: &str) -> String {
    let text = shown(text, Lines::Fold, Stand::Picture);
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.chars() {
        let is_mark = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '!' | '$'
        );
        // Many readers turn a bare address into a link.
        let is_address = letter == ':' && before.is_ascii_alphabetic() && text.contains("://");
        // A line beginning with one of these could become a list or a heading.
        let begins = escaped.is_empty() && matches!(letter, '-' | '+' | '=');
        if is_mark || is_address || begins {
            escaped.push('\\');
        }
        escaped.push(letter);
        before = letter;
    }
    escaped
}
