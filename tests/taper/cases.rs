//! Every plan of `tests/fixtures/tapers`: its steps, its end, its marks, its parts. Worked out apart from the program, in
//! fractions.

use super::{amount, begun, day, terms};
use ebbtide::domain::amount::Amount;
use ebbtide::domain::taper::action::{ActionError, back, end, hold, replan, resume, start};
use ebbtide::domain::taper::fields::write_stairs;
use ebbtide::domain::taper::plan::Why;
use ebbtide::domain::taper::schedule::{Preview, preview};
use ebbtide::domain::taper::terms::{Percent, Shape, Terms};
use ebbtide::domain::text::round::Shown;
use std::fmt::Write as _;
use toml::{Table, Value};

fn fixtures(end: &str) -> Vec<(String, Table)> {
    let all = std::fs::read_dir("tests/fixtures/tapers").unwrap();
    let mut found: Vec<_> = all
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(end))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, text.parse().unwrap())
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn terms_of(table: &Value) -> Terms {
    Terms::from_fields(|name| table.get(name)?.as_str()).unwrap()
}

fn text<'a>(table: &'a Value, name: &str) -> &'a str {
    table[name].as_str().unwrap().trim()
}

fn words(table: &Value, name: &str) -> Vec<String> {
    let words = text(table, name).split_whitespace();
    words.map(str::to_owned).collect()
}

fn joined(amounts: &[Amount]) -> String {
    let all: Vec<String> = amounts.iter().map(Amount::to_string).collect();
    all.join(" ")
}

/// The numbers of the steps for which `is` holds.
fn numbers(preview: &Preview, is: impl Fn(u16) -> bool) -> Vec<i64> {
    let steps = preview.steps.iter().map(|step| step.number);
    steps.filter(|n| is(*n)).map(i64::from).collect()
}

fn whole_numbers(table: &Value, name: &str) -> Vec<i64> {
    let all = table[name].as_array().unwrap().iter();
    all.map(|n| n.as_integer().unwrap()).collect()
}

#[test]
fn every_case_comes_out_as_it_was_worked_out() {
    let mut cases = 0;
    for (name, case) in fixtures(".toml") {
        if name.ends_with(".lived.toml") {
            continue;
        }
        cases += 1;
        let (terms, expect) = (terms_of(&case["terms"]), &case["expect"]);
        let preview = preview(&terms).unwrap();
        assert_eq!(
            i64::from(preview.count),
            expect["steps"].as_integer().unwrap(),
            "{name}: steps"
        );
        assert_eq!(preview.ends, day(text(expect, "ends")), "{name}: end");
        let amounts: Vec<Amount> = preview.steps.iter().map(|step| step.amount).collect();
        assert_eq!(
            joined(&amounts),
            words(expect, "amounts").join(" "),
            "{name}: amounts"
        );
        let shown = preview.steps.iter();
        let realised: Vec<String> = shown
            .map(|step| Shown::new(step.realised_percent, 1).to_string())
            .collect();
        assert_eq!(
            realised,
            words(expect, "realised_percent"),
            "{name}: realised percent"
        );
        assert_eq!(
            numbers(&preview, |n| preview.steps[usize::from(n)].is_above_rate),
            whole_numbers(expect, "above_rate"),
            "{name}: marks"
        );
        assert_eq!(
            numbers(&preview, |n| preview.is_longer_stay(n)),
            whole_numbers(expect, "longer_stays"),
            "{name}: longer stays"
        );
        if let Some(parts) = expect.get("parts") {
            let parts: Vec<&str> = parts
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let made: Vec<String> = preview.steps.iter().map(|s| joined(&s.parts)).collect();
            assert_eq!(made, parts, "{name}: parts");
        }
    }
    assert!(cases >= 15, "{cases} cases were read");
}

#[test]
fn without_rounding_a_share_of_the_current_amount_takes_the_steps_of_the_formula() {
    // facts.md §4: from, percent, to, steps.
    for (start, percent, until, steps) in [
        (30, 10, 1, 33),
        (20, 5, 1, 59),
        (30, 10, 3, 22),
        (10, 10, 1, 22),
        (30, 25, 1, 12),
    ] {
        let terms = Terms {
            shape: Shape::PercentOfCurrent(Percent::from_thousandths(percent * 1000).unwrap()),
            start: Amount::whole(start),
            every_days: 7,
            until: Amount::whole(until),
            smallest: Amount::from_thousandths(1),
            split: 1,
            begin: day("2026-11-23"),
        };
        assert_eq!(preview(&terms).unwrap().count, steps, "{start} g");
    }
}

#[test]
fn the_end_of_a_plan_is_the_day_on_which_its_last_amount_is_first_shown() {
    let terms = |shape, start, every_days, smallest, until| Terms {
        shape,
        start: amount(start),
        every_days,
        until: amount(until),
        smallest: amount(smallest),
        split: 1,
        begin: day("2026-11-22"),
    };
    let percent = Shape::PercentOfCurrent(Percent::from_thousandths(8_000).unwrap());
    let cut = Shape::FixedCut(amount("0.1"));
    for (terms, count, ends) in [
        (terms(percent, "7.3", 7, "0.3", "0.9"), 24, "2027-05-09"),
        (terms(cut, "13.1", 21, "1", "0"), 127, "2034-03-12"),
    ] {
        let preview = preview(&terms).unwrap();
        let until = terms.until;
        let shown = preview.steps.iter().filter(|step| step.amount <= until);
        assert_eq!(shown.count(), 1, "{terms:?}");
        assert_eq!((preview.count, preview.ends), (count, day(ends)));
        assert_eq!(preview.steps.last().unwrap().amount, until);
    }
}

#[test]
fn rounding_down_step_after_step_would_go_down_faster_and_this_does_not() {
    let mut traps = 0;
    for (name, case) in fixtures(".toml") {
        let expect = &case["expect"];
        if expect.get("rounding_down").is_none() {
            continue;
        }
        traps += 1;
        let terms = terms_of(&case["terms"]);
        let percent: Percent = text(&case["terms"], "shape_value").parse().unwrap();
        let (left, portion) = (
            i64::from(Percent::WHOLE - percent.thousandths()),
            terms.smallest.thousandths(),
        );
        let mut down = vec![terms.start];
        while *down.last().unwrap() > terms.until {
            let next = down.last().unwrap().thousandths() * left / i64::from(Percent::WHOLE);
            down.push(Amount::from_thousandths(next / portion * portion));
        }
        assert_eq!(joined(&down), words(expect, "rounding_down").join(" "));
        let preview = preview(&terms).unwrap();
        assert!(usize::from(preview.count) > down.len() - 1, "{name}");
    }
    assert_eq!(traps, 2);
}

#[test]
fn a_first_cut_is_never_rounded_above_the_start() {
    let terms = Terms {
        start: amount("10.26"),
        until: amount("9"),
        ..terms("fixed_cut", "0.005")
    };
    // 10.255 lies nearer to 10.3 than to 10.2.
    let steps = preview(&terms).unwrap().steps;
    assert_eq!(steps[1].amount, amount("10.2"));
}

#[test]
fn terms_that_do_not_fit_say_what_to_do() {
    let usual = || terms("percent_of_current", "10");
    let list = |value| terms("own_list", value);
    let cases = [
        Terms {
            start: Amount::ZERO,
            ..usual()
        },
        Terms {
            smallest: Amount::ZERO,
            ..usual()
        },
        Terms {
            smallest: amount("11"),
            ..usual()
        },
        Terms {
            until: amount("10"),
            ..usual()
        },
        Terms {
            until: amount("0.05"),
            ..usual()
        },
        Terms {
            until: Amount::ZERO,
            ..usual()
        },
        Terms {
            every_days: 0,
            ..usual()
        },
        Terms {
            split: 13,
            ..usual()
        },
        terms("percent_of_current", "0.001"),
        terms("fixed_cut", "0"),
        list(""),
        list("9, 9.5"),
        list("9, 8.55"),
        list("9, 1, 0.5"),
    ];
    let said: String = cases.iter().fold(String::new(), |mut all, terms| {
        writeln!(all, "{}", preview(terms).unwrap_err()).unwrap();
        all
    });
    insta::assert_snapshot!(said);
}

#[test]
fn a_rate_reads_as_it_is_typed_and_says_why_it_is_none() {
    let read = |typed: &str| typed.parse::<Percent>();
    for (typed, thousandths) in [
        ("10", 10_000),
        ("2.5", 2_500),
        ("2,5 %", 2_500),
        ("0.001", 1),
    ] {
        assert_eq!(read(typed).unwrap().thousandths(), thousandths, "{typed}");
    }
    for (typed, why) in [
        ("", "a percentage is a number, such as 10 or 2.5"),
        ("ten", "a percentage is a number, such as 10 or 2.5"),
        ("-5", "a percentage is a number, such as 10 or 2.5"),
        ("2.5555", "a percentage has at most three decimals"),
        ("0", "a percentage for a taper is above 0 and below 100"),
        ("100", "a percentage for a taper is above 0 and below 100"),
        (
            "99999999999",
            "a percentage for a taper is above 0 and below 100",
        ),
    ] {
        assert_eq!(read(typed).unwrap_err().to_string(), why, "{typed}");
    }
}

#[test]
fn actions_that_cannot_be_taken_say_so() {
    let today = day("2026-11-10");
    let fresh = || terms("percent_of_current", "10");
    let plan = begun(fresh());
    let with = |version| {
        let mut plan = plan.clone();
        plan.versions.push(version);
        plan
    };
    let held = with(hold(&plan, today, None).unwrap());
    let ended = with(end(&plan, today).unwrap());
    let later = Terms {
        begin: day("2026-12-01"),
        ..fresh()
    };
    let ahead = super::plan_of(start(later, today).unwrap());
    let mut said = String::new();
    for (what, error) in [
        ("hold, held", hold(&held, today, None)),
        ("hold until today", hold(&plan, today, Some(today))),
        ("hold, last step", hold(&plan, day("2028-01-01"), None)),
        ("hold, ahead", hold(&ahead, today, None)),
        ("back, ahead", back(&ahead, today)),
        ("resume, not held", resume(&plan, today)),
        ("resume, ended", resume(&ended, today)),
        ("back on step 0", back(&plan, day("2026-11-02"))),
        ("back, ended", back(&ended, today)),
        ("end, ended", end(&ended, today)),
        ("before the last change", end(&held, day("2026-11-09"))),
        (
            "replan later",
            replan(
                &plan,
                Terms {
                    begin: day("2026-11-11"),
                    ..fresh()
                },
                today,
            ),
        ),
        (
            "start",
            start(
                Terms {
                    split: 0,
                    ..fresh()
                },
                today,
            ),
        ),
    ] {
        let error: ActionError = error.unwrap_err();
        writeln!(said, "{what}: {error}").unwrap();
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_month_with_hold_step_back_and_replan_comes_out_day_by_day() {
    let lived = fixtures(".lived.toml");
    assert_eq!(lived.len(), 1);
    for (name, case) in lived {
        let mut plan = begun(terms_of(&case["terms"]));
        for action in case["action"].as_array().unwrap() {
            let today = day(text(action, "day"));
            let until = action.get("until").map(|_| day(text(action, "until")));
            let version = match text(action, "do") {
                "hold" => hold(&plan, today, until),
                "resume" => resume(&plan, today),
                "back" => back(&plan, today),
                "replan" => replan(&plan, terms_of(&action["terms"]), today),
                _ => end(&plan, today),
            };
            plan.versions.push(version.unwrap());
        }
        let expect = &case["expect"];
        // One line for the days that are alike.
        let mut runs: Vec<(String, String, String)> = Vec::new();
        let first = day("2026-10-25");
        for date in first
            .iter_days()
            .take_while(|date| *date < day("2026-12-20"))
        {
            let Some(stair) = plan.stair_on(date) else {
                continue;
            };
            let held = if plan.is_held_on(date) { " held" } else { "" };
            let what = format!("step {}: {}{held}", stair.step, stair.amount);
            match runs.last_mut() {
                Some((_, to, same)) if *same == what => *to = date.to_string(),
                _ => runs.push((date.to_string(), date.to_string(), what)),
            }
        }
        let lines = |lines: Vec<String>| lines.join("\n");
        assert_eq!(
            lines(
                runs.iter()
                    .map(|(from, to, what)| format!("{from} {to} {what}"))
                    .collect()
            ),
            text(expect, "days"),
            "{name}"
        );
        let cuts: Vec<String> = plan.cuts().iter().map(ToString::to_string).collect();
        assert_eq!(cuts.join(" "), text(expect, "cuts"), "{name}");
        let versions = plan.versions.iter();
        let next_cuts = versions
            .clone()
            .map(|version| match plan.next_cut(version.made) {
                Some((date, amount)) => format!("{} {date} {amount}", version.made),
                None => format!("{} none", version.made),
            });
        assert_eq!(
            lines(next_cuts.collect()),
            text(expect, "next_cuts"),
            "{name}"
        );
        let versions = versions.map(|version| {
            let stairs = write_stairs(&version.stairs[..version.stairs.len().min(3)]);
            let (number, made, why) = (version.number, version.made, version.why.code());
            format!("{number} {made} {why}: {stairs}").trim().to_owned()
        });
        assert_eq!(
            lines(versions.collect()),
            text(expect, "versions"),
            "{name}"
        );
        assert_eq!(plan.latest().unwrap().why, Why::Ended);
    }
}
