//! How a process ends. The numbers are part of the contract: scripts and monitors read them.

/// Done; for `status`: quiet, and all sources live. For `check`: nothing is wrong. For `remedy run`: it did what it
/// should, and what verifies it agrees.
pub const OK: u8 = 0;
/// For `status`: something is unacked, nothing of it critical. For `check`: something is wrong. For an
/// action: it was not done. For `remedy run`: it failed, was cancelled or was refused. For `runbook`: there is none.
pub const FIRING: u8 = 1;
/// For `status`: something critical is unacked. Wins over [`UNKNOWN`].
pub const CRITICAL: u8 = 2;
/// For `status`: a source is not live, so the rest is not known. Wins over [`FIRING`]. For `remedy run`: it is not
/// known, or could not be verified, whether it did what it should.
pub const UNKNOWN: u8 = 3;
/// Bad usage (`EX_USAGE` of sysexits.h).
pub const USAGE: u8 = 64;
/// A fault of midwatch itself (`EX_SOFTWARE`).
pub const FAULT: u8 = 70;
/// A bad configuration (`EX_CONFIG`).
pub const CONFIGURATION: u8 = 78;

/// How to end after the arguments could not be read, or asked for help or the version.
#[must_use]
pub fn after(error: &clap::Error) -> u8 {
    if error.use_stderr() { USAGE } else { OK }
}
