//! The configurations and rules of these tests.

use crate::support::lab::{Backend, Prometheus, rules};

/// The size of the screens here.
pub const SIZE: (u16, u16) = (120, 36);

/// The alert of most tests.
pub const ALERT: &str = "CheckoutDown";

/// Its labels; `pod` changes while the alert stays the same.
pub const LABELS: &[(&str, &str)] =
    &[("service", "checkout"), ("severity", "critical"), ("pod", "checkout-7f9c4d-x2x9v")];

/// A rule that fires whatever happens.
pub fn firing() -> String {
    rules(&[(ALERT, "vector(1)", LABELS)])
}

/// The same rule while its condition is gone.
pub fn calm() -> String {
    rules(&[(ALERT, "vector(1) > 2", LABELS)])
}

/// Watches these Alertmanagers, peers of one cluster, and nothing else. Acks are as short as they may be, and
/// Prometheus tells a restarted Alertmanager soon what fires.
pub fn alertmanager(peers: &[&Backend], more: &str) -> String {
    let urls: Vec<String> = peers.iter().map(|peer| format!("\"{}\"", peer.api.url())).collect();
    format!(
        "operator = {{ name = \"ana\" }}\n\
         [[source]]\n\
         name = \"am\"\n\
         kind = \"alertmanager\"\n\
         url = [{}]\n\
         every = \"1s\"\n\
         timeout = \"5s\"\n\
         ack = {{ for = \"60s\", max = \"1h\" }}\n\
         resend = \"10s\"\n\
         {more}\n",
        urls.join(", ")
    )
}

/// Takes alerts from a Prometheus, without an Alertmanager.
pub fn prometheus(prometheus: &Prometheus) -> String {
    format!(
        "operator = {{ name = \"ana\" }}\n\
         [[source]]\n\
         name = \"prom\"\n\
         kind = \"prometheus\"\n\
         url = \"{}\"\n\
         every = \"1s\"\n\
         timeout = \"5s\"\n",
        prometheus.backend.api.url()
    )
}
