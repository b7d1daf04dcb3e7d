//! `ebb salvage`: the sound rows of a damaged journal come into a new one, the rest is counted, and the damaged file stays as
//! it is.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::print_stdout, reason = "the figures of the corpus are shown")]

#[path = "salvage/corpus.rs"]
mod corpus;
#[path = "salvage/harmed.rs"]
mod harmed;
#[path = "salvage/kept.rs"]
mod kept;
#[path = "salvage/map.rs"]
mod map;
#[path = "salvage/refused.rs"]
mod refused;
mod support;
