//! `:`: every action by name. Typing narrows the list, Enter does the one in focus.

use crate::domain::check_in::Form;
use crate::domain::record::kind::Kind;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Hint, Screen, Shown, Typed};
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// An action with its name. Plain mode has the same names; a test compares them.
pub struct Action {
    /// Its name, for the palette and for plain mode.
    pub name: &'static str,
    /// Its key, where it has one.
    pub key: &'static str,
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
    field: TextField,
    under: Vec<Hint>,
    everywhere: Vec<Hint>,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Do the one in focus.
    Take,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Take, "do it"),
    Binding::footer(Key::DOWN, Msg::Next, "down"),
    Binding::footer(Key::UP, Msg::Previous, "up"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::TAB, Msg::Next, "down"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "up"),
];

/// A line of the palette.
struct Found {
    name: &'static str,
    key: String,
    effect: Effect,
}

impl Palette {
    /// Over what `hints` are valid for.
    pub fn new(hints: &[Hint]) -> Self {
        let named = hints.iter().filter(|hint| hint.shown != Shown::Quiet);
        let (everywhere, under) =
            named.partition(|hint| ACTIONS.iter().any(|action| is_same(action, hint)));
        Self {
            field: TextField::new(Shape::OneLine, 60, ""),
            under,
            everywhere,
            at: 0,
        }
    }

    fn found(&self) -> Vec<Found> {
        let wanted = self.field.value().to_lowercase();
        let matches = |name: &str| {
            wanted
                .split_whitespace()
                .all(|word| name.to_lowercase().contains(word))
        };
        let actions = ACTIONS.iter().filter(|action| matches(action.name));
        // A key that means something else in the place below is not the action's there.
        let is_taken = |action: &Action| self.under.iter().any(|h| h.key.to_string() == action.key);
        let actions = actions.map(|a| Found {
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
        let here = here.map(|h| Found {
            name: h.label,
            key: h.name(),
            effect: Effect::Choose(h.label),
        });
        actions.chain(here).collect()
    }
}

/// One key may mean two things: in the guide `/` searches the guide.
fn is_same(action: &Action, hint: &Hint) -> bool {
    action.key == hint.table.to_string() && hint.label != SEARCH_THE_GUIDE
}

impl Screen for Palette {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Every action by name"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        let found = self.found();
        match msg {
            Msg::Take => match found.into_iter().nth(self.at) {
                Some(found) => return vec![Effect::Close, found.effect],
                None => return Vec::new(),
            },
            Msg::Next => self.at = (self.at + 1).min(found.len().saturating_sub(1)),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        match self.field.handle(key) {
            Handled::Ignored => Typed::Ignored,
            Handled::Edited | Handled::Moved | Handled::Full { .. } => {
                self.at = 0;
                Typed::Taken(Vec::new())
            }
        }
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        self.field.paste(text);
        self.at = 0;
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = vec![(format!("> {}", self.field.value()), Role::Accent)];
        let found = self.found();
        if found.is_empty() {
            lines.push((
                "No action has these words in its name; Backspace widens the list.".to_owned(),
                Role::Faint,
            ));
        }
        lines.extend(found.iter().enumerate().map(|(at, found)| {
            (
                format!("{:<6} {}", found.key, found.name),
                if at == self.at {
                    Role::Focus
                } else {
                    Role::Text
                },
            )
        }));
        popup::text(frame, area, self.title(), &lines, 1 + self.at, shared.theme);
    }
}
