//! What a person waits for: reading, saving, drawing, searching, giving back and taking in; each on journals of every size.
//!
//! `cargo bench` runs all of it in some minutes, `cargo bench -- drawing` one part. How it is from outside, through a
//! terminal, is measured by `tests/speed/run`.
#![allow(clippy::unwrap_used, missing_docs)]

mod counting;
mod drawing;
mod giving;
mod made;
mod reading;
mod saving;
mod taking;

use std::time::Duration;

fn main() {
    // Removed at the end, which a static alone would not be.
    let folder = tempfile::tempdir().unwrap();
    made::stand_in(folder.path());
    divan::Divan::default()
        .sample_count(40)
        // A single run of what takes longer is still told.
        .max_time(Duration::from_millis(400))
        .config_with_args()
        .main();
}
