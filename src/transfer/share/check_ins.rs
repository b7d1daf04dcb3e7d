//! The participant, attempts, symptoms, check-ins and ratings.

use super::cells::Cells;
use super::table::{Column, ForeignKey, Sort, Table};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::symptom::Origin;
use crate::domain::text::round::round;
use crate::transfer::csv::ordered;

/// These five.
pub(super) fn tables(cells: &Cells<'_>) -> Vec<Table> {
    let check_ins = ordered(cells.journal, cells.range);
    vec![
        participant(cells, &check_ins),
        attempts(cells),
        symptoms(cells),
        whole(cells, &check_ins),
        ratings(cells, &check_ins),
    ]
}

fn table(name: &str, about: &str, key: Vec<&'static str>, columns: Vec<Column>) -> Table {
    let first = Column::new("participant", Sort::Word, "id that the study gave");
    Table {
        name: name.to_owned(),
        about: about.to_owned(),
        columns: std::iter::once(first).chain(columns).collect(),
        key,
        foreign: Vec::new(),
        rows: Vec::new(),
    }
}

fn participant(cells: &Cells<'_>, check_ins: &[&CheckIn]) -> Table {
    use Sort::{Integer, Time, Word};
    let columns = vec![
        Column::new(
            "days_count_from",
            Word,
            "day_zero: the first day 0; attempt_began: no day 0 is known; first_entry: no attempt",
        ),
        Column::new("day_end", Time, "when the logical day ends"),
        Column::new("check_ins", Integer, ""),
        Column::new("first_day", Integer, "day of the first check-in"),
        Column::new("last_day", Integer, "day of the last"),
    ];
    let mut table = table("participant", "the participant", Vec::new(), columns);
    let days = check_ins.iter().map(|check_in| check_in.moment.day);
    let day = |day: Option<_>| day.map(|day| cells.day(day)).unwrap_or_default();
    table.rows.push(vec![
        cells.participant.clone(),
        cells.origin.counted.code().to_owned(),
        format!("{}:00", cells.journal.settings.day_end),
        check_ins.len().to_string(),
        day(days.clone().min()),
        day(days.max()),
    ]);
    table
}

fn attempts(cells: &Cells<'_>) -> Table {
    use Sort::{Integer, Word};
    let columns = vec![
        Column::new("attempt", Integer, "1, 2, 3 in order"),
        Column::new("began_day", Integer, ""),
        Column::new("day_zero_day", Integer, "the day of last use, if known"),
        Column::new("method", Word, "taper, stop, supervised or undecided"),
        Column::new("ended_day", Integer, ""),
        Column::new("ending", Word, "ended or set_aside"),
    ];
    let mut table = table(
        "attempt",
        "a try at tapering or stopping",
        vec!["attempt"],
        columns,
    );
    table.rows.extend(cells.journal.attempts.iter().map(|on| {
        let attempt = on.attempt;
        let day = |day: Option<_>| day.map(|day| cells.day(day)).unwrap_or_default();
        vec![
            cells.participant.clone(),
            on.number.to_string(),
            cells.day(attempt.began),
            day(attempt.day_zero),
            attempt.method.code().to_owned(),
            day(attempt.ended.map(|(day, _)| day)),
            attempt
                .ended
                .map_or_else(String::new, |(_, how)| how.code().to_owned()),
        ]
    }));
    table
}

fn symptoms(cells: &Cells<'_>) -> Table {
    use Sort::{Boolean, Word};
    let columns = vec![
        Column::new("symptom", Word, "code of the catalogue, or own_1, own_2"),
        Column::new("category", Word, "physical or psychological"),
        Column::new("core", Boolean, "part of the severity index"),
        Column::new("rated", Boolean, "asked for at the time of sharing"),
    ];
    let mut table = table("symptom", "what can be rated", vec!["symptom"], columns);
    table
        .rows
        .extend(cells.journal.symptoms.iter().map(|symptom| {
            vec![
                cells.participant.clone(),
                cells.symptom(symptom),
                symptom.category.code().to_owned(),
                (symptom.origin == Origin::Core).to_string(),
                symptom.rated.to_string(),
            ]
        }));
    table
}

fn whole(cells: &Cells<'_>, check_ins: &[&CheckIn]) -> Table {
    use Sort::{Integer, Number};
    let number = [Column::new("checkin", Integer, "1, 2, 3 in order of time")];
    let scores = [
        Column::new("overall", Integer, "0 not hard at all to 10").within(0, 10),
        Column::new(
            "severity_index",
            Number,
            "25 x mean of the answered core items; from 9 of 18 on",
        )
        .within(0, 100),
        Column::new("body_index", Number, "the same of 10 body items; from 5 on").within(0, 100),
        Column::new("mind_index", Number, "the same of 8 mind items; from 4 on").within(0, 100),
        Column::new("answered", Integer, "answered core items").within(0, 18),
    ];
    let columns = number
        .into_iter()
        .chain(Cells::when_columns())
        .chain(scores);
    let mut table = table(
        "checkin",
        "a sitting of rating",
        vec!["checkin"],
        columns.collect(),
    );
    table.foreign = vec![ForeignKey {
        column: "attempt",
        table: "attempt",
        there: "attempt",
    }];
    table
        .rows
        .extend(check_ins.iter().zip(1_usize..).map(|(check_in, number)| {
            let totals = check_in.totals;
            let index =
                |value: Option<f64>| value.map_or_else(String::new, |v| round(v, 1).to_string());
            let overall = check_in.overall.map(|overall| overall.number().to_string());
            let mut row = vec![cells.participant.clone(), number.to_string()];
            row.extend(cells.when(&check_in.moment));
            row.push(overall.unwrap_or_default());
            row.extend([totals.severity(), totals.body(), totals.mind()].map(index));
            row.push(totals.answered().to_string());
            row
        }));
    table
}

fn ratings(cells: &Cells<'_>, check_ins: &[&CheckIn]) -> Table {
    use Sort::{Boolean, Integer, Word};
    let columns = vec![
        Column::new("checkin", Integer, ""),
        Column::new("symptom", Word, ""),
        Column::new(
            "severity",
            Integer,
            "0 none to 4 very severe; blank: asked and left blank",
        )
        .within(0, 4),
        Column::new("copied", Boolean, "taken over from the answer before"),
    ];
    let mut table = table(
        "rating",
        "one symptom in one check-in",
        vec!["checkin", "symptom"],
        columns,
    );
    table.foreign = vec![
        ForeignKey {
            column: "checkin",
            table: "checkin",
            there: "checkin",
        },
        ForeignKey {
            column: "symptom",
            table: "symptom",
            there: "symptom",
        },
    ];
    for (check_in, number) in check_ins.iter().zip(1_usize..) {
        for rating in &check_in.ratings {
            let Some(symptom) = cells.journal.symptoms.by_key(rating.symptom) else {
                continue;
            };
            let answer = rating.answer.map(|answer| answer.number().to_string());
            table.rows.push(vec![
                cells.participant.clone(),
                number.to_string(),
                cells.symptom(symptom),
                answer.unwrap_or_default(),
                rating.copied.to_string(),
            ]);
        }
    }
    table
}
