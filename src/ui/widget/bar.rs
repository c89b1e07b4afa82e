//! A share of a whole as a bar.

use ratatui::text::{Line, Span};

use crate::theme::{Role, Theme};

/// A bar of `wide` cells, filled for a share from 0 to 1. Without a share it is empty, and the text beside it
/// has to say why. What is not nothing shows at least one cell; what is not all leaves at least one.
#[must_use]
pub fn bar(theme: &Theme, share: Option<f64>, wide: usize, role: Role) -> Line<'static> {
    let (full, rest) = if theme.is_ascii() { ("=", ".") } else { ("━", "─") };
    let filled = share.filter(|share| share.is_finite()).map_or(0, |share| filled(share, wide));
    Line::from_iter([
        Span::styled(full.repeat(filled), theme.style(role)),
        Span::styled(rest.repeat(wide - filled), theme.style(Role::Faint)),
    ])
}

fn filled(share: f64, wide: usize) -> usize {
    match share {
        share if share <= 0.0 || wide == 0 => 0,
        share if share >= 1.0 => wide,
        share => {
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few hundred cells, times a share between 0 and 1"
            )]
            let cells = (share * wide as f64).round() as usize;
            cells.clamp(1, (wide - 1).max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_not_nothing_and_much_is_not_all() {
        let drawn = |share| bar(&Theme::plain(), share, 4, Role::Series).to_string();
        assert_eq!(drawn(Some(0.38)), "━━──");
        assert_eq!(drawn(Some(0.001)), "━───");
        assert_eq!(drawn(Some(0.999)), "━━━─");
        assert_eq!([None, Some(f64::NAN), Some(-1.0)].map(drawn), ["────"; 3]);
        assert_eq!(drawn(Some(7.0)), "━━━━");
    }
}
