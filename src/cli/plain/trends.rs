//! Trends in sentences.
use super::session::Session;
use super::talk::Step;
impl Session<'_> { pub(super) fn trends(&mut self) -> Step<()> { self.say("") } }
