//! Placeholders in addresses: a value is encoded, and never decides the scheme.

use super::Values;
use super::name::{self, Found};

/// The address with its placeholders filled; `None` where it has to stay as it is written: a value is missing or
/// does not fit its place.
pub(super) fn fill(target: &str, values: &Values) -> Option<String> {
    let mut made = String::with_capacity(target.len());
    for found in name::all(target, values) {
        match found {
            Found::Text(text) => made.push_str(text),
            Found::Name { name, .. } => {
                let value = values.exact(name)?;
                match place(&made) {
                    Place::Scheme => return None,
                    Place::Host => made.push_str(Some(value).filter(|value| is_host(value))?),
                    Place::Behind => encode(value, &mut made)?,
                }
            }
        }
    }
    Some(made)
}

/// Text with its placeholders filled exactly, or `None`: a value that had to be cut or cleaned is another value.
pub(super) fn exact(text: &str, values: &Values) -> Option<String> {
    let piece = |found| match found {
        Found::Text(text) => Some(text),
        Found::Name { name, .. } => values.exact(name),
    };
    name::all(text, values).map(piece).collect()
}

/// Where in an address a value stands.
enum Place {
    /// Where the scheme still can be, or what follows it.
    Scheme,
    /// In the name of the host.
    Host,
    /// In path, query or fragment.
    Behind,
}

/// Where the next character stands, by what is before it.
fn place(before: &str) -> Place {
    let Some(end) = before.find([':', '/', '?', '#']) else { return Place::Scheme };
    let rest = before.get(end..).unwrap_or_default();
    let authority = rest.strip_prefix("://").or_else(|| rest.strip_prefix("//").filter(|_| end == 0));
    match authority {
        Some(authority) if authority.contains(['/', '?', '#', '\\']) => Place::Behind,
        Some(_) => Place::Host,
        // `http:` and `/` could still become `http://` and `//`.
        None if matches!(rest, ":" | ":/") => Place::Scheme,
        None => Place::Behind,
    }
}

/// A host's name or address, with or without a port.
fn is_host(value: &str) -> bool {
    let (host, port) = value.split_once(':').unwrap_or((value, "0"));
    let is_name = host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let is_port = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    !host.is_empty() && is_name && is_port
}

/// Adds a value, everything but RFC 3986's unreserved characters encoded. Dots alone would leave the folder.
fn encode(value: &str, made: &mut String) -> Option<()> {
    if matches!(value, "." | "..") {
        return None;
    }
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            made.push(char::from(byte));
        } else {
            let digit =
                |half: u8| char::from_digit(u32::from(half), 16).map_or('0', |digit| digit.to_ascii_uppercase());
            made.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    Some(())
}
