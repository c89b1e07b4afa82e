//! What the screen looks like: functions from the model and a theme to cells.
//!
//! What lives here: [`view`], one file for each screen and overlay, and the widgets they are made of. What
//! must not: a clock, a colour (only [`Role`](crate::theme::Role)s), a change of the model, any I/O.

mod alike;
mod ascii;
mod badges;
mod footer;
mod header;
pub mod links;
mod next;
mod overlay;
mod pane;
mod scene;
mod screen;
mod toasts;
pub mod widget;
mod words;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use next::next_frame;

use crate::app::App;
use crate::theme::Theme;
use scene::Scene;
use widget::Canvas;

/// Draws everything; returns where the cursor stands while text is entered.
///
/// The same model, theme and size always make the same frame. No size is too small.
#[must_use]
pub fn view(app: &App, theme: &Theme, frame_area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let mut scene = Scene::new(app, theme);
    let mut canvas = Canvas::new(buffer, frame_area);
    if canvas.is_empty() {
        return None;
    }
    canvas.clear();
    canvas.tint_all(theme.style(crate::theme::Role::Text));
    let layout = Layout::of(&scene, canvas.width(), canvas.height());
    scene.small = layout.is_small();
    header::draw(&scene, &mut canvas.strip(0, layout.header));
    header::banner(&scene, &mut canvas.strip(layout.header, layout.banner));
    screen::draw(&scene, &mut canvas.strip(layout.top(), layout.body));
    footer::sources(&scene, &mut canvas.strip(layout.bottom(), layout.sources));
    footer::keys(&scene, &mut canvas.strip(layout.bottom() + layout.sources, layout.keys));
    toasts::draw(&scene, &mut canvas.strip(layout.top(), layout.body));
    let cursor = overlay::draw(&scene, &mut canvas.strip(layout.top(), layout.body));
    alike::settle(buffer, frame_area);
    if theme.is_ascii() {
        ascii::spell(buffer, frame_area);
    }
    cursor
}

/// How the rows of the screen are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    width: u16,
    header: u16,
    banner: u16,
    body: u16,
    sources: u16,
    keys: u16,
}

impl Layout {
    fn of(scene: &Scene<'_>, width: u16, height: u16) -> Self {
        let keys = u16::from(height > 2);
        let header = u16::from(height > 1);
        let sources = u16::from(height >= 14 && width >= 40);
        let banner = u16::from(height > 5 && header::has_banner(scene));
        Self { width, header, banner, sources, keys, body: height - header - keys - sources - banner }
    }

    fn top(self) -> u16 {
        self.header + self.banner
    }

    fn bottom(self) -> u16 {
        self.top() + self.body
    }

    /// Whether there is only room for one thing.
    fn is_small(self) -> bool {
        screen::is_small(self.width, self.body)
    }
}
