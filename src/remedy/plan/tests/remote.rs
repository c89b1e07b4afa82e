//! OpenSSH's command line, which hosts it takes, and what a shell at the other end reads.

use std::process::Command;

use proptest::prelude::*;

use super::super::quote;
use super::*;

fn to(host: &str, hosts: &str, words: &[&str]) -> Remedy {
    let hosts = Pattern::new(hosts).unwrap();
    let kind = Kind::Ssh { host: t(host), hosts, user: Some("ops".into()), port: Some(2222), command: argv(words) };
    remedy(
        kind,
        vec![param("x", pattern(".*")), Param { default: Some("web-1".into()), ..param("host", pattern(".*")) }],
    )
}

#[test]
fn nothing_is_asked_nothing_is_forwarded_and_the_command_is_one_argument() {
    let house = House::new();
    let mut restart = to("{host}.shop", r"[a-z0-9-]+\.shop", &["systemctl", "restart", "web@{x}"]);
    restart.verify = Some(argv(&["systemctl", "is-active", "web@{x}"]));
    let plan = house.plan(&restart, &wish(&[("x", "it's $HOME")])).unwrap();
    let line = process(&plan.run).argv[1..].join(" ");
    let options = "-o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=yes -o ForwardAgent=no -o \
                   ClearAllForwardings=yes -o RequestTTY=no -o ControlMaster=no -o PermitLocalCommand=no -p 2222 -l ops -- web-1.shop";
    assert_eq!(line, format!(r"{options} systemctl restart 'web@it'\''s $HOME'"));
    assert_eq!(names(&process(&plan.run).env), ["HOME", "SSH_AUTH_SOCK"]);
    let verify = process(plan.verify.as_ref().unwrap());
    assert_eq!(verify.argv[0], house.text("ssh"));
    assert_eq!(verify.argv.last().unwrap(), r"systemctl is-active 'web@it'\''s $HOME'");
}

#[test]
fn a_host_is_a_host_and_matches_whole() {
    let house = House::new();
    let any = to("{host}", "(?s).*", &["uptime"]);
    for wrong in [
        "-oProxyCommand=id",
        "a b",
        "root@web",
        "ssh://web",
        "web;id",
        "$(id)",
        "`id`",
        "..",
        "a/b",
        "ä",
        "%h",
        "[::1]",
        "a\nb",
    ] {
        assert!(house.plan(&any, &wish(&[("x", "1"), ("host", wrong)])).is_err(), "{wrong}");
    }
    for fine in ["web-1", "10.0.0.7", "web_1.shop.example", "fe80::1", "::1"] {
        assert!(house.plan(&any, &wish(&[("x", "1"), ("host", fine)])).is_ok(), "{fine}");
    }
    let some = to("{host}", "web-[0-9]", &["uptime"]);
    for wrong in ["web-10", "xweb-1", "web-1.evil.example"] {
        let told = house.refusal(&some, &wish(&[("x", "1"), ("host", wrong)]));
        assert!(told.contains("does not match `hosts` (web-[0-9]) whole"), "{told}");
    }
}

#[test]
fn a_value_names_no_program_and_no_code_there_either() {
    let house = House::new();
    for words in [&["{x}"] as &[&str], &["sh", "-c", "kill {x}"], &["eval", "{x}"], &["sudo", "ssh", "db", "{x}"]] {
        assert!(house.plan(&to("web-1", ".*", words), &wish(&[("x", "a")])).is_err(), "{words:?}");
    }
}

fn read_by(shell: &str, line: &str) -> Vec<String> {
    let made = Command::new(shell).arg("-c").arg(format!("printf '%s\\0' {line}")).output().unwrap();
    assert!(made.status.success() && made.stderr.is_empty(), "{line}: {made:?}");
    let text = String::from_utf8(made.stdout).unwrap();
    text.strip_suffix('\0').unwrap().split('\0').map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_shell_reads_the_same_words_again(words in prop::collection::vec(super::hostile::value(), 1..5)) {
        let words: Vec<String> = words.into_iter().map(|word| word.replace('\0', "").chars().take(9_000).collect()).collect();
        let line = quote::line(words.iter().map(String::as_str));
        prop_assert_eq!(read_by("/bin/sh", &line), words);
    }
}

#[test]
fn the_other_end_reads_what_was_planned() {
    let house = House::new();
    let show = to("web-1", ".*", &["show", "--a={x}", "b{x}c", "{x}", "end"]);
    proptest!(ProptestConfig::with_cases(96), |(value in super::hostile::value())| {
        if let Ok(plan) = house.plan(&show, &wish(&[("x", &value)])) {
            let argv = &process(&plan.run).argv;
            prop_assert_eq!(argv.len(), 24);
            let line = argv[23].strip_prefix("show ").unwrap();
            let wanted = [format!("--a={value}"), format!("b{value}c"), value.clone(), "end".into()];
            prop_assert_eq!(read_by("/bin/sh", line), wanted);
        }
    });
}
