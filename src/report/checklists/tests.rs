//! Reports of lists and walks made by hand.

mod made;
mod pages;
mod standings;
mod values;
