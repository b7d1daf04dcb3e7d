//! Amounts of a product in several units, and each amount once: what is added up, drawn and written to tables.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use house::House;

#[test]
fn what_the_columns_show_of_a_product_is_not_drawn_a_second_time() {
    let house = House::new();
    for (first, amount) in [("2026-11-09", "2g"), ("2026-11-16", "1.5g")] {
        let first: chrono::NaiveDate = first.parse().unwrap();
        for day in first.iter_days().take(7) {
            house.done(&["dose", amount, "powder", "--at", &day.to_string()]);
        }
    }
    for view in ["week", "month", "all"] {
        let out = house.done(&["trend", "powder", "--view", view]).out;
        assert_eq!(out.matches("Leaf powder, g").count(), 1, "{out}");
        assert!(!out.contains("Used, g"), "{out}");
        // Beside another series it is news.
        let other = house.done(&["trend", "doses", "--view", view]).out;
        let is_there = other.contains("Used, g") || other.contains("g a day");
        assert!(is_there, "{other}");
    }
}

#[test]
fn cups_are_counted_as_no_glasses() {
    let house = House::new();
    for (amount, at) in [
        ("2 cups", "2026-11-20 10:00"),
        ("1 glass", "2026-11-20 15:00"),
        ("3 cups", "2026-11-21 10:00"),
    ] {
        house.done(&["dose", amount, "tea", "--at", at]);
    }
    let table = house
        .done(&["trend", "tea", "--view", "table", "--plain"])
        .out;
    assert!(table.contains("1 glass and 5 cups"), "{table}");
    let status = house.done(&["status"]).out;
    assert!(status.contains("1 glass and 5 cups"), "{status}");
    let week = house.done(&["trend", "overall"]).out;
    assert!(week.contains(" 3 cups") && week.contains(" 1+2"), "{week}");
    let report = house.done(&["report", "--format", "text"]).out;
    assert!(report.contains("1 glass and 5 cups"), "{report}");
    let days = house.done(&["export", "csv", "--layout", "day"]).out;
    let header: Vec<&str> = days.lines().next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|it| *it == name).unwrap();
    let cells = |name: &str| -> Vec<String> {
        let rows = days.lines().skip(1);
        rows.map(|row| row.split(',').nth(column(name)).unwrap().to_owned())
            .collect()
    };
    assert_eq!(cells("tea_cup"), ["2", "3"]);
    assert_eq!(cells("tea_glass"), ["1", ""]);
    // Nor are they a start or a step of a plan that counts glasses.
    for (from, steps) in [("3 cups", "2,1"), ("3", "2 cups, 1 cup")] {
        let args = [
            "taper",
            "preview",
            "--from",
            from,
            "--steps",
            steps,
            "--every",
            "7",
            "--product",
            "tea",
        ];
        assert_eq!(house.ebb(&args).code, 2, "{from} {steps}");
    }
}
