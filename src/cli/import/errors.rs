//! What is wrong with a file that was to be taken in.

use crate::cli::failure::{Failure, USAGE};
use crate::cli::output;
use crate::transfer::import::error::{MOST_FAULTS, RowError};

/// What is wrong, a line each.
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
