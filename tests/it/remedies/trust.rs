//! Commands that others could have written are not run until somebody has read and accepted them; read-only runs
//! nothing at all.

use std::os::unix::fs::PermissionsExt as _;

use super::{calls, home, nothing_ran, only_call, run};
use crate::support::home::Home;

const REMEDY: &str = "[[remedy]]\nid = \"mend\"\ncommand = [\"mend\", \"--hard\"]\ncooldown = \"0s\"\n";
const FILE: &str = "config/midwatch/config.toml";

fn set_mode(home: &Home, name: &str, mode: u32) {
    std::fs::set_permissions(home.path(name), std::fs::Permissions::from_mode(mode)).expect("a mode can be set");
}

/// Shows what a file brings; its hash.
fn shown(home: &Home, file: &str) -> String {
    let shown = home.run(&["remedy", "accept", file]);
    assert_eq!(shown.status, 1, "nobody agreed: {shown:?}");
    assert!(shown.out.contains("remedy mend: ") && shown.out.contains("mend --hard"), "{shown:?}");
    let hash = shown.out.lines().find_map(|line| line.strip_prefix("sha256 ")).expect("a hash");
    assert_eq!(hash.len(), 64);
    assert!(shown.err.contains(&format!("--yes {}", &hash[..8])), "{shown:?}");
    hash.to_owned()
}

#[test]
fn a_file_that_the_group_can_write_runs_nothing_until_its_content_is_accepted() {
    let home = home(REMEDY, &[("mend", "echo mended\n")]);
    set_mode(&home, FILE, 0o660);
    let path = home.path(FILE).display().to_string();
    let refused = run(&home, "mend", &[]);
    assert_eq!(refused.status, 1, "{refused:?}");
    for words in ["can be written by the group", "chmod go-w", "midwatch remedy accept", &path] {
        assert!(refused.err.contains(words), "{words}: {refused:?}");
    }
    let hash = shown(&home, &path);
    let wrong = home.run(&["remedy", "accept", &path, "--yes", "00000000"]);
    assert_eq!(wrong.status, 1, "{wrong:?}");
    let short = home.run(&["remedy", "accept", &path, "--yes", &hash[..7]]);
    assert_eq!(short.status, 1, "{short:?}");
    assert_eq!(run(&home, "mend", &[]).status, 1, "showing it accepts nothing");
    nothing_ran(&home);

    let accepted = home.run(&["remedy", "accept", &path, "--yes", &hash[..8]]);
    assert_eq!(accepted.status, 0, "{accepted:?}");
    let ran = run(&home, "mend", &[]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(only_call(&home, "mend").argv, ["--hard"]);

    let text = std::fs::read_to_string(home.path(FILE)).expect("the configuration");
    home.write(FILE, &format!("{text}#"));
    assert_eq!(run(&home, "mend", &[]).status, 1, "one byte more is another content");
    assert_eq!(calls(&home, "mend").len(), 1);
    set_mode(&home, FILE, 0o640);
    assert_eq!(run(&home, "mend", &[]).status, 0, "only the owner can write it now");
}

#[test]
fn a_preset_is_accepted_even_where_nobody_else_can_write_it() {
    let home = home("presets = [\"team.toml\"]\n", &[("mend", "")]);
    let preset = home.write("config/midwatch/team.toml", REMEDY).display().to_string();
    let refused = run(&home, "mend", &[]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("not accepted by ana yet") && refused.err.contains("team.toml"), "{refused:?}");
    let tried = home.run(&["remedy", "run", "mend", "--dry-run"]);
    assert_eq!(tried.status, 1, "a hurdle is told with the plan: {tried:?}");
    let hash = shown(&home, &preset);
    nothing_ran(&home);
    assert_eq!(home.run(&["remedy", "accept", &preset, "--yes", &hash]).status, 0);
    assert_eq!(run(&home, "mend", &[]).status, 0);
    home.write("config/midwatch/team.toml", &format!("{REMEDY}\n"));
    assert_eq!(run(&home, "mend", &[]).status, 1);
    assert_eq!(calls(&home, "mend").len(), 1);
}

#[test]
fn a_script_that_others_can_write_is_not_run() {
    let config =
        "[[remedy]]\nid = \"mend\"\ncooldown = \"0s\"\nscript = { path = \"mend.sh\", interpreter = [\"sh\"] }\n";
    let home = home(config, &[("mend", "")]);
    home.write("config/midwatch/mend.sh", "exec mend\n");
    set_mode(&home, "config/midwatch/mend.sh", 0o666);
    let refused = run(&home, "mend", &[]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.err.contains("can be written by everybody") && refused.err.contains("mend.sh"), "{refused:?}");
    nothing_ran(&home);
    set_mode(&home, "config/midwatch/mend.sh", 0o644);
    assert_eq!(run(&home, "mend", &[]).status, 0);
    assert_eq!(calls(&home, "mend").len(), 1);
}

#[test]
fn read_only_starts_no_process_at_all() {
    let more = "dry_run = [\"look\"]\nverify = [\"verify\"]\nrequire = [{ command = [\"require\"] }]\n\
                env = [\"PATH\", { TOKEN = { command = [\"ask-secret\"] } }]\n";
    let all = [("mend", ""), ("look", ""), ("verify", ""), ("require", ""), ("ask-secret", "echo x\n")];
    let remedy = format!("{REMEDY}{more}");
    let by_file = home(&format!("read_only = true\n{remedy}"), &all);
    let by_flag = home(&remedy, &all);
    for (home, flag) in [(&by_file, None), (&by_flag, Some("--read-only"))] {
        for arguments in [
            &["remedy", "run", "mend", "--yes", "mend"][..],
            &["remedy", "run", "mend", "--dry-run", "--try"],
            &["remedy", "accept", "config/midwatch/config.toml", "--yes", "0123456789"],
        ] {
            let arguments: Vec<&str> = flag.into_iter().chain(arguments.iter().copied()).collect();
            let refused = home.run(&arguments);
            assert_eq!(refused.status, 1, "{arguments:?}: {refused:?}");
            assert!(refused.err.contains("read-only") || refused.err.contains("read_only"), "{refused:?}");
        }
        nothing_ran(home);
        journal_is_empty(home);
    }
    let seen = by_file.run(&["remedy", "run", "mend", "--dry-run"]);
    assert!(seen.out.contains("\"--hard\""), "looking is allowed: {seen:?}");
    nothing_ran(&by_file);
    let ran = run(&by_flag, "mend", &[]);
    assert_eq!(ran.status, 0, "without the flag it runs: {ran:?}");
    assert_eq!(calls(&by_flag, "verify").len(), 1);
}

fn journal_is_empty(home: &Home) {
    super::journal_holds(home, 0);
}
