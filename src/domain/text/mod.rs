//! Words and numbers for people: counts and days in words, rounding, cleaning of foreign text, suggestions.

pub mod round;
pub mod sanitize;
pub mod suggest;
pub mod words;
