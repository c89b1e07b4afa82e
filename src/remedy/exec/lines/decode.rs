//! Bytes to text, piece by piece: what is not UTF-8 becomes U+FFFD, wherever the pieces are cut.

/// One step.
pub(super) enum Step<'a> {
    /// Text of the bytes that were handed in.
    Text(&'a str),
    /// One character: of a sequence that was cut, or U+FFFD for a broken one.
    Char(char),
    /// More is needed.
    More,
}

/// Remembers a sequence that was cut: at most three bytes.
#[derive(Default)]
pub(super) struct Decoder {
    rest: Vec<u8>,
}

impl Decoder {
    /// The next step, and how many of the bytes it used. `bytes` is not empty.
    pub(super) fn next<'a>(&mut self, bytes: &'a [u8]) -> (Step<'a>, usize) {
        if !self.rest.is_empty() {
            return self.go_on(bytes);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => (Step::Text(text), bytes.len()),
            Err(error) if error.valid_up_to() > 0 => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                (Step::Text(std::str::from_utf8(valid).unwrap_or_default()), valid.len())
            }
            Err(error) => {
                if let Some(broken) = error.error_len() {
                    return (Step::Char(char::REPLACEMENT_CHARACTER), broken);
                }
                self.rest.extend_from_slice(bytes);
                (Step::More, bytes.len())
            }
        }
    }

    /// One byte more of a sequence that was cut. A byte that does not go on with it is looked at again by itself.
    fn go_on(&mut self, bytes: &[u8]) -> (Step<'static>, usize) {
        self.rest.extend(bytes.first());
        let (step, used) = match std::str::from_utf8(&self.rest) {
            Ok(text) => (Step::Char(text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)), 1),
            Err(error) if error.error_len().is_none() => return (Step::More, 1),
            Err(_) => (Step::Char(char::REPLACEMENT_CHARACTER), 0),
        };
        self.rest.clear();
        (step, used)
    }

    /// Nothing more comes: whether a sequence was left unfinished.
    pub(super) fn end(&mut self) -> bool {
        let unfinished = !self.rest.is_empty();
        self.rest.clear();
        unfinished
    }
}
