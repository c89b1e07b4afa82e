//! A runbook's lines as cells: which role each ink has, and what a search found in them.
//!
//! What lives here: painting of lines that are laid out already. What must not: wrapping, which is the domain's
//! (`domain::runbook::laid`), the cursor, the page.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::domain::runbook::laid::{Ink, Line as Laid, Look};
use crate::theme::{Role, Theme};

/// Paints a line. `good` is the role of what went well, which is not green while a source is missing; `search` is what
/// stands out in it.
#[must_use]
pub fn line<'a>(theme: &Theme, laid: &'a Laid, good: Role, search: &str) -> Line<'a> {
    let mut painted = Line::default();
    for span in &laid.spans {
        let style = style(theme, span.look, good);
        if search.is_empty() || span.look.ink == Ink::Frame {
            painted.push_span(Span::styled(span.text.as_str(), style));
            continue;
        }
        for (part, is_found) in found(&span.text, search) {
            let style =
                if is_found { style.patch(theme.style(Role::Found)).add_modifier(Modifier::BOLD) } else { style };
            painted.push_span(Span::styled(part, style));
        }
    }
    painted
}

/// How a look is painted. Nothing is told by colour alone: links and filled placeholders are underlined, headings
/// strong, and everything else that matters has a sign or words of its own.
fn style(theme: &Theme, look: Look, good: Role) -> Style {
    let role = match look.ink {
        Ink::Text | Ink::Code => Role::Text,
        Ink::Dim => Role::Dim,
        Ink::Frame => Role::Faint,
        // A value is no link: it is underlined as well, but not in a link's colour.
        Ink::Heading | Ink::Filled => Role::Strong,
        Ink::Accent => Role::Accent,
        Ink::Missing | Ink::Warning => Role::Stale,
        Ink::Link => Role::Link,
        Ink::Good => good,
        Ink::Bad => Role::Failed,
    };
    let marks = [
        (matches!(look.ink, Ink::Link | Ink::Filled), Modifier::UNDERLINED),
        (look.bold || matches!(look.ink, Ink::Missing | Ink::Filled), Modifier::BOLD),
        (look.italic, Modifier::ITALIC),
        (look.struck, Modifier::CROSSED_OUT),
    ];
    let set = marks.into_iter().filter(|(set, _)| *set).map(|(_, modifier)| modifier);
    theme.style(role).add_modifier(set.collect())
}

/// A text in parts: what was searched for, and what stands between. Capital letters of ASCII count as small ones.
fn found<'a>(text: &'a str, search: &str) -> Vec<(&'a str, bool)> {
    let (plain, search) = (text.to_ascii_lowercase(), search.to_ascii_lowercase());
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, found) in plain.match_indices(&search) {
        parts.push((text.get(from..at).unwrap_or_default(), false));
        parts.push((text.get(at..at + found.len()).unwrap_or_default(), true));
        from = at + found.len();
    }
    parts.push((text.get(from..).unwrap_or_default(), false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::runbook::laid::{Around, lay, made};

    fn painted(search: &str) -> Vec<Line<'static>> {
        let laid = lay(&made::document(), &Around { width: 70, key: Some("x".to_owned()), ..Around::default() });
        let owned = |line: Line<'_>| {
            line.spans.into_iter().map(|span| Span::styled(span.content.into_owned(), span.style)).collect()
        };
        laid.lines.iter().map(|laid| owned(line(&Theme::plain(), laid, Role::Good, search))).collect()
    }

    fn modifiers(lines: &[Line<'_>], words: &str) -> Modifier {
        let span = lines.iter().flat_map(|line| &line.spans).find(|span| span.content.trim() == words);
        span.unwrap().style.add_modifier
    }

    #[test]
    fn without_any_colour_it_is_still_seen_what_is_what() {
        let lines = painted("");
        assert!(modifiers(&lines, "Checkout errors high").contains(Modifier::BOLD));
        assert!(modifiers(&lines, "checkout-7").contains(Modifier::UNDERLINED), "a filled placeholder");
        assert!(modifiers(&lines, "{{labels.region}}?").contains(Modifier::BOLD), "one that nothing fills");
        assert!(modifiers(&lines, "dashboard").contains(Modifier::UNDERLINED), "a link");
        assert!(modifiers(&lines, "payments-team").contains(Modifier::ITALIC));
        assert!(modifiers(&lines, "bo").contains(Modifier::CROSSED_OUT));
    }

    #[test]
    fn what_was_searched_for_stands_out_and_nothing_is_lost() {
        let (plain, searched) = (painted(""), painted("POOL"));
        let text = |lines: &[Line<'_>]| lines.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(text(&plain), text(&searched));
        assert!(
            searched
                .iter()
                .flat_map(|line| &line.spans)
                .any(|span| { span.content == "pool" && span.style.add_modifier.contains(Modifier::BOLD) })
        );
    }
}
