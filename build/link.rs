//! What an optimised binary for Linux with glibc is linked with: no library but glibc's own, and its relocations packed,
//! which are a tenth of it otherwise.
//!
//! Nothing here is needed: where it cannot be had, the binary is larger.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first glibc that starts a program whose relocations are packed (`DT_RELR`).
const PACKED_SINCE: (u32, u32) = (2, 36);

/// Tells cargo what the linker is to be told.
pub fn arguments(out: &mut impl Write) -> io::Result<()> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let is_glibc = variable("CARGO_CFG_TARGET_OS") == "linux" && variable("CARGO_CFG_TARGET_ENV") == "gnu";
    // For another machine nothing is known of its C library.
    if !is_glibc || variable("HOST") != variable("TARGET") {
        return Ok(());
    }
    writeln!(out, "cargo::rerun-if-env-changed=MIDWATCH_OLD_GLIBC")?;
    if std::env::var_os("MIDWATCH_OLD_GLIBC").is_some() {
        return Ok(());
    }
    // The static unwinder asks glibc for a function of 2.35.
    if let Some(unwinder) = unwinder(Path::new(&variable("OUT_DIR")))? {
        writeln!(out, "cargo::rustc-link-search=native={}", unwinder.display())?;
    }
    if glibc().is_some_and(|version| version >= PACKED_SINCE) {
        writeln!(out, "cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs")?;
    }
    Ok(())
}

/// A folder where the linker finds the static unwinder of GCC by the name of the shared one, if there is a static one.
fn unwinder(out: &Path) -> io::Result<Option<PathBuf>> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let asked = Command::new(compiler).arg("-print-file-name=libgcc_eh.a").output();
    // A compiler that does not know it says the name back.
    let found = asked.ok().and_then(|said| String::from_utf8(said.stdout).ok()).map(|path| PathBuf::from(path.trim()));
    let Some(library) = found.filter(|path| path.is_absolute() && path.exists()) else { return Ok(None) };
    let folder = out.join("unwinder");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("libgcc_s.so"), format!("GROUP ( {} )\n", library.display()))?;
    Ok(Some(folder))
}

/// The version of this machine's glibc.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?.stdout;
    let said = String::from_utf8(said).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
