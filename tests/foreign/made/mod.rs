//! Files made at random, each with its truth beside it.

mod bytes;
mod columns;
mod hand;

pub use hand::{Reach, ZONE};

use bytes::{Encoding, Sheet};
use chrono::NaiveDate;
use columns::{Kind, Value, cells, told};
use hand::{Hand, Place};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A file with its truth.
pub struct Made {
    pub bytes: Vec<u8>,
    pub maps: Vec<String>,
    /// What the journal has to hold, a line an entry.
    pub truth: Vec<String>,
    /// The sign before the decimals, for a file whose numbers do not tell.
    pub decimal: &'static str,
    /// The rows with a slip, as a person counts them.
    pub slips: Vec<usize>,
    /// The columns that are left out.
    pub unknown: Vec<String>,
    /// How many sleeps have no room in their day.
    pub without_room: usize,
}

impl Made {
    /// The truth for a program that did not make the file.
    pub fn json(&self) -> Json {
        json!({
            "maps": self.maps,
            "truth": self.truth,
            "decimal": self.decimal,
            "slips": self.slips,
            "unknown": self.unknown,
            "without_room": self.without_room,
        })
    }
}

/// The truth of the rows so far.
#[derive(Default)]
struct Truth {
    lines: Vec<String>,
    /// The sleeps in order: their day, thousandths of an hour, and their line.
    sleeps: Vec<(NaiveDate, i64, String)>,
    doses: BTreeSet<(&'static str, NaiveDate)>,
    zeros: Vec<(&'static str, NaiveDate, String)>,
    medicines: BTreeSet<&'static str>,
    slips: Vec<usize>,
}

impl Truth {
    /// Takes in a row that can be read.
    fn row(&mut self, place: &Place, values: Vec<Value>, note: &str) {
        // Two columns can be one thing: the second value is in a check-in beside.
        let mut sittings: Vec<BTreeMap<&str, i64>> = Vec::new();
        for value in values {
            match value {
                Value::Nothing | Value::Slip => {}
                Value::Rating(code, of) => {
                    let free = sittings.iter().position(|it| !it.contains_key(code));
                    let at = free.unwrap_or_else(|| {
                        sittings.push(BTreeMap::new());
                        sittings.len() - 1
                    });
                    sittings[at].insert(code, of);
                }
                Value::Dose(product, 0, _) => {
                    let line = told(place, &format!("day_without {product}"));
                    self.zeros.push((product, place.day, line));
                }
                Value::Dose(product, amount, unit) => {
                    self.doses.insert((product, place.day));
                    let line = format!("dose {product} {amount} {unit}");
                    self.lines.push(told(place, &line));
                }
                Value::Sleep(hours, line) => {
                    self.sleeps.push((place.day, hours, told(place, &line)));
                }
                Value::Line(line) => self.lines.push(told(place, &line)),
                Value::Intake(line, name) => {
                    self.medicines.insert(name);
                    self.lines.push(told(place, &line));
                }
            }
        }
        if sittings.is_empty() && !note.is_empty() {
            sittings.push(BTreeMap::new());
        }
        for (nth, sitting) in sittings.iter().enumerate() {
            let ratings = sitting.iter().map(|(code, of)| format!("{code} {of}"));
            let ratings: Vec<String> = ratings.collect();
            let mut line = told(place, &format!("check-in {}", ratings.join(", ")));
            if nth == 0 && !note.is_empty() {
                line = format!("{line} {}", json!(note));
            }
            self.lines.push(line);
        }
    }

    /// All lines, and how many sleeps have no room in their day.
    fn settled(mut self) -> (Vec<String>, usize) {
        let mut held: HashMap<NaiveDate, i64> = HashMap::new();
        let mut without_room = 0;
        for (day, hours, line) in self.sleeps {
            let held = held.entry(day).or_default();
            if *held + hours > 24_000 {
                without_room += 1;
            } else {
                *held += hours;
                self.lines.push(line);
            }
        }
        // A day with a dose is no day without, and one note about a day is enough.
        for (product, day, line) in self.zeros {
            if self.doses.insert((product, day)) {
                self.lines.push(line);
            }
        }
        let medicines = self.medicines.into_iter();
        self.lines
            .extend(medicines.map(|name| format!("medication {name}")));
        self.lines.sort();
        (self.lines, without_room)
    }
}

/// A column as the file has it: its kind, and the names in its header.
struct Column {
    kind: Kind,
    names: Vec<String>,
}

/// A name as people give it: with quotes, with the sign of another separator, over two lines.
fn name(hand: &mut Hand, kind: Kind) -> Vec<String> {
    let names = kind.names();
    let [plain] = names else {
        return names.iter().map(|name| (*name).to_owned()).collect();
    };
    let end = if kind.has_unit() || hand.is_first() {
        ""
    } else {
        hand.one(&[
            "",
            "",
            "",
            "",
            " \"now\"",
            "; evening",
            ", all",
            "\nevening",
            " = x",
        ])
    };
    vec![format!("{plain}{end}")]
}

fn columns(hand: &mut Hand) -> Vec<Column> {
    let all: &[Kind] = match hand.reach {
        Reach::Now => &Kind::ALL,
        Reach::First => &Kind::OF_FIRST,
    };
    let chosen = all.iter().copied();
    let chosen = chosen.filter(|_| hand.random.u8(..4) == 0);
    let mut kinds: Vec<Kind> = chosen.collect();
    if kinds.is_empty() {
        kinds.push(Kind::Nausea);
    }
    hand.random.shuffle(&mut kinds);
    let mut columns: Vec<Column> = Vec::new();
    for kind in kinds {
        let names = name(hand, kind);
        let is_twice = names.len() == 1 && kind != Kind::Unknown && hand.seldom(8);
        if is_twice {
            let names = if hand.random.bool() {
                names.clone()
            } else {
                vec![format!("Also {}", names[0])]
            };
            columns.push(Column { kind, names });
        }
        columns.push(Column { kind, names });
    }
    columns
}

fn note(hand: &mut Hand) -> String {
    let notes = [
        "",
        "",
        "",
        "a \"quoted\" one, and more",
        "two\nlines",
        "=1+1; x",
        "\u{fc}ber \u{2013} 5 \u{20ac}",
        "'begins with one",
        "\t a tab\tinside",
        "+49 30; @home, -5",
    ];
    if !hand.is_first() && hand.seldom(40) {
        let words = hand.random.usize(2_000..20_000);
        return format!("{}end", "a long note; ".repeat(words));
    }
    if hand.has_all_letters && hand.seldom(12) {
        return "\u{1f642} \u{645}\u{631} \u{65e5}\u{8a18} e\u{301}".to_owned();
    }
    hand.one(&notes).trim().to_owned()
}

/// The file of this number.
pub fn made(seed: u64, reach: Reach) -> Made {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut sheet = Sheet {
        sign: [',', ';', '\t'][random.usize(..3)],
        encoding: Encoding::ALL[random.usize(..6)],
        end: ["\n", "\r\n", "\r"][random.usize(..3)],
    };
    if reach == Reach::First {
        sheet.sign = ',';
        sheet.encoding = Encoding::Utf8;
    }
    let is_comma = sheet.sign != ',' && random.bool();
    let has_all_letters = sheet.encoding != Encoding::Windows;
    let mut hand = Hand::new(random, is_comma, has_all_letters, reach);
    let columns = columns(&mut hand);
    let has_time = !hand.is_whole() && !hand.seldom(4);
    let is_day_first = !hand.seldom(4);
    let (head, mut rows) = above(&mut hand, &sheet);
    let names = columns.iter().flat_map(|column| column.names.clone());
    let moments = ["Date", "Time"].into_iter().take(1 + usize::from(has_time));
    let header = joined(
        is_day_first,
        moments.map(str::to_owned).collect(),
        names.collect(),
        "Note".to_owned(),
    );
    let width = header.len();
    rows.push(header);
    let shape = Shape::of(&mut hand, is_day_first);
    let mut truth = Truth::default();
    for _ in 0..hand.random.usize(1..30) {
        if shape.has_blank_lines && hand.seldom(4) {
            rows.push(Vec::new());
        }
        let place = hand.place(has_time);
        let read = columns.iter().map(|column| cells(column.kind, &mut hand));
        let (texts, values): (Vec<_>, Vec<_>) = read.collect::<Vec<_>>().into_iter().unzip();
        let note = note(&mut hand);
        let mut moment = vec![place.date.clone()];
        moment.extend(has_time.then(|| place.time.clone()));
        let mut row = joined(is_day_first, moment, texts.concat(), note.clone());
        let has_stray = !hand.is_first() && hand.seldom(80);
        if has_stray {
            row.push("stray".to_owned());
        } else if shape.ends == Ends::Ragged {
            row.resize(width + 3, String::new());
        } else if shape.ends == Ends::Short {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
        rows.push(row);
        if has_stray || values.iter().any(|value| matches!(value, Value::Slip)) {
            truth.slips.push(rows.len() + usize::from(!head.is_empty()));
        } else {
            truth.row(&place, values, &note);
        }
    }
    if shape.has_sum {
        rows.push(vec!["Average".to_owned(), "3.5".to_owned()]);
    }
    let bytes = sheet.bytes(&mut hand, &rows, &head);
    let slips = std::mem::take(&mut truth.slips);
    let (truth, without_room) = truth.settled();
    let is_unknown = |column: &&Column| column.kind == Kind::Unknown;
    let unknown = columns.iter().filter(is_unknown);
    Made {
        bytes,
        maps: maps(&hand, &columns),
        truth,
        decimal: if is_comma { "comma" } else { "point" },
        slips,
        unknown: unknown.flat_map(|column| column.names.clone()).collect(),
        without_room,
    }
}

/// How the rows of a file end.
#[derive(Default, PartialEq, Eq)]
enum Ends {
    #[default]
    Even,
    /// Empty cells beyond the header.
    Ragged,
    /// No empty cells at the end.
    Short,
}

/// How the rows of a file are shaped.
#[derive(Default)]
struct Shape {
    has_blank_lines: bool,
    ends: Ends,
    /// A last row that sums up the others.
    has_sum: bool,
}

impl Shape {
    fn of(hand: &mut Hand, is_day_first: bool) -> Self {
        if hand.is_first() {
            return Self::default();
        }
        Self {
            has_blank_lines: hand.seldom(6),
            ends: match hand.random.u8(..8) {
                0 => Ends::Ragged,
                1 | 2 => Ends::Short,
                _ => Ends::Even,
            },
            has_sum: is_day_first && hand.seldom(12),
        }
    }
}

/// What stands above the header: a line that names the separator, or a title.
fn above(hand: &mut Hand, sheet: &Sheet) -> (String, Vec<Vec<String>>) {
    match hand.random.u8(..12) {
        _ if hand.is_first() => (String::new(), Vec::new()),
        0 => (format!("sep={}{}", sheet.sign, sheet.end), Vec::new()),
        1 => (
            String::new(),
            vec![vec!["My journal; all, of it".to_owned()]],
        ),
        2 => (String::new(), vec![Vec::new()]),
        _ => (String::new(), Vec::new()),
    }
}

/// A row: the moment first or last, the note at the end.
fn joined(
    is_day_first: bool,
    moment: Vec<String>,
    cells: Vec<String>,
    note: String,
) -> Vec<String> {
    let mut row = if is_day_first {
        [moment, cells].concat()
    } else {
        [cells, moment].concat()
    };
    row.push(note);
    row
}

fn maps(hand: &Hand, columns: &[Column]) -> Vec<String> {
    let mut maps = vec![format!("Date=date{}", hand.order()), "Note=note".to_owned()];
    for column in columns {
        let targets = column.kind.targets(hand.is_reversed);
        let pairs = column.names.iter().zip(targets);
        maps.extend(pairs.map(|(name, target)| format!("{name}={target}")));
    }
    // Two columns of one name are said once.
    maps.sort();
    maps.dedup();
    maps
}
