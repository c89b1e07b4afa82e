//! `[[remedy]]`: scripted remediations, as declared.
//!
//! What is wrong in one is told where it stands, all of it; nothing here runs, and no value is known yet.

mod argv;
mod env;
mod http;
mod kind;
mod limits;
mod param;
mod recipe;
mod scope;
#[cfg(test)]
mod tests;
mod when;

use std::path::PathBuf;

use super::runbook::there;
use super::{matchers, rows};
use crate::config::reader::{Item, Sort, Table};
use crate::config::settings::Settings;
use crate::domain::remediation::param::ParamKind;
use crate::domain::remediation::{Kind, Origin, Param, Remedy, RemedyId};
use crate::source::options::{HttpOptions, SecretRef};
use scope::Scope;

/// The words of choices, for whoever writes settings out and for the schema.
pub(in crate::config) mod words {
    pub(in crate::config) use super::http::DIALECTS;
    #[cfg(test)]
    pub(in crate::config) use super::http::METHODS;
    pub(in crate::config) use super::limits::CONFIRM;
    #[cfg(test)]
    pub(in crate::config) use super::param::TYPES;
    pub(in crate::config) use super::recipe::VERBS;
}

/// A remedy, and what is kept beside it.
struct Declared {
    remedy: Remedy,
    access: Option<HttpOptions>,
    secrets: Vec<(String, SecretRef)>,
}

/// Adds the remedies of a page to what is there already. One whose id is taken is left out and told.
pub(super) fn remedies(root: &Table<'_>, origin: &Origin, settings: &mut Settings) {
    let mut ids: Vec<String> = Vec::new();
    if root.page().is_broken() && matches!(origin, Origin::Preset(_)) {
        // What could not be read may be a guard; a configuration of one's own is refused as a whole.
        return;
    }
    for table in rows(root, "remedy") {
        let errors = root.page().errors();
        let (id, declared) = remedy(&table, origin, settings.environment.as_deref());
        // One with any mistake is left out: a guard that was misspelt would be a guard that is missing.
        let declared = declared.filter(|_| root.page().errors() == errors);
        if let (Some(id), Some(item)) = (id, table.item("id")) {
            let is_elsewhere = settings.remedies.iter().any(|before| before.id.as_str() == id);
            if ids.contains(&id) {
                item.wrong(&format!("there is a remedy '{id}' already; an id is given once"));
                continue;
            }
            ids.push(id.clone());
            if is_elsewhere {
                item.wrong(&format!("there is a remedy '{id}' already, declared elsewhere; this one is left out"));
                continue;
            }
        }
        if let Some(Declared { remedy, access, secrets }) = declared {
            let id = &remedy.id;
            settings.remedy_access.extend(access.map(|access| (id.clone(), access)));
            settings.remedy_secrets.extend(secrets.into_iter().map(|(name, kept)| ((id.clone(), name), kept)));
            settings.remedies.push(remedy);
        }
    }
}

/// One of them: its id, even where something else is wrong, and the whole.
fn remedy(table: &Table<'_>, origin: &Origin, environment: Option<&str>) -> (Option<String>, Option<Declared>) {
    let id = table.need("id", id);
    let rows = table.get("params", |item| item.table("tables, each under [remedy.params.NAME]"));
    let scope = Scope::of(rows.as_ref());
    let params = rows.as_ref().map_or(Some(Vec::new()), param::params);
    let matchers = table.item("match").map_or(Some(Vec::new()), |item| matchers::matchers(&item));
    let environments = table.item("environments").map_or(Some(Vec::new()), |item| environments(&item, environment));
    let made = kind::kind(table, &scope);
    let process =
        |key| table.item(key).map_or(Some(None), |item| argv::argv(&item, &scope, argv::Where::Here).map(Some));
    let (dry_run, verify) = (process("dry_run"), process("verify"));
    let require = table.item("require").map_or(Some(Vec::new()), |item| when::required(&item, &scope));
    let limits = limits::limits(table);
    let target = table.item("target").map_or(Some(None), |item| scope.some(&item).map(Some));
    let env = table.item("env").map(|item| env::variables(&item, &scope));
    let exits = table.item("exits").map_or(Some(std::collections::BTreeMap::new()), |item| when::exits(&item));
    let auto = table.item("auto").map_or(Some(None), |item| when::auto(&item, &scope).map(Some));
    let title = table.get("title", Item::word).or_else(|| id.clone()).unwrap_or_default();
    let help = table.get("help", Item::query).unwrap_or_default();
    let cwd = table.item("cwd").map_or(Some(PathBuf::from("/")), |item| folder(&item));
    table.finish(&["remedy"]);
    if let Some(item) = table.item("auto") {
        alone(table, &item, rows.as_ref().zip(params.as_deref()), limits.approvals);
    }
    let has_process = table.item("dry_run").or_else(|| table.item("verify")).is_some();
    let declared = || {
        let (kind, access) = made?;
        let params = params?;
        idle(rows.as_ref(), &params, &scope, &kind, has_process);
        let (env, secrets) = env.unwrap_or_else(|| Some((env::shipped(&kind), Vec::new())))?;
        let remedy = Remedy {
            id: RemedyId::new(id.as_deref()?),
            title,
            help,
            matchers: matchers?,
            environments: environments?,
            kind,
            dry_run: dry_run?,
            verify: verify?,
            require: require?,
            confirm: limits.confirm,
            approvals: limits.approvals,
            cooldown: limits.cooldown,
            timeout: limits.timeout,
            grace: limits.grace,
            watch: limits.watch,
            target: target?,
            params,
            env,
            cwd: cwd?,
            exits: exits?,
            auto: auto?,
            origin: origin.clone(),
        };
        Some(Declared { remedy, access, secrets })
    };
    let declared = declared();
    (id, declared)
}

/// The longest id, in characters.
const LONGEST: usize = 64;

fn id(item: &Item<'_>) -> Option<String> {
    let id = item.word()?;
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let good = id.starts_with(letter) && id.chars().all(|c| letter(c) || c == '-') && id.len() <= LONGEST;
    if !good {
        item.wrong(&format!(
            "a remedy's id is what the operator types: small letters, digits and '-', at most {LONGEST} of them, and it \
             does not begin with '-'"
        ));
    }
    good.then_some(id)
}

fn folder(item: &Item<'_>) -> Option<PathBuf> {
    scope::fixed(item, "a placeholder cannot be part of the folder")?;
    there(item, Sort::Folder, "there is no folder at this path; the remedy cannot run")
}

/// The environments that a remedy may run in.
fn environments(item: &Item<'_>, here: Option<&str>) -> Option<Vec<String>> {
    let names = item.words()?;
    if names.is_empty() {
        item.wrong("'environments' is empty: the remedy could run nowhere; leave it out for all of them");
        return None;
    }
    if here.is_none() {
        item.warn("this configuration names no 'environment', so this remedy cannot run here");
    }
    Some(names)
}

/// Tells which parameters nothing takes up.
fn idle(rows: Option<&Table<'_>>, params: &[Param], scope: &Scope, kind: &Kind, has_process: bool) {
    for param in params {
        let Some(item) = rows.and_then(|rows| rows.item(&param.name)) else { continue };
        let name = &param.name;
        let is_remote = matches!(kind, Kind::Http(_) | Kind::Ssh { .. });
        if param.is_secret() && is_remote && !has_process {
            let word = kind.word();
            item.idle(&format!("nothing takes up the secret '{name}': no variable reaches the other end of '{word}'"));
        } else if !param.is_secret() && !scope.uses(name) && !matches!(kind, Kind::Script { .. }) {
            item.idle(&format!("nothing takes up '{name}': write {{{name}}} where its value belongs"));
        }
    }
}

/// Notes what keeps a remedy from running by itself.
fn alone(table: &Table<'_>, auto: &Item<'_>, params: Option<(&Table<'_>, &[Param])>, approvals: u8) {
    if table.item("match").is_none() && !table.page().is_broken() {
        auto.misplaced("'match' is missing: what runs by itself says for which alerts");
    }
    if approvals > 1 {
        auto.misplaced("what needs two people cannot run by itself; take out 'auto' or 'approvals'");
    }
    let params = params.into_iter().flat_map(|(rows, params)| params.iter().map(move |param| (rows, param)));
    for (rows, param) in params {
        let Some(item) = rows.item(&param.name) else { continue };
        let name = &param.name;
        if param.kind == ParamKind::Secret {
            item.misplaced(&format!("'{name}' is a secret that somebody must type, so 'auto' cannot run this remedy"));
        } else if param.label.is_none() && param.default.is_none() {
            item.misplaced(&format!("'{name}' has neither 'from' nor 'default', so 'auto' cannot run this remedy"));
        }
    }
}
