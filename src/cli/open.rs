//! `ebb` alone: the journal on the full screen, or plain.

use super::failure::{Failure, NO, Outcome};
use super::session::{Face, Session};
use crate::store::Store;
use std::io::IsTerminal;

/// Whose journal is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The person's.
    Own,
    /// A made-up one, labelled as such.
    Demo,
}

pub(super) fn run(session: &mut Session) -> Outcome {
    refuse_without_a_terminal(session)?;
    let store = match session.open_if_there()? {
        Some(store) => store,
        None => session.create()?,
    };
    with(store, Kind::Own, session)
}

/// The full screen needs a terminal on both sides; plain mode can read answers from a pipe.
pub(super) fn refuse_without_a_terminal(session: &Session) -> Outcome {
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if session.face == Face::Screen && !is_terminal {
        return Err(Failure::usage(
            "the full screen needs a terminal; `ebb checkin`, `ebb status` and `ebb --plain` work without one",
        ));
    }
    Ok(())
}

/// Opens `store` on the full screen, or hands it to plain mode.
pub(super) fn with(store: Store, kind: Kind, session: &mut Session) -> Outcome {
    match session.face {
        // crate::tui::run(store, Options { now, fixed_now, color, ascii, kind }) stands here once it is merged.
        Face::Screen => not_here_yet(store, kind, "the full screen"),
        // crate::cli::plain::run(&mut store, …) stands here once it is merged.
        Face::Plain => not_here_yet(store, kind, "plain mode"),
    }
}

fn not_here_yet(store: Store, kind: Kind, what: &str) -> Outcome {
    drop((store, kind));
    Err(Failure::new(
        NO,
        format!("{what} is not part of this build; `ebb help` shows what is"),
    ))
}
