//! See [`ebbtide::fuzz::settings`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::settings(data));
