//! Short hashes by which ticks and notes find their box and their step again.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The first 16 hexadecimal digits of SHA-256 over the parts, each closed by a byte that text does not hold.
pub(super) fn of(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0xff]);
    }
    hash.finalize().iter().take(8).fold(String::with_capacity(16), |mut made, byte| {
        let _ = write!(made, "{byte:02x}");
        made
    })
}
