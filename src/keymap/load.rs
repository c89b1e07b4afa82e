//! From files to the keymap that is pressed: the shipped one, the operator's over it, and nobody locked in.

use std::path::{Path, PathBuf};

use super::layer::{self, Layer, LayerRow};
use super::{Binding, Keymap, KeymapProblem, merge, rules, shipped};
use crate::app::{Action, Context};
use crate::rows::{self, Problem};

/// A layer and the file it was read from.
type Filed = (PathBuf, Layer);

/// Loads the shipped keymap `base` with the operator's file (its path and its text) over it. The file may name
/// another shipped one with `inherits`. What is wrong is told and left out; nothing is ever fatal.
#[must_use]
pub fn load(base: &str, user: Option<(&Path, &str)>) -> (Keymap, Vec<KeymapProblem>) {
    let mut found = Vec::new();
    let mut own = user.map(|(file, text)| {
        let (layer, problems) = layer::read(file, text);
        found.extend(problems);
        (file.to_owned(), layer)
    });
    let name = choose(base, own.as_ref(), &mut found);
    let mut layers = Vec::new();
    add_shipped(name, &mut layers, &mut found);
    let base_rows = build(&layers, None).0;
    loop {
        let (rows, problems) = build(&layers, own.as_ref());
        let dropped = own.as_mut().map(|own| unlock(&base_rows, &rows, own)).unwrap_or_default();
        if dropped.is_empty() {
            found.extend(problems);
            found.sort_by(|a, b| (&a.file, a.at).cmp(&(&b.file, b.at)));
            return (Keymap::new(name, rows), found);
        }
        found.extend(dropped);
    }
}

/// The same with the operator's file wherever it is, if it is there. One that cannot be read is told: keys that are
/// not what one's fingers know must not come as a surprise.
#[must_use]
pub fn of_files(base: &str, own: Option<&Path>) -> (Keymap, Vec<KeymapProblem>) {
    let read = own.map(|file| (file, rows::text_of(file)));
    let layered = match &read {
        Some((file, Ok(Some(text)))) => Some((*file, text.as_str())),
        _ => None,
    };
    let (keymap, mut found) = load(base, layered);
    if let Some((file, Err(why))) = read {
        found.push(Problem::of_file(file, &why));
    }
    (keymap, found)
}

/// Which shipped keymap it is: the one that the operator's file inherits, else `base`, else the default.
fn choose(base: &str, own: Option<&Filed>, found: &mut Vec<KeymapProblem>) -> &'static str {
    let known = |name: &str| shipped::names().find(|shipped| *shipped == name);
    if let Some((file, Layer { inherits: Some((name, at)), .. })) = own {
        match known(name) {
            Some(name) => return name,
            None => found.push(unknown(file, name).at(*at)),
        }
    }
    known(base).unwrap_or_else(|| {
        found.push(unknown(Path::new("keymap"), base));
        shipped::DEFAULT
    })
}

fn unknown(file: &Path, name: &str) -> KeymapProblem {
    let names: Vec<&str> = shipped::names().collect();
    let message = format!("no keymap '{name}' ships, only {}", names.join(", "));
    Problem::of_file(file, &message).meant(name, names)
}

/// Adds a shipped keymap, after the one it inherits.
fn add_shipped(name: &str, layers: &mut Vec<Filed>, found: &mut Vec<KeymapProblem>) {
    let file = PathBuf::from(format!("{name}.toml"));
    let (layer, problems) = layer::read(&file, shipped::text(name).unwrap_or_default());
    found.extend(problems);
    if let Some((parent, _)) = layer.inherits.as_ref().filter(|(parent, _)| parent != name) {
        add_shipped(parent, layers, found);
    }
    layers.push((file, layer));
}

/// Puts the layers over each other.
fn build(layers: &[Filed], own: Option<&Filed>) -> (Vec<Binding>, Vec<KeymapProblem>) {
    let (mut rows, mut found) = (Vec::new(), Vec::new());
    for (rank, (file, layer)) in layers.iter().chain(own).enumerate() {
        found.extend(merge::over(&mut rows, layer, rank, file));
    }
    (rows, found)
}

/// Takes those rows out of the operator's layer that leave something essential without a key, and tells each.
/// Nothing is taken out when everything essential can be reached.
fn unlock(base: &[Binding], rows: &[Binding], (file, own): &mut Filed) -> Vec<KeymapProblem> {
    for (context, actions) in rules::ESSENTIAL {
        if is_reachable(rows, *context, actions) {
            continue;
        }
        let kept: Vec<&Binding> = base.iter().filter(|row| is_one_of(row, *context, actions)).collect();
        let in_the_way =
            |row: &LayerRow| kept.iter().any(|kept| hides(row.context, kept.context) && row.keys.overlaps(&kept.keys));
        let (dropped, left): (Vec<_>, Vec<_>) = own.rows.drain(..).partition(in_the_way);
        own.rows = left;
        if !dropped.is_empty() {
            let name = actions.first().map_or("", |action| action.spec().name);
            let tell = |row: LayerRow| {
                let message =
                    format!("'{}' stays as it was: '{name}' would have no key in [{}]", row.keys, context.name());
                Problem::of_file(file, &message).at(row.at)
            };
            return dropped.into_iter().map(tell).collect();
        }
    }
    Vec::new()
}

fn is_one_of(row: &Binding, context: Context, actions: &[Action]) -> bool {
    row.context == context && actions.contains(&row.action)
}

/// Whether keys of `inner` can stand before those of `outer`: in the same context, or, for the outermost, in
/// any that is pressed before it.
fn hides(inner: Context, outer: Context) -> bool {
    inner == outer || (outer == Context::Global && !rules::is_modal(inner))
}

/// Whether one of the actions has keys in this context that nothing else takes.
fn is_reachable(rows: &[Binding], context: Context, actions: &[Action]) -> bool {
    rows.iter().filter(|row| is_one_of(row, context, actions)).any(|row| {
        let taken = |other: &Binding| {
            other.context != context && hides(other.context, context) && other.keys.overlaps(&row.keys)
        };
        !rows.iter().any(taken)
    })
}
