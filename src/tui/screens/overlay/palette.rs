//! `:`: every action of every tab by name and by other words for it. Typing narrows the list, the nearest first; Enter goes
//! where the one in focus belongs and does it there.

pub use super::actions::{ACTIONS, Action, NamedEffect};
use super::actions::{every, meant};
use super::list_page::Msg;
use super::picker::{Choices, Look};
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::screens::Around;
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::LongLines;
use std::convert::Infallible;

/// The palette.
pub struct Palette {
    rows: Vec<NamedEffect>,
    here: Tab,
}

static KEYS: [Binding<Msg<Infallible>>; 10] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "do it"),
        Binding::footer(Key::DOWN, Msg::Go(Step::Next), "down"),
        Binding::footer(Key::UP, Msg::Go(Step::Previous), "up"),
    ],
    Msg::TYPING_KEYS,
);

impl Palette {
    /// Every action there is, over what is around it.
    pub(crate) fn new(around: &Around, shared: &Shared) -> Self {
        Self {
            rows: every(around, shared),
            here: around.tab,
        }
    }
}

impl Choices for Palette {
    type Row = NamedEffect;
    type Act = Infallible;

    const LOOK: Look = Look::Popup(LongLines::Wrapped);

    fn title(&self) -> &'static str {
        "Every action by name"
    }

    fn keys(&self) -> &'static [Binding<Msg<Infallible>>] {
        &KEYS
    }

    fn rows(&self, typed: &str, _shared: &Shared) -> Vec<NamedEffect> {
        meant(&self.rows, typed, self.here)
    }

    fn about(&self, rows: &[NamedEffect], _typed: &str, _shared: &Shared) -> String {
        if rows.is_empty() {
            "No action has these words in its name; Backspace widens the list.".to_owned()
        } else {
            String::new()
        }
    }

    fn text(&self, row: &NamedEffect, _room: u16, _shared: &Shared) -> String {
        row.text()
    }

    fn enter(&self, row: &NamedEffect, _typed: &str) -> Vec<Effect> {
        vec![Effect::Close, row.effect.clone()]
    }
}
