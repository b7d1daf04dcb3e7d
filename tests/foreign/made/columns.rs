//! The kinds of columns: what their cells look like, and what the journal has to hold of them.

use super::hand::{Hand, Place, Reach};

/// A kind of column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A symptom from 0 to 10, or from 10 to 0.
    Nausea,
    /// A symptom from 0 to 4.
    Rest,
    /// The overall from 1 to 5.
    Day,
    /// A symptom in percent.
    Fog,
    /// A symptom in words.
    Words,
    /// An own symptom.
    Cold,
    Grams,
    Milligrams,
    /// A product of the person's own.
    Bag,
    /// Hours and minutes.
    Slept,
    SleepMinutes,
    Nap,
    Weight,
    Temperature,
    Urge,
    /// Two columns: the upper and the lower number.
    Pressure,
    Walk,
    /// Three columns: the name, the amount, and whether it was taken.
    Medicine,
    /// A column that nobody gave a meaning.
    Unknown,
}

impl Kind {
    pub(super) const ALL: [Self; 19] = [
        Self::Nausea,
        Self::Rest,
        Self::Day,
        Self::Fog,
        Self::Words,
        Self::Cold,
        Self::Grams,
        Self::Milligrams,
        Self::Bag,
        Self::Slept,
        Self::SleepMinutes,
        Self::Nap,
        Self::Weight,
        Self::Temperature,
        Self::Urge,
        Self::Pressure,
        Self::Walk,
        Self::Medicine,
        Self::Unknown,
    ];

    /// What version 0.1.0 knew of these.
    pub(super) const OF_FIRST: [Self; 11] = [
        Self::Nausea,
        Self::Rest,
        Self::Day,
        Self::Cold,
        Self::Grams,
        Self::Weight,
        Self::Temperature,
        Self::Urge,
        Self::Walk,
        Self::Medicine,
        Self::Unknown,
    ];

    /// The names of its columns.
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Nausea => &["Nausea"],
            Self::Rest => &["Rest"],
            Self::Day => &["Day"],
            Self::Fog => &["Fog %"],
            Self::Words => &["Words"],
            Self::Cold => &["Feet"],
            Self::Grams => &["Grams"],
            Self::Milligrams => &["Powder mg"],
            Self::Bag => &["Bag"],
            Self::Slept => &["Slept"],
            Self::SleepMinutes => &["Sleep (min)"],
            Self::Nap => &["Nap"],
            Self::Weight => &["Weight (lbs)"],
            Self::Temperature => &["Temp (\u{b0}C)"],
            Self::Urge => &["Urge"],
            Self::Pressure => &["Sys", "Dia"],
            Self::Walk => &["Walk"],
            Self::Medicine => &["Pill", "Strength", "Taken"],
            Self::Unknown => &["Steps"],
        }
    }

    /// What its columns are, as the person says it.
    pub(super) fn targets(self, is_reversed: bool) -> Vec<&'static str> {
        match self {
            Self::Nausea if is_reversed => vec!["symptom:nausea:10-0"],
            Self::Nausea => vec!["symptom:nausea:0-10"],
            Self::Rest => vec!["symptom:restlessness"],
            Self::Day => vec!["overall:1-5"],
            Self::Fog => vec!["symptom:fatigue:0-100"],
            Self::Words => vec!["symptom:anxiety:none+no|some|much|terrible"],
            Self::Cold => vec!["own:Cold feet:physical"],
            Self::Grams => vec!["dose:powder"],
            Self::Milligrams => vec!["dose:extract_solid"],
            Self::Bag => vec!["dose:blue bag"],
            Self::Slept => vec!["measure:sleep_hours:h:mm"],
            Self::SleepMinutes => vec!["measure:sleep_hours"],
            Self::Nap => vec!["measure:sleep_hours:h"],
            Self::Weight => vec!["measure:weight"],
            Self::Temperature => vec!["measure:temperature"],
            Self::Urge => vec!["urge"],
            Self::Pressure => vec![
                "measure:blood_pressure:systolic",
                "measure:blood_pressure:diastolic",
            ],
            Self::Walk => vec!["practice:walking"],
            Self::Medicine => vec!["medicine", "amount", "state"],
            Self::Unknown => vec![],
        }
    }

    /// Whether a unit in its heading says something, so that the heading has to stay as it is.
    pub(super) const fn has_unit(self) -> bool {
        matches!(
            self,
            Self::Milligrams | Self::SleepMinutes | Self::Weight | Self::Temperature
        )
    }

    /// Cells that no person can mean as one value of this kind.
    const fn slips(self) -> &'static [&'static str] {
        match self {
            Self::Nausea => &[
                "what?", "-1", "11", "2-3", "7/5", "3 or 4", "50%", "~4", "1e9",
            ],
            Self::Rest | Self::Urge | Self::Cold => &["5", "-2", "1-2", "3/10", "bad", "2,,5"],
            Self::Day => &["0", "6", "1-5", "five"],
            Self::Fog => &["101%", "-5%", "10-20%"],
            Self::Words => &["rather", "2", "none some"],
            Self::Grams => &[
                "-2",
                "2-3",
                "2-3 g",
                "~2",
                "2 g, 3 g",
                "1 + 1",
                "two",
                "2 capsules",
                "1,2,3",
                "2..5",
                "1/2",
                "2 x 3",
                "<1",
                "2 g?",
            ],
            Self::Milligrams => &["-5", "100-200", "5 mL", "ten"],
            Self::Bag => &["-1", "2 g", "1-2", "some"],
            Self::Slept => &["7:75", "-7:30", "25:00", "7 to 8", "7-8", "long"],
            Self::SleepMinutes => &["-30", "400-450", "1500", "long"],
            Self::Nap => &["-1", "1-2", "25", "short"],
            Self::Weight => &["-180", "180-185", "180 cm", "12", "heavy"],
            Self::Temperature => &["-37", "20", "37-38", "37 kg", "hot"],
            Self::Pressure => &["120/", "high", "-120", "900"],
            Self::Walk => &["maybe", "-3", "1.5", "2-3"],
            Self::Medicine | Self::Unknown => &[],
        }
    }
}

/// A value of a row, and where it belongs.
pub(super) enum Value {
    /// Nothing comes of the cells.
    Nothing,
    /// A part of the check-in, by what it is of.
    Rating(&'static str, i64),
    /// An amount of a product; 0 is a day without.
    Dose(&'static str, i64, &'static str),
    /// Thousandths of an hour, and the words of the truth.
    Sleep(i64, String),
    /// Anything else with a line of its own.
    Line(String),
    /// An intake, with the name of its medicine.
    Intake(String, &'static str),
    /// The row cannot be read.
    Slip,
}

/// A value of a scale from `from` to `to` on one from 0 to `top`, half away from zero.
fn scaled(value: i64, from: i64, to: i64, top: i64) -> i64 {
    let (over, under) = ((value - from) * top, to - from);
    let (over, under) = (over * under.signum(), under.abs());
    (over * 2 + under) / (under * 2)
}

/// Minutes as thousandths of an hour, half away from zero.
const fn hours(minutes: i64) -> i64 {
    (minutes * 1000 * 2 + 60) / 120
}

/// The cells of a kind in a row, and what they are.
pub(super) fn cells(kind: Kind, hand: &mut Hand) -> (Vec<String>, Value) {
    let width = kind.names().len();
    let alone = |cell: String| {
        let mut cells = vec![cell];
        cells.resize(width, String::new());
        cells
    };
    if hand.seldom(4) {
        let blanks: &[&str] = match hand.reach {
            Reach::Now => &["", "-", "n/a", "\u{2013}"],
            Reach::First => &[""],
        };
        let blank = hand.one(blanks);
        return (alone(blank.to_owned()), Value::Nothing);
    }
    if hand.is_first()
        && let Some((cell, value)) = of_first(kind, hand)
    {
        return (alone(cell), value);
    }
    if !hand.is_first() && !kind.slips().is_empty() && hand.seldom(70) {
        return (alone(hand.one(kind.slips()).to_owned()), Value::Slip);
    }
    if let Some((cell, value)) = rated(kind, hand) {
        return (alone(cell), value);
    }
    match kind {
        Kind::Pressure => {
            let (upper, lower) = (hand.random.i64(100..180), hand.random.i64(50..95));
            let line = format!(
                "measurement blood_pressure {}/{} mmHg",
                upper * 1000,
                lower * 1000
            );
            (
                vec![upper.to_string(), lower.to_string()],
                Value::Line(line),
            )
        }
        Kind::Medicine => {
            let name = hand.one(&["Alpha", "Beta \"XR\"", "Gamma; mite"]);
            let (cell, state) = [
                ("x", "taken"),
                ("", "skipped"),
                ("taken", "taken"),
                ("Skipped", "skipped"),
                ("no", "skipped"),
            ][hand.random.usize(..5)];
            let amount = hand.one(&["", "10 mg", "1 tablet"]);
            let cells = [name, amount, cell].map(str::to_owned).to_vec();
            let about = format!("intake {name} {state} {amount}");
            (cells, Value::Intake(about.trim().to_owned(), name))
        }
        Kind::Unknown => (vec![hand.random.u32(..20_000).to_string()], Value::Nothing),
        _ => {
            let (cell, value) = measured(kind, hand);
            (alone(cell), value)
        }
    }
}

/// A cell as version 0.1.0 read it; none for a kind whose cells are plain anyway.
fn of_first(kind: Kind, hand: &mut Hand) -> Option<(String, Value)> {
    Some(match kind {
        Kind::Nausea => {
            let value = hand.random.i64(0..=10);
            let of = if hand.is_reversed {
                scaled(value, 10, 0, 4)
            } else {
                scaled(value, 0, 10, 4)
            };
            (value.to_string(), Value::Rating("nausea", of))
        }
        Kind::Rest => {
            let value = hand.random.i64(0..=4);
            (value.to_string(), Value::Rating("restlessness", value))
        }
        Kind::Grams => {
            let amount = hand.random.i64(1..80) * 125;
            (hand.number(amount), Value::Dose("powder", amount, "g"))
        }
        Kind::Weight => {
            let pounds = hand.random.i64(1200..2600) * 100;
            let line = format!("measurement weight {pounds} lb");
            (hand.number(pounds) + " lb", Value::Line(line))
        }
        Kind::Temperature => {
            let heat = hand.random.i64(360..410) * 100;
            let line = format!("measurement temperature {heat} \u{b0}C");
            (hand.number(heat), Value::Line(line))
        }
        _ => return None,
    })
}

/// A cell of a check-in.
fn rated(kind: Kind, hand: &mut Hand) -> Option<(String, Value)> {
    let (cell, code, value) = match kind {
        Kind::Nausea => {
            let tenths = hand.random.i64(0..=10) * 10 + i64::from(hand.seldom(5)) * 5;
            let tenths = tenths.min(100);
            let of = if hand.is_reversed {
                scaled(tenths, 100, 0, 4)
            } else {
                scaled(tenths, 0, 100, 4)
            };
            let number = hand.number(tenths * 100);
            let end = hand.one(&["", "", "/10", " / 10"]);
            (number + end, "nausea", of)
        }
        Kind::Rest => {
            let value = hand.random.i64(0..=4);
            let zero = if hand.is_comma { ",0" } else { ".0" };
            let end = hand.one(&["", "", "/4", zero]);
            (format!("{value}{end}"), "restlessness", value)
        }
        Kind::Day => {
            let value = hand.random.i64(1..=5);
            (value.to_string(), "overall", scaled(value, 1, 5, 10))
        }
        Kind::Fog => {
            let tenths = hand.random.i64(0..=1000);
            let end = hand.one(&["", "%", " %"]);
            (
                hand.number(tenths * 100) + end,
                "fatigue",
                scaled(tenths, 0, 1000, 4),
            )
        }
        Kind::Words => {
            let (word, of) = [
                ("none", 0),
                ("No", 0),
                ("some", 1),
                ("much", 3),
                ("TERRIBLE", 4),
            ][hand.random.usize(..5)];
            (word.to_owned(), "anxiety", of)
        }
        Kind::Cold => {
            let value = hand.random.i64(0..=4);
            (value.to_string(), "own_cold_feet", value)
        }
        _ => return None,
    };
    Some((cell, Value::Rating(code, value)))
}

/// A cell with a record of its own.
fn measured(kind: Kind, hand: &mut Hand) -> (String, Value) {
    let line = Value::Line;
    match kind {
        Kind::Grams if hand.seldom(12) => {
            let zero = if hand.is_comma { "0,0" } else { "0.0" };
            let cell = hand.one(&["0", "0 g", zero, "0 mg"]);
            (cell.to_owned(), Value::Dose("powder", 0, "g"))
        }
        Kind::Grams => {
            let amount = hand.random.i64(1..80) * 125;
            let cell = match hand.random.u8(..4) {
                0 => hand.number(amount * 1000) + " mg",
                1 => hand.grouped(amount * 1000) + hand.one(&["mg", " mg", " milligrams"]),
                _ => hand.number(amount) + hand.one(&["", " g", "g", " grams"]),
            };
            (cell, Value::Dose("powder", amount, "g"))
        }
        Kind::Milligrams => {
            let amount = hand.random.i64(1..4000);
            let cell = if hand.seldom(3) {
                hand.grouped(amount * 1000)
            } else {
                hand.number(amount * 1000)
            };
            (cell, Value::Dose("extract_solid", amount, "g"))
        }
        Kind::Bag => {
            let amount = hand.random.i64(1..16) * 250;
            let cell = hand.number(amount) + hand.one(&["", " scoop", "scoop"]);
            (cell, Value::Dose("own_blue_bag", amount, "scoop"))
        }
        Kind::Slept | Kind::SleepMinutes => {
            let minutes = hand.random.i64(30..700);
            let (whole, rest) = (minutes / 60, minutes % 60);
            let cell = match hand.random.u8(..3) {
                _ if kind == Kind::SleepMinutes => minutes.to_string(),
                0 => format!("{whole}h {rest}m"),
                1 => format!("{whole}:{rest:02}:00"),
                _ => format!("{whole}:{rest:02}"),
            };
            let is_exact = minutes * 1000 % 60 == 0 && kind == Kind::Slept;
            let value = if is_exact {
                format!("{} h", minutes * 1000 / 60)
            } else {
                format!("{} min", minutes * 1000)
            };
            let text = format!("measurement sleep_hours {value}");
            (cell, Value::Sleep(hours(minutes), text))
        }
        Kind::Nap => {
            let amount = hand.random.i64(1..30) * 100;
            let cell = hand.number(amount) + hand.one(&["", " h", "h", " hours"]);
            let text = format!("measurement sleep_hours {amount} h");
            (cell, Value::Sleep(amount, text))
        }
        Kind::Weight if hand.seldom(4) => {
            let kilos = hand.random.i64(600..1100) * 100;
            let cell = hand.number(kilos) + hand.one(&[" kg", "kg"]);
            (cell, line(format!("measurement weight {kilos} kg")))
        }
        Kind::Weight => {
            let pounds = hand.random.i64(1200..2600) * 100;
            let cell = hand.number(pounds) + hand.one(&["", "", " lbs", " lb"]);
            (cell, line(format!("measurement weight {pounds} lb")))
        }
        Kind::Temperature if hand.seldom(4) => {
            let heat = hand.random.i64(970..1040) * 100;
            let cell = hand.number(heat) + hand.one(&[" \u{b0}F", " F"]);
            (
                cell,
                line(format!("measurement temperature {heat} \u{b0}F")),
            )
        }
        Kind::Temperature => {
            let heat = hand.random.i64(360..410) * 100;
            (
                hand.number(heat),
                line(format!("measurement temperature {heat} \u{b0}C")),
            )
        }
        Kind::Urge => {
            let value = hand.random.i64(0..=4);
            (value.to_string(), line(format!("urge {}", value * 1000)))
        }
        _ => match hand.random.u8(..3) {
            0 => {
                let cell = hand.one(&["yes", "x", "TRUE", "1"]);
                (cell.to_owned(), line("practice walking".to_owned()))
            }
            1 => (hand.one(&["no", "0", "FALSE"]).to_owned(), Value::Nothing),
            _ => {
                let count = hand.random.i64(2..60);
                (
                    count.to_string(),
                    line(format!("practice walking {}", count * 1000)),
                )
            }
        },
    }
}

/// A line of the truth: the place, what it is, and its part of the day.
pub(super) fn told(place: &Place, what: &str) -> String {
    let part = place.part.as_ref();
    let part = part.map_or_else(String::new, |part| format!(" [Time: {part}]"));
    format!("{} {what}{part}", place.text())
}
