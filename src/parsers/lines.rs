//! Logs, and the lines that programs write.

use super::{Parser, assert_shown, now, text};
use crate::domain::LogLine;
use crate::source::host::client::{mounts, pressure, units};
use crate::source::host::wire::Units;
use crate::source::journald;
use crate::source::logline::{self, Clock, LONGEST, Reader, split::Split};
use crate::source::options::LogFormat;

pub(super) const PARSERS: &[Parser] = &[
    Parser {
        name: "log_line",
        read: log_line,
        examples: &[
            r#"{"time":"2023-01-02T03:04:05.678Z","level":"error","msg":"no route","code":504,"path":"/a b"}"#,
            r#"{"log":"{\"level\":\"warn\",\"msg\":\"in\"}\n","stream":"stdout","time":"2023-01-02T03:04:06Z"}"#,
            r#"ts=2023-01-02T03:04:05Z level=warn msg="slow \"query\"" took=1.2s done"#,
            r#"<165>1 2023-01-02T03:04:05Z db-2 app 12 - [x@1 a="]" b="\"q"][y] hello"#,
            "<13>Jan  2 03:04:05 web-1 sshd[99]: Accepted key",
            "[Mon Jan 02 03:04:05.123456 2023] [core:error] [pid 3] AH001",
            "10.0.0.1 - bob [02/Jan/2023:03:04:05 +0000] \"GET /x HTTP/1.1\" 503 12",
            "E0102 03:04:05.000001   12345 pod.go:7] broke",
            "2023-01-02T03:04:05.1Z stderr F {\"level\":\"fatal\",\"msg\":\"cri\"}",
        ],
    },
    Parser { name: "log_file", read: log_file, examples: &["one\r\ntwo\n\nthree", "no end"] },
    Parser {
        name: "time_stamp",
        read: time_stamp,
        examples: &[
            "2023-01-02T03:04:05.123456+01:00",
            "1672628645123",
            "Feb 29 01:00:00",
            "02/Jan/2023:03:04:05 +0000",
        ],
    },
    Parser {
        name: "journald",
        read: journald,
        examples: &[
            r#"{"__CURSOR":"s=1;i=2","__REALTIME_TIMESTAMP":"1672628645123456","MESSAGE":"x","PRIORITY":"3","_TRANSPORT":"stdout"}"#,
            r#"{"MESSAGE":[104,105,27],"UNIT":["a.service",[98]],"PRIORITY":null}"#,
        ],
    },
    Parser {
        name: "mounts",
        read: mounts,
        examples: &[
            "36 35 98:0 / /mnt\\040x rw,noatime master:1 - ext3 /dev/root rw\n25 1 8:1 / / rw - ext4 /dev/sda1 rw",
        ],
    },
    Parser {
        name: "pressure",
        read: pressure,
        examples: &["some avg10=1.23 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00"],
    },
    Parser {
        name: "units",
        read: units,
        examples: &[r#"[{"unit":"a.service","load":"loaded","active":"failed"}]"#, "a.service loaded failed failed A"],
    },
    Parser {
        name: "output",
        read: output,
        examples: &["a\rb\n\u{1b}[31mred\u{1b}[0m\n\u{1b}]0;x\u{7}", "50%\r100%\n"],
    },
];

fn clock() -> Clock {
    Clock { now: now(), local: |naive| Some(naive.and_utc()) }
}

#[track_caller]
fn assert_line(line: &LogLine) {
    assert_shown(&line.text);
    assert_shown(&line.origin);
    assert!(!line.text.contains('\n') && line.text.chars().count() <= LONGEST);
}

fn log_line(bytes: &[u8]) {
    use LogFormat::{Auto, Json, Logfmt, Plain, Syslog};
    for format in [Auto, Json, Logfmt, Plain, Syslog] {
        let mut reader = Reader::new(Some("web-1".to_owned()));
        assert_line(&reader.read(bytes, format, &"file".into(), now(), clock()));
    }
}

fn log_file(bytes: &[u8]) {
    let lines_of = |chunk: usize| {
        let (mut split, mut lines) = (Split::new(64), Vec::new());
        for part in bytes.chunks(chunk) {
            split.push(part, |line, cut| lines.push((line.to_vec(), cut)));
        }
        split.flush(|line, cut| lines.push((line.to_vec(), cut)));
        lines
    };
    let whole = lines_of(usize::MAX);
    assert!(whole.iter().all(|(line, _)| line.len() <= 64 && !line.contains(&b'\n')));
    assert_eq!(whole, lines_of(7));
}

fn time_stamp(bytes: &[u8]) {
    let text = text(bytes);
    let _ = logline::time::value(&text, clock());
    for read in
        [logline::time::leading(&text, clock()), logline::time::common_log(&text, clock())].into_iter().flatten()
    {
        assert!(text.ends_with(read.1));
    }
}

fn journald(bytes: &[u8]) {
    if let Ok(entry) = journald::wire::Entry::read(bytes) {
        assert_line(&journald::map::line(&entry, &mut Reader::new(None), clock()));
    }
}

fn mounts(bytes: &[u8]) {
    assert!(mounts::watched(bytes, &["/mnt".to_owned()]).len() <= mounts::MOST + 1);
}

fn pressure(bytes: &[u8]) {
    let _ = pressure::some_avg10(&text(bytes));
}

fn units(bytes: &[u8]) {
    if let Units::Failed(names) = units::read_answer(&text(bytes)) {
        for name in &names {
            assert_shown(name);
        }
    }
}

fn output(bytes: &[u8]) {
    for line in crate::remedy::exec::lines_of(bytes) {
        assert_shown(&line);
    }
}
