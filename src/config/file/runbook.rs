//! `[[runbook]]` and `[[runbook_root]]`: what to follow for which alerts, and which checkout stands for which address.

use std::path::PathBuf;

use super::{http, matchers, rows};
use crate::config::reader::{Item, Sort, Table};
use crate::config::settings::{Runbook, Settings};

/// Adds the runbooks and roots of a page to what is there already.
pub(super) fn runbooks(root: &Table<'_>, settings: &mut Settings) {
    for runbook in rows(root, "runbook").iter().filter_map(runbook) {
        if !settings.runbooks.contains(&runbook) {
            settings.runbooks.push(runbook);
        }
    }
    for table in rows(root, "runbook_root") {
        let Some((url, path)) = runbook_root(&table) else { continue };
        match settings.runbook_roots.iter().find(|(known, _)| *known == url) {
            None => settings.runbook_roots.push((url, path)),
            Some((_, known)) if *known == path => {}
            Some((_, known)) => {
                let message = format!("{} stands for this address already; an address is given once", known.display());
                if let Some(item) = table.item("url") {
                    item.wrong(&message);
                }
            }
        }
    }
}

fn runbook(table: &Table<'_>) -> Option<Runbook> {
    let matchers = table.need("match", matchers::matchers);
    let path = table.need("path", |item| {
        there(item, Sort::File, "there is no runbook at this path; its alerts will show that it is missing")
    });
    table.finish(&["runbook"]);
    Some(Runbook { matchers: matchers?, path: path? })
}

fn runbook_root(table: &Table<'_>) -> Option<(String, PathBuf)> {
    let url = table.need("url", beginning);
    let missing = "there is no folder at this path; addresses that begin so show no runbook until it is checked out";
    let path = table.need("path", |item| there(item, Sort::Folder, missing));
    table.finish(&["runbook_root"]);
    Some((url?, path?))
}

/// What addresses begin with. Where it ends with a folder, it ends with its slash, so that `/runbooks` is not the
/// beginning of `/runbooks-old`.
fn beginning(item: &Item<'_>) -> Option<String> {
    let what = "what addresses begin with, such as \"https://wiki.example/runbooks/\"";
    let url = http::checked(item, &http::WEB, what, "addresses of runbooks are written without it")?;
    let text = item.as_text()?.trim().to_owned();
    let is_open = url.query().is_some() || url.fragment().is_some() || text.ends_with('/');
    Some(if is_open { text } else { text + "/" })
}

/// A path where something must lie.
pub(super) fn there(item: &Item<'_>, sort: Sort, missing: &str) -> Option<PathBuf> {
    let path = item.place()?;
    item.mention(&path, sort, &format!("{} ({})", missing, path.display()));
    Some(path)
}
