//! A frame as an SVG picture: what the terminal would show, cell by cell. For the README's screenshots.
//!
//! Lines, blocks and braille are drawn as shapes, so that they join whatever font a reader has.

mod shapes;

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// One cell in pixels.
const CELL: (f64, f64) = (8.4, 17.0);
/// Where letters stand below a cell's upper edge.
const BASELINE: f64 = 13.0;
/// The ground behind a dark and a light theme, and the text on it.
const DARK: (&str, &str) = ("#101418", "#c8ccd4");
const LIGHT: (&str, &str) = ("#fbfbfb", "#24292f");

/// Draws a frame. `light` chooses the ground that the terminal itself would have.
#[must_use]
pub fn svg(frame: &Buffer, light: bool) -> String {
    let area = frame.area;
    let (ground, text) = if light { LIGHT } else { DARK };
    let (width, height) = (f64::from(area.width) * CELL.0, f64::from(area.height) * CELL.1);
    let mut page = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.1} {height:.1}\" \
         font-family=\"'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>\n"
    );
    for row in 0..area.height {
        draw_row(&mut page, frame, row, (ground, text));
    }
    page.push_str("</svg>\n");
    page
}

fn draw_row(page: &mut String, frame: &Buffer, row: u16, defaults: (&str, &str)) {
    let (mut grounds, mut inks) = (String::new(), String::new());
    let mut column = 0;
    while column < frame.area.width {
        let Some(cell) = frame.cell((frame.area.x + column, frame.area.y + row)) else { break };
        let wide = u16::try_from(unicode_width::UnicodeWidthStr::width(cell.symbol())).unwrap_or(1).max(1);
        let (x, y) = (f64::from(column) * CELL.0, f64::from(row) * CELL.1);
        let (ink, ground) = colours(cell, defaults);
        if ground != defaults.0 {
            let width = f64::from(wide) * CELL.0;
            // Writing to a String cannot fail, here and below.
            let _ = write!(
                grounds,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.2}\" height=\"{}\" fill=\"{ground}\"/>",
                CELL.1
            );
        }
        if !cell.symbol().trim().is_empty() {
            draw_cell(&mut inks, cell, (x, y), &ink);
        }
        column += wide;
    }
    if !grounds.is_empty() || !inks.is_empty() {
        let _ = writeln!(page, "{grounds}{inks}");
    }
}

fn draw_cell(page: &mut String, cell: &Cell, (x, y): (f64, f64), ink: &str) {
    let symbol = cell.symbol();
    let only = symbol.chars().next().filter(|_| symbol.chars().count() == 1);
    if let Some(shape) = only.and_then(|symbol| shapes::of(symbol, (x, y), CELL, ink)) {
        page.push_str(&shape);
        return;
    }
    let bold = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let under = if cell.modifier.contains(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
    let escaped = symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = write!(page, "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{ink}\"{bold}{under}>{escaped}</text>", y + BASELINE);
}

/// The colours of letters and ground.
fn colours(cell: &Cell, (ground, text): (&str, &str)) -> (String, String) {
    let ink = hex(cell.fg).unwrap_or_else(|| text.to_owned());
    let behind = hex(cell.bg).unwrap_or_else(|| ground.to_owned());
    if cell.modifier.contains(Modifier::REVERSED) { (behind, ink) } else { (ink, behind) }
}

/// The sixteen as xterm shows them, in their order.
const SIXTEEN: [&str; 16] = [
    "#1c1c1c", "#cd3131", "#0dbc79", "#c9a227", "#2472c8", "#bc3fbc", "#11a8cd", "#d0d0d0", "#6c6c6c", "#f14c4c",
    "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff",
];

fn hex(colour: Color) -> Option<String> {
    let named = |at: usize| SIXTEEN.get(at).map(|colour| (*colour).to_owned());
    match colour {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Indexed(at @ 0..16) => named(usize::from(at)),
        Color::Indexed(at @ 16..=231) => {
            let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * u32::from(part) };
            let at = at - 16;
            Some(format!("#{:02x}{:02x}{:02x}", step(at / 36), step(at / 6 % 6), step(at % 6)))
        }
        Color::Indexed(at) => {
            let gray = 8 + 10 * (u32::from(at) - 232);
            Some(format!("#{gray:02x}{gray:02x}{gray:02x}"))
        }
        other => named(NAMES.iter().position(|name| *name == other)?),
    }
}

const NAMES: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn a_frame_becomes_well_formed_and_escapes_what_it_holds() {
        let mut frame = Buffer::empty(Rect::new(0, 0, 8, 2));
        frame.set_string(0, 0, "a<&>─⣿█漢", Style::new().fg(Color::Rgb(255, 107, 107)));
        frame.set_string(0, 1, "x", Style::new().add_modifier(Modifier::REVERSED));
        let picture = svg(&frame, false);
        assert!(picture.contains("&lt;") && picture.contains("&amp;") && picture.contains("#ff6b6b"));
        assert_eq!(picture.matches("<text").count(), picture.matches("</text>").count());
        assert!(!picture.contains('─') && !picture.contains('█'), "lines and blocks are shapes");
    }
}
