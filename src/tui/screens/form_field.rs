//! The fields of a form.

use crate::domain::id::EntryId;
use crate::tui::widgets::text_field::{Shape, TextField};

/// What was filled in.
#[derive(Clone, Copy)]
pub(super) struct Filled<'a> {
    pub(super) id: EntryId,
    pub(super) fields: &'a [Field],
}

/// The field that needs another look, and why.
pub(super) type Problem = (usize, String);

/// A field: a line of text, or one of few words.
pub(super) enum Input {
    Text(Box<TextField>),
    Choice { options: Vec<String>, at: usize },
}

/// A field with its name and one line about it.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) input: Input,
}

impl Field {
    /// A line of text.
    pub(super) fn text(name: &'static str, about: &'static str, value: &str) -> Self {
        Self {
            name,
            about,
            input: Input::Text(Box::new(TextField::new(Shape::OneLine, 400, value))),
        }
    }

    /// One of few words.
    pub(super) fn choice(
        name: &'static str,
        about: &'static str,
        options: Vec<String>,
        at: usize,
    ) -> Self {
        Self {
            name,
            about,
            input: Input::Choice { options, at },
        }
    }

    /// What was typed, without blanks around it; empty for a choice.
    pub(super) fn value(&self) -> String {
        match &self.input {
            Input::Text(field) => field.value().trim().to_owned(),
            Input::Choice { .. } => String::new(),
        }
    }

    /// The place of the chosen word.
    pub(super) fn chosen(&self) -> usize {
        match &self.input {
            Input::Choice { at, .. } => *at,
            Input::Text(_) => 0,
        }
    }

    /// The field as it is drawn.
    pub(super) fn shown(&self) -> String {
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
