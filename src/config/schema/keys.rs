//! The table of keys itself.

mod checklist;
mod remedy;

use super::Key;
use super::Shape::{
    self, Choice, Count, CountOrOff, Duration, DurationOrOff, Flag, Headers, Match, Named, Number, Path, Severities,
    Sources, Table, Tables, Text, Texts, Threshold, Url, Urls,
};

/// A key that may be left out.
const fn may(
    section: &'static str,
    name: &'static str,
    shape: Shape,
    default: &'static str,
    example: &'static str,
    doc: &'static str,
) -> Key {
    Key { section, name, shape, default, required: false, example, doc }
}

/// A key that has to be given.
const fn must(
    section: &'static str,
    name: &'static str,
    shape: Shape,
    example: &'static str,
    doc: &'static str,
) -> Key {
    Key { section, name, shape, default: "", required: true, example, doc }
}

const SEVERITY: Shape = Choice(&["critical", "high", "medium", "low", "off"]);
const COLOURS: Shape = Choice(&["auto", "truecolor", "256", "16", "none"]);
const LEVELS: Shape = Choice(&["off", "error", "warn", "info", "debug", "trace"]);
const KIND: Shape = Choice(&["prometheus", "alertmanager", "host", "journald", "file"]);
const FORMAT: Shape = Choice(&["auto", "plain", "json", "logfmt", "syslog"]);
const KEYMAPS: Shape = Choice(&["default", "vim", "k9s"]);

const THEME: &str =
    "The theme: midnight, daylight, high-contrast, colour-blind, ansi16, mono, or one of yours in themes/";
const ALERTS: &str = "Whether its own alerts are taken, for teams without an Alertmanager";
const PEERS: &str =
    "Its address; an alertmanager's may be a list of the peers of one cluster: the first that answers is asked";
const IGNORED: &str = "Labels that change while the alert stays the same";
const IGNORED_SHIPPED: &str = "pod, instance_id, pod_template_hash, replica, uid, container_id";

/// All keys of the configuration, in the order in which the sample file shows them.
pub fn all() -> impl Iterator<Item = &'static Key> {
    GENERAL.iter().chain(&remedy::KEYS)
}

/// All keys of a checklist's file.
pub fn lists() -> impl Iterator<Item = &'static Key> {
    checklist::KEYS.iter()
}

/// Those of everything but remedies.
#[rustfmt::skip]
static GENERAL: [Key; 111] = [
    may("", "environment", Text, "", r#""prod-eu""#, "Shown in the header and in every prompt"),
    may("", "timezone", Text, "the machine's", r#""Europe/Berlin""#, "Your time zone, shown beside UTC"),
    may("", "read_only", Flag, "false", "false", "Nothing is changed anywhere: no request but reads, no process"),
    may("", "allow_write", Flag, "true", "true", "Whether :write may lift read_only for a time"),
    may("", "group_by", Texts, "service, alertname", r#"["service", "alertname"]"#, "The labels that alerts of one incident share"),
    may("", "keep_resolved", Duration, "20m", r#""20m""#, "How long a resolved incident is kept in sight"),
    may("", "log_lines", Count, "20000", "20000", "The most log lines kept, of all sources"),
    may("", "log_level", LEVELS, "info", r#""info""#, "How much midwatch's own log says"),
    may("", "theme", Text, "midnight", r#""midnight""#, THEME),
    may("", "keymap", KEYMAPS, "default", r#""default""#, "The keys; keymap.toml beside this file adds to them"),
    may("", "colors", COLOURS, "auto", r#""auto""#, "How many colours are used"),
    may("", "ascii", Flag, "by the terminal", "false", "Whether only ASCII is drawn"),
    may("", "mouse", Flag, "false", "false", "Whether the mouse is taken"),
    may("", "bell", Flag, "true", "true", "Whether a notice rings the bell"),
    may("", "notify", SEVERITY, "high", r#""high""#, "The least severity of a new incident that is a notice"),
    may("", "presets", Texts, "", r#"["/srv/team/midwatch.toml"]"#, "Files that others keep; each may hold [[remedy]], [[runbook]] and [[runbook_root]], and its commands must be accepted before they run"),

    may("", "operator", Table("operator"), "", "", "Who you are"),
    may("", "store", Table("store"), "", "", "Where midwatch keeps what must outlive it"),
    may("", "severity", Table("severity"), "", "", "How labels map to severities"),
    may("", "source", Sources, "this machine: host, and the journal or syslog", "", "The back ends"),
    may("", "service", Tables("service"), "", "", "What the team runs"),
    may("", "runbook", Tables("runbook"), "", "", "What to follow for which alerts"),
    may("", "runbook_root", Tables("runbook_root"), "", "", "Checkouts that stand for addresses of runbooks"),
    may("", "remedy", Tables("remedy"), "", "", "Scripted remediations"),
    may("", "checklist", Tables("checklist"), "", "", "Checklists, adjusted; those of yours are files in checklists/ beside this one"),

    may("operator", "name", Text, "$USER", r#""ana""#, "Who acks, comments and runs; others see it"),
    may("store", "url", Text, "in the state folder, one for each environment", r#""sqlite:midwatch.db""#, "The file of the store"),
    may("severity", "label", Text, "severity", r#""severity""#, "The label that is read"),
    may("severity", "values", Severities, "", r#"{ warning = "medium" }"#, "What its values mean: critical, high, medium or low"),

    must("source", "name", Text, r#""prom-eu""#, "Its name, used everywhere"),
    must("source", "kind", KIND, r#""prometheus""#, "What it is"),
    may("source", "every", Duration, "prometheus 15s, alertmanager 10s, host 2s, logs 1s", r#""15s""#, "How often it is asked"),
    may("source", "timeout", Duration, "5s", r#""5s""#, "How long one poll may take"),
    may("source", "off", Flag, "false", "false", "Whether it is switched off"),
    may("source", "severity", Table("severity"), "the shared one", r#"{ label = "priority", values = { urgent = "critical" } }"#, "A table of severities of its own"),

    must("http", "url", Urls, r#""https://prometheus.example:9090""#, PEERS),
    may("http", "auth", Table("auth"), "none", r#"{ bearer = { env = "PROM_TOKEN" } }"#, "How midwatch says who it is; a secret is only named here, never written"),
    may("http", "headers", Headers, "", r#"{ X-Scope-OrgID = "team-a" }"#, "Headers sent with every request"),
    may("http", "tls", Table("tls"), "the system's authorities", r#"{ ca = "ca.pem", cert = "me.pem", key = "me.key" }"#, "Whom to trust and what to show"),
    may("http", "proxy", Url, "as the environment says", r#""socks5://127.0.0.1:1080""#, "The proxy: http or socks5"),

    may("auth", "basic", Table("auth.basic"), "", "", "HTTP basic"),
    may("auth", "bearer", Table("secret"), "", "", "A token"),
    may("auth", "header", Table("auth.header"), "", "", "A header of another name"),
    must("auth.basic", "username", Text, r#""ana""#, "The name, in the open"),
    must("auth.basic", "password", Table("secret"), r#"{ file = "password" }"#, "The password"),
    must("auth.header", "name", Text, r#""X-Api-Key""#, "The header"),
    must("auth.header", "value", Table("secret"), r#"{ env = "API_KEY" }"#, "Its value"),
    may("secret", "env", Text, "", r#""PROM_TOKEN""#, "An environment variable"),
    may("secret", "file", Path, "", r#""token""#, "A file; one trailing line break is cut"),
    may("secret", "command", Texts, "", r#"["pass", "show", "prom"]"#, "A program that prints it, with its arguments"),

    may("tls", "ca", Path, "", r#""ca.pem""#, "Authorities to trust beside the system's, as PEM"),
    may("tls", "cert", Path, "", r#""me.pem""#, "Our certificate, as PEM; needs 'key'"),
    may("tls", "key", Path, "", r#""me.key""#, "Its key"),
    may("tls", "insecure", Flag, "false", "false", "Accept any certificate; shown as a note of the source"),

    may("prometheus", "alerts", Flag, "true if no alertmanager is configured", "true", ALERTS),

    may("alertmanager", "watchdog", Match, "", r#"{ alertname = "Watchdog" }"#, "The alert that must always fire; when it goes missing, that is critical"),
    may("alertmanager", "ack", Table("ack"), "", r#"{ prefix = "ACK!", for = "15m", extend = "self", max = "12h" }"#, "How acks are made"),
    may("alertmanager", "resend", Duration, "90s", r#""90s""#, "How long after its restart alerts may take to be sent to it again: what is missing before is not believed to be resolved"),
    may("ack", "prefix", Text, "ACK!", r#""ACK!""#, "A silence whose comment begins with this is an ack"),
    may("ack", "for", Duration, "15m", r#""15m""#, "How long one ack lasts before it is renewed"),
    may("ack", "extend", Choice(&["self", "off"]), "self", r#""self""#, "Who renews: midwatch itself, or an extender of yours"),
    may("ack", "max", Duration, "12h", r#""12h""#, "No ack is renewed past this"),
    may("ack", "ignore_labels", Texts, IGNORED_SHIPPED, r#"["pod", "instance_id"]"#, IGNORED),

    may("host", "host", Text, "the machine's name", r#""db-2""#, "The name that its alerts and signals carry"),
    may("host", "ignore_mounts", Texts, "", r#"["/mnt/backup"]"#, "Mount points that are not watched"),
    may("host", "rules", Table("rules"), "", "", "The built-in rules"),
    may("rules", "cpu", Threshold, "over 70 for 5m", r#"{ over = 70, for = "5m" }"#, "CPU busy, all cores together, in per cent"),
    may("rules", "memory", Threshold, "over 85 for 1m", r#"{ over = 85, for = "1m" }"#, "Memory in use, in per cent"),
    may("rules", "swap", Threshold, "over 80 for 5m", "false", "Swap in use, in per cent"),
    may("rules", "disk", Threshold, "over 85 for 1m", r#"{ over = 85, for = "1m" }"#, "Space in use of a file system, in per cent"),
    may("rules", "inodes", Threshold, "over 85 for 1m", r#"{ over = 85, for = "1m" }"#, "Inodes in use of a file system, in per cent"),
    may("rules", "disk_fills_within", DurationOrOff, "24h", r#""24h""#, "A file system that is full within this span by its trend"),
    may("rules", "load", Threshold, "off", r#"{ over = 1.5, for = "5m" }"#, "Load of 5 minutes divided by cores"),
    may("rules", "error_lines", Threshold, "over 1 for 1m", r#"{ over = 1, for = "1m" }"#, "Share of log lines that are errors, in per cent"),
    may("rules", "error_burst", CountOrOff, "60", "60", "Error lines in one minute that make a burst"),
    may("rules", "units", Flag, "true", "true", "Failed systemd units"),
    must("threshold", "over", Number, "70", "The bound"),
    may("threshold", "for", Duration, "as the shipped rule", r#""5m""#, "For how long it must be crossed"),

    may("journald", "units", Texts, "all", r#"["nginx.service"]"#, "Units to follow"),
    may("journald", "backlog", Count, "500", "500", "Lines to begin with"),

    must("file", "paths", Texts, r#"["/var/log/app/*.log"]"#, "Files to follow; *, ? and ** are allowed"),
    may("file", "format", FORMAT, "auto", r#""auto""#, "How a line is read"),
    may("file", "service", Text, "the file's name", r#""checkout""#, "The name that lines carry if they do not say"),
    may("file", "backlog", Count, "65536", "65536", "Bytes from the end of each file to begin with"),

    must("service", "name", Text, r#""checkout""#, "Its name"),
    may("service", "match", Match, "{ service = its name }", r#"{ service = "checkout" }"#, "Which alerts and log streams belong to it; { re = \"…\" } for an expression that matches a value whole"),
    may("service", "owner", Text, "", r#""payments-team""#, "The team that answers for it"),
    may("service", "signals", Named("signal"), "", "", "What is measured"),
    may("service", "slo", Table("slo"), "", "", "What is promised to its users"),
    may("service", "logs", Table("logs"), "", "", "Where its logs are"),
    must("signal", "source", Text, r#""prom-eu""#, "The source that answers the query"),
    must("signal", "query", Text, r#"'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="checkout"}[5m])))'"#, "The query, in the source's language; one series"),
    may("signal", "label", Text, "", r#""p95""#, "What is measured"),
    may("signal", "unit", Text, "", r#""s""#, "The unit of its values"),
    may("signal", "warn", Number, "", "0.4", "The first threshold"),
    may("signal", "critical", Number, "", "0.5", "The second threshold; less than the first where low is bad"),
    must("slo", "objective", Number, "99.9", "The share of good events that is promised, in per cent"),
    may("slo", "window", Duration, "30d", r#""30d""#, "Over how long"),
    must("slo", "source", Text, r#""prom-eu""#, "The source that answers the queries"),
    must("slo", "errors", Text, r#"'sum(rate(http_requests_total{service="checkout",code=~"5.."}[$window]))'"#, "Bad events; $window stands for the span"),
    must("slo", "total", Text, r#"'sum(rate(http_requests_total{service="checkout"}[$window]))'"#, "All events; $window stands for the span"),
    must("logs", "source", Text, r#""journal""#, "The source that tells them"),
    may("logs", "query", Text, "", r#""checkout""#, "Which of its lines"),
    must("runbook", "match", Match, r#"{ alertname = "CheckoutErrorsHigh" }"#, "The alerts it is for; else their runbook_url counts"),
    must("runbook", "path", Path, r#""runbooks/checkout-errors.md""#, "The Markdown file"),
    must("runbook_root", "url", Url, r#""https://wiki.example/runbooks/""#, "What the addresses begin with"),
    must("runbook_root", "path", Path, r#""~/src/runbooks""#, "The folder that stands for it"),
    must("checklist", "id", Text, r#""daily""#, "Which one; naming it makes it yours, so that it reminds"),
    may("checklist", "schedule", Text, "its own", r#""workdays 08:30""#, "When its turn comes instead; \"on demand\" for never by itself"),
    may("checklist", "remind", checklist::REMIND, "its own", r#""medium""#, "How bad it is that its turn was missed"),
    may("checklist", "off", Flag, "false", "false", "Whether it is left out"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::checklist::words as lists;
    use crate::config::{file, kinds, settings};
    use crate::domain::checklist::concern::Priority;
    use crate::domain::checklist::item::Opens;
    use crate::domain::checklist::probe::Known;

    fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
        table.iter().map(|(word, _)| *word).collect()
    }

    fn check(shape: Shape, expected: &[&str]) {
        let Choice(words) = shape else { panic!("{shape:?} is no choice") };
        assert_eq!(words, expected);
    }

    #[test]
    fn the_choices_are_those_that_the_file_reads() {
        check(SEVERITY, &words(&settings::NOTIFY));
        check(COLOURS, &words(&settings::Colours::WORDS));
        check(LEVELS, &words(&settings::LogLevel::WORDS));
        check(KIND, &kinds::KINDS.map(|kind| kind.word));
        check(FORMAT, &words(&file::FORMATS));
        check(KEYMAPS, &file::KEYMAPS);
        check(remedy::CONFIRM, &words(&file::words::CONFIRM));
        check(remedy::TYPE, &words(&file::words::TYPES));
        check(remedy::DIALECT, &words(&file::words::DIALECTS));
        check(remedy::METHOD, &words(&file::words::METHODS));
        check(checklist::MODE, &words(&lists::MODES));
        check(checklist::REMIND, &words(&lists::REMIND));
        check(checklist::LEVEL, &words(&lists::LEVELS));
        check(checklist::NOTE, &words(&lists::NOTES));
        check(checklist::OPEN, &words(&Opens::WORDS));
        check(checklist::PRIORITY, &words(&Priority::WORDS));
        check(checklist::KNOWN, &words(&Known::WORDS));
        assert_eq!(super::super::alternatives("remedy.systemd"), words(&file::words::VERBS));
        assert!(file::THEMES.iter().all(|theme| THEME.contains(theme)));
    }
}
