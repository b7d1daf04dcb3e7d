//! What a column means, as the person says it or as its name says.
//!
//! Invariant: a name alone never makes a severity out of another program's scale; it makes a date, a time or a note.

use super::apps::App;
use super::dates::{Order, is_date};
use super::sheet::Sheet;
use super::target::{Map, Target};
use crate::transfer::reading::{RowError, whole};

/// What each column is taken as: what was said of it, else what its name says.
pub(super) fn targets(
    app: App,
    sheet: &Sheet,
    maps: &[Map],
) -> Result<Vec<Option<Target>>, Vec<RowError>> {
    for (column, _) in maps {
        if sheet.place(column).is_none() {
            return Err(whole(
                &sheet.file,
                format!(
                    "there is no column {column:?}; there are {}",
                    sheet.columns.join(", ")
                ),
            ));
        }
    }
    let said = |name: &str| {
        let wanted = name.to_lowercase();
        let found = maps
            .iter()
            .find(|(column, _)| column.to_lowercase() == wanted);
        found.map(|(_, target)| target.clone())
    };
    let mut targets: Vec<Option<Target>> = sheet
        .columns
        .iter()
        .map(|name| said(name).or_else(|| guessed(app, name)))
        .collect();
    // Daylio has the day twice; what was said comes before what was guessed.
    let mut has_date = maps
        .iter()
        .any(|(_, target)| matches!(target, Target::Date(_)));
    for (name, target) in sheet.columns.iter().zip(&mut targets) {
        if matches!(target, Some(Target::Date(_))) && said(name).is_none() {
            if has_date {
                *target = Some(Target::Skip);
            }
            has_date = true;
        }
    }
    if has_date {
        Ok(targets)
    } else {
        Err(whole(
            &sheet.file,
            format!(
                "no column is the day; say which with --map \"COLUMN=date\". There are {}",
                sheet.columns.join(", ")
            ),
        ))
    }
}

fn guessed(app: App, name: &str) -> Option<Target> {
    let name = name.to_lowercase();
    if is_date(&name) {
        return Some(Target::Date(Order::Told));
    }
    match (app, name.as_str()) {
        (App::MedTimer, "time" | "taken at" | "date and time") => Some(Target::Date(Order::Told)),
        (_, "time") => Some(Target::Time),
        (_, "note" | "notes" | "comment" | "comments")
        | (App::Daylio, "mood" | "activities" | "note_title") => Some(Target::Note),
        (App::Daylio, "weekday" | "scales") => Some(Target::Skip),
        (App::MedTimer, "medicine" | "medication" | "medicine name" | "name") => {
            Some(Target::Medicine)
        }
        (App::MedTimer, "amount" | "dosage" | "dose") => Some(Target::Amount),
        (App::MedTimer, "status" | "state" | "taken") => Some(Target::State),
        _ => None,
    }
}
