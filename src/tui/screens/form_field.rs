//! The fields of a form.

use crate::domain::id::EntryId;
pub(super) use crate::tui::widgets::form_field::Field;

/// What was filled in.
#[derive(Clone, Copy)]
pub(super) struct Filled<'a> {
    pub(super) id: EntryId,
    pub(super) fields: &'a [Field],
}

/// The field that needs another look, and why.
pub(super) type Problem = (usize, String);
<<<<<<< HEAD

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
    /// What was written here before, to be taken with \u{2192}.
    pub(super) earlier: Vec<String>,
}

impl Field {
    /// A line of text.
    pub(super) fn text(name: &'static str, about: &'static str, value: &str) -> Self {
        Self {
            name,
            about,
            input: Input::Text(Box::new(TextField::new(Shape::OneLine, 400, value))),
            earlier: Vec::new(),
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
            earlier: Vec::new(),
        }
    }

    /// The field with what was written in it before, what is likeliest first.
    pub(super) fn with_earlier(mut self, earlier: Vec<String>) -> Self {
        self.earlier = earlier;
        self
    }

    /// Takes the next of what was written before: only where nothing else is typed, and after the last one nothing again.
    pub(super) fn take_earlier(&mut self) -> bool {
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
=======
>>>>>>> main
