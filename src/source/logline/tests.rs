//! Lines as programs write them, and any bytes at all.

use chrono::NaiveDateTime;
use proptest::prelude::*;

use super::*;

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// Tuesday, 3 January 2023, a little after the new year. Times without a zone are UTC here.
fn clock() -> Clock {
    Clock { now: moment("2023-01-03T04:05:06Z"), local: |naive: NaiveDateTime| Some(naive.and_utc()) }
}

fn read_as(line: &str, format: LogFormat) -> LogLine {
    let mut reader = Reader::new(Some("web-1.example".to_owned()));
    reader.read(line.as_bytes(), format, &"file".into(), clock().now, clock())
}

fn read(line: &str) -> LogLine {
    read_as(line, LogFormat::Auto)
}

/// A line, and the time, level, origin and text it is read as. An empty time is the moment of reading, an empty
/// origin the file.
const LINES: &[(&str, &str, Level, &str, &str)] = &[
    // JSON
    (
        r#"{"time":"2023-01-02T03:04:05.678Z","level":"error","msg":"no route","service":"checkout","code":504,"path":"/a b"}"#,
        "2023-01-02T03:04:05.678Z",
        Level::Error,
        "checkout",
        r#"no route code=504 path="/a b""#,
    ),
    (
        r#"{"level":50,"time":1672628645123,"pid":7,"msg":"pino"}"#,
        "2023-01-02T03:04:05.123Z",
        Level::Error,
        "",
        "pino pid=7",
    ),
    (
        r#"{"@timestamp":"2023-01-02T04:04:05+01:00","log.level":"WARN","message":"ecs","service.name":"pay"}"#,
        "2023-01-02T03:04:05Z",
        Level::Warn,
        "pay",
        "ecs",
    ),
    (
        r#"{"ts":1672628645.5,"lvl":"dbug","logger":"a.b","msg":"zap","n":12345678901234567890123}"#,
        "2023-01-02T03:04:05.5Z",
        Level::Unknown,
        "a.b",
        "zap lvl=dbug n=12345678901234567890123",
    ),
    (r#"{"MESSAGE":"x","PRIORITY":"3","SYSLOG_IDENTIFIER":"cron"}"#, "", Level::Error, "cron", "x"),
    (
        r#"{"log":"2023-01-02 03:04:05 ERROR boom\n","stream":"stderr","time":"2023-01-02T03:04:06Z"}"#,
        "2023-01-02T03:04:05Z",
        Level::Error,
        "",
        "boom",
    ),
    (
        r#"{"log":"{\"level\":\"warn\",\"msg\":\"in\"}\n","stream":"stdout","time":"2023-01-02T03:04:06Z"}"#,
        "2023-01-02T03:04:06Z",
        Level::Warn,
        "",
        "in",
    ),
    (
        r#"{"a":{"b":[1,2]},"c":null,"d":"","e":"\u001b[31mred"}"#,
        "",
        Level::Unknown,
        "",
        r#"a={"b":[1,2]} c=null d="" e=red"#,
    ),
    (r#"{"level":"error","msg":"cut of"#, "", Level::Unknown, "", r#"{"level":"error","msg":"cut of"#),
    // logfmt
    (
        r#"ts=2023-01-02T03:04:05Z level=warn msg="slow \"query\"" took=1.2s caller=db.go:7 done"#,
        "2023-01-02T03:04:05Z",
        Level::Warn,
        "",
        r#"slow "query" took=1.2s caller=db.go:7 done"#,
    ),
    (r"app=web level=info msg=up", "", Level::Info, "web", "up"),
    ("a=1 b=2 plain", "", Level::Unknown, "", "a=1 b=2 plain"),
    // syslog
    (
        "<34>1 2023-01-02T03:04:05.003Z web-1 su - ID47 - 'su root' failed",
        "2023-01-02T03:04:05.003Z",
        Level::Fatal,
        "su",
        "'su root' failed ID47",
    ),
    (
        r#"<165>1 2023-01-02T03:04:05Z db-2 app 12 - [x@1 a="]" b="\"q"][y] hello"#,
        "2023-01-02T03:04:05Z",
        Level::Info,
        "app",
        r#"hello [x@1 a="]" b="\"q"][y] host=db-2"#,
    ),
    ("<13>Jan  2 03:04:05 web-1 sshd[99]: Accepted key", "2023-01-02T03:04:05Z", Level::Info, "sshd", "Accepted key"),
    ("Dec 31 23:59:59 web-1 cron[1]: year gone by", "2022-12-31T23:59:59Z", Level::Unknown, "cron", "year gone by"),
    ("Jan  4 01:00:00 web-1 ntpd: a little ahead", "2023-01-04T01:00:00Z", Level::Unknown, "ntpd", "a little ahead"),
    ("Feb 29 01:00:00 web-1 ntpd: leap day", "2020-02-29T01:00:00Z", Level::Unknown, "ntpd", "leap day"),
    (
        "2023-01-02T03:04:05.123456+01:00 web-1 systemd[1]: Started x.",
        "2023-01-02T02:04:05.123456Z",
        Level::Unknown,
        "systemd",
        "Started x.",
    ),
    ("2023-01-02T03:04:05Z web-1 kernel: oops", "2023-01-02T03:04:05Z", Level::Unknown, "kernel", "oops"),
    (
        "Jan  2 03:04:05 db-2 postgres[5]: ERROR: deadlock",
        "2023-01-02T03:04:05Z",
        Level::Error,
        "postgres",
        "ERROR: deadlock host=db-2",
    ),
    // plain
    ("2023-01-02 03:04:05,678 ERROR app.db: lost", "2023-01-02T03:04:05.678Z", Level::Error, "", "app.db: lost"),
    ("[2023-01-02T03:04:05Z INFO  server] listening", "2023-01-02T03:04:05Z", Level::Info, "", "server] listening"),
    (
        "2023/01/02 03:04:05 [error] 12#12: *1 connect() failed",
        "2023-01-02T03:04:05Z",
        Level::Error,
        "",
        "12#12: *1 connect() failed",
    ),
    (
        "[Mon Jan 02 03:04:05.123456 2023] [core:error] [pid 3] AH001",
        "2023-01-02T03:04:05.123456Z",
        Level::Error,
        "",
        "[core:error] [pid 3] AH001",
    ),
    (
        "2023-01-02 03:04:05.678 UTC [42] FATAL:  no space",
        "2023-01-02T03:04:05.678Z",
        Level::Fatal,
        "",
        "[42] FATAL:  no space",
    ),
    (
        "2023-01-02 03:04:05,1 [main] WARN c.x.Y - slow",
        "2023-01-02T03:04:05.1Z",
        Level::Warn,
        "",
        "[main] WARN c.x.Y - slow",
    ),
    (
        "E0102 03:04:05.000001   12345 pod.go:7] broke",
        "2023-01-02T03:04:05.000001Z",
        Level::Error,
        "",
        "pod.go:7] broke",
    ),
    ("ERROR:root:it broke", "", Level::Error, "", "root:it broke"),
    ("1672628645 INFO seconds", "2023-01-02T03:04:05Z", Level::Info, "", "seconds"),
    (
        "10.0.0.1 - bob [02/Jan/2023:03:04:05 +0000] \"GET /x HTTP/1.1\" 503 12",
        "2023-01-02T03:04:05Z",
        Level::Error,
        "",
        "10.0.0.1 - bob \"GET /x HTTP/1.1\" 503 12",
    ),
    (
        "10.0.0.1 - - [02/Jan/2023:03:04:05 +0000] \"GET / HTTP/1.1\" 200 12",
        "2023-01-02T03:04:05Z",
        Level::Info,
        "",
        "10.0.0.1 - - \"GET / HTTP/1.1\" 200 12",
    ),
    (
        "2023-01-02T03:04:05.1Z stderr F {\"level\":\"fatal\",\"msg\":\"cri\"}",
        "2023-01-02T03:04:05.1Z",
        Level::Fatal,
        "",
        "cri",
    ),
    ("\u{1b}[33mWARN\u{1b}[0m coloured", "", Level::Warn, "", "coloured"),
    ("there was no error at all", "", Level::Unknown, "", "there was no error at all"),
    ("2023-01-02 03:04:05 INFO", "2023-01-02T03:04:05Z", Level::Info, "", "2023-01-02 03:04:05 INFO"),
    ("13 apples", "", Level::Unknown, "", "13 apples"),
    ("2023-13-45 99:99:99 not a time", "", Level::Unknown, "", "2023-13-45 99:99:99 not a time"),
];

#[test]
fn lines_as_programs_write_them() {
    for (line, at, level, origin, text) in LINES {
        let made = read(line);
        let expected = if at.is_empty() { clock().now } else { moment(at) };
        let origin = if origin.is_empty() { "file" } else { origin };
        assert_eq!((made.at, made.level, &*made.origin, &*made.text), (expected, *level, origin, *text), "{line}");
    }
}

#[test]
fn a_line_that_is_not_of_its_format_is_plain() {
    for format in [LogFormat::Json, LogFormat::Logfmt, LogFormat::Syslog] {
        let made = read_as("2023-01-02 03:04:05 ERROR just text", format);
        assert_eq!((made.level, &*made.text), (Level::Error, "just text"), "{format:?}");
    }
    assert_eq!(&*read_as("{\"msg\":\"x\"}", LogFormat::Plain).text, "{\"msg\":\"x\"}");
}

#[test]
fn levels_of_fields() {
    let numbers = [
        ("0", Level::Fatal),
        ("3", Level::Error),
        ("4", Level::Warn),
        ("7", Level::Debug),
        ("10", Level::Trace),
        ("30", Level::Info),
        ("60", Level::Fatal),
    ];
    let words = [("Information", Level::Info), ("WRN", Level::Warn), ("e", Level::Error), ("crit", Level::Fatal)];
    for (text, level) in numbers.into_iter().chain(words) {
        assert_eq!(level::value(text), Some(level), "{text}");
    }
    for text in ["", "8", "100", "-1", "blue"] {
        assert_eq!(level::value(text), None, "{text}");
    }
}

#[test]
fn numbers_since_1970_in_any_unit() {
    let at = moment("2023-01-02T03:04:05Z");
    for text in ["1672628645", "1672628645000", "1672628645000000", "1672628645000000000", "1672628645.0"] {
        assert_eq!(time::value(text, clock()), Some(at), "{text}");
    }
    for text in ["", "5", "-1672628645", "1e9", "16726286450000000000000"] {
        assert_eq!(time::value(text, clock()), None, "{text}");
    }
}

#[test]
fn names_are_shared() {
    let mut reader = Reader::default();
    let lines = ["app=web level=info msg=a", "app=web level=info msg=b"];
    let made = lines.map(|line| reader.read(line.as_bytes(), LogFormat::Auto, &"file".into(), clock().now, clock()));
    assert!(Arc::ptr_eq(&made[0].origin, &made[1].origin));
}

fn is_harmless(line: &LogLine) -> bool {
    harmless::line(&line.text, usize::MAX) == *line.text && harmless::line(&line.origin, usize::MAX) == *line.origin
}

fn any_format() -> impl Strategy<Value = LogFormat> {
    prop_oneof![
        Just(LogFormat::Auto),
        Just(LogFormat::Plain),
        Just(LogFormat::Json),
        Just(LogFormat::Logfmt),
        Just(LogFormat::Syslog)
    ]
}

proptest! {
    #[test]
    fn any_bytes_make_a_harmless_line(bytes in prop::collection::vec(any::<u8>(), 0..200), format in any_format()) {
        let made = Reader::default().read(&bytes, format, &"file".into(), clock().now, clock());
        prop_assert!(is_harmless(&made), "{made:?}");
    }

    /// Real lines, cut and stirred: closer to the parsers' branches than random bytes.
    #[test]
    fn broken_real_lines_make_a_harmless_line(
        at in 0..LINES.len(), other in 0..LINES.len(), cut in any::<prop::sample::Index>(), noise in ".{0,4}", format in any_format(),
    ) {
        let (line, other) = (LINES[at].0, LINES[other].0);
        let mut bytes = line.as_bytes()[..cut.index(line.len())].to_vec();
        bytes.extend(noise.bytes().chain(other.bytes()));
        let made = Reader::default().read(&bytes, format, &"file".into(), clock().now, clock());
        prop_assert!(is_harmless(&made), "{made:?}");
        prop_assert!(!made.text.is_empty());
    }

    #[test]
    fn a_plain_message_is_kept_whole(words in "[a-z]{1,8}( [a-z]{1,8}){0,5}") {
        prop_assert_eq!(&*read(&words).text, &*words);
        let json = serde_json::json!({ "msg": words, "zzz": 1 }).to_string();
        prop_assert_eq!(&*read(&json).text, format!("{words} zzz=1"));
    }
}
