//! The faces of the program, each held against the model.

pub mod binary;
pub mod files;
pub mod report;
pub mod status;
pub mod taper;
pub mod trend;
