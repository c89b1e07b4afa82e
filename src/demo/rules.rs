//! The alerting rules of the simulated production and when each of them fires: the story as a table.
//! Seconds count from the outage's begin.

/// One alerting rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// The alert's name.
    pub name: &'static str,
    /// The service it belongs to; empty for none.
    pub service: &'static str,
    /// Its label `severity`.
    pub severity: &'static str,
    /// Its expression.
    pub expr: &'static str,
    /// For how many seconds the condition holds before it fires.
    pub hold: u32,
    /// The annotation, with `{{ $labels.… }}` where a label of the case goes.
    pub summary: &'static str,
    /// The page of its runbook.
    pub runbook: &'static str,
    /// The times it fires.
    pub cases: &'static [Case],
}

/// One time a rule fires.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// The labels beside those of the rule.
    pub labels: &'static [(&'static str, &'static str)],
    /// When it fires.
    pub fires: f64,
    /// When it stops; `None` for never.
    pub ends: Option<f64>,
    /// The value of the expression.
    pub value: f64,
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

const fn on(instance: &'static [(&'static str, &'static str)], fires: f64, value: f64) -> Case {
    Case { labels: instance, fires, ends: None, value }
}

/// Every rule, the old troubles first.
pub static RULES: &[Rule] = &[
    Rule {
        name: "Watchdog",
        service: "",
        severity: "none",
        expr: "vector(1)",
        hold: 0,
        summary: "This alert always fires. If it is missing, alerts are lost on their way.",
        runbook: "watchdog",
        cases: &[on(&[], -21.0 * DAY, 1.0)],
    },
    Rule {
        name: "DiskFillsIn4h",
        service: "db",
        severity: "warning",
        expr: r#"predict_linear(node_filesystem_avail_bytes{mountpoint="/var/lib"}[1h], 4 * 3600) < 0"#,
        hold: 300,
        summary: "{{ $labels.instance }}: {{ $labels.mountpoint }} is full within 4 hours by its trend",
        runbook: "disk-fills",
        cases: &[on(&[("instance", "db-2"), ("mountpoint", "/var/lib")], -31.0 * MINUTE, -2.1e9)],
    },
    Rule {
        name: "QueueDepth",
        service: "mailer",
        severity: "warning",
        expr: "mail_queue_depth > 20000",
        hold: 600,
        summary: "{{ $labels.queue }} holds more than 20,000 mails and drains slowly",
        runbook: "queue-depth",
        cases: &[on(&[("instance", "mailer-1"), ("queue", "outbound")], -HOUR, 41_870.0)],
    },
    Rule {
        name: "MailDelayed",
        service: "mailer",
        severity: "warning",
        expr: "histogram_quantile(0.95, sum by (le) (rate(mail_delivery_seconds_bucket[10m]))) > 600",
        hold: 300,
        summary: "Mails leave more than 10 minutes after they were written",
        runbook: "mail-delayed",
        cases: &[on(&[("instance", "mailer-1")], -50.0 * MINUTE, 1312.0)],
    },
    Rule {
        name: "BackupLate",
        service: "db",
        severity: "high",
        expr: "time() - backup_last_success_timestamp_seconds > 90000",
        hold: 0,
        summary: "{{ $labels.instance }}: the last good backup is older than 25 hours",
        runbook: "backup-late",
        cases: &[on(&[("instance", "db-3")], -3.0 * HOUR, 100_812.0)],
    },
    Rule {
        name: "CostPerUserRising",
        service: "billing",
        severity: "medium",
        expr: "deriv(cost_per_active_user_eur[7d]) * 86400 > 0.002",
        hold: 3600,
        summary: "Cost per active user rises for a week: storage of search grew by a third",
        runbook: "cost-per-user",
        cases: &[on(&[], -2.0 * DAY - 3.0 * HOUR, 0.0031)],
    },
    Rule {
        name: "CertificateExpiresIn21d",
        service: "mailer",
        severity: "low",
        expr: "probe_ssl_earliest_cert_expiry - time() < 21 * 86400",
        hold: 3600,
        summary: "The certificate of {{ $labels.instance }} runs out within 21 days",
        runbook: "certificate",
        cases: &[on(&[("instance", "mx-1")], -20.0 * HOUR, 1_701_220.0)],
    },
    Rule {
        name: "CartDown",
        service: "cart",
        severity: "critical",
        expr: r#"up{service="cart"} == 0"#,
        hold: 30,
        summary: "{{ $labels.instance }} does not answer",
        runbook: "cart-down",
        cases: &[Case { labels: &[("instance", "cart-1")], fires: -9.0 * MINUTE, ends: Some(30.0), value: 0.0 }],
    },
    Rule {
        name: "CheckoutErrorsHigh",
        service: "checkout",
        severity: "critical",
        expr: "checkout:errors:ratio_rate1m > 0.01",
        hold: 15,
        summary: "{{ $labels.instance }} answers more than 1 % of requests with 5xx",
        runbook: "checkout-errors",
        cases: &[
            on(&[("instance", "checkout-7")], 60.0, 0.0173),
            on(&[("instance", "checkout-2")], 68.0, 0.0291),
            on(&[("instance", "checkout-5")], 76.0, 0.0388),
        ],
    },
    Rule {
        name: "PaymentsDown",
        service: "payments",
        severity: "critical",
        expr: r#"sum(rate(http_requests_total{service="payments",code=~"2.."}[1m])) < 20"#,
        hold: 10,
        summary: "Almost no payment goes through",
        runbook: "payments-down",
        cases: &[on(&[("instance", "payments-1")], 90.0, 11.4)],
    },
    Rule {
        name: "LatencyP95",
        service: "search",
        severity: "high",
        expr: "search:latency:p95_rate1m > 0.5",
        hold: 15,
        summary: "{{ $labels.instance }}: 5 % of searches take longer than 500 ms",
        runbook: "latency",
        cases: &[on(&[("instance", "search-3")], 96.0, 0.561), on(&[("instance", "search-1")], 104.0, 0.584)],
    },
];

/// Which alert keeps which other quiet while it fires, if both name the same service.
pub static INHIBITIONS: &[(&str, &str)] = &[("QueueDepth", "MailDelayed")];
