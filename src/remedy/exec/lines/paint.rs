//! What SGR sequences say, in the 16 colours that every terminal has.
//!
//! ECMA-48 8.3.117; indexed and true colours as ITU-T T.416 writes them (`38:2::r:g:b`) and as xterm does (`38;2;r;g;b`).

use crate::domain::remediation::output::{Ansi, Paint};

/// The 16 colours as xterm has them.
const PALETTE: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The paint after a sequence with these parameters.
pub(super) fn after(mut paint: Paint, parameters: &str) -> Paint {
    let mut rest = parameters.split(';');
    while let Some(part) = rest.next() {
        let (code, below) = part.split_once(':').map_or((part, None), |(code, below)| (code, Some(below)));
        match number(code) {
            0 => paint = Paint::default(),
            1 => paint.bold = true,
            2 => paint.dim = true,
            22 => (paint.bold, paint.dim) = (false, false),
            4 => paint.underlined = below.is_none_or(|style| number(style) != 0),
            21 => paint.underlined = true,
            24 => paint.underlined = false,
            code @ 30..=37 => paint.colour = small(code - 30),
            code @ 90..=97 => paint.colour = small(code - 90 + 8),
            39 => paint.colour = None,
            code @ (38 | 48 | 58) => {
                let colour = match below {
                    Some(below) => with_colons(below),
                    None => with_semicolons(&mut rest),
                };
                // Grounds and the colours of underlines are read, so that the rest is, and not kept.
                if code == 38 && colour.is_some() {
                    paint.colour = colour;
                }
            }
            _ => {}
        }
    }
    paint
}

/// A missing number is 0, one that is too large means nothing.
fn number(text: &str) -> u16 {
    if text.is_empty() { 0 } else { text.parse().unwrap_or(u16::MAX) }
}

fn small(number: u16) -> Option<Ansi> {
    Ansi::try_from(number).ok()
}

fn with_semicolons<'a>(rest: &mut impl Iterator<Item = &'a str>) -> Option<Ansi> {
    let mut next = || small(number(rest.next()?));
    match next()? {
        5 => next().map(indexed),
        2 => {
            let colour = [next(), next(), next()];
            Some(nearest([colour[0]?, colour[1]?, colour[2]?]))
        }
        _ => None,
    }
}

fn with_colons(below: &str) -> Option<Ansi> {
    let parts: Vec<Option<u8>> = below.split(':').map(|part| small(number(part))).collect();
    match *parts.as_slice() {
        [Some(5), Some(index), ..] => Some(indexed(index)),
        // The colour space stands between, or is left out.
        [Some(2), Some(red), Some(green), Some(blue)] | [Some(2), _, Some(red), Some(green), Some(blue), ..] => {
            Some(nearest([red, green, blue]))
        }
        _ => None,
    }
}

/// A colour of xterm's 256: 16 as they are, a cube of six steps, 24 greys.
fn indexed(index: u8) -> Ansi {
    let step = |of: u8| if of == 0 { 0 } else { 55 + 40 * of };
    match index {
        0..=15 => index,
        16..=231 => {
            let cube = index - 16;
            nearest([step(cube / 36), step(cube / 6 % 6), step(cube % 6)])
        }
        232..=255 => nearest([8 + 10 * (index - 232); 3]),
    }
}

fn nearest(colour: [u8; 3]) -> Ansi {
    let distance =
        |of: &[u8; 3]| -> u32 { of.iter().zip(colour).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum() };
    (0..).zip(&PALETTE).min_by_key(|(_, of)| distance(of)).map_or(7, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(parameters: &str) -> Option<Ansi> {
        after(Paint::default(), parameters).colour
    }

    #[test]
    fn colours_are_kept_and_fine_ones_rounded() {
        assert_eq!(colour("31"), Some(1));
        assert_eq!(colour("97"), Some(15));
        assert_eq!(colour("31;39"), None);
        assert_eq!(colour("38;5;9"), Some(9));
        assert_eq!(colour("38;5;196"), Some(9), "the reddest of the cube");
        assert_eq!(colour("38;5;244"), Some(8), "a middle grey");
        assert_eq!(colour("38;2;250;5;5"), Some(9));
        assert_eq!(colour("38:2::0:200:0"), Some(2));
        assert_eq!(colour("38:2:0:200:0"), Some(2));
        assert_eq!(colour("38:5:12"), Some(12));
    }

    #[test]
    fn what_is_not_kept_does_not_confuse_the_rest() {
        let paint = after(Paint::default(), "48;5;31;58;2;1;1;1;1;4;34");
        assert_eq!(paint, Paint { colour: Some(4), bold: true, dim: false, underlined: true });
        assert_eq!(after(paint, "22;24"), Paint { colour: Some(4), ..Paint::default() });
        assert_eq!(after(paint, ""), Paint::default());
        assert_eq!(after(paint, "0;2"), Paint { dim: true, ..Paint::default() });
        assert_eq!(after(paint, "4:0"), Paint { underlined: false, ..paint });
        assert_eq!(after(paint, "99999999;300;38;5;300;38;7"), paint);
        assert_eq!(after(paint, "48;2;31;32;33"), paint);
    }
}
