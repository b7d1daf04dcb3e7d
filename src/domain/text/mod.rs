//! Words and numbers for people: counts and days in words, rounding, cleaning of foreign text, suggestions, the words that
//! people type.

pub(crate) mod ascii;
pub(crate) mod closeness;
pub mod round;
pub(crate) mod sanitize;
pub(crate) mod suggest;
pub(crate) mod system_words;
pub mod vocabulary;
pub(crate) mod words;
pub(crate) mod wrap;
