//! The words of the journal and the sums over them: no clock, no files, no SQL, no colours.

pub mod amount;
pub mod attempt;
pub mod care;
pub mod check_in;
pub mod demo;
pub mod dose;
pub mod entry;
pub mod guide;
pub mod id;
pub mod journal;
pub mod record;
pub mod report;
pub mod safety;
pub mod series;
pub mod taper;
pub mod text;
pub mod time;
pub mod trends;
