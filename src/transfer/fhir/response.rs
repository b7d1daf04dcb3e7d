//! The questions and answers of a check-in, with the doses of its day in words: a receiver may refuse a medication without a
//! code, and would otherwise lose them.
//!
//! Invariant: an item without an answer was asked and left blank; a question that was not asked has no item. The doses of a day
//! are in one response only: that of its last check-in, or one of their own.

use super::coding::{address, date_time, to, words};
use super::model::{Entry, Item, QuestionnaireResponse, Resource, Value};
use super::person::Source;
use crate::domain::check_in::CheckIn;
use crate::domain::dose;
use crate::domain::dose::Dose;
use crate::domain::entry::summary;
use crate::domain::id::EntryId;
use crate::domain::time::Moment;
use crate::transfer::wish::Notes;
use chrono::NaiveDate;

/// The response of a check-in.
pub(super) fn of_check_in(from: Source<'_>, check_in: &CheckIn) -> Entry {
    let journal = from.journal;
    let mut items: Vec<Item> = Vec::new();
    for rating in &check_in.ratings {
        let Some(symptom) = journal.symptoms.by_key(rating.symptom) else {
            continue;
        };
        let answer = rating
            .answer
            .map(|answer| Value::Integer(i64::from(answer.number())));
        items.push(item(&symptom.code, &symptom.name, answer));
    }
    let overall = check_in
        .overall
        .map(|overall| Value::Integer(i64::from(overall.number())));
    items.push(item(
        "overall",
        "Overall, how hard is today (0 to 10)",
        overall,
    ));
    let note = check_in
        .note
        .as_deref()
        .filter(|_| from.wish.notes == Notes::Taken);
    if let Some(note) = note.and_then(words) {
        items.push(item("note", "Note", Some(Value::Words(note))));
    }
    let day = check_in.moment.day;
    let last = journal.check_ins(day).last();
    // Only once a day: a receiver that sums items would count the doses twice.
    if last.is_some_and(|last| last.id == check_in.id) {
        items.extend(doses(from, day));
    }
    entry(
        from,
        check_in.id,
        &check_in.moment,
        check_in.edited_utc,
        items,
    )
}

/// The response of a day that has doses and no check-in.
pub(super) fn of_day(from: Source<'_>, day: NaiveDate) -> Option<Entry> {
    // The day's last check-in has the doses already.
    if !from.journal.check_ins(day).is_empty() {
        return None;
    }
    let first = *dose::doses_on(from.journal, day).first()?;
    let moment = first.record.moment.as_ref()?;
    let items = doses(from, day).into_iter().collect();
    Some(entry(from, first.record.id, moment, None, items))
}

fn entry(
    from: Source<'_>,
    id: EntryId,
    moment: &Moment,
    edited: Option<i64>,
    item: Vec<Item>,
) -> Entry {
    Entry {
        full_url: address(id, "response"),
        resource: Resource::QuestionnaireResponse(Box::new(QuestionnaireResponse {
            status: if edited.is_some() {
                "amended"
            } else {
                "completed"
            },
            subject: to(from.patient),
            authored: date_time(moment),
            author: to(from.patient),
            item,
        })),
    }
}

fn item(link: &str, text: &str, answer: Option<Value>) -> Item {
    Item {
        link_id: words(link).unwrap_or_else(|| "unnamed".to_owned()),
        text: words(text),
        answer: answer.into_iter().collect(),
        under: Vec::new(),
    }
}

/// The doses of a day as a group; `None` without any.
fn doses(from: Source<'_>, day: NaiveDate) -> Option<Item> {
    let doses = dose::doses_on(from.journal, day);
    let row = |(dose, number): (&Dose<'_>, usize)| {
        let name = summary::title(from.journal, dose.record);
        let time = dose.record.moment.as_ref()?.given_time();
        let name = match time {
            Some(time) => format!("{name}, {}", time.format("%H:%M")),
            None => name,
        };
        let amount = words(&dose.text()).map(Value::Words);
        Some(item(&format!("doses.{number}"), &name, amount))
    };
    let items: Vec<Item> = doses.iter().zip(1..).filter_map(row).collect();
    (!items.is_empty()).then(|| Item {
        link_id: "doses".to_owned(),
        text: Some(format!("Used on {day}, as logged")),
        answer: Vec::new(),
        under: items,
    })
}
