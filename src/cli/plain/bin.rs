//! The bin: what was deleted in the last 30 days, said, restored and erased.

use super::session::{Asked, Reply, Session};
use super::talk::Step;
use crate::domain::entry::bin;
use crate::domain::entry::bin::BinEntry;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::change::Change;
use crate::domain::text::words;

/// Lists what was deleted; restores it, or erases it for good.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    loop {
        // Read anew each time: a restored entry has left the bin, and the numbers moved up.
        let now = session.now();
        let entries = session.store.bin(now.at.to_utc())?;
        if entries.is_empty() {
            return session.say(bin::EMPTY);
        }
        if !session.talk.has_rest() {
            let lines = entries.iter();
            session.say_numbered(
                lines.map(|entry| format!("{}; {}.", entry.line(), entry.fate(&now))),
            )?;
        }
        let word = session.ask(Asked::new(
            "restore, erase (and its number), or done?",
            "restore 1 brings the first one back; erase 1 takes it away for good, after a question.",
        ))?;
        let carry_out = match word.as_str() {
            "" | "done" | "skip" => return Ok(()),
            "restore" => restore,
            "erase" => erase,
            other => {
                session.not_an_answer(other, "restore, erase or done")?;
                continue;
            }
        };
        if let Some(entry) = session.pick("Which number?", &entries)? {
            carry_out(session, entry)?;
        }
    }
}

fn restore(session: &mut Session<'_>, entry: &BinEntry) -> Step<()> {
    session.before_writing()?;
    let change = Change::Restore {
        kind: entry.kind,
        id: entry.id,
    };
    let line = TakeBack::Word.after(&entry.restored());
    session.write_and_say(&change, &line)
}

fn erase(session: &mut Session<'_>, entry: &BinEntry) -> Step<()> {
    session.before_writing()?;
    session.say(&format!(
        "{}. {}",
        words::sentence_head(&entry.line()),
        bin::ERASING
    ))?;
    if session.confirm("Erase it for good?")? == Reply::No {
        return session.say("It stays in the bin.");
    }
    let now = session.now().at.to_utc();
    match session.store.erase(entry.kind, entry.id, now) {
        Ok(done) => session.say(&bin::erased_text(
            &entry.what,
            done.copies,
            &done.unreached_paths(),
        )),
        Err(error) => session.say(&error.of_an_erasing()),
    }
}
