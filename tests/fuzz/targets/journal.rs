//! See [`ebbtide::fuzz::journal`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::journal(data));
