//! The library of numbers: each start would load it for one function that is never called.

/// Puts that function into the released program, so that the library is left out. On other processors and systems it stays.
pub(super) fn leave_out_their_library() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|it| it == value);
    let is_known = is("CARGO_CFG_TARGET_ARCH", "x86_64") && is("CARGO_CFG_TARGET_OS", "linux");
    if !(is("PROFILE", "release") && is_known) {
        return;
    }
    let objects = cc::Build::new()
        .file("assets/build/log10.c")
        .debug(false)
        .try_compile_intermediates();
    for object in objects.unwrap_or_default() {
        println!("cargo::rustc-link-arg-bins={}", object.display());
    }
}
