//! The keys of `[[remedy]]`.

use super::super::Key;
use super::super::Shape::{
    self, Any, Argv, Bound, Choice, Count, CountOrText, Counts, Duration, EitherTables, Flag, Headers, Match, Named,
    NamedOrText, NumberOrText, Path, Table, Text, TextMap, Texts, Url, Variables, Within,
};
use super::{may, must};

pub(super) const CONFIRM: Shape = Choice(&["none", "ask", "type"]);
pub(super) const TYPE: Shape = Choice(&["string", "number", "choice", "duration", "secret"]);
pub(super) const DIALECT: Shape = Choice(&["webhook", "github", "jenkins", "rundeck", "awx"]);
pub(super) const METHOD: Shape = Choice(&["POST", "PUT", "PATCH", "DELETE", "GET"]);
const REQUIRE: Shape = EitherTables(&["remedy.require.command", "remedy.require.signal"]);

const ENV: &str = "PATH, HOME, USER, LOGNAME, LANG; SSH_AUTH_SOCK for ssh and ansible, KUBECONFIG for kubectl, \
                   XDG_RUNTIME_DIR for a user's unit";
const ENV_DOC: &str = "The variables that its processes find, and no other: names to hand on, texts, and secrets, \
                       which are only named here";
const SECTION: &str = "remedy";

/// All of them, in the order in which the sample file shows them.
#[rustfmt::skip]
pub(super) static KEYS: [Key; 86] = [
    must(SECTION, "id", Text, r#""restart-checkout""#, "Its id, which the operator types; small letters, digits and '-'"),
    may(SECTION, "title", Text, "its id", r#""Restart one checkout instance""#, "What it does, in a few words"),
    may(SECTION, "help", Text, "", r#""Drops the requests of that instance for about 5 s.""#, "More about it"),
    may(SECTION, "match", Match, "", r#"{ service = "checkout" }"#, "The alerts it is for; without it, it is only run by its id"),
    may(SECTION, "environments", Texts, "all", r#"["prod-eu"]"#, "The environments it may run in"),
    may(SECTION, "command", Argv, "", r#"["systemctl", "restart", "checkout@{instance}"]"#, "A program and its arguments; no shell is between"),
    may(SECTION, "script", Table("remedy.script"), "", "", "A script file"),
    may(SECTION, "ssh", Table("remedy.ssh"), "", "", "A program on another machine"),
    may(SECTION, "http", Table("remedy.http"), "", "", "A request"),
    may(SECTION, "systemd", Table("remedy.systemd"), "", "", "A systemd unit"),
    may(SECTION, "kubectl", Table("remedy.kubectl"), "", "", "A recipe of kubectl"),
    may(SECTION, "ansible", Table("remedy.ansible"), "", "", "A playbook of Ansible"),
    may(SECTION, "dry_run", Argv, "", r#"["systemctl", "status", "checkout@{instance}"]"#, "A program that shows what would be done and changes nothing"),
    may(SECTION, "verify", Argv, "", r#"["systemctl", "is-active", "checkout@{instance}"]"#, "A program that must end with 0 afterwards"),
    may(SECTION, "require", REQUIRE, "", r#"[{ command = ["test", "-e", "/run/checkout"] }, { signal = "errors", is = "> 0.01" }]"#, "What must hold before it runs"),
    may(SECTION, "confirm", CONFIRM, "type", r#""type""#, "How the operator agrees: not at all, y or n, or by typing the id"),
    may(SECTION, "approvals", Within(1, 2), "1", "1", "How many people must agree, the one who runs it counted"),
    may(SECTION, "cooldown", Duration, "1m", r#""10m""#, "For how long nobody may run it again on the same target"),
    may(SECTION, "timeout", Duration, "1m", r#""60s""#, "How long it may run; then it is told to end"),
    may(SECTION, "grace", Duration, "5s", r#""5s""#, "How long after that its processes are killed"),
    may(SECTION, "watch", Duration, "10m", r#""10m""#, "How long the alert is watched afterwards"),
    may(SECTION, "target", Text, "all its values", r#""{instance}""#, "What lock and cool-down are for"),
    may(SECTION, "cwd", Path, "/", r#""/srv""#, "The folder it runs in"),
    may(SECTION, "env", Variables, ENV, r#"["PATH", "LANG", { MODE = "fast", TOKEN = { file = "token" } }]"#, ENV_DOC),
    may(SECTION, "exits", NamedOrText("remedy.exits"), "0 is success", r#"{ 3 = { ok = true, says = "nothing to do" }, 4 = "the unit does not exist" }"#, "What exit codes mean"),
    may(SECTION, "auto", Table("remedy.auto"), "off", "", "When it runs by itself"),
    may(SECTION, "params", Named("remedy.params"), "", "", "Its parameters"),

    may("remedy.params", "type", TYPE, "string; choice if there are choices", r#""string""#, "What values it takes; a secret is typed, never shown, and found as MIDWATCH_PARAM_NAME"),
    may("remedy.params", "from", Text, "asked for", r#""label:instance""#, "The label of the alert whose value it takes"),
    may("remedy.params", "pattern", Text, "one word", r#""[a-z0-9-]{1,32}""#, "The expression that a string must match whole"),
    may("remedy.params", "choices", Texts, "", "", "The words of a choice"),
    may("remedy.params", "min", Bound, "", "", "The least number or duration"),
    may("remedy.params", "max", Bound, "", "", "The most"),
    may("remedy.params", "whole", Flag, "false", "", "Whether a number has no fraction"),
    may("remedy.params", "default", NumberOrText, "", "", "What it is if nothing else says"),
    may("remedy.params", "help", Text, "", r#""The instance as systemd knows it""#, "What it is for"),

    must("remedy.script", "path", Path, r#""fix.sh""#, "The file; nobody else may be able to write it"),
    may("remedy.script", "interpreter", Texts, "the file is run itself", r#"["bash"]"#, "What runs it, with options"),
    may("remedy.script", "args", Texts, "", r#"["{instance}"]"#, "What follows the file"),

    must("remedy.ssh", "host", Text, r#""{instance}""#, "The host"),
    may("remedy.ssh", "hosts", Text, "the host, if it is no placeholder", r#""web-[0-9]+""#, "The expression that the host must match whole"),
    may("remedy.ssh", "user", Text, "as OpenSSH decides", r#""ops""#, "As whom"),
    may("remedy.ssh", "port", Within(1, 65_535), "as OpenSSH decides", "22", "The port"),
    must("remedy.ssh", "command", Argv, r#"["systemctl", "restart", "checkout"]"#, "What runs there; each argument arrives as one"),

    may("remedy.http", "kind", DIALECT, "webhook", r#""webhook""#, "What speaks at the other end, and so how its end is found out"),
    may("remedy.http", "method", METHOD, "POST", r#""POST""#, "The method"),
    must("remedy.http", "url", Text, r#""https://ci.example/hooks/restart/{instance}""#, "The address"),
    may("remedy.http", "headers", Headers, "", r#"{ X-Team = "payments" }"#, "Headers beside those of 'auth'"),
    may("remedy.http", "body", Any, "", r#"{ instance = "{instance}", force = false }"#, "What is sent, as JSON"),
    may("remedy.http", "expect", Counts, "any 2xx", "[202]", "The answers that mean that it was taken"),
    may("remedy.http", "auth", Table("auth"), "none", r#"{ bearer = { env = "CI_TOKEN" } }"#, "How midwatch says who it is; a secret is only named here, never written"),
    may("remedy.http", "tls", Table("tls"), "the system's authorities", r#"{ ca = "ca.pem" }"#, "Whom to trust and what to show"),
    may("remedy.http", "proxy", Url, "as the environment says", r#""socks5://127.0.0.1:1080""#, "The proxy: http or socks5"),
    may("remedy.http", "poll", Table("remedy.http.poll"), "the kind's own way; a webhook is not followed", "", "How it is followed to its end"),
    may("remedy.http.poll", "url", Text, "the answer's Location", r#""https://ci.example/runs/{instance}""#, "Where to ask"),
    may("remedy.http.poll", "every", Duration, "2s", r#""2s""#, "How often"),
    may("remedy.http.poll", "pointer", Text, "/status", r#""/status""#, "The JSON pointer of the field that tells"),
    must("remedy.http.poll", "done", Texts, r#"["succeeded"]"#, "Its values that mean that it did what it should"),
    may("remedy.http.poll", "failed", Texts, "", r#"["failed"]"#, "Its values that mean that it failed"),

    may("remedy.systemd", "start", Text, "", "", "The unit to start"),
    may("remedy.systemd", "stop", Text, "", "", "The unit to stop"),
    may("remedy.systemd", "restart", Text, "", r#""checkout@{instance}.service""#, "The unit to restart"),
    may("remedy.systemd", "reload", Text, "", "", "The unit to reload"),
    may("remedy.systemd", "user", Flag, "false", "false", "Whether it is a unit of the user's own manager"),

    may("remedy.kubectl", "rollout_restart", Text, "", "", "The deployment, stateful set or daemon set to restart"),
    may("remedy.kubectl", "rollout_undo", Text, "", "", "What to take back to an earlier revision"),
    may("remedy.kubectl", "revision", CountOrText, "the one before", "", "The revision, for rollout_undo"),
    may("remedy.kubectl", "scale", Text, "", r#""deployment/checkout""#, "What to scale"),
    may("remedy.kubectl", "replicas", CountOrText, "", "3", "How many there shall be, for scale"),
    may("remedy.kubectl", "namespace", Text, "kubectl's own", r#""shop""#, "The namespace"),
    may("remedy.kubectl", "context", Text, "kubectl's own", r#""prod-eu""#, "The context"),

    must("remedy.ansible", "playbook", Path, r#""fix.yml""#, "The playbook"),
    may("remedy.ansible", "inventory", Path, "Ansible's own", r#""hosts""#, "The inventory"),
    may("remedy.ansible", "limit", Text, "all hosts", r#""{instance}""#, "The hosts it is limited to"),
    may("remedy.ansible", "vars", TextMap, "", r#"{ host = "{instance}" }"#, "Variables, handed over as JSON"),

    must("remedy.require.command", "command", Argv, r#"["test", "-e", "/run/checkout"]"#, "The program and its arguments"),
    must("remedy.require.signal", "signal", Text, r#""errors""#, "The signal"),
    must("remedy.require.signal", "is", Text, r#""> 0.01""#, "A sign (< <= > >= == !=) and a number in its unit; a value that is not known does not hold"),
    may("remedy.require.signal", "service", Text, "the incident's", r#""checkout""#, "The service"),
    may("remedy.exits", "ok", Flag, "false", "true", "Whether it did what it should"),
    must("remedy.exits", "says", Text, r#""nothing to do""#, "What the code means, in words"),

    must("remedy.auto", "after", Duration, r#""2m""#, "How long the alert must have fired"),
    may("remedy.auto", "max", Text, "3/1h", r#""3/1h""#, "How often at most, within which span"),
    may("remedy.auto", "only_if", REQUIRE, "", r#"[{ signal = "errors", is = "> 0.05" }]"#, "What else must hold"),
    may("remedy.auto", "notice", Duration, "30s", r#""30s""#, "How long it is announced before, when any key stops it"),
    may("remedy.auto", "failures", Count, "2", "2", "After how many failures in a row it stops, until somebody ran it by hand"),
];
