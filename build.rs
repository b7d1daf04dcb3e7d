//! What is made before the program is compiled.

#[path = "assets/build/sqlite.rs"]
mod sqlite;
#[path = "assets/build/tables.rs"]
mod tables;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/build");
    sqlite::compile();
    tables::write();
    leave_out_the_index_of_unwinding();
}

/// The released program ends at a panic, so that nothing looks for a way to unwind: 0.1 MB of the file.
fn leave_out_the_index_of_unwinding() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|it| it == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    }
}
