//! `ebb measure`: notes numbers, several at once as one step.

use super::args::{Noted, with};
use super::{Desk, meant, refused};
use crate::cli::failure::{Failure, NO, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::MeasureForm;
use crate::domain::entry::sleep;
use crate::domain::entry::sleep::How;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb measure sleep_hours=6.5 blood_pressure=120/80
  ebb measure weight=70kg appetite=less --at 08:15
  ebb measure sleep_hours=1 --add   a nap beside the night
  ebb measure phq9=12 --item9 0")]
pub(crate) struct Args {
    /// What, and how much; several at once are one step
    #[arg(required = true, value_name = "KIND=VALUE[UNIT]")]
    values: Vec<String>,
    #[command(flatten)]
    sleep: SleepIs,
    /// Item 9 of a PHQ-9, if you like: 0 to 3
    #[arg(long, value_name = "0..3")]
    item9: Option<String>,
    /// Without a question about a long day, or a value that is far from what its unit can mean
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    noted: Noted,
}

/// What a new sleep is to those that its day has.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SleepIs {
    /// One more sleep, beside those that the day has
    #[arg(long, conflicts_with = "instead")]
    add: bool,
    /// Hours slept in the place of those that the day has
    #[arg(long)]
    instead: bool,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let mut records = Vec::new();
    // Once for all of them: what is asked about a moment is asked once.
    let empty = args.noted.draft(&desk, Kind::Measurement, session)?;
    for pair in &args.values {
        let (name, value) = pair.split_once('=').ok_or_else(|| {
            Failure::usage(format!(
                "{pair}: it takes a kind and a value, as in sleep_hours=6.5; nothing was saved"
            ))
        })?;
        let measures = &CareList::built_in().measures;
        let measure = meant("measurement", name, measures)?;
        // Appetite is less or more, not a number.
        let field = if measure.form == MeasureForm::Direction {
            key::DIRECTION
        } else {
            key::VALUE
        };
        let mut draft = empty.clone();
        draft.id = session.ids.next(session.now.at);
        draft = draft.about(measure.code).with(field, value);
        if measure.has_item9 {
            draft = with(draft, &[(key::ITEM9, &args.item9)]);
        }
        // All are checked before any is saved, so that a slip in one leaves nothing half done.
        let record = desk.recorded(&draft, session)?;
        desk.is_meant(&record, args.yes)?;
        records.push(record);
    }
    if args.item9.is_some()
        && records
            .iter()
            .all(|record| record.number(key::ITEM9).is_none())
    {
        return Err(Failure::usage(
            "--item9 belongs to the PHQ-9; nothing was saved",
        ));
    }
    let how = sleep_is(&args.sleep, &desk.journal, &records)?;
    sure_of_long_day(args.yes, &desk.journal, &records, how)?;
    desk.save_sleeps(&records, how, session)
}

/// Whether the sleep among `records` is one more, or stands in the place of what the day has.
pub(in crate::cli) fn sleep_is(
    is: &SleepIs,
    journal: &Journal,
    records: &[Record],
) -> Outcome<How> {
    if is.instead {
        return Ok(How::Instead);
    }
    let choices = records.iter();
    let mut choices = choices.filter_map(|record| sleep::choice(journal, record));
    let Some(choice) = choices.next().filter(|_| !is.add) else {
        return Ok(How::More);
    };
    if !output::can_ask() {
        return Err(Failure::usage(format!(
            "{}; --add notes {}, and --instead puts this in the place of it. Nothing was saved",
            choice.noted, choice.more
        )));
    }
    let question = format!("{} i for instead, a for one more: ", choice.question());
    let again = "i for instead, a for one more, Enter saves nothing: ";
    for question in [question.as_str(), again] {
        let answer = output::asked(question).unwrap_or_default();
        match answer.trim().to_lowercase().as_str() {
            "i" | "instead" => return Ok(How::Instead),
            "a" | "add" | "more" | "one more" => return Ok(How::More),
            "" | "n" | "no" | "q" | "quit" => break,
            // A slip is asked about once more; after a second one nothing is guessed.
            _ => {}
        }
    }
    Err(Failure::new(NO, "nothing was saved"))
}

/// Asks about a day with very much sleep.
pub(in crate::cli) fn sure_of_long_day(
    is_sure: bool,
    journal: &Journal,
    records: &[Record],
    how: How,
) -> Outcome {
    let long = sleep::long_day(journal, records, how);
    let Some(question) = long
        .map_err(|refusal| refused(&refusal))?
        .filter(|_| !is_sure)
    else {
        return Ok(());
    };
    if !output::can_ask() {
        return Err(Failure::usage(format!(
            "{question} --yes saves it without the question; nothing was saved"
        )));
    }
    if output::agrees(&question) {
        Ok(())
    } else {
        Err(Failure::new(NO, "nothing was saved"))
    }
}
