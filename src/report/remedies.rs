//! `midwatch remedy list`, `show` and `runs`: what is declared, and what ran.

pub mod declared;
pub mod runs;

#[cfg(test)]
mod tests;
