//! `ebb export fhir`: a FHIR R4 bundle.
//!
//! Invariant: nobody is named in it unless initials were typed for it.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::transfer::csv::Range;
use crate::transfer::fhir;
use crate::transfer::fhir::{Notes, Wish};
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
    /// FHIR: typed notes go along
    #[arg(long)]
    with_notes: bool,
}

impl Bundling {
    /// These options say something about a bundle alone.
    pub fn refuse_elsewhere(&self) -> Outcome {
        if self.initials.is_some() || self.birth_year.is_some() || self.with_notes {
            return Err(Failure::usage(
                "--initials, --birth-year and --with-notes go with `ebb export fhir`",
            ));
        }
        Ok(())
    }
}

/// The bundle, and a line about what stays behind.
pub(super) fn bytes(
    options: &Bundling,
    journal: &Journal,
    range: Range,
    session: &Session,
) -> Outcome<Vec<u8>> {
    let this_year = u16::try_from(session.now.at.year()).unwrap_or(u16::MAX);
    if let Some(year) = options.birth_year
        && !(1900..=this_year).contains(&year)
    {
        return Err(Failure::usage(format!(
            "a year of birth lies between 1900 and {this_year}, not {year}"
        )));
    }
    let notes = if options.with_notes {
        Notes::Taken
    } else {
        Notes::Left
    };
    let wish = Wish {
        range,
        initials: options.initials.clone(),
        birth_year: options.birth_year,
        notes,
        made: session.now.at,
    };
    let mut bytes = Vec::new();
    fhir::bundle(journal, &wish, &mut bytes).map_err(|error| Failure::of_stdout(&error))?;
    let left: Vec<String> = fhir::left_out(journal, &wish)
        .into_iter()
        .map(|(n, one, many)| words::count(n, one, many))
        .collect();
    if !left.is_empty() {
        output::say(&format!("Not in the bundle: {}.", left.join(", ")));
    }
    Ok(bytes)
}
