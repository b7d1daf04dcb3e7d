//! What each form asks, and what it writes.

use super::field::{Filled, FormField, Problem};
use super::record;
use crate::domain::attempt::{Attempt, Ending, Method, Numbered};
use crate::domain::check_in::catalogue::Category;
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::OwnHelpLine;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::text::words;
use crate::domain::time::parse::{parse_day, parse_past_day};
use crate::tui::begin;
use crate::tui::begin::{begin, typed_day};
use crate::tui::effect::{Effect, FormKind};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use chrono::NaiveDate;

/// The form's name.
pub(super) fn title(kind: &FormKind) -> &'static str {
    match kind {
        FormKind::Record(draft) => draft.kind().map_or("Entry", |kind| kind.facts().title),
        FormKind::Start => "Start an attempt",
        FormKind::EditAttempt(_) => "Edit this attempt",
        FormKind::EndAttempt(_) => "End this attempt, or set it aside",
        FormKind::AddSymptom => "Add an own symptom",
        FormKind::RenameSymptom(_) => "Rename this symptom",
        FormKind::AddHelpLine => "Add a help line of your own",
        FormKind::EditHelpLine(_) => "Edit this help line",
        FormKind::Give(giving) => giving.name(),
        FormKind::PutAside => "The words, to another file",
        FormKind::GoTo => "To a day",
        FormKind::HoldUntil(_) => "Hold this plan",
    }
}

/// What stands over the form: its name, or what it comes to in this journal.
pub(super) fn heading(kind: &FormKind, shared: &Shared) -> String {
    match kind {
        FormKind::Start => begin::heading(shared),
        _ => title(kind).to_owned(),
    }
}

/// What is to be known before anything is filled in.
pub(super) fn head(kind: &FormKind, shared: &Shared) -> Vec<(String, Role)> {
    let lines = match kind {
        // The first field names what it is about.
        FormKind::Record(draft) => {
            let before = record::before(draft);
            let lines = shared.journal.foreword(draft, &shared.now).into_iter();
            let mut lines: Vec<String> = lines.skip(before).collect();
            if before > 0 && lines.is_empty() {
                // The form stands still also where nothing is known of the product.
                lines.push("not noted before".to_owned());
            }
            lines
        }
        FormKind::Start => begin::foreword(shared).into_iter().collect(),
        _ => Vec::new(),
    };
    // What to do about a sign is read before going on.
    let role = match kind {
        FormKind::Record(draft) if draft.kind() == Some(Kind::Sign) => Role::Warning,
        _ => Role::Text,
    };
    lines.into_iter().map(|line| (line, role)).collect()
}

const LAST_USE: &str = "A date or time: 2026-11-13 20:00, yesterday. Leave it empty while you are still using, or not sure.";
const EXPORT: &str = "A new file; one that is there already is never written over. It holds health data: keep it private.";
const GO_TO: &str = "2026-11-13, yesterday, 40 days ago.";
const HOLD: &str = "The day the plan goes on: 2026-11-30. Empty: held until you resume it.";
const DAY_ZERO: &str = "The day of last use: 2026-11-13. Empty: not known yet.";

/// The form's fields.
pub(super) fn fields(kind: &FormKind, shared: &Shared) -> Vec<FormField> {
    match kind {
        FormKind::Start | FormKind::EditAttempt(_) | FormKind::EndAttempt(_) => {
            attempt_fields(kind, shared)
        }
        FormKind::AddSymptom => vec![
            FormField::text("Name", "What it is called in your check-ins.", ""),
            FormField::choice(
                "Group",
                "\u{2190}/\u{2192} choose.",
                vec!["Body".to_owned(), "Mind".to_owned()],
                0,
            ),
        ],
        FormKind::RenameSymptom(code) => {
            let name = shared
                .journal
                .symptoms
                .find(code)
                .map_or("", |symptom| symptom.name.as_str());
            vec![FormField::text(
                "Name",
                "Its history stays under the new name.",
                name,
            )]
        }
        FormKind::AddHelpLine => vec![
            FormField::text("Name", "Whose number it is.", ""),
            FormField::text(
                "Number",
                "The number, or whatever else reaches them. Nothing is called or sent from here.",
                "",
            ),
        ],
        FormKind::EditHelpLine(id) => {
            let line = shared
                .journal
                .settings
                .help_lines
                .iter()
                .find(|line| line.id == *id);
            let (name, contact) =
                line.map_or(("", ""), |line| (line.name.as_str(), line.contact.as_str()));
            vec![
                FormField::text(
                    "Name",
                    "Whose number it is. Empty: the line is put away.",
                    name,
                ),
                FormField::text(
                    "Number",
                    "The number, or whatever else reaches them.",
                    contact,
                ),
            ]
        }
        FormKind::PutAside => {
            let name = format!("ebb-{}.txt", shared.today());
            vec![FormField::text("File", EXPORT, &name)]
        }
        FormKind::GoTo => vec![FormField::text("Day", GO_TO, "")],
        FormKind::HoldUntil(_) => vec![FormField::text("Until", HOLD, "")],
        // Its fields are made with what it can be about.
        FormKind::Record(_) => Vec::new(),
        FormKind::Give(giving) => {
            vec![FormField::text(
                "File",
                EXPORT,
                &giving.file_name(shared.today()),
            )]
        }
    }
}

fn attempt_fields(kind: &FormKind, shared: &Shared) -> Vec<FormField> {
    let methods = || {
        Method::ALL
            .iter()
            .map(|method| method.label().to_owned())
            .collect()
    };
    let place = |method: Method| Method::ALL.iter().position(|m| *m == method).unwrap_or(0);
    let method = |at| {
        FormField::choice(
            "How",
            "\u{2190}/\u{2192} choose. All are equal choices.",
            methods(),
            at,
        )
    };
    let attempt = |id: &EntryId| {
        shared
            .journal
            .attempts
            .by_id(*id)
            .map(|numbered| numbered.attempt)
    };
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    match kind {
        FormKind::Start => vec![
            FormField::text("Last use", LAST_USE, ""),
            method(place(Method::Undecided)),
            FormField::text("Name", "If it should have one.", ""),
            FormField::text("Goal", "In your own words, if you like.", ""),
        ],
        FormKind::EditAttempt(id) => {
            let Some(attempt) = attempt(id) else {
                return Vec::new();
            };
            vec![
                FormField::text(
                    "Began",
                    "The day it began: 2026-11-13.",
                    &attempt.began.to_string(),
                ),
                FormField::text("Day 0", DAY_ZERO, &day(attempt.day_zero)),
                method(place(attempt.method)),
                FormField::text(
                    "Name",
                    "If it should have one.",
                    attempt.name.as_deref().unwrap_or_default(),
                ),
                FormField::text(
                    "Goal",
                    "In your own words.",
                    attempt.goal.as_deref().unwrap_or_default(),
                ),
                FormField::text(
                    "Ended",
                    "Its last day; empty while it goes on.",
                    &day(attempt.ended.map(|(day, _)| day)),
                ),
            ]
        }
        FormKind::EndAttempt(_) => vec![
            FormField::choice(
                "It is",
                "\u{2190}/\u{2192} choose.",
                vec!["ended".to_owned(), "set aside".to_owned()],
                0,
            ),
            FormField::text("Last day", "2026-11-22, today, yesterday.", "today"),
        ],
        _ => Vec::new(),
    }
}

/// What saving the form does.
pub(super) fn save(
    kind: &FormKind,
    filled: Filled<'_>,
    shared: &Shared,
) -> Result<Vec<Effect>, Problem> {
    match kind {
        FormKind::Start => start(filled, shared),
        FormKind::EditAttempt(id) => edit_attempt(*id, filled, shared),
        FormKind::EndAttempt(id) => end_attempt(*id, filled, shared),
        FormKind::AddSymptom => {
            let name = needed(filled, 0, "A symptom needs a name.")?;
            let category = if filled.fields[1].chosen() == 0 {
                Category::Physical
            } else {
                Category::Psychological
            };
            let code = shared.journal.symptoms.own_code(&name);
            let said = format!("{name} is asked from now on.");
            Ok(write(
                Change::AddSymptom {
                    id: filled.id,
                    code,
                    name,
                    category,
                },
                said,
            ))
        }
        FormKind::RenameSymptom(code) => {
            let name = needed(filled, 0, "A symptom needs a name.")?;
            let symptom = shared
                .journal
                .symptoms
                .find(code)
                .ok_or((0, "This symptom is not there any more.".to_owned()))?;
            let said = format!("Renamed to {name}.");
            Ok(write(
                Change::RenameSymptom {
                    symptom: symptom.key,
                    name,
                },
                said,
            ))
        }
        FormKind::AddHelpLine => help_line(filled.id, filled),
        FormKind::EditHelpLine(id)
            if filled
                .fields
                .first()
                .is_some_and(|field| field.value().is_empty()) =>
        {
            Ok(write(
                Change::DeleteHelpLine(*id),
                "Help line put away. z takes it back.".to_owned(),
            ))
        }
        FormKind::EditHelpLine(id) => help_line(*id, filled),
        FormKind::PutAside => {
            let path = needed(filled, 0, "A file needs a name.")?;
            Ok(vec![Effect::PutAside(path.into())])
        }
        FormKind::GoTo => go_to(filled, shared),
        FormKind::HoldUntil(plan) => hold_until(*plan, filled, shared),
        FormKind::Record(draft) => record::save(draft, filled, shared),
        FormKind::Give(giving) => {
            let path = needed(filled, 0, "A file needs a name.")?;
            Ok(vec![
                Effect::Give(giving.clone(), path.into()),
                Effect::Close,
            ])
        }
    }
}

/// The logical day that was typed in the field at a place.
fn day_of(typed: &str, at: usize, shared: &Shared) -> Result<NaiveDate, Problem> {
    parse_day(typed, &shared.now, shared.journal.settings.day_end).map_err(|why| (at, refused(why)))
}

/// A refusal as a sentence.
fn refused(why: impl std::fmt::Display) -> String {
    words::sentence(&why.to_string())
}

/// To a day of the journal; the screen in sight puts its cursor there.
fn go_to(filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let text = needed(filled, 0, "A day is needed: 2026-11-13, yesterday.")?;
    let day = day_of(&text, 0, shared)?;
    let first = shared.journal.first_day.unwrap_or(shared.today());
    let nearest = day.clamp(first.min(shared.today()), shared.today());
    let mut effects = vec![Effect::Close, Effect::StandOn(nearest)];
    if day > shared.today() || day < first {
        let text = "That day lies outside the journal; this is the nearest one.";
        effects.push(Effect::Say(text.to_owned()));
    }
    Ok(effects)
}

/// Holds a plan until a day, or until it is resumed.
fn hold_until(plan: EntryId, filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let until = match optional(filled, 0) {
        None => None,
        Some(text) => {
            let day = day_of(&text, 0, shared)?;
            if day <= shared.today() {
                return Err((
                    0,
                    "A hold ends on a later day; enter one after today, or none.".to_owned(),
                ));
            }
            Some(day)
        }
    };
    let action = PlanAction::Hold { until };
    Ok(vec![Effect::ChangePlan(plan, action)])
}

fn write(change: Change, said: String) -> Vec<Effect> {
    vec![Effect::Write {
        changes: vec![change],
        said,
    }]
}

fn needed(filled: Filled<'_>, at: usize, why: &str) -> Result<String, Problem> {
    let value = filled
        .fields
        .get(at)
        .map(FormField::value)
        .unwrap_or_default();
    if value.is_empty() {
        Err((at, why.to_owned()))
    } else {
        Ok(value)
    }
}

fn optional(filled: Filled<'_>, at: usize) -> Option<String> {
    filled
        .fields
        .get(at)
        .map(FormField::value)
        .filter(|value| !value.is_empty())
}

fn help_line(id: EntryId, filled: Filled<'_>) -> Result<Vec<Effect>, Problem> {
    let name = needed(filled, 0, "A help line needs a name.")?;
    let contact = needed(filled, 1, "A help line needs a number or another way.")?;
    let said = format!("{name} stands among your help lines.");
    Ok(write(
        Change::RecordHelpLine(OwnHelpLine { id, name, contact }),
        said,
    ))
}

fn start(filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let day_zero = typed_day(&filled.fields[0].value(), shared).map_err(|problem| (0, problem))?;
    let wanted = Attempt {
        id: filled.id,
        began: day_zero.unwrap_or(shared.today()),
        day_zero,
        method: filled.method(1),
        name: optional(filled, 2),
        goal: optional(filled, 3),
        ended: None,
    };
    begin(wanted, shared).map_err(|problem| (0, problem))
}

fn edit_attempt(id: EntryId, filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let numbered = attempt_of(id, shared)?;
    let day =
        |at: usize| typed_day(&filled.fields[at].value(), shared).map_err(|problem| (at, problem));
    let began = day(0)?.ok_or((0, "An attempt needs a day on which it began.".to_owned()))?;
    let ending = numbered
        .attempt
        .ended
        .map_or(Ending::Ended, |(_, ending)| ending);
    let mut attempt = Attempt {
        began,
        day_zero: None,
        method: filled.method(2),
        name: optional(filled, 3),
        goal: optional(filled, 4),
        ended: day(5)?.map(|day| (day, ending)),
        ..numbered.attempt.clone()
    };
    if let Some(zero) = day(1)? {
        attempt.set_day_zero(zero);
    }
    attempt.in_order().map_err(|why| (5, refused(why)))?;
    Ok(write(
        Change::RecordAttempt(attempt),
        format!("Attempt {} is changed.", numbered.number),
    ))
}

fn attempt_of(id: EntryId, shared: &Shared) -> Result<Numbered<'_>, Problem> {
    let attempt = shared.journal.attempts.by_id(id);
    attempt.ok_or_else(|| (0, "This attempt is not there any more.".to_owned()))
}

fn end_attempt(id: EntryId, filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let numbered = attempt_of(id, shared)?;
    let day_end = shared.journal.settings.day_end;
    let day = parse_past_day(&filled.fields[1].value(), &shared.now, day_end);
    let day = day.map_err(|why| (1, refused(why)))?;
    let ending = if filled.fields[0].chosen() == 0 {
        Ending::Ended
    } else {
        Ending::SetAside
    };
    let said = match ending {
        Ending::Ended => format!(
            "Attempt {} ended {}. Everything in it stays.",
            numbered.number,
            words::day(day)
        ),
        Ending::SetAside => format!(
            "Attempt {} is set aside. Everything in it stays.",
            numbered.number
        ),
    };
    let attempt = Attempt {
        ended: Some((day, ending)),
        ..numbered.attempt.clone()
    };
    attempt.in_order().map_err(|why| (1, refused(why)))?;
    Ok(write(Change::RecordAttempt(attempt), said))
}
