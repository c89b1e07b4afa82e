//! Tells the program which commit it is built of, for `--version`, and the linker of an optimised build to make it small.
//!
//! Only optimised builds look at git: a development build would be compiled anew after every commit. Both take what
//! `MIDWATCH_COMMIT` says. Without either, and outside a checkout, the version stands alone.

#[path = "build/allocator.rs"]
mod allocator;
#[path = "build/commit.rs"]
mod commit;
#[path = "build/link.rs"]
mod link;

use std::io::Write as _;
use std::path::Path;

/// What the program is made of; a change elsewhere does not make a build dirty, and starts no new one.
const MADE_OF: [&str; 10] = [
    "build.rs",
    "build",
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "themes",
    "keymaps",
    "checklists",
    "runbooks",
    "migrations",
];

fn main() -> std::io::Result<()> {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_owned());
    let folder = Path::new(&folder);
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_optimised = variable("PROFILE").is_some_and(|profile| profile == "release");
    let mut out = std::io::stdout().lock();
    for name in ["MIDWATCH_COMMIT", "SOURCE_DATE_EPOCH"] {
        writeln!(out, "cargo::rerun-if-env-changed={name}")?;
    }
    writeln!(out, "cargo::rerun-if-changed=build.rs")?;
    writeln!(out, "cargo::rerun-if-changed=build/commit.rs")?;
    writeln!(out, "cargo::rerun-if-changed=build/link.rs")?;
    allocator::settle(&mut out)?;
    if is_optimised {
        link::arguments(&mut out)?;
    }
    let given = commit::given(variable("MIDWATCH_COMMIT").as_deref(), variable("SOURCE_DATE_EPOCH").as_deref());
    let found = if given.is_some() || !is_optimised {
        given
    } else {
        let archive = folder.join(commit::ARCHIVE);
        // A path that is not there would make cargo build anew each time.
        let made_of = MADE_OF.iter().map(|name| folder.join(name)).filter(|path| path.exists());
        for path in made_of.chain(commit::watched(folder)).chain(archive.exists().then_some(archive)) {
            writeln!(out, "cargo::rerun-if-changed={}", path.display())?;
        }
        commit::of_archive(folder, variable("SOURCE_DATE_EPOCH").as_deref())
            .or_else(|| commit::of_git(folder, &MADE_OF))
    };
    let version = variable("CARGO_PKG_VERSION").unwrap_or_default();
    let told = found.map_or_else(|| version.clone(), |commit| format!("{version} ({commit})"));
    writeln!(out, "cargo::rustc-env=MIDWATCH_VERSION={told}")
}
