//! The full screen: events in, a frame out.
//!
//! A key goes from [`outside`] through `runtime` to [`update`], which changes the [`model`] and sends requests to
//! [`store_thread`], the thread that owns the journal file. Its answers come back the same way, and [`view`] draws.

pub mod outside;
pub mod store_thread;

pub(crate) mod begin;
pub mod effect;
pub(crate) mod intakes;
pub mod keys;
mod leaving;
pub mod model;
pub mod pointer;
pub(crate) mod questions;
pub(crate) mod readout;
pub(crate) mod runtime;
pub mod screens;
pub mod shared;
pub mod tab;
pub mod theme;
pub mod update;
pub mod view;
pub(crate) mod widgets;

pub(crate) use runtime::{Exit, Opened, Options, RunError, run};
