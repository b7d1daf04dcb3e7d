//! `?`: all keys that are valid where it was opened, from the key table, and what was said lately.

use super::list_page::{List, Msg};
use crate::domain::text::{closeness, vocabulary};
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Shown, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::{LongLines, PageLine};
use crate::tui::widgets::text::width;
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::crossterm::event::KeyEvent;

/// All keys.
pub struct KeysPage {
    hints: Vec<Hint>,
    /// The words that the keys are narrowed to; empty: all of them.
    field: TextField,
    is_typing: bool,
}

/// What a person may mean beside the keys of every list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Words to look for among the keys.
    Search,
    /// The words stay, and the keys are keys again.
    Keep,
    /// All keys again.
    Clear,
}

static KEYS: [Binding<Msg<Act>>; 13] = joined(
    [
        Binding::footer(Key::char('/'), Msg::Act(Act::Search), "search"),
        Binding::footer(Key::DOWN, Msg::Go(Step::Next), "down"),
        Binding::footer(Key::UP, Msg::Go(Step::Previous), "up"),
        Binding::quiet(Key::ENTER, Msg::Enter, "close"),
    ],
    Msg::LIST_KEYS,
);
static NARROWED: [Binding<Msg<Act>>; 14] = joined(
    [Binding::footer(Key::ESC, Msg::Act(Act::Clear), "all keys")],
    KEYS,
);
static TYPING: [Binding<Msg<Act>>; 9] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Act(Act::Keep), "look"),
        Binding::footer(Key::ESC, Msg::Act(Act::Clear), "all keys"),
    ],
    Msg::TYPING_KEYS,
);

/// Characters that may be typed.
const LIMIT: usize = 40;

impl KeysPage {
    /// The page over what `hints` are valid for.
    pub(crate) fn new(hints: &[Hint]) -> Self {
        Self {
            hints: hints.to_vec(),
            field: TextField::new(Shape::OneLine, LIMIT, ""),
            is_typing: false,
        }
    }

    /// What is looked for, and what has these words.
    fn found(&self, rows: &[(&'static str, Vec<String>)]) -> Vec<PageLine> {
        let mut lines = vec![(format!("/ {}", self.field.value()), Role::Accent)];
        let wide = keys_width(rows);
        lines.extend(rows.iter().map(|row| line(row, wide)));
        if rows.is_empty() {
            let none = "No key here has these words; : finds every action by name.";
            lines.push((none.to_owned(), Role::Text));
        }
        lines
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
        let typed = self.field.value();
        let is_meant = |(label, keys): &(&'static str, Vec<String>)| {
            let also: Vec<&str> = vocabulary::words_of_row(label).collect();
            typed.trim().is_empty()
                || keys.contains(&typed)
                || closeness::of_row(&typed, label, "", &also).is_some()
        };
        rows.retain(is_meant);
        if !typed.is_empty() || self.is_typing {
            return self.found(&rows);
        }
        rows.extend(AS_ELSEWHERE.map(|(label, keys)| (label, vec![keys.to_owned()])));
        let wide = keys_width(&rows);
        let mut lines: Vec<_> = rows.iter().map(|row| line(row, wide)).collect();
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

/// The keys of other programs that go by pages and ends, wherever they mean nothing else.
const AS_ELSEWHERE: [(&str, &str); 3] = [
    ("a page down, as PgDn", "Ctrl-D Ctrl-F"),
    ("a page up, as PgUp", "Ctrl-U Ctrl-B"),
    ("first and last, as Home and End", "g G"),
];

/// Cells for the keys at most; longer ones push their words to the right.
const KEYS_WIDTH: usize = 16;

/// Cells for the keys: no more than they need, so that on a narrow screen the words have theirs.
fn keys_width(rows: &[(&'static str, Vec<String>)]) -> usize {
    let widths = rows.iter().map(|(_, keys)| width(&keys.join(" ")));
    let widest = widths.filter(|wide| *wide <= KEYS_WIDTH).max();
    widest.unwrap_or(KEYS_WIDTH)
}

fn line((label, keys): &(&'static str, Vec<String>), wide: usize) -> PageLine {
    (format!("{:<wide$}  {label}", keys.join(" ")), Role::Text)
}

impl List for KeysPage {
    type Act = Act;

    const LONG: LongLines = LongLines::Read;

    fn title(&self) -> &'static str {
        "Keys"
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        match (self.is_typing, self.field.is_empty()) {
            (true, _) => &TYPING,
            (false, true) => &KEYS,
            (false, false) => &NARROWED,
        }
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        self.lines(shared)
            .into_iter()
            .map(|line| vec![line])
            .collect()
    }

    fn act(&mut self, act: Act, at: &mut usize, _shared: &Shared) -> Vec<Effect> {
        *at = 0;
        self.is_typing = act == Act::Search;
        if act == Act::Clear {
            self.field = TextField::new(Shape::OneLine, LIMIT, "");
        }
        Vec::new()
    }

    fn typed(&mut self, key: KeyEvent) -> bool {
        self.is_typing && self.field.handle(key) != Handled::Ignored
    }

    fn is_typing(&self) -> bool {
        self.is_typing
    }
}
