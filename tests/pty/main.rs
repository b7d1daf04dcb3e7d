//! The whole program on a real terminal: how it begins and ends, what goes over the wire, how an entry is made.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod entries;
mod life;
mod wire;
