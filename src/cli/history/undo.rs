//! `ebb undo` and `ebb redo`.

use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::{Reply, Session};
use crate::domain::entry::exchanged;
pub(crate) use crate::domain::entry::exchanged::Way;
use crate::domain::journal::Journal;
use serde_json::json;

/// Its key in JSON.
const fn key(way: Way) -> &'static str {
    match way {
        Way::Undo => "undone",
        Way::Redo => "redone",
    }
}

pub(crate) fn run(way: Way, session: &Session) -> Outcome {
    let mut store = session.open()?;
    // Only the sentence needs it: a journal that cannot be read whole can be undone all the same.
    let before = store.load(None).unwrap_or_else(|_| Journal::default());
    let (other, applied) = match way {
        Way::Undo => ("redo", store.undo(session.utc())?),
        Way::Redo => ("undo", store.redo(session.utc())?),
    };
    let after = store.refresh(&before, &applied.days);
    // Every verb that writes also empties the bin of what is 30 days old.
    session.empty_bin(&mut store);
    let sides = (&before, after.as_ref().unwrap_or(&before));
    let line = exchanged::line(way, sides, (&applied.label, &applied.rows), &session.now);
    if session.reply == Reply::Json {
        output::json(&json!({
            "version": 1,
            key(way): applied.label.what,
            "date": applied.label.day.map(|day| day.to_string()),
        }))?;
    }
    output::say(&format!("{line}. `ebb {other}` goes the other way."));
    Ok(())
}
