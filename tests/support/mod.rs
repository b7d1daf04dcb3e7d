//! What the tests of the whole program share: a private home with a journal, and a terminal to run `ebb` on.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod home;
pub mod pty;
pub mod rooms;
pub mod sums;
