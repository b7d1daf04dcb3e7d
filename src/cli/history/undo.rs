//! `ebb undo` and `ebb redo`.

use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::text::words;

/// Back or forth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
}

pub(crate) fn run(way: Way, session: &Session) -> Outcome {
    let mut store = session.open()?;
    let (word, other, applied) = match way {
        Way::Undo => ("Undone", "redo", store.undo(session.utc())?),
        Way::Redo => ("Done again", "undo", store.redo(session.utc())?),
    };
    // Every verb that writes also empties the bin of what is 30 days old.
    session.empty_bin(&mut store);
    let day = applied
        .label
        .day
        .map(|day| format!(" ({})", words::day(day)));
    output::say(&format!(
        "{word}: {}{}. `ebb {other}` goes the other way.",
        applied.label.what,
        day.unwrap_or_default()
    ));
    Ok(())
}
