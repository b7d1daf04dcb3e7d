//! Files made at random with their truth beside them: every value in the journal is the one that was written, or its row is
//! named as left out.
//!
//! `EBB_TEST_FILES` says how many (1000 for the full run), `EBB_TEST_SEED` where they begin.

use super::house::House;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::incoming;
use ebbtide::domain::time::{DayEnd, Now, Zone};
use ebbtide::store::{Seed, Store};
use ebbtide::transfer::csv::Range;
use ebbtide::transfer::foreign::digits::Decimal;
use ebbtide::transfer::foreign::target;
use ebbtide::transfer::import::detected;
use ebbtide::transfer::import::error::{File, Here, Past, RowError, Slips, Ways};
use ebbtide::transfer::json;
use serde_json::Value;

const FILES: u64 = 40;
const SEED: u64 = 20_261_122;
/// Each so many files one goes through the binary as well.
const THROUGH_THE_BINARY: u64 = 100;

fn told(name: &str, or: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// A file with its truth.
struct Made {
    bytes: Vec<u8>,
    maps: Vec<String>,
    /// What the journal has to hold, a line a value.
    truth: Vec<String>,
    /// The sign before the decimals, for a file whose numbers do not tell.
    decimal: &'static str,
    /// The rows with a slip, counted from the header as 1.
    slips: Vec<usize>,
}

/// How a file writes its numbers, days and times.
struct Hand {
    random: fastrand::Rng,
    is_comma: bool,
    days: u8,
    times: u8,
}

impl Hand {
    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.random.usize(..all.len())]
    }

    /// A number of thousandths, as this file writes it.
    fn number(&self, thousandths: i64) -> String {
        let point = if self.is_comma { ',' } else { '.' };
        let text = format!("{}{point}{:03}", thousandths / 1000, thousandths % 1000);
        let text = text.trim_end_matches('0').trim_end_matches(point);
        text.to_owned()
    }

    fn day(&mut self, day: NaiveDate) -> String {
        let form = match self.days {
            0 => "%Y-%m-%d",
            1 => "%d.%m.%Y",
            2 => "%m/%d/%Y",
            3 => "%d %b %Y",
            4 => "%d/%m/%y",
            _ => "%Y/%m/%d",
        };
        day.format(form).to_string()
    }

    /// A time as the file writes it, and as the journal has to have it.
    fn time(&mut self) -> (String, Option<NaiveTime>, Option<&'static str>) {
        // Few minutes, so that many rows share a moment.
        let (hour, minute) = (self.random.u32(5..24), self.random.u32(..2) * 30);
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        match self.times {
            0 => (time.format("%H:%M").to_string(), Some(time), None),
            1 => (time.format("%I:%M %p").to_string(), Some(time), None),
            2 => {
                let part = self.one(&["am", "mid", "pm", "night", "pre", "Nachmittag", "soir"]);
                match self.random.u8(..4) {
                    0 => (String::new(), None, None),
                    1 => ("all day".to_owned(), None, None),
                    _ => (part.to_owned(), None, Some(part)),
                }
            }
            _ => (time.format("%H.%M.%S").to_string(), Some(time), None),
        }
    }
}

/// A value of a scale from `from` to `to` on one from 0 to `top`, half away from zero.
fn scaled(value: i64, from: i64, to: i64, top: i64) -> i64 {
    let (over, under) = ((value - from) * top, to - from);
    let (over, under) = (over * under.signum(), under.abs());
    (over * 2 + under) / (under * 2)
}

/// The kinds of columns.
const COLUMNS: [&str; 11] = [
    "Nausea",
    "Rest",
    "Day",
    "Grams",
    "Powder mg",
    "Slept",
    "Sleep (min)",
    "Weight (lbs)",
    "Urge",
    "Sys",
    "Words",
];

#[expect(
    clippy::too_many_lines,
    reason = "an arm for each kind of column, with its truth beside it"
)]
fn made(seed: u64) -> Made {
    let mut random = fastrand::Rng::with_seed(seed);
    let sign = [',', ';', '\t'][random.usize(..3)];
    let mut hand = Hand {
        is_comma: sign != ',' && random.bool(),
        days: random.u8(..6),
        times: random.u8(..4),
        random,
    };
    let columns: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|_| hand.random.u8(..3) == 0)
        .collect();
    let columns = if columns.is_empty() {
        vec!["Nausea"]
    } else {
        columns
    };
    let has_time = hand.random.u8(..4) > 0;
    let reversed = hand.random.bool();
    let scale = if reversed { "10-0" } else { "0-10" };
    let order = ["", ":dmy", ":mdy", "", ":dmy", ""][usize::from(hand.days)];
    let mut maps = vec![format!("Date=date{order}")];
    for column in &columns {
        maps.push(match *column {
            "Nausea" => format!("Nausea=symptom:nausea:{scale}"),
            "Rest" => "Rest=symptom:restlessness".to_owned(),
            "Day" => "Day=overall:1-5".to_owned(),
            "Grams" => "Grams=dose:powder".to_owned(),
            "Powder mg" => "Powder mg=dose:extract_solid".to_owned(),
            "Slept" => "Slept=measure:sleep_hours:h:mm".to_owned(),
            "Sleep (min)" => "Sleep (min)=measure:sleep_hours".to_owned(),
            "Weight (lbs)" => "Weight (lbs)=measure:weight".to_owned(),
            "Urge" => "Urge=urge".to_owned(),
            "Sys" => "Sys=measure:blood_pressure:systolic".to_owned(),
            _ => "Words=symptom:anxiety:none+no|some|much|terrible".to_owned(),
        });
    }
    let mut names = vec!["Date"];
    if has_time {
        names.push("Time");
    }
    for column in &columns {
        names.push(column);
        if *column == "Sys" {
            names.push("Dia");
        }
    }
    if columns.contains(&"Sys") {
        maps.push("Dia=measure:blood_pressure:diastolic".to_owned());
    }
    names.push("Note");
    maps.push("Note=note".to_owned());
    let mut rows = vec![
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    ];
    let (mut truth, mut slips) = (Vec::new(), Vec::new());
    let first = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
    for at in 0..hand.random.usize(1..30) {
        let day = first + Days::new(hand.random.u64(..12) * 19);
        let mut row = vec![hand.day(day)];
        let (mut time, mut part) = (None, None);
        if has_time {
            let (text, of, word) = hand.time();
            row.push(text);
            (time, part) = (of, word);
        }
        let at_time = time.map_or("no time".to_owned(), |time| {
            time.format("%H:%M").to_string()
        });
        // A sitting before four counts for the day before; none is that early here.
        let place = format!("{day} {at_time}");
        let part = part
            .map(|part| format!(" [Time: {part}]"))
            .unwrap_or_default();
        let mut values: Vec<String> = Vec::new();
        let mut sitting: Vec<String> = Vec::new();
        let mut is_slip = false;
        for column in &columns {
            if hand.random.u8(..4) == 0 {
                let blank = hand.one(&["", "-", "n/a", "\u{2013}"]);
                row.push(blank.to_owned());
                if *column == "Sys" {
                    row.push(String::new());
                }
                continue;
            }
            if hand.random.u8(..60) == 0 {
                is_slip = true;
                row.push("what?".to_owned());
                if *column == "Sys" {
                    row.push(String::new());
                }
                continue;
            }
            let cell = match *column {
                "Nausea" => {
                    let value = hand.random.i64(0..=10);
                    let of = if reversed {
                        scaled(value, 10, 0, 4)
                    } else {
                        scaled(value, 0, 10, 4)
                    };
                    sitting.push(format!("nausea {of}"));
                    value.to_string()
                }
                "Rest" => {
                    let value = hand.random.i64(0..=4);
                    sitting.push(format!("restlessness {value}"));
                    value.to_string()
                }
                "Day" => {
                    let value = hand.random.i64(1..=5);
                    sitting.push(format!("overall {}", scaled(value, 1, 5, 10)));
                    value.to_string()
                }
                "Grams" => {
                    let amount = hand.random.i64(1..80) * 125;
                    values.push(format!("{place} dose powder {amount} g{part}"));
                    let number = hand.number(amount);
                    let unit = hand.one(&["", " g", "g", " grams"]);
                    format!("{number}{unit}")
                }
                "Powder mg" => {
                    let amount = hand.random.i64(1..4000);
                    values.push(format!("{place} dose extract_solid {amount} g{part}"));
                    hand.number(amount * 1000)
                }
                "Slept" => {
                    let minutes = hand.random.i64(30..700);
                    let is_exact = minutes * 1000 % 60 == 0;
                    let value = if is_exact {
                        format!("{} h", minutes * 1000 / 60)
                    } else {
                        format!("{} min", minutes * 1000)
                    };
                    values.push(format!("{place} measurement sleep_hours {value}{part}"));
                    format!("{}:{:02}", minutes / 60, minutes % 60)
                }
                "Sleep (min)" => {
                    let minutes = hand.random.i64(30..700);
                    values.push(format!(
                        "{place} measurement sleep_hours {} min{part}",
                        minutes * 1000
                    ));
                    minutes.to_string()
                }
                "Weight (lbs)" => {
                    let pounds = hand.random.i64(1200..2600) * 100;
                    values.push(format!("{place} measurement weight {pounds} lb{part}"));
                    hand.number(pounds)
                }
                "Urge" => {
                    let value = hand.random.i64(0..=4);
                    values.push(format!("{place} urge  {} {part}", value * 1000));
                    value.to_string()
                }
                "Sys" => {
                    let (upper, lower) = (hand.random.i64(100..180), hand.random.i64(50..95));
                    values.push(format!(
                        "{place} measurement blood_pressure {}/{} mmHg{part}",
                        upper * 1000,
                        lower * 1000
                    ));
                    row.push(upper.to_string());
                    lower.to_string()
                }
                _ => {
                    let (word, of) = [
                        ("none", 0),
                        ("No", 0),
                        ("some", 1),
                        ("much", 3),
                        ("TERRIBLE", 4),
                    ][hand.random.usize(..5)];
                    sitting.push(format!("anxiety {of}"));
                    word.to_owned()
                }
            };
            row.push(cell);
        }
        let note = hand.one(&[
            "",
            "",
            "",
            "a \"quoted\" one, and more",
            "two\nlines",
            "=1+1; x",
            "\u{fc}ber",
        ]);
        row.push(note.to_owned());
        rows.push(row);
        if is_slip {
            slips.push(at + 2);
            continue;
        }
        truth.extend(values);
        if !sitting.is_empty() || !note.is_empty() {
            sitting.sort();
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(" {note:?}")
            };
            truth.push(format!(
                "{place} check-in {}{part}{note}",
                sitting.join(", ")
            ));
        }
    }
    truth.sort();
    let mut bytes = Vec::new();
    if hand.random.bool() {
        bytes.extend(b"\xef\xbb\xbf");
    }
    let end = if hand.random.bool() {
        csv::Terminator::CRLF
    } else {
        csv::Terminator::Any(b'\n')
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(u8::try_from(sign).unwrap())
        .terminator(end)
        .from_writer(&mut bytes);
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
    drop(writer);
    Made {
        bytes,
        maps,
        truth,
        decimal: if hand.is_comma { "comma" } else { "point" },
        slips,
    }
}

/// The entries of a JSON export, as the truth writes them.
fn entries(text: &str) -> Vec<String> {
    let all: Value = serde_json::from_str(text).unwrap();
    let place = |entry: &Value| {
        let moment = &entry["moment"];
        let at = moment["at"].as_str().unwrap();
        let is_timed = moment["without_time"] != Value::Bool(true);
        let time = if is_timed { &at[11..16] } else { "no time" };
        format!("{} {time}", moment["day"].as_str().unwrap())
    };
    let noted = |note: &Value| {
        let note = note.as_str().unwrap_or_default();
        let (part, rest) = match note.split_once('\n') {
            Some((first, rest)) if first.starts_with("Time: ") => (first, rest),
            None if note.starts_with("Time: ") => (note, ""),
            _ => ("", note),
        };
        let part = if part.is_empty() {
            String::new()
        } else {
            format!(" [{part}]")
        };
        (
            part,
            if rest.is_empty() {
                String::new()
            } else {
                format!(" {rest:?}")
            },
        )
    };
    let thousandths = |value: &Value| {
        let number = value.as_f64().unwrap_or(-1.0) * 1000.0;
        format!("{number:.0}")
    };
    let mut lines = Vec::new();
    for check_in in all["check_ins"].as_array().unwrap() {
        let ratings = check_in["ratings"].as_object().into_iter().flatten();
        let mut values: Vec<String> = ratings
            .map(|(code, value)| format!("{code} {value}"))
            .collect();
        if let Some(overall) = check_in["overall"].as_u64() {
            values.push(format!("overall {overall}"));
        }
        values.sort();
        let (part, note) = noted(&check_in["note"]);
        lines.push(format!(
            "{} check-in {}{part}{note}",
            place(check_in),
            values.join(", ")
        ));
    }
    for record in all["records"].as_array().unwrap() {
        let fields = &record["fields"];
        let value = ["amount", "value", "strength"]
            .iter()
            .find(|field| !fields[**field].is_null());
        let mut value = value.map_or_else(String::new, |field| thousandths(&fields[*field]));
        if !fields["second"].is_null() {
            value = format!("{value}/{}", thousandths(&fields["second"]));
        }
        let unit = fields["unit"].as_str().unwrap_or_default();
        let about = record["about"].as_str().unwrap_or_default();
        let (part, _) = noted(&fields["note"]);
        let kind = record["kind"].as_str().unwrap();
        lines.push(format!(
            "{} {kind} {about} {value} {unit}{part}",
            place(record)
        ));
    }
    lines.sort();
    lines
}

fn at(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn dump(store: &Store) -> String {
    let mut bytes = Vec::new();
    json::write(&store.load(None).unwrap(), Range::ALL, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Imports through the library; answers how many new entries there were and the rows left out.
fn import(store: &mut Store, made: &Made, now: DateTime<FixedOffset>) -> (usize, Vec<String>) {
    let maps: Vec<_> = made
        .maps
        .iter()
        .map(|map| target::read(map).unwrap())
        .collect();
    let file = File {
        name: "table.csv".to_owned(),
        bytes: made.bytes.clone(),
    };
    let now = Now::new(now.to_utc(), Zone::fixed(*now.offset()));
    let ways = Ways {
        slips: Slips::LeftOut,
        ..Ways::default()
    };
    let here = |ways| Here {
        now: &now,
        day_end: DayEnd::default(),
        maps: &maps,
        past: &Past::default(),
        ways,
    };
    let files = [file];
    let format = detected(&files).unwrap();
    let incoming = format.read(&files, &here(ways)).unwrap_or_else(|errors| {
        // A number that can be read in two ways is asked for, and nothing else may be open.
        let is_asked = |error: &RowError| error.to_string().contains("--decimal point or");
        assert!(errors.iter().all(is_asked), "{errors:?}");
        let decimal = Decimal::read(made.decimal).ok();
        format
            .read(&files, &here(Ways { decimal, ..ways }))
            .unwrap()
    });
    let mut ids = IdSource::new(1);
    let gone = store.gone().unwrap();
    let plan = incoming::accept(
        &store.load(None).unwrap(),
        &incoming,
        &gone,
        &mut ids,
        now.at,
    );
    assert!(plan.left_out.is_empty(), "{:?}", plan.left_out);
    if !plan.changes.is_empty() {
        store.take_in(&plan.changes, now.at.to_utc()).unwrap();
    }
    (plan.changes.len(), incoming.skipped.clone())
}

#[test]
fn every_value_of_a_random_file_is_in_the_journal_as_it_was_written_or_its_row_is_named() {
    let (files, seed) = (told("EBB_TEST_FILES", FILES), told("EBB_TEST_SEED", SEED));
    let now = at("2026-11-22T20:15:00-05:00");
    for nth in 0..files {
        let made = made(seed + nth);
        let text = String::from_utf8_lossy(&made.bytes).into_owned();
        let told = format!("file {}:\n{text}\n{:?}", seed + nth, made.maps);
        let mut store = Store::in_memory(Seed {
            now: now.to_utc(),
            journal: [7; 16],
            device: [9; 16],
        })
        .unwrap();
        let before = dump(&store);
        let (new, skipped) = import(&mut store, &made, now);
        let here = dump(&store);
        assert_eq!(skipped.len(), made.slips.len(), "{skipped:?} {told}");
        assert_eq!(entries(&here), made.truth, "{told}");
        for (row, sentence) in made.slips.iter().zip(&skipped) {
            let place = format!("table.csv, row {row}, ");
            assert!(sentence.starts_with(&place), "{sentence} {told}");
        }
        // Again, on the same machine and in another zone a week later.
        let tokyo = at("2026-11-23T10:15:00+09:00") + TimeDelta::days(7);
        for later in [now + TimeDelta::hours(1), tokyo] {
            let (again, _) = import(&mut store, &made, later);
            assert_eq!(again, 0, "{told}");
        }
        assert_eq!(dump(&store), here, "{told}");
        if new > 0 {
            store.undo(tokyo.to_utc()).unwrap();
        }
        assert_eq!(dump(&store), before, "{told}");
        if nth % THROUGH_THE_BINARY == 0 {
            through_the_binary(&made, &told);
        }
    }
}

fn through_the_binary(made: &Made, told: &str) {
    let house = House::new();
    std::fs::write(house.path("table.csv"), &made.bytes).unwrap();
    let mut words = vec![
        "import",
        "table.csv",
        "--skip-slips",
        "--decimal",
        made.decimal,
    ];
    words.extend(made.maps.iter().flat_map(|map| ["--map", map]));
    house.done(&words);
    if made.truth.is_empty() {
        return;
    }
    let here = house.done(&["export", "json"]).out;
    assert_eq!(entries(&here), made.truth, "{told}");
    let again = house.done(&words);
    assert!(
        again.err.contains("Nothing new to take in"),
        "{} {told}",
        again.err
    );
    if !made.slips.is_empty() {
        let refused: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| *word != "--skip-slips")
            .collect();
        let answer = House::new();
        std::fs::write(answer.path("table.csv"), &made.bytes).unwrap();
        let answer = answer.ebb(&refused);
        assert_eq!(answer.code, 2, "{told}");
        assert!(
            answer.err.contains("--skip-slips leaves out"),
            "{} {told}",
            answer.err
        );
    }
    house.done(&["undo"]);
    assert_eq!(
        entries(&house.done(&["export", "json"]).out),
        [""; 0],
        "{told}"
    );
}

#[test]
fn what_a_random_file_holds_is_told_from_what_it_does_not() {
    // A truth that was changed has to be noticed: else the comparison compares nothing.
    let made = (0..1000)
        .map(|nth| made(SEED + nth))
        .find(|made| made.truth.len() > 3)
        .unwrap();
    let now = at("2026-11-22T20:15:00-05:00");
    let mut store = Store::in_memory(Seed {
        now: now.to_utc(),
        journal: [7; 16],
        device: [9; 16],
    })
    .unwrap();
    import(&mut store, &made, now);
    let mut other = made.truth.clone();
    let last = other.last_mut().unwrap();
    *last = last.replace(char::is_numeric, "7");
    assert_ne!(entries(&dump(&store)), other);
}
