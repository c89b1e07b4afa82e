//! Colours as theme files write them, and what they are in red, green and blue.

use ratatui::style::Color;

/// A colour as red, green and blue.
pub(super) type Rgb = [u8; 3];

/// The sixteen colours: name, colour, and how xterm shows it where nobody changed it.
pub(super) const ANSI: [(&str, Color, Rgb); 16] = [
    ("black", Color::Black, [0, 0, 0]),
    ("red", Color::Red, [205, 0, 0]),
    ("green", Color::Green, [0, 205, 0]),
    ("yellow", Color::Yellow, [205, 205, 0]),
    ("blue", Color::Blue, [0, 0, 238]),
    ("magenta", Color::Magenta, [205, 0, 205]),
    ("cyan", Color::Cyan, [0, 205, 205]),
    ("gray", Color::Gray, [229, 229, 229]),
    ("dark-gray", Color::DarkGray, [127, 127, 127]),
    ("light-red", Color::LightRed, [255, 0, 0]),
    ("light-green", Color::LightGreen, [0, 255, 0]),
    ("light-yellow", Color::LightYellow, [255, 255, 0]),
    ("light-blue", Color::LightBlue, [92, 92, 255]),
    ("light-magenta", Color::LightMagenta, [255, 0, 255]),
    ("light-cyan", Color::LightCyan, [0, 255, 255]),
    ("white", Color::White, [255, 255, 255]),
];

/// The word for the terminal's own colour.
pub(super) const DEFAULT: &str = "default";

/// The steps of the colour cube of the 256 (colours 16 to 231).
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// All words that are a colour by themselves.
pub(super) fn names<'a>() -> impl Iterator<Item = &'a str> {
    ANSI.iter().map(|(name, ..)| *name).chain([DEFAULT])
}

/// A colour from text: `#rrggbb`, one of the sixteen names, a number of the 256, or `default`.
pub(super) fn parse(text: &str) -> Option<Color> {
    if let Some(digits) = text.strip_prefix('#') {
        return hex(digits);
    }
    if let Ok(number) = text.parse() {
        return Some(numbered(number));
    }
    let word = text.to_ascii_lowercase().replace('_', "-").replace("grey", "gray").replace("bright-", "light-");
    match ANSI.iter().find(|(name, ..)| *name == word) {
        Some((_, colour, _)) => Some(*colour),
        None => matches!(word.as_str(), DEFAULT | "reset").then_some(Color::Reset),
    }
}

fn hex(digits: &str) -> Option<Color> {
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

/// The colour of a number: the first sixteen by their names, because terminals let people change those.
pub(super) fn numbered(number: u8) -> Color {
    ANSI.get(usize::from(number)).map_or(Color::Indexed(number), |(_, colour, _)| *colour)
}

/// What a colour is in red, green and blue; `None` for the terminal's own.
pub(super) fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(number @ 16..) => Some(rgb_of_number(number)),
        Color::Indexed(number) => ANSI.get(usize::from(number)).map(|(.., rgb)| *rgb),
        named => ANSI.iter().find(|(_, colour, _)| *colour == named).map(|(.., rgb)| *rgb),
    }
}

/// Red, green and blue of the numbers from 16: the cube, then the greys.
pub(super) fn rgb_of_number(number: u8) -> Rgb {
    match number.saturating_sub(16) {
        grey @ 216.. => [8 + 10 * (grey - 216); 3],
        cube => [cube / 36, cube / 6 % 6, cube % 6].map(|step| CUBE[usize::from(step)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_themes_write_them() {
        assert_eq!(parse("#ff6b6B"), Some(Color::Rgb(0xff, 0x6b, 0x6b)));
        assert_eq!(parse("light-red"), Some(Color::LightRed));
        assert_eq!(parse("Bright_Red"), Some(Color::LightRed));
        assert_eq!(parse("dark-grey"), Some(Color::DarkGray));
        assert_eq!(parse("default"), Some(Color::Reset));
        assert_eq!(parse("9"), Some(Color::LightRed));
        assert_eq!(parse("208"), Some(Color::Indexed(208)));
        for wrong in ["#fff", "#12345g", "#+12345", "256", "-1", "rde", "", "#é1234"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_cube_and_the_greys() {
        assert_eq!(rgb_of_number(16), [0, 0, 0]);
        assert_eq!(rgb_of_number(208), [255, 135, 0]);
        assert_eq!(rgb_of_number(231), [255, 255, 255]);
        assert_eq!(rgb_of_number(232), [8, 8, 8]);
        assert_eq!(rgb_of_number(255), [238, 238, 238]);
    }
}
