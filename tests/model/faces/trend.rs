//! `ebb trend`: days, the middle line, comparisons, attempts side by side, in each view.

use super::binary::Binary;
use crate::course;
use crate::course::End;
use crate::journal::{CORE, Journal, OWN, What};
use crate::number::Number;
use crate::stairs::{self, Version};
use crate::sums::{Comparison, SameDays, Series, Span};
use crate::tally::Tally;
use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};

/// The series that are looked at.
pub fn series(journal: &Journal) -> Vec<Series> {
    let mut all = vec![
        Series::Severity,
        Series::Body,
        Series::Mind,
        Series::Overall,
        Series::Symptom("nausea"),
        Series::Symptom("craving"),
        Series::Symptom(OWN),
        Series::Measure("sleep_hours"),
        Series::Measure("fluids"),
        Series::Measure("weight"),
        Series::Urges,
        Series::Doses,
    ];
    all.extend(journal.products_used().into_iter().map(Series::Amount));
    // What was never logged is no series yet.
    let days = journal.days_recorded();
    let is_logged = |series: Series| days.iter().any(|day| journal.value(series, *day).is_some());
    all.retain(|on| {
        !matches!(on, Series::Measure(_) | Series::Urges | Series::Doses) || is_logged(*on)
    });
    all
}

/// A number as JSON has it.
pub fn value(number: Option<Number>) -> Value {
    number.map_or(Value::Null, Number::json)
}

fn shown(series: Series, number: Option<Number>) -> Option<Value> {
    let decimals = series.decimals()?;
    Some(number.map_or(Value::Null, |number| json!(number.shown(decimals))))
}

/// Sleeps add up; where a journal has several on one day, all that is said of sleep is under its own heading.
fn name(journal: &Journal, series: Series, usual: &'static str) -> &'static str {
    let is_napping = || {
        let naps = |day: &NaiveDate| {
            let all = journal
                .records_of(*day)
                .filter(|on| on.what.about() == Some("sleep_hours"));
            all.count() > 1
        };
        journal.days_recorded().iter().any(naps)
    };
    if series == Series::Measure("sleep_hours") && is_napping() {
        "sleeps of a day"
    } else {
        usual
    }
}

fn words<'a>(series: &'a [String], view: &'a str) -> Vec<&'a str> {
    let mut words = vec!["trend"];
    words.extend(series.iter().map(String::as_str));
    words.extend(["--view", view]);
    words
}

pub fn all(journal: &Journal, versions: &[Version], binary: &Binary, tally: &mut Tally) {
    let series = series(journal);
    let (before, now) = journal.weeks();
    let week = Span {
        from: before.from,
        to: now.to,
    };
    let month = Span {
        from: journal.today.with_day(1).unwrap(),
        to: journal.today,
    };
    view(journal, binary, &series, ("week", week), tally);
    view(journal, binary, &series[..4], ("month", month), tally);
    if let Some(first) = journal.first_day() {
        let whole = Span {
            from: first,
            to: journal.today,
        };
        let got = view(journal, binary, &series, ("all", whole), tally);
        amounts(journal, versions, whole, &got, tally);
    }
    timeline(journal, binary, tally);
    table(journal, binary, tally);
}

fn view(
    journal: &Journal,
    binary: &Binary,
    series: &[Series],
    (view, span): (&str, Span),
    tally: &mut Tally,
) -> Value {
    let codes: Vec<String> = series.iter().map(|on| on.code()).collect();
    let got = binary.json(&words(&codes, view));
    tally.same("version", view, 2, &got["version"]);
    for (at, series) in series.iter().enumerate() {
        let got = &got["series"][at];
        let place = format!("{view} {}", series.code());
        tally.same("series", &place, series.code(), &got["series"]);
        let days = got["days"].as_array().unwrap();
        for day in span.days() {
            let date = day.to_string();
            let found = days.iter().find(|on| on["date"] == date.as_str());
            // A view need not list the days of its span before the first entry.
            let is_before = journal.first_day().is_none_or(|first| day < first);
            match found {
                Some(found) => self::day(journal, *series, (day, found), &place, tally),
                None if is_before => {}
                None => tally.same("days of a view", &place, date, &Value::Null),
            }
        }
        if view == "week" {
            let (before, now) = journal.weeks();
            comparison(
                journal,
                *series,
                (before, now),
                (&got["comparison"], &place),
                tally,
            );
        }
    }
    got
}

fn day(
    journal: &Journal,
    series: Series,
    (day, got): (NaiveDate, &Value),
    place: &str,
    tally: &mut Tally,
) {
    let place = format!("{place} {day}");
    let place = place.as_str();
    let right = journal.value(series, day);
    let heading = if series.is_event() {
        "day value of events"
    } else {
        "day value"
    };
    let heading = name(journal, series, heading);
    tally.same(heading, place, value(right), &got["value"]);
    if let Some(shown) = shown(series, right) {
        tally.same(heading, place, shown, &got["value_shown"]);
    }
    let middle = journal.median_7(series, day);
    let heading = name(journal, series, "middle line");
    tally.same(heading, place, value(middle), &got["median_7"]);
    tally.same(
        "worst of a day",
        place,
        value(journal.worst(series, day)),
        &got["worst"],
    );
    let number = journal.attempt_on(day).map(|(number, _)| number);
    tally.same("attempt of a day", place, json!(number), &got["attempt"]);
    tally.same(
        "attempt day",
        place,
        json!(journal.attempt_day(day)),
        &got["attempt_day"],
    );
    let sittings = journal.check_ins_of(day).count();
    tally.same("check-ins of a day", place, sittings, &got["check_ins"]);
    let answered = (sittings > 0).then(|| journal.answered(day, &CORE));
    tally.same("answered of 18", place, json!(answered), &got["answered"]);
    if let Some(items) = series.items() {
        let n = journal.answered(day, items);
        let of = (sittings > 0).then(|| json!({"n": n, "of": items.len()}));
        tally.same("n of an index", place, json!(of), &got["items"]);
        let is_in_part = right.is_some() && journal.is_in_part(day);
        tally.same("day in part", place, is_in_part, &got["in_part"]);
        // One number and no answer at all.
        let is_overall_only = journal.value(Series::Overall, day).is_some()
            && journal
                .check_ins_of(day)
                .all(|on| on.ratings.iter().all(|(_, n)| n.is_none()));
        tally.same("overall only", place, is_overall_only, &got["overall_only"]);
    }
}

/// The difference of the shown values, with as many decimals as they have.
fn difference(series: Series, before: Number, now: Number) -> Option<Value> {
    let decimals = series.decimals()?;
    Some(json!(
        now.at(decimals).minus(before.at(decimals)).shown(decimals)
    ))
}

fn comparison(
    journal: &Journal,
    series: Series,
    (before, now): (Span, Span),
    (got, place): (&Value, &str),
    tally: &mut Tally,
) {
    let whole = Span {
        from: before.from,
        to: now.to,
    };
    if series.is_event() {
        // Across a day 0 nothing is compared, and there are no two sides.
        let is_crossed = journal.crosses_day_zero(whole);
        let sides = [("before", before), ("now", now)];
        for (side, span) in sides.into_iter().filter(|_| !is_crossed) {
            let right = journal.event_days(series, span);
            let names = ["days_with", "days_without", "days_recorded"];
            for (name, n) in names.into_iter().zip(right) {
                tally.same("days of events", place, n, &got[side][name]);
            }
        }
        return change_of_events(journal, series, (before, now), (got, place), tally);
    }
    // On a Sunday the running week is a whole one.
    let is_whole = now.len() == 7;
    let usual = if is_whole {
        "comparison"
    } else {
        "comparison of a running week"
    };
    let heading = name(journal, series, usual);
    match journal.compare(series, before, now) {
        Comparison::TooFew => {
            tally.same(heading, place, "too_few", &got["kind"]);
            sides(journal, series, (before, now), (got, place, heading), tally);
        }
        Comparison::Change {
            before: then,
            now: lately,
        } => {
            tally.same(heading, place, "change", &got["kind"]);
            sides(journal, series, (before, now), (got, place, heading), tally);
            change(series, (then, lately), (got, place, heading), tally);
            tally.same(heading, place, then.json(), &got["before"]["value"]);
            tally.same(heading, place, lately.json(), &got["now"]["value"]);
        }
        Comparison::Across { day_zero, same } => {
            tally.same(heading, place, "across_day_zero", &got["kind"]);
            // Of two that lie within the two weeks either may be named.
            if let Some(day_zero) = day_zero {
                tally.same(heading, place, day_zero.to_string(), &got["day_zero"]);
            }
            let heading = name(journal, series, "same days");
            same_days(series, same, (&got["earlier"], place, heading), tally);
        }
    }
}

/// A difference of events only where every day of both sides has use or a recorded 0.
fn change_of_events(
    journal: &Journal,
    series: Series,
    (before, now): (Span, Span),
    (got, place): (&Value, &str),
    tally: &mut Tally,
) {
    let whole = Span {
        from: before.from,
        to: now.to,
    };
    let known = |span: Span| journal.values(series, span).len() == span.len();
    let is_known = !matches!(series, Series::Urges) && known(before) && known(now);
    let sums = [before, now].map(|span| Number::sum(&journal.values(series, span)));
    let is_compared = is_known && !journal.crosses_day_zero(whole);
    let right = is_compared.then(|| sums[1].json().as_f64().zip(sums[0].json().as_f64()));
    let right = right.flatten().map(|(now, before)| now - before);
    tally.same("change of events", place, json!(right), &got["change"]);
}

fn sides(
    journal: &Journal,
    series: Series,
    (before, now): (Span, Span),
    (got, place, heading): (&Value, &str, &'static str),
    tally: &mut Tally,
) {
    for (side, span) in [("before", before), ("now", now)] {
        let n = journal.values(series, span).len();
        tally.same(heading, place, n, &got[side]["n"]);
    }
}

fn change(
    series: Series,
    (before, now): (Number, Number),
    (got, place, heading): (&Value, &str, &'static str),
    tally: &mut Tally,
) {
    // The difference of the values that stand there, which have four decimals.
    let right = now.at(4).minus(before.at(4));
    tally.same(heading, place, right.json(), &got["change"]);
    if let Some(shown) = difference(series, before, now) {
        tally.same(heading, place, shown, &got["change_shown"]);
    }
}

fn same_days(
    series: Series,
    right: Option<SameDays>,
    (got, place, heading): (&Value, &str, &'static str),
    tally: &mut Tally,
) {
    let Some(right) = right else {
        return tally.same(heading, place, Value::Null, got);
    };
    tally.same(heading, place, right.attempt, &got["attempt"]);
    tally.same(
        heading,
        place,
        json!([right.days.0, right.days.1]),
        &got["days"],
    );
    tally.same(heading, place, right.n, &got["now"]["n"]);
    tally.same(heading, place, right.n, &got["then"]["n"]);
    tally.same(heading, place, right.then.json(), &got["then"]["value"]);
    tally.same(heading, place, right.now.json(), &got["now"]["value"]);
    change(
        series,
        (right.then, right.now),
        (got, place, heading),
        tally,
    );
}

/// What was used each day, and the amount of the plan that stood then.
fn amounts(journal: &Journal, versions: &[Version], span: Span, got: &Value, tally: &mut Tally) {
    let all = got["amounts"].as_array().unwrap();
    for product in journal.products_used() {
        let Some(got) = all.iter().find(|on| on["product"] == product) else {
            tally.same("used each day", product, "its days", &Value::Null);
            continue;
        };
        let is_planned = journal
            .plan
            .as_ref()
            .is_some_and(|plan| plan.product == product);
        for day in span.days() {
            let date = day.to_string();
            let days = got["days"].as_array().unwrap();
            let Some(found) = days.iter().find(|on| on["date"] == date.as_str()) else {
                tally.same("used each day", product, date, &Value::Null);
                continue;
            };
            let place = format!("{product} {day}");
            let used = journal.value(Series::Amount(product), day);
            tally.same("used each day", &place, value(used), &found["used"]);
            let plan = stairs::on(versions, day).map(|(_, amount)| amount);
            let plan = plan.filter(|_| is_planned);
            tally.same("plan on a day", &place, value(plan), &found["plan"]);
        }
    }
}

/// Attempts side by side, counted from day 0.
fn timeline(journal: &Journal, binary: &Binary, tally: &mut Tally) {
    let numbered = journal.numbered();
    let Some((latest, attempt)) = numbered.last() else {
        return;
    };
    if attempt.day_zero.is_none() {
        return;
    }
    let series = [Series::Severity, Series::Symptom("nausea")];
    let codes: Vec<String> = series.iter().map(|on| on.code()).collect();
    let got = binary.json(&words(&codes, "timeline"));
    for (at, series) in series.into_iter().enumerate() {
        let listed = got["series"][at]["attempts"].as_array().unwrap();
        for (number, attempt) in &numbered {
            let Some(zero) = attempt.day_zero else {
                continue;
            };
            let place = format!("timeline {} attempt {number}", series.code());
            let Some(found) = listed.iter().find(|on| on["attempt"] == *number) else {
                // An attempt without a value of this series has nothing to draw.
                if number == latest {
                    tally.same("attempts side by side", &place, *number, &Value::Null);
                }
                continue;
            };
            tally.same(
                "attempts side by side",
                &place,
                zero.to_string(),
                &found["zero"],
            );
            for on in found["days"].as_array().unwrap() {
                let day: NaiveDate = on["date"].as_str().unwrap().parse().unwrap();
                let is_of = journal.attempt_on(day).is_some_and(|(of, _)| of == *number);
                let place = format!("{place} {day}");
                tally.same("attempts side by side", &place, true, &json!(is_of));
                let n = (day - zero).num_days();
                tally.same("attempts side by side", &place, n, &on["day_number"]);
                let right = journal.value(series, day);
                tally.same("attempts side by side", &place, value(right), &on["value"]);
                let middle = journal.median_7(series, day);
                tally.same("middle line", &place, value(middle), &on["median_7"]);
            }
        }
    }
    hold_waves(journal, "timeline", &got, tally);
}

/// On a day with a safety line waves may stay away; when there is one is no business of this model.
pub fn hold_waves(journal: &Journal, place: &str, got: &Value, tally: &mut Tally) {
    let told = told_waves(got);
    let has = |kind: &str| {
        journal
            .records_of(journal.today)
            .any(|on| on.what.kind() == kind)
    };
    let is_very_severe = journal.check_ins_of(journal.today).any(|on| {
        let is_four = |answer: &Option<u8>| *answer == Some(4);
        on.overall >= Some(9) || on.ratings.iter().any(|(_, answer)| is_four(answer))
    });
    let may_have_a_line = is_very_severe || has("substance");
    if !(may_have_a_line && told == json!([])) {
        tally.same("waves", place, waves(journal), &told);
    }
}

/// The waves of the attempt that today is in.
fn waves(journal: &Journal) -> Value {
    let attempt = journal.attempt_on(journal.today);
    let zero = attempt.and_then(|(_, attempt)| attempt.day_zero);
    // After a medicine was skipped they are not shown on four days.
    let is_quiet = (0..=4).any(|n| {
        let day = journal.today - Days::new(n);
        let mut all = journal.records_of(day);
        all.any(|on| on.what == What::Intake { taken: false })
    });
    let zero = zero.filter(|_| !is_quiet);
    let all = zero.map(|zero| course::waves(journal, zero, journal.today));
    // They are said from three on.
    let all = all.filter(|all| all.len() >= 3).unwrap_or_default();
    let each = all.into_iter().map(|(began, end)| {
        let (end, days) = match end {
            End::After(days) => ("back", Some(days)),
            End::Gap => ("cut", None),
            End::Open => ("open", None),
        };
        json!([began.to_string(), end, days])
    });
    each.collect()
}

/// The same of what the program says; null where it says nothing of waves.
fn told_waves(got: &Value) -> Value {
    let each = got["waves"].as_array().map(|all| {
        let each = all.iter();
        each.map(|on| json!([on["began"], on["end"], on["days"]]))
            .collect::<Vec<_>>()
    });
    json!(each)
}

/// Both weeks, the change and the 14 values of each series.
fn table(journal: &Journal, binary: &Binary, tally: &mut Tally) {
    let got = binary.json(&["trend", "--view", "table"]);
    let (before, now) = journal.weeks();
    for row in got["rows"].as_array().unwrap() {
        let code = row["series"].as_str().unwrap();
        let Some(series) = series(journal).into_iter().find(|on| on.code() == code) else {
            continue;
        };
        let place = format!("table {code}");
        comparison(
            journal,
            series,
            (before, now),
            (&row["comparison"], &place),
            tally,
        );
        let span = Span {
            from: now.from - Days::new(7),
            to: now.from + Days::new(6),
        };
        let values = row["values"].as_array().unwrap();
        for (day, got) in span.days().zip(values) {
            let right = if day <= journal.today {
                journal.value(series, day)
            } else {
                None
            };
            let usual = if series.is_event() {
                "day value of events"
            } else {
                "day value"
            };
            let heading = name(journal, series, usual);
            tally.same(heading, &format!("{place} {day}"), value(right), got);
        }
    }
}
