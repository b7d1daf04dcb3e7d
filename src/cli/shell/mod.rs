//! What the shell and the system take from the program: completions, man pages, reminders.

pub(super) mod complete;
mod line;
pub(super) mod manual;
pub(super) mod remind;
pub(super) mod script;
mod values;
