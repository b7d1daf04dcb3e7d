//! The meaning of each column, from the person or from its name.
//!
//! Invariant: a name alone gives a date, a time or a note. Only the person turns another program's scale into a severity.

use super::apps::App;
use super::dates::{Order, is_date};
use super::sheet::Sheet;
use super::target::{DoseField, Map, Target};
use crate::transfer::import::error::{RowError, whole};

/// The target of each column: the person's, else the one of its name.
pub(super) fn targets(
    app: App,
    sheet: &Sheet,
    maps: &[Map],
) -> Result<Vec<Option<Target>>, Vec<RowError>> {
    for (column, _) in maps {
        // A mistyped column would silently be left out otherwise.
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
    let mapped = |name: &str| {
        let name = name.to_lowercase();
        let map = maps
            .iter()
            .find(|(column, _)| column.to_lowercase() == name);
        map.map(|(_, target)| target.clone())
    };
    let mut targets: Vec<Option<Target>> = sheet
        .columns
        .iter()
        .map(|name| mapped(name).or_else(|| default(app, name)))
        .collect();
    // Daylio and MedTimer have the day twice. The person's choice comes first, then a moment with an offset.
    let is_date = |target: &Option<Target>| matches!(target, Some(Target::Date(_)));
    let chosen = maps
        .iter()
        .any(|(_, target)| matches!(target, Target::Date(_)));
    let mut guesses: Vec<usize> = (0..targets.len())
        .filter(|at| is_date(&targets[*at]) && mapped(&sheet.columns[*at]).is_none())
        .collect();
    guesses.sort_by_key(|at| !sheet.columns[*at].to_lowercase().contains("iso 8601"));
    notes_of_doses(&mut targets, |at| mapped(&sheet.columns[at]).is_some());
    let has_date = chosen || !guesses.is_empty();
    for at in guesses.into_iter().skip(usize::from(!chosen)) {
        targets[at] = Some(Target::Skip);
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

/// In a table of one product's doses a note is about the dose; a check-in with nothing else in it would be one that nobody
/// made.
fn notes_of_doses(targets: &mut [Option<Target>], is_chosen: impl Fn(usize) -> bool) {
    let is_sitting = |target: &Option<Target>| {
        matches!(
            target,
            Some(Target::Symptom(..) | Target::Own(..) | Target::Overall(_) | Target::Medicine)
        )
    };
    let doses = targets.iter().filter_map(|target| match target {
        Some(Target::Dose(code, _)) => Some(code.clone()),
        _ => None,
    });
    let doses: Vec<String> = doses.collect();
    let [product] = &doses[..] else { return };
    if targets.iter().any(is_sitting) {
        return;
    }
    for (at, target) in targets.iter_mut().enumerate() {
        if *target == Some(Target::Note) && !is_chosen(at) {
            *target = Some(Target::DoseField(product.clone(), DoseField::Note));
        }
    }
}

fn default(app: App, name: &str) -> Option<Target> {
    let name = name.to_lowercase();
    if is_date(&name) {
        return Some(Target::Date(Order::Told));
    }
    match (app, name.as_str()) {
        // MedTimer writes each moment twice; the one with an offset is exact.
        (App::MedTimer, "reminded (iso 8601)") => Some(Target::Date(Order::Told)),
        (App::MedTimer, "taken (iso 8601)") => Some(Target::TakenAt),
        (App::MedTimer, "reminded" | "time" | "taken at" | "date and time") => {
            Some(Target::Date(Order::Told))
        }
        (_, "time") => Some(Target::Time),
        (_, "note" | "notes" | "comment" | "comments")
        | (App::Daylio, "mood" | "activities" | "note_title") => Some(Target::Note),
        (App::Daylio, "weekday" | "scales") | (App::MedTimer, "tags" | "interval") => {
            Some(Target::Skip)
        }
        (App::MedTimer, "medicine" | "medication" | "medicine name" | "name") => {
            Some(Target::Medicine)
        }
        (App::MedTimer, "amount" | "dosage" | "dose") => Some(Target::Amount),
        (App::MedTimer, "status" | "state" | "taken") => Some(Target::State),
        _ => None,
    }
}
