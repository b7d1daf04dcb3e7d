//! `ebb take`: notes that a medication was taken, late or skipped. Limits that the person entered are said before the save.

use super::args::{Noted, with};
use super::{Desk, unknown_here};
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::care::medication;
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::time::Now;
use chrono::NaiveDate;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb take clonidine                 taken now
  ebb take clonidine \"1 tablet\" --late --at 09:30
  ebb take clonidine --skipped       `ebb medication add clonidine` adds one")]
pub(crate) struct Args {
    /// Which one of yours, by its name
    medication: String,
    /// As on the label, in your words
    amount: Option<String>,
    /// It was skipped
    #[arg(long, conflicts_with = "late")]
    skipped: bool,
    /// It was taken late
    #[arg(long)]
    late: bool,
    #[command(flatten)]
    noted: Noted,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let journal = &desk.journal;
    let today = session.today(journal);
    let medication = medication(&args.medication, journal, today)?;
    let state = match (args.skipped, args.late) {
        (true, _) => IntakeState::Skipped,
        (_, true) => IntakeState::Late,
        _ => IntakeState::Taken,
    };
    let draft = args.noted.draft(&desk, Kind::Intake, session)?;
    let draft = draft
        .about(&medication.id.to_string())
        .with(key::STATE, state.code());
    let draft = with(draft, &[(key::AMOUNT, &args.amount)]);
    let record = desk.recorded(&draft, session)?;
    let at = draft.at.unwrap_or(session.now.at);
    // The limits are those of the moment of the intake, which may lie in the past.
    let then = Now {
        at,
        ..session.now.clone()
    };
    if let Some(sentence) =
        // A skipped intake cannot exceed a limit.
        medication::before_intake(journal, medication, &then).filter(|_| !args.skipped)
    {
        output::say(&sentence);
    }
    desk.save(&[record], session)
}

/// The medication that `typed` means; near ones are named where there is none.
pub(crate) fn medication<'a>(
    typed: &str,
    journal: &'a Journal,
    today: NaiveDate,
) -> Outcome<&'a Record> {
    medication::find(journal, typed, today).ok_or_else(|| {
        let all = journal.standing(Kind::Medication).into_iter();
        let known: Vec<(String, String)> = all
            .map(|record| {
                (
                    summary::title(journal, record),
                    summary::title(journal, record),
                )
            })
            .collect();
        unknown_here("medication", typed, &known)
    })
}
