//! What lies over a screen and takes its keys: questions, lists, cards, the palette and the report.

pub mod attempts;
pub mod bin;
pub mod card;
pub mod first_steps;
pub mod help_lines;
pub mod keys;
pub mod palette;
pub mod question;
pub mod report;
pub mod symptoms;
