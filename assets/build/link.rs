//! How the released program is put together on Linux. It ends at a panic, in its hook, so that nothing looks for a way to unwind.

use std::path::PathBuf;

/// Tells the linker; other builds, other systems and a linker that somebody chose keep their usual ways.
pub(super) fn settle() {
    if !(is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux")) {
        return;
    }
    // The index of the tables: 0.1 MB of the file.
    println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    let is_static = has("CARGO_CFG_TARGET_FEATURE", "crt-static");
    let is_chosen =
        std::env::var_os("RUSTC_LINKER").is_some() || has("CARGO_ENCODED_RUSTFLAGS", "fuse-ld");
    if is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static && !is_chosen {
        leave_out_the_tables_of_unwinding();
    }
}

/// 0.9 MB of the file. Compilers write them whatever they are told, and the standard library comes with its own.
fn leave_out_the_tables_of_unwinding() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let script = format!("-T{folder}/assets/build/link.ld");
    if links_with(&script) {
        println!("cargo::rustc-link-arg-bins={script}");
    }
}

/// Whether a program can be linked so. What a C library begins its programs with may ask for the tables.
fn links_with(option: &str) -> bool {
    let linked = || {
        let folder = PathBuf::from(std::env::var_os("OUT_DIR")?);
        let source = folder.join("empty.c");
        std::fs::write(&source, "int main(void) { return 0; }\n").ok()?;
        let mut asked = cc::Build::new().try_get_compiler().ok()?.to_command();
        asked.arg(&source).args(["-pie", option, "-o"]);
        let answer = asked.arg(folder.join("empty")).output().ok()?;
        Some(answer.status.success())
    };
    linked().unwrap_or(false)
}

fn is(name: &str, value: &str) -> bool {
    std::env::var(name).is_ok_and(|it| it == value)
}

fn has(name: &str, part: &str) -> bool {
    std::env::var(name).is_ok_and(|it| it.contains(part))
}
