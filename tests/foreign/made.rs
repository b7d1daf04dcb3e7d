//! Files made at random, each with its truth beside it.

use chrono::{Days, NaiveDate, NaiveTime};

/// A file with its truth.
pub struct Made {
    pub bytes: Vec<u8>,
    pub maps: Vec<String>,
    /// What the journal has to hold, a line a value.
    pub truth: Vec<String>,
    /// The sign before the decimals, for a file whose numbers do not tell.
    pub decimal: &'static str,
    /// The rows with a slip, counted from the header as 1.
    pub slips: Vec<usize>,
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
pub fn made(seed: u64) -> Made {
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
