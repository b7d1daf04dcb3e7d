//! Settings, symptoms, attempts and help lines as both of our forms that hold everything have them: members of an entry of
//! the JSON document, columns of a row of the package.

use super::validate;
use super::validate::Ids;
use crate::domain::attempt;
use crate::domain::attempt::{Ending, Method};
use crate::domain::check_in::catalogue::Category;
use crate::domain::journal::incoming::IncomingSymptom;
use crate::domain::journal::settings;
use crate::domain::journal::settings::OwnHelpLine;
use crate::domain::time::{EntryYears, Moment};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What is wrong with an entry: which member or column, and the sentence.
pub(crate) type Slip = (String, String);

/// A slip of a member or column.
pub(crate) fn slip(column: &str, sentence: impl Into<String>) -> Slip {
    (column.to_owned(), sentence.into())
}

/// A setting.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setting {
    key: String,
    value: String,
}

impl Setting {
    /// Reads a setting whose key is not among `keys`.
    pub(crate) fn read(self, keys: &mut BTreeSet<String>) -> Result<settings::Setting, Slip> {
        let setting = validate::setting(&self.key, &self.value);
        let setting = setting.map_err(|sentence| slip("value", sentence))?;
        if keys.insert(self.key) {
            Ok(setting)
        } else {
            Err(slip("key", validate::TWICE))
        }
    }
}

/// A symptom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Symptom {
    code: String,
    name: String,
    category: String,
    origin: String,
    rated: bool,
}

impl Symptom {
    /// Reads a symptom whose code is not among `codes`.
    pub(crate) fn read(self, codes: &mut BTreeSet<String>) -> Result<IncomingSymptom, Slip> {
        validate::symptom(&self.code, &self.name).map_err(|sentence| slip("code", sentence))?;
        let wanted = || slip("category", "physical or psychological is expected");
        let category = Category::from_code(&self.category).ok_or_else(wanted)?;
        if !["core", "extended", "own"].contains(&self.origin.as_str()) {
            return Err(slip("origin", "core, extended or own is expected"));
        }
        if !codes.insert(self.code.clone()) {
            return Err(slip("code", validate::TWICE));
        }
        Ok(IncomingSymptom {
            code: self.code,
            name: self.name,
            category,
            rated: self.rated,
        })
    }
}

/// An attempt.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attempt {
    id: String,
    began: NaiveDate,
    day_zero: Option<NaiveDate>,
    method: String,
    name: Option<String>,
    goal: Option<String>,
    ended: Option<NaiveDate>,
    ending: Option<String>,
}

impl Attempt {
    /// Reads an attempt whose id is not among `ids`.
    pub(crate) fn read(self, ids: &mut Ids, years: EntryYears) -> Result<attempt::Attempt, Slip> {
        let id = ids
            .take(&self.id)
            .map_err(|sentence| slip("id", sentence))?;
        let method = Method::from_code(&self.method).ok_or_else(|| {
            let codes = Method::ALL.map(Method::code).join(", ");
            slip("method", format!("one of these is expected: {codes}"))
        })?;
        let wanted = || slip("ending", "ended or set_aside is expected");
        let ending = |code: &str| Ending::from_code(code).ok_or_else(wanted);
        let ended = match (self.ended, self.ending.as_deref().map(ending).transpose()?) {
            (Some(day), Some(ending)) => Some((in_years(day, "ended", years)?, ending)),
            (None, None) => None,
            _ => return Err(slip("ended", validate::HALF_ENDED)),
        };
        let day_zero = self.day_zero.map(|day| in_years(day, "day_zero", years));
        let read = attempt::Attempt {
            id,
            day_zero: day_zero.transpose()?,
            began: in_years(self.began, "began", years)?,
            method,
            name: self.name,
            goal: self.goal,
            ended,
        };
        validate::attempt(read).map_err(|(column, sentence)| slip(column, sentence))
    }
}

/// A day in the years of entries.
fn in_years(day: NaiveDate, column: &str, years: EntryYears) -> Result<NaiveDate, Slip> {
    years
        .day(day)
        .map_err(|outside| slip(column, format!("{day} {outside}")))
}

/// A moment in the years of entries.
pub(crate) fn moment_in_years(
    moment: Moment,
    column: &str,
    years: EntryYears,
) -> Result<Moment, Slip> {
    let day = moment.day;
    years
        .moment(moment)
        .map_err(|outside| slip(column, format!("{day} {outside}")))
}

/// An own help line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HelpLine {
    id: String,
    name: String,
    contact: String,
}

impl HelpLine {
    /// Reads a help line whose id is not among `ids`.
    pub(crate) fn read(self, ids: &mut Ids) -> Result<OwnHelpLine, Slip> {
        let id = ids
            .take(&self.id)
            .map_err(|sentence| slip("id", sentence))?;
        validate::filled(&self.name).map_err(|sentence| slip("name", sentence))?;
        validate::filled(&self.contact).map_err(|sentence| slip("contact", sentence))?;
        Ok(OwnHelpLine {
            id,
            name: self.name,
            contact: self.contact,
        })
    }
}
