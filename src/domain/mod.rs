//! The words of the journal and the sums over them: no clock, no files, no SQL, no colours.
//!
//! # The glossary
//!
//! One word for one thing, in the code, the file, the exports and on the screen. A room is listed above those that know it.
//!
//! | word | room |
//! |---|---|
//! | word, count, rounding | [`text`]: how words and numbers are written |
//! | amount | [`amount`]: an exact decimal number of a unit |
//! | entry id | [`id`]: made once, and kept for ever |
//! | moment, logical day, zone, stretch of days | [`time`] |
//! | symptom, rating, severity index, check-in | [`check_in`] |
//! | attempt, day 0 | [`attempt`] |
//! | kind, field, record | [`record`]: everything that is not a check-in or an attempt |
//! | journal, change, setting, draft | [`journal`]: the snapshot in memory, and what can be written |
//! | medicine, intake, practice, measurement, urge, visit | [`care`] |
//! | dose, product, use, stock | [`dose`] |
//! | sign, help line, calm line | [`safety`] |
//! | series, day value, comparison | [`series`]: everything that can be drawn |
//! | entry, bin, search | [`entry`]: what a day holds, of every kind |
//! | taper plan, step, staircase, cut | [`taper`] |
//! | view, period, event mark | [`trends`] |
//! | report | [`report`] |
//! | page | [`guide`] |
//! | made-up journal | [`demo`] |
//!
//! A module `order` sorts in all of them.

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
pub(crate) mod order;
pub mod record;
pub mod report;
pub mod safety;
pub mod series;
pub mod taper;
pub mod text;
pub mod time;
pub mod trends;
