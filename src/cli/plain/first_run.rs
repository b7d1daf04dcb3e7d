//! The first steps: three, each can be skipped.

use super::session::Session;
use super::talk::{Step, Stop};

impl Session<'_> {
    pub(super) fn first_run(&mut self) -> Step<()> {
        if !self.journal.is_empty() || !self.store.drafts()?.is_empty() {
            return Ok(());
        }
        let place = match self.store.path() {
            Some(path) => format!("It is one file on this machine: {}", path.display()),
            None => "It is kept in memory and ends with this window.".to_owned(),
        };
        self.say("Ebbtide is a private journal for tapering off or stopping kratom.")?;
        self.say(&place)?;
        self.say("It works offline: nothing is sent anywhere. It is a record, not a doctor.")?;
        self.say("Words such as back, skip and quit work at every question; ! is help lines.")?;
        match self.first_start() {
            Ok(()) | Err(Stop::Back) => Ok(()),
            Err(other) => Err(other),
        }
    }
}
