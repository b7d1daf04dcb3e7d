//! The way to the terminal: events from it, its modes, its clipboard, and what is done when all else fails.

pub mod clipboard;
pub mod events;
pub(super) mod last_resort;
pub mod terminal;
