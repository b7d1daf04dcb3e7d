//! `ebb urge`: notes a craving, with what set it off and what helped.

use super::failure::Outcome;
use super::session::Session;
use super::writing::Desk;
use crate::domain::kind::Kind;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb urge 3                                  0 none to 4 very severe
  ebb urge 2 --trigger stress --helped \"a walk\" --minutes 10")]
pub(super) struct Args {
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
    /// When it was
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// A note
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let draft = desk
        .draft(Kind::Urge, args.at.as_deref(), session)?
        .with("strength", args.strength.clone())
        .with("trigger", text(&args.trigger))
        .with("helped", text(&args.helped))
        .with("minutes", text(&args.minutes))
        .with("note", text(&args.note));
    let record = desk.recorded(&draft, session)?;
    desk.save(vec![record], session)
}
