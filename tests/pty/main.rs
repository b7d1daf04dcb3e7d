//! The whole program on a real terminal: how it begins and ends, what goes over the wire, how an entry is made.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(
    clippy::print_stdout,
    reason = "a test that goes wrong tells its seed and what it measured"
)]

#[path = "../support/mod.rs"]
mod support;

// The library brings SQLite, which the tests read the file with.
use ebbtide as _;

mod asking;
mod entries;
mod life;
mod locking;
mod outside;
mod places;
mod pointing;
mod read_only;
mod unsaved;
mod unsaved_plain;
mod wire;
