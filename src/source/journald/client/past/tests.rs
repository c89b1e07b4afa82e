//! A stand-in for `journalctl` that says what a test wants.
