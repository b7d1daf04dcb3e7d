//! Doses, urges, practices and the others are counted: a week with fewer days of use is one of less, and a day without a record is
//! no 0.

use crate::ground::{at, json, run, said};
use crate::support::home::Ebb;
use serde_json::Value;

/// 9 g on each day of the week before, and on four of this one; on one of the others none.
fn skipping_days() -> Ebb {
    let ebb = Ebb::new();
    for day in [9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 21] {
        for hour in ["09", "14", "20"] {
            run(&ebb, &[(&format!("{day:02} {hour}:00"), "dose 3g powder")]);
        }
    }
    run(&ebb, &[("20 21:00", "dose 0")]);
    ebb
}

/// The same with none on the other two days.
fn every_day_recorded() -> Ebb {
    let ebb = skipping_days();
    run(
        &ebb,
        &[
            ("22 08:00", "dose 0 --at 2026-11-17"),
            ("22 08:01", "dose 0"),
        ],
    );
    ebb
}

fn comparison(ebb: &Ebb, series: &str) -> Value {
    let words = format!("trend {series} --view week --json");
    json(ebb, "22 21:00", &words)["series"][0]["comparison"].clone()
}

/// Sum, days with, days without, days with any entry.
fn side(side: &Value) -> (f64, [u64; 4]) {
    let n = |name: &str| side[name].as_u64().unwrap();
    let days = ["days_with", "days_without", "days_recorded", "of"].map(n);
    (side["value"].as_f64().unwrap(), days)
}

#[test]
fn use_that_falls_by_left_out_days_is_less_and_never_no_change() {
    let ebb = every_day_recorded();
    let powder = comparison(&ebb, "powder");
    assert_eq!(side(&powder["before"]), (63.0, [7, 0, 7, 7]));
    assert_eq!(side(&powder["now"]), (36.0, [4, 3, 7, 7]));
    assert_eq!(powder["change"], -27.0);
    let doses = comparison(&ebb, "doses");
    assert_eq!(
        (side(&doses["now"]).0, &doses["change"]),
        (12.0, &Value::from(-9.0))
    );
    let week = said(&ebb, "22 21:00", "trend powder --view week --plain");
    let week = week.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        week.contains(
            "last week 63 g on 7 days, none on 0, 0 days not recorded; this week 36 g on 4 days, none on 3, 0 days not recorded; 27 g less."
        ),
        "{week}"
    );
}

#[test]
fn days_without_a_record_leave_both_sums_and_no_difference() {
    let ebb = skipping_days();
    let powder = comparison(&ebb, "powder");
    assert_eq!(side(&powder["now"]), (36.0, [4, 1, 5, 7]));
    assert_eq!(
        (&powder["change"], &powder["change_shown"]),
        (&Value::Null, &Value::Null)
    );
    for words in [
        "status",
        "trend powder --view week --plain",
        "report --format text --from 2026-11-09",
    ] {
        let text = said(&ebb, "22 21:00", words);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("36 g on 4 days, none on 1, 2 days not recorded"),
            "{words}: {text}"
        );
        assert!(
            text.contains("days without a record could have had use"),
            "{words}: {text}"
        );
    }
    let table = said(&ebb, "22 21:00", "trend --view table");
    let row = table
        .lines()
        .find(|line| line.trim_start().starts_with("Leaf powder"))
        .unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells[3..6], ["63", "36", "gaps"], "{table}");
}

#[test]
fn status_carries_the_three_counts_in_json() {
    let ebb = skipping_days();
    let status = json(&ebb, "22 21:00", "status --json");
    let events = &status["events_than_a_week_ago"];
    assert_eq!(events[0]["series"], "amount_powder");
    assert_eq!(side(&events[0]["now"]), (36.0, [4, 1, 5, 7]));
    assert_eq!(side(&events[0]["before"]), (63.0, [7, 0, 7, 7]));
}

#[test]
fn urges_practices_substances_and_intakes_are_counted_without_a_difference() {
    let ebb = Ebb::new();
    run(
        &ebb,
        &[
            ("15 09:00", "urge 2"),
            ("16 09:00", "urge 2"),
            ("16 10:00", "urge 3"),
            ("16 11:00", "did walk --minutes 20"),
            ("17 11:00", "did walk --minutes 25"),
            ("17 12:00", "used alcohol 2"),
            ("17 13:00", "medication add clonidine"),
            ("17 14:00", "take clonidine"),
            ("18 14:00", "take clonidine --skipped"),
        ],
    );
    let ebb = &ebb;
    for (series, before, now, text) in [
        ("urges", 1.0, 2.0, "2 recorded urges on 1 day"),
        (
            "practice_walk",
            0.0,
            2.0,
            "2 recorded times, 45 min on 2 days",
        ),
        ("substance_alcohol", 0.0, 1.0, "1 entry on 1 day"),
        ("intakes", 0.0, 1.0, "1 recorded intake on 1 day"),
    ] {
        let series = if series == "practice_walk" {
            "walking"
        } else {
            series
        };
        let counted = comparison(ebb, series);
        assert_eq!(counted["kind"], "counted", "{series}: {counted}");
        assert_eq!(
            (side(&counted["before"]).0, side(&counted["now"]).0),
            (before, now),
            "{series}"
        );
        assert_eq!(counted["now"]["text"], text);
        assert_eq!(
            (&counted["change"], &counted["outcome"]),
            (&Value::Null, &Value::Null)
        );
    }
}

#[test]
fn after_day_0_a_week_without_doses_has_no_use_recorded() {
    let ebb = Ebb::new();
    run(
        &ebb,
        &[
            ("01 09:00", "start --last-use 2026-11-01"),
            ("12 09:00", "dose 2g powder"),
        ],
    );
    let powder = comparison(&ebb, "powder");
    assert_eq!(powder["now"]["text"], "no use recorded", "{powder}");
    let status = said(&ebb, "22 21:00", "status");
    assert!(
        status.contains(
            "Leaf powder, last 7 days: no use recorded; the 7 days before 2 g on 1 day, none on 0, no use recorded on 6 days\n"
        ),
        "{status}"
    );
}

#[test]
fn across_a_day_0_events_are_not_compared_and_no_days_are_picked() {
    let ebb = Ebb::new();
    // Two attempts with doses on their first four days, so that there are days which both have.
    for (zero, days) in [("02", 2..6), ("16", 16..20)] {
        let start = format!("start --last-use 2026-11-{zero}");
        run(&ebb, &[(&format!("{zero} 08:00"), &start)]);
        for day in days {
            run(&ebb, &[(&format!("{day:02} 09:00"), "dose 3g powder")]);
        }
    }
    let powder = comparison(&ebb, "powder");
    assert_eq!(powder["kind"], "across_day_zero");
    assert_eq!(powder["earlier"], Value::Null);
    assert!(!said(&ebb, "22 21:00", "status").contains("Leaf powder, last 7 days"));
}

#[test]
fn long_stretches_of_events_are_sums_and_no_means() {
    let ebb = skipping_days();
    run(&ebb, &[("22 09:00", "urge 1 --at 2026-07-01")]);
    let all = at(&ebb, "22 21:00", "trend powder --view all --plain").1;
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        all.contains("Week of Mon 9 Nov 2026: 63 g on 7 days, none on 0, 0 days not recorded."),
        "{all}"
    );
    assert!(
        all.contains("Week of Mon 16 Nov 2026: 36 g on 4 days, none on 1, 2 days not recorded."),
        "{all}"
    );
    // Beside another series the staircase tells the same weeks with their plan.
    let beside = at(&ebb, "22 21:00", "trend urges --view all --plain").1;
    let beside = beside.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        beside.contains("used on 4 of 7 days, none on 1, 36 g in all."),
        "{beside}"
    );
    assert!(!all.contains("mean"), "{all}");
}
