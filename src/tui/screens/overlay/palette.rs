//! `:`: every action by name. Typing narrows the list, Enter does the one in focus.

use super::list_page::Msg;
use super::picker::{Choices, Look};
use crate::domain::check_in::Form;
use crate::domain::record::kind::Kind;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Shown, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::LongLines;
use std::convert::Infallible;

/// An action with its name. Plain mode has the same names; a test compares them.
pub struct Action {
    /// Its name, for the palette and for plain mode.
    pub name: &'static str,
    /// Its key, where it has one.
    pub(crate) key: &'static str,
    /// What it does.
    pub does: fn() -> Effect,
}

/// Every action that is not bound to a place on a screen.
pub const ACTIONS: &[Action] = &[
    Action {
        name: "check-in",
        key: "c",
        does: || check_in(Form::Full),
    },
    Action {
        name: "brief check-in",
        key: "b",
        does: || check_in(Form::Brief),
    },
    Action {
        name: "dose",
        key: "d",
        does: || Effect::Open(Opening::Choose(Kind::Dose)),
    },
    Action {
        name: "urge",
        key: "u",
        does: || Effect::Open(Opening::Choose(Kind::Urge)),
    },
    Action {
        name: "log something else",
        key: "",
        does: || Effect::Open(Opening::Log),
    },
    Action {
        name: "note a sign that needed help",
        key: "",
        does: || Effect::Open(Opening::Choose(Kind::Sign)),
    },
    Action {
        name: "a calm page",
        key: "Y",
        does: || Effect::Open(Opening::Calm),
    },
    Action {
        name: "missing days",
        key: "",
        does: || Effect::Open(Opening::Missing),
    },
    Action {
        name: "start an attempt",
        key: "",
        does: || Effect::Open(Opening::Form(FormKind::Start)),
    },
    Action {
        name: "attempts",
        key: "",
        does: || Effect::Open(Opening::Attempts),
    },
    Action {
        name: "symptoms",
        key: "",
        does: || Effect::Open(Opening::Symptoms),
    },
    Action {
        name: "restore or erase deleted entries (bin)",
        key: "",
        does: || Effect::Open(Opening::Bin),
    },
    Action {
        name: "export",
        key: "",
        does: || Effect::Open(Opening::Export),
    },
    Action {
        name: "back up",
        key: "",
        does: || Effect::BackUp,
    },
    Action {
        name: "report for a clinician",
        key: "",
        does: || Effect::Open(Opening::Report),
    },
    Action {
        name: "search notes",
        key: "/",
        does: || Effect::Open(Opening::Search),
    },
    Action {
        name: "undo",
        key: "z",
        does: || Effect::Undo,
    },
    Action {
        name: "redo",
        key: "Z",
        does: || Effect::Redo,
    },
    Action {
        name: "read about this place",
        key: "i",
        does: || Effect::ReadAbout,
    },
    Action {
        name: "help lines",
        key: "!",
        does: || Effect::Open(Opening::HelpLines),
    },
    Action {
        name: "keys",
        key: "?",
        does: || Effect::Open(Opening::Keys),
    },
    Action {
        name: "mouse on or off",
        key: "M",
        does: || Effect::SwitchMouse,
    },
    Action {
        name: "today",
        key: "1",
        does: || Effect::ShowTab(crate::tui::tab::Tab::Today),
    },
    Action {
        name: "trends",
        key: "2",
        does: || Effect::ShowTab(crate::tui::tab::Tab::Trends),
    },
    Action {
        name: "history",
        key: "3",
        does: || Effect::ShowTab(crate::tui::tab::Tab::History),
    },
    Action {
        name: "plan",
        key: "4",
        does: || Effect::ShowTab(crate::tui::tab::Tab::Plan),
    },
    Action {
        name: "care",
        key: "5",
        does: || Effect::ShowTab(crate::tui::tab::Tab::Care),
    },
    Action {
        name: "guide",
        key: "7",
        does: || Effect::ShowTab(crate::tui::tab::Tab::Guide),
    },
    Action {
        name: "settings",
        key: "8",
        does: || Effect::ShowTab(crate::tui::tab::Tab::Settings),
    },
    Action {
        name: "quit",
        key: "q",
        does: || Effect::Quit,
    },
];

fn check_in(form: Form) -> Effect {
    Effect::Open(Opening::CheckIn { form, day: None })
}

/// What the guide calls its own search.
const SEARCH_THE_GUIDE: &str = "search the guide";

/// The palette.
pub struct Palette {
    under: Vec<Hint>,
    everywhere: Vec<Hint>,
}

static KEYS: [Binding<Msg<Infallible>>; 10] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "do it"),
        Binding::footer(Key::DOWN, Msg::Go(Step::Next), "down"),
        Binding::footer(Key::UP, Msg::Go(Step::Previous), "up"),
    ],
    Msg::TYPING_KEYS,
);

/// A row of the palette.
pub struct NamedEffect {
    name: &'static str,
    key: String,
    effect: Effect,
}

impl Palette {
    /// Over what `hints` are valid for.
    pub(crate) fn new(hints: &[Hint]) -> Self {
        let named = hints.iter().filter(|hint| hint.shown != Shown::Quiet);
        let (everywhere, under) =
            named.partition(|hint| ACTIONS.iter().any(|action| is_same(action, hint)));
        Self { under, everywhere }
    }
}

/// One key may mean two things: in the guide `/` searches the guide.
fn is_same(action: &Action, hint: &Hint) -> bool {
    action.key == hint.table.to_string() && hint.label != SEARCH_THE_GUIDE
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
        let wanted = typed.to_lowercase();
        let matches = |name: &str| {
            wanted
                .split_whitespace()
                .all(|word| name.to_lowercase().contains(word))
        };
        let actions = ACTIONS.iter().filter(|action| matches(action.name));
        // A key that means something else in the place below is not the action's there.
        let is_taken = |action: &Action| self.under.iter().any(|h| h.key.to_string() == action.key);
        let actions = actions.map(|a| NamedEffect {
            name: a.name,
            key: if is_taken(a) {
                String::new()
            } else {
                let now = self.everywhere.iter().find(|hint| is_same(a, hint));
                now.map_or_else(|| a.key.to_owned(), Hint::name)
            },
            effect: (a.does)(),
        });
        let here = self.under.iter().filter(|hint| matches(hint.label));
        let here = here.map(|h| NamedEffect {
            name: h.label,
            key: h.name(),
            effect: Effect::Choose(h.label),
        });
        actions.chain(here).collect()
    }

    fn about(&self, rows: &[NamedEffect], _typed: &str, _shared: &Shared) -> String {
        if rows.is_empty() {
            "No action has these words in its name; Backspace widens the list.".to_owned()
        } else {
            String::new()
        }
    }

    fn text(&self, row: &NamedEffect, _room: u16, _shared: &Shared) -> String {
        format!("{:<6} {}", row.key, row.name)
    }

    fn enter(&self, row: &NamedEffect, _typed: &str) -> Vec<Effect> {
        vec![Effect::Close, row.effect.clone()]
    }
}
