//! Plain mode: the whole journal as a conversation, one question a line.
//!
//! ```text
//! check-in
//! Body 1 of 10: Muscle aches, last 2 moderate on Sat 21 Nov. 0 to 4?
//! > 3 . 0 same done
//! Saved 08:12: check-in, overall 6, counts for Sun 22 Nov; undo (z) takes it back.
//! ```
//!
//! For screen readers, braille lines, dumb terminals and pipes: no boxes, no redraw, no escape codes; lines as
//! wide as the terminal, of at most 78 cells; charts and tables are sentences, and drawn where they are asked for. [`ACTIONS`] names everything that can be done here; the full screen's palette has
//! the same names.
//!
//! Invariant: a blank stays blank: nothing but a number, `same` or `rest` gives a symptom an answer, and every answer is in
//! the journal's draft before the next question is asked.

#[cfg(test)]
mod attempt_tests;
mod attempts;
mod bin;
mod care;
#[cfg(test)]
mod care_tests;
mod check_in;
mod data;
mod export;
mod form;
mod guide;
mod help;
mod history;
mod leaving;
mod menu;
mod missing;
mod plan;
#[cfg(test)]
mod plan_tests;
mod practices;
pub(super) mod questions;
mod records;
mod session;
mod settings;
#[cfg(test)]
mod settings_tests;
mod symptoms;
pub(super) mod talk;
#[cfg(test)]
mod tests;
mod today;
mod trends;
#[cfg(test)]
mod trends_tests;

pub(crate) use crate::transfer::Giving;
pub(crate) use crate::tui::shared::JournalKind;
pub use care::{CARE_WORDS, CareWord};
pub use menu::{ACTIONS, Action};
pub use plan::PLAN_WORDS;
pub use trends::{Word, words_of_trends};

use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::domain::id::IdSource;
use crate::domain::journal::Journal;
use crate::domain::text::system_words::system_words;
use crate::domain::time::Now;
use crate::store::{Store, StoreError};
use crate::transfer::errand::{Errand, Told};
use crate::tui::theme::Theme;
use chrono::TimeDelta;
use menu::{EVERYWHERE, Menu};
use session::Session;
use settings::Settings;
use std::io::{BufRead, Write};
use std::path::Path;
use talk::Talk;

/// Writes something of the journal to the path that was typed, never over a file that is there; answers with a sentence about what
/// was written, or about why nothing was.
pub(crate) type Export<'a> =
    dyn FnMut(&Journal, &Giving, &str, &Now) -> Result<String, String> + 'a;

/// Sets a key of the config file; answers with a sentence about what holds now, or about why nothing was set.
pub(crate) type Configure<'a> = dyn FnMut(ConfigKey, &str) -> Result<String, String> + 'a;

/// Carries an errand out; answers with what came of it, or with a sentence about why nothing did.
pub(crate) type Hands<'a> = dyn FnMut(&mut Store, &Errand, &Now) -> Result<Told, String> + 'a;

/// Asks at the terminal for the passphrase of the journal at this path, and holds its key; a sentence where none was given.
pub(crate) type Ask<'a> = &'a dyn Fn(&Path) -> Result<(), String>;

/// What plain mode locks and hides with.
#[derive(Clone, Copy)]
pub(crate) struct Gate<'a> {
    /// Asks for the passphrase; `None` where nobody can type unseen.
    pub(crate) ask: Option<Ask<'a>>,
    /// What clears the terminal and what scrolled out of it; `None` where there is none that does.
    pub(crate) clearing: Option<&'static str>,
}

/// What plain mode needs from outside.
pub(crate) struct Plain<'a> {
    /// What the person types, line by line.
    pub(crate) input: &'a mut dyn BufRead,
    /// What they read.
    pub(crate) output: &'a mut dyn Write,
    /// How wide a line may be.
    pub(crate) room: &'a dyn Fn() -> usize,
    /// Tells the time; asked anew for each thing that is done.
    pub(crate) clock: &'a dyn Fn() -> Now,
    /// Gives new entries their ids.
    pub(crate) ids: IdSource,
    /// Why plain mode is on: "--plain was given".
    pub(crate) reason: &'a str,
    /// The signs that a chart is drawn with.
    pub(crate) theme: Theme,
    /// Own or made up.
    pub(crate) kind: JournalKind,
    /// Writes exports.
    pub(crate) export: &'a mut Export<'a>,
    /// Carries out errands.
    pub(crate) hands: &'a mut Hands<'a>,
    /// What the config file says.
    pub(crate) config: Config,
    /// Sets a key of the config file.
    pub(crate) configure: &'a mut Configure<'a>,
    /// Locks and hides.
    pub(crate) gate: Gate<'a>,
}

/// How the conversation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The person left.
    Quit,
    /// The input ended.
    EndOfInput,
    /// Ctrl-C.
    Interrupted,
    /// The person left with entries that could neither be saved nor kept: the sentence about them.
    Unsaved(String),
}

/// Why the conversation could not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlainError {
    /// The terminal or the pipe is gone. Everything that was said to be saved is saved.
    #[error(
        "reading or writing here did not work: {}; everything saved earlier is safe",
        system_words(.0)
    )]
    Io(#[from] std::io::Error),
    /// The journal could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Holds the conversation until the person leaves or the input ends.
///
/// # Errors
/// When the journal cannot be read, or input or output break. What cannot be saved is said, and the conversation goes on.
pub(crate) fn run(store: &mut Store, setting: Plain<'_>) -> Result<Ended, PlainError> {
    let talk = Talk::new(setting.input, setting.output, setting.room);
    let idle = setting.config.value(ConfigKey::IdleLock).parse();
    let idle = idle.ok().and_then(TimeDelta::try_minutes);
    let (clock, ids, manner) = (setting.clock, setting.ids, setting.config.manner());
    let mut menu = Menu {
        session: Session::new(store, talk, clock, ids, manner, EVERYWHERE, setting.theme)?,
        export: setting.export,
        hands: setting.hands,
        settings: Settings::new(setting.config, setting.configure),
    };
    menu.session.is_of_menu = menu::is_word;
    menu.session.gate = setting.gate;
    menu.session.idle = idle;
    let mut stop = menu.begin(setting.reason, setting.kind);
    loop {
        let stopped = match stop {
            Ok(()) => menu.converse(),
            Err(stop) => stop,
        };
        if let Some(ended) = menu.session.leave(stopped)? {
            return Ok(ended);
        }
        // The person stays: the conversation goes on at the menu.
        stop = Ok(());
    }
}
