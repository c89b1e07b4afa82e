//! Mistakes: told where they stand, all at once.

use super::{good, load, remedy, told};

/// That a remedy with these lines has one mistake, whose message holds these words.
fn wrong(lines: &str, words: &str) {
    let told = told(&remedy(lines));
    let about: Vec<&String> = told.iter().filter(|line| !line.contains("nothing takes up 'x'")).collect();
    assert!(about.len() == 1 && about[0].contains(words), "{lines}\n{words}\n{told:#?}");
    assert!(about[0].starts_with("config.toml:"), "{about:?}");
}

#[test]
fn many_mistakes_are_told_at_once() {
    insta::assert_snapshot!(told(include_str!("many.toml")).join("\n"));
}

#[test]
fn kinds() {
    for (lines, words) in [
        (
            "title = 'b'",
            "a remedy does one thing: one of command, script, ssh, http, systemd, kubectl, ansible is missing",
        ),
        ("comand = ['true']", "unknown key 'comand'; did you mean 'command'?"),
        ("command = ['true']\nsystemd = { start = 'a' }", "'systemd' stands beside 'command'; a remedy does one thing"),
        ("command = 'true'", "takes a program and its arguments as a list"),
        ("command = []", "names no program"),
        ("command = ['']", "this is no program"),
        ("command = ['-x']", "this is no program"),
        ("command = ['true', 1]", "takes text in quotes, not a whole number"),
        ("command = ['true']\nenvironment = ['a']", "did you mean 'environments'?"),
        ("command = ['true']\ncwd = '{x}'", "a placeholder cannot be part of the folder"),
        ("script = {}", "'path' is missing, such as path = \"fix.sh\""),
        ("script = { path = '{x}.sh' }", "a placeholder cannot be part of a script's path"),
        ("script = { path = 'a', interpreter = ['{x}'] }", "a placeholder cannot be part of the interpreter"),
        ("ssh = { command = ['a'] }", "'host' is missing"),
        ("ssh = { host = 'a' }", "'command' is missing, such as command = [\"systemctl\""),
        ("ssh = { host = '{x}', command = ['a'] }", "'hosts' is missing"),
        ("ssh = { host = 'db', hosts = 'web', command = ['a'] }", "not one of those that 'hosts' allows"),
        ("ssh = { host = '-oProxyCommand=x', command = ['a'] }", "not one of those"),
        ("ssh = { host = 'a', user = '-l', command = ['a'] }", "no user's name"),
        ("ssh = { host = 'a', port = 70000, command = ['a'] }", "from 1 to 65535"),
        ("systemd = {}", "one of start, stop, restart, reload is missing"),
        ("systemd = { start = 'a', stop = 'b' }", "'stop' stands beside 'start'"),
        ("systemd = { restrat = 'a' }", "did you mean 'restart'?"),
        ("systemd = { start = '--all' }", "this is no name"),
        ("kubectl = { scale = 'deployment/a' }", "'replicas' is missing"),
        ("kubectl = { scale = 'deployment/a', replicas = 'many' }", "this is a whole number"),
        ("kubectl = { scale = 'deployment/a', replicas = 1, revision = 2 }", "'revision' belongs to 'rollout_undo'"),
        ("kubectl = { rollout_restart = '{x}/a' }", "only the name may be a placeholder"),
        ("kubectl = { rollout_restart = 'a' }", "such as deployment/checkout"),
        ("kubectl = { rollout_restart = 'deployment/a', context = '{x}' }", "cannot be part of the context"),
        ("ansible = { limit = 'a' }", "'playbook' is missing"),
        ("ansible = { playbook = 'a', limit = '@/etc/shadow' }", "no pattern of hosts"),
    ] {
        wrong(lines, words);
    }
}

#[test]
fn requests() {
    let http = |rest: &str| format!("http = {{ url = 'https://ci/{{x}}', {rest} }}");
    for (rest, words) in [
        ("kind = 'jenkin'", "did you mean 'jenkins'?"),
        ("method = 'post'", "did you mean 'POST'?"),
        ("expect = [1]", "from 100 to 599"),
        ("headers = { Authorization = 'a' }", "a secret is never written into the file"),
        ("headers = { X-Job = '{y}' }", "'{y}' names no parameter of this remedy; did you mean 'x'?"),
        ("auth = { bearer = 'a' }", "a secret is never written into the file"),
        ("body = { a = 1979-05-27 }", "not a date or time"),
        ("body = { a = [{ b = '{y}' }] }", "'{y}' names no parameter"),
        ("body = { a = nan }", "not a number with a fraction"),
        ("poll = {}", "'done' is missing, such as done = [\"succeeded\"]"),
        ("poll = { done = [] }", "'done' is empty"),
        ("poll = { done = ['a'], failed = ['a'] }", "'a' cannot mean both"),
        ("poll = { done = ['a'], pointer = 'status' }", "begins with '/'"),
        ("poll = { done = ['a'], every = '1ms' }", "from 200ms to 1h"),
        ("poll = { done = ['a'], url = 'https://{x}/' }", "a placeholder may stand in the path"),
    ] {
        wrong(&http(rest), words);
    }
    for (url, words) in [
        ("https://{x}.example/", "a placeholder may stand in the path"),
        ("https://ci.example:{x}/", "a placeholder may stand in the path"),
        ("{x}://ci.example/", "a placeholder may stand in the path"),
        ("https://ana:hunter2@ci/", "a name or password is never part of an address"),
        ("https://ci/#a", "ends before '#'"),
        ("ci.example/a", "it has no scheme"),
    ] {
        wrong(&format!("http = {{ url = '{url}' }}"), words);
    }
}

#[test]
fn a_secret_over_plain_http_is_warned_of() {
    let auth = "auth = { bearer = { env = 'A' } }";
    let with = |url: &str| format!("[[remedy]]\nid = 'a'\nhttp = {{ url = '{url}', {auth} }}\n");
    let (settings, found) = load(&with("http://ci.example/"));
    assert_eq!((settings.remedies.len(), found.len()), (1, 1));
    assert!(!found[0].is_error() && found[0].message.contains("in the open"), "{found:?}");
    for url in ["https://ci.example/", "http://localhost:80/", "http://127.0.0.1/", "http://[::1]:81/"] {
        good(&with(url));
    }
}

#[test]
fn placeholders() {
    for (lines, words) in [
        ("command = ['a', '{y}']", "'{y}' names no parameter of this remedy; did you mean 'x'?"),
        ("command = ['a', '{x']", "no closing brace"),
        ("command = ['a', 'x}']", "a '}' without '{'"),
        ("command = ['a', '{X}']", "is no placeholder"),
        ("command = ['a', \"b\\u0000\"]", "holds a control character"),
        ("command = ['a', \"b\\u001b[2J\"]", "holds a control character"),
        ("command = ['a']\ntarget = '{y}'", "'{y}' names no parameter"),
        ("command = ['a']\ndry_run = ['a', '{y}']", "'{y}' names no parameter"),
        ("command = ['a']\nverify = ['{x}']", "cannot be part of the program"),
        ("command = ['a']\nrequire = [{ command = ['{x}'] }]", "cannot be part of the program"),
        ("command = ['a']\nenv = [{ A = '{y}' }]", "'{y}' names no parameter"),
    ] {
        wrong(lines, words);
    }
}

#[test]
fn a_parameter_that_nothing_takes_up_is_a_warning() {
    let (settings, found) = load(&remedy("command = ['true']"));
    assert_eq!((settings.remedies.len(), found.len()), (1, 1), "{found:?}");
    assert!(found[0].to_string().contains("warning: nothing takes up 'x': write {x} where its value belongs"));
    // A script finds it in its environment.
    good(&remedy("script = { path = 'a.sh' }"));
    let secret = "[[remedy]]\nid = 'a'\nhttp = { url = 'https://a/' }\n[remedy.params.x]\ntype = 'secret'\n";
    assert!(told(secret)[0].contains("nothing takes up the secret 'x'"));
    good(&secret.replace("http = { url = 'https://a/' }", "command = ['a']"));
}

#[test]
fn parameters() {
    let param = |lines: &str| format!("[[remedy]]\nid = 'a'\nscript = {{ path = 'a' }}\n[remedy.params.x]\n{lines}\n");
    for (lines, words) in [
        ("type = 'strng'", "did you mean 'string'?"),
        ("from = 'instance'", "such as \"label:instance\""),
        ("from = 'label:'", "such as \"label:instance\""),
        ("pattern = '('", "'(' is no regular expression: unclosed group"),
        ("pattern = 'a)(b'", "unopened group"),
        ("pattern = 'a'\ntype = 'number'", "'pattern' belongs to type string, not to type number"),
        ("whole = true", "'whole' belongs to type number, not to type string"),
        ("min = 1", "'min' belongs to type number and duration, not to type string"),
        ("type = 'choice'", "'choices' is missing"),
        ("choices = []", "'choices' is empty"),
        ("choices = ['green', 'amber']\ndefault = 'gren'", "did you mean 'green'?"),
        ("type = 'number'\nmin = 3\nmax = 1", "'min' is 3 and so more than 'max', which is 1: no value fits"),
        ("type = 'number'\nmin = '1s'", "'min' takes a number"),
        ("type = 'number'\nmax = 1\ndefault = 2", "the default does not fit"),
        ("type = 'number'\nwhole = true\ndefault = 0.5", "whole number"),
        ("type = 'duration'\nmin = '1h'\nmax = '1m'", "'min' is 1h and so more than 'max', which is 1m"),
        ("type = 'duration'\ndefault = '5 min'", "is no duration"),
        ("default = 'two words'", "the default does not fit: x must match"),
        ("type = 'secret'\ndefault = 'hunter2'", "a secret has no default"),
        ("type = 'secret'\nfrom = 'label:a'", "a secret is typed"),
        ("patern = 'a'", "did you mean 'pattern'?"),
    ] {
        let told = told(&param(lines));
        assert!(told.len() == 1 && told[0].contains(words), "{lines}: {told:#?}");
        assert!(!told[0].contains("hunter2"));
    }
    let text = param("").replace("params.x", "params.X");
    assert!(
        told(&text)[0].contains("config.toml:4:16: a parameter's name begins with a small letter"),
        "{:?}",
        told(&text)
    );
}

#[test]
fn ids() {
    for id in ["Restart", "-a", "a b", "a_b", "ä", &"a".repeat(65)] {
        let told = told(&format!("[[remedy]]\nid = '{id}'\ncommand = ['true']\n"));
        assert!(told.len() == 1 && told[0].contains("small letters, digits and '-'"), "{told:?}");
    }
    let twice = "[[remedy]]\nid = 'a'\ncommand = ['true']\n".repeat(2);
    assert_eq!(told(&twice), ["config.toml:5:6: there is a remedy 'a' already; an id is given once"]);
    good(&format!("[[remedy]]\nid = '{}'\ncommand = ['true']\n", "9".repeat(64)));
}

#[test]
fn limits_and_meanings() {
    for (line, words) in [
        ("confirm = 'tpye'", "did you mean 'type'?"),
        ("approvals = 3", "from 1 to 2"),
        ("timeout = '0s'", "'timeout' must be from 1s to 1d"),
        ("timeout = '25h'", "'timeout' must be from 1s to 1d"),
        ("grace = '1h'", "'grace' must be from 0s to 5m"),
        ("environments = []", "could run nowhere"),
        ("exits = { 256 = 'a' }", "no exit code"),
        ("exits = { ok = 'a' }", "no exit code"),
        ("exits = { -1 = 'a' }", "no exit code"),
        ("exits = { 01 = 'a' }", "no exit code"),
        ("exits = { 1 = { ok = true } }", "'says' is missing, such as says = \"nothing to do\""),
        ("require = [{}]", "a precondition has 'command', or 'signal' and 'is'"),
        ("require = [{ signal = 'a' }]", "'is' is missing, such as is = \"> 0.01\""),
        ("require = [{ signal = 'a', is = '0.01' }]", "is no comparison"),
        ("require = [{ signal = 'a', is = '> nan' }]", "is no comparison"),
        ("require = [{ signal = 'a', is = '=> 1' }]", "is no comparison"),
        ("require = [{ signal = 'a', command = ['b'] }]", "'signal' stands beside 'command'"),
        ("env = ['A B']", "no name of an environment variable"),
        ("env = ['A', 'A']", "the variable A stands here twice"),
        ("env = ['MIDWATCH_PARAM_X']", "are set by midwatch itself"),
        ("env = [{ PASSWORD = 'hunter2' }]", "a secret is never written into the file"),
        ("env = [{ A = 1 }]", "'A' takes text in quotes, or where a secret is kept"),
        ("env = [1]", "takes a variable's name, or a table"),
    ] {
        wrong(&format!("command = ['true', '{{x}}']\n{line}"), words);
    }
    let (_, found) = load("[[remedy]]\nid = 'a'\ncommand = ['true']\nenvironments = ['prod']\n");
    assert!(found.len() == 1 && !found[0].is_error() && found[0].message.contains("cannot run here"), "{found:?}");
}

#[test]
fn what_runs_by_itself_needs_nobody() {
    let auto = |lines: &str, params: &str| {
        told(&format!("[[remedy]]\nid = 'a'\nscript = {{ path = 'a' }}\n{lines}\n{params}"))
    };
    let on = "match = { a = 'b' }\nauto = { after = '2m' }";
    assert_eq!(auto(on, ""), [""; 0]);
    assert_eq!(auto(on, "[remedy.params.x]\nfrom = 'label:a'\n[remedy.params.y]\ndefault = 'b'\n"), [""; 0]);
    for (lines, params, words) in [
        ("auto = { after = '2m' }", "", "'match' is missing: what runs by itself says for which alerts"),
        (&format!("{on}\napprovals = 2"), "", "what needs two people cannot run by itself"),
        (on, "[remedy.params.x]\n", "'x' has neither 'from' nor 'default'"),
        (on, "[remedy.params.x]\ntype = 'secret'\n", "'x' is a secret that somebody must type"),
        ("match = { a = 'b' }\nauto = {}", "", "'after' is missing, such as after = \"2m\""),
        ("match = { a = 'b' }\nauto = true", "", "'auto' takes a table"),
        ("match = { a = 'b' }\nauto = { after = '2m', max = 'often' }", "", "does not say how often; write 3/1h"),
        ("match = { a = 'b' }\nauto = { after = '2m', max = '0/1h' }", "", "does not say how often"),
        ("match = { a = 'b' }\nauto = { after = '2m', notice = '1s' }", "", "'notice' must be from 5s to 1h"),
        ("match = { a = 'b' }\nauto = { after = '2m', failures = 0 }", "", "from 1 to 100"),
        (
            "match = { a = 'b' }\nauto = { after = '2m', only_if = [{ signal = 'a', is = '5' }] }",
            "",
            "is no comparison",
        ),
    ] {
        let told = auto(lines, params);
        assert!(told.len() == 1 && told[0].contains(words), "{lines}: {told:#?}");
    }
}
