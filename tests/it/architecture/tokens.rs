//! Rust source as tokens: enough to read names, without comments and without what stands in literals.

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its text; `""` for a literal.
    pub(super) text: String,
    /// Its line, counted from 1.
    pub(super) line: usize,
    /// Whether it belongs to code that is built for tests alone.
    pub(super) test: bool,
}

impl Token {
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub(super) fn is_name(&self) -> bool {
        self.text.starts_with(|first: char| first.is_alphabetic() || first == '_')
    }
}

/// Operators of more than one character that must not be read as parts of others.
const LONG: &[&str] = &[
    "..=", "<<=", ">>=", "::", "==", "=>", "!=", "<=", ">=", "->", "+=", "-=", "*=", "/=", "|=", "&=", "&&", "||", "..",
];

/// Reads a source. Code under `#[cfg(test)]` is marked.
pub(super) fn read(text: &str) -> Vec<Token> {
    let mut reader = Reader { rest: text, line: 1, tokens: Vec::new() };
    while !reader.rest.is_empty() {
        reader.step();
    }
    mark_tests(&mut reader.tokens);
    reader.tokens
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        let first = rest.chars().next().unwrap_or_default();
        if first.is_whitespace() {
            self.skip(first.len_utf8());
        } else if rest.starts_with("//") {
            self.skip(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.skip(rest.find("*/").map_or(rest.len(), |end| end + 2));
        } else if let Some(length) = literal(rest) {
            self.take(length, true);
        } else if first.is_alphanumeric() || first == '_' {
            let word = |other: char| !(other.is_alphanumeric() || other == '_');
            self.take(rest.find(word).unwrap_or(rest.len()), false);
        } else {
            let long = LONG.iter().find(|long| rest.starts_with(**long));
            self.take(long.map_or(first.len_utf8(), |long| long.len()), false);
        }
    }

    fn take(&mut self, length: usize, literal: bool) {
        let text = if literal { String::new() } else { self.rest[..length].to_owned() };
        self.tokens.push(Token { text, line: self.line, test: false });
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        let (gone, rest) = self.rest.split_at(length);
        self.line += gone.matches('\n').count();
        self.rest = rest;
    }
}

/// The length of the string or character that begins here, if one does.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| text.starts_with(prefix)).unwrap_or("");
    for prefix in [prefix, ""] {
        let after = &text[prefix.len()..];
        let hashes = after.len() - after.trim_start_matches('#').len();
        if prefix.ends_with('r') && after[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = prefix.len() + hashes + 1;
            return Some(text[body..].find(&end).map_or(text.len(), |at| body + at + end.len()));
        }
        if after.starts_with('"') {
            return Some(prefix.len() + quoted(after, '"'));
        }
    }
    let after = text.strip_prefix('b').unwrap_or(text);
    // A lifetime has no closing quote behind its first character.
    let mut inner = after.strip_prefix('\'')?.chars();
    let is_character = inner.next() == Some('\\') || inner.next() == Some('\'');
    is_character.then(|| text.len() - after.len() + quoted(after, '\''))
}

/// The length of a quoted text with escapes, quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Marks every item under `#[cfg(test)]`, to its `;` or its closing brace.
fn mark_tests(tokens: &mut [Token]) {
    let attribute = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut at = 0;
    while at < tokens.len() {
        if !follows(tokens, at, &attribute) {
            at += 1;
            continue;
        }
        let end = end_of_item(tokens, at + attribute.len());
        tokens[at..end].iter_mut().for_each(|token| token.test = true);
        at = end;
    }
}

/// Whether these words stand at a place.
pub(super) fn follows(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    tokens.get(at..at + words.len()).is_some_and(|found| found.iter().zip(words).all(|(token, word)| token.is(word)))
}

fn end_of_item(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            ";" | "," if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}
