//! The meanings that a person can give a column: its target, and its scale.

use super::dates::Order;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::practice;
use crate::domain::check_in::catalogue::{Category, catalogue};
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::text::round::round;
use crate::domain::text::suggest;

/// The conversion of a column's values to one of our scales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scale {
    /// Linear, from the first number to the last; the first may be the higher one.
    Range(i32, i32),
    /// Words, the lowest first.
    Words(Vec<String>),
}

impl Scale {
    /// Reads `1-5`, `5-1`, `none|mild|moderate|severe`.
    fn read(text: &str) -> Option<Self> {
        if text.contains('|') {
            let words = text.split('|').map(|word| word.trim().to_lowercase());
            return Some(Self::Words(words.collect()));
        }
        let (from, to) = text.split_once('-')?;
        let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        (from != to).then_some(Self::Range(from, to))
    }

    /// The nearest value of `cell` on a scale from 0 to `top`; `None` for a value outside this scale.
    pub fn of(&self, cell: &str, top: u8) -> Option<u8> {
        let share = match self {
            Self::Range(from, to) => {
                let value: f64 = cell.replace(',', ".").parse().ok()?;
                let (from, to) = (f64::from(*from), f64::from(*to));
                (value - from) / (to - from)
            }
            Self::Words(words) => {
                let cell = cell.trim().to_lowercase();
                let at = words.iter().position(|word| *word == cell)?;
                // A scale of one word would divide by 0.
                let last = words.len().saturating_sub(1).max(1);
                at as f64 / last as f64
            }
        };
        // Refused, not clamped: a value outside the range means that the range is wrong.
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        let value = round(share * f64::from(top), 0);
        (0..=top).find(|number| (f64::from(*number) - value).abs() < 0.5)
    }
}

/// The target of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The day, and perhaps the time.
    Date(Order),
    /// The time of day.
    Time,
    /// A line of the note.
    Note,
    /// A rating of a symptom, by code.
    Symptom(String, Scale),
    /// A rating of an own symptom, which is added.
    Own(String, Category, Scale),
    /// The overall of the day, 0 to 10.
    Overall(Scale),
    /// A measurement, by code.
    Measure(String),
    /// An amount of a product, by code.
    Dose(String),
    /// A practice, by code: done where the cell says yes or a number; a number is how often.
    Practice(String),
    /// The strength of an urge.
    Urge(Scale),
    /// The name of a medicine.
    Medicine,
    /// The amount of the medicine of the same row.
    Amount,
    /// Whether the medicine of the same row was taken or skipped; a blank cell says that it was not taken.
    State,
    /// When the medicine of the same row was taken; its day is when it was due.
    TakenAt,
    /// The day; an empty cell means the day above.
    DayAbove,
    /// The name of the value of the same row, in a table with a row for each value.
    Name,
    /// The value of that name.
    Value,
    /// The unit of that value.
    Unit,
    /// Left out.
    Skip,
}

impl Target {
    /// Whether it says how the table is read, not what a column becomes.
    pub(crate) fn is_shape(&self) -> bool {
        matches!(self, Self::DayAbove | Self::Name | Self::Value | Self::Unit)
    }
}

/// All targets in words, for help and for questions.
pub(crate) const TARGETS: &str = "date[:dmy|mdy|ymd|above], time, note, symptom:CODE[:SCALE], own:NAME:physical|psychological[:SCALE], \
overall[:SCALE], measure:KIND, dose:PRODUCT, practice:CODE, urge[:SCALE], medicine, amount, state, taken_at, name, value, unit, skip; \
SCALE is such as 0-10, 5-1 or none|mild|severe";

/// A column and its target.
pub(crate) type Map = (String, Target);

/// Reads `Mood=overall:1-5`.
///
/// # Errors
/// A sentence with the valid forms.
pub fn read(text: &str) -> Result<Map, String> {
    // The last sign, because a column's name may contain one.
    let (column, target) = text
        .rsplit_once('=')
        .ok_or_else(|| "a mapping is COLUMN=TARGET, such as \"Mood=overall:1-5\"".to_owned())?;
    Ok((column.trim().to_owned(), target_of(target)?))
}

/// Reads the part after the equals sign.
///
/// # Errors
/// A sentence with the valid forms.
pub fn target_of(text: &str) -> Result<Target, String> {
    let mut parts = text.trim().splitn(2, ':');
    let word = parts.next().unwrap_or_default().to_lowercase();
    let rest = parts.next().unwrap_or_default().trim();
    let scale = |text: &str, usual: (i32, i32)| {
        if text.is_empty() {
            return Ok(Scale::Range(usual.0, usual.1));
        }
        Scale::read(text)
            .ok_or_else(|| format!("{text:?} is no scale; 0-10, 5-1, none|mild|severe are"))
    };
    let (first, second) = rest.split_once(':').unwrap_or((rest, ""));
    match word.as_str() {
        "date" => match rest {
            "" => Ok(Target::Date(Order::Told)),
            "dmy" => Ok(Target::Date(Order::DayFirst)),
            "mdy" => Ok(Target::Date(Order::MonthFirst)),
            "ymd" => Ok(Target::Date(Order::YearFirst)),
            "above" => Ok(Target::DayAbove),
            _ => Err("a date is date, date:dmy, date:mdy, date:ymd or date:above".to_owned()),
        },
        "time" => Ok(Target::Time),
        "note" => Ok(Target::Note),
        "symptom" => {
            if catalogue().symptom(first).is_none() {
                return Err(format!(
                    "no symptom has the code {first:?}; `ebb symptom list` names them, own:NAME:physical adds one"
                ));
            }
            Ok(Target::Symptom(first.to_owned(), scale(second, (0, 4))?))
        }
        "own" => {
            let (category, wanted) = second.split_once(':').unwrap_or((second, ""));
            let category = Category::from_code(category).ok_or_else(|| {
                "an own symptom is own:NAME:physical or own:NAME:psychological".to_owned()
            })?;
            if first.is_empty() {
                return Err("an own symptom needs a name: own:NAME:physical".to_owned());
            }
            Ok(Target::Own(
                first.to_owned(),
                category,
                scale(wanted, (0, 4))?,
            ))
        }
        "overall" => Ok(Target::Overall(scale(rest, (0, 10))?)),
        "urge" => Ok(Target::Urge(scale(rest, (0, 4))?)),
        "measure" => {
            let measure = suggest::find(&CareList::built_in().measures, rest);
            let code = measure.map(|measure| measure.code.clone());
            known(rest, "measurement", code).map(Target::Measure)
        }
        "dose" => {
            let product = product::find(&Journal::default(), rest);
            known(rest, "product", product.map(|product| product.code)).map(Target::Dose)
        }
        "practice" => {
            let practice = practice::find(&Journal::default(), rest);
            known(rest, "practice", practice.map(|practice| practice.code)).map(Target::Practice)
        }
        "medicine" => Ok(Target::Medicine),
        "amount" => Ok(Target::Amount),
        "state" => Ok(Target::State),
        "taken_at" => Ok(Target::TakenAt),
        "name" => Ok(Target::Name),
        "value" => Ok(Target::Value),
        "unit" => Ok(Target::Unit),
        "skip" => Ok(Target::Skip),
        _ => Err(format!(
            "{word:?} is nothing that a column can be; there are {TARGETS}"
        )),
    }
}

fn known(typed: &str, what: &str, code: Option<String>) -> Result<String, String> {
    code.ok_or_else(|| format!("no {what} is called {typed:?}"))
}
