//! The bin: what was deleted in the last 30 days, said, restored and erased.

use super::session::{Reply, Session};
use super::talk::Step;
use crate::domain::entry::bin;
use crate::domain::entry::bin::BinEntry;
use crate::domain::journal::change::Change;
use crate::domain::text::words;

impl Session<'_> {
    /// Lists what was deleted; restores it, or erases it for good.
    pub(super) fn bin(&mut self) -> Step<()> {
        loop {
            let now = self.now();
            let entries = self.store.bin(now.at.to_utc())?;
            if entries.is_empty() {
                return self.say(bin::EMPTY);
            }
            if !self.talk.has_rest() {
                for (at, entry) in (1..).zip(&entries) {
                    self.say(&format!("{at}: {}; {}.", entry.line(), entry.fate(&now)))?;
                }
            }
            let word = self.ask("restore, erase (and its number), or done?")?;
            match word.as_str() {
                "" | "done" | "skip" => return Ok(()),
                "restore" | "erase" => {
                    let Some(entry) = self.which_deleted(&entries)? else {
                        continue;
                    };
                    if word == "restore" {
                        self.restore(&entry)?;
                    } else {
                        self.erase(&entry)?;
                    }
                }
                other => self.not_an_answer(other, "restore, erase or done")?,
            }
        }
    }

    fn which_deleted(&mut self, entries: &[BinEntry]) -> Step<Option<BinEntry>> {
        let number = self.ask_number("Which number?", entries.len())?;
        Ok(number.and_then(|number| entries.get(number.checked_sub(1)?).cloned()))
    }

    fn restore(&mut self, entry: &BinEntry) -> Step<()> {
        let change = Change::Restore {
            kind: entry.kind,
            id: entry.id,
        };
        let said = format!("Restored: {}. undo (z) takes it back.", entry.line());
        self.write_and_say(&[change], &said)
    }

    fn erase(&mut self, entry: &BinEntry) -> Step<()> {
        self.say(&format!(
            "{}. {}",
            words::sentence_head(&entry.line()),
            bin::ERASING
        ))?;
        if self.confirm("Erase it for good?")? == Reply::No {
            return self.say("It stays in the bin.");
        }
        let now = self.now().at.to_utc();
        match self.store.erase(entry.kind, entry.id, now) {
            Ok(done) => self.say(&bin::said_erased(
                &entry.what,
                done.copies,
                &done.unreached_paths(),
            )),
            Err(error) => self.say(&format!(
                "It is still in the bin (a copy may be without it already): {error}."
            )),
        }
    }
}
