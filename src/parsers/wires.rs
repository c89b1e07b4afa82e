//! What back ends and servers answer.

use super::{Parser, text};
use crate::source::{alertmanager, http, prometheus};

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../tests/fixtures/", $path))
    };
}

pub(super) const PARSERS: &[Parser] = &[
    Parser {
        name: "alertmanager",
        read: |bytes| alertmanager::taken_apart(&text(bytes)),
        examples: &[
            fixture!("alertmanager/0.28/alerts.json"),
            fixture!("alertmanager/0.28/silences.json"),
            fixture!("alertmanager/0.25/status.json"),
            r#"[{"labels":{"alertname":"a"},"annotations":{},"startsAt":"2026-11-21T00:36:07Z","status":{"state":"active"}}]"#,
        ],
    },
    Parser {
        name: "prometheus",
        read: |bytes| prometheus::taken_apart(&text(bytes)),
        examples: &[
            r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1672628645.1,"4.7"]}]}}"#,
            r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"NaN"],[2,"+Inf"]]}]},"warnings":["w"]}"#,
            r#"{"status":"success","data":{"alerts":[{"labels":{"alertname":"a"},"annotations":{},"state":"firing","activeAt":"2026-11-21T00:36:07Z","value":"1e+00"}]}}"#,
            r#"{"status":"success","data":{"groups":[{"rules":[{"name":"r","health":"err","lastError":"x","type":"alerting"}]}]}}"#,
            r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#,
        ],
    },
    Parser {
        name: "retry_after",
        read: |bytes| http::taken_apart::retry_after(&text(bytes)),
        examples: &["7", "Sat, 21 Nov 2026 00:36:15 GMT", "99999999999"],
    },
    Parser {
        name: "address",
        read: |bytes| http::taken_apart::address(&text(bytes)),
        examples: &["https://ana:secret@[::1]:9093/prefix?x=y#z", "http://am:9093", "http://xn--nxasmq6b/"],
    },
    Parser {
        name: "certificate",
        read: http::taken_apart::certificate,
        examples: &["0\u{3}\u{2}\u{1}\u{1}", "0\u{0}"],
    },
    Parser {
        name: "job_answer",
        read: crate::remedy::http::taken_apart,
        examples: &[r#"{"job":7,"status":"running"}"#, r#"{"error":true,"message":"no"}"#, r#"{"id":1,"href":"/x"}"#],
    },
];
