//! The command line: one file a verb. Data goes to stdout, talk to stderr, and the exit code says how it went.

mod answers;
mod args;
mod attempt;
mod bin;
mod checkin;
mod demo;
mod did;
mod doctor;
mod dose;
mod export;
pub mod failure;
mod guide;
mod helplines;
mod history;
mod measure;
mod noted;
mod noun;
mod open;
mod output;
mod paths;
pub mod plain;
pub mod session;
mod start;
mod status;
mod symptom;
mod take;
mod taper;
mod trend;
mod undo;
mod urge;
mod used;
mod writing;

use crate::config::Places;
use crate::domain::id::IdSource;
use crate::domain::time::{Now, Zone};
use crate::domain::when::parse_now;
use args::{Args, Verb};
use chrono::{DateTime, Utc};
use clap::Parser;
use failure::{Failure, Outcome};
use session::{Face, Session, Ticking};
use std::ffi::OsString;

/// What the system says at the start: read once, in `main`.
#[derive(Debug, Clone)]
pub struct System {
    /// The clock.
    pub now: DateTime<Utc>,
    /// The zone.
    pub zone: Zone,
    /// Random, for ids.
    pub seed: u64,
}

/// Runs the program with `args` (the first is its name) and answers the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, system: &System) -> u8 {
    let outcome = match Args::try_parse_from(args) {
        Ok(args) => dispatch(args, system),
        Err(error) => explain(&error),
    };
    match outcome {
        Ok(()) => 0,
        Err(failure) => {
            failure
                .message
                .iter()
                .for_each(|message| output::say(&format!("ebb: {message}")));
            failure.code
        }
    }
}

/// Help was asked for, or the words were not understood.
fn explain(error: &clap::Error) -> Outcome {
    let rendered = error.render().to_string();
    if error.use_stderr() {
        output::say(&rendered);
        return Err(Failure::quiet(failure::USAGE));
    }
    output::text(&rendered)
}

fn dispatch(args: Args, system: &System) -> Outcome {
    let given = args.global.now.as_deref().filter(|text| !text.is_empty());
    let (now, ticking) = match given {
        Some(text) => (parse_now(text, &system.zone, system.now)?, Ticking::Fixed),
        None => (Now::new(system.now, system.zone.clone()), Ticking::Clock),
    };
    let mut session = Session {
        now,
        ticking,
        places: Places::find(args.global.journal, args.global.config),
        color: args.global.color,
        face: if args.global.plain {
            Face::Plain
        } else {
            Face::Screen
        },
        ids: IdSource::new(system.seed),
    };
    let session = &mut session;
    match args.verb {
        None => open::run(session),
        Some(Verb::Start(args)) => start::run(&args, session),
        Some(Verb::Attempt(args)) => attempt::run(&args, session),
        Some(Verb::Checkin(args)) => checkin::run(&args, session),
        Some(Verb::Dose(args)) => dose::run(&args, session),
        Some(Verb::Urge(args)) => urge::run(&args, session),
        Some(Verb::Measure(args)) => measure::run(&args, session),
        Some(Verb::Take(args)) => take::run(&args, session),
        Some(Verb::Did(args)) => did::run(&args, session),
        Some(Verb::Used(args)) => used::run(&args, session),
        Some(Verb::Noun(noun)) => noun::run(&noun, session),
        Some(Verb::Taper(args)) => taper::run(&args, session),
        Some(Verb::Status(args)) => status::run(&args, session),
        Some(Verb::History(args)) => history::run(&args, session),
        Some(Verb::Trend(args)) => trend::run(&args, session),
        Some(Verb::Export(args)) => export::run(&args, session),
        Some(Verb::Symptom(args)) => symptom::run(&args, session),
        Some(Verb::Guide(args)) => guide::run(&args),
        Some(Verb::Helplines(args)) => helplines::run(&args, session),
        Some(Verb::Bin(args)) => bin::run(&args, session),
        Some(Verb::Undo) => undo::run(undo::Way::Undo, session),
        Some(Verb::Redo) => undo::run(undo::Way::Redo, session),
        Some(Verb::Doctor(args)) => doctor::run(&args, session),
        Some(Verb::Paths(args)) => paths::run(&args, session),
        Some(Verb::Demo(args)) => demo::run(&args, session),
    }
}
