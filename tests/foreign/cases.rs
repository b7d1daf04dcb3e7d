//! The rows of `fixtures/import/expected.md`, read from the table: what each file brings, that it brings nothing a second time
//! and after a journey, and what a journal in which version 0.1.0 lost some of it gets back.

use super::house::House;
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeMap;

/// A row of the table: the file, and how it is mapped.
struct Case {
    file: String,
    maps: Vec<String>,
    fault: String,
}

fn cases() -> Vec<Case> {
    let table = include_str!("../fixtures/import/expected.md");
    // A bar inside quotes belongs to a scale of words.
    let cells = |line: &str| -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut is_quoted = false;
        for letter in line.trim().trim_matches('|').chars() {
            match letter {
                '\'' => is_quoted = !is_quoted,
                '|' if !is_quoted => cells.push(String::new()),
                letter => cells.last_mut().unwrap().push(letter),
            }
        }
        cells.iter().map(|cell| cell.trim().to_owned()).collect()
    };
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let case = |line: &str| {
        let cells = cells(line);
        assert_eq!(cells.len(), 5, "{line}");
        Case {
            file: cells[0].clone(),
            maps: cells[1]
                .split("--map ")
                .skip(1)
                .map(|map| map.trim().to_owned())
                .collect(),
            fault: cells[4].clone(),
        }
    };
    rows.map(case).collect()
}

/// What the column "right" says, as History has it.
fn right(file: &str) -> &'static [&'static str] {
    match file {
        "samemoment_dose.csv" => &[
            "Fri 20 Nov 2026 no time Used 1.5 g, Leaf powder",
            "Fri 20 Nov 2026 no time Used 2.5 g, Leaf powder",
            "Fri 20 Nov 2026 no time Used 3 g, Leaf powder",
        ],
        "twosame.csv" => &[
            "Fri 20 Nov 2026 no time Used 1 g, Leaf powder",
            "Fri 20 Nov 2026 no time Used 1 g, Leaf powder",
        ],
        "urges.csv" => &[
            "Fri 20 Nov 2026 no time Urge 2",
            "Fri 20 Nov 2026 no time Urge 4",
        ],
        "twoadayrating.csv" => &[
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 1",
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 4",
        ],
        "medsame.csv" => &[
            "Fri 20 Nov 2026 08:00 Alpha, 1, taken",
            "Fri 20 Nov 2026 08:00 Beta, 2, taken",
            "Fri 20 Nov 2026 08:00 Gamma, 3, skipped",
        ],
        "medtimer_now.csv" => &[
            "Fri 20 Nov 2026 08:00 Beta, 2, skipped",
            "Fri 20 Nov 2026 08:02 Alpha, 1, taken",
        ],
        "loop_dose/Checkmarks.csv" => &[
            "Fri 20 Nov 2026 no time Used 2.5 g, Leaf powder",
            "Sat 21 Nov 2026 no time Used 3.25 g, Leaf powder",
        ],
        "twodigit.csv" | "trailing.csv" => &[
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 2",
            "Sat 21 Nov 2026 no time 1 of 18, Nausea 3",
        ],
        "ddmmyy.csv" => &[
            "Tue 13 Oct 2026 no time 1 of 18, Nausea 2",
            "Wed 14 Oct 2026 no time 1 of 18, Nausea 3",
        ],
        "utc.csv" => &[
            "Fri 20 Nov 2026 17:30 1 of 18, Nausea 1",
            "Fri 20 Nov 2026 21:30 1 of 18, Nausea 3",
        ],
        "nnbsp.csv" => &[
            "Fri 20 Nov 2026 08:12 overall 0 morning",
            "Fri 20 Nov 2026 21:40 overall 10 evening",
            "Sat 21 Nov 2026 08:10 overall 8 morning",
            "Sat 21 Nov 2026 21:40 overall 5 evening",
        ],
        "zerodose.csv" => &[
            "Fri 20 Nov 2026 no time Used 2.5 g, Leaf powder",
            "Sat 21 Nov 2026 no time A day without Leaf powder",
            "Sun 22 Nov 2026 no time Used 1 g, Leaf powder",
        ],
        "today.csv" => &[
            "Sat 21 Nov 2026 no time 1 of 18, Nausea 2",
            "Sun 22 Nov 2026 no time 1 of 18, Nausea 3",
        ],
        "dashes.csv" => &[
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 2",
            "Fri 20 Nov 2026 no time Hours slept, 7 h",
            "Sun 22 Nov 2026 no time 1 of 18, Nausea 1",
            "Sun 22 Nov 2026 no time Hours slept, 6 h",
        ],
        "units.csv" => &["Fri 20 Nov 2026 no time Weight, 180 lb"],
        "bearable_levels.csv" => &[
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 1 time: am",
            "Sat 21 Nov 2026 no time 1 of 18, Nausea 3 time: am",
            "Sat 21 Nov 2026 no time time: pm Mood words: Meh, Tired",
        ],
        "dia.csv" | "sep.csv" => &["Fri 20 Nov 2026 no time 1 of 18, Nausea 2"],
        "title.csv" => &["Fri 20 Nov 2026 no time 1 of 18, Nausea 2 ok"],
        _ => panic!("nothing is known of {file}; say here what is right"),
    }
}

const NOW: &str = "2026-11-22T20:15:00-05:00";

fn fixture(name: &str) -> String {
    let folder = env!("CARGO_MANIFEST_DIR");
    format!("{folder}/tests/fixtures/import/{name}")
}

/// Runs in a zone; answers stdout and stderr.
fn run(house: &House, zone: &str, words: &[&str]) -> (String, String) {
    let now = if zone == "Asia/Tokyo" {
        "2026-11-23T20:15:00+09:00"
    } else {
        NOW
    };
    let output = house
        .command(words)
        .env("TZ", zone)
        .env("EBB_NOW", now)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    assert!(output.status.success(), "{words:?}: {output:?}");
    (text(output.stdout), text(output.stderr))
}

fn import(house: &House, zone: &str, case: &Case) -> String {
    let path = fixture(&case.file);
    let mut words = vec!["import", &path];
    words.extend(case.maps.iter().flat_map(|map| ["--map", map]));
    run(house, zone, &words).1
}

/// What History lists, a line an entry, without the order of what has one moment.
fn entries(house: &House) -> Vec<String> {
    let (text, _) = run(house, "America/New_York", &["history"]);
    let mut day = String::new();
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.len() - line.trim_start().len() {
            0 => day = words,
            2 => entries.push(format!("{day} {words}")),
            _ => {
                let entry = entries.last_mut().unwrap();
                entry.push(' ');
                entry.push_str(&words);
            }
        }
    }
    entries.sort();
    entries
}

/// Files that are right to be refused, each with what has to be said.
const REFUSED: [(&str, &str); 2] = [
    ("tea_ml.csv", "no amount in ml is ever converted"),
    (
        "unclosed.csv",
        "row 2: a quote opens in this row and is not closed",
    ),
];

#[test]
fn each_file_of_the_table_that_nobody_can_read_rightly_is_refused_with_its_reason() {
    for (file, reason) in REFUSED {
        let case = cases().into_iter().find(|case| case.file == file).unwrap();
        let house = House::new();
        let path = fixture(file);
        let mut words = vec!["import", &path];
        words.extend(case.maps.iter().flat_map(|map| ["--map", map]));
        let answer = house.ebb(&words);
        assert_eq!(answer.code, 2, "{file}: {}", answer.err);
        assert!(answer.err.contains(reason), "{file}: {}", answer.err);
        assert!(!house.journal().exists(), "{file}");
    }
}

#[test]
fn each_file_of_the_table_brings_what_is_right_once_and_in_every_zone() {
    let cases = cases();
    let faults: Vec<&str> = cases.iter().map(|case| case.fault.as_str()).collect();
    for fault in ["A1", "A2", "A3", "A4", "A5", "A6"] {
        assert!(faults.contains(&fault), "{fault} is not in the table");
    }
    let is_read = |case: &&Case| REFUSED.iter().all(|(file, _)| *file != case.file);
    for case in cases.iter().filter(is_read) {
        let file = &case.file;
        let house = House::new();
        import(&house, "America/New_York", case);
        let here = entries(&house);
        assert_eq!(here, right(file), "{file}");
        for zone in ["America/New_York", "Asia/Tokyo", "Europe/Berlin"] {
            let again = import(&house, zone, case);
            assert!(again.contains("Nothing new"), "{file} in {zone}: {again}");
            assert!(!again.contains("Left out"), "{file} in {zone}: {again}");
            assert_eq!(entries(&house), here, "{file} in {zone}");
        }
        run(&house, "America/New_York", &["undo"]);
        assert_eq!(entries(&house), [""; 0], "{file}");
    }
}

#[test]
fn a_journal_of_0_1_0_gets_back_what_was_lost_and_nothing_twice() {
    let house = House::new();
    let old = format!(
        "{}/tests/fixtures/imported-by-0.1.0.db",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::copy(old, house.journal()).unwrap();
    let zone = "America/New_York";
    let first = entries(&house);
    let json = |house: &House| run(house, zone, &["export", "json"]).0;
    let before = json(&house);
    let files = [
        "samemoment_dose.csv",
        "urges.csv",
        "twoadayrating.csv",
        "medsame.csv",
        "nnbsp.csv",
    ];
    let cases = cases();
    let cases: Vec<&Case> = cases
        .iter()
        .filter(|case| files.contains(&&*case.file))
        .collect();
    assert_eq!(cases.len(), files.len());
    for (case, lost) in cases.iter().zip([2, 1, 1, 2, 1]) {
        let answer = import(&house, zone, case);
        let wanted = format!("{lost} of these had been left out by version 0.1.0");
        assert!(answer.contains(&wanted), "{}: {answer}", case.file);
    }
    let second = entries(&house);
    let new: Vec<&String> = second
        .iter()
        .filter(|entry| !first.contains(entry))
        .collect();
    assert_eq!(
        new,
        [
            "Fri 20 Nov 2026 day 2 08:00 Alpha, 1, taken",
            "Fri 20 Nov 2026 day 2 08:00 Beta, 2, taken",
            "Fri 20 Nov 2026 day 2 no time 1 of 18, Nausea 1",
            "Fri 20 Nov 2026 day 2 no time Urge 2",
            "Fri 20 Nov 2026 day 2 no time Used 2.5 g, Leaf powder",
            "Fri 20 Nov 2026 day 2 no time Used 3 g, Leaf powder",
            // Its note stands in the check-in that 0.1.0 put together.
            "Sat 21 Nov 2026 day 3 21:40 overall 5",
        ]
    );
    assert_eq!(second.len(), first.len() + new.len());
    for zone in [zone, "Asia/Tokyo"] {
        for case in &cases {
            let again = import(&house, zone, case);
            assert!(again.contains("Nothing new"), "{}: {again}", case.file);
        }
    }
    assert_eq!(entries(&house), second);
    // Each import is one step back, and then come the steps that 0.1.0 wrote.
    for _ in &cases {
        run(&house, zone, &["undo"]);
    }
    assert_eq!(json(&house), before);
    for _ in 0..8 {
        run(&house, zone, &["undo"]);
    }
    assert_eq!(entries(&house), [""; 0]);
    for _ in 0..8 {
        run(&house, zone, &["redo"]);
    }
    assert_eq!(json(&house), before);
}

#[test]
fn what_0_1_0_read_as_another_time_stays_and_is_named() {
    // Two entries of 9:40 and 8:10 in Spanish stand there as one at 12:00.
    let house = House::new();
    let zone = "America/New_York";
    let old = format!(
        "{}/tests/fixtures/imported-by-0.1.0.db",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::copy(old, house.journal()).unwrap();
    let cases = cases();
    let case = cases.iter().find(|case| case.file == "nnbsp.csv").unwrap();
    let said = import(&house, zone, case);
    assert!(
        said.contains("version 0.1.0 took it in with another day or time"),
        "{said}"
    );
}

#[test]
fn a_file_of_the_morning_in_tokyo_brings_nothing_new_the_evening_before_in_new_york() {
    let house = House::new();
    table(
        &house,
        "d.csv",
        "Date,Grams,Nausea\n2026-11-23 09:00,2,1\n2026-11-23 07:30,3,2\n",
    );
    let words = [
        "import",
        "d.csv",
        "--map",
        "Grams=dose:powder",
        "--map",
        "Nausea=symptom:nausea",
    ];
    run(&house, "Asia/Tokyo", &words);
    let (_, again) = run(&house, "America/New_York", &words);
    assert!(
        again.contains("Here already, the same: 4 things"),
        "{again}"
    );
    table(&house, "d.csv", "Date,Grams\n2026-11-23 09:30,2\n");
    let answer = house.ebb(&["import", "d.csv", "--map", "Grams=dose:powder"]);
    assert!(
        answer.err.contains("row 2: 2026-11-23 lies ahead"),
        "{}",
        answer.err
    );
}

fn table(house: &House, name: &str, text: &str) {
    std::fs::write(house.path(name), text).unwrap();
}

#[test]
fn thousandths_of_loop_are_thousandths_for_every_target() {
    let house = House::new();
    let text = "Date,Powder,Slept,Bad,Day,Wish,Pages,Steps,Half,Walk,Diary\n\
        2026-11-20,2500,7500,3000,8000,2000,19000,12000000,500,2,4000\n\
        2026-11-21,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1\n\
        2026-11-22,UNKNOWN,6000,0,0,0,0,0,0,3,5500\n";
    table(&house, "Checkmarks.csv", text);
    let maps = [
        "Powder=dose:powder",
        "Slept=measure:sleep_hours",
        "Bad=symptom:nausea",
        "Day=overall",
        "Wish=urge",
        "Pages=practice:hobby",
        "Steps=practice:walking",
        "Half=practice:meditation",
        "Walk=practice:yoga",
        "Diary=note",
    ];
    let mut words = vec!["import", "Checkmarks.csv"];
    words.extend(maps.iter().flat_map(|map| ["--map", map]));
    run(&house, "America/New_York", &words);
    assert_eq!(
        entries(&house),
        [
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 3, overall 8 Diary: 4",
            "Fri 20 Nov 2026 no time Hobby, 19",
            "Fri 20 Nov 2026 no time Hours slept, 7.5 h",
            "Fri 20 Nov 2026 no time Meditation, 0.5",
            "Fri 20 Nov 2026 no time Urge 2",
            "Fri 20 Nov 2026 no time Used 2.5 g, Leaf powder",
            "Fri 20 Nov 2026 no time Walking, 12000",
            "Fri 20 Nov 2026 no time Yoga",
            "Sun 22 Nov 2026 no time 1 of 18, Nausea 0, overall 0 Diary: 5.5",
            "Sun 22 Nov 2026 no time Hours slept, 6 h",
            "Sun 22 Nov 2026 no time Urge 0",
        ]
    );
    table(
        &house,
        "Checkmarks.csv",
        "Date,Walk\n2026-11-20,2\n2026-11-21,0\n",
    );
    let answer = house.ebb(&["import", "Checkmarks.csv", "--map", "Walk=dose:powder"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("yes and no, and no numbers"),
        "{}",
        answer.err
    );
}

#[test]
fn what_cannot_be_read_is_told_by_its_row_and_nothing_comes_in() {
    let wrong: &[(&str, &str, &[&str])] = &[
        (
            "Date,Time,Nausea\n2026-11-20,8:00,1\n2026-11-20,sometime,2\n",
            "row 3, Time",
            &["no time of day", "Time=skip"],
        ),
        (
            "Date,Nausea\n2026-11-20 sometime,2\n",
            "row 2, Date",
            &["no time of day"],
        ),
        (
            "Date,Nausea\n0026-11-20,2\n",
            "row 2, Date",
            &["outside the years 1900 to 2027"],
        ),
        (
            "Date,Nausea\n11/20/1826,2\n",
            "row 2, Date",
            &["outside the years 1900 to 2027"],
        ),
        (
            "Date,Nausea\n2028-11-20,2\n",
            "row 2, Date",
            &["outside the years 1900 to 2027"],
        ),
        (
            "Date,Nausea\n26-11-20,2\n",
            "Date",
            &["days and years look alike", "date:ymd"],
        ),
        ("Date,Nausea\n11/20/226,2\n", "row 2, Date", &["is no day"]),
    ];
    for (text, place, parts) in wrong {
        let house = House::new();
        table(&house, "slip.csv", text);
        let answer = house.ebb(&["import", "slip.csv", "--map", "Nausea=symptom:nausea"]);
        assert_eq!(answer.code, 2, "{text}: {}", answer.err);
        for part in [place].into_iter().chain(*parts) {
            assert!(answer.err.contains(part), "{text}: {part}: {}", answer.err);
        }
        assert!(!house.journal().exists(), "{text}");
    }
    let house = House::new();
    table(
        &house,
        "m.csv",
        "Date,Medicine,Status\n2026-11-20 08:00,Alpha,snoozed\n",
    );
    let answer = house.ebb(&["import", "m.csv"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("row 2, Medicine") && answer.err.contains("snoozed"),
        "{}",
        answer.err
    );
    assert!(!house.journal().exists());
}

#[test]
fn a_part_of_the_day_and_a_missing_time_are_a_day_alone_and_said() {
    let house = House::new();
    let text = "date,weekday,time of day,category,rating/amount,detail,notes\n\
        20th Nov 2026,Friday,am,Symptom,1,Nausea,\n\
        20th Nov 2026,Friday,pre,Symptom,2,Nausea,\n\
        21st Nov 2026,Saturday,all day,Symptom,3,Nausea,\n\
        21st Nov 2026,Saturday,,Symptom,4,Nausea,\n";
    table(&house, "bearable.csv", text);
    let words = [
        "import",
        "bearable.csv",
        "--map",
        "Symptom: Nausea=symptom:nausea",
    ];
    let (_, told) = run(&house, "America/New_York", &words);
    for sentence in [
        "1 row says \"am\" for a time: no hour stands for it, and it is named in the note.",
        "1 row says \"pre\" for a time: no hour stands for it, and it is named in the note.",
        "1 row says \"all day\" for a time; it is a day alone.",
        "1 row has no time; it is a day alone.",
    ] {
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
    assert_eq!(
        entries(&house),
        [
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 1 time: am",
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 2 time: pre",
            "Sat 21 Nov 2026 no time 1 of 18, Nausea 3",
            "Sat 21 Nov 2026 no time 1 of 18, Nausea 4",
        ]
    );
}

#[test]
fn a_medicine_without_a_word_that_it_was_taken_was_not() {
    let house = House::new();
    // The two forms that the program has had.
    let older = "Time;Medicine Name;Amount;Taken\n11/13/26 8:00 AM;Alpha;10mg;x\n11/13/26 8:00 AM;Beta;5mg;\n";
    table(&house, "older.csv", older);
    run(&house, "America/New_York", &["import", "older.csv"]);
    let newer = "Reminded;Name;Dosage;Taken;Tags;Interval;Notes;Reminded (ISO 8601);Taken (ISO 8601)\n\
        3/4/26 8:00 AM;Alpha;1;3/4/26 8:09 AM;;0:00;;2026-03-04T13:00:00Z;2026-03-04T13:09:00Z\n\
        3/4/26 8:00 AM;Beta;1;;;0:00;;2026-03-04T13:00:00Z;\n";
    table(&house, "newer.csv", newer);
    run(&house, "America/New_York", &["import", "newer.csv"]);
    assert_eq!(
        entries(&house),
        [
            "Fri 13 Nov 2026 08:00 Alpha, 10mg, taken",
            "Fri 13 Nov 2026 08:00 Beta, 5mg, skipped",
            "Wed 4 Mar 2026 08:00 Beta, 1, skipped",
            "Wed 4 Mar 2026 08:09 Alpha, 1, taken",
        ]
    );
}

#[test]
fn today_without_a_time_comes_in_before_noon_and_is_the_same_entry_after_it() {
    let house = House::new();
    let path = fixture("today.csv");
    let words = ["import", path.as_str(), "--map", "Nausea=symptom:nausea"];
    let at = |now: &str| {
        let output = house.command(&words).env("EBB_NOW", now).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let told = at("2026-11-22T08:15:00-05:00");
    assert!(told.contains("Taken in: 2 check-ins"), "{told}");
    let told = at("2026-11-22T20:15:00-05:00");
    assert!(told.contains("Here already, the same: 2 things"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_row_is_kept_however_many_share_a_moment_and_the_count_is_the_journals(
        rows in prop::collection::vec((1_u32..4, 0_u32..3, 1_u32..4), 1..14),
        shuffle in prop::num::u64::ANY,
    ) {
        let house = House::new();
        let line = |(day, hour, amount): &(u32, u32, u32)| match hour {
            0 => format!("2026-11-{day:02},{amount}\n"),
            hour => format!("2026-11-{day:02} {hour:02}:30,{amount}\n"),
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        table(&house, "d.csv", &format!("Date,Grams\n{}", lines.concat()));
        let words = ["import", "d.csv", "--map", "Grams=dose:powder"];
        let (_, told) = run(&house, "America/New_York", &words);
        let noun = if rows.len() == 1 { "dose" } else { "doses" };
        let wanted = format!("Taken in: {} {noun}", rows.len());
        prop_assert!(told.contains(&wanted), "{told}");
        let here = entries(&house);
        prop_assert_eq!(here.len(), rows.len());
        let mut amounts: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, _, amount) in &rows {
            *amounts.entry(*amount).or_default() += 1;
        }
        for (amount, n) in amounts {
            let found = here.iter().filter(|entry| entry.contains(&format!("Used {amount} g")));
            prop_assert_eq!(found.count(), n);
        }
        // The order of the rows says nothing.
        let mut seed = shuffle;
        lines.sort_by_cached_key(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed
        });
        table(&house, "d.csv", &format!("Date,Grams\n{}", lines.concat()));
        let (_, again) = run(&house, "Asia/Tokyo", &words);
        prop_assert!(again.contains("Nothing new"), "{again}");
        prop_assert_eq!(entries(&house), here);
    }
}
