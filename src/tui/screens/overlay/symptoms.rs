//! The symptoms: switch on and off, add own ones, rename them. Switching off keeps history.

use crate::domain::check_in::symptom::{Origin, Symptom};
use crate::domain::journal::change::{Change, Switch};
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::Pointer;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The list.
#[derive(Default)]
pub struct SymptomList {
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// On or off.
    Toggle,
    /// Add an own one.
    Add,
    /// Rename an own one.
    Rename,
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
    Binding::footer(Key::char(' '), Msg::Toggle, "on or off"),
    Binding::footer(Key::char('a'), Msg::Add, "add an own one"),
    Binding::footer(Key::char('r'), Msg::Rename, "rename an own one"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::ENTER, Msg::Toggle, "on or off"),
    Binding::quiet(Key::DOWN, Msg::Next, "down"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::PAGE_DOWN, Msg::PageDown, "a page down"),
    Binding::quiet(Key::PAGE_UP, Msg::PageUp, "a page up"),
];

impl SymptomList {
    fn focused<'a>(&self, shared: &'a Shared) -> Option<&'a Symptom> {
        shared.journal.symptoms.iter().nth(self.at)
    }

    fn toggle(&self, shared: &Shared) -> Vec<Effect> {
        let Some(symptom) = self.focused(shared) else {
            return Vec::new();
        };
        let (to, said) = if symptom.rated {
            (
                Switch::Off,
                format!("{} is no longer asked; its history stays.", symptom.name),
            )
        } else {
            (
                Switch::On,
                format!("{} is asked from now on.", symptom.name),
            )
        };
        vec![Effect::Write {
            changes: vec![Change::SwitchSymptom {
                symptom: symptom.key,
                to,
            }],
            said,
        }]
    }
}

impl Screen for SymptomList {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Symptoms"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = shared.journal.symptoms.iter().count().saturating_sub(1);
        match msg {
            Msg::Toggle => return self.toggle(shared),
            Msg::Add => return vec![Effect::Open(Opening::Form(FormKind::AddSymptom))],
            Msg::Rename => {
                return match self
                    .focused(shared)
                    .filter(|symptom| symptom.origin == Origin::Own)
                {
                    Some(own) => vec![Effect::Open(Opening::Form(FormKind::RenameSymptom(
                        own.code.clone(),
                    )))],
                    None => vec![Effect::Say(
                        "Built-in symptoms keep their names; own ones can be renamed.".to_owned(),
                    )],
                };
            }
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::PageDown => self.at = (self.at + 10).min(last),
            Msg::PageUp => self.at = self.at.saturating_sub(10),
            Msg::Close => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let line = |(at, symptom): (usize, &Symptom)| {
            let mark = if symptom.rated { "[x]" } else { "[ ]" };
            let group = symptom.category.label();
            let origin = match symptom.origin {
                Origin::Core => "core",
                Origin::Extended => "more",
                Origin::Own => "own",
            };
            let role = if at == self.at {
                Role::Focus
            } else {
                Role::Text
            };
            (format!("{mark} {group} {origin}  {}", symptom.name), role)
        };
        let mut lines: Vec<_> = shared
            .journal
            .symptoms
            .iter()
            .enumerate()
            .map(line)
            .collect();
        let description = self.focused(shared).map_or("", Symptom::description);
        let rated = shared.journal.symptoms.rated().count();
        lines.insert(
            0,
            (
                format!("{rated} are asked in a check-in. {description}"),
                Role::Faint,
            ),
        );
        popup::list(frame, area, self.title(), &lines, 1 + self.at, shared.theme);
    }
}
