//! The names that a file uses, resolved to whole paths: `crate::…`, `self::…`, `super::…`, and those of other
//! crates.

use super::source::File;
use super::tokens::Token;

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The path from the root of the crate; for another crate, its name first.
    pub(super) path: Vec<String>,
    /// The line.
    pub(super) line: usize,
}

/// Every name of this crate that a file uses, tests included: what a test needs of another room is an arrow too.
pub(super) fn own(file: &File) -> Vec<Name> {
    let mut found = Vec::new();
    let mut inside = Inside::new(file.module());
    for at in 0..file.tokens.len() {
        inside.pass(&file.tokens, at);
        if at > 0 && file.tokens[at - 1].is("::") {
            continue;
        }
        let token = &file.tokens[at];
        let module = match token.text.as_str() {
            "crate" => Vec::new(),
            // The binary is a crate of its own and names the library.
            "midwatch" if file.path == "main.rs" => Vec::new(),
            "self" => inside.module.clone(),
            "super" => parent(&inside.module),
            _ => continue,
        };
        walk(&file.tokens, at + 1, &module, token.line, &mut found);
    }
    found
}

/// Every name of another crate that a file uses where it ships: what `known` knows, with `::` behind it.
pub(super) fn foreign(file: &File, known: &[String]) -> Vec<Name> {
    let before = |at: usize, back: usize| at.checked_sub(back).map_or("", |at| file.tokens[at].text.as_str());
    let ends_a_path =
        |word: &str| word == ">" || word.starts_with(|first: char| first.is_alphanumeric() || first == '_');
    // `::tokio::x` begins at the root; `a::tokio::x` does not begin there.
    let begins = |at: usize| match before(at, 1) {
        "::" => !ends_a_path(before(at, 2)),
        before => before != ".",
    };
    let goes_on = |at: usize| file.tokens.get(at + 1).is_some_and(|next| next.is("::"));
    let used = file.shipped().filter(|(at, token)| begins(*at) && goes_on(*at) && known.contains(&token.text));
    used.map(|(_, token)| Name { path: vec![token.text.clone()], line: token.line }).collect()
}

/// In which module a token stands, inline modules counted.
struct Inside {
    module: Vec<String>,
    depth: usize,
    inline: Vec<usize>,
}

impl Inside {
    fn new(module: Vec<String>) -> Self {
        Self { module, depth: 0, inline: Vec::new() }
    }

    fn pass(&mut self, tokens: &[Token], at: usize) {
        match tokens[at].text.as_str() {
            "{" => {
                if at >= 2 && tokens[at - 2].is("mod") && tokens[at - 1].is_name() {
                    self.inline.push(self.depth);
                    self.module.push(tokens[at - 1].text.clone());
                }
                self.depth += 1;
            }
            "}" => {
                self.depth = self.depth.saturating_sub(1);
                if self.inline.last() == Some(&self.depth) {
                    self.inline.pop();
                    self.module.pop();
                }
            }
            _ => {}
        }
    }
}

fn parent(module: &[String]) -> Vec<String> {
    module.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default()
}

/// Follows a path behind its first word, into groups; returns where it ends.
fn walk(tokens: &[Token], mut at: usize, module: &[String], line: usize, found: &mut Vec<Name>) -> usize {
    let mut path = module.to_vec();
    let mut moved = false;
    while tokens.get(at).is_some_and(|token| token.is("::")) {
        let Some(next) = tokens.get(at + 1) else { break };
        if next.is("{") {
            return group(tokens, at + 2, &path, found);
        }
        if next.is("super") {
            path = parent(&path);
        } else if next.is_name() {
            path.push(next.text.clone());
        } else {
            break;
        }
        moved = true;
        at += 2;
    }
    if moved {
        found.push(Name { path, line });
    }
    at
}

fn group(tokens: &[Token], mut at: usize, module: &[String], found: &mut Vec<Name>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "}" => return at + 1,
            "super" => at = walk(tokens, at + 1, &parent(module), token.line, found),
            "self" => at += 1,
            "as" => at += 2,
            _ if token.is_name() => {
                let path = [module, std::slice::from_ref(&token.text)].concat();
                found.push(Name { path: path.clone(), line: token.line });
                at = walk(tokens, at + 1, &path, token.line, found);
            }
            _ => at += 1,
        }
    }
    at
}
