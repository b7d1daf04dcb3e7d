//! The bin: what was deleted in the last 30 days, to restore or to erase for good.

use super::list_page::{List, Msg};
use crate::domain::entry::bin::{BinEntry, EMPTY, ERASING};
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup::PageLine;

/// The list, as the store answered last.
#[derive(Default)]
pub struct Bin {
    /// `None` until the store has answered.
    entries: Option<Vec<BinEntry>>,
}

/// The bin's own key: erases the one in focus for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erase;

static NOTHING: [Binding<Msg<Erase>>; 9] = Msg::LIST_KEYS;
static KEYS: [Binding<Msg<Erase>>; 11] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "restore"),
        Binding::footer(Key::char('E'), Msg::Act(Erase), "erase for good"),
    ],
    Msg::LIST_KEYS,
);

impl Bin {
    /// Shows the store's answer.
    pub(crate) fn show(&mut self, entries: &[BinEntry]) {
        self.entries = Some(entries.to_vec());
    }

    /// Does something with the entry in focus.
    fn with(&self, at: usize, act: fn(&BinEntry) -> Vec<Effect>) -> Vec<Effect> {
        let entry = self.entries.as_ref().and_then(|entries| entries.get(at));
        entry.map_or_else(|| vec![Effect::Say("The bin is empty.".to_owned())], act)
    }

    fn restore(entry: &BinEntry) -> Vec<Effect> {
        let write = Effect::Write {
            changes: vec![Change::Restore {
                kind: entry.kind,
                id: entry.id,
            }],
            notice: TakeBack::Key.after(&entry.restored()),
        };
        // Listed anew, so that the restored entry leaves the list.
        vec![write, Effect::ListBin]
    }

    fn erase(entry: &BinEntry) -> Vec<Effect> {
        // Asked first: nothing brings an erased entry back.
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

impl List for Bin {
    type Act = Erase;

    fn title(&self) -> &'static str {
        "Bin"
    }

    fn keys(&self) -> &'static [Binding<Msg<Erase>>] {
        match self.entries.as_deref() {
            Some([_, ..]) => &KEYS,
            // Without an entry there is nothing to restore or to erase.
            _ => &NOTHING,
        }
    }

    fn head(&self, _at: usize, _shared: &Shared) -> Vec<PageLine> {
        match self.entries.as_deref() {
            None => vec![("Reading what was deleted.".to_owned(), Role::Faint)],
            Some([]) => vec![(EMPTY.to_owned(), Role::Text)],
            Some(_) => Vec::new(),
        }
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        let row = |entry: &BinEntry| {
            vec![
                (words::sentence_head(&entry.line()), Role::Text),
                (format!("  {}", entry.fate(&shared.now)), Role::Faint),
            ]
        };
        self.entries.iter().flatten().map(row).collect()
    }

    fn enter(&mut self, at: usize, _shared: &Shared) -> Vec<Effect> {
        self.with(at, Self::restore)
    }

    fn act(&mut self, _erase: Erase, at: &mut usize, _shared: &Shared) -> Vec<Effect> {
        self.with(*at, Self::erase)
    }
}
