//! The terminal: its events, its modes, its clipboard, and the last resort when the main loop is stuck. Beside it what else the
//! system gives: memory and randomness.

pub(crate) mod alarm;
mod burst;
mod changes;
pub(crate) mod clipboard;
mod drawing;
pub(crate) mod ending_signals;
pub mod events;
pub(crate) mod hidden;
pub(super) mod last_resort;
pub(crate) mod lines;
pub mod memory;
pub(crate) mod presenter;
pub(crate) mod printed;
pub mod randomness;
pub mod terminal;
