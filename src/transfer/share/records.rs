//! Records of every kind that goes out, read off the registry of kinds.
//!
//! Invariant: a field goes out when it is asked for as a number, a day, a time of day or a choice of ours; of text the unit, a
//! trigger and what helped go out, as far as they are words of a built-in list.

use super::cells::{Cells, OWN, listed, to_the_minute, unit};
use super::table::{Column, ForeignKey, Sort, Table};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::medication;
use crate::domain::record::Record;
use crate::domain::record::field::{Ask, Field};
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind, Timing};
use crate::domain::safety::help_lines::help;
use crate::transfer::package::rows::records_of;
use chrono::NaiveTime;

/// Kinds that stay behind: they are the person's words, names of others, or money.
pub(super) const STAY: [Kind; 5] = [
    Kind::Question,
    Kind::Purchase,
    Kind::Contact,
    Kind::Reason,
    Kind::Baseline,
];

/// One table a kind, and the steps of plans.
pub(super) fn tables(cells: &Cells<'_>) -> Vec<Table> {
    let kinds = Kind::ALL.into_iter();
    let kinds = kinds.filter(|kind| !STAY.contains(kind) && *kind != Kind::Plan);
    let mut tables: Vec<Table> = kinds.map(|kind| of_kind(cells, kind)).collect();
    tables.push(plan_steps(cells));
    tables
}

/// The column that says what a record is about; `None` for a record that is about nothing.
fn about_column(on: About) -> Option<Column> {
    let (name, about) = match on {
        About::Product => ("product", "a built-in product, or own_1, own_2"),
        About::Substance => ("substance", "a built-in substance, or own"),
        About::Practice => ("practice", "a built-in practice, or own_1, own_2"),
        About::Measure => ("measure", "what was measured"),
        About::Sign => ("sign", "a sign of the red flags"),
        About::Visit => ("visit", "a kind of visit"),
        About::Treatment => ("treatment_kind", "a kind of treatment"),
        About::Medicine => ("medicine", "a medicine of the built-in list, or own"),
        About::Medication => ("medication", "number of the medication"),
        About::OwnCode => (
            "code",
            "own_1, own_2, or a built-in one with a say of the participant's",
        ),
        About::Itself | About::Appointment | About::Attempt => return None,
    };
    let sort = if on == About::Medication {
        Sort::Integer
    } else {
        Sort::Word
    };
    Some(Column::new(name, sort, about))
}

/// What a record is about, as a word of a list or a number.
fn about(cells: &Cells<'_>, record: &Record) -> String {
    let list = CareList::built_in();
    let typed = record.about().unwrap_or_default();
    let known = |is_known: bool| {
        if is_known {
            typed.to_owned()
        } else {
            OWN.to_owned()
        }
    };
    match record.kind.facts().about {
        About::Product => cells.product(typed),
        About::OwnCode if record.kind == Kind::Product => cells.product(typed),
        About::Practice | About::OwnCode => cells.practice(typed),
        About::Substance => known(list.substance(typed).is_some()),
        About::Measure => known(list.measure(typed).is_some()),
        About::Sign => known(help().red_flags.iter().any(|flag| flag.id == typed)),
        About::Visit => known(list.visit_kind(typed).is_some()),
        About::Treatment => known(list.treatment(typed).is_some()),
        About::Medicine => medication::listed(record)
            .map_or(OWN, |medicine| &medicine.code)
            .to_owned(),
        About::Medication => cells.medication(typed),
        About::Itself | About::Appointment | About::Attempt => String::new(),
    }
}

/// The column of a field; `None` for one that stays behind.
fn field_column(kind: Kind, field: &Field) -> Option<Column> {
    let sort = match (kind, field.code, field.ask) {
        (_, key::UNIT, _)
        | (Kind::Urge, key::TRIGGER | key::HELPED, _)
        | (_, _, Ask::Choice(_)) => Sort::Word,
        (_, _, Ask::Amount | Ask::KeptNumber) => Sort::Number,
        (_, _, Ask::Whole(least, most)) => {
            return Some(Column::new(field.code, Sort::Integer, "").within(least, most));
        }
        (_, _, Ask::Scale) => {
            return Some(Column::new(field.code, Sort::Integer, "0 to 4").within(0, 4));
        }
        (_, _, Ask::Day) => {
            return Some(Column::new(
                format!("{}_day", field.code),
                Sort::Integer,
                "",
            ));
        }
        (_, _, Ask::Clock) => Sort::Time,
        (_, _, Ask::Line | Ask::Lines | Ask::Kept) => return None,
    };
    Some(Column::new(field.code, sort, ""))
}

/// The cell of a field that has a column.
fn cell(cells: &Cells<'_>, record: &Record, field: &Field) -> String {
    let list = CareList::built_in();
    let text = record.text(field.code);
    match (record.kind, field.code, field.ask) {
        (_, key::UNIT, _) => unit(record),
        (Kind::Urge, key::TRIGGER, _) => listed(&list.triggers, text),
        (Kind::Urge, key::HELPED, _) => listed(&list.helped, text),
        (_, _, Ask::Amount | Ask::KeptNumber) => record
            .number(field.code)
            .map(|number| number.to_string())
            .unwrap_or_default(),
        (_, _, Ask::Whole(least, most)) => whole(record, field, least, most),
        (_, _, Ask::Scale) => whole(record, field, 0, 4),
        (_, _, Ask::Day) => record
            .day_in(field.code)
            .map(|day| cells.day(day))
            .unwrap_or_default(),
        (_, _, Ask::Clock) => {
            let clock = text.and_then(|text| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok());
            clock.map(to_the_minute).unwrap_or_default()
        }
        (_, _, Ask::Choice(choices)) => {
            let chosen = choices.iter().find(|(code, _)| Some(*code) == text);
            chosen
                .map(|(code, _)| (*code).to_owned())
                .unwrap_or_default()
        }
        (_, _, Ask::Line | Ask::Lines | Ask::Kept) => String::new(),
    }
}

fn whole(record: &Record, field: &Field, least: u32, most: u32) -> String {
    let number = record.whole(field.code);
    let number = number.filter(|number| (least..=most).contains(number));
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn of_kind(cells: &Cells<'_>, kind: Kind) -> Table {
    let facts = kind.facts();
    let is_dated = facts.timing != Timing::Standing;
    let number = Column::new("id", Sort::Integer, "1, 2, 3 in order");
    let mut columns = vec![
        Column::new("participant", Sort::Word, "id that the study gave"),
        number,
    ];
    if is_dated {
        columns.extend(Cells::when_columns());
    }
    columns.extend(about_column(facts.about));
    let going: Vec<&Field> = facts
        .fields
        .iter()
        .filter(|field| field_column(kind, field).is_some())
        .collect();
    columns.extend(going.iter().filter_map(|field| field_column(kind, field)));
    let records: Vec<&Record> = if is_dated {
        records_of(cells.journal, kind, cells.range)
    } else {
        cells.journal.standing(kind)
    };
    let row = |(record, number): (&&Record, usize)| {
        let mut row = vec![cells.participant.clone(), number.to_string()];
        if is_dated {
            row.extend(
                record
                    .moment
                    .as_ref()
                    .map(|moment| cells.when(moment))
                    .into_iter()
                    .flatten(),
            );
        }
        if about_column(facts.about).is_some() {
            row.push(about(cells, record));
        }
        row.extend(going.iter().map(|field| cell(cells, record, field)));
        row
    };
    let mut foreign = Vec::new();
    if is_dated {
        foreign.push(ForeignKey {
            column: "attempt",
            table: "attempt",
            there: "attempt",
        });
    }
    if facts.about == About::Medication {
        foreign.push(ForeignKey {
            column: "medication",
            table: "medication",
            there: "id",
        });
    }
    Table {
        name: kind.code().to_owned(),
        about: facts.name.to_owned(),
        columns,
        key: vec!["id"],
        foreign,
        rows: records.iter().zip(1..).map(row).collect(),
    }
}

/// A row for each step of each version of each plan.
fn plan_steps(cells: &Cells<'_>) -> Table {
    use Sort::{Integer, Number, Word};
    let columns = vec![
        Column::new("participant", Word, "id that the study gave"),
        Column::new("plan", Integer, "1, 2, 3 in order of beginning"),
        Column::new("version", Integer, "1, 2, 3 of a plan"),
        Column::new("made_day", Integer, "the day the version was made"),
        Column::new("why", Word, "what made the version"),
        Column::new("product", Word, "a built-in product, or own_1, own_2"),
        Column::new("step", Integer, "0 is the start, 1 the first cut"),
        Column::new("begins_day", Integer, "first day of the step"),
        Column::new("amount", Number, "a day, in the product's unit"),
    ];
    let mut plans = cells.journal.plans();
    plans.reverse();
    let mut rows = Vec::new();
    for (plan, number) in plans.iter().zip(1_usize..) {
        for version in &plan.versions {
            for stair in &version.stairs {
                rows.push(vec![
                    cells.participant.clone(),
                    number.to_string(),
                    version.number.to_string(),
                    cells.day(version.made),
                    version.why.code().to_owned(),
                    cells.product(&plan.product),
                    stair.step.to_string(),
                    cells.day(stair.begins),
                    stair.amount.to_string(),
                ]);
            }
        }
    }
    Table {
        name: "plan_step".to_owned(),
        about: "a step of a version of a taper plan".to_owned(),
        columns,
        key: vec!["plan", "version", "begins_day", "step"],
        foreign: Vec::new(),
        rows,
    }
}
