//! Records of every kind that goes out, read off the registry of kinds.
//!
//! Invariant: a field goes out when it stands in `super::allowed`, as a number, a day, a time of day or a choice; of text the
//! unit, a trigger and what helped go out, as far as they are words of a built-in list.

use super::allowed;
use super::allowed::Column;
use super::cells::{Cells, OWN, listed, to_the_minute, unit};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::medication;
use crate::domain::care::something_good;
use crate::domain::record::Record;
use crate::domain::record::field::{Ask, Field};
use crate::domain::record::key;
use crate::domain::record::kind::{About, Kind, Timing};
use crate::domain::safety::help_lines::help;
use crate::domain::taper::plan::{Plan, Stair, Version};
use crate::domain::taper::plans;
use crate::transfer::package::rows::records_of;
use crate::transfer::package::table;
use crate::transfer::schema::{Holds, Schema, Table, amount};
use chrono::NaiveTime;

/// A record with its number, from 1.
type Numbered<'a> = (&'a Record, usize);

/// One table a kind, and the steps of plans.
pub(super) fn tables(cells: &Cells<'_>) -> Vec<Table> {
    let kinds = Kind::ALL.into_iter();
    let kinds = kinds.filter(|kind| !allowed::stays(*kind) && *kind != Kind::Plan);
    let mut tables: Vec<Table> = kinds.map(|kind| of_kind(cells, kind)).collect();
    tables.push(plan_steps(cells));
    tables
}

/// The column that says what a record is about; `None` for a record that is about nothing.
fn about_column(on: About) -> Option<(&'static str, Holds, &'static str)> {
    let (name, about) = match on {
        About::Product => ("product", "a built-in product, or own_1, own_2"),
        About::Substance => ("substance", "a built-in substance, or own"),
        About::Practice => ("practice", "a built-in practice, or own_1, own_2"),
        About::Measure => ("measure_of", "what was measured"),
        About::Sign => ("sign", "a sign of the red flags"),
        About::Visit => ("visit", "a kind of visit"),
        About::Treatment => ("treatment", "a kind of treatment"),
        About::Medicine => ("medicine", "a medicine of the built-in list, or own"),
        About::Medication => ("medication", "number of the medication"),
        About::OwnCode => (
            "code",
            "own_1, own_2, or a built-in one with a say of the participant's",
        ),
        About::Itself | About::Appointment | About::Attempt => return None,
    };
    let holds = match on {
        About::Medication => Holds::Integer,
        _ => Holds::Text,
    };
    Some((name, holds, about))
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
            .map_or(OWN, |medicine| medicine.code)
            .to_owned(),
        About::Medication => cells.medication(typed),
        About::Itself | About::Appointment | About::Attempt => String::new(),
    }
}

/// Adds the column of a field, unless the field stays behind.
fn with_field<'a>(
    schema: Schema<'a, Numbered<'a>>,
    cells: &'a Cells<'a>,
    kind: Kind,
    field: &Field,
) -> Schema<'a, Numbered<'a>> {
    let list = CareList::built_in();
    let code = field.code;
    let Some(Column { choices, .. }) = allowed::of_field(kind, code) else {
        return schema;
    };
    match (kind, code, field.ask) {
        (_, key::UNIT, _) => schema.may(code, Holds::Text, |(record, _)| unit(record)),
        (Kind::Urge, key::TRIGGER, _) => schema.may(code, Holds::Text, move |(record, _)| {
            listed(list.triggers, record.text(code))
        }),
        (Kind::Urge, key::HELPED, _) => schema.may(code, Holds::Text, move |(record, _)| {
            listed(list.helped, record.text(code))
        }),
        (_, _, Ask::Choice(_)) => schema.may(code, Holds::Text, move |(record, _)| {
            let chosen = |choice: &&&str| Some(**choice) == record.text(code);
            choices.iter().find(chosen).copied()
        }),
        (_, _, Ask::Amount | Ask::KeptNumber) => {
            schema.may(code, Holds::Number(None), move |(record, _)| {
                record.number(code).map(amount)
            })
        }
        (_, _, Ask::Whole(least, most)) => with_whole(schema, code, (least, most), ""),
        (_, _, Ask::Scale) => with_whole(schema, code, (0, 4), "0 to 4"),
        (_, _, Ask::Day(_)) => {
            // A date would point to the person; the column holds days from the origin and says so in its name.
            let name = format!("{code}_day");
            schema.may(&name, Holds::Integer, move |(record, _)| {
                record.day_in(code).map(|day| cells.day(day))
            })
        }
        (_, _, Ask::Clock) => schema.may(code, Holds::Time, move |(record, _)| {
            let clock = record.text(code)?.trim();
            let clock = NaiveTime::parse_from_str(clock, "%H:%M").ok();
            clock.map(to_the_minute)
        }),
        // Typed words stay behind, whatever the list of what may leave says.
        (_, _, Ask::Line | Ask::Lines | Ask::Kept) => schema,
    }
}

fn with_whole<'a>(
    schema: Schema<'a, Numbered<'a>>,
    code: &'static str,
    (least, most): (u32, u32),
    about: &'static str,
) -> Schema<'a, Numbered<'a>> {
    schema
        .may(code, Holds::Whole(least, most), move |(record, _)| {
            let number = record.whole(code);
            // A value outside its range would break the rule that the description gives.
            number.filter(|number| (least..=most).contains(number))
        })
        .about(about)
}

fn of_kind(cells: &Cells<'_>, kind: Kind) -> Table {
    table_of(cells, kind, kind.facts().fields)
}

/// The table of a kind with these fields, as far as they may leave.
fn table_of(cells: &Cells<'_>, kind: Kind, fields: &[Field]) -> Table {
    let facts = kind.facts();
    let is_dated = facts.timing != Timing::Standing;
    // Its numbers stand among others that mean the opposite.
    let name = match kind {
        Kind::Measurement => format!("{}; {}", facts.name, something_good::about()),
        _ => facts.name.to_owned(),
    };
    let mut schema = cells
        .table::<Numbered<'_>>(&table::name_of(kind), &name, &["participant", "id"])
        .must("id", Holds::Integer, |(_, n)| *n)
        .about("1, 2, 3 in order");
    if is_dated {
        schema = cells.when(schema, |(record, _)| record.moment.as_ref());
    }
    if let Some((name, holds, line)) = about_column(facts.about) {
        schema = schema
            .may(name, holds, |(record, _)| about(cells, record))
            .about(line);
    }
    if facts.about == About::Medication {
        schema = schema.refers(("medication", "medications", "id"));
    }
    for field in fields {
        schema = with_field(schema, cells, kind, field);
    }
    let records = if is_dated {
        records_of(cells.journal, kind, cells.range)
    } else {
        cells.journal.standing(kind)
    };
    schema.filled(records.into_iter().zip(1..))
}

/// A row for each step of each version of each plan.
fn plan_steps(cells: &Cells<'_>) -> Table {
    let mut plans = plans::plans(cells.journal);
    // Oldest first: numbers are in the order of beginning.
    plans.reverse();
    let steps = plans.iter().zip(1_usize..).flat_map(|(plan, number)| {
        plan.versions.iter().flat_map(move |version| {
            let stairs = version.stairs.iter();
            stairs.map(move |stair| (number, plan, version, stair))
        })
    });
    let key = &["participant", "plan", "version", "begins_day", "step"];
    cells
        .table::<(usize, &Plan, &Version, &Stair)>(
            "plan_steps",
            "a step of a version of a taper plan",
            key,
        )
        .must("plan", Holds::Integer, |(n, ..)| *n)
        .about("1, 2, 3 in order of beginning")
        .must("version", Holds::Integer, |(_, _, version, _)| {
            version.number
        })
        .about("1, 2, 3 of a plan")
        .may("made_day", Holds::Integer, |(_, _, version, _)| {
            cells.day(version.made)
        })
        .about("the day the version was made")
        .may("why", Holds::Text, |(_, _, version, _)| version.why.code())
        .about("what made the version")
        .may("product", Holds::Text, |(_, plan, ..)| {
            cells.product(&plan.product)
        })
        .about("a built-in product, or own_1, own_2")
        .must("step", Holds::Integer, |(.., stair)| stair.step)
        .about("0 is the start, 1 the first cut")
        .must("begins_day", Holds::Integer, |(.., stair)| {
            cells.day(stair.begins)
        })
        .about("first day of the step")
        .may("amount", Holds::Number(None), |(.., stair)| {
            amount(stair.amount)
        })
        .about("a day, in the product's unit")
        .filled(steps)
}

#[cfg(test)]
mod tests {
    use super::super::Participant;
    use super::*;
    use crate::domain::journal::Journal;
    use crate::domain::record::field::may;
    use crate::transfer::csv::Range;

    fn names(kind: Kind, fields: &[Field]) -> Vec<String> {
        let journal = Journal::default();
        let participant: Option<Participant> = "P-1".parse().ok();
        let cells = participant.map(|id| Cells::new(&journal, &id, Range::ALL));
        let table = cells.map(|cells| table_of(&cells, kind, fields));
        let columns = table.map(|table| table.columns).unwrap_or_default();
        columns.into_iter().map(|column| column.name).collect()
    }

    #[test]
    fn a_field_that_nobody_allowed_stays_whatever_it_is_asked_for_as() {
        const CODE: &str = "added_later";
        for kind in Kind::ALL {
            let fields = kind.facts().fields;
            for ask in [
                Ask::Amount,
                Ask::Whole(0, 9),
                Ask::Scale,
                Ask::Day(crate::domain::time::parse::Toward::Past),
                Ask::Clock,
                Ask::Line,
                Ask::Choice(&[("yes", "yes")]),
            ] {
                let with_one_more = [fields, &[may(CODE, "Later", "", ask)]].concat();
                let columns = names(kind, &with_one_more);
                assert_eq!(columns, names(kind, fields), "{kind:?} {ask:?}");
            }
        }
        assert!(names(Kind::Dose, Kind::Dose.facts().fields).contains(&"amount".to_owned()));
    }

    #[test]
    fn a_choice_that_nobody_allowed_is_a_blank() {
        let allowed = allowed::of_field(Kind::Intake, key::STATE);
        let allowed = allowed.map(|column| column.choices).unwrap_or_default();
        assert!(allowed.contains(&"taken") && !allowed.contains(&"borrowed"));
    }

    #[test]
    fn every_allowed_column_is_a_field_of_its_kind() {
        for kind in Kind::ALL {
            for column in allowed::columns(kind).unwrap_or_default() {
                let field = kind.field(column.code);
                assert!(field.is_some(), "{kind:?} {}", column.code);
                let known = field.map(Field::choices).unwrap_or_default();
                let known: Vec<&str> = known.iter().map(|(code, _)| *code).collect();
                assert_eq!(known, column.choices, "{kind:?} {}", column.code);
            }
        }
    }
}
