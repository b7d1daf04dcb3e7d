//! `ebb take`: notes that a medication was taken, late or skipped. Limits that the person entered are said before the save.

use super::args::{Noted, with};
use super::{Desk, unknown_here};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::care::medication;
use crate::domain::entry::summary;
use crate::domain::id::ShortIds;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::record::state::IntakeState;
use crate::domain::text::words;
use crate::domain::time::Now;
use chrono::NaiveDate;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb take clonidine                 taken now
  ebb take clonidine \"1 tablet\" --late --at 09:30
  ebb take clonidine --skipped       `ebb medication add clonidine` adds one")]
pub(crate) struct Args {
    /// Which one of yours, by its name or id
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
    let moment = record.moment.as_ref();
    let limit = if moment.is_some_and(|moment| moment.without_time) {
        medication::before_intake_that_day(journal, medication, &then)
    } else {
        medication::before_intake(journal, medication, &then)
    };
    // A skipped intake cannot exceed a limit.
    if let Some(sentence) = limit.filter(|_| !args.skipped) {
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
    let all = journal.standing(Kind::Medication);
    let mut meant = medication::called(journal, typed, today);
    if meant.is_empty() {
        meant.clone_from(&all);
        meant.retain(|record| ShortIds::means(typed, record.id));
    }
    match meant.as_slice() {
        [one] => Ok(one),
        [] => {
            let known: Vec<(String, String)> = all
                .iter()
                .map(|record| {
                    let title = summary::title(journal, record);
                    (title.clone(), title)
                })
                .collect();
            let (title, _) = super::meant("medication", typed, &known)?;
            let is_meant = |record: &&&Record| summary::title(journal, record) == *title;
            let record = all.iter().find(is_meant).copied();
            record.ok_or_else(|| unknown_here("medication", typed, &known))
        }
        several => which(several, typed, journal),
    }
}

/// Of several medications with one name: asked at a terminal, refused with their ids elsewhere.
fn which<'a>(several: &[&'a Record], typed: &str, journal: &Journal) -> Outcome<&'a Record> {
    let ids = ShortIds::new(journal.standing(Kind::Medication).iter().map(|it| it.id));
    let line = |record: &&Record| {
        let prescribed = record
            .text(key::PRESCRIBED)
            .and_then(|text| text.lines().next());
        let since = record
            .first_day()
            .map(|day| format!("since {}", words::day(day)));
        let parts: Vec<String> = [prescribed.map(str::to_owned), since]
            .into_iter()
            .flatten()
            .collect();
        let about = if parts.is_empty() {
            "no first day is noted".to_owned()
        } else {
            parts.join(", ")
        };
        format!("{} ({about})", ids.of(record.id))
    };
    let lines: Vec<String> = several.iter().map(line).collect();
    if !output::can_ask() {
        return Err(Failure::usage(format!(
            "\"{typed}\" means more than one; name it by its id: {}. Nothing was saved",
            lines.join(", ")
        )));
    }
    output::say(&format!(
        "{} medications are called {typed}:",
        several.len()
    ));
    for (line, n) in lines.iter().zip(1..) {
        output::say(&format!("  {n}. {line}"));
    }
    let answer = output::asked("Which one? Its number: ").unwrap_or_default();
    let number: Option<usize> = answer.trim().parse().ok();
    let chosen = number.and_then(|number| several.get(number.checked_sub(1)?));
    chosen.copied().ok_or_else(|| {
        Failure::usage(format!(
            "none of the {} was chosen; nothing was saved",
            several.len()
        ))
    })
}
