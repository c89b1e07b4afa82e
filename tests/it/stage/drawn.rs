//! Frames as text, and as the styles that the text has.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use midwatch::app::App;
use midwatch::theme::{Capability, Theme};
use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// A shipped theme on a terminal.
pub fn theme(name: &str, capability: Capability, ascii: bool) -> Theme {
    let (theme, problems) = Theme::load(name, None, capability, ascii);
    assert_eq!(problems, [], "{name}");
    theme
}

/// The default theme with all colours.
pub fn midnight() -> Theme {
    theme("midnight", Capability::TrueColor, false)
}

/// One frame.
pub fn frame(app: &App, theme: &Theme, width: u16, height: u16) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut frame = Buffer::empty(area);
    let _cursor = midwatch::ui::view(app, theme, area, &mut frame);
    frame
}

/// A frame as text; blanks at the end of a row are left out, and the second cell of a wide character.
pub fn text(frame: &Buffer) -> String {
    let row = |y| cells(frame, y).map(|(_, cell)| cell.symbol()).collect::<String>().trim_end().to_owned();
    (0..frame.area.height).map(row).collect::<Vec<_>>().join("\n")
}

/// The cells of a row with their columns, without what stands behind a wide character.
fn cells(frame: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut next = 0;
    (0..frame.area.width).filter_map(move |x| {
        let cell = &frame[(x, y)];
        let shown = x >= next;
        if shown {
            next = x + cell.symbol().cell_width().max(1);
        }
        shown.then_some((x, cell))
    })
}

/// The styles of a frame: for each row that has any, a row of letters under its text, and what the letters mean.
/// A blank is plain text on the terminal's own ground.
pub fn styles(frame: &Buffer) -> String {
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let mut rows = String::new();
    for y in 0..frame.area.height {
        let mut runs: Vec<(char, Color, String)> = Vec::new();
        for (_, cell) in cells(frame, y) {
            let letter = letter_of(cell, &mut letters);
            match runs.last_mut() {
                // A blank looks the same in every style of its ground.
                Some((last, ground, text)) if *last == letter || (cell.symbol() == " " && *ground == cell.bg) => {
                    text.push_str(cell.symbol());
                }
                _ => runs.push((letter, cell.bg, cell.symbol().to_owned())),
            }
        }
        let shown = runs.iter().map(|(letter, _, text)| format!("{letter}{}", shortened(text)));
        writeln!(rows, "{y:2} {}", shown.collect::<Vec<_>>().join(" ").trim_end()).unwrap();
    }
    let mut legend: Vec<(char, String)> = letters.into_iter().map(|(style, letter)| (letter, style)).collect();
    legend.sort_unstable();
    for (letter, style) in legend {
        writeln!(rows, "{letter} = {style}").unwrap();
    }
    rows
}

/// What a run holds, without its blanks; a rule is told by its length.
fn shortened(text: &str) -> String {
    let plain = text.trim();
    let rule = plain.chars().next().filter(|first| plain.chars().count() > 3 && plain.chars().all(|c| c == *first));
    match rule {
        Some(first) => format!("[{first}×{}]", plain.chars().count()),
        None if plain.is_empty() => format!("[ ×{}]", text.chars().count()),
        None => format!("[{plain}]"),
    }
}

fn letter_of(cell: &Cell, letters: &mut BTreeMap<String, char>) -> char {
    let style = style(cell);
    if style.is_empty() {
        return '.';
    }
    let next = ('a'..='z').chain('A'..='Z').nth(letters.len()).expect("a frame has fewer than 52 styles");
    *letters.entry(style).or_insert(next)
}

fn style(cell: &Cell) -> String {
    let colour = |colour: Color| match colour {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        other => Some(format!("{other:?}").to_lowercase()),
    };
    let blank = cell.symbol().trim().is_empty() && !cell.modifier.contains(Modifier::REVERSED);
    let ink = colour(cell.fg).filter(|_| !blank);
    let ground = colour(cell.bg).map(|ground| format!("on {ground}"));
    let modifiers = cell.modifier.difference(if blank { Modifier::BOLD | Modifier::DIM } else { Modifier::empty() });
    let modifiers = modifiers.iter_names().map(|(name, _)| name.to_lowercase());
    ink.into_iter().chain(ground).chain(modifiers).collect::<Vec<_>>().join(" ")
}
