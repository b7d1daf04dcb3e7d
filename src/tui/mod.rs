//! The full-screen journal: events in, a frame out.
pub mod input;
mod last_resort;
pub mod outside;
pub mod terminal;
pub mod theme;
pub mod widgets;
