//! The participant, attempts, symptoms, check-ins and ratings.

use super::cells::Cells;
use crate::domain::attempt::Numbered;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::Overall;
use crate::domain::check_in::rating::Rating;
use crate::domain::check_in::symptom::{Origin, Severity, Symptom};
use crate::domain::text::round::round;
use crate::transfer::csv::ordered;
use crate::transfer::schema::{Holds, Table};

/// A check-in with its number, from 1.
type InOrder<'a> = (&'a CheckIn, usize);

/// These five.
pub(super) fn tables(cells: &Cells<'_>) -> Vec<Table> {
    let check_ins: Vec<InOrder<'_>> = ordered(cells.journal, cells.range)
        .into_iter()
        .zip(1..)
        .collect();
    vec![
        participant(cells, &check_ins),
        attempts(cells),
        symptoms(cells),
        whole(cells, &check_ins),
        ratings(cells, &check_ins),
    ]
}

fn participant(cells: &Cells<'_>, check_ins: &[InOrder<'_>]) -> Table {
    let days = || check_ins.iter().map(|(check_in, _)| check_in.moment.day);
    let day_end = cells.journal.settings.day_end;
    cells
        .table::<()>("participant", "the participant", &["participant"])
        .may(
            "days_count_from",
            Holds::Text,
            "day_zero: the first day 0; attempt_began: no day 0 is known; first_entry: no attempt",
            |()| cells.origin.counted.code(),
        )
        .may("day_end", Holds::Time, "when the logical day ends", |()| {
            format!("{day_end}:00")
        })
        .may("check_ins", Holds::Integer, "", |()| check_ins.len())
        .may(
            "first_day",
            Holds::Integer,
            "day of the first check-in",
            |()| days().min().map(|day| cells.day(day)),
        )
        .may("last_day", Holds::Integer, "day of the last", |()| {
            days().max().map(|day| cells.day(day))
        })
        .filled([()])
}

fn attempts(cells: &Cells<'_>) -> Table {
    cells
        .table::<Numbered<'_>>(
            "attempt",
            "a try at tapering or stopping",
            &["participant", "attempt"],
        )
        .must("attempt", Holds::Integer, "1, 2, 3 in order", |on| {
            on.number
        })
        .may("began_day", Holds::Integer, "", |on| {
            cells.day(on.attempt.began)
        })
        .may(
            "day_zero_day",
            Holds::Integer,
            "the day of last use, if known",
            |on| on.attempt.day_zero.map(|day| cells.day(day)),
        )
        .may(
            "method",
            Holds::Text,
            "taper, stop, supervised or undecided",
            |on| on.attempt.method.code(),
        )
        .may("ended_day", Holds::Integer, "", |on| {
            on.attempt.ended.map(|(day, _)| cells.day(day))
        })
        .may("ending", Holds::Text, "ended or set_aside", |on| {
            on.attempt.ended.map(|(_, how)| how.code())
        })
        .filled(cells.journal.attempts.iter())
}

fn symptoms(cells: &Cells<'_>) -> Table {
    cells
        .table::<Symptom>("symptom", "what can be rated", &["participant", "symptom"])
        .must(
            "symptom",
            Holds::Text,
            "code of the catalogue, or own_1, own_2",
            |symptom| cells.symptom(symptom),
        )
        .may(
            "category",
            Holds::Text,
            "physical or psychological",
            |symptom| symptom.category.code(),
        )
        .may(
            "core",
            Holds::Flag,
            "part of the severity index",
            |symptom| symptom.origin == Origin::Core,
        )
        .may(
            "rated",
            Holds::Flag,
            "asked for at the time of sharing",
            |symptom| symptom.rated,
        )
        .filled(&cells.journal.symptoms)
}

fn whole(cells: &Cells<'_>, check_ins: &[InOrder<'_>]) -> Table {
    const INDEX: Holds = Holds::Number(Some((0, 100)));
    let index = |value: Option<f64>| value.map(|value| round(value, 1).to_string());
    let schema = cells
        .table::<InOrder<'_>>(
            "checkin",
            "a sitting of rating",
            &["participant", "checkin"],
        )
        .must(
            "checkin",
            Holds::Integer,
            "1, 2, 3 in order of time",
            |(_, number)| *number,
        );
    cells
        .when(schema, |(check_in, _)| Some(&check_in.moment))
        .may(
            "overall",
            Holds::Whole(0, 10),
            "0 not hard at all to 10",
            |(check_in, _)| check_in.overall.map(Overall::number),
        )
        .may(
            "severity_index",
            INDEX,
            "25 x mean of the answered core items; from 9 of 18 on",
            |(check_in, _)| index(check_in.totals.severity()),
        )
        .may(
            "body_index",
            INDEX,
            "the same of 10 body items; from 5 on",
            |(check_in, _)| index(check_in.totals.body()),
        )
        .may(
            "mind_index",
            INDEX,
            "the same of 8 mind items; from 4 on",
            |(check_in, _)| index(check_in.totals.mind()),
        )
        .may(
            "answered",
            Holds::Whole(0, 18),
            "answered core items",
            |(check_in, _)| check_in.totals.answered(),
        )
        .filled(check_ins)
}

fn ratings(cells: &Cells<'_>, check_ins: &[InOrder<'_>]) -> Table {
    let rated = check_ins.iter().flat_map(|(check_in, number)| {
        check_in.ratings.iter().filter_map(|rating| {
            let symptom = cells.journal.symptoms.by_key(rating.symptom);
            Some((*number, symptom?, rating))
        })
    });
    cells
        .table::<(usize, &Symptom, &Rating)>(
            "rating",
            "one symptom in one check-in",
            &["participant", "checkin", "symptom"],
        )
        .must("checkin", Holds::Integer, "", |(number, ..)| *number)
        .must("symptom", Holds::Text, "", |(_, symptom, _)| {
            cells.symptom(symptom)
        })
        .may(
            "severity",
            Holds::Whole(0, 4),
            "0 none to 4 very severe; blank: asked and left blank",
            |(.., rating)| rating.answer.map(Severity::number),
        )
        .may(
            "copied",
            Holds::Flag,
            "taken over from the answer before",
            |(.., rating)| rating.copied,
        )
        .refers(("checkin", "checkin", "checkin"))
        .refers(("symptom", "symptom", "symptom"))
        .filled(rated)
}
