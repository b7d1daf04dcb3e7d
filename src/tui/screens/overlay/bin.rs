//! The bin: what was deleted in the last 30 days, to restore or to erase for good.

use crate::domain::entry::bin::{BinEntry, EMPTY, ERASING};
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The list, as the store told it last.
#[derive(Default)]
pub struct Bin {
    /// `None` until the store has answered.
    entries: Option<Vec<BinEntry>>,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Restore the one in focus.
    Restore,
    /// Erase it for good.
    Erase,
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
    Binding::footer(Key::ENTER, Msg::Restore, "restore"),
    Binding::footer(Key::char('E'), Msg::Erase, "erase for good"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::DOWN, Msg::Next, "down"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::PageDown, "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::PageUp, "a page up"),
];

/// How many entries a page key moves by.
const PAGE: usize = 8;

impl Bin {
    /// Shows what the store told.
    pub fn show(&mut self, entries: &[BinEntry]) {
        self.at = self.at.min(entries.len().saturating_sub(1));
        self.entries = Some(entries.to_vec());
    }

    fn focused(&self) -> Option<&BinEntry> {
        self.entries.as_ref()?.get(self.at)
    }

    fn restore(entry: &BinEntry) -> Vec<Effect> {
        let day = entry
            .day
            .map(|day| format!(", {}", words::day(day)))
            .unwrap_or_default();
        let write = Effect::Write {
            changes: vec![Change::Restore {
                kind: entry.kind,
                id: entry.id,
            }],
            said: format!("Restored: {}{day}. z takes it back.", entry.kind.noun()),
        };
        vec![write, Effect::ListBin]
    }

    fn erase(entry: &BinEntry) -> Vec<Effect> {
        let question = format!("{}. {ERASING}", words::sentence_head(&entry.line()));
        let done = vec![Effect::Erase(entry.clone()), Effect::ListBin];
        vec![Effect::Ask(questions::confirm(
            "Erase for good",
            question,
            "erase it for good".to_owned(),
            done,
        ))]
    }
}

impl Screen for Bin {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Bin"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        let last = self.entries.as_ref().map_or(0, Vec::len).saturating_sub(1);
        match (msg, self.focused()) {
            (Msg::Restore, Some(entry)) => return Self::restore(entry),
            (Msg::Erase, Some(entry)) => return Self::erase(entry),
            (Msg::Restore | Msg::Erase, None) => {
                return vec![Effect::Say("The bin is empty.".to_owned())];
            }
            (Msg::Next, _) => self.at = (self.at + 1).min(last),
            (Msg::Previous, _) => self.at = self.at.saturating_sub(1),
            (Msg::PageDown, _) => self.at = (self.at + PAGE).min(last),
            (Msg::PageUp, _) => self.at = self.at.saturating_sub(PAGE),
            (Msg::Close, _) => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = Vec::new();
        let mut focus = 0;
        match self.entries.as_deref() {
            None => lines.push(("Reading what was deleted.".to_owned(), Role::Faint)),
            Some([]) => lines.push((EMPTY.to_owned(), Role::Text)),
            Some(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    let is_focused = at == self.at;
                    let role = if is_focused { Role::Focus } else { Role::Text };
                    lines.push((words::sentence_head(&entry.line()), role));
                    lines.push((format!("  {}", entry.fate(&shared.now)), Role::Faint));
                    if is_focused {
                        // With the line that says until when, also at the foot of a small screen.
                        focus = lines.len() - 1;
                    }
                }
            }
        }
        popup::text(frame, area, self.title(), &lines, focus, shared.theme);
    }
}
