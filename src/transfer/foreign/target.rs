//! The meanings that a person can give a column: its target, and its scale.

use super::dates::Order;
use super::units;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::MeasureForm;
use crate::domain::care::practice;
use crate::domain::check_in::catalogue::{Category, catalogue};
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::record::key;
use crate::domain::text::round::round;
use crate::domain::text::suggest;
use crate::transfer::import::face::Face;

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

    /// "0 to 10", "rad, good, awful".
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Range(from, to) => format!("{from} to {to}"),
            Self::Words(words) => words.join(", "),
        }
    }

    /// The nearest value of `cell` on a scale from 0 to `top`; `None` for a value outside this scale.
    pub fn of(&self, cell: &str, top: u8) -> Option<u8> {
        let value = round(self.place(cell, top)?, 0);
        (0..=top).find(|number| (f64::from(*number) - value).abs() < 0.5)
    }

    /// [`Self::of`] where it is another value than the number that stands in the cell, because that one lies between two steps.
    /// Words are levels without numbers.
    pub(super) fn of_between(&self, cell: &str, top: u8) -> Option<u8> {
        if matches!(self, Self::Words(_)) {
            return None;
        }
        let place = self.place(cell, top)?;
        let is_step = (place - round(place, 0)).abs() < 1e-9;
        (!is_step).then(|| self.of(cell, top))?
    }

    /// Where `cell` lies from 0 to `top`; `None` outside this scale.
    fn place(&self, cell: &str, top: u8) -> Option<f64> {
        let share = match self {
            Self::Range(from, to) => {
                let cell = cell.replace(',', ".");
                let cell = cell.strip_suffix('%').unwrap_or(&cell).trim();
                // "7/10" names the top of its scale itself.
                let cell = match cell.split_once('/') {
                    Some((value, top)) if top.trim().parse() == Ok(*from.max(to)) => value.trim(),
                    _ => cell,
                };
                let value: f64 = cell.parse().ok()?;
                let (from, to) = (f64::from(*from), f64::from(*to));
                (value - from) / (to - from)
            }
            Self::Words(words) => {
                let cell = cell.trim().to_lowercase();
                // Daylio has five levels and any number of words: "rad+great" is one level.
                let is_level = |word: &String| {
                    *word == cell || word.split('+').any(|alike| alike.trim() == cell)
                };
                let at = words.iter().position(is_level)?;
                // A scale of one word would divide by 0.
                let last = words.len().saturating_sub(1).max(1);
                at as f64 / last as f64
            }
        };
        // Refused, not clamped: a value outside the range means that the range is wrong.
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        Some(share * f64::from(top))
    }
}

/// A number of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Systolic.
    Upper,
    /// Diastolic.
    Lower,
}

impl Half {
    fn read(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "systolic" | "sys" | "upper" => Some(Self::Upper),
            "diastolic" | "dia" | "lower" => Some(Self::Lower),
            _ => None,
        }
    }

    /// Its word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Upper => "systolic",
            Self::Lower => "diastolic",
        }
    }
}

/// A field of a dose besides its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseField {
    /// The note: a strain, a brand, how it went.
    Note,
    /// What it was for.
    Reason,
    /// The time of day.
    Time,
}

impl DoseField {
    fn read(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "note" => Some(Self::Note),
            "reason" => Some(Self::Reason),
            "time" => Some(Self::Time),
            _ => None,
        }
    }

    /// Its word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Reason => "reason",
            Self::Time => "time",
        }
    }
}

/// A clock time of a sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SleepTime {
    /// To bed.
    Bed,
    /// Fallen asleep.
    Asleep,
    /// Awake.
    Woke,
    /// Got up.
    Up,
}

impl SleepTime {
    fn read(text: &str) -> Option<Self> {
        let all = [Self::Bed, Self::Asleep, Self::Woke, Self::Up];
        let text = text.to_lowercase();
        all.into_iter().find(|time| time.key() == text)
    }

    /// Its field in a record, which is also its word.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Bed => key::BED,
            Self::Asleep => key::ASLEEP,
            Self::Woke => key::WOKE,
            Self::Up => key::UP,
        }
    }

    /// "when you woke".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Bed => "when you went to bed",
            Self::Asleep => "when you fell asleep",
            Self::Woke => "when you woke",
            Self::Up => "when you got up",
        }
    }

    /// The time at which a stretch ends that begins at this one.
    pub(super) const fn end(self) -> Option<Self> {
        match self {
            Self::Bed => Some(Self::Up),
            Self::Asleep => Some(Self::Woke),
            Self::Woke | Self::Up => None,
        }
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
    /// A measurement, by code, with the unit that was said.
    Measure(String, Option<String>),
    /// A clock time of the sleep in the same row.
    SleepTime(SleepTime),
    /// One number of a measurement of two, such as a blood pressure.
    Part(String, Half),
    /// An amount of a product, by code, with the unit that was said.
    Dose(String, Option<String>),
    /// Another field of the dose of that product in the same row.
    DoseField(String, DoseField),
    /// A practice, by code: done where the cell says yes or a number; a number is how often.
    Practice(String),
    /// Another substance, by code, with the word that was said for it: used where the cell says yes or how much.
    Substance(String, Option<String>),
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
pub(crate) const TARGETS: &str = "date[:dmy|mdy|ymd|counted|above], time, note, symptom:CODE[:SCALE], own:NAME:physical|psychological[:SCALE], \
overall[:SCALE], measure:KIND[:UNIT], measure:KIND:systolic|diastolic, measure:sleep_hours:bed|asleep|woke|up, dose:PRODUCT[:UNIT], dose:PRODUCT:note|reason|time, practice:CODE, substance:CODE, urge[:SCALE], medicine, amount, state, taken_at, name, value, unit, skip; \
SCALE is such as 0-10, 5-1 or none|mild|severe, UNIT such as lb, min, s, h:mm:ss";

/// A column and its target.
pub(crate) type Map = (String, Target);

/// What the person said about columns, and where it was said.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meant<'a> {
    /// The targets of columns.
    pub(crate) maps: &'a [Map],
    /// Where more can be said.
    pub(crate) face: Face,
}

/// Reads `Mood=overall:1-5`. `journal`: for the person's own symptoms, products and practices.
///
/// # Errors
/// A sentence with the valid forms.
pub fn read(text: &str, journal: &Journal) -> Result<Map, String> {
    // The last sign, because a column's name may contain one.
    let (column, target) = text
        .rsplit_once('=')
        .ok_or_else(|| "a mapping is COLUMN=TARGET, such as \"Mood=overall:1-5\"".to_owned())?;
    Ok((column.trim().to_owned(), target_of(target, journal)?))
}

/// Reads the part after the equals sign.
///
/// # Errors
/// A sentence with the valid forms.
pub fn target_of(text: &str, journal: &Journal) -> Result<Target, String> {
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
            "counted" => Ok(Target::Date(Order::Counted)),
            "above" => Ok(Target::DayAbove),
            _ => Err(
                "a date is date, date:dmy, date:mdy, date:ymd, date:counted or date:above"
                    .to_owned(),
            ),
        },
        "time" => Ok(Target::Time),
        "note" => Ok(Target::Note),
        "symptom" => {
            // A journal that does not exist yet has the catalogue's symptoms.
            let own = || Some(journal.symptoms.find(first)?.code.clone());
            let known = catalogue().symptom(first).map(|_| first.to_owned());
            let Some(code) = known.or_else(own) else {
                return Err(format!(
                    "no symptom has the code {first:?}; `ebb symptom list` names them, own:NAME:physical adds one"
                ));
            };
            Ok(Target::Symptom(code, scale(second, (0, 4))?))
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
        "measure" => measure(first, second),
        "dose" => dose(first, second, journal),
        "practice" => {
            let practice = practice::find(journal, rest);
            let code = practice.map(|practice| practice.code);
            code.map(Target::Practice).ok_or_else(|| {
                let practices = practice::practices(journal).into_iter();
                let listed: Vec<(String, String)> = practices
                    .map(|practice| (practice.code, practice.name))
                    .collect();
                unknown("practice", rest, &suggest::near(&listed, rest), &[])
            })
        }
        "substance" => {
            let list = CareList::built_in().substances;
            let substance = suggest::find(list, rest).ok_or_else(|| {
                let all: Vec<String> = list.iter().map(|it| it.code.to_owned()).collect();
                unknown("substance", rest, &suggest::near(list, rest), &all)
            })?;
            let word = suggest::own_word(substance, rest);
            Ok(Target::Substance(
                substance.code.to_owned(),
                word.map(str::to_owned),
            ))
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

fn measure(typed: &str, second: &str) -> Result<Target, String> {
    let list = &CareList::built_in().measures;
    let measure = suggest::find(list, typed).ok_or_else(|| {
        let all: Vec<String> = list.iter().map(|measure| measure.code.to_owned()).collect();
        unknown("measurement", typed, &suggest::near(list, typed), &all)
    })?;
    let code = measure.code.to_owned();
    if let Some(half) = Half::read(second) {
        if measure.form != MeasureForm::Pair {
            return Err(format!(
                "{} is one number, and has no {}",
                measure.name,
                half.word()
            ));
        }
        return Ok(Target::Part(code, half));
    }
    if measure.form == MeasureForm::Sleep
        && let Some(time) = SleepTime::read(second)
    {
        return Ok(Target::SleepTime(time));
    }
    if !second.is_empty() && units::of_measure(measure, second).is_none() {
        return Err(units::not_of_measure(measure, second));
    }
    let unit = (!second.is_empty()).then(|| second.to_owned());
    Ok(Target::Measure(code, unit))
}

fn dose(typed: &str, second: &str, journal: &Journal) -> Result<Target, String> {
    let product = product::find(journal, typed).ok_or_else(|| {
        let products = product::products(journal);
        let listed: Vec<(String, String)> = products
            .into_iter()
            .map(|product| (product.code, product.name))
            .collect();
        let all: Vec<String> = listed.iter().map(|(code, _)| code.clone()).collect();
        unknown("product", typed, &suggest::near(&listed, typed), &all)
    })?;
    if let Some(field) = DoseField::read(second) {
        return Ok(Target::DoseField(product.code, field));
    }
    // Whether it fits is known later: the person may count this product in a unit of their own.
    if !second.is_empty() && !product.unit_fits(second) && !units::is_unit(second) {
        return Err(format!(
            "{second:?} is no unit; g, mg, mL, capsule, glass are"
        ));
    }
    let unit = (!second.is_empty()).then(|| second.to_owned());
    Ok(Target::Dose(product.code, unit))
}

/// The sentence about a name that nothing has: what is near, and all names where they are not many.
fn unknown(what: &str, typed: &str, near: &[&str], all: &[String]) -> String {
    let near = if near.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", near.join(", "))
    };
    let all = if all.is_empty() {
        String::new()
    } else {
        format!("; there are {}", all.join(", "))
    };
    format!("no {what} is called {typed:?}{near}{all}")
}
