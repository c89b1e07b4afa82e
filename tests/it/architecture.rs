//! The walls of the house, read from its source: which room may name which, which crate is used where, who may
//! touch the clock, the terminal, the database and other programs, and how large a file may grow.
//!
//! What lives here: the promises as tables, each checked against `src/` and, so that the check itself cannot fall
//! asleep, against small planted sources that break it. A row that nothing uses any more is a failure too.

mod arrows;
mod crates;
mod model;
mod names;
mod planted;
mod reach;
mod shape;
mod source;
mod tokens;

use source::Tree;

/// What is wrong, one line each, told together.
fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{} broken promise(s):\n  {}", found.len(), found.join("\n  "));
}

#[test]
fn rooms_name_only_the_rooms_below_them() {
    let tree = Tree::of_the_house();
    nothing(&arrows::broken(&tree));
    nothing(&arrows::unused(&tree));
}

#[test]
fn crates_are_named_only_where_they_belong() {
    let tree = Tree::of_the_house();
    nothing(&crates::broken(&tree, &crates::dependencies()));
    nothing(&crates::unused(&tree));
}

#[test]
fn the_clock_the_terminal_colours_and_programs_are_touched_only_in_their_places() {
    let tree = Tree::of_the_house();
    nothing(&reach::broken(&tree));
    nothing(&reach::unused(&tree));
}

#[test]
fn only_update_changes_the_model() {
    nothing(&model::broken(&Tree::of_the_house()));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let tree = Tree::of_the_house();
    nothing(&shape::broken(&tree));
    let (median, most) = (shape::median(&tree), shape::MEDIAN);
    assert!(median <= most, "the median file of src/ has {median} lines, more than {most}");
}
