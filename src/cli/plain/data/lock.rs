//! The lock of plain mode, and what hides without locking.
//!
//! Invariant: while a journal with a passphrase is locked, its file is closed and its key let go, and no line says anything of it.
//! A line can only be waited for, so a lock after a long pause holds before what was typed is looked at.

use super::other_eyes::say_help;
use crate::cli::plain::Gate;
use crate::cli::plain::session::Session;
use crate::cli::plain::talk::{Step, Stop};
use crate::domain::journal::Journal;
use crate::store::key::held;
use crate::store::{Seed, Store};
use std::path::{Path, PathBuf};

/// What a lock is without a passphrase, where nothing can be cleared.
const NOTHING_TO_LOCK: &str = "Nothing is locked: this journal has no passphrase, and what was said stands in this window until it is cleared or closed. quit leaves; drafts are kept.";
/// What a lock is where nobody can type unseen.
const LEAVING_LOCKS: &str = "Here leaving is the lock: quit lets go of the key, drafts are kept, and the passphrase is asked at the next start. What was said stands in this window until it is cleared or closed.";
/// What a lock is without a passphrase.
const ONLY_HIDES: &str = "This journal has no passphrase: it is hidden, and nothing more. An empty line brings it back, ! help lines, quit leaves.";
/// What a window holds after it was cleared.
const CLEARED: &str = "This window was cleared, and what had scrolled out of it, as far as the terminal does that. Copies of it elsewhere are not reached.";
/// What it holds where it cannot be cleared.
const STANDS: &str = "What was said stands in this window until you clear or close it.";
/// What can be done on the locked page.
const LOCKED: &str =
    "Locked. An empty line asks for the passphrase, ! says help lines, quit leaves.";
/// Why a locked journal is not left.
const WORDS_LEFT: &str = "Something that was typed is on no disk yet. Open the journal first: leaving asks what to do with it.";

/// A journal behind its passphrase.
pub(super) struct Shut {
    path: PathBuf,
    is_closed: bool,
}

impl Session<'_> {
    /// Whether there is something to lock with, and somebody to ask.
    pub(super) fn can_lock(&self) -> bool {
        self.store.is_encrypted() && self.store.path().is_some() && self.gate.ask.is_some()
    }

    /// Says a question, if it is not said yet, and reads the line that answers it. After so long a pause the passphrase comes
    /// first.
    pub(in crate::cli::plain) fn listen(&mut self, question: &str) -> Step<()> {
        // Before it is said: whoever reads it may answer before the next look at the clock.
        let asked = self.now().at;
        if !question.is_empty() {
            self.say(question)?;
        }
        self.talk.listen()?;
        let waited = self.now().at - asked;
        if self.idle.is_none_or(|idle| waited < idle) || !self.can_lock() {
            return Ok(());
        }
        let typed = self.talk.whole();
        self.clear()?;
        self.say(
            "Locked: the last question waited too long for its answer. What was typed now is kept.",
        )?;
        let shut = self.shut()?;
        self.wait_for_passphrase(&shut)?;
        self.talk.put_back(&typed);
        Ok(())
    }

    /// Clears the window and what scrolled out of it, where the terminal can; says what remains.
    pub(super) fn clear(&mut self) -> Step<()> {
        match self.gate.clearing {
            Some(signs) => {
                self.talk.steer(signs)?;
                self.say(CLEARED)
            }
            None => self.say(STANDS),
        }
    }

    /// Closes the journal's file, and lets go of its key and of everything that was read from it. Where something typed is on no
    /// disk, it stays open behind the question.
    pub(super) fn shut(&mut self) -> Step<Shut> {
        let path = self.store.path().map(Path::to_owned).unwrap_or_default();
        self.keep_again();
        let is_closed = self.unkept() == 0;
        if is_closed {
            let seed = Seed {
                now: self.now().at.to_utc(),
                journal: [1; 16],
                device: [1; 16],
            };
            // Nothing is ever written to it.
            *self.store = Store::in_memory(seed)?;
            let country = self.journal.settings.country.take();
            self.journal = Journal::default();
            self.journal.settings.country = country;
            held::forget();
        }
        Ok(Shut { path, is_closed })
    }

    /// Asks for the passphrase once; whether the journal is open again.
    pub(super) fn opened(&mut self, shut: &Shut) -> Step<bool> {
        let asked = self.gate.ask.map(|ask| ask(&shut.path));
        if let Some(Err(why)) = asked {
            self.say(&why)?;
            return Ok(false);
        }
        if shut.is_closed {
            *self.store = Store::open(&shut.path)?;
            self.journal = self.store.load(None)?;
        }
        Ok(true)
    }

    /// Reads a line while the journal is locked: nobody leaves it with words that are on no disk.
    pub(super) fn listen_locked(&mut self) -> Step<String> {
        loop {
            match self.talk.listen() {
                Err(Stop::Interrupted) if self.unkept() > 0 => self.say(WORDS_LEFT)?,
                heard => {
                    heard?;
                    return Ok(self.talk.whole());
                }
            }
        }
    }

    fn wait_for_passphrase(&mut self, shut: &Shut) -> Step<()> {
        while !self.opened(shut)? {
            self.say(LOCKED)?;
            loop {
                match self.listen_locked()?.as_str() {
                    "" => break,
                    "!" => say_help(self)?,
                    "quit" if self.unkept() > 0 => self.say(WORDS_LEFT)?,
                    "quit" => return Err(Stop::Quit),
                    _ => self.say(LOCKED)?,
                }
            }
        }
        self.say("Open again.")
    }
}

/// Locks; without a passphrase it hides, as far as there is something to hide with.
pub(in crate::cli::plain) fn lock(session: &mut Session<'_>) -> Step<()> {
    if !session.store.is_encrypted() {
        if session.gate.clearing.is_none() {
            return session.say(NOTHING_TO_LOCK);
        }
        session.clear()?;
        session.say(ONLY_HIDES)?;
        return hidden(session);
    }
    if !session.can_lock() {
        return session.say(LEAVING_LOCKS);
    }
    session.clear()?;
    session.say("Locked.")?;
    let shut = session.shut()?;
    session.wait_for_passphrase(&shut)
}

/// Leaves nothing in sight until the next line.
pub(in crate::cli::plain) fn blank(session: &mut Session<'_>) -> Step<()> {
    let Some(signs) = session.gate.clearing else {
        return session.say("This window cannot be cleared from here, so nothing was hidden.");
    };
    session.talk.steer(signs)?;
    session.talk.listen()?;
    session.talk.whole();
    session.say("The menu again.")
}

fn hidden(session: &mut Session<'_>) -> Step<()> {
    loop {
        match session.listen_locked()?.as_str() {
            "" => return session.say("The menu again."),
            "!" => say_help(session)?,
            "quit" => return Err(Stop::Quit),
            _ => session.say(ONLY_HIDES)?,
        }
    }
}

impl Gate<'_> {
    /// Nobody to ask, and nothing to clear.
    #[cfg(test)]
    pub(in crate::cli::plain) const fn none() -> Self {
        Self {
            ask: None,
            clearing: None,
        }
    }
}
