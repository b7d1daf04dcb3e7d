//! `?`: all keys that are valid where it was opened, from the key table, and what was said lately.

use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Screen, Shown};
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use ratatui::Frame;
use ratatui::layout::Rect;

/// All keys.
pub struct KeysPage {
    hints: Vec<Hint>,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Down.
    Next,
    /// Up.
    Previous,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::DOWN, Msg::Next, "down"),
    Binding::footer(Key::UP, Msg::Previous, "up"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::ENTER, Msg::Close, "close"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::PageDown, "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::PageUp, "a page up"),
];

impl KeysPage {
    /// The page over what `hints` are valid for.
    pub fn new(hints: &[Hint]) -> Self {
        Self {
            hints: hints.to_vec(),
            at: 0,
        }
    }

    /// One line a meaning, with all keys that have it.
    fn lines(&self, shared: &Shared) -> Vec<(String, Role)> {
        let mut rows: Vec<(&'static str, Vec<String>)> = Vec::new();
        // Shown ones first: they carry the names; second keys join the row of the same name.
        let (named, second): (Vec<&Hint>, Vec<&Hint>) = self
            .hints
            .iter()
            .partition(|hint| hint.shown != Shown::Quiet);
        for hint in named.into_iter().chain(second) {
            match rows.iter_mut().find(|(label, _)| *label == hint.label) {
                Some((_, keys)) => keys.push(hint.name()),
                None => rows.push((hint.label, vec![hint.name()])),
            }
        }
        let mut lines: Vec<_> = rows
            .into_iter()
            .map(|(label, keys)| (format!("{:<16} {label}", keys.join(" ")), Role::Text))
            .collect();
        if !shared.said.is_empty() {
            lines.push((String::new(), Role::Text));
            lines.push(("Said lately".to_owned(), Role::Title));
            lines.extend(
                shared
                    .said
                    .iter()
                    .rev()
                    .map(|said| (said.clone(), Role::Text)),
            );
        }
        lines
    }
}

impl Screen for KeysPage {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Keys"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = self.lines(shared).len().saturating_sub(1);
        self.at = match msg {
            Msg::Next => self.at + 1,
            Msg::Previous => self.at.saturating_sub(1),
            Msg::PageDown => self.at + 10,
            Msg::PageUp => self.at.saturating_sub(10),
            Msg::Close => return vec![Effect::Close],
        }
        .min(last);
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        popup::scrolled(
            frame,
            area,
            "Keys",
            &self.lines(shared),
            self.at,
            shared.theme,
        );
    }
}
