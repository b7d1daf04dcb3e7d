//! See [`ebbtide::fuzz::import`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::import(data));
