//! See [`ebbtide::fuzz::moment`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ebbtide::fuzz::moment(data));
