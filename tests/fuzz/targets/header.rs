//! See [`ebbtide::fuzz::header`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::header(data));
