//! The full-screen journal: events in, a frame out.
pub mod terminal;
pub mod outside;
pub mod theme;
pub mod widgets;
