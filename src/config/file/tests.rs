//! What a configuration file may say, what it means, and how its mistakes are told.

use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::example::EXAMPLE;
use super::*;
use crate::config::machine::tests::bastion;
use crate::domain::{Labels, SignalKind, SourceName};
use crate::source::options::{Auth, HeaderValueFrom, KindOptions, LogFormat, SecretRef, SourceOptions, Threshold};

const FILE: &str = "/etc/midwatch/config.toml";

fn load(text: &str) -> (Settings, Vec<Diagnostic>) {
    let (settings, mut found) = read(Path::new(FILE), text, &bastion(), &["dusk".to_owned()]);
    crate::config::diagnostic::sort(&mut found);
    (settings, found)
}

/// Settings of a text in which nothing is wrong.
fn good(text: &str) -> Settings {
    let (settings, found) = load(text);
    assert_eq!(found.iter().filter(|found| found.is_error()).count(), 0, "{found:#?}");
    settings
}

/// The only problem of a text, as it is shown.
fn bad(text: &str) -> String {
    let (_, found) = load(text);
    assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    found[0].to_string().replace("/etc/midwatch/", "")
}

fn source(extra: &str) -> String {
    format!("[[source]]\nname = 'p'\nkind = 'prometheus'\nurl = 'http://p:9090'\n{extra}\n")
}

fn find<'a>(settings: &'a Settings, name: &str) -> &'a SourceOptions {
    settings.sources.iter().find(|source| source.name.as_str() == name).unwrap()
}

#[test]
fn the_documented_example_is_read_whole() {
    let settings = good(EXAMPLE);
    assert_eq!(settings.environment.as_deref(), Some("prod-eu"));
    assert_eq!((settings.timezone, settings.operator.as_str()), (Tz::Europe__Berlin, "ana"));
    assert_eq!(settings.store, Path::new("/etc/midwatch/midwatch.db"));
    assert_eq!(settings.severity.rate(&[("prio", "warning")].into()).severity, Severity::Medium);
    let KindOptions::Prometheus(prom) = &find(&settings, "prom-eu").kind else { panic!() };
    assert_eq!(prom.http.urls, ["https://prometheus.example:9090"]);
    assert_eq!(prom.http.auth, Auth::Bearer(SecretRef::Env("PROM_TOKEN".into())));
    assert_eq!(prom.http.headers["X-Scope-OrgID"], HeaderValueFrom::Plain("team-a".into()));
    assert_eq!(prom.http.headers["X-Auth-Token"], HeaderValueFrom::Secret(SecretRef::File("/home/ana/token".into())));
    assert_eq!(prom.http.tls.ca.as_deref(), Some(Path::new("/etc/midwatch/ca.pem")));
    assert!(!prom.alerts, "an alertmanager is configured");
    let kinds: Vec<&SignalKind> = prom.signals.iter().map(|signal| &signal.kind).collect();
    assert_eq!(kinds, [&SignalKind::Latency, &SignalKind::Named("queue depth".into())]);
    assert_eq!((prom.slos[0].objective, prom.slos[0].window), (99.9, TimeDelta::days(30)));
    let KindOptions::Alertmanager(am) = &find(&settings, "am-eu").kind else { panic!() };
    assert_eq!((am.http.urls.len(), am.watchdog.len(), am.ack.ignore_labels.len()), (2, 1, 2));
    assert!(
        matches!(&am.http.auth, Auth::Basic { username, password: SecretRef::Command(argv) } if username == "ana" && argv.len() == 3)
    );
    assert_eq!(find(&settings, "am-eu").severity.rate(&[("severity", "urgent")].into()).severity, Severity::Critical);
    assert!(find(&settings, "loki").off);
    assert_eq!(settings.services[0].logs.as_ref().unwrap().source, SourceName::new("loki"));
    assert!(settings.services[0].service.owns(&[("service", "checkout"), ("pod", "web-1")].into()));
    assert!(settings.services[1].service.owns(&Labels::from([("service", "payments")])));
    assert_eq!(settings.runbooks[0].path, Path::new("/etc/midwatch/runbooks/checkout-errors.md"));
    // The slash keeps `/runbooks` from being the beginning of `/runbooks-old`.
    assert_eq!(
        settings.runbook_roots,
        [("https://wiki.example/runbooks/".to_owned(), "/home/ana/src/runbooks".into())]
    );
    assert_eq!(settings.remedies[0].id.as_str(), "restart-checkout");
}

#[test]
fn thresholds_of_this_machine() {
    let settings = good(EXAMPLE);
    let KindOptions::Host(host) = &find(&settings, "this").kind else { panic!() };
    assert_eq!(host.host, "bastion");
    assert_eq!(host.rules.cpu, Some(Threshold::new(60.5, Duration::from_mins(2))));
    assert_eq!(host.rules.memory, Some(Threshold::new(90.0, Duration::from_mins(1))));
    assert_eq!((host.rules.swap, host.rules.disk_fills_within), (None, None));
    assert_eq!(host.rules.load, Some(Threshold::new(1.5, Duration::from_mins(5))));
    assert_eq!((host.rules.error_burst, host.rules.units), (Some(10), false));
    assert_eq!(host.rules.disk, crate::source::options::HostRules::default().disk);
    let KindOptions::File(files) = &find(&settings, "app").kind else { panic!() };
    assert_eq!(files.paths, ["/etc/midwatch/logs/*.log", "/var/log/app.log"]);
    assert_eq!(files.format, LogFormat::Logfmt);
}

#[test]
fn without_a_source_this_machine_is_watched() {
    let settings = good("environment = 'lab'\n[severity]\nvalues = { warning = 'low' }\n");
    assert_eq!(settings.sources.len(), 2);
    assert!(settings.sources.iter().all(|source| source.severity == settings.severity));
}

#[test]
fn prometheus_tells_alerts_itself_unless_there_is_an_alertmanager() {
    let alerts = |text: &str| match &find(&good(text), "p").kind {
        KindOptions::Prometheus(options) => options.alerts,
        _ => panic!(),
    };
    let am = "[[source]]\nname = 'a'\nkind = 'alertmanager'\nurl = 'http://a:9093'\n";
    assert!(alerts(&source("")));
    assert!(!alerts(&format!("{}{am}", source(""))));
    assert!(alerts(&format!("{}{am}", source("alerts = true"))));
    assert!(!alerts(&source("alerts = false")));
}

#[test]
fn twelve_mistakes_are_told_at_once() {
    let (_, found) = load(include_str!("tests/twelve.toml"));
    let told: Vec<String> = found.iter().map(|found| found.to_string().replace("/etc/midwatch/", "")).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_secret_in_the_file_is_refused_and_never_quoted() {
    const SECRET: &str = "hunter2-s3cr3t!";
    for place in [
        "auth = { bearer = 'SECRET' }",
        "auth = 'SECRET'",
        "auth = { bearer = { env = 'SECRET' } }",
        "auth = { bearer = { command = 'SECRET' } }",
        "auth = { bearer = { value = 'SECRET' } }",
        "auth = { basic = { username = 'ana', password = 'SECRET' } }",
        "auth = { header = { name = 'X-Key', value = 'SECRET' } }",
        "headers = { Authorization = 'SECRET' }",
        "headers = { X-Api-Key = 'SECRET' }",
        "password = 'SECRET'",
        "proxy = 'http://ana:SECRET@proxy:3128'",
        "proxy = 'SECRET'",
        "every = 'SECRETSECRETSECRETSECRET'",
        "auth = { bearer = \"SECRET }",
        "auth = { bearer = SECRET }",
    ] {
        let text = source(&place.replace("SECRET", SECRET));
        let (_, found) = load(&text);
        assert!(found.iter().any(Diagnostic::is_error), "{place}");
        assert!(!format!("{found:?}").contains(SECRET), "{place}: {found:?}");
    }
    let url = "[[source]]\nname = 'p'\nkind = 'prometheus'\nurl = 'https://ana:hunter2@p'\n";
    let told = bad(url);
    assert!(told.starts_with("config.toml:4:7: a name or password is never part of an address"), "{told}");
    assert!(!told.contains("hunter2"));
}

#[test]
fn addresses() {
    let url = |url: &str| bad(&format!("[[source]]\nname = 'p'\nkind = 'prometheus'\nurl = {url}\n"));
    assert!(url("'htps://p'").ends_with("an address begins with http:// or https://; did you mean 'https'?"));
    assert!(url("'ftp://p'").ends_with("an address begins with http:// or https://"));
    assert!(url("'localhost:9090'").contains("no scheme"));
    for none in ["'http://'", "'http:///metrics'", "'http://:9090'"] {
        assert!(url(none).contains("names no host"), "{none}");
    }
    assert!(url("'http://p:99999'").contains("invalid port"));
    assert!(url("'http://p?token=x'").contains("ends before '?'"));
    assert!(url("['http://p']").contains("takes an address"));
    assert!(url("1").contains("not a whole number"));
}

#[test]
fn names_that_nothing_has_are_told_with_the_nearest() {
    let service = |source: &str| {
        format!("[[service]]\nname = 'c'\n[service.signals.traffic]\nsource = '{source}'\nquery = 'q'\n")
    };
    let text = format!("[[source]]\nname = 'prom-eu'\nkind = 'prometheus'\nurl = 'http://p'\n{}", service("promeu"));
    assert!(bad(&text).ends_with("there is no source named 'promeu'; did you mean 'prom-eu'?"));
    let text = format!("[[source]]\nname = 'h'\nkind = 'host'\n{}", service("h"));
    assert!(bad(&text).contains("of kind 'host', which answers no queries"));
    let text = format!("{}[[service]]\nname = 'c'\nlogs = {{ source = 'p' }}\n", source(""));
    assert!(bad(&text).contains("of kind 'prometheus', which tells no log lines"));
    // A source with a mistake of its own still has its name.
    let text = format!("[[source]]\nname = 'x'\nkind = 'prometheus'\nurl = 'p'\n{}", service("x"));
    assert!(bad(&text).starts_with("config.toml:4:7:"));
}

#[test]
fn keys_in_a_wrong_place_say_where_they_belong() {
    assert!(
        bad(&source("watchdog = { alertname = 'W' }"))
            .ends_with("'watchdog' does not belong here but to sources of kind alertmanager")
    );
    assert!(bad("[operator]\nname = 'a'\ntheme = 'mono'\n").contains("the top of the file, before the first [table]"));
    assert!(bad("[theme]\ntheme = 'mono'\n").contains("'theme' takes a name in quotes above the first table"));
    assert!(bad("[source]\nname = 'a'\n").contains("two brackets"));
}

#[test]
fn other_single_mistakes() {
    for (text, end) in [
        ("timezone = 'Berlin'", "'Berlin' is no time zone; did you mean 'Europe/Berlin'?"),
        ("theme = 'midnigth'", "did you mean 'midnight'?"),
        ("theme = 'dusc'", "did you mean 'dusk'?"),
        ("keymap = 'vi'", "unknown keymap 'vi'; there are default, vim, k9s; did you mean 'vim'?"),
        ("colors = 256", "'colors' takes text in quotes, not a whole number"),
        ("notify = 'hihg'", "'hihg' is no severity; there are critical, high, medium, low, off; did you mean 'high'?"),
        ("keep_resolved = '8d'", "'keep_resolved' must be from 0s to 7d"),
        ("group_by = []", "name at least one label"),
        ("environment = \"a\\u001b[2Jb\"", "it is one line of plain text"),
        ("[store]\nurl = 'postgres://db'", "write it as \"sqlite:midwatch.db\""),
        ("[severity]\nvalues = { warning = 'midium' }", "did you mean 'medium'?"),
        ("[[runbook]]\nmatch = { a = { re = '(' } }\npath = 'a.md'", "'(' is no regular expression: unclosed group"),
        ("[[runbook]]\nmatch = { a = { re = 'a)(b' } }\npath = 'a.md'", "unopened group"),
        ("[[runbook]]\nmatch = {}\npath = 'a.md'", "would match nothing; name at least one"),
        ("[[runbook]]\npath = 'a.md'", "'match' is missing, such as match = { alertname = \"CheckoutErrorsHigh\" }"),
        ("presets = ['config.toml']", "a configuration is no preset of its own"),
        ("[[runbook_root]]\nurl = 'wiki/'\npath = 'a'", "such as \"https://wiki.example/runbooks/\""),
        (
            "[[runbook_root]]\nurl = 'http://a/b'\npath = 'a'\n[[runbook_root]]\nurl = 'http://a/b/'\npath = 'b'",
            ": a stands for this address already; an address is given once",
        ),
        ("[[source]]\nname = 'a b'\nkind = 'host'", "at most 40 of them"),
        ("[[source]]\nname = 'h'\nkind = 'host'\nrules = { load = true }", "not true or false"),
        ("[[source]]\nname = 'h'\nkind = 'host'\nrules = { cpu = { over = 170 } }", "'over' must be from 0 to 100"),
        ("[[source]]\nname = 'f'\nkind = 'file'\npaths = []", "'paths' names no file"),
    ] {
        let told = bad(text);
        assert!(told.ends_with(end), "{told}");
    }
    assert!(bad(&source("auth = {}")).contains("names no way"));
    assert!(bad(&source("auth = { bearer = { env = 'A' }, basic = {} }")).contains("takes one way"));
    assert!(bad(&source("auth = { bearer = { env = 'A', file = 'b' } }")).contains("kept in one place"));
    assert!(bad(&source("tls = { cert = 'a.pem' }")).contains("both 'cert' and 'key'"));
    assert!(bad(&source("headers = { 'a b' = 'c' }")).contains("name of a header"));
}

#[test]
fn a_promise_is_a_share_and_its_queries_have_a_span() {
    let slo = |objective: &str, total: &str| {
        format!(
            "{}[[service]]\nname = 'c'\n[service.slo]\nobjective = {objective}\nsource = 'p'\nerrors = 'e[$window]'\ntotal = '{total}'\n",
            source("")
        )
    };
    good(&slo("99.95", "t[$window]"));
    for objective in ["0", "100", "100.0", "-1", "nan"] {
        assert!(bad(&slo(objective, "t[$window]")).contains("'objective'"), "{objective}");
    }
    assert!(bad(&slo("99", "t[5m]")).contains("has no $window"));
}

#[test]
fn syntax_errors_have_a_place_and_no_consequences() {
    let (_, found) = load("environment = \"prod\n[[source]]\nname = 'p'\nkind = \nevry = '5s'\n");
    let lines: Vec<usize> = found.iter().filter_map(|found| found.position).map(|at| at.line).collect();
    assert_eq!(lines.first(), Some(&1), "{found:#?}");
    assert!(found.iter().all(|found| !found.message.contains("missing")), "{found:#?}");
    assert!(bad("bell = true\nbell = false\n").contains("config.toml:2:1: this is no TOML: duplicate key"));
}

#[test]
fn one_syntax_error_a_line() {
    let (_, found) = load("bell = 1 2 3 4\nmouse = = true\n");
    let syntax: Vec<_> = found.iter().filter(|found| found.message.contains("no TOML")).collect();
    assert_eq!(syntax.len(), 2, "{found:#?}");
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "[a-z=\\[\\]{}\"'. \n0-9#]{0,200}") {
        let _ = load(&text);
    }

    #[test]
    fn no_cut_of_the_example_makes_it_fail(at in 0..EXAMPLE.len(), length in 0_usize..40) {
        let (from, to) = (EXAMPLE.floor_char_boundary(at), EXAMPLE.floor_char_boundary((at + length).min(EXAMPLE.len())));
        let text = format!("{}{}", &EXAMPLE[..from], &EXAMPLE[to..]);
        let (_, found) = load(&text);
        let lines = text.lines().count() + 1;
        prop_assert!(found.iter().all(|found| found.position.is_some_and(|at| at.line <= lines)));
    }
}
