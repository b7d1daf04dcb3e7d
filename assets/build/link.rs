//! How the released program is put together on Linux. It ends at a panic, in its hook, so that nothing looks for a way to unwind.

use std::path::{Path, PathBuf};

/// Tells the linker; other builds and other systems keep its usual ways.
pub(super) fn settle() {
    if !(is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux")) {
        return;
    }
    leave_out_the_tables_of_unwinding();
    if is("CARGO_CFG_TARGET_ENV", "gnu") {
        bring_the_library_of_unwinding();
    }
}

/// The tables and their index are 1 MB of the file. Compilers write them whatever they are told, and the standard library comes
/// with its own.
fn leave_out_the_tables_of_unwinding() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    println!("cargo::rustc-link-arg-bins=-T{folder}/assets/build/link.ld");
}

/// Each library that is looked for costs a start 0.1 ms, and of this one a name or two are asked that are never called. Where
/// the C compiler has no copy to link in, it stays a library.
fn bring_the_library_of_unwinding() {
    if let Some(folder) = folder_of("libgcc_eh.a") {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// Where the C compiler keeps this file. It says the bare name when it has none.
fn folder_of(name: &str) -> Option<PathBuf> {
    let compiler = cc::Build::new().try_get_compiler().ok()?;
    let mut asked = compiler.to_command();
    let answer = asked
        .arg(format!("-print-file-name={name}"))
        .output()
        .ok()?;
    let path = String::from_utf8(answer.stdout).ok()?;
    let path = Path::new(path.trim());
    path.is_absolute()
        .then(|| path.parent().map(Path::to_path_buf))?
}

fn is(name: &str, value: &str) -> bool {
    std::env::var(name).is_ok_and(|it| it == value)
}
