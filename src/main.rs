//! The binary: makes the process private, keeps a limit of memory for the journal, reads clock and zone once, and hands over
//! to the command line.

use chrono::Utc;
use ebbtide::cli;
use ebbtide::cli::System;
use ebbtide::config::zone;
use ebbtide::tui::outside::events::survive_file_size_limit;
use ebbtide::tui::outside::memory::Memory;
use ebbtide::tui::outside::randomness;
use ebbtide::tui::outside::terminal::end_at_panic;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    // First of all: every file that is made from here on gets the narrow mode.
    make_process_private();
    begin_again_with_one_arena();
    // The default action of SIGXFSZ would kill the process in the middle of a save; ignored, the write fails with an error.
    survive_file_size_limit().ok();
    end_at_panic();
    let now = Utc::now();
    let mut seed = [0; 8];
    // Early at boot, or in a sandbox, there may be no randomness. Ids still differ by moment and process then.
    if randomness::fill(&mut seed).is_err() {
        let nanos = now.timestamp_nanos_opt().unwrap_or_default();
        seed = (nanos ^ (i64::from(std::process::id()) << 32)).to_le_bytes();
    }
    let system = System {
        now,
        here: zone::here(),
        seed: u64::from_le_bytes(seed),
    };
    ExitCode::from(cli::run(std::env::args_os(), &system))
}

/// Starts the program anew where memory is limited (`ulimit -v`) and the C library has not been told to keep one arena. It
/// would reserve 64 MB of the limit for each thread, and then refuse the main thread a few bytes, which ends the process.
fn begin_again_with_one_arena() {
    const ARENAS: &str = "MALLOC_ARENA_MAX";
    if std::env::var_os(ARENAS).is_some() || Memory::of_system() == Memory::Unlimited {
        return;
    }
    let mut words = std::env::args_os();
    if let (Some(name), Ok(program)) = (words.next(), std::env::current_exe()) {
        let mut again = Command::new(program);
        again.arg0(name).args(words).env(ARENAS, "1");
        // It comes back only when it did not work; then the program goes on as it is.
        let _not_possible = again.exec();
    }
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
