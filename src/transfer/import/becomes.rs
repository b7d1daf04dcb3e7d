//! What a column of another program's file becomes, in words: one wording for the command line, the full screen and plain mode.

use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::Measure;
use crate::domain::care::practice;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::transfer::foreign::Column;
use crate::transfer::foreign::target::Target;

/// What a target makes of a column.
pub(crate) fn becomes(target: Option<&Target>, journal: &Journal) -> String {
    let said = match target {
        Some(Target::Measure(_, unit) | Target::Dose(_, unit)) => unit.as_deref(),
        _ => None,
    };
    in_words(target, Unit::of(said), journal)
}

/// What a column becomes as it stands: with the unit in which its numbers are read.
pub(crate) fn column_becomes(column: &Column, journal: &Journal) -> String {
    let unit = if column.question.is_some() {
        Unit::Open
    } else {
        Unit::of(column.unit.as_deref())
    };
    in_words(column.target.as_ref(), unit, journal)
}

/// The unit of the numbers of a column.
#[derive(Clone, Copy)]
enum Unit<'a> {
    /// The usual one.
    Usual,
    /// This one.
    Said(&'a str),
    /// It waits for an answer.
    Open,
}

impl<'a> Unit<'a> {
    fn of(said: Option<&'a str>) -> Self {
        said.map_or(Self::Usual, Self::Said)
    }

    /// ", in glasses".
    fn words(self, usual: &str) -> String {
        let unit = match self {
            Self::Open => return "; in which unit, is not said yet".to_owned(),
            Self::Said(unit) => unit,
            Self::Usual => usual,
        };
        match many(unit) {
            "" => String::new(),
            unit => format!(", in {unit}"),
        }
    }
}

/// The plural of a unit that has one.
fn many(unit: &str) -> &str {
    let known = CareList::built_in().unit_of(unit);
    known.map_or(unit, |unit| unit.many)
}

fn in_words(target: Option<&Target>, unit: Unit<'_>, journal: &Journal) -> String {
    let product = |code: &str| product::by_code(journal, code);
    let product_name = |code: &str| product(code).map_or_else(|| code.to_owned(), |it| it.name);
    match target {
        None | Some(Target::Skip) => "left out".to_owned(),
        Some(Target::Date(_)) => "the day".to_owned(),
        Some(Target::Time) => "the time".to_owned(),
        Some(Target::Note) => "a note".to_owned(),
        Some(Target::Symptom(code, scale)) => {
            let symptom = journal.symptoms.find(code);
            let name = symptom.map_or(code.as_str(), |symptom| symptom.name.as_str());
            format!("the symptom {name}, {}", scale.words())
        }
        Some(Target::Own(own, _, scale)) => format!("the own symptom {own}, {}", scale.words()),
        Some(Target::Overall(scale)) => format!("the overall, {}", scale.words()),
        Some(Target::Measure(code, _)) => {
            let measure = CareList::built_in().measure(code);
            let name = measure.map_or(code.as_str(), |measure| measure.name);
            let counted = measure.filter(|measure| !measure.is_scored());
            let usual = counted.map_or("", Measure::usual_unit);
            format!("the measurement {name}{}", unit.words(usual))
        }
        Some(Target::SleepTime(time)) => time.words().to_owned(),
        Some(Target::Part(code, half)) => {
            let measure = CareList::built_in().measure(code);
            let name = measure.map_or(code.as_str(), |measure| measure.name);
            format!("the {} number of {name}", half.word())
        }
        Some(Target::Dose(code, _)) => {
            let usual = product(code)
                .map(|product| product.unit)
                .unwrap_or_default();
            let amounts = unit.words(&usual);
            let name = product_name(code);
            let is_other = matches!(unit, Unit::Said(said) if many(said) != many(&usual));
            let counted = if is_other {
                format!("; {name} is counted in {}", many(&usual))
            } else {
                String::new()
            };
            format!("a dose of {name}{amounts}{counted}")
        }
        Some(Target::DoseField(code, field)) => {
            let name = product_name(code);
            format!("the {} of the dose of {name} in its row", field.word())
        }
        Some(Target::Practice(code)) => {
            let practice = practice::by_code(journal, code);
            let name = practice.map_or_else(|| code.clone(), |practice| practice.name);
            format!("the practice {name}")
        }
        Some(Target::Substance(code, word)) => {
            let substance = CareList::built_in().substance(code);
            let name = substance.map_or(code.as_str(), |substance| substance.name);
            let word = word
                .as_ref()
                .map_or_else(String::new, |word| format!(" ({word})"));
            format!("another substance, {name}{word}")
        }
        Some(Target::Urge(scale)) => format!("an urge, {}", scale.words()),
        Some(Target::Medicine) => "a medicine and its intake".to_owned(),
        Some(Target::Amount) => "the amount of the medicine".to_owned(),
        Some(Target::State) => {
            "whether the medicine was taken; a blank cell says that it was not".to_owned()
        }
        Some(Target::TakenAt) => "when the medicine was taken".to_owned(),
        Some(Target::DayAbove) => "the day, also of the rows below it".to_owned(),
        Some(Target::Name) => "the name of each value".to_owned(),
        Some(Target::Value) => "the value of each row".to_owned(),
        Some(Target::Unit) => "the unit of each value".to_owned(),
    }
}
