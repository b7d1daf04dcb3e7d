//! Taking a file in: the path to it, its columns and the questions about it, and their answers.

pub(crate) mod meanings;
pub(crate) mod page;
pub(crate) mod paths;
