//! Observations: ratings, overall, indices, measurements, urges, other substances, practices, noted signs.
//!
//! Invariant: a blank answer is no observation. A 0 is written only where the person answered 0.

use super::coding::{
    address, category, date_time, loinc, plain, quantity, score, symptom, text, to, words,
};
use super::model::{Component, Concept, Entry, Observation, Quantity, Resource, Text, Value};
use super::person::Source;
use crate::domain::amount::Amount;
use crate::domain::care::measure::{Measure, MeasureForm};
use crate::domain::care::measurement::Measurement;
use crate::domain::care::practice_log::Done;
use crate::domain::care::urge::Urge;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::severity::{BODY_ITEMS, CORE_ITEMS, MIND_ITEMS};
use crate::domain::entry::summary;
use crate::domain::record::Record;
use crate::domain::record::field::Ask;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::time::Moment;
use crate::domain::time::parse::parse_clock;

pub(super) const SCALE: &str = "0 none to 4 very severe, self-rated";
const INDEX: &str =
    "25 times the mean of the answered core symptoms, 0 to 100; own index, not a validated scale";

/// The parts in which observations differ.
struct Parts {
    role: String,
    code: Concept,
    category: Option<&'static str>,
    value: Option<Value>,
    note: Vec<Text>,
    component: Vec<Component>,
}

impl Parts {
    fn new(role: impl Into<String>, code: Concept, value: Value) -> Self {
        Self {
            role: role.into(),
            code,
            category: Some("survey"),
            value: Some(value),
            note: Vec::new(),
            component: Vec::new(),
        }
    }

    fn noted(mut self, note: &str) -> Self {
        self.note.push(text(note));
        self
    }
}

/// The resource of an observation; every kind says "late" and "edited" in the same words.
fn entry(
    from: Source<'_>,
    id: crate::domain::id::EntryId,
    moment: &Moment,
    edited: Option<i64>,
    parts: Parts,
) -> Entry {
    let mut note = parts.note;
    if moment.late {
        note.push(text(format!("written after {} had ended", moment.day)));
    }
    Entry {
        full_url: address(id, &parts.role),
        resource: Resource::Observation(Box::new(Observation {
            status: status(edited),
            category: parts.category.map(category).unwrap_or_default(),
            code: parts.code,
            subject: to(from.patient),
            effective_date_time: date_time(moment),
            performer: vec![to(from.patient)],
            value: parts.value,
            note,
            component: parts.component,
        })),
    }
}

/// `final`, or `amended` after an edit.
pub(super) fn status(edited: Option<i64>) -> &'static str {
    if edited.is_some() { "amended" } else { "final" }
}

/// The observations of a check-in.
pub(super) fn of_check_in(from: Source<'_>, check_in: &CheckIn) -> Vec<Entry> {
    let journal = from.journal;
    let mut parts: Vec<Parts> = Vec::new();
    for rating in &check_in.ratings {
        let rated = journal.symptoms.by_key(rating.symptom).zip(rating.answer);
        // A blank answer is no observation; the questionnaire response has it.
        let Some((rated, severity)) = rated else {
            continue;
        };
        let value = Value::Integer(i64::from(severity.number()));
        let role = format!("rating/{}", rated.code);
        let mut one = Parts::new(role, symptom(rated), value).noted(SCALE);
        if rating.copied {
            one = one.noted("taken over from the answer before");
        }
        parts.push(one);
    }
    if let Some(overall) = check_in.overall {
        let value = Value::Integer(i64::from(overall.number()));
        let code = plain("Overall, how hard is today");
        parts.push(
            Parts::new("overall", code, value)
                .noted("0 not hard at all to 10 the hardest you can imagine, self-rated"),
        );
    }
    let totals = check_in.totals;
    let indices = [
        (
            "severity",
            "Severity index",
            totals.severity(),
            totals.answered(),
            CORE_ITEMS,
        ),
        (
            "body",
            "Body index",
            totals.body(),
            totals.body_n,
            BODY_ITEMS,
        ),
        (
            "mind",
            "Mind index",
            totals.mind(),
            totals.mind_n,
            MIND_ITEMS,
        ),
    ];
    for (role, name, value, answered, items) in indices {
        // An index needs enough answers; without them there is none.
        let Some(value) = value else { continue };
        let value = Value::Quantity(score(value, "of 100"));
        let one = Parts::new(format!("index/{role}"), plain(name), value);
        parts.push(one.noted(&format!("{INDEX}; {answered} of {items} answered")));
    }
    let entry = |one| {
        entry(
            from,
            check_in.id,
            &check_in.moment,
            check_in.edited_utc,
            one,
        )
    };
    parts.into_iter().map(entry).collect()
}

/// The observation of a record, if its kind has one.
pub(super) fn of_record(from: Source<'_>, record: &Record) -> Option<Entry> {
    let mut parts = match record.kind {
        Kind::Measurement => measured(record)?,
        Kind::Urge => urge(Urge::of(record)?),
        Kind::Substance => substance(from, record),
        Kind::Practice => practice(from, record, Done::of(record)?),
        Kind::Sign => {
            let sign = plain(&summary::title(from.journal, record));
            Parts::new("sign", sign, Value::Truth(true)).noted("noted by the person: this happened")
        }
        _ => return None,
    };
    parts.note.extend(from.note(record.text(key::NOTE)));
    Some(entry(
        from,
        record.id,
        record.moment.as_ref()?,
        record.edited_utc,
        parts,
    ))
}

fn urge(urge: Urge<'_>) -> Parts {
    let strength = Value::Integer(i64::from(urge.strength));
    let mut parts = Parts::new("urge", plain("Urge"), strength).noted(SCALE);
    if let Some(minutes) = urge.minutes {
        parts.component.push(component(
            plain("Minutes it lasted"),
            Value::Quantity(quantity(Amount::whole(minutes), "min")),
        ));
    }
    for (typed, label) in [(urge.trigger, "Trigger"), (urge.helped, "What helped")] {
        let typed = typed.and_then(words);
        let typed = typed.map(|typed| component(plain(label), Value::Words(typed)));
        parts.component.extend(typed);
    }
    parts
}

fn substance(from: Source<'_>, record: &Record) -> Parts {
    let unit = record.text(key::UNIT).unwrap_or_default();
    let amount = record.number(key::AMOUNT);
    // Without an amount the fact alone is the value: an observation needs one.
    let value = amount.map_or(Value::Truth(true), |amount| {
        Value::Quantity(quantity(amount, unit))
    });
    let mut parts = Parts::new(
        "substance",
        plain(&summary::title(from.journal, record)),
        value,
    );
    // FHIR's category for alcohol, tobacco and the like.
    parts.category = Some("social-history");
    parts.noted("used, as logged by the person")
}

/// Something done for oneself: its minutes or its count, else the fact alone; how the person felt before and after.
fn practice(from: Source<'_>, record: &Record, done: Done<'_>) -> Parts {
    let minutes = done.minutes.map(|n| quantity(Amount::whole(n), "min"));
    let minutes = minutes.map(Value::Quantity);
    let count = done.count.map(|n| Value::Integer(i64::from(n)));
    let typed = || done.amount.and_then(words).map(Value::Words);
    let value = minutes
        .or(count)
        .or_else(typed)
        .unwrap_or(Value::Truth(true));
    let title = plain(&summary::title(from.journal, record));
    let mut parts = Parts::new("practice", title, value).noted("done, as logged by the person");
    parts.category = Some("activity");
    for (felt, label) in [(done.before, "Felt before"), (done.after, "Felt after")] {
        let value = felt.map(|felt| Value::Integer(i64::from(felt)));
        let value = value.map(|value| component(plain(label), value));
        parts.component.extend(value);
    }
    if !parts.component.is_empty() {
        parts = parts.noted("felt before and after: 0 fine to 4 very bad, self-rated");
    }
    parts
}

fn component(code: Concept, value: Value) -> Component {
    Component { code, value }
}

fn measured(record: &Record) -> Option<Parts> {
    let measured = Measurement::of(record)?;
    let measure = measured.measure;
    let number = |number: Option<Amount>| Some(quantity(number?, measured.unit));
    let mut parts = Parts {
        role: "measurement".to_owned(),
        code: loinc(measure.loinc, measure.name),
        category: group(measure),
        value: None,
        note: Vec::new(),
        component: Vec::new(),
    };
    match measure.form {
        MeasureForm::Pair => {
            parts.component = pair(measure, number(measured.value)?, number(measured.second)?);
        }
        MeasureForm::Direction => parts.value = Some(Value::Words(words(measured.direction?)?)),
        MeasureForm::Number if !measure.words.is_empty() => {
            let points = measured.value.and_then(Amount::as_whole);
            parts.value = points.map(|points| Value::Integer(i64::from(points)));
            let scale = measure.scale();
            parts = parts.noted(&format!("{scale}; more is better, self-rated"));
        }
        MeasureForm::Number | MeasureForm::Sleep | MeasureForm::Total => {
            parts.value = number(measured.value).map(Value::Quantity);
        }
    }
    for field in record.kind.facts().fields {
        let value = match field.ask {
            Ask::Clock => record.text(field.code).and_then(clock).map(Value::Time),
            Ask::Whole(..) | Ask::Scale => {
                let number = record.whole(field.code);
                number.map(|number| Value::Integer(i64::from(number)))
            }
            // The value and its unit, and words of the person.
            Ask::Amount
            | Ask::Choice(_)
            | Ask::Kept
            | Ask::KeptNumber
            | Ask::Line
            | Ask::Lines
            | Ask::Day(_) => None,
        };
        let name = match field.code {
            key::ITEM9 => "PHQ-9, item 9",
            _ => field.label,
        };
        let value = value.map(|value| component(plain(name), value));
        parts.component.extend(value);
    }
    (parts.value.is_some() || !parts.component.is_empty()).then_some(parts)
}

/// The category of a measure. The ones with a LOINC code are FHIR's vital signs, totals are a survey, the others have none.
fn group(measure: &Measure) -> Option<&'static str> {
    match measure.form {
        _ if measure.is_scored() => Some("survey"),
        MeasureForm::Number | MeasureForm::Pair if measure.loinc.is_some() => Some("vital-signs"),
        _ => None,
    }
}

fn pair(measure: &Measure, upper: Quantity, lower: Quantity) -> Vec<Component> {
    let names = ["Upper number", "Lower number"];
    let codes = measure
        .loinc_parts
        .iter()
        .map(|code| Some(*code))
        .chain([None, None]);
    let parts = names.into_iter().zip(codes).zip([upper, lower]);
    parts
        .map(|((name, code), value)| component(loinc(code, name), Value::Quantity(value)))
        .collect()
}

/// `22:30` as FHIR's time.
fn clock(typed: &str) -> Option<String> {
    Some(parse_clock(typed)?.format("%H:%M:%S").to_string())
}
