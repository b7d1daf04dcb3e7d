//! Cells of tables: units, numbers, blanks, slips, and what is said about a file that was imported before.

use super::house::{House, Said};

pub(crate) fn put(house: &House, text: &str) {
    std::fs::write(house.path("t.csv"), text).unwrap();
}

pub(crate) fn import(house: &House, maps: &[&str], more: &[&str]) -> Said {
    let mut words = vec!["import", "t.csv"];
    words.extend(maps.iter().flat_map(|map| ["--map", map]));
    words.extend(more);
    house.ebb(&words)
}

/// What a file brings with these maps: what History has, a line an entry.
fn brings(text: &str, maps: &[&str], more: &[&str]) -> Vec<String> {
    let house = House::new();
    put(&house, text);
    let answer = import(&house, maps, more);
    assert_eq!(answer.code, 0, "{text} {maps:?}: {}", answer.err);
    entries(&house)
}

pub(crate) fn entries(house: &House) -> Vec<String> {
    let told = house.ebb(&["history"]).out;
    let mut entries: Vec<String> = Vec::new();
    for line in told.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.len() - line.trim_start().len() {
            0 => {}
            2 => entries.push(words),
            _ => {
                let entry = entries.last_mut().unwrap();
                entry.push(' ');
                entry.push_str(&words);
            }
        }
    }
    // What has one moment has no order of its own.
    entries.sort();
    entries
}

/// What is said about a file that is refused; the journal does not come into being.
fn refused(text: &str, maps: &[&str]) -> String {
    let house = House::new();
    put(&house, text);
    let answer = import(&house, maps, &[]);
    assert_eq!(answer.code, 2, "{text} {maps:?}: {}", answer.err);
    assert!(!house.journal().exists(), "{text}");
    answer.err
}

#[test]
fn a_unit_is_read_from_the_cell_the_map_or_the_heading() {
    for (column, cell, target, wanted) in [
        ("Weight (lbs)", "180", "measure:weight", "Weight, 180 lb"),
        ("Weight", "180 lbs", "measure:weight", "Weight, 180 lb"),
        ("Weight", "180", "measure:weight:lb", "Weight, 180 lb"),
        ("Weight (lbs)", "81 kg", "measure:weight", "Weight, 81 kg"),
        (
            "Temp F",
            "98.6",
            "measure:temperature",
            "Temperature, 98.6 \u{b0}F",
        ),
        (
            "Temp",
            "36.6",
            "measure:temperature",
            "Temperature, 36.6 \u{b0}C",
        ),
        (
            "Sleep (min)",
            "450",
            "measure:sleep_hours",
            "Hours slept, 450 min",
        ),
        (
            "Sleep",
            "27000",
            "measure:sleep_hours:s",
            "Hours slept, 7.5 h",
        ),
        (
            "Sleep",
            "7:30:00",
            "measure:sleep_hours:h:mm:ss",
            "Hours slept, 7.5 h",
        ),
        (
            "Sleep",
            "7:20",
            "measure:sleep_hours",
            "Hours slept, 440 min",
        ),
        ("Slept", "6.5", "measure:sleep_hours", "Hours slept, 6.5 h"),
        ("dose mg", "2500", "dose:powder", "Used 2.5 g, Leaf powder"),
        ("Dose", "2500 mg", "dose:powder", "Used 2.5 g, Leaf powder"),
        (
            "Shot",
            "0.045 l",
            "dose:extract_liquid",
            "Used 45 mL, Liquid extract or shot",
        ),
        ("cups", "2", "dose:tea", "Used 2 cups, Tea or juice"),
        ("reps", "2", "dose:powder", "Used 2 g, Leaf powder"),
    ] {
        let text = format!("Date,{column}\n2026-11-20,{cell}\n");
        let map = format!("{column}={target}");
        let here = brings(&text, &[&map], &[]);
        assert_eq!(
            here,
            [format!("no time {wanted}")],
            "{column} {cell} {target}"
        );
    }
}

#[test]
fn a_unit_that_nothing_says_is_asked_for_and_named_in_the_dry_run() {
    for (column, cell, target, parts) in [
        (
            "Weight",
            "180",
            "measure:weight",
            &["measure:weight:kg", "measure:weight:lb"][..],
        ),
        (
            "Asleep",
            "443",
            "measure:sleep_hours",
            &[
                "row 2, Asleep",
                "measure:sleep_hours:min",
                "measure:sleep_hours:s",
            ],
        ),
        (
            "Weight (cm)",
            "180",
            "measure:weight",
            &["in cm by their heading", "measure:weight:kg"],
        ),
        (
            "total_ml",
            "45",
            "dose:tea",
            &[
                "in ml by their heading",
                "dose:tea:glass",
                "dose:extract_liquid:ml",
            ],
        ),
        (
            "Tea",
            "45",
            "dose:tea:ml",
            &["counted in glass", "no amount in ml is ever converted"],
        ),
        ("Fluid", "2", "measure:fluids", &["measure:fluids:L"]),
    ] {
        let text = format!("Date,{column}\n2026-11-20,{cell}\n");
        let said = refused(&text, &[&format!("{column}={target}")]);
        for part in parts {
            assert!(said.contains(part), "{column}: {part}: {said}");
        }
    }
    let house = House::new();
    put(&house, "Date,tea,mg,Weight (lbs)\n2026-11-20,2,250,180\n");
    let maps = [
        "tea=dose:tea",
        "mg=dose:powder",
        "Weight (lbs)=measure:weight",
    ];
    let said = import(&house, &maps, &["--dry-run"]).err;
    for line in [
        "tea: a dose of Tea or juice, in glasses",
        "mg: a dose of Leaf powder, in mg; Leaf powder is counted in g",
        "Weight (lbs): the measurement Weight, in lb",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn a_number_is_read_by_the_signs_of_its_column_and_of_its_file_and_asked_for_where_they_are_silent()
{
    let steps = ["Steps=measure:steps"];
    let wanted = ["no time Steps, 5000 steps", "no time Steps, 12500 steps"];
    let sorted = |mut lines: Vec<String>| {
        lines.sort_by_key(String::len);
        lines
    };
    let file = |first: &str, second: &str| {
        format!("Date;Steps\n2026-11-20;{first}\n2026-11-20;{second}\n")
    };
    for (first, second) in [
        ("5'000", "12\u{2019}500"),
        ("5 000", "12\u{202f}500"),
        ("5.000,0", "12.500"),
        ("5,000.0", "12,500"),
    ] {
        assert_eq!(
            sorted(brings(&file(first, second), &steps, &[])),
            wanted,
            "{first}"
        );
    }
    let open = file("5,000", "12,500");
    let said = refused(&open, &steps);
    assert!(
        said.contains("row 2, Steps") && said.contains("5000 or 5.000"),
        "{said}"
    );
    assert!(
        said.contains("--decimal point or --decimal comma"),
        "{said}"
    );
    assert_eq!(
        sorted(brings(&open, &steps, &["--decimal", "point"])),
        wanted
    );
    // Another column of the same file says what the comma is.
    let both = "Date;Steps;Leaf\n2026-11-20;5.000;2,5\n";
    let here = brings(both, &["Steps=measure:steps", "Leaf=dose:powder"], &[]);
    assert!(
        here.contains(&"no time Steps, 5000 steps".to_owned()),
        "{here:?}"
    );
    assert!(
        here.contains(&"no time Used 2.5 g, Leaf powder".to_owned()),
        "{here:?}"
    );
    let scale = brings(
        "Date,N\n2026-11-20,75%\n2026-11-21,3/4\n",
        &["N=symptom:nausea:0-100"],
        &["--skip-slips"],
    );
    assert_eq!(scale, ["no time 1 of 18, Nausea 3"]);
    let said = refused(
        "Date,Sleep\n2026-11-20,7\n2026-11-21,<5\n",
        &["Sleep=measure:sleep_hours"],
    );
    assert!(
        said.contains("row 3, Sleep") && said.contains("no exact number"),
        "{said}"
    );
}

#[test]
fn what_is_blank_is_said_once_for_the_file() {
    let text = "Date,N,S,G\n2026-11-20,-,N/A,0\n2026-11-21,0,,2\n2026-11-22,x,7,1\n";
    let maps = ["N=symptom:nausea", "S=measure:sleep_hours", "G=dose:powder"];
    let said = refused(text, &maps);
    assert!(said.contains("row 4, N"), "{said}");
    let here = brings(text, &maps, &["--blank", "-,n/a,x"]);
    assert_eq!(
        here,
        [
            "no time 1 of 18, Nausea 0",
            "no time A day without Leaf powder",
            "no time Hours slept, 7 h",
            "no time Used 1 g, Leaf powder",
            "no time Used 2 g, Leaf powder",
        ]
    );
    let here = brings(text, &maps, &["--blank", "-,n/a,x,0"]);
    assert_eq!(here.len(), 3, "{here:?}");
    // A word that stands on the scale is a level, and no blank.
    let here = brings("Date,N\n2026-11-20,-\n", &["N=symptom:nausea:-|+|++"], &[]);
    assert_eq!(here, ["no time 1 of 18, Nausea 0"]);
}

#[test]
fn a_day_with_a_dose_is_no_day_without_and_the_zero_is_named() {
    let house = House::new();
    put(
        &house,
        "Date,G\n2026-11-20,0\n2026-11-20,2\n2026-11-21,0\n2026-11-21,0\n",
    );
    let said = import(&house, &["G=dose:powder"], &[]).err;
    assert!(said.contains("2 amounts of 0 left out"), "{said}");
    assert_eq!(
        entries(&house),
        [
            "no time A day without Leaf powder",
            "no time Used 2 g, Leaf powder"
        ]
    );
}

#[test]
fn two_columns_are_one_blood_pressure() {
    let text = "Date,Sys,Dia\n2026-11-20,120,80\n2026-11-21,,\n2026-11-22,118,\n";
    let maps = [
        "Sys=measure:blood_pressure:systolic",
        "Dia=measure:blood_pressure:diastolic",
    ];
    let said = refused(text, &maps);
    assert!(
        said.contains("row 4, Sys") && said.contains("the other one is blank"),
        "{said}"
    );
    let here = brings(text, &maps, &["--skip-slips"]);
    assert_eq!(here, ["no time Blood pressure, 120/80 mmHg"]);
    let said = refused(text, &maps[..1]);
    assert!(said.contains("measure:blood_pressure:diastolic"), "{said}");
}

#[test]
fn the_other_fields_of_a_dose_belong_to_it() {
    let text = "Date,Grams,Strain,Brand,At,Why\n2026-11-20,2.5,Bali,Own,8:05 PM,sleep\n2026-11-21,,Maeng Da,,,\n";
    let maps = [
        "Grams=dose:powder",
        "Strain=dose:powder:note",
        "Brand=dose:powder:note",
        "At=dose:powder:time",
        "Why=dose:powder:reason",
    ];
    let house = House::new();
    put(&house, text);
    let said = import(&house, &maps, &[]).err;
    assert!(
        said.contains("1 dose") && !said.contains("check-in"),
        "{said}"
    );
    assert!(said.contains("1 cell about a dose left out"), "{said}");
    let told = house.ebb(&["export", "json"]).out;
    assert!(
        told.contains("Strain: Bali\\nBrand: Own") && told.contains("\"reason\":\"sleep\""),
        "{told}"
    );
    assert!(told.contains("2026-11-20T20:05:00"), "{told}");
    // In a table of doses alone a note is one of the dose, and no check-in with nothing else in it.
    let here = brings(
        "Date,Grams,Note\n2026-11-20,2.5,calm\n",
        &["Grams=dose:powder"],
        &[],
    );
    assert_eq!(here.len(), 1, "{here:?}");
    assert!(
        here[0].starts_with("no time Used 2.5 g, Leaf powder"),
        "{here:?}"
    );
}

#[test]
fn a_part_of_the_day_gets_no_hour_and_is_named_in_the_note() {
    for word in [
        "am",
        "mid",
        "pm",
        "Night",
        "pre",
        "morgens",
        "soir",
        "mañana",
        "Nachmittag",
    ] {
        let text = format!("Date,Time,N\n2026-11-20,{word},2\n");
        let house = House::new();
        put(&house, &text);
        let said = import(&house, &["N=symptom:nausea"], &[]).err;
        assert!(said.contains("no hour stands for it"), "{word}: {said}");
        let told = house.ebb(&["export", "json"]).out;
        assert!(told.contains("\"without_time\":true"), "{word}: {told}");
        assert!(
            told.contains(&format!("\"note\":\"Time: {word}\"")),
            "{word}: {told}"
        );
    }
}

#[test]
fn a_bad_cell_costs_its_row_alone_if_the_person_agrees() {
    let text = "Date,N,G\n2026-11-20,1,2\nsome day,2,\n2026-11-22,9,1\n2026-11-23,x,1\n";
    let maps = ["N=symptom:nausea", "G=dose:powder"];
    let said = refused(text, &maps);
    assert!(said.contains("--skip-slips leaves out 3 rows"), "{said}");
    let house = House::new();
    put(&house, text);
    let answer = import(&house, &maps, &["--skip-slips"]);
    for part in [
        "3 rows that cannot be read",
        "t.csv, row 3, Date",
        "t.csv, row 4, N",
        "t.csv, row 5",
    ] {
        assert!(answer.err.contains(part), "{part}: {}", answer.err);
    }
    // A row with a slip brings nothing, its good cells neither.
    assert_eq!(
        entries(&house),
        ["no time 1 of 18, Nausea 1", "no time Used 2 g, Leaf powder"]
    );
    // Mended, the rows come in, and nothing twice.
    put(&house, "Date,N,G\n2026-11-20,1,2\n2026-11-22,3,1\n");
    let said = import(&house, &maps, &[]).err;
    assert!(said.contains("Taken in: 1 check-in, 1 dose"), "{said}");
    assert!(said.contains("Here already, the same: 2 things"), "{said}");
}

#[test]
fn the_words_of_a_column_are_listed_with_their_counts_and_several_are_one_level() {
    let text = "Date,Mood\n2026-11-20,rad\n2026-11-21,super\n2026-11-21,super\n2026-11-22,awful\n";
    let said = refused(text, &["Mood=overall:rad|good|meh|bad|awful"]);
    assert!(said.contains("super (2), rad (1), awful (1)"), "{said}");
    let here = brings(text, &["Mood=overall:rad + super|good|meh|bad|awful"], &[]);
    let wanted = [
        "no time overall 0",
        "no time overall 0",
        "no time overall 0",
        "no time overall 10",
    ];
    assert_eq!(here, wanted);
}

#[test]
fn a_refusal_says_the_cure() {
    let files: &[(&[u8], &str)] = &[
        (b"PK\x03\x04....", "unzip it"),
        (b"\xd0\xcf\x11\xe0....", "save the table as CSV"),
        (b"%PDF-1.7", "export CSV"),
        (b"[{\"a\": 1}]", "it is JSON"),
        (b"<html>", "a page or XML"),
        (b"", "it is empty"),
        (b"just words\n", "no row of it has several cells"),
        (b"2026-11-20,2\n2026-11-21,3\n", "has no names"),
        (b"Wann,N\n20. Brachet,2\n", "--map \"Wann=date\""),
        (b"Wann,N\n2026-11-20,2\n", "--map \"Wann=date\""),
    ];
    for (bytes, cure) in files {
        let house = House::new();
        std::fs::write(house.path("t.csv"), bytes).unwrap();
        let answer = import(&house, &[], &["--format", "auto"]);
        assert_eq!(answer.code, 2);
        let answer = import(&house, &[], &[]);
        // A form that is read by now needs no cure.
        if answer.code == 0 || !answer.err.contains("in no form that can be told") {
            continue;
        }
        assert!(answer.err.contains(cure), "{cure}: {}", answer.err);
    }
    let said = refused("Date,S\n2026-11-20,7\n", &["S=measure:sleeping"]);
    assert!(
        said.contains("sleep_hours") && said.contains("there are"),
        "{said}"
    );
}

#[test]
fn an_open_quote_is_named_with_its_row_also_in_a_file_of_ours() {
    let said = refused(
        "Date,N,Note\n2026-11-20,2,\"open\n2026-11-21,3,b\n",
        &["N=symptom:nausea"],
    );
    assert!(
        said.contains("row 2") && said.contains("a quote opens"),
        "{said}"
    );
    let house = House::new();
    house.done(&["checkin", "--set", "nausea=2", "--note", "one\ntwo"]);
    let wide = house.done(&["export", "csv", "--layout", "wide"]).out;
    let broken = wide.replace("two\"", "two");
    assert_ne!(broken, wide);
    put(&house, &broken);
    let answer = import(&house, &[], &[]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("row 2") && answer.err.contains("a quote opens"),
        "{}",
        answer.err
    );
}

#[test]
fn a_corrected_value_and_a_corrected_map_say_how_the_first_import_is_taken_back() {
    let house = House::new();
    let maps = ["N=symptom:nausea", "G=dose:powder"];
    put(&house, "Date,N,G\n2026-11-20,1,2.5\n2026-11-21,2,3\n");
    assert_eq!(import(&house, &maps, &[]).code, 0);
    put(&house, "Date,N,G\n2026-11-20,3,2.5\n2026-11-21,2,4\n");
    let said = import(&house, &maps, &[]).err;
    for part in [
        "1 value differs from what came in on Sun 22 Nov",
        "Sat 21 Nov 2026: used 3 g, Leaf powder here, used 4 g, Leaf powder in the file",
        "check-in of Fri 20 Nov 2026: differs from the one here",
        "Nausea 1 here, 3 in the file",
        "take the earlier import back with `ebb undo`",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Both steps back and in again: only the corrected values stand.
    house.done(&["undo"]);
    house.done(&["undo"]);
    let said = import(&house, &maps, &[]).err;
    assert!(!said.contains("differs"), "{said}");
    let again = entries(&house);
    assert_eq!(again.len(), 4, "{again:?}");
    // A dose that is only added is no correction.
    put(
        &house,
        "Date,N,G\n2026-11-20,3,2.5\n2026-11-21,2,4\n2026-11-21,,1\n",
    );
    let said = import(&house, &maps, &[]).err;
    assert!(
        said.contains("1 dose") && !said.contains("differs"),
        "{said}"
    );
    let said = import(&house, &["N=symptom:nausea:4-0", "G=dose:powder"], &[]).err;
    assert!(
        said.contains("take the earlier import back with `ebb undo`"),
        "{said}"
    );
}

/// Writes in a zone with a name, which a table cannot hold.
fn zoned(house: &House, words: &[&str]) {
    let mut command = house.command(words);
    command
        .env("EBB_NOW", "2026-11-22 21:40")
        .assert()
        .success();
}

#[test]
fn our_own_csv_in_both_layouts_is_here_already_in_the_journal_that_it_came_from() {
    for layout in ["long", "wide"] {
        let house = House::new();
        zoned(
            &house,
            &["symptom", "add", "Cold feet", "--category", "psychological"],
        );
        zoned(&house, &["symptom", "rename", "Cold feet", "Icy feet"]);
        let set = [
            "--set",
            "nausea=2",
            "--set",
            "Icy feet=1",
            "--overall",
            "5",
            "--note",
            "=a\nb",
        ];
        zoned(&house, &[&["checkin"][..], &set].concat());
        zoned(
            &house,
            &["checkin", "--at", "2026-11-20", "--set", "nausea=1"],
        );
        zoned(
            &house,
            &[
                "checkin",
                "--at",
                "2026-11-19 02:30",
                "--set",
                "nausea=0",
                "--set",
                "anxiety=4",
            ],
        );
        let zone = house.done(&["export", "json"]).out;
        assert!(zone.contains("\"zone\":\"America/New_York\""), "{zone}");
        let text = house.done(&["export", "csv", "--layout", layout]).out;
        put(&house, &text);
        let said = import(&house, &[], &[]).err;
        assert!(
            said.contains("Here already, the same: 3 things"),
            "{layout}: {said}"
        );
        assert!(
            !said.contains("Left out") && !said.contains("differs"),
            "{layout}: {said}"
        );
        // Another value is a difference.
        let other = text.replace("anxiety,psychological,4", "anxiety,psychological,3");
        if layout == "long" {
            assert_ne!(other, text);
            put(&house, &other);
            let said = import(&house, &[], &[]).err;
            assert!(said.contains("Anxiety 4 here, 3 in the file"), "{said}");
        }
        put(&house, &text);
        std::fs::remove_file(house.journal()).unwrap();
        let said = import(&house, &[], &[]).err;
        assert!(
            said.contains("Taken in: 1 symptom, 3 check-ins"),
            "{layout}: {said}"
        );
        let back = house.done(&["export", "csv", "--layout", layout]).out;
        let cells = |text: &str| {
            text.lines()
                .map(|line| line.matches(',').count())
                .collect::<Vec<_>>()
        };
        assert_eq!(cells(&back), cells(&text), "{layout}");
    }
}
