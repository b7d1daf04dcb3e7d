//! Bearable: a row for each value, with its category. The level of a symptom stands in its name, and moods and factors of one
//! moment stand in one cell.

use super::super::sheet::{Line, Sheet};
use super::super::target::Meant;
use super::long::Long;
use super::{Form, KnownColumn, has_head, single};
use crate::domain::check_in::catalogue::catalogue;
use crate::transfer::import::error::{File, RowError, whole};
use std::collections::{BTreeSet, HashMap};

pub(super) struct Bearable;

/// The levels of a symptom, with their numbers there.
const LEVELS: [(&str, &str); 7] = [
    ("none", "0"),
    ("mild", "1"),
    ("moderate", "2"),
    ("severe", "3"),
    ("unbearable", "4"),
    ("extreme", "4"),
    ("very severe", "4"),
];

impl Form for Bearable {
    fn name(&self) -> &'static str {
        "bearable"
    }

    fn about(&self) -> &'static str {
        "a row for each value, as Bearable gives them"
    }

    fn first_names(&self) -> [&'static str; 2] {
        ["Bearable", "Table"]
    }

    fn is_of(&self, files: &[File]) -> bool {
        has_head(files, &["date", "category", "rating/amount"])
            || has_head(files, &["date formatted", "category", "rating/amount"])
            || has_head(files, &["date", "category", "rating"])
    }

    fn sheet(&self, files: &[File], _: Meant<'_>) -> Result<Sheet, Vec<RowError>> {
        let sheet = Sheet::read(single(files)?)?;
        pivot(&sheet)
    }

    fn guess(&self, column: &str) -> Option<KnownColumn> {
        if column == MOOD_WORDS {
            return KnownColumn::sure("note", "a word of the person's own");
        }
        let name = column.strip_prefix("Symptom: ")?.to_lowercase();
        let mut symptoms = catalogue().symptoms.iter();
        let symptom = symptoms.find(|symptom| symptom.name.to_lowercase() == name)?;
        let target = format!("symptom:{}:0-4", symptom.id);
        KnownColumn::open(&target, "Bearable's levels are 1 to 4")
    }
}

const MOOD_WORDS: &str = "Mood words";

/// One column for each kind of value: "Symptom: Headache".
fn pivot(sheet: &Sheet) -> Result<Sheet, Vec<RowError>> {
    let find = |names: &[&str]| names.iter().find_map(|name| sheet.place(name));
    let date = find(&["date formatted", "date"]);
    let time = find(&["time of day", "time"]);
    let category = find(&["category"]);
    let value = find(&["rating/amount", "rating", "amount"]);
    if date.is_none() || category.is_none() || value.is_none() {
        return Err(whole(
            &sheet.file,
            "a date, a category and a rating are expected as columns",
        ));
    }
    let (detail, notes) = (find(&["detail"]), find(&["notes", "note"]));
    let levels = Levels::of(sheet, category, value, detail);
    let mut long = Long::new(&["date", "time", "note"]);
    for line in &sheet.lines {
        let cell = |at| Sheet::cell(line, at);
        let kept = [cell(date), cell(time), cell(notes)];
        let (category, detail, value) = (cell(category), cell(detail), cell(value));
        let kind = category.to_lowercase();
        if kind.starts_with("mood") {
            let words = detail.split('|').map(str::trim).collect::<Vec<_>>();
            let words = words.join(", ");
            long.add(
                line.number,
                &kept,
                &[(category, value), (MOOD_WORDS, &words)],
            );
        } else if detail.contains(" | ") || (kind.starts_with("factor") && !detail.is_empty()) {
            for (at, detail) in detail.split('|').map(str::trim).enumerate() {
                // A note belongs to the row, not to each of its factors.
                let note = if at == 0 { kept[2] } else { "" };
                let kept = [kept[0], kept[1], note];
                let value = if value.is_empty() { "yes" } else { value };
                let name = named(category, detail);
                long.add(line.number, &kept, &[(&name, value)]);
            }
        } else {
            let (detail, level) = levels.parted(&kind, detail);
            let value = if value.is_empty() { level } else { value };
            long.add(line.number, &kept, &[(&named(category, detail), value)]);
        }
    }
    long.sheet(sheet)
}

fn named(category: &str, detail: &str) -> String {
    match (category.is_empty(), detail.is_empty()) {
        (_, true) => category.to_owned(),
        (true, false) => detail.to_owned(),
        (false, false) => format!("{category}: {detail}"),
    }
}

/// "Nausea (Mild)" as "Nausea" and "Mild".
fn with_level(detail: &str) -> Option<(&str, &str)> {
    let (name, level) = detail.strip_suffix(')')?.rsplit_once(" (")?;
    Some((name.trim(), level.trim()))
}

/// The words of a file that are levels of symptoms, and not part of their names.
struct Levels(BTreeSet<String>);

impl Levels {
    /// The known words, and those that mean one number each with several symptoms: a file in another language has its own.
    fn of(
        sheet: &Sheet,
        category: Option<usize>,
        value: Option<usize>,
        detail: Option<usize>,
    ) -> Self {
        let mut seen: HashMap<String, (BTreeSet<&str>, BTreeSet<&str>)> = HashMap::new();
        let is_symptom = |line: &&Line| {
            let category = Sheet::cell(line, category).to_lowercase();
            category.starts_with("symptom")
        };
        for line in sheet.lines.iter().filter(is_symptom) {
            if let Some((name, level)) = with_level(Sheet::cell(line, detail)) {
                let entry = seen.entry(level.to_lowercase()).or_default();
                entry.0.insert(name);
                entry.1.insert(Sheet::cell(line, value));
            }
        }
        let known = LEVELS.iter().map(|(word, _)| (*word).to_owned());
        let own = seen.into_iter().filter_map(|(word, (names, values))| {
            (names.len() > 1 && values.len() == 1).then_some(word)
        });
        Self(known.chain(own).collect())
    }

    /// A symptom's name, and the number of its level where a known word says it.
    fn parted<'a>(&self, kind: &str, detail: &'a str) -> (&'a str, &'static str) {
        let Some((name, level)) = with_level(detail).filter(|_| kind.starts_with("symptom")) else {
            return (detail, "");
        };
        let level = level.to_lowercase();
        if !self.0.contains(&level) {
            return (detail, "");
        }
        let number = LEVELS.iter().find(|(word, _)| *word == level);
        (name, number.map_or("", |(_, number)| *number))
    }
}
