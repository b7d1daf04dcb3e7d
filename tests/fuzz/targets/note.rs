//! See [`ebbtide::fuzz::note`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::note(data));
