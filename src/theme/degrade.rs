//! From the colours of a theme to those that the terminal can show.

use ratatui::style::{Color, Modifier, Style};

use super::capability::Capability;
use super::colour::{self, Rgb};
use super::role::Role;

/// How a role looks with what the terminal can show.
///
/// Without colours `Color::Reset` stands for every one, because a terminal library that is told `NO_COLOR`
/// wipes bold and reverse together with the colour; meaning is then carried by modifiers.
#[must_use]
pub(super) fn degrade(style: Style, role: Role, capability: Capability) -> Style {
    match capability {
        Capability::TrueColor => style,
        Capability::Ansi256 => Style { fg: style.fg.map(to_256), bg: style.bg.map(ground_to_256), ..style },
        Capability::Ansi16 => to_16_with_ground(style),
        Capability::None => {
            let reset = |_| Color::Reset;
            let style = Style { fg: style.fg.map(reset), bg: style.bg.map(reset), ..style };
            style.remove_modifier(Modifier::DIM).add_modifier(sign(role))
        }
    }
}

/// What stands for a role's colour where there is none.
fn sign(role: Role) -> Modifier {
    match role {
        Role::Strong | Role::Accent | Role::Marked | Role::Critical | Role::LogError | Role::Failed => Modifier::BOLD,
        Role::Found | Role::Link => Modifier::UNDERLINED,
        Role::Selection => Modifier::REVERSED,
        Role::Banner => Modifier::REVERSED.union(Modifier::BOLD),
        Role::Text
        | Role::Dim
        | Role::Faint
        | Role::Header
        | Role::High
        | Role::Medium
        | Role::Low
        | Role::Good
        | Role::Owned
        | Role::Stale
        | Role::Resolved
        | Role::Series
        | Role::Threshold
        | Role::LogWarn
        | Role::LogOther => Modifier::empty(),
    }
}

/// The nearest of the 240 colours that terminals with 256 agree on.
fn to_256(colour: Color) -> Color {
    nearest_of_240(colour, |_, _| true)
}

/// The same for a ground: a dark one becomes no lighter and a light one no darker, so that text on it can
/// still be read.
fn ground_to_256(colour: Color) -> Color {
    nearest_of_240(colour, |wanted, found| {
        if wanted.lightness < 0.5 { found.lightness <= wanted.lightness } else { found.lightness >= wanted.lightness }
    })
}

fn nearest_of_240(colour: Color, fits: impl Fn(Lab, Lab) -> bool) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let wanted = Lab::of([red, green, blue]);
    (16..=255_u8)
        .map(|number| (number, Lab::of(colour::rgb_of_number(number))))
        .filter(|(_, lab)| fits(wanted, *lab))
        .min_by(|(_, a), (_, b)| wanted.distance(*a).total_cmp(&wanted.distance(*b)))
        .map_or(colour, |(number, _)| Color::Indexed(number))
}

/// Sixteen colours hold no quiet ground: one that is none of them becomes reverse.
fn to_16_with_ground(style: Style) -> Style {
    let made = Style { fg: style.fg.map(to_16), ..style };
    match style.bg {
        Some(Color::Rgb(..) | Color::Indexed(16..)) => Style { bg: None, ..made }.add_modifier(Modifier::REVERSED),
        _ => made,
    }
}

/// The nearest of the sixteen. What has a hue keeps it: a pale red is red and not grey.
fn to_16(colour: Color) -> Color {
    let (Color::Rgb(..) | Color::Indexed(16..)) = colour else { return colour };
    let Some(wanted) = colour::rgb(colour).map(Lab::of) else { return colour };
    colour::ANSI
        .iter()
        .map(|(_, named, rgb)| (*named, Lab::of(*rgb)))
        .filter(|(_, lab)| lab.has_hue() == wanted.has_hue())
        .min_by(|(_, a), (_, b)| wanted.difference(*a).total_cmp(&wanted.difference(*b)))
        .map_or(colour, |(named, _)| named)
}

/// A colour in `OKLab` (Björn Ottosson, 2020), where distance is how different two colours look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lab {
    lightness: f64,
    green_red: f64,
    blue_yellow: f64,
}

/// The chroma from which a colour has a hue that people name.
const HUE_FROM: f64 = 0.04;

impl Lab {
    fn of(rgb: Rgb) -> Self {
        Self::of_linear(rgb.map(linear))
    }

    /// From linear light.
    pub(super) fn of_linear([red, green, blue]: [f64; 3]) -> Self {
        let long = (0.412_22 * red + 0.536_33 * green + 0.051_45 * blue).max(0.0).cbrt();
        let middle = (0.211_90 * red + 0.680_70 * green + 0.107_40 * blue).max(0.0).cbrt();
        let short = (0.088_30 * red + 0.281_72 * green + 0.629_98 * blue).max(0.0).cbrt();
        Self {
            lightness: 0.210_45 * long + 0.793_62 * middle - 0.004_07 * short,
            green_red: 1.978_00 * long - 2.428_59 * middle + 0.450_59 * short,
            blue_yellow: 0.025_90 * long + 0.782_77 * middle - 0.808_68 * short,
        }
    }

    /// How different two colours look; black and white are 1 apart.
    pub(super) fn distance(self, other: Self) -> f64 {
        let (lightness, green_red) = (self.lightness - other.lightness, self.green_red - other.green_red);
        let blue_yellow = self.blue_yellow - other.blue_yellow;
        // Not `hypot`: that asks for a newer C library than all the rest.
        (lightness * lightness + green_red * green_red + blue_yellow * blue_yellow).sqrt()
    }

    fn chroma(self) -> f64 {
        (self.green_red * self.green_red + self.blue_yellow * self.blue_yellow).sqrt()
    }

    fn has_hue(self) -> bool {
        self.chroma() >= HUE_FROM
    }

    /// How far apart hue (where there is one) and lightness are, whatever the chroma.
    fn difference(self, other: Self) -> f64 {
        let lightness = (self.lightness - other.lightness).abs();
        if !self.has_hue() {
            return lightness;
        }
        let cosine = (self.green_red * other.green_red + self.blue_yellow * other.blue_yellow)
            / (self.chroma() * other.chroma());
        lightness / 2.0 + (1.0 - cosine)
    }
}

/// Linear light of one channel of sRGB (IEC 61966-2-1).
pub(super) fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_there_already_stays() {
        for number in 16..=255_u8 {
            let [red, green, blue] = colour::rgb_of_number(number);
            let made = to_256(Color::Rgb(red, green, blue));
            assert_eq!(colour::rgb(made), Some([red, green, blue]), "{number}");
        }
        for (name, colour, [red, green, blue]) in colour::ANSI {
            assert_eq!(to_16(Color::Rgb(red, green, blue)), colour, "{name}");
            assert_eq!(to_16(colour), colour);
        }
    }

    #[test]
    fn a_hue_is_kept() {
        assert_eq!(to_16(Color::Rgb(0xff, 0x6b, 0x6b)), Color::LightRed);
        assert_eq!(to_16(Color::Rgb(0x7f, 0xbf, 0x8f)), Color::Green);
        assert_eq!(to_16(Color::Rgb(0x4b, 0x52, 0x5c)), Color::DarkGray);
        assert_eq!(to_16(Color::Indexed(196)), Color::LightRed);
        assert_eq!(to_16(Color::Reset), Color::Reset);
    }

    #[test]
    fn a_ground_that_cannot_be_shown_is_reverse() {
        let selection = Style::new().bg(Color::Rgb(0x24, 0x31, 0x40));
        let made = degrade(selection, Role::Selection, Capability::Ansi16);
        assert_eq!(made, Style::new().add_modifier(Modifier::REVERSED));
        let blue = Style::new().bg(Color::Blue);
        assert_eq!(degrade(blue, Role::Selection, Capability::Ansi16), blue);
    }

    proptest! {
        #[test]
        fn every_colour_becomes_one_that_can_be_shown(red: u8, green: u8, blue: u8, number: u8) {
            for colour in [Color::Rgb(red, green, blue), colour::numbered(number)] {
                let style = Style::new().fg(colour).bg(colour);
                for role in Role::ALL {
                    let at = |capability| degrade(style, *role, capability);
                    let many = at(Capability::Ansi256);
                    prop_assert!(!matches!((many.fg, many.bg), (Some(Color::Rgb(..)), _) | (_, Some(Color::Rgb(..)))));
                    let few = at(Capability::Ansi16);
                    prop_assert!(!matches!(few.fg, Some(Color::Rgb(..) | Color::Indexed(_))));
                    prop_assert!(!matches!(few.bg, Some(Color::Rgb(..) | Color::Indexed(_))));
                    let none = at(Capability::None);
                    prop_assert_eq!((none.fg, none.bg), (Some(Color::Reset), Some(Color::Reset)));
                }
            }
        }
    }
}
