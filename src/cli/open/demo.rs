//! `ebb demo`: a made-up journal. The person's own is not touched.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::open;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::demo;
use crate::domain::demo::Plan;
use crate::domain::text::words;
use crate::store::Store;
use crate::tui::Opened;
use crate::tui::shared::JournalKind;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb demo                              looks around in a made-up year
  ebb demo --days 60 --seed 7           a shorter one, another person
  ebb demo --write made-up.db           puts it into a new file: ebb --journal made-up.db")]
pub(crate) struct Args {
    /// How many days, up to today
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=36500))]
    days: u32,
    /// Which made-up person
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// So many check-ins on every day, with doses, urges and the rest beside each: a heavy journal, for measuring
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=24))]
    a_day: Option<u32>,
    /// Put it into a new file instead
    #[arg(long, value_name = "PATH")]
    write: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    // Without a terminal it ends here, before a whole year was made up in vain.
    let face = match args.write {
        Some(_) => open::Shown::Screen,
        None => open::face(session).map_err(|_| {
            Failure::usage(
                "the made-up journal opens at a terminal; `ebb demo --write made-up.db` puts it into a file",
            )
        })?,
    };
    let changes = demo::changes(
        Plan {
            days: args.days,
            seed: args.seed,
            a_day: args.a_day,
        },
        &session.now,
    );
    let seed = session.seed()?;
    let mut store = match &args.write {
        Some(path) => Store::create(session.ours().journal(path)?.path(), seed)?,
        None => Store::in_memory(seed)?,
    };
    store.fill(&changes, session.utc())?;
    if let Some(path) = &args.write {
        output::say(&format!(
            "A made-up journal of {} is in {path}\nOpen it with: ebb --journal {path}",
            words::count(
                usize::try_from(args.days).unwrap_or(usize::MAX),
                "day",
                "days"
            ),
            path = path.display()
        ));
        return Ok(());
    }
    let opened = Opened::Store(Box::new(store));
    open::with(opened, JournalKind::Demo, face, session)
}
