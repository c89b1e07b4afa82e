//! How a source is reached over HTTP: addresses, authentication, headers, TLS, proxy.

use std::collections::BTreeMap;

use url::{Host, Url};

use super::secret::secret;
use crate::config::reader::{Item, Table};
use crate::domain::discreet::{holds_a_secret, is_credential, names_a_secret};
use crate::source::options::{Auth, HeaderValueFrom, HttpOptions, TlsOptions};

pub(super) const WEB: [&str; 2] = ["http", "https"];
const PROXY: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// What all sources over HTTP share. `peers` says whether several addresses may be given.
pub(super) fn http(table: &Table<'_>, peers: bool) -> Option<HttpOptions> {
    let urls = table.need("url", |item| if peers { addresses(item) } else { address(item).map(|url| vec![url]) });
    let mut made = HttpOptions { urls: Vec::new(), ..HttpOptions::default() };
    table.set("auth", auth, &mut made.auth);
    table.set("headers", headers, &mut made.headers);
    table.set("tls", tls, &mut made.tls);
    made.proxy = table.get("proxy", proxy);
    made.urls = urls?;
    Some(made)
}

fn addresses(item: &Item<'_>) -> Option<Vec<String>> {
    if item.as_text().is_some() {
        return address(item).map(|url| vec![url]);
    }
    let rows = item.list("an address, or a list of them if the source is a cluster")?;
    if rows.is_empty() {
        item.wrong("'url' names no address");
        return None;
    }
    let read: Vec<Option<String>> = rows.iter().map(address).collect();
    read.into_iter().collect()
}

fn address(item: &Item<'_>) -> Option<String> {
    let advice = "use 'auth' with a secret from { env }, { file } or { command }";
    let url = checked(item, &WEB, "an address such as \"https://prometheus.example:9090\"", advice)?;
    let text = item.as_text()?.trim();
    if url.query().is_some() || url.fragment().is_some() {
        item.wrong("an address ends before '?' and '#'; midwatch adds what it asks for itself");
        return None;
    }
    Some(text.trim_end_matches('/').to_owned())
}

pub(super) fn proxy(item: &Item<'_>) -> Option<String> {
    let advice = "leave 'proxy' out and set HTTPS_PROXY in the environment";
    checked(item, &PROXY, "a proxy such as \"socks5://127.0.0.1:1080\"", advice)?;
    item.as_text().map(|text| text.trim().to_owned())
}

/// Parses a URL with one of these schemes, a host and no password. The address is quoted in no message: what
/// cannot be read may hold a password in an unexpected place.
pub(super) fn checked(item: &Item<'_>, schemes: &[&str], what: &str, advice: &str) -> Option<Url> {
    let Some(text) = item.as_text() else { return item.takes(what) };
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once("://") else {
        item.wrong(&format!("this is no address: it has no scheme; write {what}"));
        return None;
    };
    if !schemes.contains(&scheme) {
        let message = format!("an address begins with {}://", schemes.join(":// or "));
        item.misspelt(&message, scheme, schemes.iter().copied());
        return None;
    }
    if rest.is_empty() || rest.starts_with(['/', ':', '?', '#']) {
        item.wrong(&format!("this address names no host; write {what}"));
        return None;
    }
    match Url::parse(text) {
        Err(error) => {
            item.wrong(&format!("this is no address: {error}; write {what}"));
            None
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            item.wrong(&format!("a name or password is never part of an address; {advice}"));
            None
        }
        Ok(url) => Some(url),
    }
}

/// Whether what is sent there is read by nobody else.
pub(super) fn is_private(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || is_loopback
}

/// An address whose answers nobody can change on the way: `https://`, or this machine.
pub(in crate::config) fn guarded(item: &Item<'_>, what: &str, advice: &str) -> Option<String> {
    let url = checked(item, &WEB, what, advice)?;
    if item.as_text().is_some_and(holds_a_secret) {
        item.wrong("everybody who walks this list sees the address; a secret is never part of it");
        return None;
    }
    if !is_private(&url) {
        item.wrong("an address begins with https://; http:// is for this machine alone, such as http://localhost:8080");
        return None;
    }
    item.as_text().map(|text| text.trim().to_owned())
}

/// A server and its port, as `api.example:443` or `[::1]:443`; the brackets are taken off.
pub(in crate::config) fn server(item: &Item<'_>) -> Option<(String, u16)> {
    let text = item.word()?;
    let read = text.rsplit_once(':').and_then(|(host, port)| {
        let port = port.parse::<u16>().ok().filter(|port| *port > 0)?;
        let host = Host::parse(host).ok()?.to_string();
        Some((host.trim_matches(['[', ']']).to_owned(), port))
    });
    if read.is_none() {
        item.wrong(&format!("{} is no server with its port; write one as \"api.example:443\"", item.quote()));
    }
    read
}

pub(super) fn auth(item: &Item<'_>) -> Option<Auth> {
    let table = item.table("a table, such as { bearer = { env = \"PROM_TOKEN\" } }")?;
    table.finish(&["auth"]);
    let ways: Vec<(&str, Item<'_>)> =
        table.items().into_iter().filter(|(key, _)| ["basic", "bearer", "header"].contains(key)).collect();
    match ways.as_slice() {
        [("bearer", item)] => secret(item).map(Auth::Bearer),
        [("basic", item)] => {
            let table = item.table("a table, such as { username = \"ana\", password = { env = \"NAME\" } }")?;
            table.finish(&["auth.basic"]);
            let (username, password) = (table.need("username", Item::word), table.need("password", secret));
            Some(Auth::Basic { username: username?, password: password? })
        }
        [("header", item)] => {
            let table = item.table("a table, such as { name = \"X-Api-Key\", value = { env = \"NAME\" } }")?;
            table.finish(&["auth.header"]);
            let (name, value) = (table.need("name", header_name), table.need("value", secret));
            Some(Auth::Header { name: name?, value: value? })
        }
        [] => {
            table.lacks("'auth' names no way; there are basic, bearer and header");
            None
        }
        _ => {
            item.wrong("'auth' takes one way: basic, bearer or header");
            None
        }
    }
}

fn header_name(item: &Item<'_>) -> Option<String> {
    let name = item.word()?;
    if !is_header_name(&name) {
        item.wrong("this is no name of a header: letters, digits and '-' only");
        return None;
    }
    Some(name)
}

pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

pub(super) fn headers(item: &Item<'_>) -> Option<BTreeMap<String, HeaderValueFrom>> {
    let table = item.table("a table, such as { X-Scope-OrgID = \"team-a\" }")?;
    let mut headers = BTreeMap::new();
    for (name, item) in table.items() {
        let value = match item.as_text() {
            _ if !is_header_name(name) => {
                item.unknown("this is no name of a header: letters, digits and '-' only", "", []);
                None
            }
            Some(text) if !names_a_secret(name) && !is_credential(text) => plain(&item, text),
            _ => secret(&item).map(HeaderValueFrom::Secret),
        };
        headers.extend(value.map(|value| (name.to_owned(), value)));
    }
    Some(headers)
}

fn plain(item: &Item<'_>, text: &str) -> Option<HeaderValueFrom> {
    if text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return Some(HeaderValueFrom::Plain(text.to_owned()));
    }
    item.wrong("a header's value is plain ASCII on one line");
    None
}

pub(super) fn tls(item: &Item<'_>) -> Option<TlsOptions> {
    let table = item.table("a table, such as { ca = \"ca.pem\" }")?;
    let [ca, cert, key] = ["ca", "cert", "key"].map(|name| table.get(name, Item::place));
    if let (Some(path), Some(item)) = (&key, table.item("key")) {
        super::secret::private(&item, path);
    }
    let insecure = table.get("insecure", Item::flag).unwrap_or_default();
    table.finish(&["tls"]);
    if table.item("cert").is_some() != table.item("key").is_some() {
        table.lacks("a client certificate needs both 'cert' and 'key'");
        return None;
    }
    Some(TlsOptions { ca, cert, key, insecure })
}
