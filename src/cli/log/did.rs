//! `ebb did`: notes a practice, with how it felt before and after.

use super::args::{Noted, with};
use super::{Desk, meant, unknown_here};
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::domain::care::practice;
use crate::domain::care::practice::Practice;
use crate::domain::journal::Journal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb did walking --minutes 20 --before 3 --after 1
  ebb did fruit_veg --count 4")]
pub(crate) struct Args {
    /// What, by its name or code
    practice: String,
    /// How long
    #[arg(long, value_name = "N")]
    minutes: Option<String>,
    /// How many
    #[arg(long, value_name = "N")]
    count: Option<String>,
    /// In your words
    #[arg(long, value_name = "TEXT")]
    amount: Option<String>,
    /// How you felt before: 0 fine to 4 very bad
    #[arg(long, value_name = "0..4")]
    before: Option<String>,
    /// How you felt after
    #[arg(long, value_name = "0..4")]
    after: Option<String>,
    #[command(flatten)]
    noted: Noted,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let practice = practice(&args.practice, &desk.journal)?;
    let draft = args.noted.draft(&desk, Kind::Practice, session)?;
    let draft = match practice.own_word(&args.practice) {
        Some(word) => draft.with(key::NAME, word),
        None => draft,
    };
    let draft = with(
        draft.about(&practice.code),
        &[
            (key::MINUTES, &args.minutes),
            (key::COUNT, &args.count),
            (key::AMOUNT, &args.amount),
            (key::BEFORE, &args.before),
            (key::AFTER, &args.after),
        ],
    );
    desk.save_draft(&draft, session)
}

/// The practice that `typed` means, also by the beginning of a word of its name; near ones are named where there is none.
pub(crate) fn practice(typed: &str, journal: &Journal) -> Outcome<Practice> {
    if let Some(practice) = practice::find(journal, typed) {
        return Ok(practice);
    }
    let all = practice::practices(journal);
    // Codes and names: either may be what the person had in mind.
    let known: Vec<(String, String)> = all
        .iter()
        .map(|practice| (practice.code.clone(), practice.name.clone()))
        .collect();
    let (code, _) = meant("practice", typed, &known)?;
    let of_code = |practice: &Practice| practice.code == *code;
    let practice = all.into_iter().find(of_code);
    practice.ok_or_else(|| unknown_here("practice", typed, &known))
}
