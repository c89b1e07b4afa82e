//! The program as a file.

use std::process::Command;

use super::mb;
use crate::args::Args;
use crate::figures::{Table, short};

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let size = std::fs::metadata(&args.midwatch).map_or(f64::NAN, |file| {
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let size = file.len() as f64;
        size
    });
    table.row("the release binary, stripped", &format!("{} MB", short(mb(size))), "≤ 15 MB", Some(mb(size) <= 15.0));
    let said = Command::new("ldd").arg(&args.midwatch).output();
    let text = said.map_or_else(|error| error.to_string(), |said| String::from_utf8_lossy(&said.stdout).into_owned());
    let names: Vec<&str> = text.lines().filter_map(|row| row.split_whitespace().next()).collect();
    // What the C library itself consists of and comes with (libgcc_s unwinds threads that end), and the kernel's page.
    let of_libc = ["libc.so", "libm.so", "libgcc_s", "ld-linux", "linux-vdso", "not", "statically"];
    let only = names.iter().all(|name| of_libc.iter().any(|known| name.contains(known)));
    table.row("shared libraries", &names.join(", "), "none but libc's", Some(only));
}
