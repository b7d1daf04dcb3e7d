//! An entry of each kind as JSON, the same in `ebb history`, in every list and behind every save.

use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::symptom::{Origin, Severity, Symptom};
use crate::domain::check_in::{CheckIn, Overall};
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::record::{Held, Record};
use crate::domain::text::round::Shown;
use serde_json::{Map, Value, json};

/// An object of these members, put in one by one: to collect them would sort them first, by a sort of its own.
pub(crate) fn object(members: impl Iterator<Item = (String, Value)>) -> Value {
    let mut object = Map::new();
    object.extend(members);
    Value::Object(object)
}

/// A check-in with every rating; null was asked and left blank.
pub(crate) fn check_in(journal: &Journal, check_in: &CheckIn) -> Value {
    // In files indices have one decimal.
    let index = |value: Option<f64>| value.map(|value| Shown::new(value, 1).value());
    let code = |key| Some(journal.symptoms.by_key(key)?.code.clone());
    let ratings = check_in.ratings.iter().filter_map(|rating| {
        Some((
            code(rating.symptom)?,
            json!(rating.answer.map(Severity::number)),
        ))
    });
    let copied = check_in.ratings.iter().filter(|rating| rating.copied);
    let copied = copied.filter_map(|rating| code(rating.symptom));
    json!({
        "checkin_id": check_in.id.to_string(),
        "at": check_in.moment.at().to_rfc3339(),
        "zone": &*check_in.moment.zone,
        "late": check_in.moment.late,
        "without_time": check_in.moment.without_time,
        "overall": check_in.overall.map(Overall::number),
        "severity_index": index(check_in.totals.severity()),
        "body_index": index(check_in.totals.body()),
        "mind_index": index(check_in.totals.mind()),
        "answered": check_in.totals.answered(),
        "ratings": object(ratings),
        "copied": copied.collect::<Vec<_>>(),
        "note": check_in.note.as_deref(),
    })
}

/// A check-in that stands alone, with its kind and the day it counts for.
pub(crate) fn check_in_alone(journal: &Journal, of: &CheckIn) -> Value {
    let mut value = check_in(journal, of);
    value["id"] = value["checkin_id"].clone();
    value["kind"] = "check_in".into();
    value["date"] = of.moment.day.to_string().into();
    value
}

/// A record of any kind, with its fields as they were written.
pub(crate) fn record(journal: &Journal, record: &Record) -> Value {
    let fields = record.fields.iter().map(|(code, value)| {
        let value = match value {
            Held::Text(text) => json!(text),
            Held::Number(amount) => json!(amount.number()),
        };
        (code.to_owned(), value)
    });
    json!({
        "id": record.id.to_string(),
        "kind": record.kind.code(),
        "about": record.about(),
        "at": record.moment.as_ref().map(|moment| moment.at().to_rfc3339()),
        "date": record.day().map(|day| day.to_string()),
        "late": record.moment.as_ref().map(|moment| moment.late),
        "without_time": record.moment.as_ref().map(|moment| moment.without_time),
        // The key is part of the stable JSON, so its name stays.
        "said": summary::line(journal, record),
        "fields": object(fields),
    })
}

/// An attempt with its number.
pub(crate) fn attempt(numbered: &NumberedAttempt<'_>) -> Value {
    let attempt = numbered.attempt;
    json!({
        "number": numbered.number,
        "id": attempt.id.to_string(),
        "began": attempt.began.to_string(),
        "day_zero": attempt.day_zero.map(|day| day.to_string()),
        "method": attempt.method.code(),
        "name": attempt.name,
        "goal": attempt.goal,
        "last_day": numbered.last_day.map(|day| day.to_string()),
        "ending": attempt.ended.map(|(_, ending)| ending.code()),
    })
}

/// A symptom that can be rated.
pub(crate) fn symptom(symptom: &Symptom) -> Value {
    let origin = match symptom.origin {
        Origin::Core => "core",
        Origin::Extended => "extended",
        Origin::Own => "own",
    };
    json!({
        "id": symptom.code, "name": symptom.name, "category": symptom.category.code(),
        "origin": origin, "on": symptom.rated,
    })
}
