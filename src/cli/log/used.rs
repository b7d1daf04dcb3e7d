//! `ebb used`: notes another substance than kratom. It is never a lapse; what the list knows to ask is said before the save.

use super::args::{Noted, with};
use super::{Desk, meant};
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::domain::amount::number_and_unit;
use crate::domain::care::catalogue::CareList;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb used alcohol 2 glasses
  ebb used nicotine
  ebb used other --name \"something else\"")]
pub(crate) struct Args {
    /// Which, by its name or code
    substance: String,
    /// How much, with a unit if you like
    #[arg(num_args = 0..)]
    amount: Vec<String>,
    /// Its name, for one that is not in the list
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    #[command(flatten)]
    noted: Noted,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let substances = &CareList::built_in().substances;
    let wanted = match args.substance.as_str() {
        // The list's own code is longer than anyone types.
        "other" => "substance_other",
        typed => typed,
    };
    let substance = meant("substance", wanted, substances)?;
    let amount = args.amount.join(" ");
    let (number, unit) = number_and_unit(&amount);
    // A bare number means the unit that the form offers, and the saved line says it.
    let offered = substance.unit.filter(|_| unit.is_empty());
    let unit = match offered {
        Some(offered) if !number.is_empty() => offered,
        _ => unit,
    };
    let draft = args.noted.draft(&desk, Kind::Substance, session)?;
    let draft = draft
        .about(substance.code)
        .with(key::AMOUNT, number)
        .with(key::UNIT, unit);
    desk.save_draft(&with(draft, &[(key::NAME, &args.name)]), session)
}
