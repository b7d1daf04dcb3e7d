//! `ebb measure`: notes numbers, several at once as one step.

use super::args::{Noted, with};
use super::{Desk, unknown_here};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::MeasureForm;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::suggest::find;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb measure sleep_hours=6.5 blood_pressure=120/80
  ebb measure weight=70kg appetite=less --at 08:15
  ebb measure phq9=12 --item9 0")]
pub(crate) struct Args {
    /// What, and how much; several at once are one step
    #[arg(required = true, value_name = "KIND=VALUE[UNIT]")]
    values: Vec<String>,
    /// Item 9 of a PHQ-9, if you like: 0 to 3
    #[arg(long, value_name = "0..3")]
    item9: Option<String>,
    #[command(flatten)]
    noted: Noted,
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
        let measure =
            find(measures, name).ok_or_else(|| unknown_here("measurement", name, measures))?;
        // Appetite is less or more, not a number.
        let field = if measure.form == MeasureForm::Direction {
            key::DIRECTION
        } else {
            key::VALUE
        };
        let mut draft = empty.clone();
        draft.id = session.ids.next(session.now.at);
        draft = draft.about(&measure.code).with(field, value);
        if measure.has_item9 {
            draft = with(draft, &[(key::ITEM9, &args.item9)]);
        }
        // All are checked before any is saved, so that a slip in one leaves nothing half done.
        records.push(desk.recorded(&draft, session)?);
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
    desk.save(records, session)
}
