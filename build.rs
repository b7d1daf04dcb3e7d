//! What is made before the program is compiled.

#[path = "assets/build/link.rs"]
mod link;
#[path = "assets/build/sqlite.rs"]
mod sqlite;
#[path = "assets/build/tables.rs"]
mod tables;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/build");
    sqlite::compile();
    tables::write();
    link::settle();
}
