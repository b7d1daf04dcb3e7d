//! What is said about values that are not on their scale, or between two steps of it.

use super::cell::{Cell, number};
use super::sheet::Sheet;
use super::target::Target;
use crate::domain::check_in::Overall;
use crate::domain::check_in::symptom::Severity;
use crate::domain::order::Ordered;
use crate::transfer::import::face::Face;
use std::collections::HashMap;

/// The sentence about one value.
pub(super) fn of_value(cell: &str) -> String {
    format!("{cell:?} is not on the scale that was said")
}

/// The step that a value takes which lies between two.
pub(super) fn nearest_step(cell: &Cell<'_>) -> Option<u8> {
    let (scale, top) = match cell.target {
        Target::Symptom(_, scale) | Target::Own(.., scale) | Target::Urge(scale) => {
            (scale, Severity::TOP)
        }
        Target::Overall(scale) => (scale, Overall::TOP),
        _ => return None,
    };
    scale.of_between(&number(cell).ok()?, top)
}

/// How many words of a column a sentence names.
const MOST_WORDS: usize = 30;

/// All different values of a column with how often each stands there, so that a scale can be said whole.
pub(super) fn words_of(
    sheet: &Sheet,
    at: usize,
    targets: &[Option<Target>],
    face: Face,
) -> (String, String) {
    let name = sheet.columns.get(at).cloned().unwrap_or_default();
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let cells = sheet.lines.iter().filter_map(|line| line.cells.get(at));
    for cell in cells.filter(|cell| !cell.is_empty()) {
        let place = *places.entry(cell.to_lowercase()).or_insert_with(|| {
            counts.push((cell.clone(), 0));
            counts.len() - 1
        });
        if let Some((_, n)) = counts.get_mut(place) {
            *n += 1;
        }
    }
    counts.order_by_key(|(_, n)| std::cmp::Reverse(*n));
    let listed = counts.iter().take(MOST_WORDS);
    let listed: Vec<String> = listed.map(|(word, n)| format!("{word} ({n})")).collect();
    let more = counts.len().saturating_sub(MOST_WORDS);
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    let kind = match targets.get(at) {
        Some(Some(Target::Symptom(code, _))) => format!("symptom:{code}"),
        Some(Some(Target::Urge(_))) => "urge".to_owned(),
        Some(Some(Target::Own(own, category, _))) => format!("own:{own}:{}", category.code()),
        _ => "overall".to_owned(),
    };
    let sentence = format!(
        "this column has {}{more}; a scale names every value, the one for 0 first, and joins those of one level with +: {}",
        listed.join(", "),
        face.scale(&name, &kind)
    );
    (name, sentence)
}
