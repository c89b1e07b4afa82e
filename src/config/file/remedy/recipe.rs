//! Kinds that know their program: systemd, kubectl, ansible.

use super::kind::only;
use super::scope::{Scope, fixed, plain};
use crate::config::file::runbook::there;
use crate::config::reader::{Item, Sort, Table};
use crate::domain::remediation::kind::{Recipe, Verb};
use crate::domain::remediation::{Kind, Template};

/// What is done with a unit, by its key.
pub(in crate::config) const VERBS: [(&str, Verb); 4] =
    [("start", Verb::Start), ("stop", Verb::Stop), ("restart", Verb::Restart), ("reload", Verb::Reload)];

/// A systemd unit.
pub(super) fn systemd(item: &Item<'_>, scope: &Scope) -> Option<Kind> {
    let table = item.table("a table, such as { restart = \"checkout.service\" }")?;
    let user = table.item("user").map_or(Some(false), |item| item.flag());
    let read = |(key, verb): &(&str, Verb)| table.item(key).map(|item| name(&item, scope).map(|unit| (*verb, unit)));
    let mut units: Vec<Option<(Verb, Template)>> = VERBS.iter().filter_map(read).collect();
    table.finish(&["remedy.systemd"]);
    only(&table, "remedy.systemd", "one thing is done with a unit")?;
    let (verb, unit) = units.pop().flatten()?;
    Some(Kind::Systemd { verb, unit, user: user? })
}

/// A name that becomes an argument of its own.
fn name(item: &Item<'_>, scope: &Scope) -> Option<Template> {
    let template = scope.some(item)?;
    let bad = template.source().starts_with('-') || template.source().contains(char::is_whitespace);
    if bad {
        item.wrong("this is no name: it begins with '-' or holds a space");
    }
    (!bad).then_some(template)
}

/// A recipe of kubectl.
pub(super) fn kubectl(item: &Item<'_>, scope: &Scope) -> Option<Kind> {
    let table = item.table("a table, such as { rollout_restart = \"deployment/checkout\" }")?;
    let resources: Vec<Option<Template>> = crate::config::schema::alternatives("remedy.kubectl")
        .iter()
        .filter_map(|key| table.item(key))
        .map(|item| resource(&item, scope))
        .collect();
    let revision = table.item("revision").map_or(Some(None), |item| scope.number(&item).map(Some));
    let replicas = table.item("replicas").map(|item| scope.number(&item));
    let namespace = table.item("namespace").map_or(Some(None), |item| name(&item, scope).map(Some));
    let context = table.item("context").map_or(Some(None), |item| context(&item).map(Some));
    table.finish(&["remedy.kubectl"]);
    let (key, _) = only(&table, "remedy.kubectl", "kubectl does one thing")?;
    for (name, of) in [("revision", "rollout_undo"), ("replicas", "scale")] {
        if let Some(item) = table.item(name).filter(|_| key != of) {
            item.misplaced(&format!("'{name}' belongs to '{of}', not to '{key}'"));
        }
    }
    if key == "scale" && replicas.is_none() {
        table.lacks("'replicas' is missing: how many there shall be, such as replicas = \"{replicas}\"");
    }
    let recipe = match key {
        "rollout_restart" => Recipe::RolloutRestart,
        "rollout_undo" => Recipe::RolloutUndo(revision?),
        _ => Recipe::Scale(replicas??),
    };
    Some(Kind::Kubectl { recipe, resource: resources.into_iter().next()??, namespace: namespace?, context: context? })
}

/// `deployment/checkout`; the part before the slash is fixed.
fn resource(item: &Item<'_>, scope: &Scope) -> Option<Template> {
    let template = name(item, scope)?;
    let text = template.source();
    let good = text.split_once('/').is_some_and(|(kind, name)| {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        !kind.is_empty() && kind.chars().all(letter) && !name.is_empty() && !name.contains('/')
    });
    if !good {
        item.wrong("write what and which, such as deployment/checkout; only the name may be a placeholder");
    }
    good.then_some(template)
}

fn context(item: &Item<'_>) -> Option<String> {
    let name = fixed(item, "a placeholder cannot be part of the context: the cluster is decided here, not by a value")?;
    if name.starts_with('-') {
        item.wrong("this is no context: it begins with '-'");
        return None;
    }
    Some(name)
}

/// A playbook of Ansible.
pub(super) fn ansible(item: &Item<'_>, scope: &Scope) -> Option<Kind> {
    let table = item.table("a table, such as { playbook = \"fix.yml\" }")?;
    let why = "a placeholder cannot be part of this path: what runs is decided here, not by a value";
    let file = |item: &Item<'_>, sort: Sort, missing: &str| {
        fixed(item, why)?;
        there(item, sort, missing)
    };
    let playbook = table
        .need("playbook", |item| file(item, Sort::File, "there is no playbook at this path; the remedy cannot run"));
    let missing = "there is no inventory at this path; the remedy cannot run";
    let inventory = table.item("inventory").map_or(Some(None), |item| file(&item, Sort::Any, missing).map(Some));
    let limit = table.item("limit").map_or(Some(None), |item| limit(&item, scope).map(Some));
    let vars = table.item("vars").map_or(Some(Vec::new()), |item| vars(&item, scope));
    table.finish(&["remedy.ansible"]);
    Some(Kind::Ansible { playbook: playbook?, inventory: inventory?, limit: limit?, vars: vars? })
}

fn limit(item: &Item<'_>, scope: &Scope) -> Option<Template> {
    let template = scope.some(item)?;
    // `@file` would let Ansible read the hosts from a file.
    if plain(&template).is_some_and(|text| text.starts_with(['-', '@'])) || template.source().starts_with(['-', '@']) {
        item.wrong("this is no pattern of hosts: it begins with '-' or '@'");
        return None;
    }
    Some(template)
}

/// Variables by name, in an order of their own.
fn vars(item: &Item<'_>, scope: &Scope) -> Option<Vec<(String, Template)>> {
    let table: Table<'_> = item.table("a table of texts, such as { host = \"{instance}\" }")?;
    let read: Vec<Option<(String, Template)>> =
        table.items().iter().map(|(name, item)| Some(((*name).to_owned(), scope.template(item)?))).collect();
    let mut vars: Vec<(String, Template)> = read.into_iter().collect::<Option<_>>()?;
    vars.sort_by(|a, b| a.0.cmp(&b.0));
    Some(vars)
}
