//! One setting of glibc's allocator, which can only be made in C: see `allocator.c`. Other C libraries need none.

use std::io::{self, Write};

/// Compiles the setting into everything that is linked with the library.
pub fn settle(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "cargo::rerun-if-changed=build/allocator.rs")?;
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    if variable("CARGO_CFG_TARGET_OS") != "linux" || variable("CARGO_CFG_TARGET_ENV") != "gnu" {
        return Ok(());
    }
    writeln!(out, "cargo::rerun-if-changed=build/allocator.c")?;
    // Nothing names the function in it: the linker would leave it out.
    let mut compiler = cc::Build::new();
    compiler.file("build/allocator.c").warnings(true).link_lib_modifier("+whole-archive");
    compiler.try_compile("midwatch_allocator").map_err(io::Error::other)
}
