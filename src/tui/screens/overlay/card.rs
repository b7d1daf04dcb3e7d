//! A page of few lines to read and close: the safety card, and sentences that need more room than the notice line.

use crate::domain::safety::before_cutting::SAFETY;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A page of few lines.
pub struct Card {
    title: &'static str,
    paragraphs: Vec<String>,
    /// The first line in sight, where there is no room for all.
    top: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Read, or skipped.
    Close,
    /// Further down.
    Down,
    /// Further up.
    Up,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Close, "go on"),
    Binding::quiet(Key::ESC, Msg::Close, "close"),
    Binding::row("\u{2191} \u{2193}", Key::DOWN, Msg::Down, "read on"),
    Binding::quiet(Key::UP, Msg::Up, "back up"),
    Binding::quiet(Key::char(' '), Msg::Down, "read on"),
    Binding::quiet(Key::PAGE_DOWN, Msg::Down, "read on"),
    Binding::quiet(Key::PAGE_UP, Msg::Up, "back up"),
    Binding::quiet(Key::char('j'), Msg::Down, "read on"),
    Binding::quiet(Key::char('k'), Msg::Up, "back up"),
];

/// Under the safety card.
const HELP: &str =
    "Nothing here is decided by this journal. ! shows help lines and the signs that need help now.";

impl Card {
    /// The safety card, shown once at the start of any attempt.
    pub fn safety() -> Self {
        Self {
            title: "Before you begin",
            paragraphs: SAFETY
                .iter()
                .chain(&[HELP])
                .map(|text| (*text).to_owned())
                .collect(),
            top: 0,
        }
    }

    /// The check-in to be edited is not there any more.
    pub fn gone() -> Self {
        Self {
            title: "Not there",
            paragraphs: vec![
                "This check-in is not in the journal any more. z takes the last step back, if that was a deletion.".to_owned(),
            ],
            top: 0,
        }
    }

    /// What may help until an urge passes. Nothing on it moves.
    pub fn calm(shared: &Shared) -> Self {
        Self {
            title: "A calm page",
            paragraphs: shared.journal.calm(&shared.now),
            top: 0,
        }
    }
}

impl Screen for Card {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        self.title
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        match msg {
            Msg::Close => return vec![Effect::Close],
            // A line between two paragraphs each.
            Msg::Down => {
                self.top = (self.top + 1).min((self.paragraphs.len() * 2).saturating_sub(2));
            }
            Msg::Up => self.top = self.top.saturating_sub(1),
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = Vec::new();
        for paragraph in &self.paragraphs {
            if !lines.is_empty() {
                lines.push((String::new(), Role::Text));
            }
            lines.push((paragraph.clone(), Role::Text));
        }
        popup::scrolled(frame, area, self.title, &lines, self.top, shared.theme);
    }
}
