//! A systemd unit: started, stopped, restarted, reloaded.

use crate::domain::remediation::Template;
use crate::domain::remediation::kind::Verb;
use crate::domain::remediation::plan::ProcessCall;
use crate::domain::remediation::template::Piece;

use super::bench::Bench;
use super::told;

/// Types of units beside services: a value may not choose one, or `{unit}` could be `poweroff.target`.
const OTHER_TYPES: &[&str] =
    &["target", "socket", "timer", "mount", "automount", "swap", "path", "slice", "scope", "device"];

/// Plans what is done with a unit.
pub(super) fn plan(bench: &Bench<'_>, verb: Verb, unit: &Template, user: bool) -> Result<ProcessCall, String> {
    let unit = name(bench, unit).map_err(|words| format!("the unit: {words}"))?;
    let verb = match verb {
        Verb::Start => "start",
        Verb::Stop => "stop",
        Verb::Restart => "restart",
        Verb::Reload => "reload",
    };
    let manager = user.then_some("--user");
    let words = manager.into_iter().chain(["--no-ask-password", "--no-pager", verb, "--", &unit]);
    bench.process("systemctl", words.map(str::to_owned).collect())
}

/// A name as systemd.unit(5) has it, without patterns and paths.
fn name(bench: &Bench<'_>, template: &Template) -> Result<String, String> {
    let name = bench.values.argument(template)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ":_.@\\-".contains(c);
    if name.len() > 255 || name.starts_with(['-', '.', '@']) || name.is_empty() || !name.chars().all(plain) {
        return Err(format!("'{}' is no name of a unit; one looks like checkout@7.service", told(&name)));
    }
    let ends_with_a_value = matches!(template.pieces().last(), Some(Piece::Param(_)));
    let kind = name.rsplit_once('.').map(|(_, kind)| kind).unwrap_or_default();
    if ends_with_a_value && OTHER_TYPES.contains(&kind) {
        return Err(format!(
            "'{}' is no service, and a value may not choose that; write '{}.{kind}' if it is meant",
            told(&name),
            template.source()
        ));
    }
    Ok(name)
}
