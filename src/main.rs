//! The binary: makes the process private, reads clock and zone once, and hands over to the command line.

use chrono::Utc;
use ebbtide::cli;
use ebbtide::cli::System;
use ebbtide::config::zone;
use ebbtide::tui::outside::events::survive_file_size_limit;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

fn main() -> ExitCode {
    keep_to_ourselves();
    // Without it a write beyond a file size limit would end the process in the middle of a save.
    survive_file_size_limit().ok();
    let now = Utc::now();
    let mut seed = [0; 8];
    // Without the system's randomness ids still differ by moment and process.
    if getrandom::fill(&mut seed).is_err() {
        let nanos = now.timestamp_nanos_opt().unwrap_or_default();
        seed = (nanos ^ (i64::from(std::process::id()) << 32)).to_le_bytes();
    }
    let system = System {
        now,
        here: zone::here(),
        seed: u64::from_le_bytes(seed),
    };
    // A fault was reported by the panic hook already; 1 is what an error ends with, here as everywhere.
    let code =
        std::panic::catch_unwind(AssertUnwindSafe(|| cli::run(std::env::args_os(), &system)));
    ExitCode::from(code.unwrap_or(1))
}

/// Files are for this user alone, and a crash leaves no image of memory behind. Where the system has no such switch,
/// things stay as they are.
fn keep_to_ourselves() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};
    umask(rustix::fs::Mode::from_raw_mode(0o077));
    let limit = Rlimit {
        current: Some(0),
        maximum: getrlimit(Resource::Core).maximum,
    };
    setrlimit(Resource::Core, limit).ok();
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}
