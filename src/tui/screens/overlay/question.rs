//! A question with its answers, each with a digit and a name. Where there are more answers than digits, letters narrow them.

use super::list_page::{List, ListPage, Msg};
use crate::tui::effect::{Effect, Question};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup::PageLine;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A question.
pub(crate) type Ask = ListPage<Answers>;

/// The answers of a question.
pub struct Answers {
    question: Question,
    /// The letters that the answers are narrowed by.
    letters: String,
}

/// So many answers stand in sight together.
const FEW: usize = 3;
/// Answers that have a digit of their own.
const DIGITS: usize = 9;

/// What can be done beside taking the answer in focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Take the answer with this number.
    Pick(usize),
    /// One letter less.
    Widen,
}

/// What every question has.
const COMMON: [Binding<Msg<Act>>; 16] = joined(
    [
        Binding::quiet(Key::char('2'), Msg::Act(Act::Pick(1)), "second"),
        Binding::quiet(Key::char('3'), Msg::Act(Act::Pick(2)), "third"),
        Binding::quiet(Key::char('4'), Msg::Act(Act::Pick(3)), "fourth"),
        Binding::quiet(Key::char('5'), Msg::Act(Act::Pick(4)), "fifth"),
        Binding::quiet(Key::char('6'), Msg::Act(Act::Pick(5)), "sixth"),
        Binding::quiet(Key::char('7'), Msg::Act(Act::Pick(6)), "seventh"),
        Binding::quiet(Key::char('8'), Msg::Act(Act::Pick(7)), "eighth"),
        Binding::quiet(Key::char('9'), Msg::Act(Act::Pick(8)), "ninth"),
        Binding::footer(Key::ENTER, Msg::Enter, "the one marked"),
    ],
    Msg::TYPING_KEYS,
);
// Apart from the other digits, because it carries their range for the footer.
const FIRST: Binding<Msg<Act>> = Binding::row(
    "1\u{2013}9",
    Key::char('1'),
    Msg::Act(Act::Pick(0)),
    "answer",
);
static KEYS: [Binding<Msg<Act>>; 26] =
    joined(joined::<_, 1, 16, 17>([FIRST], COMMON), Msg::LIST_KEYS);
/// More answers than digits: letters are letters.
static LONG_KEYS: [Binding<Msg<Act>>; 18] = joined(
    [
        FIRST,
        Binding::row(
            "a\u{2013}z",
            Key::BACKSPACE,
            Msg::Act(Act::Widen),
            "letters narrow",
        ),
    ],
    COMMON,
);

impl Answers {
    /// The question, with its first answer in focus.
    pub(crate) fn page(question: Question) -> Ask {
        let letters = String::new();
        ListPage::new(Self { question, letters }, 0)
    }

    fn is_long(&self) -> bool {
        self.question.answers.len() > DIGITS
    }

    /// The answers in sight: those that have all letters, in any case.
    fn answers(&self) -> Vec<&(String, Vec<Effect>)> {
        let wanted = self.letters.to_lowercase();
        let answers = self.question.answers.iter();
        answers
            .filter(|(name, _)| name.to_lowercase().contains(&wanted))
            .collect()
    }

    fn effects(&self, at: usize) -> Vec<Effect> {
        let answers = self.answers();
        answers
            .get(at)
            .map(|(_, effects)| effects.clone())
            .unwrap_or_default()
    }
}

impl List for Answers {
    type Act = Act;

    fn title(&self) -> &'static str {
        self.question.title
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        // Letters narrow a long list, so its keys have no j and k.
        if self.is_long() { &LONG_KEYS } else { &KEYS }
    }

    fn head(&self, _at: usize, _shared: &Shared) -> Vec<PageLine> {
        let mut lines = vec![(self.question.text.clone(), Role::Text)];
        if !self.letters.is_empty() {
            lines.push((format!("with \"{}\"", self.letters), Role::Faint));
        }
        lines.push((String::new(), Role::Text));
        if self.answers().is_empty() {
            let none = "None has these letters; Backspace takes one away.";
            lines.push((none.to_owned(), Role::Faint));
        }
        lines
    }

    fn rows(&self, _shared: &Shared) -> Vec<Vec<PageLine>> {
        let row = |(at, (name, _)): (usize, &(String, Vec<Effect>))| {
            let number = if at < DIGITS {
                (at + 1).to_string()
            } else {
                " ".to_owned()
            };
            vec![(format!("{number}  {name}"), Role::Text)]
        };
        self.answers().into_iter().enumerate().map(row).collect()
    }

    fn in_sight_with(&self, at: usize) -> usize {
        // A few answers are read as one; among many the person moves.
        match self.answers().len() {
            few @ 1..=FEW => few - 1,
            _ => at,
        }
    }

    fn enter(&mut self, at: usize, _shared: &Shared) -> Vec<Effect> {
        self.effects(at)
    }

    fn act(&mut self, act: Act, at: &mut usize, _shared: &Shared) -> Vec<Effect> {
        match act {
            Act::Pick(at) => self.effects(at),
            Act::Widen => {
                self.letters.pop();
                *at = 0;
                Vec::new()
            }
        }
    }

    fn typed(&mut self, key: KeyEvent) -> bool {
        // With Ctrl or Alt a letter is a command and no text.
        let is_plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        match key.code {
            KeyCode::Char(letter)
                if self.is_long() && is_plain && (letter.is_alphabetic() || letter == ' ') =>
            {
                self.letters.push(letter);
                true
            }
            _ => false,
        }
    }
}
