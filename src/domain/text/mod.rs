//! Words and numbers as they are written: counts and days in words, rounding, cleaning what comes from elsewhere, suggestions.

pub mod round;
pub mod sanitize;
pub mod suggest;
pub mod words;
