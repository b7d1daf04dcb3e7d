//! `ebb undo` and `ebb redo`.

use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::{Reply, Session};
use crate::domain::text::words;
use serde_json::json;

/// Back or forth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
}

impl Way {
    /// Its key in JSON.
    const fn key(self) -> &'static str {
        match self {
            Self::Undo => "undone",
            Self::Redo => "redone",
        }
    }
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
    if session.reply == Reply::Json {
        output::json(&json!({
            "version": 1,
            way.key(): applied.label.what,
            "date": applied.label.day.map(|day| day.to_string()),
        }))?;
    }
    output::say(&format!(
        "{word}: {}{}. `ebb {other}` goes the other way.",
        applied.label.what,
        day.unwrap_or_default()
    ));
    Ok(())
}
