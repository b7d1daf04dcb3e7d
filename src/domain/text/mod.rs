//! Words and numbers for people: counts and days in words, rounding, cleaning of foreign text, suggestions.

pub(crate) mod ascii;
pub mod round;
pub(crate) mod sanitize;
pub(crate) mod suggest;
pub(crate) mod system_words;
pub(crate) mod words;
pub(crate) mod wrap;
