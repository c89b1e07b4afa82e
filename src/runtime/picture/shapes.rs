//! Box lines, block elements and braille as SVG shapes.

use std::fmt::Write as _;

/// Which of the four arms (up, right, down, left) a box line has.
const LINES: [(char, [bool; 4]); 11] = [
    ('─', [false, true, false, true]),
    ('━', [false, true, false, true]),
    ('╌', [false, true, false, true]),
    ('│', [true, false, true, false]),
    ('┤', [true, false, true, true]),
    ('├', [true, true, true, false]),
    ('┴', [true, true, false, true]),
    ('┬', [false, true, true, true]),
    ('┼', [true, true, true, true]),
    ('┊', [true, false, true, false]),
    ('└', [true, true, false, false]),
];

/// A shape for a sign at a cell's upper left corner, if it is one that must join its neighbours.
pub(super) fn of(sign: char, (x, y): (f64, f64), (wide, high): (f64, f64), ink: &str) -> Option<String> {
    let (middle, centre) = (x + wide / 2.0, y + high / 2.0);
    if let Some((_, arms)) = LINES.iter().find(|(line, _)| *line == sign) {
        let ends = [(middle, y), (x + wide, centre), (middle, y + high), (x, centre)];
        let mut paths = String::new();
        for ((to_x, to_y), _) in ends.iter().zip(arms).filter(|(_, drawn)| **drawn) {
            // Writing to a String cannot fail.
            let _ = write!(paths, "M{middle:.1} {centre:.1}L{to_x:.1} {to_y:.1}");
        }
        let thick = if sign == '━' { 2.6 } else { 1.1 };
        let dash = if sign == '╌' || sign == '┊' { " stroke-dasharray=\"2.5 2\"" } else { "" };
        return Some(format!("<path d=\"{paths}\" stroke=\"{ink}\" stroke-width=\"{thick}\"{dash} fill=\"none\"/>"));
    }
    let corner = match sign {
        '╭' => Some(((x + wide, centre), (middle, y + high))),
        '╮' => Some(((x, centre), (middle, y + high))),
        '╰' => Some(((x + wide, centre), (middle, y))),
        '╯' => Some(((x, centre), (middle, y))),
        _ => None,
    };
    if let Some(((from_x, from_y), (to_x, to_y))) = corner {
        return Some(format!(
            "<path d=\"M{from_x:.1} {from_y:.1}Q{middle:.1} {centre:.1} {to_x:.1} {to_y:.1}\" stroke=\"{ink}\" stroke-width=\"1.1\" fill=\"none\"/>"
        ));
    }
    match u32::from(sign) {
        code @ 0x2581..=0x2588 => {
            let part = high * f64::from(code - 0x2580) / 8.0;
            Some(block((x, y + high - part), (wide, part), ink))
        }
        // Left half and narrower: ▉ ▊ ▋ ▌ ▍ ▎ ▏ are 7/8 down to 1/8.
        code @ 0x2589..=0x258f => Some(block((x, y), (wide * f64::from(0x2590 - code) / 8.0, high), ink)),
        code @ 0x2800..=0x28ff => Some(braille(code - 0x2800, (x, y), (wide, high), ink)),
        _ => None,
    }
}

fn block((x, y): (f64, f64), (wide, high): (f64, f64), ink: &str) -> String {
    format!("<rect x=\"{x:.1}\" y=\"{y:.2}\" width=\"{wide:.2}\" height=\"{high:.2}\" fill=\"{ink}\"/>")
}

/// Column and row of each braille dot, in the order of its bit.
const DOTS: [(f64, f64); 8] =
    [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (1.0, 0.0), (1.0, 1.0), (1.0, 2.0), (0.0, 3.0), (1.0, 3.0)];

fn braille(bits: u32, (x, y): (f64, f64), (wide, high): (f64, f64), ink: &str) -> String {
    let mut made = String::new();
    for (bit, (column, row)) in DOTS.iter().enumerate() {
        if bits >> bit & 1 == 1 {
            let (dot_x, dot_y) = (x + wide * (column + 0.5) / 2.0, y + high * (row + 0.5) / 4.0);
            // Writing to a String cannot fail.
            let _ = write!(made, "<circle cx=\"{dot_x:.1}\" cy=\"{dot_y:.1}\" r=\"1.2\" fill=\"{ink}\"/>");
        }
    }
    made
}
