//! A question with its answers, each with a digit and a name. Where there are more answers than digits, letters narrow them.

use crate::tui::effect::{Effect, Question};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

/// A question.
pub struct Ask {
    question: Question,
    at: usize,
    /// The letters that the answers are narrowed by.
    letters: String,
}

/// As many answers have a digit.
const DIGITS: usize = 9;

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The answer with this number.
    Pick(usize),
    /// The answer in focus.
    Take,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// One letter less.
    Widen,
    /// None of them.
    Close,
}

/// What every question has.
const COMMON: [Binding<Msg>; 14] = [
    Binding::quiet(Key::char('2'), Msg::Pick(1), "second"),
    Binding::quiet(Key::char('3'), Msg::Pick(2), "third"),
    Binding::quiet(Key::char('4'), Msg::Pick(3), "fourth"),
    Binding::quiet(Key::char('5'), Msg::Pick(4), "fifth"),
    Binding::quiet(Key::char('6'), Msg::Pick(5), "sixth"),
    Binding::quiet(Key::char('7'), Msg::Pick(6), "seventh"),
    Binding::quiet(Key::char('8'), Msg::Pick(7), "eighth"),
    Binding::quiet(Key::char('9'), Msg::Pick(8), "ninth"),
    Binding::footer(Key::ENTER, Msg::Take, "the one marked"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::DOWN, Msg::Next, "down"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::TAB, Msg::Next, "down"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "up"),
];
const FIRST: Binding<Msg> = Binding::row("1\u{2013}9", Key::char('1'), Msg::Pick(0), "answer");
const KEYS: &[Binding<Msg>] = &joined::<Msg, 3, 14, 17>(
    [
        FIRST,
        Binding::quiet(Key::char('j'), Msg::Next, "down"),
        Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    ],
    COMMON,
);
/// More answers than digits: letters are letters.
const LONG_KEYS: &[Binding<Msg>] = &joined::<Msg, 2, 14, 16>(
    [
        FIRST,
        Binding::row("a\u{2013}z", Key::BACKSPACE, Msg::Widen, "letters narrow"),
    ],
    COMMON,
);

impl Ask {
    /// The question, with its first answer in focus.
    pub fn new(question: Question) -> Self {
        Self {
            question,
            at: 0,
            letters: String::new(),
        }
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

    fn taken(&self, at: usize) -> Vec<Effect> {
        let answers = self.answers();
        answers
            .get(at)
            .map(|(_, effects)| effects.clone())
            .unwrap_or_default()
    }
}

impl Screen for Ask {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        self.question.title
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        if self.is_long() { LONG_KEYS } else { KEYS }
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        let last = self.answers().len().saturating_sub(1);
        match msg {
            Msg::Pick(at) => return self.taken(at),
            Msg::Take => return self.taken(self.at),
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Widen => {
                self.letters.pop();
                self.at = 0;
            }
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        let is_plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        match key.code {
            KeyCode::Char(letter)
                if self.is_long() && is_plain && (letter.is_alphabetic() || letter == ' ') =>
            {
                self.letters.push(letter);
                self.at = 0;
                Typed::Taken(Vec::new())
            }
            _ => Typed::Ignored,
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = vec![
            (self.question.text.clone(), Role::Text),
            (String::new(), Role::Text),
        ];
        if !self.letters.is_empty() {
            lines.insert(1, (format!("with \"{}\"", self.letters), Role::Faint));
        }
        let head = lines.len();
        let answers = self.answers();
        if answers.is_empty() {
            let none = "None has these letters; Backspace takes one away.";
            lines.push((none.to_owned(), Role::Faint));
        }
        lines.extend(answers.iter().enumerate().map(|(at, (name, _))| {
            let number = if at < DIGITS {
                (at + 1).to_string()
            } else {
                " ".to_owned()
            };
            let role = if at == self.at {
                Role::Focus
            } else {
                Role::Text
            };
            (format!("{number}  {name}"), role)
        }));
        popup::text(
            frame,
            area,
            self.question.title,
            &lines,
            head + self.at,
            shared.theme,
        );
    }
}
