//! The sum of each row: what the disk or another program changed is named and shown on every face, and never closes a journal.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "sums/columns.rs"]
mod columns;
#[path = "sums/exchanged.rs"]
mod exchanged;
#[path = "sums/faces.rs"]
mod faces;
#[path = "sums/forms.rs"]
mod forms;
#[path = "sums/house.rs"]
mod house;
mod support;
#[path = "sums/zeroed.rs"]
mod zeroed;
