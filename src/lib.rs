//! Ebbtide: a private, offline journal for people who are tapering off or stopping kratom.
//!
//! # The map of the house
//!
//! ```text
//! domain    <- nobody                              the words and the sums: no clock, no files, no SQL, no colours
//! store     <- domain                              the journal file: the only SQL
//! transfer  <- domain                              bytes in and out: CSV, JSON, packages, health records, reports, imports
//! config    <- domain                              the only code that knows where files lie, and in which zone the machine is
//! tui       <- domain store transfer config        the full screen
//! cli       <- all of them                         the command line and plain mode
//! main      <- cli                                 an exit code
//! fuzz      <- all of them                         only in tests: what a fuzzer feeds with bytes
//! ```
//!
//! A folder is a subject, and its `mod.rs` says what it is for. [`domain`] lists its rooms with what each holds.
//!
//! `tests/architecture.rs` checks this by reading the source.
//!
//! # One key, traced through
//!
//! A person presses `3` on a symptom. [`tui::outside::events`] reads the key, `tui::runtime` hands it to [`tui::update`], which finds
//! the check-in on top and asks its key table ([`tui::keys`]) what it means. The screen changes its
//! [`CheckInDraft`](domain::check_in::CheckInDraft) and answers with an [`Effect`](tui::effect::Effect): keep this draft. The
//! update turns that into a [`Request`](tui::store_thread::Request) for the store thread, and [`tui::view`] draws, before the disk
//! was touched. The thread writes the draft through [`Store`](store::Store).
//!
//! `Enter` makes a [`Change`](domain::journal::change::Change) of the draft, the one door for writing that the command line uses too.
//! [`Store::apply`](store::Store::apply) carries it out in one transaction that also logs how to take it back, and
//! [`Store::refresh`](store::Store::refresh) reads back the day it touched. The answer replaces the
//! [`Journal`](domain::journal::Journal) in memory, from which every chart, comparison and export is a pure function.

pub mod cli;
pub mod config;
pub mod domain;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
pub mod store;
pub mod transfer;
pub mod tui;
