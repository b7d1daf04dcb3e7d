//! A field of a record: how it is asked for, and what it takes. Which kind has which fields is said in `super::table`.

use crate::domain::time::parse::Toward;

/// How a field is asked for and what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// A line of text.
    Line,
    /// Text that may have several lines.
    Lines,
    /// An exact amount.
    Amount,
    /// A whole number from the first to the last.
    Whole(u32, u32),
    /// 0 none to 4 very severe.
    Scale,
    /// A day, of what was or of what is to come.
    Day(Toward),
    /// A time of day.
    Clock,
    /// One of few: code and words.
    Choice(&'static [(&'static str, &'static str)]),
    /// Words that the program fills in; the person is not asked.
    Kept,
    /// A number that the program fills in; the person is not asked.
    KeptNumber,
}

/// Whether a record can do without a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It cannot.
    Needed,
    /// It can.
    Optional,
}

/// What a record has to be about for a field to be asked: a night has the time of waking, a weight has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GoesWith {
    /// Whatever it is about.
    All,
    /// A measure that is a number.
    Number,
    /// A measure that is less, more or mixed.
    Direction,
    /// A night.
    Sleep,
    /// A questionnaire with an item 9.
    Item9,
    /// A practice that is counted in minutes.
    Minutes,
    /// A practice that is counted.
    Count,
    /// A practice whose amount is in the person's words.
    Amount,
    /// A substance that is not in the list.
    Unlisted,
}

/// A field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its word in the file, on the command line and in exports.
    pub code: &'static str,
    /// Its name on screen.
    pub(crate) label: &'static str,
    /// One line about it.
    pub(crate) about: &'static str,
    /// What an empty answer means; empty where it means nothing.
    pub(crate) empty: &'static str,
    /// How it is asked for.
    pub ask: Ask,
    /// Whether it must be there.
    pub need: Need,
    /// With what it is asked for.
    pub(crate) goes_with: GoesWith,
}

impl Field {
    /// This field, asked for with some of what a kind can be about.
    pub(super) const fn with(mut self, goes_with: GoesWith) -> Self {
        self.goes_with = goes_with;
        self
    }

    /// This field, with what an empty answer means.
    pub(crate) const fn empty(mut self, means: &'static str) -> Self {
        self.empty = means;
        self
    }

    /// The line about it, with what an empty answer means.
    pub(crate) fn hint(&self) -> String {
        match self.empty {
            "" => self.about.to_owned(),
            means => format!("{} Empty: {means}.", self.about),
        }
    }

    /// What can be chosen, code and words; nothing where the answer is typed freely.
    pub(crate) const fn choices(&self) -> &'static [(&'static str, &'static str)] {
        match self.ask {
            Ask::Choice(choices) => choices,
            _ => &[],
        }
    }

    /// The code of the choice that was typed, by its code or by its words.
    pub(crate) fn choice(&self, typed: &str) -> Option<&'static str> {
        // In any case, by code or by words: the command line and plain mode show either.
        let wanted = typed.to_lowercase();
        let mut choices = self.choices().iter();
        let chosen = choices.find(|(code, words)| *code == wanted || *words == wanted)?;
        Some(chosen.0)
    }

    /// The code of the choice that a person means: by its number from 1, its code, its words, or their beginning where no other
    /// begins so.
    pub(crate) fn chosen(&self, typed: &str) -> Option<&'static str> {
        let by_number = || {
            let number: usize = typed.parse().ok()?;
            self.choices().get(number.checked_sub(1)?)
        };
        let plainly = |words: &str| words.to_lowercase().replace('%', "percent");
        let wanted = plainly(typed);
        let by_beginning = || {
            let mut choices = self.choices().iter();
            let mut begun = choices
                .by_ref()
                .filter(|(_, words)| plainly(words).starts_with(&wanted));
            begun
                .next()
                .filter(|_| !wanted.is_empty() && begun.next().is_none())
        };
        self.choice(typed)
            .or_else(|| by_number().or_else(by_beginning).map(|(code, _)| *code))
    }

    /// "1 taken, 2 taken late, 3 skipped": what would do, as a person would type it.
    pub(crate) fn numbered_choices(&self) -> String {
        let choices = (1..).zip(self.choices());
        let choices: Vec<String> = choices
            .map(|(number, (_, words)): (usize, _)| format!("{number} {words}"))
            .collect();
        choices.join(", ")
    }

    /// The codes of all choices: "taken, late, skipped".
    pub(crate) fn codes(&self, between: &str) -> String {
        let codes: Vec<&str> = self.choices().iter().map(|(code, _)| *code).collect();
        codes.join(between)
    }

    /// Whether a person is asked for it.
    pub(crate) const fn is_asked(&self) -> bool {
        !matches!(self.ask, Ask::Kept | Ask::KeptNumber)
    }

    /// What is held in it, as a person reads it: the words of a choice, anything else as it is.
    pub(crate) fn words<'a>(&self, held: &'a str) -> &'a str {
        let mut choices = self.choices().iter();
        choices
            .find(|(code, _)| *code == held)
            .map_or(held, |(_, words)| words)
    }
}

/// An optional field.
pub(crate) const fn may(
    code: &'static str,
    label: &'static str,
    about: &'static str,
    ask: Ask,
) -> Field {
    Field {
        code,
        label,
        about,
        empty: "",
        ask,
        need: Need::Optional,
        goes_with: GoesWith::All,
    }
}

/// A field that must be there.
pub(crate) const fn must(
    code: &'static str,
    label: &'static str,
    about: &'static str,
    ask: Ask,
) -> Field {
    Field {
        need: Need::Needed,
        ..may(code, label, about, ask)
    }
}
