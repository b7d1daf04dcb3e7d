//! A question with few answers, each with a digit and a name.

use crate::tui::effect::{Effect, Question};
use crate::tui::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A question.
pub struct Ask {
    question: Question,
    at: usize,
}

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
    /// None of them.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::row("1\u{2013}9", Key::char('1'), Msg::Pick(0), "answer"),
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
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::TAB, Msg::Next, "down"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "up"),
];

impl Ask {
    /// The question, with its first answer in focus.
    pub fn new(question: Question) -> Self {
        Self { question, at: 0 }
    }
}

impl Screen for Ask {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        self.question.title
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        let last = self.question.answers.len().saturating_sub(1);
        match msg {
            Msg::Pick(at) => self
                .question
                .answers
                .get(at)
                .map(|(_, effects)| effects.clone())
                .unwrap_or_default(),
            Msg::Take => self
                .question
                .answers
                .get(self.at)
                .map(|(_, effects)| effects.clone())
                .unwrap_or_default(),
            Msg::Next => {
                self.at = (self.at + 1).min(last);
                Vec::new()
            }
            Msg::Previous => {
                self.at = self.at.saturating_sub(1);
                Vec::new()
            }
            Msg::Close => vec![Effect::Close],
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = vec![
            (self.question.text.clone(), Role::Text),
            (String::new(), Role::Text),
        ];
        let answers = self.question.answers.iter().enumerate();
        lines.extend(answers.map(|(at, (name, _))| {
            (
                format!("{}  {name}", at + 1),
                if at == self.at {
                    Role::Focus
                } else {
                    Role::Text
                },
            )
        }));
        let focus = 2 + self.at;
        popup::text(
            frame,
            area,
            self.question.title,
            &lines,
            focus,
            shared.theme,
        );
    }
}
