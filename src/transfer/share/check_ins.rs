//! The participant, attempts, symptoms, check-ins and ratings.

use super::cells::Cells;
use crate::domain::attempt::NumberedAttempt;
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
        // Numbered anew: an id holds the moment at which it was made.
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
        .may("days_count_from", Holds::Text, |()| {
            cells.origin.counted.code()
        })
        .about(
            "day_zero: the first day 0; attempt_began: no day 0 is known; first_entry: no attempt",
        )
        .may("day_end", Holds::Time, |()| format!("{day_end}:00"))
        .about("when the logical day ends")
        .may("check_ins", Holds::Integer, |()| check_ins.len())
        .may("first_day", Holds::Integer, |()| {
            days().min().map(|day| cells.day(day))
        })
        .about("day of the first check-in")
        .may("last_day", Holds::Integer, |()| {
            days().max().map(|day| cells.day(day))
        })
        .about("day of the last")
        .filled([()])
}

fn attempts(cells: &Cells<'_>) -> Table {
    cells
        .table::<NumberedAttempt<'_>>(
            "attempts",
            "a try at tapering or stopping",
            &["participant", "id"],
        )
        .must("id", Holds::Integer, |on| on.number)
        .about("1, 2, 3 in order")
        .may("began_day", Holds::Integer, |on| {
            cells.day(on.attempt.began)
        })
        .may("day_zero_day", Holds::Integer, |on| {
            on.attempt.day_zero.map(|day| cells.day(day))
        })
        .about("the day of last use, if known")
        .may("method", Holds::Text, |on| on.attempt.method.code())
        .about("taper, stop, supervised or undecided")
        .may("ended_day", Holds::Integer, |on| {
            on.attempt.ended.map(|(day, _)| cells.day(day))
        })
        .may("ending", Holds::Text, |on| {
            on.attempt.ended.map(|(_, how)| how.code())
        })
        .about("ended or set_aside")
        .filled(cells.journal.attempts.iter())
}

fn symptoms(cells: &Cells<'_>) -> Table {
    cells
        .table::<Symptom>("symptoms", "what can be rated", &["participant", "code"])
        .must("code", Holds::Text, |symptom| cells.symptom(symptom))
        .about("code of the catalogue, or own_1, own_2")
        .may("category", Holds::Text, |symptom| symptom.category.code())
        .about("physical or psychological")
        .may("origin", Holds::Text, |symptom| match symptom.origin {
            Origin::Core => "core",
            Origin::Extended => "extended",
            Origin::Own => "own",
        })
        .about("core: part of the severity index; extended; own")
        .may("rated", Holds::Flag, |symptom| symptom.rated)
        .about("asked for at the time of sharing")
        .filled(&cells.journal.symptoms)
}

fn whole(cells: &Cells<'_>, check_ins: &[InOrder<'_>]) -> Table {
    const INDEX: Holds = Holds::Number(Some((0, 100)));
    // In files indices have one decimal.
    let index = |value: Option<f64>| value.map(|value| round(value, 1).to_string());
    let schema = cells
        .table::<InOrder<'_>>("check_ins", "a sitting of rating", &["participant", "id"])
        .must("id", Holds::Integer, |(_, number)| *number)
        .about("1, 2, 3 in order of time");
    cells
        .when(schema, |(check_in, _)| Some(&check_in.moment))
        .may("overall", Holds::Whole(0, 10), |(check_in, _)| {
            check_in.overall.map(Overall::number)
        })
        .about("0 not hard at all to 10")
        .may("severity_index", INDEX, |(check_in, _)| {
            index(check_in.totals.severity())
        })
        .about("25 x mean of the answered core items; from 9 of 18 on")
        .may("body_index", INDEX, |(check_in, _)| {
            index(check_in.totals.body())
        })
        .about("the same of 10 body items; from 5 on")
        .may("mind_index", INDEX, |(check_in, _)| {
            index(check_in.totals.mind())
        })
        .about("the same of 8 mind items; from 4 on")
        .may("answered", Holds::Whole(0, 18), |(check_in, _)| {
            check_in.totals.answered()
        })
        .about("answered core items")
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
            "ratings",
            "one symptom in one check-in",
            &["participant", "check_in", "symptom"],
        )
        .must("check_in", Holds::Integer, |(number, ..)| *number)
        .must("symptom", Holds::Text, |(_, symptom, _)| {
            cells.symptom(symptom)
        })
        .may("severity", Holds::Whole(0, 4), |(.., rating)| {
            rating.answer.map(Severity::number)
        })
        .about("0 none to 4 very severe; blank: asked and left blank")
        .may("copied", Holds::Flag, |(.., rating)| rating.copied)
        .about("taken over from the answer before")
        .refers(("check_in", "check_ins", "id"))
        .refers(("symptom", "symptoms", "code"))
        .filled(rated)
}
