//! A GET request: its status, and what the answer must contain.
//!
//! That nobody answers is an answer to the question: whatever keeps this machine from being answered is bad. Only where
//! the request itself cannot be made, nobody can tell.

use std::time::Duration;

use super::evidence::Finding;
use crate::domain::checklist::probe::Held;
use crate::source::ErrorKind;
use crate::source::http::look::{self, Looked, Rest};

/// How long everything may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of an answer that are read.
const LARGEST: usize = 1 << 20;
/// How many lines of an answer are kept.
const LINES: usize = 12;

pub(super) async fn ask(url: &str, status: Option<u16>, contains: Option<&str>) -> Finding {
    let finding = match look::look(url, PATIENCE, LARGEST).await {
        Ok(looked) => judged(&looked, status, contains),
        Err(error) => {
            let own = matches!(error.kind, ErrorKind::NotFound | ErrorKind::Internal | ErrorKind::Missing);
            Finding::new(if own { Held::Unknown } else { Held::Bad }, error.what)
        }
    };
    finding.from(look::shown(url).unwrap_or_default())
}

fn judged(looked: &Looked, status: Option<u16>, contains: Option<&str>) -> Finding {
    let said = format!("{} {}", looked.status, looked.words);
    let wanted = status.map_or_else(|| "200 to 299".to_owned(), |status| status.to_string());
    let fits = status.map_or((200..300).contains(&looked.status), |status| status == looked.status);
    let text = String::from_utf8_lossy(&looked.body);
    let finding = match contains {
        _ if !fits => {
            let leads = looked.leads_to.as_ref().map(|to| format!(" to {to}; redirects are not followed"));
            Finding::new(Held::Bad, format!("{said}{} · expected {wanted}", leads.unwrap_or_default()))
        }
        None => Finding::new(Held::Good, format!("{said} · expected {wanted}")),
        Some(wanted) if text.contains(wanted) => Finding::new(Held::Good, format!("{said} · it contains '{wanted}'")),
        Some(wanted) => match &looked.rest {
            Rest::None if looked.html => {
                Finding::new(Held::Bad, format!("{said}, a web page without '{wanted}'; is it a login page?"))
            }
            Rest::None => Finding::new(Held::Bad, format!("{said} · it does not contain '{wanted}'")),
            Rest::TooLong => {
                let read = LARGEST >> 20;
                Finding::unknown(format!("{said} · '{wanted}' is not in its first {read} MiB; the rest is not read"))
            }
            Rest::Broke(error) => Finding::new(Held::Bad, format!("{said} · without '{wanted}' it ended: {error}")),
        },
    };
    finding.lines(text.lines().filter(|line| !line.trim().is_empty()).take(LINES).map(str::to_owned))
}
