//! The remedies and runbooks of the simulated team, written into the world's private folder.

use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use std::io::Write as _;

use chrono::TimeDelta;

use crate::domain::Moment;

/// How long ago the team last wrote its runbooks.
const EDITED: TimeDelta = TimeDelta::days(3);

/// A page of the team's runbooks: the name that alerts have it under, and its text.
const PAGES: &[(&str, &str)] = &[
    ("checkout-errors", include_str!("runbooks/checkout-errors.md")),
    ("payments-down", include_str!("runbooks/payments-down.md")),
    ("cart-down", include_str!("runbooks/cart-down.md")),
    ("queue-depth", include_str!("runbooks/queue-depth.md")),
    ("mail-delayed", include_str!("runbooks/queue-depth.md")),
    ("backup-late", include_str!("runbooks/backup-late.md")),
    ("disk-fills", include_str!("../../runbooks/storage-full.md")),
    ("latency", include_str!("../../runbooks/slow-queries.md")),
    ("certificate", include_str!("../../runbooks/certificate-expiring.md")),
    ("watchdog", include_str!("../../runbooks/watchdog-missing.md")),
];

/// Restarts one instance: it says what it does and leaves a file that the story reads.
const RESTART: &str = r#"#!/bin/sh
# Restarts one instance of checkout, in the simulated production.
set -eu
instance="$1"
printf '\033[1mrestarting %s\033[0m\n' "$instance"
for part in 1 2 3 4 5 6 7 8 9 10; do
  printf '\rdraining connections %3d %%' "$((part * 10))"
  sleep 0.12
done
printf '\n\033[33mwarning\033[0m 3 requests were still open\n'
echo "stopped; starting v812"
sleep 0.4
: > "$(dirname "$0")/mends/CheckoutErrorsHigh.$instance"
printf '\033[32mready\033[0m in 0.4 s\n'
"#;

/// Looks only.
const STATUS: &str = r#"#!/bin/sh
# Tells how one instance of checkout is, in the simulated production.
set -eu
instance="$1"
echo "$instance: active (running) since 02:51, v812, 50 of 50 connections in use"
"#;

/// After a restart: whether the instance is there.
const READY: &str = r#"#!/bin/sh
set -eu
[ -e "$(dirname "$0")/mends/CheckoutErrorsHigh.$1" ] && echo "$1 answers /ready with 200"
"#;

/// What runs by itself: nobody is on it, and it can do no harm.
const RENEW: &str = r#"#!/bin/sh
# Renews a certificate, in the simulated production.
set -eu
echo "asking for a certificate for $1"
sleep 0.8
: > "$(dirname "$0")/mends/CertificateExpiresIn21d.$1"
echo "valid for 90 days"
"#;

/// Writes the pages and scripts below a folder, as they are at a moment of the story.
///
/// # Errors
/// Where they cannot be written.
pub fn write(folder: &Path, now: Moment, posed: bool) -> io::Result<()> {
    let private = |name: &str| std::fs::DirBuilder::new().mode(0o700).create(folder.join(name));
    private("runbooks")?;
    private("mends")?;
    for (name, text) in PAGES {
        let page = folder.join("runbooks").join(format!("{name}.md"));
        file(&page, text)?;
        std::fs::File::options().write(true).open(page)?.set_modified((now - EDITED).into())?;
    }
    // In a picture the restart is seen in its middle, however slow or fast the machine is.
    let restart = if posed { RESTART.replace("sleep 0.4", "sleep 30") } else { RESTART.to_owned() };
    for (name, text) in
        [("restart.sh", restart.as_str()), ("status.sh", STATUS), ("ready.sh", READY), ("renew.sh", RENEW)]
    {
        file(&folder.join(name), text)?;
    }
    Ok(())
}

/// A file that nobody else reads or writes.
pub(super) fn file(path: &Path, text: &str) -> io::Result<()> {
    std::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?.write_all(text.as_bytes())
}

/// The tables of the configuration. `heals` adds a remedy that runs by itself, for a world whose clock goes.
#[must_use]
pub fn tables(folder: &Path, ops: &str, heals: bool) -> String {
    let path = |name: &str| super::config::quoted(&folder.join(name).display().to_string());
    let (runbooks, restart, status) = (path("runbooks"), path("restart.sh"), path("status.sh"));
    let (ready, renew) = (path("ready.sh"), path("renew.sh"));
    let roll_back = super::config::quoted(&format!("{ops}/services/checkout/rollback"));
    // The certificate has been short for 20 hours when the demo begins: whoever comes to look is not met by a countdown.
    let auto = if heals { "auto = { after = \"20h2m30s\", max = \"1/1h\", notice = \"30s\" }\n" } else { "" };
    format!(
        r#"
[[runbook_root]]
url = "https://runbooks.example/eu-1/"
path = {runbooks}

[[remedy]]
id = "restart-checkout"
title = "Restart one checkout instance"
help = "Takes it out of the balancer, restarts it, waits until it is ready. Three requests or so are lost."
match = {{ service = "checkout" }}
script = {{ path = {restart}, interpreter = ["sh"], args = ["{{instance}}"] }}
dry_run = ["sh", {status}, "{{instance}}"]
verify = ["sh", {ready}, "{{instance}}"]
timeout = "60s"
cooldown = "2m"
confirm = "type"
[remedy.params.instance]
from = "label:instance"
pattern = "checkout-[0-9]{{1,2}}"
help = "which instance"

[[remedy]]
id = "roll-back-checkout"
title = "Roll checkout back to v811"
help = "The deployment service takes every instance back, one after the other; about ten seconds."
match = {{ service = {{ re = "checkout|payments|search" }} }}
http = {{ kind = "webhook", method = "POST", url = {roll_back}, body = {{ to = "v811" }}, poll = {{ url = {roll_back}, every = "1s", pointer = "/status", done = ["succeeded"], failed = ["failed"] }} }}
timeout = "60s"
cooldown = "10m"
confirm = "type"

[[remedy]]
id = "grow-volume"
title = "Grow the volume of a database by a fifth"
help = "Cannot be taken back, so a second person agrees."
match = {{ alertname = "DiskFillsIn4h" }}
command = ["echo", "volume of {{instance}} grown at {{mountpoint}}"]
approvals = 2
cooldown = "1h"
[remedy.params.instance]
from = "label:instance"
[remedy.params.mountpoint]
from = "label:mountpoint"
pattern = "/[a-z/]{{1,40}}"

[[remedy]]
id = "flush-queue"
title = "Send what waits in the queue now"
match = {{ alertname = "QueueDepth" }}
command = ["echo", "queue flushed on {{instance}}"]
cooldown = "5m"
confirm = "ask"
[remedy.params.instance]
from = "label:instance"

[[remedy]]
id = "renew-certificate"
title = "Renew a certificate before it runs out"
match = {{ alertname = "CertificateExpiresIn21d" }}
script = {{ path = {renew}, interpreter = ["sh"], args = ["{{instance}}"] }}
cooldown = "5m"
confirm = "ask"
{auto}[remedy.params.instance]
from = "label:instance"
pattern = "mx-[0-9]"
"#
    )
}
