//! Servers that say back what they were shown: an error page that quotes the request's headers, a debugging proxy.
//!
//! What lives here: the secrets of one request, and answers without them. What must not: where secrets come from.

use std::fmt::Write as _;

use regex::bytes::{NoExpand, Regex};

use crate::domain::discreet::HIDDEN;

/// The shortest secret that is looked for in words about a failure; a shorter one is part of any word.
const SHORTEST: usize = 6;
/// The same in data: what is as short as a name there may be a name.
const SHORTEST_IN_DATA: usize = 16;

/// What a request showed, in every form in which it may come back.
#[derive(Default)]
pub(super) struct Echo {
    forms: Vec<String>,
}

impl std::fmt::Debug for Echo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Echo of {} forms", self.forms.len())
    }
}

impl Echo {
    /// One more secret that was shown.
    pub fn add(&mut self, secret: &str) {
        let json = serde_json::to_string(secret).unwrap_or_default();
        self.forms.extend([secret.to_owned(), percent(secret), json.trim_matches('"').to_owned(), base64(secret)]);
    }

    /// A user's name and password, as they are sent.
    pub fn add_basic(&mut self, user: &str, password: &str) {
        self.add(password);
        self.forms.push(base64(&format!("{user}:{password}")));
    }

    /// Words without the secrets.
    pub fn out_of_words(&self, words: Vec<u8>) -> Vec<u8> {
        self.out_of(words, SHORTEST)
    }

    /// Data without the secrets.
    pub fn out_of_data(&self, data: Vec<u8>) -> Vec<u8> {
        self.out_of(data, SHORTEST_IN_DATA)
    }

    /// The same of an address.
    pub fn out_of_address(&self, address: String) -> String {
        let made = self.out_of_words(address.into_bytes());
        String::from_utf8_lossy(&made).into_owned()
    }

    fn out_of(&self, bytes: Vec<u8>, shortest: usize) -> Vec<u8> {
        let mut forms: Vec<&String> = self.forms.iter().filter(|form| form.len() >= shortest).collect();
        if forms.is_empty() || bytes.is_empty() {
            return bytes;
        }
        // A form that holds another is taken out whole.
        forms.sort_unstable_by_key(|form| std::cmp::Reverse(form.len()));
        let any = forms.into_iter().map(|form| regex::escape(form)).collect::<Vec<_>>().join("|");
        match Regex::new(&any) {
            Ok(any) if any.is_match(&bytes) => any.replace_all(&bytes, NoExpand(HIDDEN.as_bytes())).into_owned(),
            Ok(_) => bytes,
            // A secret too large to be looked for: rather no words than that.
            Err(_) => Vec::new(),
        }
    }
}

/// As a form or an address holds it.
fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut made, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            made.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(made, "%{byte:02X}");
        }
        made
    })
}

/// As `Authorization: Basic` holds it, without the padding.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut made = String::with_capacity(text.len() * 4 / 3 + 4);
    for group in text.as_bytes().chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..=group.len() {
            let index = (bits >> (18 - 6 * digit)) & 63;
            made.extend(DIGITS.get(index as usize).copied().map(char::from));
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(echo: &Echo, text: &str) -> String {
        String::from_utf8(echo.out_of_words(text.into())).unwrap()
    }

    #[test]
    fn every_form_is_taken_out() {
        let mut echo = Echo::default();
        echo.add_basic("ana", "hunter2 \"&");
        for (said, shown) in [
            ("wrong: hunter2 \"&!", "wrong: …!"),
            ("?p=hunter2%20%22%26", "?p=…"),
            (r#"{"p":"hunter2 \"&"}"#, r#"{"p":"…"}"#),
            ("Authorization: Basic YW5hOmh1bnRlcjIgIiY=", "Authorization: Basic …="),
            ("nothing", "nothing"),
        ] {
            assert_eq!(words(&echo, said), shown);
        }
        assert!(!format!("{echo:?}").contains("hunter2"));
        assert_eq!(base64("ana:hunter2"), "YW5hOmh1bnRlcjI");
    }

    #[test]
    fn what_is_as_short_as_a_name_stays_in_data() {
        let mut echo = Echo::default();
        echo.add("prometheus");
        echo.add("abc");
        assert_eq!(echo.out_of_data(br#"{"job":"prometheus"}"#.to_vec()), br#"{"job":"prometheus"}"#);
        assert_eq!(words(&echo, "prometheus is no token; abc"), "… is no token; abc");
        echo.add("tok-1234567890abcdef");
        assert_eq!(echo.out_of_data(b"x tok-1234567890abcdef".to_vec()), "x …".as_bytes());
    }
}
