//! The tables of a Data Package: which columns each has, and how their cells are made.
//!
//! The JSON document has the same columns of settings, symptoms, attempts and help lines as members of its entries.

use crate::domain::attempt::Attempt;
use crate::domain::care::something_good;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::Overall;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::symptom::{Origin, Severity, Symptom};
use crate::domain::id::EntryId;
use crate::domain::journal::settings::{OwnHelpLine, Setting};
use crate::domain::record::Record;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::kind::{About, Kind};
use crate::transfer::schema::{Column, Holds, Schema, instant_of, value};
use chrono::NaiveDate;

const ID: &str = "Its id, for ever: a UUID.";
/// The column for what no other column can hold.
pub(crate) const MORE: &str = "more";

/// What no other column can hold.
pub(crate) fn more() -> Column {
    Column {
        name: MORE.to_owned(),
        holds: Holds::More,
        need: Need::Optional,
        about: "What no other column can hold, as a JSON object by column or field: an empty text (\"\"), text with control \
                characters, a field of another version."
            .into(),
    }
}

const METHODS: &[(&str, &str)] = &[
    ("taper", ""),
    ("stop", ""),
    ("supervised", ""),
    ("undecided", ""),
];
const ENDINGS: &[(&str, &str)] = &[("ended", ""), ("set_aside", "")];
const GROUPS: &[(&str, &str)] = &[("physical", ""), ("psychological", "")];
const ORIGINS: &[(&str, &str)] = &[("core", ""), ("extended", ""), ("own", "")];

/// What is set.
pub(crate) fn settings() -> Schema<'static, Setting> {
    let about = "What was chosen and changes what the rows mean or which are asked for; what is not here is as it is at first.";
    Schema::<Setting>::new("settings", about, &["key"])
        .must("key", Holds::Text, Setting::key)
        .about("Its name.")
        .must("value", Holds::Text, Setting::value)
        .about("Its value.")
}

/// What can be rated.
pub(crate) fn symptoms() -> Schema<'static, Symptom> {
    let about = "What can be rated: the catalogue, then own ones in order of creation.";
    Schema::<Symptom>::new("symptoms", about, &["code"])
        .must("code", Holds::Text, |s| s.code.clone())
        .about("Its name in files; never changes.")
        .must("name", Holds::Text, |s| s.name.clone())
        .about("Its name on screen.")
        .must("category", Holds::Choice(GROUPS), |s| s.category.code())
        .about("Body or mind.")
        .must("origin", Holds::Choice(ORIGINS), |s| match s.origin {
            Origin::Core => "core",
            Origin::Extended => "extended",
            Origin::Own => "own",
        })
        .about(
            "One of the 18 of the severity index, another of the catalogue, or the person's own.",
        )
        .must("rated", Holds::Flag, |s| s.rated)
        .about("Whether check-ins ask for it now.")
}

/// Attempts.
pub(crate) fn attempts() -> Schema<'static, Attempt> {
    let about = "Tries at tapering or stopping, by the day they began.";
    let day = |day: NaiveDate| day.to_string();
    Schema::<Attempt>::new("attempts", about, &["id"])
        .must("id", Holds::Id, |a| a.id.to_string())
        .about(ID)
        .must("began", Holds::Day, |a| a.began.to_string())
        .about("The logical day it began.")
        .may("day_zero", Holds::Day, move |a| a.day_zero.map(day))
        .about("Day 0: the logical day of last use; blank: not known.")
        .must("method", Holds::Choice(METHODS), |a| a.method.code())
        .about("How.")
        .may("name", Holds::Text, |a| a.name.clone())
        .about("A name, if it was given one.")
        .may("goal", Holds::Text, |a| a.goal.clone())
        .about("What for, as typed.")
        .may("ended", Holds::Day, move |a| {
            a.ended.map(|(last, _)| day(last))
        })
        .about("Its last day; blank: it goes on.")
        .may("ending", Holds::Choice(ENDINGS), |a| {
            a.ended.map(|(_, how)| how.code())
        })
        .about("How it ended.")
}

/// Check-ins, without their ratings.
pub(crate) fn check_ins() -> Schema<'static, CheckIn> {
    let about =
        "Sittings of rating, by moment and id. One without a row in ratings was a brief one.";
    Schema::<CheckIn>::new("check_ins", about, &["id"])
        .must("id", Holds::Id, |c| c.id.to_string())
        .about(ID)
        .moment(|c| Some(&c.moment))
        .may("overall", Holds::Whole(0, 10), |c| {
            c.overall.map(Overall::number)
        })
        .about("How hard the day was overall, 0 to 10; blank: not given, never 0.")
        .may("note", Holds::Text, |c| {
            c.note.as_deref().map(str::to_owned)
        })
        .about("As typed.")
        .may(EDITED, Holds::Instant, |c| edited(c.edited_utc))
        .about(EDITED_ABOUT)
}

/// The column with the time of the last edit.
pub(crate) const EDITED: &str = "edited";
const EDITED_ABOUT: &str = "When it was last edited, in UTC; blank: never.";

fn edited(utc: Option<i64>) -> Option<String> {
    utc.map(instant_of)
}

/// A rating with the id of its check-in and its symptom.
pub(crate) type Rated<'a> = (EntryId, &'a Symptom, &'a Rating);

/// Ratings.
pub(crate) fn ratings<'a>() -> Schema<'a, Rated<'a>> {
    let about = "What was asked in each check-in. What was not asked has no row.";
    Schema::<Rated<'a>>::new("ratings", about, &["check_in", "symptom"])
        .refers(("check_in", "check_ins", "id"))
        .refers(("symptom", "symptoms", "code"))
        .must("check_in", Holds::Id, |(id, ..)| id.to_string())
        .about("The check-in.")
        .must("symptom", Holds::Text, |(_, symptom, _)| {
            symptom.code.clone()
        })
        .about("The code of the symptom.")
        .may("severity", Holds::Whole(0, 4), |(.., rating)| {
            rating.answer.map(Severity::number)
        })
        .about(
            "0 none, 1 mild, 2 moderate, 3 severe, 4 very severe; \
             blank: asked and left blank, never 0.",
        )
        .must("copied", Holds::Flag, |(.., rating)| rating.copied)
        .about("Whether it was taken over \"as last time\".")
}

/// Own help lines.
pub(crate) fn help_lines() -> Schema<'static, OwnHelpLine> {
    Schema::<OwnHelpLine>::new("help_lines", "Help lines that the person added.", &["id"])
        .must("id", Holds::Id, |line| line.id.to_string())
        .about(ID)
        .must("name", Holds::Text, |line| line.name.clone())
        .about("Whose number it is.")
        .must("contact", Holds::Text, |line| line.contact.clone())
        .about("The number, or whatever else reaches them.")
}

/// What the table of a kind is called for ever, here and in what is shared with a study.
pub(crate) fn name_of(kind: Kind) -> String {
    match kind {
        Kind::DayWithout => "days_without".to_owned(),
        _ => format!("{}s", kind.code()),
    }
}

/// The records of a kind.
pub(crate) fn records(kind: Kind) -> Schema<'static, Record> {
    let facts = kind.facts();
    let mut about = format!("Records of the kind \"{}\".", facts.name);
    if kind == Kind::Measurement {
        about = format!("{about} {}", something_good::about());
    }
    let mut schema = Schema::<Record>::new(name_of(kind), about, &["id"])
        .must("id", Holds::Id, |record| record.id.to_string())
        .about(ID);
    // Programs that read the package can follow these keys from table to table.
    schema = match facts.about {
        About::Medication => schema.refers(("medication", "medications", "id")),
        About::Appointment => schema.refers(("appointment", "appointments", "id")),
        About::Attempt => schema.refers(("attempt", "attempts", "id")),
        _ => schema,
    };
    if kind.has_day() {
        schema = schema.moment(|record| record.moment.as_ref());
    }
    if let Some((name, about)) = about_column(kind) {
        schema = schema
            .may(name, Holds::Text, |record| {
                record.about().map(str::to_owned)
            })
            .about(about);
    }
    for field in facts.fields {
        let column = (field.code, need(field));
        let cell = |record: &Record| record.fields.value(field.code).map(value);
        schema = schema
            .column(column, Holds::of(field.ask), cell)
            .about(field.about);
    }
    schema
        .may(EDITED, Holds::Instant, |record| edited(record.edited_utc))
        .about(EDITED_ABOUT)
}

/// Whether records of another table refer to the rows of this one, by id.
pub(crate) fn is_referred(name: &str) -> bool {
    matches!(name, "attempts" | "medications" | "appointments")
}

/// Whether a record can do without a field: what is worked out may come to nothing, like the steps of a plan that ended.
pub(crate) fn need(field: &Field) -> Need {
    match field.ask {
        Ask::Kept | Ask::KeptNumber => Need::Optional,
        _ => field.need,
    }
}

/// The name of the column with what a record of this kind is about, and a line about it.
pub(crate) fn about_column(kind: Kind) -> Option<(&'static str, &'static str)> {
    let column = match kind.facts().about {
        About::Itself => return None,
        About::Product => ("product", "The product, by code."),
        About::Substance => ("substance", "The substance, by code."),
        About::Practice => ("practice", "The practice, by code."),
        About::Measure => ("measure_of", "What is measured, by code."),
        About::Sign => ("sign", "The sign, by code."),
        About::Visit => ("visit", "The kind of visit, by code."),
        About::Treatment => ("treatment", "The kind of treatment, by code."),
        About::Medicine => (
            "medicine",
            "The medicine of the catalogue, by code, if it is one.",
        ),
        About::Medication => ("medication", "The medication, by id."),
        About::Appointment => ("appointment", "The visit, by id; blank: the next one."),
        About::Attempt => ("attempt", "The attempt, by id."),
        About::OwnCode => ("code", "Its code, kept on rename."),
    };
    Some(column)
}

#[cfg(test)]
mod tests {
    use super::{Kind, MORE, is_referred, records};
    use std::collections::BTreeSet;

    #[test]
    fn every_table_that_a_kind_refers_to_is_known_as_such() {
        for kind in Kind::ALL {
            for (_, other, key) in records(kind).table.refers {
                assert!(is_referred(other) && key == "id", "{kind:?} {other}");
            }
        }
    }

    #[test]
    fn no_kind_has_two_columns_of_one_name() {
        for kind in Kind::ALL {
            let table = records(kind).table;
            let names: BTreeSet<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
            assert_eq!(names.len(), table.columns.len(), "{kind:?}");
            assert!(!names.contains(MORE) && !names.contains("about"));
        }
    }
}
