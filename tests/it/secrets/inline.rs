//! Secrets that stand in a file: refused where others may read it, told where it is a secret's own file.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::home::Home;

const HOOK: &str = "[[remedy]]\nid = 'hook'\nhttp = { url = 'https://ci.example/hook?token=hunter2', auth = { bearer = { file = '../../token' } } }\n";

fn set(home: &Home, name: &str, mode: u32) {
    std::fs::set_permissions(home.path(name), std::fs::Permissions::from_mode(mode)).expect("rights can be set");
}

#[test]
fn a_configuration_that_others_can_read_holds_no_secret() {
    let home = Home::with_config(HOOK);
    for mode in [0o644, 0o640, 0o604] {
        set(&home, "config/midwatch/config.toml", mode);
        let ran = home.run(&["status"]);
        assert_eq!(ran.status, 78, "{mode:o}: {ran:?}");
        assert!(ran.err.contains("config.toml:3:16: ") && ran.err.contains("chmod 600"), "{}", ran.err);
        assert!(!ran.err.contains("hunter2"), "{}", ran.err);
    }
    set(&home, "config/midwatch/config.toml", 0o600);
    let shown = home.run(&["config", "show"]);
    assert_eq!(shown.status, 0, "{shown:?}");
    assert!(shown.out.contains("hook?token=…") && !shown.out.contains("hunter2"), "{}", shown.out);
}

#[test]
fn a_preset_or_a_checklist_with_one_is_left_out_and_the_rest_works() {
    let home = Home::with_config("presets = ['team.toml']\n");
    home.write("config/midwatch/team.toml", HOOK);
    home.write(
        "config/midwatch/checklists/own.toml",
        "id = 'own'\ntitle = 'Own'\n[[item]]\nid = 'a'\ntext = 'A'\nhelp = 'x'\nprobe = { command = ['x', '--password=hunter2'] }\n",
    );
    set(&home, "config/midwatch/team.toml", 0o644);
    set(&home, "config/midwatch/checklists/own.toml", 0o644);
    let ran = home.run(&["check"]);
    let told = format!("{}{}", ran.out, ran.err);
    assert!(told.contains("team.toml:3:16") && told.contains("is left out"), "{told}");
    assert!(told.contains("own.toml:7:27"), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    assert!(!home.run(&["remedy", "list"]).out.contains("hook"));
    let lists = home.run(&["checklist", "list"]).out;
    assert!(lists.contains("daily") && !lists.contains("own "), "{lists}");
}

#[test]
fn a_file_with_a_secret_that_others_can_read_is_told() {
    let home = Home::with_config(HOOK);
    set(&home, "config/midwatch/config.toml", 0o600);
    home.write("token", "hunter2\n");
    let told = |mode| {
        set(&home, "token", mode);
        let ran = home.run(&["check"]);
        format!("{}{}", ran.out, ran.err)
    };
    let open = told(0o644);
    assert!(open.contains("others on this machine may read the secret") && open.contains("/token"), "{open}");
    assert!(open.contains("config.toml:3:"), "{open}");
    assert!(!told(0o600).contains("others on this machine"));
}
