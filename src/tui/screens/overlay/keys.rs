//! `?`: all keys that are valid where it was opened, from the key table, and what was said lately.

use super::list_page::{List, Msg};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Shown, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::{LongLines, PageLine};
use std::convert::Infallible;

/// All keys.
pub struct KeysPage {
    hints: Vec<Hint>,
}

static KEYS: [Binding<Msg<Infallible>>; 18] = joined(
    [
        Binding::footer(Key::DOWN, Msg::Go(Step::Next), "down"),
        Binding::footer(Key::UP, Msg::Go(Step::Previous), "up"),
        Binding::quiet(Key::ENTER, Msg::Enter, "close"),
    ],
    Msg::LIST_KEYS,
);

impl KeysPage {
    /// The page over what `hints` are valid for.
    pub(crate) fn new(hints: &[Hint]) -> Self {
        Self {
            hints: hints.to_vec(),
        }
    }

    /// One line a meaning, with all keys that have it.
    fn lines(&self, shared: &Shared) -> Vec<PageLine> {
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
        if !shared.past_notices.is_empty() {
            lines.push((String::new(), Role::Text));
            lines.push(("Said lately".to_owned(), Role::Title));
            lines.extend(
                shared
                    .past_notices
                    .iter()
                    .rev()
                    .map(|notice| (notice.clone(), Role::Text)),
            );
        }
        lines
    }
}

impl List for KeysPage {
    type Act = Infallible;

    const LONG: LongLines = LongLines::Read;

    fn title(&self) -> &'static str {
        "Keys"
    }

    fn keys(&self) -> &'static [Binding<Msg<Infallible>>] {
        &KEYS
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        self.lines(shared)
            .into_iter()
            .map(|line| vec![line])
            .collect()
    }
}
