//! The keys of a checklist's file. They stand beside those of the configuration, in sections that begin with `list`.

use super::super::Key;
use super::super::Shape::{
    self, Argv, Choice, Count, Duration, Either, Flag, Number, Path, Table, Tables, Text, Texts, Url, Within,
};
use super::{may, must};

pub(super) const MODE: Shape = Choice(&["do-verify", "read-do"]);
pub(super) const REMIND: Shape = Choice(&["off", "low", "medium", "high"]);
pub(super) const OPEN: Shape =
    Choice(&["watch", "incidents", "signals", "logs", "mutes", "remedies", "journal", "sources"]);
pub(super) const NOTE: Shape = Choice(&["on failure", "always"]);
pub(super) const LEVEL: Shape = Choice(&["trace", "debug", "info", "warn", "error", "fatal"]);
pub(super) const PRIORITY: Shape = Choice(&["critical", "high", "medium", "low"]);
pub(super) const KNOWN: Shape = Choice(&[
    "open",
    "unacked",
    "critical",
    "acked-long",
    "mutes",
    "mutes-forgotten",
    "noisy",
    "sources-missing",
    "signals-over",
    "runbook-gaps",
    "wrong-steps",
    "runs-failed",
]);
const PROBE: Shape = Either(&[
    "list.probe.query",
    "list.probe.logs",
    "list.probe.command",
    "list.probe.http",
    "list.probe.certificate",
    "list.probe.file",
    "list.probe.known",
]);

const SCHEDULE: &str = "When its turn comes: daily 09:00, workdays 08:30, weekly fri 15:00, monthly 1 10:00, monthly last \
                        workday, monthly first mon, quarterly, yearly, 7d after completion; at 09:00 unless it says";
const REMINDER: &str = "How bad it is that its turn was missed";
const GOOD: &str = "What is good: a sign (< <= > >= == !=) and a number";
const QUERY: &str = r#"'sum(rate(http_requests_total{code=~"5.."}[1h]))'"#;

/// All of them.
#[rustfmt::skip]
pub(super) static KEYS: &[Key] = &[
    must("list", "id", Text, r#""backups""#, "Its id, which is the file's name without .toml; small letters, digits and '-'"),
    must("list", "title", Text, r#""Backups""#, "What it is called"),
    may("list", "help", Text, "", r#""Every Monday, before the week begins.""#, "What it is for"),
    may("list", "schedule", Text, "on demand", r#""weekly mon 09:00""#, SCHEDULE),
    may("list", "mode", MODE, "do-verify", r#""do-verify""#, "How it is gone through: do from memory and verify, or read an item and do it"),
    may("list", "remind", REMIND, "low", r#""low""#, REMINDER),
    may("list", "assessment", Flag, "false", "false", "Whether what fails becomes concerns, and a walk a verdict"),
    may("list", "section", Tables("list.section"), "", "", "Its parts, with a pause between them"),
    may("list", "item", Tables("list.item"), "", "", "Its items, where it has no sections"),

    must("list.section", "title", Text, r#""Logs""#, "What it is called"),
    may("list.section", "help", Text, "", r#""Of the last day.""#, "What to bear in mind here"),
    must("list.section", "item", Tables("list.item"), "", "Its items; more than nine are hard to keep in mind"),

    must("list.item", "id", Text, r#""restore""#, "Its id, once in the list"),
    must("list.item", "text", Text, r#""The last backup was restored""#, "What is looked at, in a few words"),
    may("list.item", "help", Text, "", r#""Good: it is younger than a day and its tables can be read.""#, "What good looks like, and what to do if it does not"),
    may("list.item", "value", Table("list.value"), "", r#"{ unit = "min", max = 30 }"#, "A number is entered"),
    may("list.item", "choice", Texts, "", r#"["green", "amber", "red"]"#, "One of these words is chosen"),
    may("list.item", "good", Texts, "the first of them", r#"["green"]"#, "The words of the choice that are good"),
    may("list.item", "probe", PROBE, "", r#"{ file = "/var/backups/db.dump", younger = "26h" }"#, "What is asked of the systems; its outcome is the evidence"),
    may("list.item", "open", OPEN, "", r#""logs""#, "The view to look at meanwhile"),
    may("list.item", "link", Url, "", r#""https://wiki.example/backups""#, "Where it leads; http only on this machine"),
    may("list.item", "when", Table("list.when"), "always", r#"{ environment = "prod" }"#, "Under which condition it is looked at"),
    may("list.item", "blocker", Flag, "false", "true", "Whether a failure keeps everything else from going on"),
    may("list.item", "note", NOTE, "never", r#""on failure""#, "When a note must be written"),
    may("list.item", "owner", Text, "whoever walks", r#""platform-team""#, "Who answers for it"),
    may("list.item", "remedy", Text, "", r#""restart-checkout""#, "The remedy that is offered when it fails, by its id"),
    may("list.item", "concern", Table("list.concern"), "", "", "What a failure means, for an assessment"),

    may("list.value", "unit", Text, "", r#""min""#, "Its unit"),
    may("list.value", "min", Number, "", "0", "The least that is good"),
    may("list.value", "max", Number, "", "30", "The most that is good"),

    must("list.probe.query", "query", Text, QUERY, "An instant query of metrics; every series of the answer must be good"),
    must("list.probe.query", "expect", Text, r#""< 0.01""#, GOOD),
    may("list.probe.query", "source", Text, "the first that can", r#""prom-eu""#, "The source that is asked"),
    may("list.probe.query", "unit", Text, "", r#""/s""#, "The unit of its values"),

    must("list.probe.logs", "logs", Text, r#""timeout""#, "Log lines are counted that contain this; an empty text counts all"),
    must("list.probe.logs", "expect", Text, r#""<= 10""#, GOOD),
    may("list.probe.logs", "level", LEVEL, "error", r#""error""#, "Their least level"),
    may("list.probe.logs", "within", Duration, "24h", r#""24h""#, "How far back"),
    may("list.probe.logs", "source", Text, "all that tell log lines", r#""journal""#, "The source whose lines they are"),

    must("list.probe.command", "command", Argv, r#"["df", "--output=pcent", "/"]"#, "A program and its arguments; no shell is between; exit 0 is good"),
    may("list.probe.command", "expect", Text, "", r#""< 80""#, "What the first number of its output must be: a sign (< <= > >= == !=) and a number"),
    may("list.probe.command", "timeout", Duration, "10s", r#""10s""#, "How long it may take, at most 5m"),
    may("list.probe.command", "unit", Text, "", r#""%""#, "The unit of the number"),

    must("list.probe.http", "http", Url, r#""https://shop.example/health""#, "An address that is asked for with GET; http only on this machine"),
    may("list.probe.http", "status", Within(100, 599), "200 to 299", "200", "The status that is good"),
    may("list.probe.http", "contains", Text, "", r#""ok""#, "What the answer must contain"),

    must("list.probe.certificate", "certificate", Text, r#""shop.example:443""#, "The server whose certificate is looked at, as host:port"),
    may("list.probe.certificate", "days", Number, "21", "21", "The least number of days that it must still hold"),

    must("list.probe.file", "file", Path, r#""/var/backups/db.dump""#, "A file; of a folder the newest in it"),
    may("list.probe.file", "younger", Duration, "", r#""26h""#, "The oldest that is good"),
    may("list.probe.file", "at_least", Count, "", "1000", "The smallest that is good, in bytes"),

    must("list.probe.known", "known", KNOWN, r#""mutes-forgotten""#, "Something that midwatch itself counts"),
    may("list.probe.known", "expect", Text, "== 0", r#""== 0""#, GOOD),

    may("list.when", "source", Text, "", r#""prometheus""#, "A source of this name or kind is configured"),
    may("list.when", "environment", Text, "", r#""prod""#, "This is the environment"),
    may("list.when", "item", Text, "", r#""restore""#, "An earlier item of the list"),
    may("list.when", "was", Text, "", r#""failed""#, "How that went: done, failed, skipped, or a word of its choice"),
    may("list.when", "not", Flag, "false", "true", "Whether it must not be so"),

    may("list.concern", "type", Text, "the section", r#""reliability""#, "Of which sort it is"),
    may("list.concern", "impact", Text, "", r#""Orders of a day are lost.""#, "What users would feel"),
    may("list.concern", "recommendation", Text, "", r#""Restore a backup every week.""#, "What to do about it"),
    may("list.concern", "priority", PRIORITY, "critical for a blocker, else medium", r#""high""#, "How pressing it is"),
];
