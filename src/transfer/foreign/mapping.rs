//! The meaning of each column, from the person or from its name.
//!
//! Invariant: a name alone gives a date, a time or a note. Only the person turns another program's scale into a severity.

use super::apps::App;
use super::dates::{Order, is_date};
use super::sheet::Sheet;
use super::sheet::names::{is_note_name, is_time_name, is_unsure_day_name};
use super::target::{DoseField, Map, Target, target_of};
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::transfer::import::error::{RowError, whole};
use crate::transfer::import::face::Face;

/// The target of each column: the person's, else the one of its name.
pub(super) fn targets(
    app: App,
    sheet: &Sheet,
    mut maps: Vec<Map>,
    face: Face,
) -> Result<Vec<Option<Target>>, Vec<RowError>> {
    if face != Face::Shell {
        // Chosen from a list, it was there: the table is read in another way now, or the answer is of an earlier file.
        maps.retain(|(column, _)| sheet.place(column).is_some());
    }
    for (column, _) in &maps {
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
        .enumerate()
        .map(|(at, name)| mapped(name).or_else(|| default(app, sheet, at)))
        .collect();
    let has_day = |targets: &[Option<Target>]| {
        targets
            .iter()
            .any(|target| matches!(target, Some(Target::Date(_))))
    };
    if !has_day(&targets) {
        // Without a name for it, the first column of days is the day.
        let open = |at: &usize| targets.get(*at) == Some(&None) && sheet.has_days(*at);
        let at = (0..targets.len()).find(open);
        if let Some(target) = at.and_then(|at| targets.get_mut(at)) {
            *target = Some(Target::Date(Order::Told));
        }
    }
    // Daylio and MedTimer have the day twice. The person's choice comes first, then a moment with an offset.
    let is_date = |target: &Option<Target>| matches!(target, Some(Target::Date(_)));
    let chosen = maps
        .iter()
        .any(|(_, target)| matches!(target, Target::Date(_)));
    let mut guesses: Vec<usize> = (0..targets.len())
        .filter(|at| is_date(&targets[*at]) && mapped(&sheet.columns[*at]).is_none())
        .collect();
    guesses.order_by_key(|at| !sheet.columns[*at].to_lowercase().contains("iso 8601"));
    notes_of_doses(&sheet.columns, &mut targets, |at| {
        mapped(&sheet.columns[at]).is_some()
    });
    let has_date = chosen || !guesses.is_empty();
    for at in guesses.into_iter().skip(usize::from(!chosen)) {
        // "Time" is the day and the time in some programs' files. Beside another day it is the time alone.
        let is_time = is_time_name(&sheet.columns[at]) && !sheet.has_days(at);
        targets[at] = Some(if is_time { Target::Time } else { Target::Skip });
    }
    if has_date {
        Ok(targets)
    } else {
        Err(whole(
            &sheet.file,
            format!(
                "no column is the day; {}. There are {}",
                face.name_one("date"),
                sheet.columns.join(", ")
            ),
        ))
    }
}

/// In a table of one product's doses and nothing else a note is about the dose; a check-in with nothing else in it would be one
/// that nobody made.
fn notes_of_doses(
    columns: &[String],
    targets: &mut [Option<Target>],
    is_chosen: impl Fn(usize) -> bool,
) {
    let is_other = |target: &Target| {
        !matches!(
            target,
            Target::Date(_)
                | Target::DayAbove
                | Target::Time
                | Target::Note
                | Target::Skip
                | Target::Dose(..)
                | Target::DoseField(..)
        )
    };
    let doses = targets.iter().filter_map(|target| match target {
        Some(Target::Dose(code, _)) => Some(code.clone()),
        _ => None,
    });
    let doses: Vec<String> = doses.collect();
    let [product] = &doses[..] else { return };
    if targets.iter().flatten().any(is_other) {
        return;
    }
    for (at, (target, name)) in targets.iter_mut().zip(columns).enumerate() {
        if *target == Some(Target::Note) && !is_chosen(at) && is_note_name(name) {
            *target = Some(Target::DoseField(product.clone(), DoseField::Note));
        }
    }
}

/// The meaning of a column by its name: as this program uses it, else as most do.
fn default(app: App, sheet: &Sheet, at: usize) -> Option<Target> {
    let name = sheet.columns.get(at)?;
    if let Some(guess) = app.guess(name) {
        let target = guess
            .is_sure
            .then(|| target_of(&guess.target, &Journal::default()));
        return target.and_then(Result::ok);
    }
    // "Data" is a day in Italian and anything in English; its cells decide.
    if is_date(name) && (!is_unsure_day_name(name) || sheet.has_days(at)) {
        return Some(Target::Date(Order::Told));
    }
    if is_time_name(name) {
        return Some(Target::Time);
    }
    is_note_name(name).then_some(Target::Note)
}
