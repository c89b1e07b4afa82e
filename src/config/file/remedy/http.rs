//! A request as a remedy: where to, with what, and how its end is found out.

use chrono::TimeDelta;
use url::Url;

use super::scope::Scope;
use crate::config::file::http as access;
use crate::config::reader::{Item, Table};
use crate::domain::remediation::Template;
use crate::domain::remediation::kind::{Body, Dialect, Http, Poll};
use crate::source::options::{Auth, HeaderValueFrom, HttpOptions};

/// What speaks at the other end, by its word.
pub(in crate::config) const DIALECTS: [(&str, Dialect); 5] = [
    ("webhook", Dialect::Webhook),
    ("github", Dialect::Github),
    ("jenkins", Dialect::Jenkins),
    ("rundeck", Dialect::Rundeck),
    ("awx", Dialect::Awx),
];

/// The methods.
pub(in crate::config) const METHODS: [(&str, &str); 5] =
    [("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("DELETE", "DELETE"), ("GET", "GET")];

/// How deep a body may nest.
const DEEPEST: usize = 16;

/// The request, and how it is reached.
pub(super) fn http(item: &Item<'_>, scope: &Scope) -> Option<(Http, HttpOptions)> {
    let table = item.table("a table, such as { url = \"https://ci.example/hooks/restart\" }")?;
    let (mut dialect, mut method) = (Dialect::Webhook, "POST");
    table.set("kind", |item| item.choice("kind of request", &DIALECTS), &mut dialect);
    table.set("method", |item| item.choice("method", &METHODS), &mut method);
    let url = table.need("url", |item| address(item, scope));
    let (headers, mut options) = reached(&table, scope);
    let body = table.item("body").map_or(Some(None), |item| body(&item, scope, 0).map(Some));
    let expect = table.item("expect").map_or(Some(Vec::new()), |item| statuses(&item));
    let poll = table.item("poll").map_or(Some(None), |item| poll(&item, scope).map(Some));
    table.finish(&["remedy.http"]);
    let (url, base) = url?;
    if let (false, Some(item)) = (access::is_private(&base) || options.auth == Auth::None, table.item("url")) {
        item.warn("what 'auth' names goes over the network in the open; use https://");
    }
    options.urls = vec![base.origin().ascii_serialization()];
    let http = Http { dialect, method: method.to_owned(), url, headers, body: body?, expect: expect?, poll: poll? };
    Some((http, options))
}

/// Headers in the open, and everything else that decides how it is reached.
fn reached(table: &Table<'_>, scope: &Scope) -> (Vec<(String, Template)>, HttpOptions) {
    let mut options = HttpOptions::default();
    table.set("auth", access::auth, &mut options.auth);
    table.set("tls", access::tls, &mut options.tls);
    options.proxy = table.get("proxy", access::proxy);
    let mut headers = Vec::new();
    let read = table.get("headers", access::headers).unwrap_or_default();
    let rows = table.get("headers", |item| item.table("a table")).filter(|_| !read.is_empty());
    for (name, item) in rows.iter().flat_map(Table::items) {
        match read.get(name) {
            Some(HeaderValueFrom::Plain(_)) => {
                headers.extend(scope.template(&item).map(|value| (name.to_owned(), value)));
            }
            Some(kept) => drop(options.headers.insert(name.to_owned(), kept.clone())),
            None => {}
        }
    }
    headers.sort_by(|a, b| a.0.cmp(&b.0));
    (headers, options)
}

/// An address whose placeholders stand behind the host, and what it is like without them.
fn address(item: &Item<'_>, scope: &Scope) -> Option<(Template, Url)> {
    let template = item.as_text().map_or_else(|| item.takes("an address in quotes"), |_| scope.template(item))?;
    let text = template.source();
    let behind = text.split_once("://").map_or("", |(_, behind)| behind);
    if behind.split(['/', '?', '#']).next().is_some_and(|host| host.contains('{')) || text.starts_with('{') {
        item.wrong("a placeholder may stand in the path and behind '?' only: where to is decided here, not by a value");
        return None;
    }
    let what = "an address such as \"https://ci.example/hooks/restart\"";
    let url =
        access::checked(item, &access::WEB, what, "use 'auth' with a secret from { env }, { file } or { command }")?;
    if url.fragment().is_some() {
        item.wrong("an address ends before '#': nothing behind it is sent");
        return None;
    }
    if text != text.trim() {
        item.wrong("an address begins and ends without a space");
        return None;
    }
    Some((template, url))
}

fn statuses(item: &Item<'_>) -> Option<Vec<u16>> {
    let rows = item.list("a list of status codes, such as [202]")?;
    let read: Vec<Option<u16>> =
        rows.iter().map(|row| row.count(100..=599).and_then(|code| u16::try_from(code).ok())).collect();
    read.into_iter().collect()
}

fn poll(item: &Item<'_>, scope: &Scope) -> Option<Poll> {
    let table = item.table("a table, such as { pointer = \"/status\", done = [\"succeeded\"] }")?;
    let url = table.item("url").map_or(Some(None), |item| address(&item, scope).map(|(url, _)| Some(url)));
    let (mut every, mut pointer) = (TimeDelta::seconds(2), "/status".to_owned());
    table.set("every", |item| item.span(&(TimeDelta::milliseconds(200)..=TimeDelta::hours(1))), &mut every);
    table.set("pointer", json_pointer, &mut pointer);
    let done = table.need("done", |item| {
        let words = item.words()?;
        if words.is_empty() {
            item.wrong("'done' is empty: the request would never end well");
        }
        (!words.is_empty()).then_some(words)
    });
    let failed = table.item("failed").map_or(Some(Vec::new()), |item| item.words());
    table.finish(&["remedy.http.poll"]);
    let (done, failed) = (done?, failed?);
    if let (Some(both), Some(item)) = (done.iter().find(|word| failed.contains(word)), table.item("failed")) {
        item.wrong(&format!("'{both}' cannot mean both that it is done and that it failed"));
        return None;
    }
    Some(Poll { url: url?, every, pointer, done, failed })
}

fn json_pointer(item: &Item<'_>) -> Option<String> {
    let text = item.word()?;
    if !text.starts_with('/') {
        item.wrong("a JSON pointer begins with '/', such as \"/status\" or \"/job/state\"");
        return None;
    }
    Some(text)
}

/// A body of any shape.
fn body(item: &Item<'_>, scope: &Scope, depth: usize) -> Option<Body> {
    if depth > DEEPEST {
        item.wrong(&format!("this body nests deeper than {DEEPEST} levels"));
        return None;
    }
    if item.as_text().is_some() {
        return scope.template(item).map(Body::Text);
    }
    if let Some(plain) = item.as_json() {
        return Some(Body::Plain(plain));
    }
    if item.is_list() {
        let read: Vec<Option<Body>> = item.list("a list")?.iter().map(|row| body(row, scope, depth + 1)).collect();
        return read.into_iter().collect::<Option<_>>().map(Body::List);
    }
    let table = item.table("text, finite numbers, true, false, lists and tables")?;
    let row = |(name, item): (&str, Item<'_>)| Some((name.to_owned(), body(&item, scope, depth + 1)?));
    let read: Vec<Option<(String, Body)>> = table.items().into_iter().map(row).collect();
    let mut rows: Vec<(String, Body)> = read.into_iter().collect::<Option<_>>()?;
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Some(Body::Object(rows))
}
