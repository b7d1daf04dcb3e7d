//! Copies of the journal: made whole, kept by law, and brought back, over real files and with the real binary.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "backup/binary.rs"]
mod binary;
#[path = "backup/faults.rs"]
mod faults;
#[path = "backup/house.rs"]
mod house;
#[path = "backup/kept.rs"]
mod kept;
#[path = "backup/laws.rs"]
mod laws;
mod support;
