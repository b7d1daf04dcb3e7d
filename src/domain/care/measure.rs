//! Measures: their units with exact factors, ranges that catch typing errors, bands with their source.
//!
//! Invariant: a value keeps the number and the unit that the person typed; charts and ranges convert it to the usual unit. A
//! range judges nobody, it refuses impossible numbers. A measure has bands only where a published source was verified.

use crate::domain::amount::{Amount, NotAnAmount};

/// What a person fills in for a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeasureForm {
    /// One number.
    Number,
    /// Two numbers: 120/80.
    Pair,
    /// Hours, clock times, or both.
    Sleep,
    /// Less, more or mixed.
    Direction,
    /// The total of a questionnaire.
    Total,
}

/// How several values of one day make one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Daily {
    /// Their mean.
    #[default]
    Mean,
    /// Their sum.
    Sum,
}

/// A unit of a measure. The usual unit has the factor 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeasureUnit {
    /// Its text on screen: `kg`, `°F`.
    pub(crate) code: &'static str,
    /// Other spellings that people type.
    pub(crate) typed: &'static [&'static str],
    /// (value − `less`) × `times` ÷ `over` is the exact value in the usual unit. Whole numbers, because a decimal factor
    /// such as 0.45359237 is not exact in binary.
    pub(super) times: i64,
    pub(super) over: i64,
    pub(super) less: i64,
}

impl MeasureUnit {
    /// Whether `typed` means this unit, in any case.
    pub(crate) fn is_meant_by(&self, typed: &str) -> bool {
        std::iter::once(&self.code)
            .chain(self.typed)
            .any(|word| word.to_lowercase() == typed.trim().to_lowercase())
    }

    /// The amount in the usual unit, to the nearest thousandth, half up; `None` below 0 and above the largest amount.
    fn in_usual(&self, amount: Amount) -> Option<Amount> {
        let shifted = i128::from(amount.thousandths()) - i128::from(self.less) * 1000;
        let over = i128::from(self.over);
        // Doubled, plus one half of the divisor: this rounds half up without leaving whole numbers.
        let scaled = (shifted * i128::from(self.times) * 2 + over).div_euclid(over * 2);
        let usual = Amount::from_thousandths(i64::try_from(scaled).ok()?);
        // `from_thousandths` clamps a number out of range; a clamped value would be a wrong one.
        (i128::from(usual.thousandths()) == scaled).then_some(usual)
    }
}

/// A band of a questionnaire's totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Band {
    /// The lowest total in it.
    pub(crate) from: u32,
    /// Its published name.
    pub(crate) name: &'static str,
}

/// Something that can be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its code: `sleep_hours`.
    pub(crate) code: &'static str,
    /// Its name on screen.
    pub(crate) name: &'static str,
    /// One sentence.
    pub(crate) description: &'static str,
    /// What is filled in.
    pub(crate) form: MeasureForm,
    /// The units that it can be typed in, the usual one first; none for a direction.
    pub(crate) units: &'static [MeasureUnit],
    /// The words of a scale, for 0 upward; none where it is a plain number.
    pub(crate) words: &'static [&'static str],
    /// The lowest plausible value, in the usual unit.
    pub(crate) least: Amount,
    /// The highest plausible value, in the usual unit.
    pub(crate) most: Amount,
    /// A value below this, in the usual unit, is asked about once: the unit may be another one.
    pub(crate) asked_below: Option<Amount>,
    /// A value above this, in the usual unit, is asked about once.
    pub(crate) asked_above: Option<Amount>,
    /// The lowest plausible second number of a pair.
    pub(crate) least_second: Option<Amount>,
    /// The highest plausible second number of a pair.
    pub(crate) most_second: Option<Amount>,
    /// How many decimals a screen shows.
    pub(crate) places: u8,
    /// How several values of one day make one value.
    pub(crate) daily: Daily,
    /// Whether item 9 of the PHQ-9 can be noted beside the total.
    pub(crate) has_item9: bool,
    /// Its LOINC code, where one was verified.
    pub(crate) loinc: Option<&'static str>,
    /// LOINC codes of the two numbers of a pair.
    pub(crate) loinc_parts: &'static [&'static str],
    /// Published bands, lowest first.
    pub(crate) bands: &'static [Band],
    /// Who published the bands.
    pub(crate) bands_source: Option<&'static str>,
    /// Other words for it.
    pub(crate) also: &'static [&'static str],
}

/// A typed value split into numbers and unit. Nothing is converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The number as typed.
    pub(crate) value: Amount,
    /// The lower number of a pair.
    pub(crate) second: Option<Amount>,
    /// The code of the typed unit; of the usual one without.
    pub(crate) unit: &'static str,
}

/// Why a typed value is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReadingError {
    /// Not a number.
    #[error(transparent)]
    Amount(#[from] NotAnAmount),
    /// A unit that the measure does not have.
    #[error("{name} is not measured in \"{typed}\"; it is in {known}")]
    Unit {
        /// The measure.
        name: String,
        /// The typed unit.
        typed: String,
        /// The units of the measure.
        known: String,
    },
    /// Outside the plausible range.
    #[error("{name} is between {least} and {most} {unit}; was it a slip?")]
    Implausible {
        /// The measure.
        name: String,
        /// The least.
        least: Amount,
        /// The most.
        most: Amount,
        /// The usual unit.
        unit: String,
    },
    /// A total or a count with decimals.
    #[error("{0} is a whole number, such as 4 or 1500, without a point or comma")]
    NotWhole(String),
    /// One number where two belong.
    #[error("{0} is two numbers, the upper one first: 120/80")]
    NotAPair(String),
    /// A number for a measure of direction.
    #[error("{0} is less, more or mixed")]
    Direction(String),
}

impl Measure {
    /// The unit on screen; empty for a direction.
    pub(crate) fn usual_unit(&self) -> &str {
        self.units.first().map_or("", |unit| unit.code)
    }

    /// Whether the values of a day add up.
    pub(crate) fn adds_up(&self) -> bool {
        self.form == MeasureForm::Sleep || self.daily == Daily::Sum
    }

    /// The units that it can be typed in, the usual one first.
    pub(crate) fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|unit| unit.code)
    }

    /// Whether its numbers are points of a scale, which has its own top and needs no unit beside it.
    pub(crate) fn is_scored(&self) -> bool {
        self.form == MeasureForm::Total || !self.words.is_empty()
    }

    /// The word of a value of a scale with words.
    pub(crate) fn word(&self, value: Amount) -> Option<&str> {
        let at = usize::try_from(value.as_whole()?).ok()?;
        self.words.get(at).copied()
    }

    /// The value whose word was typed.
    fn word_at(&self, typed: &str) -> Option<u32> {
        let mut words = self.words.iter();
        let at = words.position(|word| word.eq_ignore_ascii_case(typed))?;
        u32::try_from(at).ok()
    }

    /// Its scale in words: "0 none, 1 a little, …"; empty where it has none.
    pub(crate) fn scale(&self) -> String {
        let each = self.words.iter().enumerate();
        let each: Vec<String> = each.map(|(at, word)| format!("{at} {word}")).collect();
        each.join(", ")
    }

    /// The unit that `typed` means; an empty text means the usual one.
    pub(crate) fn unit(&self, typed: &str) -> Option<&MeasureUnit> {
        if typed.trim().is_empty() {
            return self.units.first();
        }
        self.units.iter().find(|unit| unit.is_meant_by(typed))
    }

    /// A value in the usual unit, for charts and means: 150 lb is 68.039 kg. `None` for a unit that it is not measured in.
    pub(crate) fn in_usual(&self, value: Amount, unit: &str) -> Option<Amount> {
        self.unit(unit)?.in_usual(value)
    }

    /// Reads "6.5", "68.5kg", "150 lb", "120/80 mmHg".
    ///
    /// # Errors
    /// When it is no number, has a unit of something else, or lies beyond the plausible range.
    pub(crate) fn read(&self, typed: &str) -> Result<Reading, ReadingError> {
        if self.form == MeasureForm::Direction {
            return Err(ReadingError::Direction(self.name.to_owned()));
        }
        let typed = typed.trim();
        if let Some(at) = self.word_at(typed) {
            return self.check(Amount::whole(at), None, "");
        }
        if let Some(hours) = hours_and_minutes(typed).filter(|_| self.form == MeasureForm::Sleep) {
            return self.check(hours, None, "");
        }
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ' ');
        // The unit begins at the first character that no number has. "72 /min" keeps its slash, "120/80 mmHg" has it inside.
        let at = typed
            .char_indices()
            .find(|(_, c)| !is_number(*c))
            .map_or(typed.len(), |(at, _)| at);
        let (numbers, unit) = typed.split_at_checked(at).unwrap_or((typed, ""));
        let (numbers, unit) = match numbers.trim_end().strip_suffix('/') {
            Some(rest) if !unit.is_empty() => (rest, format!("/{unit}")),
            _ => (numbers, unit.to_owned()),
        };
        if self.form != MeasureForm::Pair {
            // 10.000 steps are ten thousand to many people.
            let may_be_thousands = |rest: &str| rest.trim_end().len() == 3;
            let sign = numbers.split_once(['.', ',']);
            if self.is_whole() && sign.is_some_and(|(_, rest)| may_be_thousands(rest)) {
                return Err(ReadingError::NotWhole(self.name.to_owned()));
            }
            return self.check(Amount::typed(numbers)?, None, &unit);
        }
        let (upper, lower) = numbers
            .split_once('/')
            .ok_or_else(|| ReadingError::NotAPair(self.name.to_owned()))?;
        self.check(upper.parse()?, Some(lower.parse()?), &unit)
    }

    /// Checks unit and range; returns the value as typed, with the code of its unit.
    ///
    /// # Errors
    /// As [`Measure::read`].
    pub(crate) fn check(
        &self,
        value: Amount,
        second: Option<Amount>,
        unit: &str,
    ) -> Result<Reading, ReadingError> {
        let known = || {
            let codes: Vec<&str> = self.units.iter().map(|unit| unit.code).collect();
            codes.join(", ")
        };
        let unit = self.unit(unit).ok_or_else(|| ReadingError::Unit {
            name: self.name.to_owned(),
            typed: unit.trim().to_owned(),
            known: known(),
        })?;
        if self.is_whole() && value.as_whole().is_none() {
            return Err(ReadingError::NotWhole(self.name.to_owned()));
        }
        let within = |value: Amount, least: Amount, most: Amount| {
            let usual = unit.in_usual(value);
            usual
                .is_some_and(|usual| least <= usual && usual <= most)
                .then_some(())
                .ok_or_else(|| ReadingError::Implausible {
                    name: self.name.to_owned(),
                    least,
                    most,
                    unit: self.usual_unit().to_owned(),
                })
        };
        within(value, self.least, self.most)?;
        match (self.form, second) {
            (MeasureForm::Pair, None) => return Err(ReadingError::NotAPair(self.name.to_owned())),
            (MeasureForm::Pair, Some(second)) => {
                if second >= value {
                    return Err(ReadingError::NotAPair(self.name.to_owned()));
                }
                let least = self.least_second.unwrap_or(self.least);
                within(second, least, self.most_second.unwrap_or(self.most))?;
            }
            _ => {}
        }
        Ok(Reading {
            value,
            second: second.filter(|_| self.form == MeasureForm::Pair),
            unit: unit.code,
        })
    }

    /// Whether its values are whole numbers. Meals or steps are counted: a daily sum in one unit. Fluids have several units and
    /// may have decimals.
    fn is_whole(&self) -> bool {
        self.is_scored() || (self.daily == Daily::Sum && self.units.len() == 1)
    }

    /// The band of a total and its published source: ("moderate", "cut points of …"). `None` without a verified source.
    pub(crate) fn band(&self, total: u32) -> Option<(&str, &str)> {
        let source = self.bands_source?;
        let band = self.bands.iter().rev().find(|band| band.from <= total)?;
        Some((band.name, source))
    }
}

/// Reads `7:30`, `7h30` and `7 h 30 min`, to the minute's thousandths of an hour.
fn hours_and_minutes(typed: &str) -> Option<Amount> {
    let typed = typed.to_lowercase().replace(' ', "");
    let (hours, minutes) = typed.split_once([':', 'h'])?;
    let minutes = minutes.trim_end_matches("min").trim_end_matches('m');
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60)
        .then(|| Amount::nearest(f64::from(hours) + f64::from(minutes) / 60.0))
}

#[cfg(test)]
mod tests;
