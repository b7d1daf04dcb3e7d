//! A field to type in, of one line or many, whose every step is a whole letter.
//!
//! Built on `ratatui-textarea` for the text, its edits and their undo. That crate steps and measures by `char`, which would
//! split 👩‍👩‍👧 or e + U+0301, and draws raw text; so the steps, the wrapping and the drawing are here.
//!
//! Invariant: the cursor never stands inside a grapheme cluster; the text is kept as it was typed or pasted, less control
//! characters, and is never longer than its limit; what is drawn has passed through [`text::shown`].
use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui_textarea::{CursorMove, DataCursor, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::field_rows::{Row, Rows, scrolled};
use crate::tui::theme::{Role, Theme};

/// How many lines a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Enter is left to the screen; a pasted line end becomes a blank.
    OneLine,
    /// Enter is a line end.
    ManyLines,
}

/// What became of a key or a paste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    /// The text changed.
    Edited,
    /// The cursor moved, or stood where it could go no further.
    Moved,
    /// Not a key of a text field: the screen may use it.
    Ignored,
    /// The text is as long as it may be; so many characters were not taken.
    Full {
        /// Characters that were left out.
        left_out: usize,
    },
}

/// The most characters that any field takes: the crate below counts columns in 16 bits.
pub const LONGEST: usize = 60_000;

/// Edits that can be taken back.
const UNDO_STEPS: usize = 1_000;

/// A text being written, its cursor, and its undo.
#[derive(Clone, Debug)]
pub struct TextField {
    area: TextArea<'static>,
    shape: Shape,
    limit: usize,
    length: usize,
    /// The width of the last drawing in cells, so that up and down mean the rows that were seen.
    seen_width: Cell<u16>,
}

impl TextField {
    /// Makes a field with `value` in it and the cursor at its end; it takes up to `limit` characters (at most
    /// [`LONGEST`]). A longer `value` is kept whole, but nothing can be added to it.
    pub fn new(shape: Shape, limit: usize, value: &str) -> Self {
        let lines = match shape {
            Shape::OneLine => vec![value.replace('\n', " ")],
            Shape::ManyLines => value.split('\n').map(str::to_owned).collect(),
        };
        let mut area = TextArea::new(lines);
        area.set_max_histories(UNDO_STEPS);
        let mut field = Self {
            area,
            shape,
            limit: limit.min(LONGEST),
            length: value.chars().count(),
            seen_width: Cell::new(u16::MAX),
        };
        field.jump(field.end_of_text());
        field
    }

    /// Returns the text as it is to be stored.
    pub fn value(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Tells whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Returns the length of the text in characters (Unicode scalar values, as the limit counts them).
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Returns the line of the text, and the grapheme clusters left of the cursor in it.
    pub fn cursor(&self) -> (usize, usize) {
        let DataCursor(row, column) = self.area.cursor();
        let left = self
            .boundaries(row)
            .iter()
            .filter(|at| **at < column)
            .count();
        (row, left)
    }

    /// Takes a key. Arrows, Home, End, Backspace, Delete; Ctrl or Alt with arrows, Ctrl-W and Alt-D for words; Ctrl-A, E,
    /// B, F, H, D, U, K as in a shell; Alt-U takes back, Alt-E does again. Enter is a line end where there can be many.
    pub fn handle(&mut self, key: KeyEvent) -> Handled {
        if key.kind == KeyEventKind::Release {
            return Handled::Ignored;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match (key.code, control, alt) {
            // AltGr arrives as Ctrl and Alt together on some systems, and makes letters.
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
    /// characters are dropped; what is beyond the limit is left out, and counted in the answer.
    pub fn paste(&mut self, pasted: &str) -> Handled {
        let unified = pasted.replace("\r\n", "\n").replace('\r', "\n");
        let line_end = match self.shape {
            Shape::OneLine => ' ',
            Shape::ManyLines => '\n',
        };
        let taken: String = unified
            .chars()
            .filter_map(|c| match c {
                '\n' => Some(line_end),
                '\t' => Some(' '),
                c if c.is_control() => None,
                c => Some(c),
            })
            .collect();
        let wanted = taken.chars().count();
        let room = self.limit.saturating_sub(self.length);
        let kept = whole_clusters(&taken, room);
        let added = kept.chars().count();
        if added > 0 {
            self.area.insert_str(kept);
            self.settle();
        }
        match (wanted - added, added) {
            (0, 0) => Handled::Moved,
            (0, _) => Handled::Edited,
            (left_out, _) => Handled::Full { left_out },
        }
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) -> Handled {
        let changed = self.area.undo();
        self.after(changed)
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self) -> Handled {
        let changed = self.area.redo();
        self.after(changed)
    }

    /// Draws the part of the text around the cursor, wrapped between words when the field has many lines, and returns
    /// where the terminal's own cursor belongs; nothing when there is no room.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        self.seen_width.set(area.width);
        let (rows, at) = self.lay_out(area.width, theme);
        let first = (at.1 + 1).saturating_sub(usize::from(area.height));
        let style = theme.style(Role::Text);
        for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(first)) {
            buf.set_stringn(area.x, y, row, usize::from(area.width), style);
        }
        Some(Position::new(
            area.x + cell(at.0).min(area.width - 1),
            area.y + cell(at.1 - first),
        ))
    }

    /// Returns how many rows the text takes in `width` cells.
    pub fn height(&self, width: u16, theme: Theme) -> usize {
        self.lay_out(width, theme).0.len()
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
                let rows = Rows::wrapped(self.area.lines(), (row, column), room, theme);
                let texts = rows.rows.iter().map(Row::text).collect();
                (texts, (rows.cursor_column, rows.cursor_row))
            }
        }
    }

    fn insert(&mut self, c: char) -> Handled {
        if c.is_control() && c != '\n' {
            return Handled::Ignored;
        }
        if self.length >= self.limit {
            return Handled::Full { left_out: 1 };
        }
        self.area.insert_char(c);
        self.after(true)
    }

    fn erase(&mut self, step: Step) -> Handled {
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

    /// Counts the text anew and moves the cursor out of a cluster that the edit has joined around it.
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

    /// Returns the columns, in characters, at which the clusters of a line begin and at which the last one ends.
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

    /// Returns the characters between two places, a line end counting as one.
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

    /// Returns the place one row above or below on the screen as it was drawn last.
    fn beside(&self, step: Step) -> Option<DataCursor> {
        let DataCursor(row, column) = self.area.cursor();
        let room = usize::from(self.seen_width.get());
        let rows = Rows::wrapped(self.area.lines(), (row, column), room, Theme::default());
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

#[cfg(test)]
mod tests {
    use super::{Handled, Shape, TextField};
    use crate::tui::theme::Theme;
    use crate::tui::widgets::every_size::as_text;
    use proptest::prelude::{Just, ProptestConfig, Strategy, proptest};
    use proptest::prop_oneof;
    use ratatui::buffer::Buffer;
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
    use ratatui::layout::{Position, Rect};
    use unicode_segmentation::UnicodeSegmentation;

    const FAMILY: &str = "👩\u{200D}👩\u{200D}👧";

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    fn control(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
    }

    fn note(value: &str) -> TextField {
        TextField::new(Shape::ManyLines, 1_000, value)
    }

    fn press(field: &mut TextField, codes: &[KeyCode]) {
        for code in codes {
            field.handle(key(*code));
        }
    }

    #[test]
    fn backspace_takes_a_whole_family_and_a_whole_accented_letter() {
        let mut field = note(&format!("a{FAMILY}e\u{301}"));
        press(&mut field, &[KeyCode::Backspace]);
        assert_eq!(field.value(), format!("a{FAMILY}"));
        press(&mut field, &[KeyCode::Backspace]);
        assert_eq!(field.value(), "a");
    }

    #[test]
    fn arrows_and_delete_step_by_whole_letters() {
        let mut field = note(&format!("{FAMILY}b"));
        press(&mut field, &[KeyCode::Home, KeyCode::Right]);
        assert_eq!(field.cursor(), (0, 1));
        press(&mut field, &[KeyCode::Left, KeyCode::Delete]);
        assert_eq!(field.value(), "b");
    }

    #[test]
    fn letters_that_join_leave_the_cursor_outside() {
        let mut field = note("👩👧");
        press(&mut field, &[KeyCode::Left, KeyCode::Char('\u{200D}')]);
        assert_eq!(field.value(), "👩\u{200D}👧");
        assert_eq!(field.cursor(), (0, 1));
        press(&mut field, &[KeyCode::Backspace]);
        assert_eq!(field.value(), "");
    }

    #[test]
    fn a_paste_is_inserted_and_submits_nothing() {
        let mut field = note("");
        assert_eq!(
            field.paste("one\r\ntwo\rthree\u{1b}[31m\u{9b}\u{7f}\tx"),
            Handled::Edited
        );
        assert_eq!(field.value(), "one\ntwo\nthree[31m x");
        let mut line = TextField::new(Shape::OneLine, 100, "");
        line.paste("one\ntwo");
        assert_eq!(line.value(), "one two");
        assert_eq!(line.handle(key(KeyCode::Enter)), Handled::Ignored);
    }

    #[test]
    fn a_paste_beyond_the_limit_is_cut_between_letters_and_says_how_much() {
        let mut field = TextField::new(Shape::ManyLines, 7, "ab");
        let pasted = format!("c{FAMILY}d");
        assert_eq!(field.paste(&pasted), Handled::Full { left_out: 6 });
        assert_eq!((field.value().as_str(), field.length()), ("abc", 3));
        press(&mut field, &[KeyCode::Char('1'); 4]);
        assert_eq!(
            field.handle(key(KeyCode::Char('2'))),
            Handled::Full { left_out: 1 }
        );
        assert_eq!(field.value(), "abc1111");
    }

    #[test]
    fn undo_and_redo_walk_the_edits() {
        let mut field = note("");
        press(
            &mut field,
            &[KeyCode::Char('a'), KeyCode::Enter, KeyCode::Char('b')],
        );
        field.paste(FAMILY);
        assert_eq!(field.undo(), Handled::Edited);
        assert_eq!(field.value(), "a\nb");
        (0..3).for_each(|_| {
            field.undo();
        });
        assert!(field.is_empty());
        assert_eq!(field.undo(), Handled::Moved);
        (0..4).for_each(|_| {
            field.redo();
        });
        assert_eq!(field.value(), format!("a\nb{FAMILY}"));
        assert_eq!(field.length(), 8);
    }

    #[test]
    fn words_and_lines_go_at_once() {
        let mut field = note("slept badly, then\nbetter");
        field.handle(control('w'));
        assert_eq!(field.value(), "slept badly, then\n");
        press(&mut field, &[KeyCode::Backspace]);
        field.handle(control('w'));
        assert_eq!(field.value(), "slept badly, ");
        field.handle(control('u'));
        assert_eq!(field.value(), "");
    }

    #[test]
    fn keys_of_the_screen_are_left_to_it() {
        let mut field = note("a");
        for code in [KeyCode::Esc, KeyCode::Tab, KeyCode::F(1), KeyCode::PageUp] {
            assert_eq!(field.handle(key(code)), Handled::Ignored);
        }
        assert_eq!(field.handle(control('s')), Handled::Ignored);
        let release = KeyEvent {
            kind: KeyEventKind::Release,
            ..key(KeyCode::Char('x'))
        };
        assert_eq!(field.handle(release), Handled::Ignored);
        assert_eq!(field.value(), "a");
    }

    fn shown(field: &TextField, width: u16, height: u16) -> (String, Option<Position>) {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let cursor = field.draw(area, &mut buf, Theme::default());
        (as_text(&buf), cursor)
    }

    #[test]
    fn what_could_steer_the_terminal_is_stored_and_shown_as_a_mark() {
        let field = note("a\u{202e}b");
        assert_eq!(field.value(), "a\u{202e}b");
        assert_eq!(shown(&field, 10, 1).0, "a\u{FFFD}b");
    }

    #[test]
    fn the_cursor_is_drawn_where_the_next_letter_goes() {
        let mut field = note("slept badly then 日本");
        assert_eq!(
            shown(&field, 12, 2),
            ("slept badly\nthen 日 本".into(), Some(Position::new(9, 1)))
        );
        press(&mut field, &[KeyCode::Up]);
        assert_eq!(shown(&field, 12, 2).1, Some(Position::new(9, 0)));
        press(&mut field, &[KeyCode::Down]);
        assert_eq!(field.cursor(), (0, 19));
    }

    #[derive(Clone, Debug)]
    enum Act {
        Type(char),
        Paste(String),
        Press(KeyCode),
    }

    fn act() -> impl Strategy<Value = Act> {
        let letters = prop_oneof![
            Just('a'),
            Just('é'),
            Just('\u{301}'),
            Just('\u{200D}'),
            Just('👩'),
            Just('👧'),
            Just('日'),
            Just(' '),
            Just('🇩'),
            Just('🇪'),
            Just('\u{FE0F}'),
            Just('\n'),
        ];
        let keys = prop_oneof![
            Just(KeyCode::Left),
            Just(KeyCode::Right),
            Just(KeyCode::Home),
            Just(KeyCode::End),
            Just(KeyCode::Backspace),
            Just(KeyCode::Delete),
            Just(KeyCode::Enter),
        ];
        prop_oneof![
            4 => letters.prop_map(Act::Type),
            1 => "[a👩\u{200D}👧e\u{301}\n ]{0,6}".prop_map(Act::Paste),
            4 => keys.prop_map(Act::Press),
        ]
    }

    /// The plainest editor there is: the clusters, and how many of them stand left of the cursor.
    #[derive(Default)]
    struct Model {
        clusters: Vec<String>,
        cursor: usize,
    }

    impl Model {
        fn replace(&mut self, from: usize, to: usize, with: &str) {
            let left: String = self.clusters[..from].concat() + with;
            let text = left.clone() + &self.clusters[to..].concat();
            self.clusters = clusters(&text);
            let (mut bytes, mut cursor) = (0, 0);
            while bytes < left.len() {
                bytes += self.clusters[cursor].len();
                cursor += 1;
            }
            self.cursor = cursor;
        }

        fn line(&self) -> (usize, usize) {
            let left = &self.clusters[..self.cursor];
            let start = left.iter().rposition(|c| c == "\n").map_or(0, |at| at + 1);
            let right = self.clusters[self.cursor..].iter().position(|c| c == "\n");
            (
                start,
                right.map_or(self.clusters.len(), |at| self.cursor + at),
            )
        }

        fn act(&mut self, act: &Act) {
            let (at, len) = (self.cursor, self.clusters.len());
            match act {
                Act::Type(c) => self.replace(at, at, &c.to_string()),
                Act::Paste(text) => self.replace(at, at, text),
                Act::Press(KeyCode::Enter) => self.replace(at, at, "\n"),
                Act::Press(KeyCode::Left) => self.cursor = at.saturating_sub(1),
                Act::Press(KeyCode::Right) => self.cursor = (at + 1).min(len),
                Act::Press(KeyCode::Home) => self.cursor = self.line().0,
                Act::Press(KeyCode::End) => self.cursor = self.line().1,
                Act::Press(KeyCode::Backspace) if at > 0 => self.replace(at - 1, at, ""),
                Act::Press(KeyCode::Delete) if at < len => self.replace(at, at + 1, ""),
                Act::Press(_) => {}
            }
        }
    }

    /// Clusters line by line, each line end one of its own, as the field has them.
    fn clusters(text: &str) -> Vec<String> {
        text.graphemes(true).map(str::to_owned).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_field_is_a_row_of_letters_with_a_cursor_between_them(
            acts in proptest::collection::vec(act(), 0..60),
        ) {
            let mut field = note("");
            let mut model = Model::default();
            for act in &acts {
                model.act(act);
                match act {
                    Act::Type('\n') => { field.handle(key(KeyCode::Enter)); }
                    Act::Type(c) => { field.handle(key(KeyCode::Char(*c))); }
                    Act::Paste(text) => { field.paste(text); }
                    Act::Press(code) => { field.handle(key(*code)); }
                }
                let (start, _) = model.line();
                let row = model.clusters[..model.cursor].iter().filter(|c| *c == "\n").count();
                assert_eq!(field.value(), model.clusters.concat());
                assert_eq!(field.cursor(), (row, model.cursor - start), "{:?}", field.value());
                assert_eq!(field.length(), field.value().chars().count());
            }
            let end = field.value();
            while field.undo() == Handled::Edited {}
            assert!(field.is_empty());
            while field.redo() == Handled::Edited {}
            assert_eq!(field.value(), end);
        }
    }
}
