//! `ebb urge`: notes a craving, with what set it off and what helped.

use super::Desk;
use super::args::{Noted, with};
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb urge 3                                  0 none to 4 very severe
  ebb urge 2 --trigger stress --helped \"a walk\" --minutes 10")]
pub(crate) struct Args {
    /// How strong: 0 none, 1 mild, 2 moderate, 3 severe, 4 very severe
    #[arg(value_name = "0..4", allow_negative_numbers = true)]
    strength: String,
    /// What set it off
    #[arg(long, value_name = "TEXT")]
    trigger: Option<String>,
    /// What helped
    #[arg(long, value_name = "TEXT")]
    helped: Option<String>,
    /// How long it lasted
    #[arg(long, value_name = "N")]
    minutes: Option<String>,
    #[command(flatten)]
    noted: Noted,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let draft = args.noted.draft(&desk, Kind::Urge, session)?;
    let draft = with(
        draft.with(key::STRENGTH, &*args.strength),
        &[
            (key::TRIGGER, &args.trigger),
            (key::HELPED, &args.helped),
            (key::MINUTES, &args.minutes),
        ],
    );
    desk.save_draft(&draft, session)
}
