//! Cuts a stream of bytes into lines, however the bytes come in.

/// Keeps the beginning of a line until its end comes. Holds at most `limit` bytes.
#[derive(Debug)]
pub struct Split {
    limit: usize,
    begun: Vec<u8>,
    skipping: bool,
}

impl Split {
    /// Lines longer than `limit` bytes are cut there; the rest of such a line is skipped.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit, begun: Vec::new(), skipping: false }
    }

    /// Takes the next bytes and tells every line that is complete now, without its line break. The flag says
    /// that it was cut. Empty lines are left out.
    pub fn push(&mut self, chunk: &[u8], mut tell: impl FnMut(&[u8], bool)) {
        let mut rest = chunk;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(end);
            rest = after.get(1..).unwrap_or_default();
            if self.begun.is_empty() && !self.skipping && line.len() <= self.limit {
                tell_line(line, false, &mut tell);
            } else {
                self.grow(line, &mut tell);
                self.flush(&mut tell);
            }
        }
        self.grow(rest, &mut tell);
    }

    /// Adds to the line that has begun; one that is too long is told at once, cut.
    fn grow(&mut self, bytes: &[u8], tell: &mut impl FnMut(&[u8], bool)) {
        if self.skipping {
            return;
        }
        let room = self.limit.saturating_sub(self.begun.len());
        self.begun.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        if bytes.len() > room {
            tell_line(&self.begun, true, tell);
            self.begun.clear();
            self.skipping = true;
        }
    }

    /// Tells what has begun as a line of its own.
    pub fn flush(&mut self, mut tell: impl FnMut(&[u8], bool)) {
        tell_line(&self.begun, false, &mut tell);
        self.begun.clear();
        self.skipping = false;
    }

    /// Whether a line has begun and not ended.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        !self.begun.is_empty()
    }
}

fn tell_line(line: &[u8], cut: bool, tell: &mut impl FnMut(&[u8], bool)) {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    // A file that was truncated under its writer begins with a hole, which is read as NUL bytes.
    let start = line.iter().position(|byte| *byte != 0).unwrap_or(line.len());
    let line = line.get(start..).unwrap_or_default();
    if !line.is_empty() {
        tell(line, cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines_of(split: &mut Split, chunks: &[&[u8]]) -> Vec<(String, bool)> {
        let mut told = Vec::new();
        for chunk in chunks {
            split.push(chunk, |line, cut| told.push((String::from_utf8_lossy(line).into_owned(), cut)));
        }
        told
    }

    #[test]
    fn long_lines_are_cut_once_and_the_next_line_is_whole() {
        let mut split = Split::new(4);
        let told = lines_of(&mut split, &[b"abc", b"def", b"ghi\nxy\r\n\n\0\0z\nabcd\nrest"]);
        let expected = [("abcd", true), ("xy", false), ("z", false), ("abcd", false)];
        assert_eq!(told, expected.map(|(line, cut)| (line.to_owned(), cut)));
        assert!(split.is_begun());
        split.flush(|line, _| assert_eq!(line, b"rest"));
        assert!(!split.is_begun());
    }

    proptest! {
        #[test]
        fn where_the_chunks_end_does_not_matter(text in "[ab\n]{0,80}", cuts in prop::collection::vec(0_usize..80, 0..6)) {
            let whole = lines_of(&mut Split::new(5), &[text.as_bytes()]);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.sort_unstable();
            let mut begin = 0;
            let mut chunks = Vec::new();
            for cut in cuts.into_iter().chain([text.len()]) {
                chunks.push(&text.as_bytes()[begin..cut]);
                begin = cut;
            }
            prop_assert_eq!(lines_of(&mut Split::new(5), &chunks), whole);
        }
    }
}
