//! The numbers of the week, worked out by hand: an index is 25 times the mean of the core items that were answered, a day is the
//! mean of its check-ins, a week the mean of its days.
#![allow(
    clippy::manual_midpoint,
    reason = "a mean is written as a reader works it out"
)]

use crate::app::App;
use crate::faces::{by_command_line, talk};
use crate::support::home::Ebb;
use crate::support::pty::in_one_line;
use crate::week::{SUNDAY, at, fortnight};
use serde_json::Value;

/// Sunday evening, as the full screen reads it.
pub const NOW: &str = "2026-11-22T20:00:00-05:00";

/// Monday to Sunday; Wednesday has one number and no index.
type Days = [Option<f64>; 7];

fn days(mon: f64, tue: f64, thu: f64, fri: f64, sat: f64, sun: f64) -> Days {
    [mon, tue, f64::NAN, thu, fri, sat, sun].map(|day| Some(day).filter(|day| !day.is_nan()))
}

/// 10 items of Body.
fn body() -> Days {
    let morning = 25.0 * (2. + 2. + 2. + 2. + 1. + 1. + 1. + 1. + 1. + 2.) / 10.0;
    let evening = 25.0 * (1. + 1. + 1. + 1. + 1. + 1. + 1. + 1. + 1. + 1.) / 10.0;
    days(
        25.0 * (3. + 3. + 3. + 2. + 2. + 2. + 1. + 1. + 2. + 1.) / 10.0,
        25.0 * (3. + 2. + 2. + 2. + 1. + 1. + 1. + 1. + 1. + 2.) / 10.0,
        (morning + evening) / 2.0,
        // Three of them were left blank, and a blank is no 0.
        25.0 * (2. + 2. + 1. + 1. + 0. + 1. + 1.) / 7.0,
        // As last time: what Friday left blank is that of Thursday evening.
        25.0 * (2. + 2. + 1. + 1. + 1. + 1. + 0. + 1. + 1. + 1.) / 10.0,
        25.0 * (1. + 1. + 1. + 0. + 1. + 0. + 1. + 0. + 1. + 1.) / 10.0,
    )
}

/// 8 items of Mind.
fn mind() -> Days {
    let morning = 25.0 * (2. + 2. + 2. + 2. + 2. + 2. + 1. + 1.) / 8.0;
    let evening = 25.0 * (1. + 1. + 1. + 1. + 1. + 2. + 1. + 1.) / 8.0;
    days(
        25.0 * (3. + 2. + 2. + 2. + 2. + 3. + 1. + 1.) / 8.0,
        25.0 * (3. + 2. + 2. + 2. + 1. + 3. + 1. + 1.) / 8.0,
        (morning + evening) / 2.0,
        25.0 * (2. + 1. + 1. + 1. + 1.) / 5.0,
        25.0 * (2. + 1. + 1. + 1. + 1. + 1. + 1. + 1.) / 8.0,
        25.0 * (1. + 1. + 1. + 1. + 1. + 1. + 1. + 1.) / 8.0,
    )
}

/// All 18: the sum of Body and that of Mind, as above.
fn severity() -> Days {
    let (morning, evening) = (25.0 * (15. + 14.) / 18.0, 25.0 * (10. + 9.) / 18.0);
    days(
        25.0 * (20. + 16.) / 18.0,
        25.0 * (16. + 15.) / 18.0,
        (morning + evening) / 2.0,
        // 7 and 5 of them: an index from a part.
        25.0 * (8. + 6.) / 12.0,
        25.0 * (11. + 9.) / 18.0,
        25.0 * (7. + 8.) / 18.0,
    )
}

fn pain() -> Days {
    days(3.0, 3.0, (3.0 + 2.0) / 2.0, 2.0, 1.0, 1.0)
}

fn tension() -> Days {
    days(3.0, 2.0, (2.0 + 1.0) / 2.0, 1.0, 1.0, 1.0)
}

fn overall() -> Days {
    let mut all = days(6.0, 5.0, (5.0 + 3.0) / 2.0, 4.0, 3.0, 2.0);
    all[2] = Some(7.0);
    all
}

/// Something good, which Friday left blank.
fn good() -> Days {
    let mut all = days(1.0, 2.0, (1.0 + 2.0) / 2.0, 0.0, 4.0, 4.0);
    all[4] = None;
    all
}

/// Each series with its days, the week before, and how it is shown: before, now, change.
fn expected() -> [(&'static str, Days, Option<f64>, [&'static str; 3]); 7] {
    [
        (
            "severity",
            severity(),
            Some(25.0 * 36. / 18.),
            ["50", "34", "-16"],
        ),
        ("body", body(), Some(25.0 * 20. / 10.), ["50", "32", "-18"]),
        ("mind", mind(), Some(25.0 * 16. / 8.), ["50", "36", "-14"]),
        ("overall", overall(), Some(6.0), ["6.0", "4.4", "-1.6"]),
        ("pain", pain(), Some(3.0), ["3.0", "2.1", "-0.9"]),
        // Not asked in the week before, so there is nothing to compare with.
        ("muscle_tension", tension(), None, ["", "", ""]),
        ("something_good", good(), None, ["", "", ""]),
    ]
}

fn mean(days: &Days) -> f64 {
    let values: Vec<f64> = days.iter().copied().flatten().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// As values stand in JSON: four decimals.
fn is_near(value: &Value, wanted: f64) -> bool {
    value
        .as_f64()
        .is_some_and(|value| (value - wanted).abs() < 5.1e-5)
}

pub fn lived() -> Ebb {
    let ebb = fortnight();
    by_command_line(&ebb);
    ebb
}

#[test]
fn the_course_of_the_week_is_what_it_comes_to_by_hand() {
    let ebb = lived();
    let names = expected().map(|(name, ..)| name);
    let mut args = vec!["trend", "--view", "week", "--json"];
    args.extend(names);
    let json: Value = serde_json::from_str(&at(&ebb, SUNDAY, &args)).unwrap();
    for ((name, days, before, shown), series) in expected()
        .into_iter()
        .zip(json["series"].as_array().unwrap())
    {
        assert_eq!(series["series"], name);
        let all = series["days"].as_array().unwrap();
        let this_week = all
            .iter()
            .filter(|day| day["date"].as_str() >= Some("2026-11-16"));
        let this_week: Vec<&Value> = this_week.map(|day| &day["value"]).collect();
        assert_eq!(this_week.len(), 7);
        for (value, wanted) in this_week.into_iter().zip(days) {
            match wanted {
                Some(wanted) => assert!(is_near(value, wanted), "{name}: {value} {wanted}"),
                None => assert!(value.is_null(), "{name}: {value}"),
            }
        }
        let comparison = &series["comparison"];
        let n = days.iter().flatten().count();
        assert_eq!(comparison["now"]["n"], n);
        match before {
            Some(before) => {
                assert_eq!(comparison["kind"], "change", "{name}");
                assert!(is_near(&comparison["before"]["value"], before));
                assert!(is_near(&comparison["now"]["value"], mean(&days)), "{name}");
                assert!(
                    is_near(&comparison["change"], mean(&days) - before),
                    "{name}"
                );
                let [b, now, change] = shown;
                assert_eq!(comparison["before"]["value_shown"], b, "{name}");
                assert_eq!(comparison["now"]["value_shown"], now, "{name}");
                assert_eq!(comparison["change_shown"], change, "{name}");
            }
            None => assert_eq!(comparison["kind"], "too_few", "{name}"),
        }
    }
    // What it was taken for carries its two levels; what it was not has none.
    let levels = |at: usize| json["series"][at]["taken_for"].clone();
    assert_eq!(
        levels(4),
        serde_json::json!({ "without": 4, "while_using": 1 })
    );
    assert_eq!(levels(5), Value::Null);
    assert_eq!(levels(0), Value::Null);
    // Of Thursday's two check-ins the worse one; something good has no worse one.
    let thursday = |at: usize| json["series"][at]["days"][10]["worst"].clone();
    assert!(is_near(&thursday(0), 25.0 * (15. + 14.) / 18.0));
    assert!(is_near(&thursday(4), 3.0));
    assert_eq!(thursday(6), Value::Null);
}

#[test]
fn the_screens_and_plain_mode_say_these_numbers() {
    let ebb = lived();
    let mut app = App::over_file(ebb.journal(), NOW);
    let today = app.screen(160, 50);
    for row in [
        "severity   50 \u{2192}  34  \u{25BC} 16",
        "body       50 \u{2192}  32  \u{25BC} 18",
        "mind       50 \u{2192}  36  \u{25BC} 14",
        "overall   6.0 \u{2192} 4.4  \u{25BC} 1.6",
        "3.0 \u{2192} 2.1  \u{25BC} 0.9",
    ] {
        assert!(today.contains(row), "{row}:\n{today}");
    }
    app.press("2");
    let week = app.screen(120, 40);
    for row in [
        "Severity   50 \u{2192}   34  \u{25BC} 16",
        "Body       50 \u{2192}   32  \u{25BC} 18",
        "Mind       50 \u{2192}   36  \u{25BC} 14",
        "Overall   6.0 \u{2192}  4.4  \u{25BC} 1.6",
        "29*",
        "12/18",
    ] {
        assert!(week.contains(row), "{row}:\n{week}");
    }
    let said = in_one_line(&talk(&ebb, SUNDAY, &["today", "done"]));
    for sentence in [
        "Severity: 34, 16 less than a week ago (50); 6 and 7 days.",
        "Body: 32, 18 less than a week ago (50); 6 and 7 days.",
        "Mind: 36, 14 less than a week ago (50); 6 and 7 days.",
        "Overall: 4.4, 1.6 less than a week ago (6.0); 7 and 7 days.",
        "1 day with overall only.",
        // 4 + 4 + 3 + 3 + 2 + 2 g against 7 times 4 g.
        "18 g on 6 days, none on 1, 0 days not recorded; the 7 days before 28 g on 7 days",
        "10 g less.",
    ] {
        assert!(said.contains(sentence), "{sentence}:\n{said}");
    }
}

#[test]
fn each_row_of_the_wide_table_has_the_index_of_its_check_in() {
    let ebb = lived();
    let wide = at(&ebb, SUNDAY, &["export", "csv", "--layout", "wide"]);
    let mut reader = csv::Reader::from_reader(wide.as_bytes());
    let head = reader.headers().unwrap().clone();
    let place = |name: &str| head.iter().position(|column| column == name).unwrap();
    let columns = ["overall", "severity_index", "body_index", "mind_index"].map(place);
    let rows = reader
        .records()
        .map(|row| columns.map(|at| row.as_ref().unwrap()[at].to_owned()));
    let rows: Vec<[String; 4]> = rows.collect();
    let index = |sum: f64, n: f64| format!("{:.1}", 25.0 * sum / n);
    let row = |overall: &str, body: (f64, f64), mind: (f64, f64)| {
        let both = index(body.0 + mind.0, body.1 + mind.1);
        [
            overall.to_owned(),
            both,
            index(body.0, body.1),
            index(mind.0, mind.1),
        ]
    };
    let blank = String::new;
    assert_eq!(
        rows[14..],
        [
            row("6", (20., 10.), (16., 8.)),
            row("5", (16., 10.), (15., 8.)),
            ["7".to_owned(), blank(), blank(), blank()],
            row("5", (15., 10.), (14., 8.)),
            row("3", (10., 10.), (9., 8.)),
            row("4", (8., 7.), (6., 5.)),
            row("3", (11., 10.), (9., 8.)),
            row("2", (7., 10.), (8., 8.)),
        ]
    );
}

#[test]
fn the_report_says_the_same_in_its_three_forms() {
    let ebb = lived();
    for form in ["text", "markdown", "html"] {
        let from = ["--from", "2026-11-09"];
        let report = at(
            &ebb,
            SUNDAY,
            &["report", "--format", form, from[0], from[1]],
        );
        let report = in_one_line(&report);
        for words in [
            "16 less, 50 to 34",
            "18 less, 50 to 32",
            "14 less, 50 to 36",
            "1.6 less, 6.0 to 4.4",
            "0.9 less, 3.0 to 2.1",
            "while using it 1, without kratom, as remembered, 4",
            "while using it 1, without kratom, as remembered, 3",
        ] {
            assert!(report.contains(words), "{form}: {words}:\n{report}");
        }
    }
}
