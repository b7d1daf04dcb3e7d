//! A field of a form: a line of text, or one of few words.

use super::text_field::{Handled, Shape, TextField};
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use std::borrow::Cow;

/// A field: a line of text, or one of few words.
pub enum Input {
    /// A line of text.
    Text(Box<TextField>),
    /// One of few words.
    Choice {
        /// The words.
        options: Vec<String>,
        /// The place of the chosen one.
        at: usize,
    },
}

/// A field with its name and one line about it.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// One line about it.
    pub about: Cow<'static, str>,
    /// What stands in it.
    pub input: Input,
    /// What was written in it before, to be taken with \u{2192}.
    pub earlier: Vec<String>,
}

/// A form as text: its name, then each field that has something, a line each.
pub fn words_in(title: &str, fields: &[Field]) -> String {
    let filled = fields.iter().filter(|field| !field.value().is_empty());
    let lines = filled.map(|field| format!("{}: {}\n", field.name, field.value()));
    std::iter::once(format!("{title}\n")).chain(lines).collect()
}

impl Field {
    /// A line of text.
    pub fn text(name: &'static str, about: &'static str, value: &str) -> Self {
        Self {
            name,
            about: about.into(),
            input: Input::Text(Box::new(TextField::new(Shape::OneLine, 400, value))),
            earlier: Vec::new(),
        }
    }

    /// One of few words.
    pub fn choice(
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
        }
    }

    /// The field with another line about it.
    #[must_use]
    pub fn with_about(mut self, about: String) -> Self {
        self.about = about.into();
        self
    }

    /// The field with what was written in it before, what is likeliest first.
    #[must_use]
    pub fn with_earlier(mut self, earlier: Vec<String>) -> Self {
        self.earlier = earlier;
        self
    }

    /// Takes the next of what was written before, and after the last one nothing again; `false` where there is none or
    /// something else is typed.
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
        if self.earlier.is_empty() || field.cursor().1 < field.length() {
            return false;
        }
        let next = next.map_or("", String::as_str);
        **field = TextField::new(Shape::OneLine, 400, next);
        true
    }

    /// What was typed, without blanks around it; empty for a choice.
    pub fn value(&self) -> String {
        match &self.input {
            Input::Text(field) => field.value().trim().to_owned(),
            Input::Choice { .. } => String::new(),
        }
    }

    /// The place of the chosen word.
    pub fn chosen(&self) -> usize {
        match &self.input {
            Input::Choice { at, .. } => *at,
            Input::Text(_) => 0,
        }
    }

    /// Takes a key as text or as a choice; whether it had a use for it.
    pub fn handle(&mut self, key: KeyEvent) -> bool {
        if key.code == KeyCode::Right && key.modifiers.is_empty() && self.take_earlier() {
            return true;
        }
        match &mut self.input {
            Input::Text(text) => text.handle(key) != Handled::Ignored,
            Input::Choice { options, at } => {
                let last = options.len().saturating_sub(1);
                match key.code {
                    KeyCode::Right | KeyCode::Char(' ' | 'l') => {
                        *at = if *at == last { 0 } else { *at + 1 };
                    }
                    KeyCode::Left | KeyCode::Char('h') => *at = at.checked_sub(1).unwrap_or(last),
                    _ => return false,
                }
                true
            }
        }
    }

    /// Puts pasted text into it.
    pub fn paste(&mut self, text: &str) {
        if let Input::Text(field) = &mut self.input {
            field.paste(text);
        }
    }

    /// The field as it is drawn.
    pub fn shown(&self) -> String {
        match &self.input {
            Input::Text(field) => field.value(),
            Input::Choice { options, at } => {
                let words = options.iter().enumerate();
                let words = words.map(|(n, word)| {
                    if n == *at {
                        format!("[{word}]")
                    } else {
                        format!(" {word} ")
                    }
                });
                words.collect::<Vec<_>>().join(" ")
            }
        }
    }
}
