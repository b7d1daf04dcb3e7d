//! A week of a person, three times: by keys on a terminal, in plain mode, and by the command line. Pain and anxiety are what it
//! was taken for; two optional items, an own one and something good are asked, and three others rest.
//!
//! What the three journals give back is the same, and every number in it is worked out here by hand.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod app;
#[path = "support/mod.rs"]
mod support;

#[path = "one_week/by_hand.rs"]
mod by_hand;
#[path = "one_week/faces.rs"]
mod faces;
#[path = "one_week/highest.rs"]
mod highest;
#[path = "one_week/joining.rs"]
mod joining;
#[path = "one_week/keys.rs"]
mod keys;
#[path = "one_week/same.rs"]
mod same;
#[path = "one_week/week.rs"]
mod week;
