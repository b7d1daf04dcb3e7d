//! Lines in, lines out: how plain mode asks, listens and wraps.
//!
//! Invariant: no line is wider than the room it was given, [`WIDTH`] cells at most, and none holds a control or bidi character,
//! whoever typed it: what is said here is safe for a terminal, a screen reader, a braille line and a pipe.

use crate::domain::text::wrap::wrap;
use crate::store::StoreError;
use crate::tui::outside::lines::Interrupt;
use std::io::{self, BufRead, Write};

/// The widest line, in cells.
// Two cells under 80, the narrowest usual terminal and braille layout.
pub(in crate::cli) const WIDTH: usize = 78;

/// Why a question was not answered.
#[derive(Debug)]
pub(super) enum Stop {
    /// `back`: one question, or one part, back.
    Back,
    /// `quit`: leave; what was begun is kept as a draft.
    Quit,
    /// The input ended.
    InputEnded,
    /// Ctrl-C.
    Interrupted,
    /// The output or the input broke.
    Io(io::Error),
    /// The journal could not be read.
    Store(StoreError),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Interrupt>() {
            Ok(Interrupt) => Self::Interrupted,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A step of the conversation.
pub(super) type Step<T> = Result<T, Stop>;

/// Both directions of the conversation, and what is left of the line that was typed last.
pub(super) struct Talk<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    /// How wide a line may be; asked at each, because a window changes its size.
    room: &'a dyn Fn() -> usize,
    rest: String,
}

impl<'a> Talk<'a> {
    pub(super) fn new(
        input: &'a mut dyn BufRead,
        output: &'a mut dyn Write,
        room: &'a dyn Fn() -> usize,
    ) -> Self {
        Self {
            input,
            output,
            room,
            rest: String::new(),
        }
    }

    /// How wide a line may be.
    pub(super) fn room(&self) -> usize {
        (self.room)().min(WIDTH)
    }

    /// Says `text`, wrapped at spaces. Each line of it begins a line.
    pub(super) fn say(&mut self, text: &str) -> Step<()> {
        for line in wrap(&sayable(text), self.room()) {
            writeln!(self.output, "{line}")?;
        }
        // A reader at the other end of a pipe waits for this question.
        Ok(self.output.flush()?)
    }

    /// Writes lines that were drawn for this room.
    pub(super) fn draw(&mut self, lines: &[String]) -> Step<()> {
        for line in lines {
            writeln!(self.output, "{}", sayable(line))?;
        }
        Ok(self.output.flush()?)
    }

    /// Sends the terminal signs that are no text.
    pub(super) fn steer(&mut self, signs: &str) -> Step<()> {
        self.output.write_all(signs.as_bytes())?;
        Ok(self.output.flush()?)
    }

    /// Whether words of the last line are still waiting to be taken as answers. A list is not said then: the person chose
    /// from it already.
    pub(super) fn has_rest(&self) -> bool {
        !self.rest.trim().is_empty()
    }

    /// Reads a line; what it holds waits to be taken.
    pub(super) fn listen(&mut self) -> Step<()> {
        // Bytes, because a line from a pipe need not be UTF-8.
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            return Err(Stop::InputEnded);
        }
        String::from_utf8_lossy(&bytes)
            .trim()
            .clone_into(&mut self.rest);
        Ok(())
    }

    /// Takes the next word; empty when nothing waits.
    pub(super) fn word(&mut self) -> String {
        let text = self.rest.trim_start();
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (word, left) = text.split_at(end);
        let word = word.to_owned();
        self.rest = left.trim_start().to_owned();
        word
    }

    /// Takes everything that waits.
    pub(super) fn whole(&mut self) -> String {
        std::mem::take(&mut self.rest).trim().to_owned()
    }

    /// Puts `text` before what waits.
    pub(super) fn put_back(&mut self, text: &str) {
        self.rest = format!("{text} {}", self.rest);
    }

    /// Lets the rest of the line go: after a word that was not understood, the next ones would answer other questions than
    /// the person meant. Says so when there was a rest.
    pub(super) fn drop_rest(&mut self) -> Step<()> {
        let rest = self.whole();
        if rest.is_empty() {
            return Ok(());
        }
        self.say(&format!("The rest of that line was not taken: {rest}"))
    }
}

/// What follows `word` at the beginning of `typed`, in any case; `None` where it does not begin with that word.
pub(super) fn after<'t>(word: &str, typed: &'t str) -> Option<&'t str> {
    let typed = typed.trim();
    let (head, rest) = (typed.get(..word.len())?, typed.get(word.len()..)?);
    let is_whole = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (is_whole && head.eq_ignore_ascii_case(word)).then(|| rest.trim())
}

/// The row of `list` that `typed` names by its number, from 1.
pub(super) fn numbered<'l, T>(typed: &str, list: &'l [T]) -> Option<&'l T> {
    list.get(typed.parse::<usize>().ok()?.checked_sub(1)?)
}

/// Text without what could steer a terminal: control and bidi characters go, a tab becomes a space.
pub(super) fn sayable(text: &str) -> String {
    let is_bidi = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_break = |c: char| matches!(c, '\u{2028}' | '\u{2029}');
    text.chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| {
            *c == '\n' || !(c.is_control() || is_bidi(*c) || is_break(*c) || *c == '\u{feff}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_at_the_beginning_of_a_line_and_leaves_the_rest() {
        assert_eq!(after("day end", " Day end 02:30"), Some("02:30"));
        assert_eq!(after("dose", "dose"), Some(""));
        assert_eq!(after("dose", "doses"), None);
        assert_eq!(after("dose", "d\u{f6}"), None);
    }

    #[test]
    fn text_cannot_steer_a_terminal() {
        assert_eq!(sayable("a\u{1b}[2Jb\u{202e}c\u{9b}d\te"), "a[2Jbcd e");
    }
}
