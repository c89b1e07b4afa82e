//! What must hold for every text: the examples of the `CommonMark` specification, and properties.

mod properties;
mod seen;
mod spec;
