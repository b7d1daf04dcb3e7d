//! The symptoms: switch on and off, add own ones, rename them. Switching off keeps history.

use super::list_page::{List, Msg};
use crate::domain::check_in::symptom::{Origin, Symptom};
use crate::domain::journal::change::{Change, Switch};
use crate::domain::journal::resting;
use crate::domain::journal::settings::{Setting, switched};
use crate::tui::effect::{Effect, FormKind, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup::{LongLines, PageLine};

/// The list.
pub struct SymptomList;

/// What can be done beside switching one on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Add an own one.
    Add,
    /// Rename an own one.
    Rename,
    /// Let one rest, or end its rest.
    Rest,
}

static KEYS: [Binding<Msg<Act>>; 14] = joined(
    [
        Binding::footer(Key::char(' '), Msg::Enter, "on or off"),
        Binding::footer(Key::char('a'), Msg::Act(Act::Add), "add an own one"),
        Binding::footer(Key::char('r'), Msg::Act(Act::Rename), "rename an own one"),
        Binding::footer(
            Key::char('R'),
            Msg::Act(Act::Rest),
            "let it rest, or wake it",
        ),
        Binding::quiet(Key::ENTER, Msg::Enter, "on or off"),
    ],
    Msg::LIST_KEYS,
);

fn symptom(at: usize, shared: &Shared) -> Option<&Symptom> {
    shared.journal.symptoms.iter().nth(at)
}

impl List for SymptomList {
    type Act = Act;

    const LONG: LongLines = LongLines::Cut;

    fn title(&self) -> &'static str {
        "Symptoms"
    }

    fn keys(&self) -> &'static [Binding<Msg<Act>>] {
        &KEYS
    }

    fn head(&self, at: usize, shared: &Shared) -> Vec<PageLine> {
        let description = symptom(at, shared).map_or("", Symptom::description);
        let rated = shared.journal.symptoms.rated().count();
        let resting = shared.journal.settings.resting.len();
        let resting = match resting {
            0 => String::new(),
            count => format!(" [r]: {}.", resting::count_line(count)),
        };
        let text = format!("{rated} are asked in a check-in.{resting} {description}");
        vec![(text, Role::Faint)]
    }

    fn rows(&self, shared: &Shared) -> Vec<Vec<PageLine>> {
        let row = |symptom: &Symptom| {
            let rests = shared.journal.settings.resting.contains(&symptom.code);
            let mark = match symptom.rated {
                true if rests => "[r]",
                true => "[x]",
                false => "[ ]",
            };
            let group = symptom.category.label();
            let origin = match symptom.origin {
                Origin::Core => "core",
                Origin::Extended => "more",
                Origin::Own => "own",
            };
            let text = format!("{mark} {group} {origin}  {}", symptom.name);
            vec![(text, Role::Text)]
        };
        shared.journal.symptoms.iter().map(row).collect()
    }

    fn enter(&mut self, at: usize, shared: &Shared) -> Vec<Effect> {
        let Some(symptom) = symptom(at, shared) else {
            return Vec::new();
        };
        let to = if symptom.rated {
            Switch::Off
        } else {
            Switch::On
        };
        let change = Change::SwitchSymptom {
            symptom: symptom.key,
            to,
        };
        vec![Effect::write(&shared.journal, change, &shared.now)]
    }

    fn act(&mut self, act: Act, at: &mut usize, shared: &Shared) -> Vec<Effect> {
        let own = symptom(*at, shared).filter(|symptom| symptom.origin == Origin::Own);
        let kind = match (act, own) {
            (Act::Rest, _) => {
                let here = symptom(*at, shared);
                return here.map_or_else(Vec::new, |symptom| rest(symptom, shared));
            }
            (Act::Add, _) => FormKind::AddSymptom,
            (Act::Rename, Some(own)) => FormKind::RenameSymptom(own.code.clone()),
            (Act::Rename, None) => {
                return vec![Effect::Say(
                    "Built-in symptoms keep their names; own ones can be renamed.".to_owned(),
                )];
            }
        };
        vec![Effect::Open(Opening::Form(kind))]
    }
}

/// Lets a symptom rest, or ends its rest; says why it cannot.
fn rest(symptom: &Symptom, shared: &Shared) -> Vec<Effect> {
    let journal = &shared.journal;
    let (codes, rests) = switched(&journal.settings.resting, &symptom.code);
    if rests && let Err(awake) = resting::may_rest(journal, symptom, shared.today()) {
        return vec![Effect::Say(resting::refusal(symptom, awake))];
    }
    let change = Change::Set(Setting::Resting(codes));
    vec![Effect::write(journal, change, &shared.now)]
}
