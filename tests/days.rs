//! One day a row: by hand on a small journal, and against everything else that is said of the same days.
#![allow(clippy::unwrap_used, clippy::float_cmp, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "a part of it is used")]
mod house;
#[path = "days/made.rs"]
mod made;

use house::House;
use std::collections::{BTreeMap, BTreeSet};

/// A day's cells by column.
type Cells = BTreeMap<String, String>;

fn cells_of(bytes: &[u8]) -> Vec<Cells> {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let unique: BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "a column is there twice");
    let rows = reader.records();
    let cells = |row: csv::StringRecord| {
        let cells = row.iter().map(str::to_owned);
        names.iter().cloned().zip(cells).collect()
    };
    rows.map(|row| cells(row.unwrap())).collect()
}

fn days(house: &House, more: &[&str]) -> Vec<Cells> {
    let args = [&["export", "csv", "--layout", "day"], more].concat();
    cells_of(house.done(&args).out.as_bytes())
}

/// The filled cells of a row, without its date.
fn filled(row: &Cells) -> Vec<(&str, &str)> {
    let cells = row
        .iter()
        .map(|(name, cell)| (name.as_str(), cell.as_str()));
    cells
        .filter(|(name, cell)| !cell.is_empty() && *name != "date")
        .collect()
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one journal, looked at from every side"
)]
fn five_days_by_hand_with_a_zero_a_gap_and_a_day_of_two_check_ins() {
    let house = House::new();
    for args in [
        // 18 Nov: one check-in, two of three asked are answered through `--set`.
        &[
            "checkin",
            "--at",
            "2026-11-18 09:00",
            "--set",
            "nausea=0",
            "--set",
            "anxiety=3",
            "--note",
            "a slow day",
        ][..],
        // 19 Nov: doses of two products, and a practice without minutes.
        &["dose", "2.5g", "powder", "--at", "2026-11-19 08:00"],
        &["dose", "1.25g", "powder", "--at", "2026-11-19 18:00"],
        &[
            "dose",
            "3",
            "capsules",
            "--at",
            "2026-11-19 20:00",
            "--note",
            "=2",
        ],
        // 20 Nov: nothing. 21 Nov: no use, noted; urges; sleep twice; pressure twice.
        &["dose", "0", "powder", "--at", "2026-11-21"],
        &["urge", "2", "--at", "2026-11-21 10:00"],
        &["urge", "4", "--at", "2026-11-21 11:00"],
        &["measure", "sleep_hours=5.25", "--at", "2026-11-21 08:00"],
        &[
            "measure",
            "sleep_hours=1.5",
            "--add",
            "--at",
            "2026-11-21 15:00",
        ],
        &[
            "measure",
            "blood_pressure=120/80",
            "--at",
            "2026-11-21 09:00",
        ],
        &[
            "measure",
            "blood_pressure=131/85",
            "--at",
            "2026-11-21 19:00",
        ],
        &["measure", "something_good=4", "--at", "2026-11-21 20:00"],
        &[
            "did",
            "walking",
            "--minutes",
            "25",
            "--at",
            "2026-11-21 12:00",
        ],
        &[
            "did",
            "walking",
            "--minutes",
            "20",
            "--at",
            "2026-11-21 17:00",
        ],
        // 22 Nov: two check-ins.
        &[
            "checkin",
            "--at",
            "2026-11-22 08:00",
            "--set",
            "nausea=1",
            "--overall",
            "3",
        ],
        &[
            "checkin",
            "--at",
            "2026-11-22 20:00",
            "--set",
            "nausea=4",
            "--overall",
            "8",
            "--note",
            "better, later",
        ],
    ] {
        house.done(args);
    }
    // Of 22 Nov a third one, which is put away again.
    house.done(&["checkin", "--at", "2026-11-22 21:00", "--overall", "10"]);
    house.done(&["undo"]);
    let rows = days(&house, &[]);
    let dates: Vec<&str> = rows.iter().map(|row| row["date"].as_str()).collect();
    assert_eq!(
        dates,
        [
            "2026-11-18",
            "2026-11-19",
            "2026-11-20",
            "2026-11-21",
            "2026-11-22"
        ]
    );
    assert_eq!(
        filled(&rows[0]),
        [
            ("anxiety", "3.0"),
            ("checkins", "1"),
            ("items_asked", "2"),
            ("nausea", "0.0"),
            ("severity_n", "2")
        ]
    );
    assert_eq!(
        filled(&rows[1]),
        [
            ("capsule_capsule", "3"),
            ("doses", "3"),
            ("powder_g", "3.75"),
            ("use_recorded", "true")
        ]
    );
    assert_eq!(filled(&rows[2]), [], "nothing noted is blank in every cell");
    assert_eq!(
        filled(&rows[3]),
        [
            ("diastolic", "82.5"),
            ("doses", "0"),
            ("powder_g", "0"),
            ("practice_minutes", "45"),
            ("practices", "2"),
            ("sleep_hours", "6.75"),
            ("something_good", "4"),
            ("systolic", "125.5"),
            ("urge_worst", "4"),
            ("urges", "2"),
            ("use_recorded", "false"),
        ]
    );
    assert_eq!(
        filled(&rows[4]),
        [
            ("checkins", "2"),
            ("items_asked", "1"),
            ("nausea", "2.5"),
            ("nausea_worst", "4"),
            ("overall", "5.5"),
            ("overall_worst", "8"),
            ("severity_n", "1"),
        ]
    );
    // Something good is no severity and has no worst.
    assert!(!rows[0].contains_key("something_good_worst") && !rows[0].contains_key("note"));
    let taken = days(&house, &["--with-notes"]);
    let notes: Vec<&str> = taken.iter().map(|row| row["note"].as_str()).collect();
    assert_eq!(notes, ["a slow day", "'=2", "", "", "better, later"]);
    let raw = days(&house, &["--with-notes", "--raw"]);
    assert_eq!(raw[1]["note"], "=2");
    let part = days(&house, &["--from", "2026-11-20", "--to", "2026-11-21"]);
    assert_eq!(part, rows[2..4]);
}

#[test]
fn two_notes_of_a_day_stand_on_two_lines_and_those_left_behind_are_counted() {
    let house = House::new();
    house.done(&[
        "checkin",
        "--at",
        "2026-11-22 08:00",
        "--overall",
        "3",
        "--note",
        "one",
    ]);
    house.done(&[
        "checkin",
        "--at",
        "2026-11-22 20:00",
        "--overall",
        "3",
        "--note",
        "two",
    ]);
    assert_eq!(days(&house, &["--with-notes"])[0]["note"], "one\ntwo");
    let said = house.done(&["export", "csv", "--layout", "day"]).err;
    assert!(
        said.contains("2 notes") && said.contains("--with-notes"),
        "{said}"
    );
    let said = house
        .done(&["export", "csv", "--layout", "day", "--with-notes"])
        .err;
    assert!(!said.contains("2 notes"), "{said}");
    for misfit in [
        &["export", "csv", "--with-notes"][..],
        &["export", "csv", "--layout", "wide", "--with-notes"],
        &[
            "export",
            "csv",
            "--layout",
            "day",
            "--with-notes",
            "-o",
            "out",
            "--share",
            "P-1",
            "--yes",
        ],
    ] {
        assert_eq!(house.code(misfit), 2, "{misfit:?}");
    }
}

#[test]
fn an_empty_journal_gives_the_header_and_a_visit_to_come_stretches_nothing() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3"]);
    house.done(&["undo"]);
    let empty = house.done(&["export", "csv", "--layout", "day"]);
    assert_eq!(empty.out.lines().count(), 1);
    house.done(&["dose", "2g", "powder", "--at", "2026-11-20 08:00"]);
    house.done(&["appointment", "add", "doctor", "--at", "in 3 weeks 10:00"]);
    let rows = days(&house, &[]);
    assert_eq!(rows.len(), 1, "{rows:?}");
}

#[test]
fn a_day_a_row_is_refused_on_import_whatever_saved_it_and_whatever_it_is_called() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3"]);
    house.done(&["export", "csv", "--layout", "day", "-o", "days.csv"]);
    let text = std::fs::read_to_string(house.path("days.csv")).unwrap();
    let bytes = |name: &str, text: &str| std::fs::write(house.path(name), text).unwrap();
    bytes("a.csv", &format!("\u{feff}{text}"));
    bytes("b.csv", &text.replace(',', ";"));
    bytes(
        "c.csv",
        &text.replacen("date,attempt", "\"date\",\"attempt\"", 1),
    );
    for name in ["days.csv", "a.csv", "b.csv", "c.csv"] {
        for more in [
            &[][..],
            &["--dry-run"],
            &["--format", "table", "--map", "date=date"],
        ] {
            let said = house.ebb(&[&["import", name], more].concat());
            assert_eq!(said.code, 2, "{name} {more:?}: {said:?}");
            assert!(
                said.err.contains("a day a row") && said.err.contains("nothing was taken in"),
                "{}",
                said.err
            );
        }
    }
}

#[test]
fn the_package_has_the_days_ignores_them_when_it_comes_in_and_a_share_has_none() {
    let house = House::new();
    let demo = ["demo", "--days", "40", "--seed", "3", "--write", "demo.db"];
    house.done(&demo);
    let of_demo = |args: &[&str]| house.done(&[&["--journal", "demo.db"], args].concat());
    of_demo(&["export", "csv", "-o", "out/"]);
    let file = std::fs::read(house.path("out/days.csv")).unwrap();
    let alone = of_demo(&["export", "csv", "--layout", "day"]).out;
    assert_eq!(String::from_utf8(file).unwrap(), alone);
    let described = std::fs::read_to_string(house.path("out/datapackage.json")).unwrap();
    let described: serde_json::Value = serde_json::from_str(&described).unwrap();
    let resources = described["resources"].as_array().unwrap();
    let days = resources.iter().find(|one| one["name"] == "days").unwrap();
    let fields = days["schema"]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.join(","), alone.lines().next().unwrap());
    assert!(fields.iter().all(|field| field["description"].is_string()));
    let powder = fields
        .iter()
        .find(|field| field["name"] == "powder_g")
        .unwrap();
    assert!(
        powder["description"]
            .as_str()
            .unwrap()
            .contains("An empty amount is not 0")
    );

    // Whatever stands in it: the days are worked out anew.
    std::fs::write(house.path("out/days.csv"), "date\r\n2026-11-22\r\n").unwrap();
    house.done(&["import", "out/"]);
    house.done(&["export", "csv", "-o", "again/"]);
    let again = std::fs::read_to_string(house.path("again/days.csv")).unwrap();
    assert_eq!(again, alone);

    of_demo(&["export", "csv", "-o", "study", "--share", "P-1", "--yes"]);
    assert!(!house.path("study/days.csv").exists());
}

/// The sums of a demo year in this layout are those of the others and of `ebb trend`.
#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one journal, looked at from every side"
)]
fn the_sums_of_a_made_up_year_are_those_of_the_other_layouts_and_of_trends() {
    let house = House::new();
    house.done(&["demo", "--days", "365", "--seed", "4", "--write", "demo.db"]);
    let of_demo = |args: &[&str]| house.done(&[&["--journal", "demo.db"], args].concat()).out;
    let rows = cells_of(of_demo(&["export", "csv", "--layout", "day"]).as_bytes());
    let wide = cells_of(of_demo(&["export", "csv", "--layout", "wide"]).as_bytes());
    let long = cells_of(of_demo(&["export", "csv"]).as_bytes());
    let number = |cell: &String| cell.parse::<f64>().ok();

    let mut answers: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for row in &long {
        let key = (row["date"].as_str(), row["symptom"].as_str());
        answers
            .entry(key)
            .or_default()
            .push(number(&row["severity"]).unwrap());
    }
    let mut overalls: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut check_ins: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &wide {
        let date = row["date"].as_str();
        *check_ins.entry(date).or_default() += 1;
        overalls
            .entry(date)
            .or_default()
            .extend(number(&row["overall"]));
    }
    let one_decimal = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (mean * 10.0 + 1e-9).round() / 10.0
    };
    let mut compared = 0;
    for row in &rows {
        let date = row["date"].as_str();
        let n = row["checkins"].parse().ok();
        assert_eq!(check_ins.get(date).copied(), n, "{date}");
        let overalls = overalls.get(date).filter(|values| !values.is_empty());
        assert_eq!(
            overalls.map(|values| one_decimal(values)),
            number(&row["overall"]),
            "{date}"
        );
        for symptom in [
            "nausea",
            "anxiety",
            "craving",
            "restless_legs",
            "own_jaw_tension",
        ] {
            let values = answers.get(&(date, symptom));
            assert_eq!(
                values.map(|values| one_decimal(values)),
                number(&row[symptom]),
                "{date} {symptom}"
            );
            let worst = values.filter(|values| values.len() > 1);
            let worst = worst.map(|values| values.iter().copied().fold(0.0, f64::max));
            assert_eq!(
                worst,
                number(&row[&format!("{symptom}_worst")]),
                "{date} {symptom}"
            );
            compared += usize::from(values.is_some());
        }
    }
    assert!(compared > 500, "{compared}");

    let first = rows[0]["date"].as_str();
    let last = rows.last().unwrap()["date"].as_str();
    for (series, column) in [
        ("severity", "severity_index"),
        ("body", "body_index"),
        ("mind", "mind_index"),
        ("overall", "overall"),
        ("nausea", "nausea"),
        ("doses", "doses"),
        ("amount_powder", "powder_g"),
        ("urges", "urges"),
        ("sleep_hours", "sleep_hours"),
        ("intakes", "intakes"),
    ] {
        let json = of_demo(&[
            "trend", series, "--view", "all", "--from", first, "--to", last, "--json",
        ]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let days = json["series"][0]["days"].as_array().unwrap();
        let of_trend: BTreeMap<&str, f64> = days
            .iter()
            .filter_map(|day| Some((day["date"].as_str()?, day["value"].as_f64()?)))
            .collect();
        let mut n = 0;
        for row in &rows {
            let (here, there) = (number(&row[column]), of_trend.get(row["date"].as_str()));
            // Means have one decimal in files, of what was logged they have those of JSON.
            let is_alike = match (here, there) {
                (Some(here), Some(there)) => (here - there).abs() <= 0.0501,
                (None, None) => true,
                _ => false,
            };
            assert!(
                is_alike,
                "{series} on {}: {here:?} and {there:?}",
                row["date"]
            );
            n += usize::from(here.is_some());
        }
        assert!(n > 0, "{series} has no day");
        assert_eq!(n, of_trend.len(), "{series}");
    }
}
