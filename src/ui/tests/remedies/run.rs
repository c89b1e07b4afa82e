//! A run's page.

use super::*;

#[test]
fn a_run_shows_what_it_is_and_follows_what_it_says() {
    let lines: Vec<OutputLine> = (0..100).map(|at| said(Stream::Out, None, &format!("line {at}."))).collect();
    let app = at_run(run(RUN, None), true, lines.clone(), 0);
    for (width, height) in SIZES {
        let text = screen(&app, width, height);
        for word in ["▶ running 12 s", "line 99."] {
            assert!(text.contains(word), "{word} at {width}x{height}");
        }
        assert!(!text.contains("line 2."));
    }
    let text = screen(&app, 120, 36);
    for word in [
        "Run 4f2a · Restart one",
        "checkout@checkout-7",
        "by ana@bastion",
        "100 lines · follows",
        "for CheckoutErrorsHigh",
    ] {
        assert!(text.contains(word), "{word}");
    }
    let text = screen(&at_run(run(RUN, None), true, lines.clone(), 99), 120, 36);
    assert!(text.contains("line 0.") && text.contains("line 9."), "at the top the rest follows");
    let text = screen(&at_run(run(RUN, None), true, lines, 40), 120, 36);
    assert!(text.contains("line 59.") && !text.contains("line 60."), "scrolled back it stands still");
    assert!(text.contains("↓ 40 below"));
}

/// The colour of a word on the screen.
fn colour_of(app: &App, word: &str) -> Color {
    let theme = coloured();
    let (buffer, _) = frame(app, &theme, 120, 36);
    let text = rows(&buffer);
    let (y, row) = text.iter().enumerate().find(|(_, row)| row.contains(word)).unwrap();
    let x = row.char_indices().position(|(at, _)| row[at..].starts_with(word)).unwrap();
    buffer[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())].fg
}

#[test]
fn colours_of_output_are_the_themes_own_and_errors_have_a_sign() {
    let lines = vec![
        said(Stream::Out, Some(1), "painted-red"),
        said(Stream::Out, Some(0), "painted-black"),
        said(Stream::Out, Some(2), "painted-green"),
        said(Stream::Error, None, "to-stderr"),
        said(Stream::Note, Some(3), "a-note"),
    ];
    let app = at_run(run(RUN, Some(Ending::Ok)), false, lines, 0);
    let fg = |role| coloured().style(role).fg.unwrap();
    assert_eq!(colour_of(&app, "painted-red"), fg(Role::Critical));
    assert_eq!(colour_of(&app, "painted-black"), fg(Role::Dim), "black on black is not read by anybody");
    assert_eq!(colour_of(&app, "painted-green"), fg(Role::Good));
    assert_eq!(colour_of(&app, "a-note"), fg(Role::Dim));
    assert!(screen(&app, 80, 24).contains("┆ to-stderr"));
    let (no_colour, _) = Theme::load("midnight", None, Capability::None, false);
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let _ = crate::ui::view(&app, &no_colour, Rect::new(0, 0, 80, 24), &mut buffer);
    assert!(buffer.content().iter().all(|cell| cell.fg == Color::Reset), "NO_COLOR is heard");
}

#[test]
fn an_unknown_outcome_is_never_shown_as_a_good_one() {
    let good = coloured().style(Role::Good).fg.unwrap();
    for (ending, word) in [
        (Some(Ending::Unknown("the answer was lost".to_owned())), "outcome unknown: the answer was lost"),
        (Some(Ending::Failed("exit 3".to_owned())), "failed: exit 3"),
        (Some(Ending::Unverified("inactive".to_owned())), "ran, but not verified: inactive"),
    ] {
        let app = at_run(run(RUN, ending), false, Vec::new(), 0);
        assert!(screen(&app, 120, 36).contains(word));
        assert_ne!(colour_of(&app, word), good);
    }
    let abandoned = Run { lease: ago(3), ..run(RUN, None) };
    let app = at_run(abandoned, false, Vec::new(), 0);
    assert!(screen(&app, 80, 24).contains("outcome unknown: not heard of since"));
    let ok = at_run(run(RUN, Some(Ending::Ok)), false, Vec::new(), 0);
    assert_eq!(colour_of(&ok, "ok, 4.1 s"), good);
}
