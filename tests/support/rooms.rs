//! A room of its own for a file: a mount that only the program in it sees. It needs no rights where the system gives user
//! namespaces.
#![allow(clippy::print_stdout, reason = "a test that is skipped says why")]

use std::process::Command;

/// Whether the system lets a test make a room; says so where it does not.
pub fn are_given(wanted: &str) -> bool {
    let try_it = "mount -t tmpfs none /mnt && mount --bind -o ro /mnt /mnt";
    let is_given = Command::new("unshare")
        .args(["-Urm", "sh", "-c", try_it])
        .output()
        .is_ok_and(|output| output.status.success());
    if !is_given {
        println!("skipped: {wanted}, because this system gives no namespace to mount in");
    }
    is_given
}

/// A shell command line that runs `line` in a room. It holds no single quotes.
pub fn line(line: &str) -> String {
    format!("exec unshare -Urm sh -c '{line}'")
}
