//! Attempts in sentences.
use super::session::Session;
use super::talk::Step;
impl Session<'_> {
    pub(super) fn start(&mut self) -> Step<()> { self.say("") }
    pub(super) fn first_start(&mut self) -> Step<()> { self.say("") }
    pub(super) fn attempts(&mut self) -> Step<()> { self.say("") }
}
