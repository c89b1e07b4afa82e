//! Very many zeros, packed very small (RFC 1951 and 1952): more than the bound on any answer.

use std::sync::LazyLock;

/// How often 258 zeros are repeated: 96 MiB.
const MATCHES: usize = (96 << 20) / 258;
/// What gzip begins with: deflate, no flags, no time, any system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The zeros, packed. Its check sum is wrong, which nobody sees who stops in time.
pub static ZEROS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bits = Bits { bytes: HEAD.to_vec(), begun: 0, count: 0 };
    // The last block, with the fixed codes: one zero, then "258 as the last one", again and again.
    bits.push("110");
    bits.push("00110000");
    for _ in 0..MATCHES {
        bits.push("1100010100000");
    }
    bits.push("0000000");
    bits.push("0000000");
    bits.bytes.extend([0; 8]);
    bits.bytes
});

/// Bits, the first in the lowest place of a byte.
struct Bits {
    bytes: Vec<u8>,
    begun: u8,
    count: u8,
}

impl Bits {
    fn push(&mut self, bits: &str) {
        for bit in bits.bytes() {
            self.begun |= (bit - b'0') << self.count;
            self.count += 1;
            if self.count == 8 {
                self.bytes.push(std::mem::take(&mut self.begun));
                self.count = 0;
            }
        }
    }
}
