//! Styled text broken into lines, with nothing lost but spaces at a line's end.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::text;

/// Breaks pieces of text into lines of at most `wide` cells, between words where there are any. Spaces at the
/// beginning stay: they are a script's indentation.
#[must_use]
pub fn flow<'p>(pieces: impl IntoIterator<Item = (Style, &'p str)>, wide: usize) -> Vec<Line<'static>> {
    let mut flow = Flow { wide: wide.max(1), lines: Vec::new(), spans: Vec::new(), used: 0 };
    for (style, words) in pieces {
        for word in whole(words) {
            flow.word(style, word);
        }
    }
    flow.end_line();
    flow.lines
}

/// The words of a text with the spaces behind them; a number and its unit are one.
fn whole(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let mut parts = rest.split_inclusive(' ');
        let (first, next) = (parts.next()?, parts.next().unwrap_or_default());
        let number = first.strip_suffix(' ').is_some_and(|word| word.ends_with(|last: char| last.is_ascii_digit()));
        let end = if number && text::is_unit(next) { first.len() + next.len() } else { first.len() };
        let (word, behind) = rest.split_at_checked(end)?;
        rest = behind;
        Some(word)
    })
}

/// One text in one style.
#[must_use]
pub fn plain(style: Style, words: &str, wide: usize) -> Vec<Line<'static>> {
    flow([(style, words)], wide)
}

struct Flow {
    wide: usize,
    lines: Vec<Line<'static>>,
    spans: Vec<Span<'static>>,
    used: usize,
}

impl Flow {
    fn word(&mut self, style: Style, word: &str) {
        let bare = word.trim_end_matches(' ');
        let cells = text::width(bare);
        if cells > self.wide {
            for letter in bare.graphemes(true) {
                self.fitted(style, letter, text::width(letter));
            }
        } else {
            self.fitted(style, bare, cells);
        }
        let spaces = (word.len() - bare.len()).min(self.wide.saturating_sub(self.used));
        self.put(style, &" ".repeat(spaces), spaces);
    }

    fn fitted(&mut self, style: Style, words: &str, cells: usize) {
        if self.used > 0 && self.used + cells > self.wide {
            self.end_line();
        }
        self.put(style, words, cells);
    }

    fn put(&mut self, style: Style, words: &str, cells: usize) {
        if words.is_empty() {
            return;
        }
        self.used += cells;
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(words),
            _ => self.spans.push(Span::styled(words.to_owned(), style)),
        }
    }

    fn end_line(&mut self) {
        self.lines.push(Line::from(std::mem::take(&mut self.spans)));
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    fn words(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn words_stay_whole_where_they_can_and_indentation_stays() {
        let lines = plain(Style::new(), "systemctl restart checkout@checkout-7", 20);
        assert_eq!(words(&lines), ["systemctl restart ", "checkout@checkout-7"]);
        assert_eq!(words(&plain(Style::new(), "    if x; then", 30)), ["    if x; then"]);
        assert_eq!(words(&plain(Style::new(), "abcdefgh", 3)), ["abc", "def", "gh"]);
        assert_eq!(
            words(&plain(Style::new(), "expected < 250 ms, is 9 GiB", 15)),
            ["expected < ", "250 ms, is ", "9 GiB"]
        );
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let lines = flow([(Style::new(), "Type "), (bold, "restart-checkout"), (Style::new(), " to run")], 21);
        assert_eq!(words(&lines), ["Type restart-checkout", "to run"]);
        assert_eq!(lines[0].spans[1].style, bold);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_spaces_and_nothing_is_too_wide(text in "\\PC{0,60}", wide in 2_usize..30) {
            let lines = plain(Style::new(), &text, wide);
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&words(&lines).concat()), bare(&text));
            for line in &lines {
                let whole = line.to_string().graphemes(true).count() == 1;
                prop_assert!(whole || text::line_width(line) <= wide, "{:?}", line);
            }
        }
    }
}
