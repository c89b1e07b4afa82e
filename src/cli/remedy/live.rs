//! What a run says, on standard output while it runs: with its colours on a terminal, plain into a pipe. What midwatch
//! itself says goes to standard error.

use std::fmt::Write as _;

use super::super::output::Output;
use crate::domain::remediation::output::{Output as Said, OutputLine, Paint, Stream};

/// Prints lines as they come.
#[derive(Debug)]
pub(super) struct Printer {
    terminal: bool,
    width: usize,
}

impl Printer {
    /// For what this command prints to.
    pub(super) fn new(output: &Output) -> Self {
        Self { terminal: output.on_terminal(), width: output.width() }
    }

    /// Prints lines that follow; on a terminal those that they take the place of are taken back first.
    pub(super) fn lines(&mut self, back: usize, lines: &[OutputLine], left_out: u64, output: &mut Output) {
        let mut made = String::new();
        if self.terminal {
            // Cursor up one row, and the row cleared: ECMA-48 CUU and EL.
            (0..back).for_each(|_| made.push_str("\u{1b}[1A\u{1b}[2K"));
        }
        if left_out > 0 {
            Self::flush(&mut made, output);
            output.complain(&format!("{left_out} lines came too fast and were left out"));
        }
        for line in lines {
            if line.stream == Stream::Note {
                Self::flush(&mut made, output);
                output.complain(&line.text());
            } else {
                self.line(line, &mut made);
            }
        }
        Self::flush(&mut made, output);
    }

    /// Prints everything that is kept of a run.
    pub(super) fn all(&mut self, said: &Said, output: &mut Output) {
        self.lines(0, said.first(), 0, output);
        if said.left_out() > 0 {
            output.complain(&format!("{} lines were left out here", said.left_out()));
        }
        let last: Vec<OutputLine> = said.last().cloned().collect();
        self.lines(0, &last, 0, output);
    }

    fn flush(made: &mut String, output: &mut Output) {
        // A reader that has gone does not end the run; it is recorded all the same.
        let _ = output.out().write_all(made.as_bytes());
        output.show();
        made.clear();
    }

    fn line(&self, line: &OutputLine, made: &mut String) {
        if self.terminal {
            // A row for a line, so that taking lines back takes back what is seen.
            let mut room = self.width;
            for (paint, text) in &line.pieces {
                let shown: String = text.chars().take(room).collect();
                room -= shown.chars().count().min(room);
                painted(*paint, &shown, made);
            }
        } else {
            made.push_str(&line.text());
        }
        made.push('\n');
    }
}

/// A piece with its colours as SGR sequences.
fn painted(paint: Paint, text: &str, made: &mut String) {
    let mut codes = Vec::new();
    codes.extend(paint.bold.then_some(1));
    codes.extend(paint.dim.then_some(2));
    codes.extend(paint.underlined.then_some(4));
    codes.extend(paint.colour.map(|colour| if colour < 8 { 30 + u16::from(colour) } else { 82 + u16::from(colour) }));
    if codes.is_empty() {
        return made.push_str(text);
    }
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    // Writing to a String cannot fail.
    let _ = write!(made, "\u{1b}[{}m{text}\u{1b}[0m", codes.join(";"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_the_terminal_and_plain_text_stays_plain() {
        let made = |paint| {
            let mut made = String::new();
            painted(paint, "x", &mut made);
            made
        };
        assert_eq!(made(Paint::default()), "x");
        assert_eq!(made(Paint { colour: Some(1), bold: true, ..Paint::default() }), "\u{1b}[1;31mx\u{1b}[0m");
        assert_eq!(made(Paint { colour: Some(9), ..Paint::default() }), "\u{1b}[91mx\u{1b}[0m");
    }
}
