//! `ebb used`: notes another substance than kratom. It is never a lapse; what the list knows to ask is said before the save.

use super::args::{Noted, with};
use super::{Desk, meant};
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::domain::amount::{is_unit, number_and_unit};
use crate::domain::care::catalogue::{CareList, SUBSTANCE_OTHER};
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::suggest::own_word;

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
        "other" => SUBSTANCE_OTHER,
        typed => typed,
    };
    let substance = meant("substance", wanted, substances)?;
    let amount = args.amount.join(" ");
    let (number, unit) = match number_and_unit(&amount) {
        // What is no amount is refused as one: a word in its place must not be lost, nor become the unit of half a number.
        (number, unit) if number.is_empty() || !is_unit(unit) => (amount.as_str(), ""),
        parts => parts,
    };
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
    let draft = match own_word(substance, wanted) {
        Some(word) => draft.with(key::NAME, word),
        None => draft,
    };
    // A name that was given says more than the word by which the list was found.
    desk.save_draft(&with(draft, &[(key::NAME, &args.name)]), session)
}
