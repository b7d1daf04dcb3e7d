//! A field of a form: a line of text, or a choice of words.
//!
//! Invariant: the value that a field begins with is selected until the person keeps or replaces it, also a number or a moment
//! of a kept draft: what is typed never grows out of what stood there. Words of a kept draft are gone on with: one key must not
//! erase them. Only a value that the program offers is replaced by another offer.

use super::list;
use super::text::{put, width};
use super::text_field::{Handled, Shape, TextField};
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::time::parse::{Toward, day_reading, moment_reading};
use crate::domain::time::{DayEnd, Now};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// The longest text of a field.
const LONGEST: usize = 400;

/// The input of a field.
pub(crate) enum Input {
    /// A line of text.
    Text(Box<TextField>),
    /// A choice of words.
    Choice {
        /// The words.
        options: Vec<String>,
        /// Index of the chosen word.
        at: usize,
    },
}

/// A field with its name and one line about it.
pub(crate) struct FormField {
    /// Its name.
    pub(crate) name: &'static str,
    /// One line about it.
    pub(crate) about: Cow<'static, str>,
    /// Its input.
    pub(crate) input: Input,
    /// Earlier values, for the key \u{2192}.
    pub(crate) earlier: Vec<String>,
    /// What is read in it.
    asks: Asks,
    /// Whether its first value was typed by the person before.
    is_own: bool,
}

/// What is read in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Words, a number, a choice.
    Words,
    /// A day.
    Day(Toward),
    /// A moment.
    Moment(Toward),
}

/// A form as text: its name, then each field that has something, a line each.
pub(crate) fn words_in(title: &str, fields: &[FormField]) -> String {
    let filled = fields.iter().filter(|field| !field.value().is_empty());
    let lines = filled.map(|field| format!("{}: {}\n", field.name, field.value()));
    std::iter::once(format!("{title}\n")).chain(lines).collect()
}

impl FormField {
    /// A line of text, in which `value` is offered.
    pub(crate) fn text(name: &'static str, about: &'static str, value: &str) -> Self {
        let text = TextField::offering(Shape::OneLine, LONGEST, value);
        Self {
            name,
            about: about.into(),
            input: Input::Text(Box::new(text)),
            earlier: Vec::new(),
            asks: Asks::Words,
            is_own: false,
        }
    }

    /// A number, a day or a moment of a kept draft, selected as an offered value is.
    pub(crate) fn own_value(name: &'static str, about: &'static str, value: &str) -> Self {
        Self {
            is_own: true,
            ..Self::text(name, about, value)
        }
    }

    /// The person's own words of a kept draft, to go on with.
    pub(crate) fn own_words(name: &'static str, about: &'static str, value: &str) -> Self {
        let text = TextField::new(Shape::OneLine, LONGEST, value);
        Self {
            input: Input::Text(Box::new(text)),
            ..Self::own_value(name, about, "")
        }
    }

    /// A field of a record or of a plan, in which what is known is offered.
    pub(crate) fn of(field: &Field, known: &str) -> Self {
        let choices = field.choices();
        if choices.is_empty() {
            let text = Self::text(field.label, field.about, known).with_about(field.hint());
            return match field.ask {
                Ask::Day(toward) => Self {
                    asks: Asks::Day(toward),
                    ..text
                },
                _ => text,
            };
        }
        let words = choices.iter().map(|(_, words)| *words);
        let words = none_of(field).chain(words).map(str::to_owned).collect();
        let at = choices.iter().position(|(code, _)| *code == known);
        let at = at.map_or(0, |at| at + none_of(field).count());
        Self::choice(field.label, field.about, words, at)
    }

    /// What was answered to `field`, as a draft keeps it: the words as they were typed, the code of a choice.
    pub(crate) fn answer(&self, field: &Field) -> String {
        let at = self.chosen().checked_sub(none_of(field).count());
        let chosen = at.and_then(|at| field.choices().get(at));
        chosen.map_or_else(|| self.value(), |(code, _)| (*code).to_owned())
    }

    /// One of few words.
    pub(crate) fn choice(
        name: &'static str,
        about: &'static str,
        options: Vec<String>,
        at: usize,
    ) -> Self {
        Self {
            name,
            about: about.into(),
            input: Input::Choice { options, at },
            earlier: Vec::new(),
            asks: Asks::Words,
            is_own: false,
        }
    }

    /// This field, in which a moment is read.
    #[must_use]
    pub(crate) const fn of_moment(mut self, toward: Toward) -> Self {
        self.asks = Asks::Moment(toward);
        self
    }

    /// What its text is read as, said while the person types; `None` in a field of words, and while it is no day yet.
    pub(crate) fn reading(&self, now: &Now, day_end: DayEnd) -> Option<String> {
        let typed = self.value();
        match self.asks {
            Asks::Words => None,
            Asks::Day(toward) => day_reading(&typed, now, day_end, toward),
            Asks::Moment(toward) => moment_reading(&typed, now, day_end, toward),
        }
    }

    /// The field with another line about it.
    #[must_use]
    pub(crate) fn with_about(mut self, about: String) -> Self {
        self.about = about.into();
        self
    }

    /// The field with earlier values, the likeliest first.
    #[must_use]
    pub(crate) fn with_earlier(mut self, earlier: Vec<String>) -> Self {
        self.earlier = earlier;
        self
    }

    /// Whether it is a choice of words, in which no letter is typed.
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.input, Input::Choice { .. })
    }

    /// Whether its value is selected: the first key typed replaces it.
    pub(crate) fn is_selected(&self) -> bool {
        matches!(&self.input, Input::Text(field) if field.is_offered())
    }

    /// Whether its value is still an offer of the program.
    pub(crate) fn is_offered(&self) -> bool {
        self.is_selected() && !self.is_own
    }

    /// Replaces its value by an offer.
    pub(crate) fn offer(&mut self, value: &str) {
        if let Input::Text(field) = &mut self.input {
            **field = TextField::offering(Shape::OneLine, LONGEST, value);
            self.is_own = false;
        }
    }

    /// Puts in the next earlier value, and an empty text after the last one; `false` without one, or when something else is typed.
    fn take_earlier(&mut self) -> bool {
        let value = self.value();
        let at = self.earlier.iter().position(|held| *held == value);
        let next = match at {
            None if !value.is_empty() => return false,
            None => self.earlier.first(),
            Some(at) => self.earlier.get(at + 1),
        };
        let Input::Text(field) = &mut self.input else {
            return false;
        };
        // Inside the text \u{2192} moves the cursor; only at its end it means the next earlier value.
        let is_within = field.cursor().1 < field.length();
        if self.earlier.is_empty() || is_within || field.is_offered() {
            return false;
        }
        let next = next.map_or("", String::as_str);
        **field = TextField::new(Shape::OneLine, LONGEST, next);
        true
    }

    /// The typed text without blanks around it; empty for a choice.
    pub(crate) fn value(&self) -> String {
        match &self.input {
            Input::Text(field) => field.value().trim().to_owned(),
            // A choice is read by `chosen`: its place counts, not its words.
            Input::Choice { .. } => String::new(),
        }
    }

    /// Index of the chosen word.
    pub(crate) fn chosen(&self) -> usize {
        match &self.input {
            Input::Choice { at, .. } => *at,
            Input::Text(_) => 0,
        }
    }

    /// Handles a key as text or as a choice, where a digit is a word's place; returns whether it used the key.
    pub(crate) fn handle(&mut self, key: KeyEvent) -> bool {
        if key.code == KeyCode::Right && key.modifiers.is_empty() && self.take_earlier() {
            return true;
        }
        match &mut self.input {
            Input::Text(text) => text.handle(key) != Handled::Ignored,
            Input::Choice { options, at } => {
                let last = options.len().saturating_sub(1);
                match key.code {
                    KeyCode::Right | KeyCode::Char(' ' | 'l') => {
                        // Around the end, so that one key reaches every word.
                        *at = if *at == last { 0 } else { *at + 1 };
                    }
                    KeyCode::Left | KeyCode::Char('h') => *at = at.checked_sub(1).unwrap_or(last),
                    KeyCode::Char(digit @ '1'..='9') => {
                        let place = digit.to_digit(10).and_then(|n| usize::try_from(n).ok());
                        let place = place.and_then(|n| n.checked_sub(1));
                        *at = place.filter(|n| *n <= last).unwrap_or(*at);
                    }
                    _ => return false,
                }
                true
            }
        }
    }

    /// Inserts pasted text.
    pub(crate) fn paste(&mut self, text: &str) {
        if let Input::Text(field) = &mut self.input {
            field.paste(text);
        }
    }

    /// Draws the field in one row; returns the position of the terminal's cursor when the field has the focus.
    pub(crate) fn draw(
        &self,
        row: Rect,
        focus: list::Focus,
        buf: &mut Buffer,
        theme: Theme,
    ) -> Option<Position> {
        let is_here = focus == list::Focus::Here;
        let row = Rect {
            height: row.height.min(1),
            ..row
        };
        match &self.input {
            Input::Text(field) if is_here => field.draw(row, buf, theme),
            Input::Text(field) => {
                put(buf, row, &field.value(), theme.style(Role::Text), theme);
                None
            }
            Input::Choice { options, at } => {
                let role = if is_here { Role::Focus } else { Role::Text };
                let (text, before) = chosen_of(options, *at, is_here, usize::from(row.width));
                put(buf, row, &text, theme.style(role), theme);
                let x = row.x.saturating_add(u16::try_from(before).unwrap_or(0));
                (is_here && !row.is_empty())
                    .then(|| Position::new(x.min(row.right().saturating_sub(1)), row.y))
            }
        }
    }
}

/// What an optional choice is while nothing is chosen; a needed one is always something.
fn none_of(field: &Field) -> impl Iterator<Item = &'static str> {
    (field.need == Need::Optional)
        .then_some("\u{2013}")
        .into_iter()
}

/// While the keys go here all words where they have room, else the chosen one alone; and how many cells lie before the chosen one.
fn chosen_of(options: &[String], at: usize, is_here: bool, room: usize) -> (String, usize) {
    let chosen = options.get(at).map_or("", String::as_str);
    if !is_here {
        return (chosen.to_owned(), 0);
    }
    let words = options.iter().enumerate();
    let words: Vec<String> = words
        .map(|(n, word)| {
            if n == at {
                format!("[{word}]")
            } else {
                format!(" {word} ")
            }
        })
        .collect();
    let all = words.join(" ");
    if width(&all) <= room {
        let before = words.iter().take(at).map(|word| width(word) + 1);
        return (all, before.sum::<usize>() + 1);
    }
    let place = list::position(options.len(), at);
    (format!("\u{2039} {chosen} \u{203a} {place}"), 2)
}
