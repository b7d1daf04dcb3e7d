//! The form of a record of any kind: its fields come from the kind's row in the registry.

use super::form_field::{Field, Filled, Problem};
use crate::domain::change::Change;
use crate::domain::field::{self, Ask, Need};
use crate::domain::kind::Kind;
use crate::domain::medicine;
use crate::domain::record_draft::RecordDraft;
use crate::domain::when::parse_when;
use crate::domain::words;
use crate::tui::effect::Effect;
use crate::tui::shared::Shared;

/// Where a draft keeps its moment as it was typed.
const WHEN: &str = "when";
/// What an optional choice is while nothing is chosen.
const NONE: &str = "\u{2013}";

/// How much of what was written before is offered.
const EARLIER: usize = 5;

/// The fields as they are drawn, the moment last.
pub(super) fn fields(draft: &RecordDraft, shared: &Shared) -> Vec<Field> {
    let mut fields: Vec<Field> = shared
        .journal
        .asked(draft)
        .into_iter()
        .map(|field| {
            let drawn = drawn(field, draft).with_earlier(earlier(field, draft, shared));
            match unit(field, draft, shared) {
                Some(unit) => drawn.with_about(format!("In {unit}.")),
                None => drawn,
            }
        })
        .collect();
    if draft.kind().is_some_and(Kind::has_day) {
        let about = "Empty: now. 08:15, yesterday 22:00, 2026-11-20 09:00.";
        let typed = draft.texts.get(WHEN).cloned();
        let when = typed.unwrap_or_else(|| when_of(draft));
        fields.push(Field::text("When", about, &when));
    }
    fields
}

/// The moment of a draft as it is typed; empty for the moment of saving.
fn when_of(draft: &RecordDraft) -> String {
    let at = draft.at.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
    at.unwrap_or_default()
}

/// The unit of a dose's amount: that of its product.
fn unit(field: &field::Field, draft: &RecordDraft, shared: &Shared) -> Option<String> {
    let is_amount = draft.kind() == Some(Kind::Dose) && field.code == "amount";
    let product = shared.journal.product(draft.about.as_deref()?)?;
    is_amount.then_some(product.unit)
}

/// What was written in this field of urges before, the most often noted first.
fn earlier(field: &field::Field, draft: &RecordDraft, shared: &Shared) -> Vec<String> {
    if draft.kind() != Some(Kind::Urge) || !matches!(field.code, "trigger" | "helped") {
        return Vec::new();
    }
    let noted = shared.journal.noted_with_urges(field.code).into_iter();
    noted.map(|(words, _)| words).take(EARLIER).collect()
}

fn drawn(field: &'static field::Field, draft: &RecordDraft) -> Field {
    let Ask::Choice(choices) = field.ask else {
        return Field::text(field.label, field.about, draft.text(field.code));
    };
    let given = draft.text(field.code);
    let at = choices.iter().position(|(code, _)| *code == given);
    let mut words: Vec<String> = choices
        .iter()
        .map(|(_, words)| (*words).to_owned())
        .collect();
    if field.need == Need::Needed {
        return Field::choice(field.label, field.about, words, at.unwrap_or(0));
    }
    words.insert(0, NONE.to_owned());
    Field::choice(field.label, field.about, words, at.map_or(0, |at| at + 1))
}

/// The draft with what stands in the fields, word for word: what is kept until it is saved.
pub(super) fn as_typed(draft: &RecordDraft, fields: &[Field], shared: &Shared) -> RecordDraft {
    let mut typed = draft.clone();
    let asked = shared.journal.asked(draft);
    for (field, drawn) in asked.iter().zip(fields) {
        let text = match field.ask {
            Ask::Choice(choices) => {
                let offset = usize::from(field.need == Need::Optional);
                let at = drawn.chosen().checked_sub(offset);
                at.and_then(|at| choices.get(at))
                    .map_or("", |(code, _)| code)
                    .to_owned()
            }
            _ => drawn.value(),
        };
        typed.texts.insert(field.code.to_owned(), text);
    }
    typed.texts.remove(WHEN);
    let when = fields.get(asked.len()).map(Field::value);
    if let Some(when) = when.filter(|when| *when != when_of(draft)) {
        typed.texts.insert(WHEN.to_owned(), when);
    }
    typed
}

/// The draft with what stands in the fields, its moment read.
fn filled_in(
    draft: &RecordDraft,
    filled: Filled<'_>,
    shared: &Shared,
) -> Result<RecordDraft, Problem> {
    let mut typed = as_typed(draft, filled.fields, shared);
    if let Some(when) = typed.texts.remove(WHEN) {
        let asked = shared.journal.asked(draft);
        let day_end = shared.journal.settings.day_end;
        if when.is_empty() {
            typed.at = None;
            typed.day = shared.today();
        } else {
            let when = parse_when(&when, &shared.now);
            let when = when.map_err(|why| (asked.len(), words::sentence(&why.to_string())))?;
            typed.day = when.logical_day(day_end);
            typed.at = Some(when.at);
        }
    }
    Ok(typed)
}

/// What saving the form does.
pub(super) fn save(
    draft: &RecordDraft,
    filled: Filled<'_>,
    shared: &Shared,
) -> Result<Vec<Effect>, Problem> {
    let typed = filled_in(draft, filled, shared)?;
    let asked = shared.journal.asked(draft);
    let place = |code: &str| asked.iter().position(|field| field.code == code);
    let record = shared
        .journal
        .recorded(&typed, &shared.now)
        .map_err(|refusal| {
            let at = place(refusal.field).unwrap_or(if refusal.field == "when" {
                asked.len()
            } else {
                0
            });
            (at, words::sentence(&refusal.sentence))
        })?;
    let said = match record.day() {
        Some(day) if record.kind != Kind::Appointment => words::saved(&shared.now, day),
        _ => format!("Saved: {}.", shared.journal.title(&record)),
    };
    let said = match record.kind {
        Kind::Urge => format!("{said}. A calm page is there if you like: Y."),
        _ => said,
    };
    Ok(vec![Effect::Write {
        changes: vec![Change::Record(record)],
        said,
    }])
}

/// Whether the medicine behind a draft has a caution about stopping suddenly that a newly typed stop calls for.
pub(super) fn stop_caution(
    draft: &RecordDraft,
    filled: Filled<'_>,
    shared: &Shared,
) -> Option<String> {
    let typed = filled_in(draft, filled, shared).ok()?;
    if typed.kind() != Some(Kind::Medication)
        || typed.text("stop").is_empty()
        || shared
            .journal
            .record(draft.id)
            .is_some_and(|stored| stored.text("stop").is_some())
    {
        return None;
    }
    let record = shared.journal.recorded(&typed, &shared.now).ok()?;
    medicine::listed(&record)?.abrupt_stop_caution()
}

/// What the form is called.
pub(super) fn title(draft: &RecordDraft) -> &'static str {
    let Some(kind) = draft.kind() else {
        return "Entry";
    };
    match kind {
        Kind::Dose => "Dose",
        Kind::Substance => "Other substance",
        Kind::Urge => "Urge",
        Kind::Intake => "Intake",
        Kind::Practice => "Practice",
        Kind::Measurement => "Measurement",
        Kind::Sign => "A sign, noted",
        Kind::Appointment => "Appointment",
        Kind::Question => "Question for a visit",
        Kind::Purchase => "Purchase",
        Kind::Product => "Product",
        Kind::Medication => "Medication",
        Kind::OwnPractice => "Own practice",
        Kind::Treatment => "Treatment",
        Kind::Contact => "Person or service",
        Kind::Reason => "A reason of yours",
        Kind::Baseline => "How things stood",
        Kind::Plan => "Taper plan",
    }
}
