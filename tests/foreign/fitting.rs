//! What a file brings beside what its own rows, or the journal, have already: nothing is lost without a word, and nothing is
//! told twice.

use super::house::House;

fn put(house: &House, text: &str) {
    std::fs::write(house.path("t.csv"), text).unwrap();
}

fn import(house: &House, maps: &[&str], more: &[&str]) -> String {
    let mut words = vec!["import", "t.csv"];
    words.extend(maps.iter().flat_map(|map| ["--map", map]));
    words.extend(more);
    house.done(&words).err
}

/// The lines of History, without what stands before an entry.
fn history(house: &House) -> Vec<String> {
    let told = house.done(&["history"]).out;
    let lines = told.lines().filter(|line| line.starts_with("  "));
    lines.map(|line| line.trim().to_owned()).collect()
}

fn ratings(house: &House) -> Vec<String> {
    let rows = house.rows(&["export", "csv"]);
    let told = rows[1..].iter().map(|row| format!("{} {}", row[7], row[9]));
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

#[test]
fn two_columns_of_one_symptom_keep_both_of_their_values() {
    let house = House::new();
    put(
        &house,
        "Date,Morning,Evening,Day,Night\n2026-11-20,1,3,2,6\n2026-11-21,2,,4,\n",
    );
    let maps = [
        "Morning=symptom:nausea",
        "Evening=symptom:nausea",
        "Day=overall",
        "Night=overall",
    ];
    let said = import(&house, &maps, &[]);
    assert!(said.contains("3 check-ins"), "{said}");
    assert!(said.contains("each is in a check-in of its own"), "{said}");
    assert_eq!(ratings(&house), ["nausea 1", "nausea 2", "nausea 3"]);
    let rows = house.rows(&["export", "csv", "--layout", "wide"]);
    let mut overall: Vec<&str> = rows[1..].iter().map(|row| row[7].as_str()).collect();
    overall.sort_unstable();
    assert_eq!(overall, ["2", "4", "6"]);
    let again = import(&house, &maps, &[]);
    assert!(again.contains("Nothing new to take in"), "{again}");
}

#[test]
fn a_row_has_the_number_that_a_person_counts_whatever_ends_the_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let house = House::new();
        let text = "Date,Nausea,Note\n\n2026-11-20,1,\"two\nlines\"\n\n\n2026-11-21,9,\n";
        put(&house, &text.replace('\n', end));
        let answer = house.ebb(&["import", "t.csv", "--map", "Nausea=symptom:nausea"]);
        assert_eq!(answer.code, 2, "{}", answer.err);
        assert!(
            answer.err.contains("t.csv, row 6, Nausea"),
            "{}",
            answer.err
        );
        import(&house, &["Nausea=symptom:nausea"], &["--skip-slips"]);
        let json = house.done(&["export", "json"]).out;
        assert!(json.contains("two\\nlines"), "{json}");
    }
}

#[test]
fn a_line_that_names_the_separator_may_end_as_on_an_old_mac() {
    for end in ["\n", "\r\n", "\r"] {
        let house = House::new();
        let text = "sep=;\nDate;Nausea\n2026-11-20;3\n";
        put(&house, &text.replace('\n', end));
        import(&house, &["Nausea=symptom:nausea"], &[]);
        assert_eq!(ratings(&house), ["nausea 3"], "{end:?}");
    }
}

#[test]
fn a_medicine_whose_blank_state_was_cut_off_was_not_taken() {
    let house = House::new();
    put(
        &house,
        "Date,Time,Medicine,Amount,Taken\n2026-11-20,08:00,Alpha,1\n2026-11-20,09:00,Alpha,1,x\n",
    );
    let said = import(&house, &[], &[]);
    // The time beside a day is no second day.
    assert!(said.contains("Time: the time"), "{said}");
    let told = history(&house);
    assert!(
        told.iter()
            .any(|line| line.starts_with("08:00") && line.ends_with("skipped")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|line| line.starts_with("09:00") && line.ends_with("taken")),
        "{told:?}"
    );
}

#[test]
fn a_row_with_more_cells_than_the_header_is_a_slip_of_its_own() {
    let house = House::new();
    put(
        &house,
        "Date,Nausea,Note\n2026-11-20,1,one, two\n2026-11-21,2,x\n",
    );
    let answer = house.ebb(&["import", "t.csv", "--map", "Nausea=symptom:nausea"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer
            .err
            .contains("row 2: this row has 4 cells, the header has 3")
            && answer.err.contains("--skip-slips leaves out 1 row"),
        "{}",
        answer.err
    );
    let said = import(&house, &["Nausea=symptom:nausea"], &["--skip-slips"]);
    assert!(said.contains("row 2: this row has 4 cells"), "{said}");
    assert_eq!(ratings(&house), ["nausea 2"]);
}

#[test]
fn a_column_is_a_product_a_practice_or_a_symptom_of_the_persons_own_by_its_name() {
    let house = House::new();
    house.done(&[
        "product",
        "add",
        "Blue bag",
        "--unit",
        "scoop",
        "--smallest",
        "0.5",
    ]);
    house.done(&["practice", "add", "Cold plunge", "--measure", "done"]);
    house.done(&["symptom", "add", "Cold feet", "--category", "physical"]);
    put(
        &house,
        "Date,Bag,Plunge,Feet\n2026-11-20,2 scoops,yes,3\n2026-11-21,1.5,,1\n",
    );
    let maps = [
        "Bag=dose:blue bag",
        "Plunge=practice:cold plunge",
        "Feet=symptom:Cold feet",
    ];
    let said = import(&house, &maps, &[]);
    assert!(
        said.contains("Bag: a dose of Blue bag, in scoop\n"),
        "{said}"
    );
    let told = history(&house).join("\n");
    for entry in [
        "Used 2 scoop, Blue bag",
        "Used 1.5 scoop, Blue bag",
        "Cold plunge",
    ] {
        assert!(told.contains(entry), "{entry}: {told}");
    }
    assert_eq!(ratings(&house), ["own_cold_feet 1", "own_cold_feet 3"]);
    // One that nobody added is refused with the list, and nothing comes in.
    let before = house.done(&["export", "json"]).out;
    for (map, known) in [
        ("Bag=dose:red bag", "own_blue_bag"),
        ("Bag=practice:hot plunge", "no practice is called"),
        ("Bag=symptom:hot feet", "no symptom has the code"),
    ] {
        let answer = house.ebb(&["import", "t.csv", "--map", map]);
        assert_eq!(answer.code, 2, "{map}");
        assert!(answer.err.contains(known), "{map}: {}", answer.err);
    }
    assert_eq!(house.done(&["export", "json"]).out, before);
}

#[test]
fn a_day_gets_at_most_24_hours_of_sleep_and_a_long_one_is_told() {
    let house = House::new();
    let maps = ["Slept=measure:sleep_hours:h"];
    put(
        &house,
        "Date,Slept\n2026-11-20,9\n2026-11-20,6.5\n2026-11-20,9\n2026-11-21,7\n",
    );
    let dry = house
        .done(&["import", "t.csv", "--map", maps[0], "--dry-run"])
        .out;
    assert!(
        dry.contains("1 day gets more than 14 h of sleep")
            && dry.contains("Fri 20 Nov 15.5 h")
            && dry.contains("9 h in the file beside 15.5 h, and a day has 24"),
        "{dry}"
    );
    let said = import(&house, &maps, &[]);
    assert!(
        said.contains("3 measurements") && said.contains("Left out: 1 thing"),
        "{said}"
    );
    // What was left out stays so, and the others are not counted twice.
    let again = import(&house, &maps, &[]);
    assert!(
        again.contains("Nothing new to take in") && again.contains("no hours left"),
        "{again}"
    );
    assert_eq!(history(&house).len(), 3);
    // Another file meets the hours that are here.
    put(&house, "Date,Nap\n2026-11-20,8.5\n2026-11-20,8.6\n");
    let said = import(&house, &["Nap=measure:sleep_hours:h"], &[]);
    assert!(
        said.contains("1 measurement,") && said.contains("Left out: 1 thing"),
        "{said}"
    );
}

#[test]
fn a_sleep_that_overlaps_one_that_is_here_is_left_out_whole_and_named() {
    let house = House::new();
    let maps = [
        "Slept=measure:sleep_hours:h",
        "From=measure:sleep_hours:asleep",
    ];
    // The second overlaps the first; the nap in the afternoon does not.
    put(
        &house,
        "Date,From,Slept\n2026-11-20 07:00,23:00,7.5\n2026-11-20 06:30,22:40,7\n2026-11-20 15:00,14:00,1\n",
    );
    let said = import(&house, &maps, &[]);
    assert!(
        said.contains("2 measurements")
            && said.contains("overlaps a sleep that the day has, which stays as it is (7 h in the file, 7.5 h there)"),
        "{said}"
    );
    let again = import(&house, &maps, &[]);
    assert!(again.contains("Nothing new to take in"), "{again}");
    let json = house.done(&["export", "json"]).out;
    assert!(
        json.contains("\"asleep\":\"23:00\"") && json.contains("\"woke\":\"07:00\""),
        "{json}"
    );
}

#[test]
fn a_day_without_and_a_dose_of_one_product_do_not_stand_on_one_day() {
    let house = House::new();
    let maps = ["Grams=dose:powder"];
    house.done(&["dose", "2", "powder", "--at", "2026-11-20 10:00"]);
    house.done(&["dose", "0", "powder", "--at", "2026-11-21"]);
    put(
        &house,
        "Date,Grams\n2026-11-20,0\n2026-11-21,0\n2026-11-19,0\n",
    );
    let said = import(&house, &maps, &[]);
    assert!(
        said.contains("1 day without")
            && said.contains("a dose of that product stands on that day here (2 g)")
            && said.contains("is noted as one without that product already"),
        "{said}"
    );
    put(&house, "Date,Grams\n2026-11-21,3\n");
    let said = import(&house, &maps, &[]);
    assert!(
        said.contains(
            "1 day noted here as without gives way to a dose of the file: Sat 21 Nov, Leaf powder."
        ),
        "{said}"
    );
    house.done(&["undo"]);
    let told = history(&house).join("\n");
    assert_eq!(told.matches("A day without").count(), 2, "{told}");
}
