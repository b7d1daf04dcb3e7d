//! See [`ebbtide::fuzz::locked`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::locked(data));
