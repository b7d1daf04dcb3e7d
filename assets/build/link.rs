//! How the released program is put together on Linux. It ends at a panic, in its hook, so that nothing looks for a way to unwind.

use std::path::{Path, PathBuf};

/// The functions of a start, in the order in which they are to lie, with a star for what differs between builds.
/// `tests/speed/order` writes it.
const ORDER: &str = include_str!("order.txt");

/// Tells the linker; other builds, other systems and a linker that somebody chose keep their usual ways.
pub(super) fn settle() {
    if !(is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux")) {
        return;
    }
    // The index of the tables: 0.1 MB of the file.
    println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    let is_chosen =
        std::env::var_os("RUSTC_LINKER").is_some() || has("CARGO_ENCODED_RUSTFLAGS", "fuse-ld");
    if is_chosen {
        return;
    }
    put_a_start_together();
    if is("CARGO_CFG_TARGET_ENV", "gnu") && !has("CARGO_CFG_TARGET_FEATURE", "crt-static") {
        leave_out_the_tables_of_unwinding();
        // What these libraries would be asked for stands in the program itself, so that no start loads them.
        add("assets/build/unwind.c");
        if is("CARGO_CFG_TARGET_ARCH", "x86_64") {
            add("assets/build/log10.c");
        }
    }
}

/// Lays the functions that a start passes through side by side. A system reads a program in pieces of 64 KB, and each is waited
/// for: spread over the file, the functions of a start lie in eighty of them, and together in thirty.
fn put_a_start_together() {
    let Some(folder) = std::env::var_os("OUT_DIR") else {
        return;
    };
    let script = Path::new(&folder).join("order.ld");
    if std::fs::write(&script, script_of(ORDER)).is_ok() {
        pass_on(&format!("-T{}", script.display()));
    }
}

/// A compiler puts each function into a section of its name, and those that are rarely called into another one.
fn script_of(order: &str) -> String {
    let sections = order
        .lines()
        .map(|name| format!(" *(.text.{name} .text.unlikely.{name})\n"));
    let sections = sections.collect::<Vec<_>>().concat();
    format!("SECTIONS {{ .text.start : {{\n{sections}}} }} INSERT BEFORE .text;\n")
}

/// 0.9 MB of the file. Compilers write them whatever they are told, and the standard library comes with its own.
fn leave_out_the_tables_of_unwinding() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    pass_on(&format!("-T{folder}/assets/build/link.ld"));
}

/// Compiles a file of C into the program.
fn add(file: &str) {
    let objects = cc::Build::new()
        .file(file)
        .debug(false)
        .try_compile_intermediates();
    for object in objects.unwrap_or_default() {
        println!("cargo::rustc-link-arg-bins={}", object.display());
    }
}

/// Gives the linker an option that it knows.
fn pass_on(option: &str) {
    if links_with(option) {
        println!("cargo::rustc-link-arg-bins={option}");
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
