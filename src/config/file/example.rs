//! A whole configuration, as the documentation shows it.

/// Every table, once or more.
pub(crate) const EXAMPLE: &str = r#"
environment = "prod-eu"
timezone    = "Europe/Berlin"
read_only   = false
group_by    = ["service", "alertname"]

[operator]
name = "ana"

[store]
url = "sqlite:midwatch.db"

[severity]
label  = "prio"
values = { warning = "medium" }

[[source]]
name = "prom-eu"
kind = "prometheus"
url  = "https://prometheus.example:9090/"
every = "15s"
timeout = "5s"
auth = { bearer = { env = "PROM_TOKEN" } }
headers = { X-Scope-OrgID = "team-a", X-Auth-Token = { file = "~/token" } }
tls  = { ca = "ca.pem", cert = "me.pem", key = "me.key" }
proxy = "socks5://127.0.0.1:1080"

[[source]]
name = "am-eu"
kind = "alertmanager"
url  = ["http://am-0:9093", "http://am-1:9093"]
watchdog = { alertname = "Watchdog" }
auth = { basic = { username = "ana", password = { command = ["pass", "show", "am"] } } }
ack = { prefix = "ACK!", for = "15m", extend = "self", max = "12h", ignore_labels = ["pod", "instance_id"] }
severity = { values = { urgent = "critical" } }

[[source]]
name = "this"
kind = "host"
ignore_mounts = ["/mnt/backup"]
[source.rules]
cpu = { over = 60.5, for = "2m" }
memory = { over = 90 }
swap = false
load = { over = 1.5 }
disk_fills_within = false
error_burst = 10
units = false

[[source]]
name = "loki"
kind = "journald"
units = ["checkout.service"]
backlog = 10
off = true

[[source]]
name = "app"
kind = "file"
paths = ["logs/*.log", "/var/log/app.log"]
format = "logfmt"
service = "checkout"

[[service]]
name  = "checkout"
match = { service = "checkout", pod = { re = "web-.*" } }
owner = "payments-team"

[service.signals.latency]
source = "prom-eu"
query  = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="checkout"}[5m])))'
label  = "p95"
unit   = "s"
warn   = 0.4
critical = 0.5

[service.signals."queue depth"]
source = "prom-eu"
query  = '''
sum(queue_depth{
  service="checkout"
})'''

[service.slo]
objective = 99.9
window = "30d"
source = "prom-eu"
errors = 'sum(rate(http_requests_total{service="checkout",code=~"5.."}[$window]))'
total  = 'sum(rate(http_requests_total{service="checkout"}[$window]))'

[service.logs]
source = "loki"
query  = '{app="checkout"}'

[[service]]
name = "payments"

[[runbook]]
match = { alertname = "CheckoutErrorsHigh" }
path  = "runbooks/checkout-errors.md"

[[runbook_root]]
url = "https://wiki.example/runbooks"
path = "~/src/runbooks"

[[remedy]]
id      = "restart-checkout"
title   = "Restart one checkout instance"
match   = { service = "checkout" }
command = ["systemctl", "restart", "checkout@{instance}"]
dry_run = ["systemctl", "status", "checkout@{instance}"]
verify  = ["systemctl", "is-active", "checkout@{instance}"]
timeout = "60s"
cooldown = "10m"
confirm = "type"                                # none | ask | type
[remedy.params.instance]
from    = "label:instance"                      # a label of the alert, or asked for
pattern = "[a-z0-9-]{1,32}"                     # the whole value must match
"#;
