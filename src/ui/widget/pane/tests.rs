//! Tests of `pane`.

use super::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn drawn(width: u16, height: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let area = buffer.area;
    let mut canvas = Canvas::new(&mut buffer, area);
    Pane::titled("Signals · checkout").info("prom-eu live").draw(&Theme::plain(), &mut canvas);
    buffer
}

#[test]
fn title_left_state_right() {
    let expected = [
        "╭ Signals · checkout ── prom-eu live ╮",
        "│                                    │",
        "╰────────────────────────────────────╯",
    ];
    assert_eq!(drawn(38, 3), Buffer::with_lines(expected));
}

#[test]
fn what_has_no_room_is_cut_and_a_frame_without_room_is_left_out() {
    assert_eq!(drawn(12, 3), Buffer::with_lines(["╭ Signals… ╮", "│          │", "╰──────────╯"]));
    assert_eq!(drawn(3, 3), Buffer::empty(Rect::new(0, 0, 3, 3)));
}
