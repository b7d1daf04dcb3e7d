//! A text field of one line or many, whose cursor moves by whole letters.
//!
//! `ratatui-textarea` holds the text, its edits and their undo. That crate moves and measures by `char`, which would split
//! 👩‍👩‍👧 or e + U+0301, and it draws raw text; so movement, wrapping and drawing are here.
//!
//! Invariant: the cursor is never inside a grapheme cluster. The text stays as typed or pasted, without control characters, and
//! never exceeds its limit. Drawn text has passed through [`crate::domain::text::sanitize::shown`]. An offered value is
//! selected as a whole until the first key that edits it or moves in it.
use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui_textarea::{CursorMove, DataCursor, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::field_rows::{Row, TextRows, scrolled};
use crate::tui::theme::{Role, Theme};

/// How many lines a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Enter belongs to the screen, and a pasted line end becomes a blank. Line ends of the initial value are kept and drawn
    /// as a sign.
    OneLine,
    /// Enter is a line end.
    ManyLines,
}

/// The result of a key or a paste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handled {
    /// The text changed.
    Edited,
    /// The cursor moved, or is at an end and cannot move.
    Moved,
    /// Not a key of a text field: the screen may use it.
    Ignored,
    /// The text has reached its limit.
    Full {
        /// Characters that were left out.
        left_out: usize,
    },
}

/// The most characters of any field: `ratatui-textarea` counts columns in 16 bits.
pub(crate) const LONGEST: usize = 60_000;

/// How many edits can be undone.
const UNDO_STEPS: usize = 1_000;

/// A text with its cursor and its undo history.
#[derive(Clone, Debug)]
pub(crate) struct TextField {
    area: TextArea<'static>,
    shape: Shape,
    limit: usize,
    length: usize,
    /// The width of the last drawing in cells, so that up and down move by the rows on screen.
    seen_width: Cell<u16>,
    /// Whether the value is only an offer, which the first typed letter replaces.
    is_offered: bool,
    /// The sign for a line end in one line, if the initial value has line ends.
    line_end: Option<char>,
}

/// Signs for a line end in one line. The field uses one that the value does not contain, so that it can be turned back.
const LINE_ENDS: [char; 4] = ['\u{21b5}', '\u{2424}', '\u{23ce}', '\u{b6}'];

impl TextField {
    /// Makes a field with `value` in it and the cursor at its end; it takes up to `limit` characters (at most
    /// [`LONGEST`]). A longer `value` is kept whole, but nothing can be added to it.
    pub(crate) fn new(shape: Shape, limit: usize, value: &str) -> Self {
        let line_end = (shape == Shape::OneLine && value.contains('\n'))
            .then(|| LINE_ENDS.into_iter().find(|sign| !value.contains(*sign)))
            .flatten();
        let lines = match shape {
            Shape::OneLine => vec![value.replace('\n', &line_end.unwrap_or(' ').to_string())],
            Shape::ManyLines => value.split('\n').map(str::to_owned).collect(),
        };
        let mut area = TextArea::new(lines);
        // Each step stores its text; without a limit a long session would grow for ever.
        area.set_max_histories(UNDO_STEPS);
        let mut field = Self {
            area,
            shape,
            limit: limit.min(LONGEST),
            length: value.chars().count(),
            seen_width: Cell::new(u16::MAX),
            is_offered: false,
            line_end,
        };
        field.jump(field.end_of_text());
        field
    }

    /// Makes a field that offers `value`: it is selected, the first typed letter replaces it, \u{2192} or End keeps it.
    pub(crate) fn offering(shape: Shape, limit: usize, value: &str) -> Self {
        let mut field = Self::new(shape, limit, value);
        field.is_offered = !field.is_empty();
        field
    }

    /// Tells whether the value is an offer, neither kept nor replaced yet.
    pub(crate) const fn is_offered(&self) -> bool {
        self.is_offered
    }

    /// Returns the text to store.
    pub(crate) fn value(&self) -> String {
        let text = self.area.lines().join("\n");
        match self.line_end {
            Some(sign) => text.replace(sign, "\n"),
            None => text,
        }
    }

    /// Tells whether nothing has been written.
    pub(crate) fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Returns the length of the text in characters (Unicode scalar values, as the limit counts them).
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// Returns the line of the text, and the grapheme clusters left of the cursor in it.
    pub(crate) fn cursor(&self) -> (usize, usize) {
        let DataCursor(row, column) = self.area.cursor();
        let left = self
            .boundaries(row)
            .iter()
            .filter(|at| **at < column)
            .count();
        (row, left)
    }

    /// Handles a key. Arrows, Home, End, Backspace, Delete; Ctrl or Alt with arrows, Ctrl-W and Alt-D for words; Ctrl-A, E,
    /// B, F, H, D, U, K as in a shell; Alt-U undoes, Alt-E redoes. Enter is a line end in a field of many lines.
    /// A typed letter replaces an offered value, a key that erases erases all of it, and a key that moves keeps it.
    pub(crate) fn handle(&mut self, key: KeyEvent) -> Handled {
        if key.kind == KeyEventKind::Release {
            return Handled::Ignored;
        }
        let was_offered = self.is_offered;
        let handled = self.take(key);
        // A key without a use, such as Tab to the next field, leaves the offer as it is.
        if was_offered && handled != Handled::Ignored {
            self.is_offered = false;
        }
        handled
    }

    fn take(&mut self, key: KeyEvent) -> Handled {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match (key.code, control, alt) {
            // On some systems AltGr, which types letters, arrives as Ctrl and Alt together.
            (KeyCode::Char(c), control, alt) if control == alt => self.insert(c),
            (KeyCode::Enter, false, _) if self.shape == Shape::ManyLines => self.insert('\n'),
            (KeyCode::Left, false, false) | (KeyCode::Char('b'), true, _) => self.go(Step::Left),
            (KeyCode::Right, false, false) | (KeyCode::Char('f'), true, _) => self.go(Step::Right),
            (KeyCode::Up, false, false) if self.shape == Shape::ManyLines => self.go(Step::Up),
            (KeyCode::Down, false, false) if self.shape == Shape::ManyLines => self.go(Step::Down),
            (KeyCode::Home, false, _) | (KeyCode::Char('a'), true, _) => self.go(Step::Home),
            (KeyCode::End, false, _) | (KeyCode::Char('e'), true, _) => self.go(Step::End),
            (KeyCode::Home, true, _) => self.go(Step::Top),
            (KeyCode::End, true, _) => self.go(Step::Bottom),
            (KeyCode::Left, ..) | (KeyCode::Char('b'), _, true) => self.go(Step::WordLeft),
            (KeyCode::Right, ..) | (KeyCode::Char('f'), _, true) => self.go(Step::WordRight),
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, _) => {
                self.erase(Step::Left)
            }
            (KeyCode::Delete, false, false) | (KeyCode::Char('d'), true, _) => {
                self.erase(Step::Right)
            }
            (KeyCode::Backspace, ..) | (KeyCode::Char('w'), true, _) => self.erase(Step::WordLeft),
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), _, true) => self.erase(Step::WordRight),
            (KeyCode::Char('u'), true, _) => self.erase(Step::Home),
            (KeyCode::Char('k'), true, _) => self.erase(Step::End),
            (KeyCode::Char('u'), _, true) => self.undo(),
            (KeyCode::Char('e'), _, true) => self.redo(),
            _ => Handled::Ignored,
        }
    }

    /// Inserts pasted text: `\r\n` and `\r` become `\n`, or a blank in one line; a tab becomes a blank; other control
    /// characters are dropped. Text beyond the limit is left out and counted in the result.
    pub(crate) fn paste(&mut self, pasted: &str) -> Handled {
        let unified = pasted.replace("\r\n", "\n").replace('\r', "\n");
        let line_end = match self.shape {
            Shape::OneLine => ' ',
            Shape::ManyLines => '\n',
        };
        let clean: String = unified
            .chars()
            .filter_map(|c| match c {
                '\n' => Some(line_end),
                // A tab has no fixed width on screen.
                '\t' => Some(' '),
                c if c.is_control() => None,
                c => Some(c),
            })
            .collect();
        let clean_chars = clean.chars().count();
        if clean_chars > 0 {
            self.drop_offered();
        }
        let room = self.limit.saturating_sub(self.length);
        // Cutting inside a cluster would leave half of a letter.
        let fitting = whole_clusters(&clean, room);
        let added = fitting.chars().count();
        if added > 0 {
            self.area.insert_str(fitting);
            self.settle();
        }
        match (clean_chars - added, added) {
            (0, 0) => Handled::Moved,
            (0, _) => Handled::Edited,
            (left_out, _) => Handled::Full { left_out },
        }
    }

    /// Undoes the last edit.
    pub(crate) fn undo(&mut self) -> Handled {
        let changed = self.area.undo();
        self.after(changed)
    }

    /// Redoes the last undone edit.
    pub(crate) fn redo(&mut self) -> Handled {
        let changed = self.area.redo();
        self.after(changed)
    }

    /// Draws the part of the text around the cursor, wrapped in a field of many lines, and returns the position of the
    /// terminal's cursor; `None` without room.
    pub(crate) fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        self.seen_width.set(area.width);
        let (rows, at) = self.lay_out(area.width, theme);
        let first = (at.1 + 1).saturating_sub(usize::from(area.height));
        let style = theme.style(if self.is_offered {
            Role::Selected
        } else {
            Role::Text
        });
        for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(first)) {
            buf.set_stringn(area.x, y, row, usize::from(area.width), style);
        }
        Some(Position::new(
            area.x + cell(at.0).min(area.width - 1),
            area.y + cell(at.1 - first),
        ))
    }

    /// Returns the rows to draw, and the column and row of the cursor in them.
    fn lay_out(&self, width: u16, theme: Theme) -> (Vec<String>, (usize, usize)) {
        let room = usize::from(width);
        let DataCursor(row, column) = self.area.cursor();
        match self.shape {
            Shape::OneLine => {
                let (text, at) = scrolled(self.line(0), column, room, theme);
                (vec![text], (at, 0))
            }
            Shape::ManyLines => {
                let rows = TextRows::wrapped(self.area.lines(), (row, column), room, theme);
                let texts = rows.rows.iter().map(Row::text).collect();
                (texts, (rows.cursor_column, rows.cursor_row))
            }
        }
    }

    fn insert(&mut self, c: char) -> Handled {
        // Control characters could reach the terminal through an export or a copy.
        if c.is_control() && c != '\n' {
            return Handled::Ignored;
        }
        self.drop_offered();
        if self.length >= self.limit {
            return Handled::Full { left_out: 1 };
        }
        self.area.insert_char(c);
        self.after(true)
    }

    fn erase(&mut self, step: Step) -> Handled {
        // An offer is selected as a whole, so erasing erases all of it, as in any selection.
        if self.drop_offered() {
            return Handled::Edited;
        }
        let here = self.area.cursor();
        let there = self.target(step);
        let (from, to) = ordered(here, there);
        let chars = self.distance(from, to);
        if chars == 0 {
            return Handled::Moved;
        }
        self.jump(from);
        let changed = self.area.delete_str(chars);
        self.after(changed)
    }

    /// Erases an offered value; returns whether there was one.
    fn drop_offered(&mut self) -> bool {
        if !std::mem::take(&mut self.is_offered) {
            return false;
        }
        let (from, to) = (DataCursor(0, 0), self.end_of_text());
        let chars = self.distance(from, to);
        self.jump(from);
        let changed = self.area.delete_str(chars);
        self.after(changed);
        true
    }

    fn go(&mut self, step: Step) -> Handled {
        let target = self.target(step);
        self.jump(target);
        Handled::Moved
    }

    fn after(&mut self, changed: bool) -> Handled {
        if !changed {
            return Handled::Moved;
        }
        self.settle();
        Handled::Edited
    }

    /// Counts the text again. An edit may join the letters around the cursor into one cluster; then the cursor moves out of it.
    fn settle(&mut self) {
        let lines = self.area.lines();
        let chars: usize = lines.iter().map(|line| line.chars().count()).sum();
        self.length = chars + lines.len().saturating_sub(1);
        let DataCursor(row, column) = self.area.cursor();
        let boundary = self.boundaries(row).into_iter().find(|at| *at >= column);
        self.jump(DataCursor(row, boundary.unwrap_or(column)));
    }

    fn jump(&mut self, to: DataCursor) {
        self.area
            .move_cursor(CursorMove::Jump(cell(to.0), cell(to.1)));
    }

    fn line(&self, row: usize) -> &str {
        self.area.lines().get(row).map_or("", String::as_str)
    }

    /// Returns the columns, in characters, of the beginnings of a line's clusters and of the end of the last one.
    fn boundaries(&self, row: usize) -> Vec<usize> {
        let mut at = 0;
        let mut all = vec![0];
        for cluster in self.line(row).graphemes(true) {
            at += cluster.chars().count();
            all.push(at);
        }
        all
    }

    fn end_of_line(&self, row: usize) -> DataCursor {
        DataCursor(row, self.line(row).chars().count())
    }

    fn end_of_text(&self) -> DataCursor {
        self.end_of_line(self.area.lines().len().saturating_sub(1))
    }

    /// Returns the number of characters between two positions; a line end counts as one.
    fn distance(&self, from: DataCursor, to: DataCursor) -> usize {
        if from.0 == to.0 {
            return to.1.saturating_sub(from.1);
        }
        let between = (from.0 + 1..to.0).map(|row| self.line(row).chars().count() + 1);
        let first = self.line(from.0).chars().count().saturating_sub(from.1) + 1;
        first + between.sum::<usize>() + to.1
    }

    fn target(&self, step: Step) -> DataCursor {
        let DataCursor(row, column) = self.area.cursor();
        let last_row = self.area.lines().len().saturating_sub(1);
        match step {
            Step::Left if column == 0 => row
                .checked_sub(1)
                .map_or(DataCursor(0, 0), |row| self.end_of_line(row)),
            Step::Left => {
                let before = self.boundaries(row).into_iter().rfind(|at| *at < column);
                DataCursor(row, before.unwrap_or(0))
            }
            Step::Right => match self.boundaries(row).into_iter().find(|at| *at > column) {
                Some(next) => DataCursor(row, next),
                None if row < last_row => DataCursor(row + 1, 0),
                None => DataCursor(row, column),
            },
            Step::Up => self.beside(step).unwrap_or(DataCursor(0, 0)),
            Step::Down => self.beside(step).unwrap_or_else(|| self.end_of_text()),
            Step::Home => DataCursor(row, 0),
            Step::End => self.end_of_line(row),
            Step::Top => DataCursor(0, 0),
            Step::Bottom => self.end_of_text(),
            Step::WordLeft => self.word_left(),
            Step::WordRight => self.word_right(),
        }
    }

    /// Returns the position one row above or below in the last drawing.
    fn beside(&self, step: Step) -> Option<DataCursor> {
        let DataCursor(row, column) = self.area.cursor();
        let room = usize::from(self.seen_width.get());
        let rows = TextRows::wrapped(self.area.lines(), (row, column), room, Theme::default());
        let wanted = match step {
            Step::Up => rows.cursor_row.checked_sub(1)?,
            _ => rows.cursor_row + 1,
        };
        let (line, at) = rows.beside(wanted)?;
        // The drawn clusters are those of the safe text; step back to where one of the stored text begins.
        let boundary = self
            .boundaries(line)
            .into_iter()
            .rfind(|start| *start <= at);
        Some(DataCursor(line, boundary.unwrap_or(0)))
    }

    fn word_left(&self) -> DataCursor {
        let DataCursor(row, column) = self.area.cursor();
        if column == 0 {
            return self.target(Step::Left);
        }
        let starts = self.words(row);
        let start = starts.into_iter().rfind(|(start, _)| *start < column);
        DataCursor(row, start.map_or(0, |(start, _)| start))
    }

    fn word_right(&self) -> DataCursor {
        let DataCursor(row, column) = self.area.cursor();
        if column >= self.line(row).chars().count() {
            return self.target(Step::Right);
        }
        let ends = self.words(row);
        let end = ends.into_iter().find(|(_, end)| *end > column);
        end.map_or_else(|| self.end_of_line(row), |(_, end)| DataCursor(row, end))
    }

    /// Returns where the words of a line begin and end, in characters; blanks are not words.
    fn words(&self, row: usize) -> Vec<(usize, usize)> {
        let mut at = 0;
        let mut all = Vec::new();
        for word in self.line(row).split_word_bounds() {
            let end = at + word.chars().count();
            if !word.trim().is_empty() {
                all.push((at, end));
            }
            at = end;
        }
        all
    }
}

/// A way for the cursor to go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    Top,
    Bottom,
    WordLeft,
    WordRight,
}

fn cell(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

fn ordered(a: DataCursor, b: DataCursor) -> (DataCursor, DataCursor) {
    if (a.0, a.1) <= (b.0, b.1) {
        (a, b)
    } else {
        (b, a)
    }
}

/// Returns the longest beginning of whole clusters with at most `room` characters.
fn whole_clusters(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (start, cluster) in text.grapheme_indices(true) {
        used += cluster.chars().count();
        if used > room {
            return text.get(..start).unwrap_or_default();
        }
    }
    text
}
