#![no_main]
//! See `midwatch::parsers`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| midwatch::parsers::read("checklist", bytes));
