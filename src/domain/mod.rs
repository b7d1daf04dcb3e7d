//! The words of the journal and the sums over them: no clock, no files, no SQL, no colours.
pub mod attempt;
pub mod catalogue;
pub mod change;
pub mod check_in;
pub mod id;
pub mod journal;
pub mod round;
pub mod series;
pub mod settings;
pub mod severity;
pub mod stats;
pub mod symptom;
pub mod time;
pub mod when;
pub mod words;
