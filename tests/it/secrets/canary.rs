//! Secrets that are planted, and the search for them in whatever came out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every place where a secret can stand, and what is planted there.
pub(super) const CANARIES: [(&str, &str); 12] = [
    ("bearer in a variable", "canary-bearer-5f1e77aa0c"),
    ("basic in a file", "canary-basic &=1b2c3d4e"),
    ("header by a command", "canary-header-9a8b7c6d5e"),
    ("header in a file", "canary-moved-0f1e2d3c4b"),
    ("password of a proxy", "canary-proxy-aabbccdd11"),
    ("variable of a remedy", "canary-remedy-22334455ee"),
    ("bearer of a remedy", "canary-hook-66778899ff"),
    ("query of a remedy", "canary-query-12ab34cd56"),
    ("argument of a remedy", "canary-argument-55aa66bb77"),
    ("password in an annotation", "canary-user-77ffee6655"),
    ("token in an annotation", "canary-link-1020304050"),
    ("key of a certificate", "canaryKeyPem0123456789"),
];

/// What is planted at a place.
pub(super) fn planted(place: &str) -> &'static str {
    CANARIES.iter().find(|(name, _)| *name == place).map(|(_, secret)| *secret).expect("a place that is planted")
}

/// Every form in which one may come out.
fn forms() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (place, secret) in CANARIES {
        let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        all.extend([
            (place, secret.to_owned()),
            (place, percent.clone()),
            (place, percent.replace('+', "%20")),
            (place, base64(secret)),
            (place, base64(&format!("ana:{secret}"))),
        ]);
    }
    all
}

/// Base64 without its padding: the last digit depends on what follows, and is left out.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<bool> = text.bytes().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    let digit = |six: &[bool]| six.iter().fold(0_usize, |value, bit| value * 2 + usize::from(*bit));
    bits.chunks_exact(6).map(|six| char::from(DIGITS[digit(six)])).collect()
}

/// Everything that came out, and which of it holds a secret.
#[derive(Default)]
pub(super) struct Search {
    forms: Vec<(&'static str, String)>,
    found: BTreeSet<String>,
    /// How many outputs were looked through.
    pub looked: usize,
    /// How many bytes.
    pub bytes: usize,
}

impl Search {
    pub(super) fn new() -> Self {
        Self { forms: forms(), ..Self::default() }
    }

    /// Looks through one output.
    pub(super) fn look(&mut self, what: &str, bytes: &[u8]) {
        self.looked += 1;
        self.bytes += bytes.len();
        let text = String::from_utf8_lossy(bytes);
        for (place, form) in &self.forms {
            if let Some(at) = text.find(form.as_str()) {
                let before: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
                self.found.insert(format!("{what}: {place}: {before:?}…"));
            }
        }
    }

    /// Looks through every file below a folder, but those that were planted.
    pub(super) fn files(&mut self, folder: &Path, planted: &[PathBuf]) {
        for entry in folder.read_dir().expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.files(&path, planted);
            } else if !planted.contains(&path) {
                // A socket or a file that is gone again holds nothing.
                let bytes = std::fs::read(&path).unwrap_or_default();
                self.look(&path.display().to_string(), &bytes);
            }
        }
    }

    /// What was found; nothing, if all is well.
    pub(super) fn found(&self) -> Vec<&String> {
        self.found.iter().collect()
    }
}

#[test]
fn the_search_finds_every_form() {
    for (place, secret) in CANARIES {
        for form in [
            secret.to_owned(),
            base64(&format!("ana:{secret}")),
            secret.replace(' ', "%20").replace('&', "%26").replace('=', "%3D"),
        ] {
            let mut search = Search::new();
            search.look("x", format!("before {form} behind").as_bytes());
            assert!(search.found().iter().any(|found| found.contains(place)), "{place}: {form}");
        }
    }
    assert_eq!(base64("ana:hunter2"), "YW5hOmh1bnRlcj", "as far as what follows does not matter");
}
