//! Recipes of kubectl: restart, undo, scale; each looks before and is followed afterwards.

use crate::domain::remediation::Template;
use crate::domain::remediation::kind::Recipe;
use crate::domain::remediation::plan::{Call, ProcessCall};

use super::bench::Bench;
use super::{Calls, told};

/// No single request takes longer; a rollout is followed by more than one.
const REQUEST_TIMEOUT: &str = "--request-timeout=30s";

/// Kinds whose rollouts kubectl can follow, as they are written.
const ROLLED_OUT: &[&str] =
    &["deployment", "deployments", "deploy", "statefulset", "statefulsets", "sts", "daemonset", "daemonsets", "ds"];

/// Plans a recipe.
pub(super) fn plan(
    bench: &Bench<'_>,
    recipe: &Recipe,
    resource: &Template,
    namespace: Option<&Template>,
    context: Option<&str>,
) -> Result<Calls, String> {
    let resource = resource_name(bench, resource).map_err(|words| format!("the resource: {words}"))?;
    let mut place = Vec::new();
    if let Some(context) = context {
        place.push(format!("--context={}", bench.values.text(&Template::literal(context))?));
    }
    if let Some(namespace) = namespace {
        place.push(namespace_option(bench, namespace).map_err(|words| format!("the namespace: {words}"))?);
    }
    let call = |words: &[&str]| -> Result<ProcessCall, String> {
        let words = words.iter().map(|&word| word.to_owned());
        bench.process("kubectl", place.iter().cloned().chain(words).collect())
    };
    let (run, look) = match recipe {
        Recipe::RolloutRestart => {
            (call(&[REQUEST_TIMEOUT, "rollout", "restart", &resource])?, call(&[REQUEST_TIMEOUT, "get", &resource])?)
        }
        Recipe::RolloutUndo(None) => (
            call(&[REQUEST_TIMEOUT, "rollout", "undo", &resource])?,
            call(&[REQUEST_TIMEOUT, "rollout", "history", &resource])?,
        ),
        Recipe::RolloutUndo(Some(revision)) => {
            let revision = number(bench, revision).map_err(|words| format!("the revision: {words}"))?;
            (
                call(&[REQUEST_TIMEOUT, "rollout", "undo", &format!("--to-revision={revision}"), &resource])?,
                call(&[REQUEST_TIMEOUT, "rollout", "history", &format!("--revision={revision}"), &resource])?,
            )
        }
        Recipe::Scale(replicas) => {
            let replicas = number(bench, replicas).map_err(|words| format!("the replicas: {words}"))?;
            let replicas = format!("--replicas={replicas}");
            (
                call(&[REQUEST_TIMEOUT, "scale", &replicas, &resource])?,
                call(&[REQUEST_TIMEOUT, "scale", "--dry-run=server", &replicas, &resource])?,
            )
        }
    };
    let kind = resource.split(['/', '.']).next().unwrap_or_default();
    let verify = if ROLLED_OUT.contains(&kind) {
        let timeout = format!("--timeout={}s", bench.remedy.timeout.num_seconds().max(1));
        // Following is one long request: it must not have the short deadline of one.
        Some(Call::Process(call(&["rollout", "status", &timeout, &resource])?))
    } else {
        None
    };
    Ok(Calls { run: Call::Process(run), dry_run: Some(Call::Process(look)), verify })
}

/// `kind/name`, as kubectl takes it for one resource and no other.
fn resource_name(bench: &Bench<'_>, template: &Template) -> Result<String, String> {
    let text = bench.values.argument(template)?;
    let fits = |(kind, name): (&str, &str)| {
        kind.starts_with(|c: char| c.is_ascii_lowercase()) && is_dns(kind) && !kind.contains('-') && is_dns(name)
    };
    let wrong = || format!("'{}' is no resource; write kind/name, such as deployment/checkout", told(&text));
    if text.split_once('/').is_some_and(fits) { Ok(text) } else { Err(wrong()) }
}

fn namespace_option(bench: &Bench<'_>, template: &Template) -> Result<String, String> {
    let name = bench.values.argument(template)?;
    if name.len() > 63 || name.contains('.') || !is_dns(&name) {
        return Err(format!("'{}' is no name of a namespace; use small letters, digits and '-'", told(&name)));
    }
    Ok(format!("--namespace={name}"))
}

/// A subdomain of RFC 1123, as names of resources are.
fn is_dns(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= 253
        && text.starts_with(edge)
        && text.ends_with(edge)
        && !text.contains("..")
        && text.chars().all(|c| edge(c) || c == '.' || c == '-')
}

fn number(bench: &Bench<'_>, template: &Template) -> Result<String, String> {
    let text = bench.values.argument(template)?;
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("'{}' is no whole number; write one such as 3", told(&text)));
    }
    Ok(text)
}
