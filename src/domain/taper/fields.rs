//! Taper plans as text fields with stable names, for the store and for files. Written fields read back the same.

use super::plan::{Stair, Version, Why};
use super::terms::{Shape, Terms, TermsError};
use crate::domain::amount::Amount;
use crate::domain::record::key;
use chrono::NaiveDate;
use std::fmt::{self, Write};
use std::str::FromStr;

/// Why a field cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The field is not there.
    #[error("the field {0} is missing")]
    Missing(&'static str),
    /// Its text is not one that this module writes.
    #[error("the field {0} cannot be read")]
    Unreadable(&'static str),
}

impl Shape {
    /// Every code, in the order they are offered.
    pub(crate) const CODES: [&'static str; 4] = [
        "percent_of_current",
        "percent_of_start",
        "fixed_cut",
        "own_list",
    ];

    /// The word in storage, JSON and files.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::PercentOfCurrent(_) => Self::CODES[0],
            Self::PercentOfStart(_) => Self::CODES[1],
            Self::FixedCut(_) => Self::CODES[2],
            Self::OwnList(_) => Self::CODES[3],
        }
    }

    /// "10", "0.25" or "9, 8, 7": the value as a person would type it.
    pub(crate) fn value(&self) -> String {
        match self {
            Self::PercentOfCurrent(percent) | Self::PercentOfStart(percent) => percent.to_string(),
            Self::FixedCut(cut) => cut.to_string(),
            Self::OwnList(amounts) => {
                let all: Vec<String> = amounts.iter().map(Amount::to_string).collect();
                all.join(", ")
            }
        }
    }

    /// Reads a code with its value; `None` for an unknown code. A list's amounts are separated by commas, semicolons or blanks,
    /// so their decimals have a point.
    pub fn read(code: &str, value: &str) -> Option<Result<Self, TermsError>> {
        let shape = match code {
            "percent_of_current" => value
                .parse()
                .map(Self::PercentOfCurrent)
                .map_err(Into::into),
            "percent_of_start" => value.parse().map(Self::PercentOfStart).map_err(Into::into),
            "fixed_cut" => value.parse().map(Self::FixedCut).map_err(Into::into),
            "own_list" => {
                let words = value.split([',', ';', ' ']).filter(|word| !word.is_empty());
                let amounts: Result<Vec<Amount>, _> = words.map(str::parse).collect();
                amounts.map(Self::OwnList).map_err(Into::into)
            }
            _ => return None,
        };
        Some(shape)
    }

    /// "10 % of the current amount", "own list": the shape in words, without a unit.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::PercentOfCurrent(percent) => format!("{percent} % of the current amount"),
            Self::PercentOfStart(percent) => format!("{percent} % of the start amount"),
            Self::FixedCut(cut) => format!("{cut} each step"),
            Self::OwnList(_) => "own list".to_owned(),
        }
    }
}

impl fmt::Display for Stair {
    /// "1: 2026-11-30 9.5".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.step, self.begins, self.amount)
    }
}

impl FromStr for Stair {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        let read = || {
            let (step, rest) = text.trim().split_once(": ")?;
            let (begins, amount) = rest.split_once(' ')?;
            Some(Self {
                step: step.parse().ok()?,
                begins: begins.parse().ok()?,
                amount: amount.parse().ok()?,
            })
        };
        read().ok_or(TextError::Unreadable(key::STAIRS))
    }
}

/// "0: 2026-11-23 10, 1: 2026-11-30 9.5"; an empty text without steps.
pub fn write_stairs(stairs: &[Stair]) -> String {
    let mut text = String::new();
    for (i, stair) in stairs.iter().enumerate() {
        let between = if i == 0 { "" } else { ", " };
        // Never fails in practice: it writes to memory.
        let _ = write!(text, "{between}{stair}");
    }
    text
}

/// Reads the text of [`write_stairs`].
///
/// # Errors
/// Any other text, or steps that are not in the order of their days.
pub fn read_stairs(text: &str) -> Result<Vec<Stair>, TextError> {
    let pieces = text.split(", ").filter(|piece| !piece.trim().is_empty());
    let stairs: Vec<Stair> = pieces.map(str::parse).collect::<Result<_, _>>()?;
    // `Version::stair_on` searches by halves, which needs the order.
    if stairs.is_sorted_by(|a, b| a.begins < b.begins) {
        Ok(stairs)
    } else {
        Err(TextError::Unreadable(key::STAIRS))
    }
}

impl Why {
    /// The word in storage, JSON and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Held { .. } => "held",
            Self::Resumed => "resumed",
            Self::SteppedBack => "stepped_back",
            Self::WentOn => "went_on",
            Self::Replanned => "replanned",
            Self::Ended => "ended",
        }
    }

    pub(crate) fn read(code: &str, held_until: Option<NaiveDate>) -> Option<Self> {
        let all = [
            Self::Started,
            Self::Held { until: held_until },
            Self::Resumed,
            Self::SteppedBack,
            Self::WentOn,
            Self::Replanned,
            Self::Ended,
        ];
        all.into_iter().find(|why| why.code() == code)
    }
}

impl Terms {
    /// Its fields, each with a stable name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            (key::SHAPE, self.shape.code().to_owned()),
            (key::SHAPE_VALUE, self.shape.value()),
            (key::START, self.start.to_string()),
            (key::EVERY_DAYS, self.every_days.to_string()),
            (key::UNTIL, self.until.to_string()),
            (key::SMALLEST, self.smallest.to_string()),
            (key::SPLIT, self.split.to_string()),
            (key::BEGIN, self.begin.to_string()),
        ]
    }

    /// Reads the fields of [`Self::fields`] without `Self::check`: a stored plan was checked when it was made.
    ///
    /// # Errors
    /// The first field that is missing or cannot be read.
    pub fn from_fields<'a>(
        field: impl Fn(&'static str) -> Option<&'a str>,
    ) -> Result<Self, TextError> {
        let text = |name| field(name).ok_or(TextError::Missing(name));
        let shape = Shape::read(text(key::SHAPE)?, text(key::SHAPE_VALUE)?)
            .ok_or(TextError::Unreadable(key::SHAPE))?
            .map_err(|_| TextError::Unreadable(key::SHAPE_VALUE))?;
        Ok(Self {
            shape,
            start: read(&field, key::START)?,
            every_days: read(&field, key::EVERY_DAYS)?,
            until: read(&field, key::UNTIL)?,
            smallest: read(&field, key::SMALLEST)?,
            split: read(&field, key::SPLIT)?,
            begin: read(&field, key::BEGIN)?,
        })
    }
}

impl Version {
    /// Its fields, those of its terms included, each with a stable name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            (key::NUMBER, self.number.to_string()),
            (key::MADE, self.made.to_string()),
            (key::WHY, self.why.code().to_owned()),
        ];
        if let Why::Held { until: Some(until) } = self.why {
            fields.push((key::HELD_UNTIL, until.to_string()));
        }
        fields.extend(self.terms.fields());
        fields.push((key::STAIRS, write_stairs(&self.stairs)));
        fields
    }

    /// Reads the fields of [`Self::fields`].
    ///
    /// # Errors
    /// The first field that is missing or cannot be read.
    pub fn from_fields<'a>(
        field: impl Fn(&'static str) -> Option<&'a str>,
    ) -> Result<Self, TextError> {
        let text = |name| field(name).ok_or(TextError::Missing(name));
        // Absent for a hold without a day; an unreadable day is an error all the same.
        let held_until = match field(key::HELD_UNTIL) {
            Some(_) => Some(read(&field, key::HELD_UNTIL)?),
            None => None,
        };
        Ok(Self {
            number: read(&field, key::NUMBER)?,
            made: read(&field, key::MADE)?,
            why: Why::read(text(key::WHY)?, held_until).ok_or(TextError::Unreadable(key::WHY))?,
            stairs: read_stairs(text(key::STAIRS)?)?,
            terms: Terms::from_fields(&field)?,
        })
    }
}

fn read<'a, T: FromStr>(
    field: &impl Fn(&'static str) -> Option<&'a str>,
    name: &'static str,
) -> Result<T, TextError> {
    let text = field(name).ok_or(TextError::Missing(name))?;
    text.parse().map_err(|_| TextError::Unreadable(name))
}
