//! The errors of a file to import.

use crate::cli::failure::{Failure, USAGE};
use crate::cli::output;
use crate::transfer::import::error::{MOST_FAULTS, RowError};

/// Prints the errors, one a line, and returns the failure.
pub(super) fn slips(errors: &[RowError]) -> Failure {
    for error in errors {
        output::say(&error.to_string());
    }
    if errors.len() >= MOST_FAULTS {
        output::say("\u{2026} and perhaps more");
    }
    Failure::new(
        USAGE,
        "this could not be read, so nothing was taken in and the journal is as it was",
    )
}
