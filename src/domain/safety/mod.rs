//! Safety: the card before cutting down, red flags, help lines, and the calm lines after an entry that gives reason for one.

pub(crate) mod before_cutting;
pub mod calm_lines;
pub mod help_lines;
pub(crate) mod help_page;
mod note_words;
pub mod passphrase_offer;
