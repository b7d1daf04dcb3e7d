//! The first run: what Ebbtide is, where the journal lies, and one question that can be skipped.

use super::attempts;
use super::session::Session;
use super::talk::Step;

pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    // A draft alone shows that somebody was here before.
    if !session.journal.is_empty() || !session.store.drafts()?.is_empty() {
        return Ok(());
    }
    let place = match session.store.path() {
        Some(path) => format!("It is one file on this machine: {}", path.display()),
        None => "It is kept in memory and ends with this window.".to_owned(),
    };
    session.say("Ebbtide is a private journal for tapering off or stopping kratom.")?;
    session.say(&place)?;
    session.say("It works offline: nothing is sent anywhere. It is a record, not a doctor.")?;
    session.say("Words such as back, skip and quit work at every question; ! is help lines.")?;
    session.before_writing()?;
    attempts::first_start(session)
}
