//! The forms of other programs, each after a real one: what a file brings, that it brings nothing a second time, and that one
//! undo takes all of it back.

use super::house::House;
use super::{done, import};
use std::io::{Cursor, Write};

/// A file or folder, how it is mapped, and what History has then, a line an entry.
type Form = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const FORMS: &[Form] = &[
    (
        "daylio/words.csv",
        &[],
        &[
            "Fri 30 Oct 2026 18:50 mood: rad activities: walk | nap Fine",
            "Fri 30 Oct 2026 21:40 mood: super",
            "Sat 31 Oct 2026 08:10 mood: meh note_title: A title two lines",
        ],
    ),
    (
        "daylio/older.csv",
        &["mood=overall:good|meh|bad"],
        &[
            "Fri 22 Jun 2018 20:39 overall 10",
            "Thu 21 Jun 2018 07:05 overall 0 activities: walk | read slept, at last",
        ],
    ),
    (
        "daylio/bare.csv",
        &[],
        &[
            "Fri 22 Jun 2018 20:39 mood: schlecht",
            "Thu 1 Mar 2018 07:05 mood: gut activities: lesen ruhig",
        ],
    ),
    (
        "bearable/now.csv",
        &[
            "Symptom: Nausea=symptom:nausea",
            "Symptom: Headache=symptom:headache",
            "Mood=overall:10-0",
            "Sleep=measure:sleep_hours",
            "Factor: Walk=practice:walking",
            "Health measurements: Step count (steps)=measure:steps",
        ],
        &[
            "Thu 24 Sep 2026 no time 1 of 18, Nausea 2 time: am",
            "Thu 24 Sep 2026 no time Steps, 5400 steps time: pm",
            "Tue 22 Sep 2026 21:15 1 other rating, Headache 2",
            "Tue 22 Sep 2026 no time 1 of 18, Nausea 1 time: pm",
            "Tue 22 Sep 2026 no time 1 of 18, Nausea 3 time: am after waking",
            "Tue 22 Sep 2026 no time overall 4 time: mid Mood words: Meh, Tired",
            "Wed 23 Sep 2026 no time Hours slept, 6.5 h",
            "Wed 23 Sep 2026 no time Walking",
            "Wed 23 Sep 2026 no time slow day",
        ],
    ),
    (
        "bearable/german.csv",
        &["Symptom: Übelkeit=symptom:nausea"],
        &[
            "Tue 22 Sep 2026 21:00 1 of 18, Nausea 1",
            "Wed 23 Sep 2026 21:00 1 of 18, Nausea 3",
        ],
    ),
    ("loop/all", LOOP_MAPS, LOOP),
    (
        "loop/one/004 Tea",
        &["Tea=dose:tea"],
        &[
            "Fri 20 Nov 2026 no time Used 2 glasses, Tea or juice",
            "Thu 19 Nov 2026 no time Used 1.5 glasses, Tea or juice",
        ],
    ),
    (
        "medtimer/now.csv",
        &[],
        &[
            "Fri 20 Nov 2026 08:00 Beta, 2 drops, skipped",
            "Fri 20 Nov 2026 08:02 Alpha, 1, taken",
            "Sat 21 Nov 2026 08:00 late",
            "Sat 21 Nov 2026 09:30 Alpha, 1, taken",
        ],
    ),
    (
        "medtimer/older.csv",
        &[],
        &[
            "Fri 20 Nov 2026 00:00 Alpha, 10mg, taken",
            "Fri 20 Nov 2026 08:00 Alpha, 10mg, taken",
            "Fri 20 Nov 2026 08:00 Beta, 2, skipped",
        ],
    ),
    (
        "sleep/android.csv",
        &[],
        &[
            "Fri 20 Nov 2026 06:22 #home",
            "Fri 20 Nov 2026 06:22 Hours slept, 6.667 h, 91 % of the time in bed",
            "Sat 21 Nov 2026 07:02 Hours slept, 7.25 h, 98 % of the time in bed",
        ],
    ),
    (
        "sleep/fitbit.csv",
        &[],
        &[
            "Fri 20 Nov 2026 07:10 Hours slept, 412 min",
            "Sat 21 Nov 2026 14:30 Hours slept, 80 min",
        ],
    ),
    (
        "sleep/oura.csv",
        &["Average Resting Heart Rate=measure:heart_rate"],
        &[
            "Fri 20 Nov 2026 no time Hours slept, 391 min",
            "Fri 20 Nov 2026 no time Pulse, 61 /min",
            "Thu 19 Nov 2026 no time Hours slept, 450 min",
            "Thu 19 Nov 2026 no time Pulse, 58 /min",
        ],
    ),
    (
        "sleep/plees.csv",
        &[],
        &[
            "Fri 20 Nov 2026 06:35 Hours slept, 455 min",
            "Sat 21 Nov 2026 05:34 Hours slept, 454 min",
        ],
    ),
    ("sleep/health.xml", &[], HEALTH),
    (
        "notes/jrnl.json",
        &[],
        &[
            "Fri 20 Nov 2026 18:50 A long night. Could not lie still. Twice up. Tags: @sleep",
            "Sat 21 Nov 2026 07:05 Better \"today\".",
        ],
    ),
    (
        "notes/tui-journal.json",
        &[],
        &[
            "Fri 20 Nov 2026 no time Day one Rest. Tags: home, slow",
            "Sat 21 Nov 2026 18:30 Late",
        ],
    ),
    (
        "doses/herbal-tracker.csv",
        &[],
        &[
            "Fri 20 Nov 2026 08:30 Used 1 g, Leaf powder",
            "Fri 20 Nov 2026 08:30 Used 2.5 g, Leaf powder with tea and bread",
            "Sat 21 Nov 2026 22:15 Used 0.75 g, Leaf powder",
            "Sat 21 Nov 2026 22:15 effect_notes: quiet",
        ],
    ),
    (
        "doses/tea-taper.csv",
        &[
            "craving=urge:0-10",
            "withdrawal=overall:0-10",
            "total_ml=dose:extract_liquid",
        ],
        &[
            "Fri 20 Nov 2026 no time Urge 2",
            "Fri 20 Nov 2026 no time Used 45 mL, Liquid extract or shot",
            "Fri 20 Nov 2026 no time overall 2",
            "Sat 21 Nov 2026 no time Urge 4",
            "Sat 21 Nov 2026 no time Used 40.5 mL, Liquid extract or shot",
            "Sat 21 Nov 2026 no time overall 5",
        ],
    ),
    (
        "values/track-and-graph.csv",
        &[
            "Nausea=symptom:nausea",
            "Weight=measure:weight:kg",
            "Asleep=measure:sleep_hours",
            "Walking=practice:walking",
        ],
        &[
            "Fri 20 Nov 2026 07:00 Weight, 72.5 kg",
            "Fri 20 Nov 2026 07:05 Hours slept, 450 min",
            "Fri 20 Nov 2026 15:30 1 of 18, Nausea 1 So:me n:ot:e",
            "Fri 20 Nov 2026 18:05 Walking, 70 min",
            "Fri 20 Nov 2026 22:30 1 of 18, Nausea 3",
        ],
    ),
    (
        "values/labels.csv",
        &["Mood (label)=overall:Good|Bad", "Weight=measure:weight:kg"],
        &[
            "Fri 20 Nov 2026 07:00 Weight, 72.5 kg",
            "Fri 20 Nov 2026 07:00 overall 0 fine",
        ],
    ),
    (
        "values/long.csv",
        &[
            "Feature=name",
            "Amount=value",
            "Unit=unit",
            "Weight (kg)=measure:weight:kg",
            "Nausea=symptom:nausea",
            "Remark=note",
        ],
        LONG,
    ),
    (
        "sheets/merged.csv",
        &["Übelkeit=symptom:nausea"],
        &[
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 2 morgens",
            "Fri 20 Nov 2026 no time 1 of 18, Nausea 3 abends",
            "Sat 21 Nov 2026 no time 1 of 18, Nausea 1 morgens",
            "Sat 21 Nov 2026 no time abends",
        ],
    ),
    ("sheets/sep.csv", &["Náusea=symptom:nausea"], TWO_DAYS),
    (
        "sheets/unnamed.csv",
        &["Pahoinvointi=symptom:nausea"],
        TWO_DAYS,
    ),
    (
        "sheets/utf16le.txt",
        &["Gefühl=overall"],
        &[
            "Fri 20 Nov 2026 no time overall 8",
            "Sat 21 Nov 2026 no time overall 6",
        ],
    ),
    (
        "sheets/utf16be.txt",
        &["Gefühl=overall"],
        &["Fri 20 Nov 2026 no time overall 8"],
    ),
    (
        "sheets/cp1252.csv",
        &["Gefühl=overall"],
        &["Fri 20 Nov 2026 no time overall 8 müde – sehr"],
    ),
    (
        "sheets/diary.xlsx",
        &[
            "Nausea=symptom:nausea",
            "Slept=measure:sleep_hours",
            "Weight=measure:weight:kg",
        ],
        &[
            "Fri 20 Nov 2026 08:24 1 of 18, Nausea 2 ok",
            "Fri 20 Nov 2026 08:24 Hours slept, 6.5 h",
            "Fri 20 Nov 2026 08:24 Weight, 72.5 kg",
            "Fri 20 Nov 2026 21:40 1 of 18, Nausea 3",
            "Sat 21 Nov 2026 09:05 1 of 18, Nausea 1 late, \"again\"",
            "Sat 21 Nov 2026 09:05 Hours slept, 7 h",
        ],
    ),
];

const TWO_DAYS: &[&str] = &[
    "Fri 20 Nov 2026 no time 1 of 18, Nausea 2",
    "Sat 21 Nov 2026 no time 1 of 18, Nausea 3",
];
const LONG: &[&str] = &[
    "Fri 20 Nov 2026 no time 1 of 18, Nausea 2 Remark: before breakfast",
    "Fri 20 Nov 2026 no time Weight, 72.5 kg",
];
const HEALTH: &[&str] = &[
    "Fri 20 Nov 2026 07:00 Hours slept, 462 min",
    "Fri 20 Nov 2026 07:30 Weight, 160.5 lb",
    "Sat 21 Nov 2026 23:00 Pulse, 58 /min",
];
const LOOP_MAPS: &[&str] = &[
    "Meditate=practice:meditation",
    "Powder=dose:powder",
    "Sleep=measure:sleep_hours",
];
const LOOP: &[&str] = &[
    "Fri 20 Nov 2026 no time Hours slept, 7.5 h",
    "Fri 20 Nov 2026 no time Meditate (notes): calm",
    "Fri 20 Nov 2026 no time Meditation",
    "Fri 20 Nov 2026 no time Used 2.5 g, Leaf powder",
    "Thu 19 Nov 2026 no time Powder (notes): a crumb",
    "Thu 19 Nov 2026 no time Used 0.003 g, Leaf powder",
    "Tue 17 Nov 2026 no time Hours slept, 0 h",
    "Tue 17 Nov 2026 no time Used 3.25 g, Leaf powder",
    "Wed 18 Nov 2026 no time A day without Leaf powder",
    "Wed 18 Nov 2026 no time Hours slept, 6.25 h",
];

/// What History lists, a line an entry, sorted.
fn entries(house: &House) -> Vec<String> {
    let mut day = String::new();
    let mut entries: Vec<String> = Vec::new();
    for line in house.ebb(&["history"]).out.lines() {
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
    entries.retain(|entry| !entry.trim().is_empty());
    entries.sort();
    entries
}

fn mapped<'a>(maps: &'a [&'a str]) -> Vec<&'a str> {
    maps.iter().flat_map(|map| ["--map", map]).collect()
}

#[test]
fn each_form_brings_its_values_once_and_one_undo_takes_them_back() {
    for (file, maps, wanted) in FORMS {
        let house = House::new();
        let words = import(file, &mapped(maps));
        done(&house, &words);
        assert_eq!(entries(&house), *wanted, "{file}");
        let again = done(&house, &words).err;
        assert!(again.contains("Nothing new"), "{file}: {again}");
        assert!(!again.contains("Left out"), "{file}: {again}");
        assert_eq!(entries(&house), *wanted, "{file}");
        house.done(&["undo"]);
        assert_eq!(entries(&house), [""; 0], "{file}");
    }
}

/// A zip of a folder of the fixtures.
fn zipped(folder: &str, names: &[&str], below: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let bytes = std::fs::read(super::fixture(&format!("{folder}/{name}"))).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        writer
            .start_file(format!("{below}{name}"), options)
            .unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_zip_brings_what_its_folder_does() {
    let loops = [
        "Habits.csv",
        "Scores.csv",
        "Checkmarks.csv",
        "001 Meditate/Checkmarks.csv",
        "001 Meditate/Scores.csv",
        "002 Powder/Checkmarks.csv",
        "003 Sleep/Checkmarks.csv",
    ];
    let health = zipped(
        "sleep",
        &["health.xml", "plees.csv"],
        "apple_health_export/",
    );
    for (bytes, maps, wanted) in [
        (zipped("loop/all", &loops, ""), LOOP_MAPS, LOOP),
        (zipped("loop/all", &loops, "Loop Habits/"), LOOP_MAPS, LOOP),
        (health, &[], HEALTH),
    ] {
        let house = House::new();
        std::fs::write(house.path("export.zip"), bytes).unwrap();
        let words = [vec!["import", "export.zip"], mapped(maps)].concat();
        house.done(&words);
        assert_eq!(entries(&house), wanted);
    }
}

#[test]
fn a_column_of_names_is_named_by_an_option_and_one_that_is_not_there_is_told() {
    let house = House::new();
    let maps = [
        "--name-column",
        "feature",
        "--map",
        "Weight (kg)=measure:weight:kg",
        "--map",
        "Nausea=symptom:nausea",
        "--map",
        "Remark=note",
    ];
    let told = done(&house, &import("values/long.csv", &maps)).err;
    assert!(told.contains("Weight (lb): left out"), "{told}");
    assert_eq!(entries(&house), LONG);
    let none = House::new();
    let words = import("values/long.csv", &["--name-column", "Featur"]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = none.ebb(&words);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("there is no column \"Featur\""),
        "{}",
        answer.err
    );
}

#[test]
fn an_empty_day_is_the_one_above_only_by_its_pattern_or_when_the_person_says_so() {
    let text = "Date,Nausea\n2026-11-20,1\n,2\n2026-11-21,3\n";
    let house = House::new();
    std::fs::write(house.path("days.csv"), text).unwrap();
    let words = ["import", "days.csv", "--map", "Nausea=symptom:nausea"];
    let refused = house.ebb(&words);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("row 3: this row has no day"),
        "{}",
        refused.err
    );
    let words = [&words[..], &["--map", "Date=date:above"]].concat();
    let told = house.done(&words).err;
    assert!(told.contains("1 row has no day of its own"), "{told}");
    assert_eq!(entries(&house).len(), 3);
}

#[test]
fn what_is_no_table_is_refused_with_its_cure() {
    let house = House::new();
    let many = zipped("sleep", &["plees.csv", "oura.csv"], "");
    for (name, bytes, cure) in [
        ("old.xls", &b"\xd0\xcf\x11\xe0\xa1\xb1"[..], ".xlsx or CSV"),
        ("data.gz", b"\x1f\x8b\x08\0", "unpack it"),
        ("report.pdf", b"%PDF-1.7\n", "export CSV"),
        (
            "loop.db",
            b"SQLite format 3\0 and more",
            "export CSV in that program",
        ),
        ("broken.zip", b"PK\x03\x04 no more", "unpack it"),
        (
            "many.zip",
            &many,
            "import each alone: plees.csv (plees), oura.csv (oura)",
        ),
        ("health.xml", b"<?xml?><HealthData><Record type=", "damaged"),
    ] {
        std::fs::write(house.path(name), bytes).unwrap();
        let answer = house.ebb(&["import", name]);
        assert_eq!(answer.code, 2, "{name}: {}", answer.err);
        assert!(answer.err.contains(cure), "{name}: {}", answer.err);
        assert!(!house.journal().exists(), "{name}");
    }
}

#[test]
fn a_workbook_of_other_sheets_says_which_one_is_read() {
    let house = House::new();
    let told = done(&house, &import("sheets/diary.xlsx", &["--dry-run"])).err;
    for part in [
        "the sheet \"Days\" is read; left out \"Cover\"",
        "the header is row 3",
        "row 7: \"Average\" sums up the others",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
