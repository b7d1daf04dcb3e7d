//! History in sentences.
use super::session::Session;
use super::talk::Step;
impl Session<'_> {
    pub(super) fn history(&mut self) -> Step<()> { self.say("") }
    pub(super) fn edit_one(&mut self) -> Step<()> { self.say("") }
    pub(super) fn delete_one(&mut self) -> Step<()> { self.say("") }
}
