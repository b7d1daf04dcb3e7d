//! The words of the journal and the sums over them: no clock, no files, no SQL, no colours.
pub mod time;
pub mod when;
