//! What a column of another program's file may be: a guess from its name and its examples, with the reason.
//!
//! Invariant: a guess is a question. It becomes an answer only when the person agrees: no name alone makes a severity, an
//! amount or a number.

use super::becomes::becomes;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::practice;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::text::suggest;
use crate::transfer::errand::Guess;
use crate::transfer::foreign::Column;
use crate::transfer::foreign::target::target_of;

/// The usual scales of other programs, for going through them.
pub(crate) const SCALES: [&str; 8] = ["0-4", "0-10", "1-5", "5-1", "1-10", "0-5", "0-100", "0-3"];

/// The words of `--map` with the scale after (`by` 1) or before this one; `None` where it has no scale.
pub(crate) fn other_scale(meaning: &str, by: isize) -> Option<String> {
    let parts: Vec<&str> = meaning.split(':').collect();
    // How many parts stand before the scale.
    let before = match parts.first().copied()? {
        "measure" => return other_unit(&parts, by),
        "overall" | "urge" => 1,
        "symptom" => 2,
        "own" => 3,
        _ => return None,
    };
    let head = parts.get(..before)?.join(":");
    let now = parts.get(before).copied().unwrap_or_default();
    let at = SCALES.iter().position(|scale| *scale == now);
    let len = isize::try_from(SCALES.len()).ok()?;
    let next = match at {
        Some(at) => (isize::try_from(at).ok()? + by).rem_euclid(len),
        None => 0,
    };
    let next = SCALES.get(usize::try_from(next).ok()?)?;
    Some(format!("{head}:{next}"))
}

/// The same measure in its next unit.
fn other_unit(parts: &[&str], by: isize) -> Option<String> {
    let code = parts.get(1)?;
    let measure = CareList::built_in().measure(code)?;
    let units: Vec<&str> = measure.units().collect();
    let now = parts.get(2).copied();
    let at = units.iter().position(|unit| Some(*unit) == now);
    let len = isize::try_from(units.len()).ok().filter(|len| *len > 0)?;
    let next = match at {
        Some(at) => (isize::try_from(at).ok()? + by).rem_euclid(len),
        None => 0,
    };
    let unit = units.get(usize::try_from(next).ok()?)?;
    Some(format!("measure:{code}:{unit}"))
}

/// Words for how one feels in general; there more is better.
const MOODS: [&str; 6] = [
    "mood",
    "average mood",
    "wellbeing",
    "well-being",
    "feeling",
    "happiness",
];
/// Words for how hard it is in general; there more is worse.
const OVERALLS: [&str; 5] = [
    "overall",
    "severity",
    "overall severity",
    "discomfort",
    "distress",
];
const URGES: [&str; 5] = ["urge", "urges", "craving", "cravings", "urge to use"];
/// Words for what was used that name no product.
const KRATOM: [&str; 5] = ["kratom", "dose", "doses", "used", "amount used"];
/// The moods of Daylio, as it comes, the best first.
const DAYLIO: &str = "rad|good|meh|bad|awful";
/// The usual words for a severity.
const LEVELS: [&str; 2] = [
    "none|mild|moderate|severe|very severe",
    "none|mild|moderate|severe",
];

/// The name without what other programs put around it: "Symptom: Nausea (0-4)" is "nausea".
fn plain(name: &str) -> (String, Option<String>) {
    let name = name.trim().to_lowercase();
    let (name, unit) = match (name.find(['(', '[']), name.rfind([')', ']'])) {
        (Some(from), Some(to)) if from < to => (
            name[..from].trim().to_owned(),
            Some(name[from + 1..to].trim().to_owned()),
        ),
        _ => bare_unit(name),
    };
    let name = match name.split_once(':') {
        Some((head, rest)) if ["symptom", "symptoms", "factor"].contains(&head.trim()) => {
            rest.trim().to_owned()
        }
        _ => name,
    };
    (name.replace('_', " "), unit)
}

/// "kratom g" without its unit.
fn bare_unit(name: String) -> (String, Option<String>) {
    const UNITS: [&str; 6] = ["g", "mg", "ml", "kg", "min", "h"];
    match name.rsplit_once([' ', '_']) {
        Some((head, unit)) if UNITS.contains(&unit) => (head.to_owned(), Some(unit.to_owned())),
        _ => (name, None),
    }
}

/// The numbers among the examples; `None` when one of them is no number.
fn numbers(examples: &[String]) -> Option<Vec<f64>> {
    let filled = examples.iter().filter(|cell| !cell.trim().is_empty());
    let read: Vec<Option<f64>> = filled
        .map(|cell| cell.trim().replace(',', ".").parse().ok())
        .collect();
    let all: Option<Vec<f64>> = read.into_iter().collect();
    all.filter(|all| !all.is_empty())
}

/// The scale that the examples fit, in the words of `--map`.
pub(crate) fn scale_of(examples: &[String]) -> Option<String> {
    if let Some(numbers) = numbers(examples) {
        let top = numbers.iter().copied().fold(0.0, f64::max);
        let scale = [(4.0, "0-4"), (5.0, "0-5"), (10.0, "0-10"), (100.0, "0-100")];
        let fits = scale.iter().find(|(most, _)| top <= *most);
        return fits.map(|(_, scale)| (*scale).to_owned());
    }
    let has_all = |words: &str| {
        let words: Vec<&str> = words.split('|').collect();
        let mut cells = examples.iter().map(|cell| cell.trim().to_lowercase());
        cells.all(|cell| words.contains(&cell.as_str()))
    };
    let levels = LEVELS.iter().rev().find(|levels| has_all(levels));
    levels.map(|levels| (*levels).to_owned())
}

/// What a column may be; `None` where nothing of it is known here.
pub(crate) fn guess(column: &Column, journal: &Journal) -> Option<Guess> {
    // A number whose unit nothing says can be one of several.
    let open = column.question.as_ref();
    if let Some(choice) = open.and_then(|question| question.choices().first()) {
        let target = target_of(choice, journal).ok()?;
        return Some(Guess {
            words: becomes(Some(&target), journal),
            reason: format!("nothing says the unit{}", such_as(&column.examples)),
            meaning: choice.clone(),
        });
    }
    // What the program that wrote it means is known better than a name.
    if let Some(known) = column.guess.as_ref().filter(|known| !known.is_sure) {
        let target = target_of(&known.target, journal).ok()?;
        return Some(Guess {
            words: becomes(Some(&target), journal),
            reason: known.reason.to_string(),
            meaning: known.target.clone(),
        });
    }
    let (name, unit) = plain(&column.name);
    let examples = &column.examples;
    let meaning = meaning(&name, unit.as_deref(), examples, journal)?;
    let target = target_of(&meaning, journal).ok()?;
    Some(Guess {
        words: becomes(Some(&target), journal),
        reason: format!("named {}{}", column.name, such_as(examples)),
        meaning,
    })
}

fn such_as(examples: &[String]) -> String {
    if examples.is_empty() {
        return ", with no value in it".to_owned();
    }
    format!(", such as {}", examples.join(", "))
}

fn meaning(
    name: &str,
    unit: Option<&str>,
    examples: &[String],
    journal: &Journal,
) -> Option<String> {
    if MOODS.contains(&name) {
        let words: Vec<&str> = DAYLIO.split('|').collect();
        let mut cells = examples.iter().map(|cell| cell.trim().to_lowercase());
        if !examples.is_empty() && cells.all(|cell| words.contains(&cell.as_str())) {
            return Some(format!("overall:{DAYLIO}"));
        }
        // There more is better, and here more is harder.
        let top = numbers(examples)?.into_iter().fold(0.0, f64::max);
        let scale = if top <= 5.0 { "5-1" } else { "10-0" };
        return Some(format!("overall:{scale}"));
    }
    if OVERALLS.contains(&name) {
        let scale = if scale_of(examples)? == "0-100" {
            "0-100"
        } else {
            "0-10"
        };
        return Some(format!("overall:{scale}"));
    }
    if URGES.contains(&name) {
        return Some(format!("urge:{}", scale_of(examples)?));
    }
    if let Some(symptom) = journal.symptoms.iter().find(|symptom| {
        symptom.name.to_lowercase() == name || symptom.code.replace('_', " ") == name
    }) {
        // A name alone says nothing of the scale.
        return Some(format!("symptom:{}:{}", symptom.code, scale_of(examples)?));
    }
    if let Some(measure) = suggest::find(CareList::built_in().measures, name) {
        let plain = format!("measure:{}", measure.code);
        // A unit that is not ours is asked for, never assumed.
        return match unit {
            Some(unit)
                if !measure
                    .units
                    .first()
                    .is_some_and(|usual| usual.is_meant_by(unit)) =>
            {
                let with_unit = format!("{plain}:{unit}");
                target_of(&with_unit, journal).is_ok().then_some(with_unit)
            }
            _ => Some(plain),
        };
    }
    // Without a word for the product its unit decides, and the person.
    let product = if KRATOM.contains(&name) {
        "powder"
    } else {
        name
    };
    if numbers(examples).is_some()
        && let Some(product) = product::find(journal, product)
        && unit.is_none_or(|unit| product.unit_fits(unit))
    {
        return Some(format!("dose:{}", product.code));
    }
    let practice = practice::find(journal, name)?;
    Some(format!("practice:{}", practice.code))
}
