//! Whatever comes from outside: evidence holds no control character, and keeps its bounds.

use proptest::prelude::*;

use super::super::evidence::Finding;
use super::super::query::judged;
use super::*;
use crate::domain::Labels;
use crate::source::http::test_server::{Canned, TestServer};
use crate::source::prometheus::{Answered, Series};

/// Bytes that terminals act on, among all others.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\u{1b}[31m".to_owned()),
        Just("\u{1b}]52;c;aGk=\u{7}".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\0\r\n\t".to_owned()),
        ".{0,40}",
        "[a-z ]{0,200}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_becomes_evidence(from in hostile(), unit in hostile(), words in hostile(), lines in prop::collection::vec(hostile(), 0..60), value in any::<f64>()) {
        let many = lines.len();
        let finding = Finding::new(Held::Bad, format!("x{words}")).from(from).value(value, &unit).lines(lines);
        let evidence = bounded(finding.evidence(now(), Duration::ZERO));
        prop_assert_eq!(evidence.lines.len(), many.min(LINES));
        if many > LINES {
            prop_assert_eq!(evidence.lines[LINES - 1].clone(), format!("… and {} more", many - LINES + 1));
        }
    }

    #[test]
    fn any_answer_of_a_server_is_judged_truly(
        values in prop::collection::vec((hostile(), prop_oneof![3 => any::<f64>(), 1 => Just(f64::NAN)]), 0..90),
        notes in prop::collection::vec(hostile(), 0..9),
        partial in any::<bool>(),
    ) {
        let series = values.iter().map(|(name, value)| Series {
            labels: Labels::from_iter([("l", name.as_str())]),
            value: if value.is_finite() { Ok(*value) } else { Err("no number".to_owned()) },
        });
        let answered = Answered { series: series.collect(), notes, partial };
        let evidence = bounded(judged(&answered, "%", expect("< 80")).evidence(now(), Duration::ZERO));
        let any_bad = values.iter().any(|(_, value)| value.is_finite() && *value >= 80.0);
        let all_read = values.iter().all(|(_, value)| value.is_finite()) && !values.is_empty();
        let held = match (any_bad, all_read && !partial) {
            (true, _) => Held::Bad,
            (false, true) => Held::Good,
            (false, false) => Held::Unknown,
        };
        prop_assert_eq!(evidence.held, held);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_bytes_of_a_server_become_evidence(bytes in prop::collection::vec(any::<u8>(), 0..400), text in hostile()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = TestServer::start().await;
            server.everything(Canned::of("text/plain", [text.as_bytes(), &bytes].concat()));
            let probe = Probe::Http { url: server.url(), status: None, contains: None };
            assert_eq!(asked(&ground(vec![]), probe).await.held, Held::Good);
        });
    }
}
