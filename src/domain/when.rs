//! Reads what a person types for a moment.
