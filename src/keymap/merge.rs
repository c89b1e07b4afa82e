//! Layers over each other: a row of a later layer stands over the same keys of an earlier one.

use std::collections::HashSet;
use std::path::Path;

use super::layer::{Does, Layer, LayerRow};
use super::{Binding, KeymapProblem};
use crate::app::Context;
use crate::rows::Problem;

/// Puts a layer over what is bound so far. Its unbindings come first, so that their place in the file does not
/// matter. A row whose keys are the beginning of others, or begin with them, is told and left out.
pub(super) fn over(bound: &mut Vec<Binding>, layer: &Layer, rank: usize, file: &Path) -> Vec<KeymapProblem> {
    let mut found = Vec::new();
    let mut tell = |row: &LayerRow, message: String| found.push(Problem::of_file(file, &message).at(row.at));
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    for row in &layer.rows {
        if seen.insert((row.context, &row.keys)) {
            rows.push(row);
        } else {
            tell(row, format!("'{}' stands in [{}] twice; the first counts", row.keys, row.context.name()));
        }
    }
    for row in rows.iter().filter(|row| row.does == Does::Nothing) {
        let before = bound.len();
        bound.retain(|binding| !(binding.context == row.context && binding.keys == row.keys));
        if bound.len() == before {
            tell(row, nothing_to_unbind(bound, row));
        }
    }
    for row in rows {
        if let Does::Action(action, words) = &row.does {
            let binding =
                Binding { context: row.context, keys: row.keys.clone(), action: *action, desc: words.clone(), rank };
            if let Err(message) = bind(bound, binding) {
                tell(row, message);
            }
        }
    }
    found
}

fn nothing_to_unbind(bound: &[Binding], row: &LayerRow) -> String {
    let elsewhere: Vec<String> = bound
        .iter()
        .filter(|binding| binding.keys == row.keys)
        .map(|binding| format!("[{}]", binding.context.name()))
        .collect();
    let hint = if elsewhere.is_empty() { String::new() } else { format!("; it is in {}", elsewhere.join(", ")) };
    format!("'{}' is not bound in [{}], so there is nothing to unbind{hint}", row.keys, row.context.name())
}

/// Binds keys, over the same keys of an earlier layer.
fn bind(bound: &mut Vec<Binding>, binding: Binding) -> Result<(), String> {
    let same = |other: &Binding| other.context == binding.context && other.keys == binding.keys;
    if let Some(other) = bound
        .iter()
        .find(|other| other.context == binding.context && !same(other) && other.keys.overlaps(&binding.keys))
    {
        return Err(overlap(&binding, other));
    }
    match bound.iter().position(same) {
        Some(at) if bound[at].action == binding.action => bound[at] = binding,
        Some(at) => {
            bound.remove(at);
            insert(bound, binding);
        }
        None => insert(bound, binding),
    }
    Ok(())
}

fn overlap(binding: &Binding, other: &Binding) -> String {
    let (keys, context) = (&binding.keys, binding.context.name());
    let taken = format!("'{}' is bound to {} in [{context}]", other.keys, other.action.spec().name);
    if other.keys.chords().len() < keys.chords().len() {
        format!("'{keys}' can never be pressed: {taken}; unbind that with \"{}\" = \"noop\"", other.keys)
    } else {
        format!("'{keys}' is the beginning of longer keys: {taken}; unbind that with \"{}\" = \"noop\"", other.keys)
    }
}

/// Keys stand beside the others of their action, those of the latest layer first: the first are the ones that
/// the footer shows.
fn insert(bound: &mut Vec<Binding>, binding: Binding) {
    let of_action = |other: &Binding| other.context == binding.context && other.action == binding.action;
    let before = bound.iter().position(|other| of_action(other) && other.rank < binding.rank);
    let after = || bound.iter().rposition(of_action).map(|at| at + 1);
    let at = before.or_else(after).unwrap_or_else(|| end_of(bound, binding.context));
    bound.insert(at, binding);
}

/// Behind the last row of a context, and of those before it.
fn end_of(bound: &[Binding], context: Context) -> usize {
    bound.iter().rposition(|other| other.context <= context).map_or(0, |at| at + 1)
}
