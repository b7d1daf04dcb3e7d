//! What the full screen has done with files, on the store thread: exports, and errands, which hands from outside carry out.

use super::{Answer, Keeper};
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use crate::domain::time::Now;
use crate::store::{Occupant, Store};
use crate::transfer::Giving;
use crate::transfer::errand::{Errand, Told};
use crate::transfer::progress::{OnProgress, Progress};
use std::path::{Path, PathBuf};

/// Carries an errand out on the journal; returns what came of it, or the problem in a sentence.
pub type Hands =
    Box<dyn FnMut(&mut Store, &Errand, &Now, OnProgress<'_>) -> Result<Told, String> + Send>;

/// Hands that can do nothing.
pub(super) fn none() -> Hands {
    Box::new(|_, _, _, _| Err("This cannot be done here.".to_owned()))
}

impl<A: Fn(Answer)> Keeper<A> {
    pub(super) fn run_errand(&mut self, errand: &Errand, now: &Now) -> Answer {
        if self.is_short_of_memory() && !matches!(errand, Errand::Browse(..)) {
            return Answer::Told(Err(
                "Nothing was done: the system gives ebb too little memory here.".to_owned(),
            ));
        }
        let answer = &self.answer;
        let tell = |progress: Progress| answer(Answer::Progress(progress.to_string()));
        let told = (self.hands)(&mut self.store, errand, now, &tell);
        if errand.changes_journal() {
            // Also after a problem: a sync may have taken in one journal of two.
            match self.store.load(None) {
                Ok(journal) => {
                    self.journal = journal;
                    self.is_stale = false;
                    (self.answer)(Answer::Loaded(Box::new(self.journal.clone())));
                }
                // The errand is done; the next look reads what it changed.
                Err(_) => self.is_stale = true,
            }
        }
        Answer::Told(told)
    }

    pub(super) fn give(&self, giving: &Giving, path: &Path, now: &Now) -> Result<String, String> {
        if self.is_short_of_memory() {
            return Err("Nothing was written: the system gives ebb too little memory here, and `ebb export` needs less.".to_owned());
        }
        // Read from the file: the journal in memory may not have all days yet.
        let whole = self
            .store
            .load(None)
            .map_err(|error| words::sentence(&error.to_string()))?;
        let tell = |progress: Progress| (self.answer)(Answer::Progress(progress.to_string()));
        let sentence = (self.export)(&whole, giving, path, now, &tell)?;
        Ok(match self.store.left_out_text() {
            Some(note) => format!("{sentence} {note}"),
            None => sentence,
        })
    }

    pub(super) fn put_aside(&self, path: PathBuf, text: &str) -> Result<PathBuf, String> {
        let place = self.store.ours().file(&path);
        let place = place.map_err(|error| words::sentence(&error.to_string()))?;
        match place.write(Occupant::Nothing, |out| out.write_all(text.as_bytes())) {
            Ok(()) => Ok(path),
            Err(error) => Err(format!(
                "{} was not written: {}. Nothing that is there was touched; another place may do.",
                path.display(),
                system_words(&error)
            )),
        }
    }
}
