//! What the tests stand on: the program with a home of its own, a watch with a story in it, keys as a person
//! types them, frames as text.

pub mod drawn;
pub mod keys;
pub mod program;
pub mod story;
pub mod watch;
