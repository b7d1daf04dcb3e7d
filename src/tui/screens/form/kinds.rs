//! What each form asks, and what it writes.

use super::field::{Filled, FormField, Problem};
use super::record;
use crate::domain::attempt::{Attempt, Ending, Method, NumberedAttempt};
use crate::domain::check_in::catalogue::Category;
use crate::domain::entry::{cautions, form};
use crate::domain::id::EntryId;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::OwnHelpLine;
use crate::domain::journal::taken_for;
use crate::domain::record::field::Field;
use crate::domain::record::kind::Kind;
use crate::domain::taper::action::ActionError;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::text::words;
use crate::domain::time::parse::{Toward, parse_day, parse_past_day};
use crate::transfer::csv::Range;
use crate::transfer::errand::{Errand, Study};
use crate::transfer::wish::Notes;
use crate::transfer::{Giving, Portion};
use crate::tui::begin;
use crate::tui::begin::{begin, typed_day};
use crate::tui::effect::{Effect, FormKind};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use chrono::NaiveDate;

/// The form's name.
pub(super) fn title(kind: &FormKind) -> &'static str {
    match kind {
        FormKind::Record(draft) if draft.asks_taken_for => taken_for::ASKS,
        FormKind::Record(draft) => draft.kind().map_or("Entry", |kind| kind.facts().title),
        FormKind::Start => "Start an attempt",
        FormKind::EditAttempt(_) => "Edit this attempt",
        FormKind::EndAttempt(_) => "End this attempt, or set it aside",
        FormKind::AddSymptom => "Add an own symptom",
        FormKind::RenameSymptom(_) => "Rename this symptom",
        FormKind::AddHelpLine => "Add a help line of your own",
        FormKind::EditHelpLine(_) => "Edit this help line",
        FormKind::Give(giving) => giving.name(),
        FormKind::Study => "Tables for a study",
        FormKind::PutAside => "The words, to another file",
        FormKind::GoTo => "To a day",
        FormKind::HoldUntil(_) => "Hold this plan",
    }
}

/// The form's heading: its name, or for a new attempt what starting means in this journal.
pub(super) fn heading(kind: &FormKind, shared: &Shared) -> String {
    match kind {
        FormKind::Start => begin::heading(shared),
        _ => title(kind).to_owned(),
    }
}

/// The lines above the fields: cautions and facts to read before filling in.
pub(super) fn head(kind: &FormKind, shared: &Shared) -> Vec<(String, Role)> {
    let lines = match kind {
        FormKind::Record(draft) if draft.asks_taken_for => vec![taken_for::ASKED_ONCE.to_owned()],
        // The first field names what it is about.
        FormKind::Record(draft) => {
            let before = record::about_fields(draft);
            let lines = cautions::before_form(&shared.journal, draft, &shared.now).into_iter();
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

/// The form's fields.
pub(super) fn fields(kind: &FormKind, shared: &Shared) -> Vec<FormField> {
    let journal = &shared.journal;
    let empty = |field: &Field| FormField::of(field, "");
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    match kind {
        FormKind::Start => vec![
            empty(&form::LAST_USE),
            // "Not decided" is offered first: the program suggests no method.
            FormField::of(&form::METHOD, Method::Undecided.code()),
            empty(&form::ATTEMPT_NAME),
            empty(&form::NEW_GOAL),
        ],
        FormKind::EditAttempt(id) => {
            let Some(NumberedAttempt { attempt, .. }) = journal.attempts.by_id(*id) else {
                return Vec::new();
            };
            let ended = attempt.ended.map(|(day, _)| day);
            vec![
                FormField::of(&form::BEGAN, &attempt.began.to_string()),
                FormField::of(&form::DAY_ZERO, &day(attempt.day_zero)),
                FormField::of(&form::METHOD, attempt.method.code()),
                FormField::of(&form::ATTEMPT_NAME, attempt.name.as_deref().unwrap_or("")),
                FormField::of(&form::GOAL, attempt.goal.as_deref().unwrap_or("")),
                FormField::of(&form::ENDED, &day(ended)),
            ]
        }
        FormKind::EndAttempt(_) => {
            vec![
                empty(&form::ENDING),
                FormField::of(&form::LAST_DAY, "today"),
            ]
        }
        FormKind::AddSymptom => vec![empty(&form::SYMPTOM), empty(&form::GROUP)],
        FormKind::RenameSymptom(code) => {
            let symptom = journal.symptoms.find(code);
            let name = symptom.map_or("", |symptom| symptom.name.as_str());
            vec![FormField::of(&form::SYMPTOM_AGAIN, name)]
        }
        FormKind::AddHelpLine => vec![empty(&form::WHOSE), empty(&form::REACHED)],
        FormKind::EditHelpLine(id) => {
            let mut lines = journal.settings.help_lines.iter();
            let line = lines.find(|line| line.id == *id);
            let (name, contact) =
                line.map_or(("", ""), |line| (line.name.as_str(), line.contact.as_str()));
            vec![
                FormField::of(&form::WHOSE_AGAIN, name),
                FormField::of(&form::REACHED_AGAIN, contact),
            ]
        }
        FormKind::PutAside => {
            // The name says nothing of kratom: other people see file names.
            let name = format!("ebb-{}.txt", shared.today());
            vec![FormField::of(&form::FILE, &name)]
        }
        FormKind::Give(giving) => giving_fields(giving, shared),
        FormKind::Study => {
            let folder = in_documents(&format!("study-{}/", shared.today()), shared);
            vec![
                empty(&form::STUDY_ID),
                FormField::of(&form::FOLDER, &folder),
                empty(&form::FIRST_DAY),
                empty(&form::LAST_OF_DAYS),
            ]
        }
        FormKind::GoTo => vec![empty(&form::DAY)],
        FormKind::HoldUntil(_) => vec![empty(&form::HELD_UNTIL)],
        // Its fields are made with what it can be about.
        FormKind::Record(_) => Vec::new(),
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
            let category = Category::from_code(&filled.fields[1].answer(&form::GROUP));
            let category = category.unwrap_or(Category::Physical);
            let code = shared.journal.symptoms.own_code(&name);
            let change = Change::AddSymptom {
                key: None,
                id: filled.id,
                code,
                name,
                category,
            };
            Ok(write(change, shared))
        }
        FormKind::RenameSymptom(code) => {
            let name = needed(filled, 0, "A symptom needs a name.")?;
            let symptom = shared
                .journal
                .symptoms
                .find(code)
                .ok_or((0, "This symptom is not there any more.".to_owned()))?;
            let change = Change::RenameSymptom {
                symptom: symptom.key,
                name,
            };
            Ok(write(change, shared))
        }
        FormKind::AddHelpLine => help_line(filled.id, filled, shared),
        // An emptied name is how an own help line is deleted.
        FormKind::EditHelpLine(id) if optional(filled, 0).is_none() => {
            Ok(write(Change::DeleteHelpLine(*id), shared))
        }
        FormKind::EditHelpLine(id) => help_line(*id, filled, shared),
        FormKind::PutAside => {
            let path = needed(filled, 0, "A file needs a name.")?;
            Ok(vec![Effect::PutAside(path.into())])
        }
        FormKind::GoTo => go_to(filled, shared),
        FormKind::HoldUntil(plan) => hold_until(*plan, filled, shared),
        FormKind::Record(draft) => record::save(draft, filled, shared),
        FormKind::Give(giving) => give(giving, filled, shared),
        FormKind::Study => {
            let id = needed(
                filled,
                0,
                "The study gives you an id; it stands in every row.",
            )?;
            let folder = needed(filled, 1, "A folder needs a name.")?;
            let range = range(filled, 2, shared)?;
            let study = Study { id, range, folder };
            Ok(vec![Effect::Run(Errand::StudyPreview(study))])
        }
    }
}

/// A neutral name in the folder where a person finds it again.
fn in_documents(name: &str, shared: &Shared) -> String {
    format!("{}{name}", shared.documents)
}

/// Where a file goes, and how much of the journal it holds.
fn giving_fields(giving: &Giving, shared: &Shared) -> Vec<FormField> {
    let name = in_documents(&giving.file_name(shared.today()), shared);
    let mut fields = vec![FormField::of(&form::FILE, &name)];
    if let Giving::Export(layout, portion) = giving {
        fields.push(FormField::of(&form::FIRST_DAY, ""));
        fields.push(FormField::of(&form::LAST_OF_DAYS, ""));
        if layout.has_notes() {
            let known = match portion.notes {
                Notes::Taken => form::ALONG,
                Notes::Left => form::STAY,
            };
            fields.push(FormField::of(&form::NOTES_ALONG, known));
        }
    }
    fields
}

fn give(giving: &Giving, filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let path = needed(filled, 0, "A file needs a name.")?;
    let giving = match giving {
        Giving::Export(layout, portion) => {
            let notes = match filled.fields.get(3) {
                Some(field) if field.answer(&form::NOTES_ALONG) == form::ALONG => Notes::Taken,
                Some(_) => Notes::Left,
                None => portion.notes,
            };
            let range = range(filled, 1, shared)?;
            Giving::Export(layout, Portion { range, notes })
        }
        report @ Giving::Report(..) => report.clone(),
    };
    Ok(vec![Effect::Give(giving, path.into()), Effect::Close])
}

/// The days from the one in the field at a place to the one in the next.
fn range(filled: Filled<'_>, at: usize, shared: &Shared) -> Result<Range, Problem> {
    let day = |at: usize| {
        let typed = optional(filled, at);
        let day = typed.map(|typed| day_of(&typed, at, Toward::Past, shared));
        day.transpose()
    };
    let (from, to) = (day(at)?, day(at + 1)?);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        let why = "The last day lies before the first, so there is nothing between them.";
        return Err((at + 1, why.to_owned()));
    }
    Ok(Range {
        from: from.unwrap_or(Range::ALL.from),
        to: to.unwrap_or(Range::ALL.to),
    })
}

/// What is asked once before the form is saved: whether an unusual amount is meant.
pub(super) fn asks(kind: &FormKind, filled: Filled<'_>, shared: &Shared) -> Option<String> {
    match kind {
        FormKind::Record(draft) => record::asks(draft, filled, shared),
        _ => None,
    }
}

/// The logical day that was typed in the field at a place.
fn day_of(typed: &str, at: usize, toward: Toward, shared: &Shared) -> Result<NaiveDate, Problem> {
    let day_end = shared.journal.settings.day_end;
    parse_day(typed, &shared.now, day_end, toward).map_err(|why| (at, refused(why)))
}

/// A refusal as a sentence.
fn refused(why: impl std::fmt::Display) -> String {
    words::sentence(&why.to_string())
}

/// To a day of the journal; the screen in sight puts its cursor there.
fn go_to(filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let text = needed(filled, 0, "A day is needed: 13 Nov, yesterday.")?;
    let day = day_of(&text, 0, Toward::Past, shared)?;
    let first = shared.journal.first_day.unwrap_or(shared.today());
    // A day outside the journal has nothing to show; the cursor goes to the nearest one and says so.
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
            let day = day_of(&text, 0, Toward::Future, shared)?;
            // A hold until a day that has come would end at once.
            if day <= shared.today() {
                return Err((0, refused(ActionError::HoldEndsTooSoon)));
            }
            Some(day)
        }
    };
    let action = PlanAction::Hold { until };
    Ok(vec![Effect::ChangePlan(plan, action)])
}

fn write(change: Change, shared: &Shared) -> Vec<Effect> {
    vec![Effect::write(&shared.journal, change, &shared.now)]
}

fn needed(filled: Filled<'_>, at: usize, why: &str) -> Result<String, Problem> {
    optional(filled, at).ok_or_else(|| (at, why.to_owned()))
}

fn optional(filled: Filled<'_>, at: usize) -> Option<String> {
    let value = filled.fields.get(at).map(FormField::value);
    value.filter(|value| !value.is_empty())
}

fn method(filled: Filled<'_>, at: usize) -> Method {
    let code = filled
        .fields
        .get(at)
        .map(|field| field.answer(&form::METHOD));
    let method = code.and_then(|code| Method::from_code(&code));
    method.unwrap_or(Method::Undecided)
}

fn help_line(id: EntryId, filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let name = needed(filled, 0, "A help line needs a name.")?;
    let contact = needed(filled, 1, "A help line needs a number or another way.")?;
    let line = OwnHelpLine { id, name, contact };
    Ok(write(Change::RecordHelpLine(line), shared))
}

fn start(filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let day_zero = typed_day(&filled.fields[0].value(), shared).map_err(|problem| (0, problem))?;
    let wanted = Attempt {
        id: filled.id,
        // An attempt begins on its day 0 where that is known at the start, else on the day of starting.
        began: day_zero.unwrap_or(shared.today()),
        day_zero,
        method: method(filled, 1),
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
    // The form does not ask how it ended, so an end that is there keeps its kind.
    let ending = numbered
        .attempt
        .ended
        .map_or(Ending::Ended, |(_, ending)| ending);
    let mut attempt = Attempt {
        began,
        day_zero: None,
        method: method(filled, 2),
        name: optional(filled, 3),
        goal: optional(filled, 4),
        ended: day(5)?.map(|day| (day, ending)),
        ..numbered.attempt.clone()
    };
    if let Some(zero) = day(1)? {
        attempt.set_day_zero(zero);
    }
    attempt.in_order().map_err(|why| (5, refused(why)))?;
    Ok(write(Change::RecordAttempt(attempt), shared))
}

fn attempt_of(id: EntryId, shared: &Shared) -> Result<NumberedAttempt<'_>, Problem> {
    let attempt = shared.journal.attempts.by_id(id);
    attempt.ok_or_else(|| (0, "This attempt is not there any more.".to_owned()))
}

fn end_attempt(id: EntryId, filled: Filled<'_>, shared: &Shared) -> Result<Vec<Effect>, Problem> {
    let numbered = attempt_of(id, shared)?;
    let day_end = shared.journal.settings.day_end;
    let day = parse_past_day(&filled.fields[1].value(), &shared.now, day_end);
    let day = day.map_err(|why| (1, refused(why)))?;
    let ending = Ending::from_code(&filled.fields[0].answer(&form::ENDING));
    let ending = ending.unwrap_or(Ending::Ended);
    let attempt = Attempt {
        ended: Some((day, ending)),
        ..numbered.attempt.clone()
    };
    attempt.in_order().map_err(|why| (1, refused(why)))?;
    Ok(write(Change::RecordAttempt(attempt), shared))
}
