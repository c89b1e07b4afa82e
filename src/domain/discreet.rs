//! What of a text may be shown where everybody may look: an address without the password in it, and without the values
//! of its query whose names say that they are secret.
//!
//! What lives here: words that mark a secret, and texts with secrets taken out. What must not: secrets that are known
//! by their value; those are of whoever read them.

use std::borrow::Cow;

/// What stands in a secret's place.
pub const HIDDEN: &str = "…";

/// Parts of names whose values are secret.
const WORDS: [&str; 17] = [
    "authorization",
    "cookie",
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "credential",
    "api-key",
    "api_key",
    "apikey",
    "access-key",
    "access_key",
    "accesskey",
    "private-key",
    "private_key",
    "signature",
];

/// Whole names whose values are secret in the query of an address.
const IN_A_QUERY: [&str; 6] = ["auth", "sig", "pwd", "pass", "pw", "jwt"];

/// Whether the value of a header, a variable or a field of this name is a secret.
#[must_use]
pub fn names_a_secret(name: &str) -> bool {
    if !name.is_ascii() {
        let name = name.to_lowercase();
        return WORDS.iter().any(|word| name.contains(word));
    }
    // Nearly all names are short and secret in nothing; each of ten thousand links has some.
    let holds =
        |word: &&str| name.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    WORDS.iter().any(holds)
}

/// Whether a text is what `Authorization` takes: a scheme and, behind it, something that is neither a word nor a
/// placeholder.
#[must_use]
pub fn is_credential(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let is_scheme = |word: &str| ["bearer", "basic"].iter().any(|known| word.eq_ignore_ascii_case(known));
    let is_random = |word: &str| {
        word.len() >= 8 && word.contains(|c: char| c.is_ascii_digit() || c == '=') && !word.contains(['{', '$'])
    };
    words.next().is_some_and(is_scheme) && words.next().is_some_and(is_random) && words.next().is_none()
}

/// A text whose addresses hold no password and no secret in their queries any more.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    if !may_hold(text) || !text.contains("://") {
        return Cow::Borrowed(text);
    }
    taken_out(text)
}

/// The same, read through.
fn taken_out(text: &str) -> Cow<'_, str> {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, behind) = rest.split_at(at + 3);
        made.push_str(before);
        let ends = behind.find(|c: char| c.is_whitespace() || c.is_control() || "\"'<>`".contains(c));
        let (address, after) = behind.split_at(ends.unwrap_or(behind.len()));
        let is_web = ["http://", "https://"].iter().any(|web| ends_with(before, web));
        one(address, is_web, &mut made);
        rest = after;
    }
    made.push_str(rest);
    if made == text { Cow::Borrowed(text) } else { Cow::Owned(made) }
}

/// Whether anything may have to be taken out: it stands before an `@`, or behind a `?` or `#` by a name. Most texts
/// have none of them, and most links no such name.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = memchr::memchr3(b'@', b'?', b'#', bytes) else { return false };
    if memchr::memchr(b'@', bytes).is_some() {
        return true;
    }
    let query = text.get(first + 1..).unwrap_or_default();
    let mut pairs = query.split(['?', '&', ';', '#']).filter_map(|pair| pair.split_once('='));
    pairs.any(|(name, _)| is_secret(name))
}

fn ends_with(text: &str, end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    from.and_then(|from| text.get(from..)).is_some_and(|last| last.eq_ignore_ascii_case(end))
}

/// What follows the scheme of one address. On the web a user alone is a token; elsewhere it is a user.
fn one(address: &str, is_web: bool, made: &mut String) {
    let (host, behind) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
    match host.rsplit_once('@') {
        Some((who, host)) if !who.is_empty() && (is_web || who.contains(':')) => {
            made.push_str(HIDDEN);
            made.push('@');
            made.push_str(host);
        }
        _ => made.push_str(host),
    }
    let (path, query) = behind.split_at(behind.find(['?', '#']).unwrap_or(behind.len()));
    made.push_str(path);
    for pair in query.split_inclusive(['?', '&', ';', '#']) {
        let (pair, end) = pair.split_at(pair.find(['?', '&', ';', '#']).unwrap_or(pair.len()));
        match pair.split_once('=') {
            Some((name, value)) if hides(name, value) => {
                made.push_str(name);
                made.push('=');
                made.push_str(HIDDEN);
            }
            _ => made.push_str(pair),
        }
        made.push_str(end);
    }
}

fn hides(name: &str, value: &str) -> bool {
    let is_placeholder = value.starts_with('{') && value.ends_with('}');
    is_secret(name) && !value.is_empty() && !is_placeholder
}

/// Whether a value of this name in a query is a secret.
fn is_secret(name: &str) -> bool {
    names_a_secret(name) || IN_A_QUERY.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// Whether [`text`] would take something out.
#[must_use]
pub fn holds_a_secret(written: &str) -> bool {
    matches!(text(written), Cow::Owned(_))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn passwords_and_secrets_in_queries_are_taken_out_and_nothing_else() {
        for (written, shown) in [
            ("https://ana:hunter2@wiki/x", "https://…@wiki/x"),
            ("https://hunter2@wiki", "https://…@wiki"),
            ("see https://h/hook?token=hunter2&x=1#top, then", "see https://h/hook?token=…&x=1#top, then"),
            ("https://h/#access_token=hunter2", "https://h/#access_token=…"),
            ("https://h/?X-Amz-Signature=hunter2;sig=hunter2", "https://h/?X-Amz-Signature=…;sig=…"),
            ("<https://h?PASSWORD=hunter2> and ftp://u:p@h", "<https://h?PASSWORD=…> and ftp://…@h"),
            ("psql postgres://app@db/x or ssh://app@h", "psql postgres://app@db/x or ssh://app@h"),
            ("HTTPS://hunter2@wiki", "HTTPS://…@wiki"),
            ("https://h/run?token={token}", "https://h/run?token={token}"),
            ("https://h/a@b?q=a@b&key=OPS-1&token=", "https://h/a@b?q=a@b&key=OPS-1&token="),
            ("no address: token=hunter2", "no address: token=hunter2"),
        ] {
            assert_eq!(text(written), shown);
            assert_eq!(holds_a_secret(written), written != shown);
        }
    }

    proptest! {
        #[test]
        fn what_is_passed_over_holds_nothing(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "https://", "h", "/", "?", "&", ";", "#", "=", "@", ":", " ", "\"", "token", "sig", "TOKEN", "x", "{", "}",
                    "é", "K", "\n",
                ]),
                0..16,
            ),
        ) {
            let written = pieces.concat();
            prop_assert_eq!(text(&written), taken_out(&written));
        }
    }

    #[test]
    fn credentials_are_known_by_their_scheme() {
        for (text, is) in [
            ("Bearer abcdefg1", true),
            ("Basic maintenance", false),
            ("basic YW5hOmh1bnRlcjI=", true),
            ("Bearer {token}", false),
            ("bearer of bad news", false),
            ("Bearer", false),
        ] {
            assert_eq!(is_credential(text), is, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_around_it(before in ".*", after in "[^:/@]*", secret in "[a-z0-9]{12}") {
            let written = format!("{before} https://u:{secret}@h/p?token={secret} {after}");
            let shown = text(&written).into_owned();
            prop_assume!(!before.contains(&secret) && !after.contains(&secret));
            prop_assert!(!shown.contains(&secret), "{shown}");
            prop_assert_eq!(text(&shown).into_owned(), shown.clone(), "twice is once");
        }
    }
}
