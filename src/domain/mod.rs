//! The words of the journal and the sums over them: no clock, no files, no SQL, no colours.
pub mod shown;
pub mod time;
pub mod when;
