//! No value where it would become code, and no secret where it would be seen.

use proptest::prelude::*;

use super::{good, load, remedy, told};

#[test]
fn no_value_becomes_part_of_what_an_interpreter_runs() {
    for argv in [
        "'sh', '-c', 'systemctl restart {x}'",
        "'/bin/bash', '-lc', 'a {x}'",
        "'bash', '-ec', '{x}'",
        "'bash', '-c', '-e', 'echo {x}'",
        "'bash', '-o', 'pipefail', '-c', 'a {x}'",
        "'bash', '--rcfile', '{x}'",
        "'bash', '{x}'",
        "'bash', '/srv/{x}.sh'",
        "'sudo', '-u', 'app', 'sh', '-c', 'a {x}'",
        "'env', 'A=b', 'bash', '-c', 'a {x}'",
        "'su', 'app', '-c', 'a {x}'",
        "'python3', '-c', 'print({x})'",
        "'python3', '-c{x}'",
        "'perl', '-ne', 'print {x}'",
        "'node', '-e', '{x}'",
    ] {
        for key in ["command", "dry_run", "verify"] {
            let base = if key == "command" { "" } else { "command = ['true']\n" };
            let told = told(&remedy(&format!("{base}{key} = [{argv}]")));
            assert!(told.len() == 1 && told[0].contains("a value here would decide what"), "{argv}: {told:#?}");
        }
        let told = told(&remedy(&format!("ssh = {{ host = 'a', command = [{argv}] }}")));
        assert!(!told.is_empty(), "{argv} over there");
    }
    for argv in [
        "'sh', '-c', 'systemctl restart \"$1\"', 'sh', '{x}'",
        "'bash', '-c', 'a \"$1\"', '-c', '{x}'",
        "'bash', 'fix.sh', '{x}'",
        "'python3', '-m', 'fix', '{x}'",
        "'sudo', 'systemctl', 'restart', '{x}'",
        "'systemctl', 'restart', 'ssh', '{x}'",
        "'runuser', '-u', '{x}', '--', 'true'",
    ] {
        good(&remedy(&format!("command = [{argv}]")));
    }
}

#[test]
fn ssh_as_a_program_takes_no_values() {
    for argv in ["'ssh', 'web-1', 'systemctl restart {x}'", "'sudo', 'ssh', '{x}', 'uptime'"] {
        let told = told(&remedy(&format!("command = [{argv}]")));
        assert!(told.len() == 1 && told[0].contains("ssh hands its arguments to a shell over there"), "{told:?}");
    }
}

#[test]
fn no_value_decides_where_programs_are_found() {
    for name in ["PATH", "LD_PRELOAD", "BASH_ENV", "PYTHONPATH", "PERL5LIB", "NODE_OPTIONS", "IFS", "HOME"] {
        let told = told(&remedy(&format!("command = ['true', '{{x}}']\nenv = [{{ {name} = '/a/{{x}}' }}]")));
        assert!(told.len() == 1 && told[0].contains("which decides what runs"), "{name}: {told:?}");
    }
    good(&remedy("command = ['true']\nenv = [{ PATHS = '{x}', ENVIRONMENT = '{x}' }]"));
}

#[test]
fn a_secret_is_in_no_text() {
    let secret = "[remedy.params.pin]\ntype = 'secret'\n";
    for lines in [
        "command = ['a', '{pin}']",
        "command = ['a']\ntarget = '{pin}'",
        "command = ['a']\nverify = ['a', '{pin}']",
        "command = ['a']\nenv = [{ A = '{pin}' }]",
        "script = { path = 'a', args = ['{pin}'] }",
        "http = { url = 'https://a/{pin}' }\ndry_run = ['a']",
        "http = { url = 'https://a/', body = { a = '{pin}' } }\ndry_run = ['a']",
        "ansible = { playbook = 'a', vars = { a = '{pin}' } }",
    ] {
        let told = told(&format!("[[remedy]]\nid = 'a'\n{lines}\n{secret}"));
        assert!(
            told.len() == 1 && told[0].contains("finds it in the variable MIDWATCH_PARAM_PIN"),
            "{lines}: {told:?}"
        );
    }
}

#[test]
fn one_with_any_mistake_is_left_out_whole() {
    for line in ["aprovals = 2", "approvals = 3", "confirm = 'tpye'", "timeout = 'long'", "title = 5"] {
        let (settings, found) = load(&remedy(&format!("command = ['true', '{{x}}']\n{line}")));
        assert_eq!((settings.remedies.len(), found.len()), (0, 1), "{line}: a guard that is misspelt is missing");
    }
}

const KINDS: &str = include_str!("kinds.toml");

proptest! {
    #[test]
    fn no_cut_makes_it_fail(at in 0..KINDS.len(), length in 0_usize..60) {
        let (from, to) = (KINDS.floor_char_boundary(at), KINDS.floor_char_boundary((at + length).min(KINDS.len())));
        let text = format!("{}{}", &KINDS[..from], &KINDS[to..]);
        let (settings, found) = load(&text);
        prop_assert!(found.iter().all(|found| found.position.is_some()));
        // Whatever was cut, nothing is read that has a value as its program.
        for remedy in &settings.remedies {
            if let crate::domain::remediation::Kind::Command(argv) = &remedy.kind {
                prop_assert_eq!(argv[0].params().count(), 0);
            }
            for template in remedy.dry_run.iter().chain(&remedy.verify).flatten() {
                prop_assert!(template.params().all(|name| remedy.param(name).is_some()));
            }
        }
    }

    #[test]
    fn no_argument_is_lost_or_split(words in proptest::collection::vec("[ -~]{0,20}", 1..6)) {
        let quoted: Vec<String> =
            words.iter().map(|word| toml::Value::from(word.replace('{', "{{").replace('}', "}}")).to_string()).collect();
        let (settings, found) = load(&format!("[[remedy]]\nid = 'a'\ncommand = ['true', {}]\n", quoted.join(", ")));
        prop_assert_eq!(found, []);
        let crate::domain::remediation::Kind::Command(argv) = &settings.remedies[0].kind else { panic!() };
        let read: Vec<String> = argv[1..].iter().map(|argument| super::super::scope::plain(argument).unwrap()).collect();
        prop_assert_eq!(read, words);
    }
}
