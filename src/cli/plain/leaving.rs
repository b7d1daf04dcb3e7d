//! Leaving with words that are on no disk: they can go to another file, or be said once more to copy.
//!
//! Invariant: nobody leaves with such words without having been asked, or, where nobody can answer, without having been shown
//! them once.

use super::session::{Asked, Session};
use super::talk::{Step, Stop};
use super::{Ended, PlainError};
use crate::domain::text::system_words::system_words;
use crate::domain::text::words;
use crate::store::Occupant;
use std::path::{Path, PathBuf};

/// Whether the conversation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Stays,
    Leaves,
}

/// Where the words went before the person left.
#[derive(Debug, Default)]
pub(super) struct Words {
    file: Option<PathBuf>,
    is_said: bool,
}

impl Words {
    /// The last sentence, without any of the words.
    pub(super) fn farewell(&self, count: usize) -> String {
        let count = words::count(count, "entry is", "entries are");
        let place = match (&self.file, self.is_said) {
            (Some(file), _) => format!("the words were written to {}", file.display()),
            (None, true) => "the words stand above".to_owned(),
            (None, false) => "the words were let go".to_owned(),
        };
        format!("{count} not in the journal; {place}")
    }
}

impl Session<'_> {
    /// Ends the conversation after `stop`; `None` where the person stays because of words that are on no disk.
    ///
    /// # Errors
    /// What `stop` says, if nothing was left to be asked.
    pub(super) fn leave(&mut self, stop: Stop) -> Result<Option<Ended>, PlainError> {
        self.keep_again();
        if self.unkept() > 0 {
            if let Stop::Store(error) = &stop {
                self.say(&words::sentence(&error.to_string())).ok();
            }
            return match ask(self) {
                Ok((Answer::Stays, _)) => Ok(None),
                Ok((Answer::Leaves, _)) if self.unkept() == 0 => Ok(Some(Ended::Quit)),
                Ok((Answer::Leaves, went)) => {
                    Ok(Some(Ended::Unsaved(went.farewell(self.unkept()))))
                }
                Err(Stop::Io(error)) => Err(error.into()),
                Err(Stop::Store(error)) => Err(error.into()),
                Err(_) => Ok(Some(Ended::Quit)),
            };
        }
        // Nobody is told that a draft is kept where none is.
        let has_drafts = !self.kept_ids().is_empty();
        let (ended, last_words) = match stop {
            Stop::Quit | Stop::Back => (Ended::Quit, "Goodbye."),
            Stop::InputEnded if has_drafts => (
                Ended::EndOfInput,
                "The input ended. What was begun is kept as a draft.",
            ),
            Stop::InputEnded => (Ended::EndOfInput, "The input ended. There is no draft."),
            Stop::Interrupted if has_drafts => (
                Ended::Interrupted,
                "Interrupted. What was begun is kept as a draft.",
            ),
            Stop::Interrupted => (Ended::Interrupted, "Interrupted. There is no draft."),
            Stop::Io(error) => return Err(error.into()),
            Stop::Store(error) => return Err(error.into()),
        };
        // The output may be closed together with the input. The journal is safe either way, so an error here is ignored.
        self.say(last_words).ok();
        Ok(Some(ended))
    }
}

const ABOUT: &str = "save tries again, file writes the words to another file, say says them once to copy, back goes on here, quit leaves without them.";
const ANSWERS: &str = "save, file, say, back, or quit once more";

/// Asks what is to become of the words. Without anybody to answer they are said once.
pub(super) fn ask(session: &mut Session<'_>) -> Step<(Answer, Words)> {
    let mut went = Words::default();
    let count = words::count(session.unkept(), "entry is", "entries are");
    session.talk.drop_rest()?;
    session.say(&format!(
        "{count} on no disk yet and would be gone. {ABOUT}"
    ))?;
    loop {
        let answer = match session.ask(Asked::new(&format!("{ANSWERS}?"), ABOUT)) {
            Err(Stop::Quit) => return Ok((Answer::Leaves, went)),
            Err(Stop::Back) => return Ok((Answer::Stays, went)),
            Err(Stop::InputEnded | Stop::Interrupted) => {
                if went.file.is_none() && !went.is_said {
                    say(session)?;
                    went.is_said = true;
                }
                return Ok((Answer::Leaves, went));
            }
            answer => answer?,
        };
        match answer.as_str() {
            "save" if session.save_again()? => {
                session.say("It is on the disk now.")?;
                return Ok((Answer::Leaves, went));
            }
            "file" => went.file = write(session)?.or(went.file),
            "say" => {
                say(session)?;
                went.is_said = true;
            }
            "" | "save" => {}
            other => session.not_an_answer(other, ANSWERS)?,
        }
    }
}

fn say(session: &mut Session<'_>) -> Step<()> {
    let text = session.unkept_words();
    session.say(text.trim_end())
}

/// Writes the words to a new file of the person's choice.
fn write(session: &mut Session<'_>) -> Step<Option<PathBuf>> {
    let typed = match session.ask_text(Asked::new(
        "To which new file? skip leaves it.",
        "A file that is not there yet; its folder may stand before it. Nothing that is there is touched.",
    )) {
        Err(Stop::Back) => return Ok(None),
        typed => typed?,
    };
    if typed.is_empty() {
        return Ok(None);
    }
    // The last sentence names the file, and a relative path may mean nothing by then.
    let path = std::path::absolute(&typed).unwrap_or_else(|_| PathBuf::from(&typed));
    match put(session, &path) {
        Ok(()) => {
            session.say(&format!("Written to {}.", path.display()))?;
            Ok(Some(path))
        }
        Err(problem) => {
            session.say(&problem)?;
            Ok(None)
        }
    }
}

fn put(session: &Session<'_>, path: &Path) -> Result<(), String> {
    let place = session.store.ours().file(path);
    let place = place.map_err(|error| words::sentence(&error.to_string()))?;
    let text = session.unkept_words();
    place
        .write(Occupant::Nothing, |out| out.write_all(text.as_bytes()))
        .map_err(|error| {
            format!(
                "{} was not written: {}. Nothing that is there was touched; another place may do.",
                path.display(),
                system_words(&error)
            )
        })
}
