//! `ebb export fhir`: a FHIR R4 bundle.
//!
//! Invariant: nobody is named in it unless initials were typed for it.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::transfer::csv::{Guard, Range};
use crate::transfer::wish::{Notes, Wish};
use chrono::Datelike;

/// What can be said about a bundle.
#[derive(Debug, clap::Args)]
pub(super) struct Bundling {
    /// FHIR: initials to put in; nobody is named otherwise
    #[arg(long, value_name = "LETTERS")]
    initials: Option<String>,
    /// FHIR: the year of birth to put in
    #[arg(long, value_name = "YEAR")]
    birth_year: Option<u16>,
    /// FHIR and --layout day: typed notes go along
    #[arg(long)]
    with_notes: bool,
}

impl Bundling {
    /// These options say something about a bundle alone; notes can go along with `layout`, too, where it has a choice.
    pub(crate) fn refuse_elsewhere(&self, layout: Option<&str>) -> Outcome {
        if self.initials.is_some() || self.birth_year.is_some() {
            return Err(Failure::usage(
                "--initials and --birth-year go with `ebb export fhir`",
            ));
        }
        if self.with_notes && layout != Some("day") {
            return Err(Failure::usage(
                "--with-notes goes with `ebb export fhir` and `ebb export csv --layout day`",
            ));
        }
        Ok(())
    }

    /// What an export is to hold, with what was typed for a bundle.
    pub(crate) fn wish(&self, range: Range, guard: Guard, session: &Session) -> Outcome<Wish> {
        let made = session.now.at;
        let this_year = u16::try_from(made.year()).unwrap_or(u16::MAX);
        if let Some(year) = self.birth_year
            // A slip such as 89 would stand in a health record.
            && !(1900..=this_year).contains(&year)
        {
            return Err(Failure::usage(format!(
                "a year of birth lies between 1900 and {this_year}, not {year}"
            )));
        }
        Ok(Wish {
            range,
            guard,
            initials: self.initials.clone(),
            birth_year: self.birth_year,
            notes: if self.with_notes {
                Notes::Taken
            } else {
                Notes::Left
            },
            made,
        })
    }
}
