//! The attempts: all of them, with what can be done to each.

use crate::domain::attempt::{Ending, NumberedAttempt};
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::pointer::Pointer;
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The list.
pub struct AttemptList {
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Begin one, or set day 0.
    Start,
    /// Edit the one in focus.
    Edit,
    /// End it or set it aside.
    End,
    /// Put it away.
    Delete,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// Back.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::char('s'), Msg::Start, "start one, or set day 0"),
    Binding::footer(Key::char('e'), Msg::Edit, "edit"),
    Binding::footer(Key::char('E'), Msg::End, "end or set aside"),
    Binding::footer(Key::char('x'), Msg::Delete, "delete"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::ENTER, Msg::Edit, "edit"),
    Binding::quiet(Key::DELETE, Msg::Delete, "delete"),
    Binding::quiet(Key::DOWN, Msg::Next, "down"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
];

/// "Attempt 2: began 13 Nov 2026, day 0 13 Nov 2026, tapering".
pub fn line(numbered: NumberedAttempt<'_>, today: NaiveDate) -> String {
    let attempt = numbered.attempt;
    let mut facts = vec![format!("began {}", words::day(attempt.began))];
    facts.push(attempt.day_zero.map_or_else(
        || "day 0 not set".to_owned(),
        |day| format!("day 0 {}", words::day(day)),
    ));
    facts.push(attempt.method.label().to_owned());
    match (attempt.ended, numbered.last_day) {
        (Some((day, Ending::Ended)), _) => facts.push(format!("ended {}", words::day(day))),
        (Some((day, Ending::SetAside)), _) => facts.push(format!("set aside {}", words::day(day))),
        (None, Some(day)) if day < today => facts.push(format!("until {}", words::day(day))),
        _ => facts.push("going on".to_owned()),
    }
    let name = attempt
        .name
        .as_ref()
        .map(|name| format!(" \"{name}\""))
        .unwrap_or_default();
    format!("Attempt {}{name}: {}", numbered.number, facts.join(", "))
}

impl AttemptList {
    /// The list, with the latest attempt in focus.
    pub fn new(shared: &Shared) -> Self {
        Self {
            at: shared.journal.attempts.iter().count().saturating_sub(1),
        }
    }

    fn focused<'a>(&self, shared: &'a Shared) -> Option<NumberedAttempt<'a>> {
        shared.journal.attempts.by_number(self.at + 1)
    }
}

impl Screen for AttemptList {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        "Attempts"
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let form = |kind| vec![Effect::Open(Opening::Form(kind))];
        let focused = self.focused(shared);
        match (msg, focused) {
            (Msg::Start, _) => return form(FormKind::Start),
            (Msg::Edit, Some(numbered)) => return form(FormKind::EditAttempt(numbered.attempt.id)),
            (Msg::End, Some(numbered)) => return form(FormKind::EndAttempt(numbered.attempt.id)),
            (Msg::Delete, Some(numbered)) => {
                let said = format!(
                    "Attempt {} deleted; its check-ins stay. z takes it back.",
                    numbered.number
                );
                let write = Effect::Write {
                    changes: vec![Change::DeleteAttempt(numbered.attempt.id)],
                    said,
                };
                let question = format!(
                    "{}. Its check-ins stay in the journal.",
                    line(numbered, shared.today())
                );
                let ask = questions::confirm(
                    "Delete this attempt",
                    question,
                    "delete it".to_owned(),
                    vec![write],
                );
                return vec![Effect::Ask(ask)];
            }
            (Msg::Edit | Msg::End | Msg::Delete, None) => {
                return vec![Effect::Say(
                    "There is no attempt yet; s begins one.".to_owned(),
                )];
            }
            (Msg::Next, _) => {
                self.at =
                    (self.at + 1).min(shared.journal.attempts.iter().count().saturating_sub(1));
            }
            (Msg::Previous, _) => self.at = self.at.saturating_sub(1),
            (Msg::Close, _) => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn pointed(&mut self, at: Pointer, shared: &Shared) -> Vec<Effect> {
        at.scrolled(Msg::Previous, Msg::Next)
            .map_or_else(Vec::new, |msg| self.update(msg, shared))
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = Vec::new();
        let mut focus = 0;
        for numbered in shared.journal.attempts.iter() {
            let role = if numbered.number == self.at + 1 {
                Role::Focus
            } else {
                Role::Text
            };
            if role == Role::Focus {
                focus = lines.len();
            }
            lines.push((line(numbered, shared.today()), role));
            if let Some(goal) = &numbered.attempt.goal {
                lines.push((format!("  goal: {goal}"), Role::Faint));
            }
        }
        if lines.is_empty() {
            lines.push((
                "An attempt is one try at tapering or stopping. There is none yet; s begins one."
                    .to_owned(),
                Role::Text,
            ));
        }
        popup::text(frame, area, self.title(), &lines, focus, shared.theme);
    }
}
