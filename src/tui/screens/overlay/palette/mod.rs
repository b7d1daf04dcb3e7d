//! `:`: every action of every tab by name and by other words for it. Typing narrows the list, the nearest first; Enter goes
//! where the one in focus belongs and does it there.

mod rows;

use crate::domain::check_in::Form;
use crate::domain::record::kind::Kind;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, joined};
use crate::tui::screens::Around;
use crate::tui::screens::overlay::list_page::Msg;
use crate::tui::screens::overlay::picker::{Choices, Look};
use crate::tui::shared::Shared;
use crate::tui::tab::Tab;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::LongLines;
pub use rows::NamedEffect;
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
        does: || Effect::ShowTab(Tab::Today),
    },
    Action {
        name: "trends",
        key: "2",
        does: || Effect::ShowTab(Tab::Trends),
    },
    Action {
        name: "history",
        key: "3",
        does: || Effect::ShowTab(Tab::History),
    },
    Action {
        name: "plan",
        key: "4",
        does: || Effect::ShowTab(Tab::Plan),
    },
    Action {
        name: "care",
        key: "5",
        does: || Effect::ShowTab(Tab::Care),
    },
    Action {
        name: "guide",
        key: "7",
        does: || Effect::ShowTab(Tab::Guide),
    },
    Action {
        name: "settings",
        key: "8",
        does: || Effect::ShowTab(Tab::Settings),
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
            rows: rows::every(around, shared),
            here: around.tab,
        }
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
        rows::meant(&self.rows, typed, self.here)
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
