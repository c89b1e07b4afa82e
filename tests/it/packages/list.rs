//! What goes into packages is there, and what is there goes in.

use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn metadata() -> toml::Table {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    table["package"]["metadata"].as_table().unwrap().clone()
}

/// Source and destination of every file, for both kinds.
fn assets() -> [(&'static str, Vec<(String, String)>); 2] {
    let metadata = metadata();
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let deb = metadata["deb"]["assets"].as_array().unwrap();
    let deb = deb.iter().map(|row| (text(&row[0]), text(&row[1]))).collect();
    let rpm = metadata["generate-rpm"]["assets"].as_array().unwrap();
    let rpm =
        rpm.iter().map(|row| (text(&row["source"]), text(&row["dest"]).trim_start_matches('/').to_owned())).collect();
    [("deb", deb), ("rpm", rpm)]
}

#[test]
fn every_file_of_a_package_is_there_or_made() {
    let script = std::fs::read_to_string(root().join("packaging/assets")).unwrap();
    for (kind, assets) in assets() {
        for (source, _) in &assets {
            let name = source.rsplit('/').next().unwrap();
            let is_there = match source.strip_prefix("target/packaging/") {
                Some(made) => script.contains(&format!("$into/{made}\"")),
                None if name.starts_with('*') => root().join(source.trim_end_matches(name)).is_dir(),
                None => root().join(source).is_file(),
            };
            assert!(is_there, "{kind}: {source} is neither here nor made by packaging/assets");
        }
    }
}

#[test]
fn both_packages_hold_what_an_operator_looks_for() {
    for (kind, assets) in assets() {
        let holds = |end: &str| assets.iter().any(|(_, to)| to.ends_with(end));
        for end in [
            "usr/bin/midwatch",
            "usr/share/bash-completion/completions/midwatch",
            "/_midwatch",
            "usr/share/fish/vendor_completions.d/midwatch.fish",
            "examples/config.toml",
            "examples/themes/",
            "examples/keymaps/",
            "examples/checklists/",
            "examples/runbooks/",
            "systemd/user/midwatch-status.service",
            "systemd/user/midwatch-status.timer",
            "LICENSE-MIT",
            "LICENSE-APACHE",
        ] {
            assert!(holds(end), "{kind} lacks {end}");
        }
        assert!(assets.iter().any(|(_, to)| to.contains("man/man1/midwatch.1")), "{kind} lacks the manual");
    }
}

#[test]
fn the_unit_takes_the_exit_codes_of_status_for_what_they_are() {
    let unit = std::fs::read_to_string(root().join("packaging/systemd/midwatch-status.service")).unwrap();
    let says = |line: &str| unit.lines().any(|known| known == line);
    // Firing is told and is no failure; critical and unknown are.
    assert!(says("SuccessExitStatus=1") && says("Type=oneshot"), "{unit}");
    assert!(says("ExecStart=/usr/bin/midwatch --read-only status --format line"), "{unit}");
    assert_eq!((midwatch::cli::exit::FIRING, midwatch::cli::exit::UNKNOWN), (1, 3));
}

#[test]
fn the_manual_is_the_same_from_every_commit() {
    let told = std::process::Command::new(env!("CARGO_BIN_EXE_midwatch")).arg("man").output().unwrap();
    let page = String::from_utf8(told.stdout).unwrap();
    let title = page.lines().find(|line| line.starts_with(".TH")).unwrap();
    assert!(
        title.ends_with(concat!("\"midwatch ", env!("CARGO_PKG_VERSION"), "\"")) || !title.contains('('),
        "{title}"
    );
    assert!(page.contains(env!("CARGO_PKG_VERSION")), "{title}");
}
