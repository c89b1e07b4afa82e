//! Whatever a label says, for every kind: the number of arguments, the program and every other argument stay as they are.

use proptest::prelude::*;

use super::*;
use crate::domain::remediation::kind::{Recipe, Verb};

/// What somebody would put into a label who wants more than a restart.
const NASTY: &[&str] = &[
    "a b",
    "a'b",
    "a\"b",
    "$(id)",
    "`id`",
    "${HOME}",
    "$HOME",
    "a;id",
    "a|id",
    "a&id",
    "a\nid",
    "a\r\nid",
    "\0",
    "a\0b",
    "-rf",
    "--help",
    "-oProxyCommand=id",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "~",
    "~root",
    "*",
    "?",
    "[a-z]",
    "{a,b}",
    "{x}",
    "{{x}}",
    "%s%n",
    "%2e%2e",
    "#",
    "!",
    "!!",
    "\\",
    "\\'",
    "\\n",
    "<in",
    ">out",
    "a\u{202e}b",
    "\u{200b}",
    "\u{feff}",
    "\u{1b}[2J",
    "\u{85}",
    "é",
    "漢字",
    "👩‍🚀",
    "{{ lookup('pipe','id') }}",
    "@file",
    "all",
    "",
    " ",
    "\t",
    "=",
    "A=b",
    "LD_PRELOAD=/x.so",
    "http://evil/",
    "//evil",
    "@evil",
    "?a=b",
    "'\\''",
];

/// A hostile value: one of the list, several of them together, or anything at all; now and then a megabyte of it.
pub(super) fn value() -> impl Strategy<Value = String> {
    let one = || prop::sample::select(NASTY).prop_map(str::to_owned);
    prop_oneof![
        8 => one(),
        8 => prop::collection::vec(one(), 1..5).prop_map(|parts| parts.concat()),
        8 => "\\PC{0,30}",
        4 => any::<String>(),
        4 => "[a-z0-9.-]{1,12}",
        1 => one().prop_map(|part| part.repeat((1 << 20) / part.len().max(1) + 1)),
    ]
}

/// Every kind with a value wherever one may stand.
fn kinds(house: &House) -> Vec<Kind> {
    let kubectl =
        |recipe| Kind::Kubectl { recipe, resource: t("deployment/{x}"), namespace: Some(t("{x}")), context: None };
    let systemd = |unit| Kind::Systemd { verb: Verb::Restart, unit: t(unit), user: false };
    let script =
        |interpreter| Kind::Script { path: house.path("fix.sh"), interpreter, arguments: argv(&["{x}", "-n", "{x}"]) };
    let hosts = Pattern::new("(?s).*").unwrap();
    vec![
        command(&["show", "{x}", "--a={x}", "{x}{x}", "/srv/{x}.d", "end"]),
        command(&["sh", "-c", "show \"$@\"", "sh", "{x}", "end"]),
        script(vec!["sh".to_owned(), "-u".to_owned()]),
        script(Vec::new()),
        Kind::Ssh { host: t("{x}"), hosts: hosts.clone(), user: None, port: None, command: argv(&["uptime"]) },
        Kind::Ssh { host: t("web-1"), hosts, user: None, port: None, command: argv(&["show", "{x}", "--a={x}"]) },
        systemd("{x}"),
        systemd("checkout@{x}.service"),
        kubectl(Recipe::RolloutRestart),
        kubectl(Recipe::RolloutUndo(Some(t("{x}")))),
        kubectl(Recipe::Scale(t("{x}"))),
        Kind::Ansible {
            playbook: house.path("site.yml"),
            inventory: None,
            limit: Some(t("{x}")),
            vars: vec![("a".into(), t("{x}")), ("b".into(), t("b{x}"))],
        },
    ]
}

/// The arguments as the templates have them, by plain replacement.
fn filled(benign: &[String], value: &str, is_ssh: bool, is_json: bool) -> Vec<String> {
    let put = |argument: &String| {
        if is_json && argument.starts_with("--extra-vars=") {
            let json = |value: String| serde_json::to_string(&value).unwrap();
            format!("--extra-vars={{\"a\":{},\"b\":{}}}", json(value.to_owned()), json(format!("b{value}")))
        } else if is_ssh && argument.starts_with("show ") {
            let word = super::super::quote::word;
            format!("show {} {}", word(value), word(&format!("--a={value}")))
        } else {
            argument.replace("1234567", value)
        }
    };
    benign.iter().map(put).collect()
}

/// Fits wherever a value may stand: a host, a unit, a name, a number.
const BENIGN: &str = "1234567";

/// The three processes of a remedy with a dry run and a verification.
fn calls(plan: &Plan) -> [&ProcessCall; 3] {
    [process(&plan.run), process(plan.dry_run.as_ref().unwrap()), process(plan.verify.as_ref().unwrap())]
}

/// Compares what a hostile value makes with what a plain one makes.
fn compare(remedy: &Remedy, hostile: &ProcessCall, benign: &ProcessCall, value: &str) {
    assert_eq!(hostile.argv[0], benign.argv[0]);
    assert_eq!(hostile.argv.len(), benign.argv.len());
    let is_ssh = matches!(remedy.kind, Kind::Ssh { .. });
    let is_json = matches!(remedy.kind, Kind::Ansible { .. });
    let is_remote = |argument: &String| is_ssh && argument.starts_with("show ");
    let wanted = filled(&benign.argv, value, is_ssh, is_json);
    for ((argument, plain), wanted) in hostile.argv.iter().zip(&benign.argv).zip(&wanted) {
        assert!(!argument.chars().any(char::is_control), "{argument:?}");
        assert_eq!(argument.starts_with('-'), plain.starts_with('-'), "{argument:?}");
        if !is_remote(plain) || plain.contains("--a=") {
            assert_eq!(argument, wanted);
        }
    }
    assert_eq!(names(&hostile.env), names(&benign.env));
    assert_eq!((&hostile.cwd, &hostile.script), (&benign.cwd, &None));
}

#[test]
fn a_label_changes_neither_program_nor_number_of_arguments() {
    let house = House::new();
    let declared = |kind| {
        let mut remedy = remedy(kind, anything());
        remedy.verify = Some(argv(&["show", "{x}"]));
        remedy.dry_run = Some(argv(&["show", "a{x}"]));
        let plain = house.plan(&remedy, &wish(&[("x", BENIGN)])).unwrap();
        (remedy, plain)
    };
    let all: Vec<(Remedy, Plan)> = kinds(&house).into_iter().map(declared).collect();
    proptest!(ProptestConfig::with_cases(300), |(value in value())| {
        for (remedy, plain) in &all {
            let Ok(plan) = house.plan(remedy, &wish(&[("x", &value)])) else { continue };
            for (hostile, benign) in calls(&plan).into_iter().zip(calls(plain)) {
                compare(remedy, hostile, benign, &value);
            }
        }
    });
}

#[test]
fn only_values_that_match_whole_get_through() {
    let house = House::new();
    let strict = remedy(command(&["show", "{x}"]), vec![param("x", pattern("[a-z0-9-]{1,8}|ok"))]);
    proptest!(|(value in value())| {
        if let Ok(plan) = house.plan(&strict, &wish(&[("x", &value)])) {
            let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            prop_assert!(value.len() <= 8 && value.bytes().all(fits));
            prop_assert_eq!(&process(&plan.run).argv[1..], [value.as_str()]);
        }
    });
}

#[test]
fn every_kind_takes_a_plain_value() {
    let house = House::new();
    for kind in kinds(&house) {
        let remedy = remedy(kind, anything());
        house.plan(&remedy, &wish(&[("x", BENIGN)])).unwrap();
    }
}

#[test]
fn a_megabyte_is_refused_in_a_short_message() {
    let house = House::new();
    let long = "a".repeat(1 << 20);
    let told = house.refusal(&remedy(command(&["show", "{x}"]), anything()), &wish(&[("x", &long)]));
    assert!(told.contains("longer than") && told.len() < 300, "{told}");
}
