//! The attempts: all of them, with what can be done to each.

use super::list_page::{List, ListPage, Msg};
use crate::domain::attempt::NumberedAttempt;
use crate::domain::journal::change::Change;
use crate::domain::taper::double;
use crate::domain::text::words;
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup::PageLine;
use chrono::NaiveDate;

/// The list.
pub struct AttemptList;

/// What can be done to the one in focus, beside editing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Begin one, or set day 0.
    Start,
    /// End it or set it aside.
    End,
    /// Put it away.
    Delete,
    /// Make one of two that begin on one day.
    Join,
}

static KEYS: [Binding<Msg<Act>>; 16] = joined(
    [
        Binding::footer(
            Key::char('s'),
            Msg::Act(Act::Start),
            "start one, or set day 0",
        ),
        Binding::footer(Key::char('e'), Msg::Enter, "edit"),
        Binding::footer(Key::char('E'), Msg::Act(Act::End), "end or set aside"),
        Binding::footer(Key::char('x'), Msg::Act(Act::Delete), "delete"),
        Binding::help(
            Key::char('J'),
            Msg::Act(Act::Join),
            "join two that begin on one day",
        ),
        Binding::quiet(Key::ENTER, Msg::Enter, "edit"),
        Binding::quiet(Key::DELETE, Msg::Act(Act::Delete), "delete"),
    ],
    Msg::LIST_KEYS,
);

/// "Attempt 2: began 13 Nov 2026, day 0 13 Nov 2026, tapering".
pub(crate) fn line(numbered: NumberedAttempt<'_>, today: NaiveDate) -> String {
    let attempt = numbered.attempt;
    let mut facts = vec![format!("began {}", words::day(attempt.began))];
    facts.push(numbered.day_zero_text());
    facts.push(attempt.method.label().to_owned());
    // The last day before the next attempt counts as going on.
    let is_over = attempt.ended.is_some() || numbered.last_day.is_some_and(|day| day < today);
    let end = numbered.end_text().filter(|_| is_over);
    facts.push(end.unwrap_or_else(|| "going on".to_owned()));
    let name = attempt
        .name
        .as_ref()
        .map(|name| format!(" \"{name}\""))
        .unwrap_or_default();
    format!("Attempt {}{name}: {}", numbered.number, facts.join(", "))
}

impl AttemptList {
    /// The list, with the latest attempt in focus: it stands last.
    pub(crate) const fn page() -> ListPage<Self> {
        ListPage::new(Self, usize::MAX)
    }
}

fn form(kind: FormKind) -> Vec<Effect> {
    vec![Effect::Open(Opening::Form(kind))]
}

fn none_yet() -> Vec<Effect> {
    vec![Effect::Say(
        "There is no attempt yet; s begins one.".to_owned(),
    )]
}

/// Asks first: an attempt is not deleted by one key.
fn delete(numbered: NumberedAttempt<'_>, shared: &Shared) -> Vec<Effect> {
    let change = Change::DeleteAttempt(numbered.attempt.id);
    let write = Effect::write(&shared.journal, change, &shared.now);
    let question = format!(
        "{}. Its check-ins stay in the journal.",
        line(numbered, shared.today())
    );
    vec![Effect::Ask(questions::confirm(
        "Delete this attempt",
        question,
        "delete it".to_owned(),
        vec![write],
    ))]
}

impl List for AttemptList {
    type Act = Act;

    fn title(&self) -> &'static str {
        "Attempts"
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        &KEYS
    }

    fn head(&self, _at: usize, shared: &Shared) -> Vec<PageLine> {
        let none = shared.journal.attempts.iter().next().is_none();
        let text =
            "An attempt is one try at tapering or stopping. There is none yet; s begins one.";
        let none = none.then(|| text.to_owned());
        let double = double::attempt_lines(&shared.journal).into_iter();
        let double = double.map(|line| {
            format!(
                "{}: J joins them, e gives one another day.",
                words::sentence_head(&line)
            )
        });
        let lines = none.into_iter().chain(double);
        lines.map(|line| (line, Role::Text)).collect()
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        let row = |numbered: NumberedAttempt<'_>| {
            let goal = numbered.attempt.goal.as_ref();
            let goal = goal.map(|goal| (format!("  goal: {goal}"), Role::Faint));
            let text = (line(numbered, shared.today()), Role::Text);
            std::iter::once(text).chain(goal).collect()
        };
        shared.journal.attempts.iter().map(row).collect()
    }

    fn enter(&mut self, at: usize, shared: &Shared) -> Vec<Effect> {
        let numbered = shared.journal.attempts.by_number(at + 1);
        numbered.map_or_else(none_yet, |numbered| {
            form(FormKind::EditAttempt(numbered.attempt.id))
        })
    }

    fn act(&mut self, act: Act, at: &mut usize, shared: &Shared) -> Vec<Effect> {
        match (act, shared.journal.attempts.by_number(*at + 1)) {
            (Act::Start, _) => form(FormKind::Start),
            (Act::Join, _) => vec![Effect::Open(Opening::Double)],
            (Act::End, Some(numbered)) => form(FormKind::EndAttempt(numbered.attempt.id)),
            (Act::Delete, Some(numbered)) => delete(numbered, shared),
            (Act::End | Act::Delete, None) => none_yet(),
        }
    }
}
