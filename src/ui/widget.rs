//! Small pieces that screens are put together from: text that fits, frames, sparklines, charts, bars, ages.
//!
//! What lives here: drawing and measuring of plain values. What must not: the model, the board, or any
//! knowledge of which screen asks.

pub mod age;
pub mod bar;
pub mod canvas;
pub mod chart;
pub mod field;
pub mod flow;
pub mod markdown;
pub mod pane;
pub mod series;
pub mod sparkline;
pub mod table;
pub mod text;

pub use canvas::Canvas;
