//! Taking a file in: the path to it, its columns and the questions about it, and their answers.

pub(in crate::tui::screens) mod meanings;
pub(in crate::tui::screens) mod page;
pub(in crate::tui::screens) mod paths;
