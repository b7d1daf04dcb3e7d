//! The binary: makes the process private, reads clock and zone once, and hands over to the command line.

use chrono::Utc;
use ebbtide::cli;
use ebbtide::cli::System;
use ebbtide::config::zone;
use ebbtide::tui::outside::events::survive_file_size_limit;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

fn main() -> ExitCode {
    // First of all: every file that is made from here on gets the narrow mode.
    make_process_private();
    // The default action of SIGXFSZ would kill the process in the middle of a save; ignored, the write fails with an error.
    survive_file_size_limit().ok();
    let now = Utc::now();
    let mut seed = [0; 8];
    // Early at boot, or in a sandbox, there may be no randomness. Ids still differ by moment and process then.
    if getrandom::fill(&mut seed).is_err() {
        let nanos = now.timestamp_nanos_opt().unwrap_or_default();
        seed = (nanos ^ (i64::from(std::process::id()) << 32)).to_le_bytes();
    }
    let system = System {
        now,
        here: zone::here(),
        seed: u64::from_le_bytes(seed),
    };
    // The panic hook has given the terminal back and reported the fault, so only the exit code of an error is left to set.
    let code =
        std::panic::catch_unwind(AssertUnwindSafe(|| cli::run(std::env::args_os(), &system)));
    ExitCode::from(code.unwrap_or(1))
}

/// Makes new files readable for this user alone, and keeps a crash from writing the memory, with notes in it, to the disk. On
/// a system without such a switch nothing changes.
fn make_process_private() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};
    umask(rustix::fs::Mode::from_raw_mode(0o077));
    let limit = Rlimit {
        current: Some(0),
        maximum: getrlimit(Resource::Core).maximum,
    };
    setrlimit(Resource::Core, limit).ok();
    // Beside the limit: a core pattern that pipes to a program ignores it, and other processes of this user must not
    // read the memory.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}
