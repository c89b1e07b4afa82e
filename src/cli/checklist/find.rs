//! Which checklist, or which walk, is meant by what a person types.

use crate::config::nearest::nearest;
use crate::domain::checklist::{ChecklistId, WalkId};
use crate::domain::harmless;

/// A list as it can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: ChecklistId,
    pub(super) title: String,
}

/// The list of an id, of a title, or of a unique beginning of an id.
///
/// # Errors
/// In words, with the lists that it could be, or with what was probably meant.
pub(super) fn list(text: &str, lists: &[Named]) -> Result<ChecklistId, String> {
    let text = text.trim();
    let is = |wanted: &dyn Fn(&Named) -> bool| lists.iter().filter(|list| wanted(list)).collect::<Vec<_>>();
    let small = text.to_lowercase();
    let ways: [&dyn Fn(&Named) -> bool; 3] =
        [&|list| list.id.as_str() == text, &|list| list.title.to_lowercase() == small, &|list| {
            !small.is_empty() && list.id.as_str().starts_with(&small)
        }];
    for way in ways {
        match is(way).as_slice() {
            [] => {}
            [one] => return Ok(one.id.clone()),
            several => return Err(ambiguous(text, several)),
        }
    }
    let text = harmless::line(text, 80);
    let ids = lists.iter().map(|list| list.id.as_str());
    let near = nearest(&small, ids).map_or_else(|| ";".to_owned(), |id| format!("; did you mean '{id}'?"));
    Err(format!("no checklist is called '{text}'{near} 'midwatch checklist list' lists them"))
}

fn ambiguous(text: &str, several: &[&Named]) -> String {
    let row = |list: &&Named| format!("{}  {}", list.id, harmless::line(&list.title, 80));
    let rows: Vec<String> = several.iter().map(row).collect();
    format!("'{}' could be any of these; give the id:\n  {}", harmless::line(text, 80), rows.join("\n  "))
}

/// The fewest digits that mean a walk.
const FEWEST: usize = 3;

/// The walk of an id, or of a unique beginning of one; `None` if there is none.
///
/// # Errors
/// In words, with the walks that it could be.
pub(super) fn walk(text: &str, walks: &[WalkId]) -> Result<Option<WalkId>, String> {
    let text = text.trim().to_ascii_lowercase();
    if text.len() < FEWEST {
        return Ok(None);
    }
    let found: Vec<&WalkId> = walks.iter().filter(|id| id.to_string().starts_with(&text)).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(**one)),
        several => {
            let ids: Vec<String> = several.iter().take(10).map(ToString::to_string).collect();
            Err(format!("'{text}' could be any of the walks {}; give more of it", ids.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Vec<Named> {
        let all = [("daily", "Daily maintenance"), ("daily-db", "Databases"), ("monthly", "Monthly audit")];
        all.map(|(id, title)| Named { id: ChecklistId::new(id), title: title.to_owned() }).to_vec()
    }

    #[test]
    fn an_id_a_title_or_a_beginning() {
        let meant = |text: &str| list(text, &lists()).map(|id| id.to_string());
        assert_eq!(meant("daily").unwrap(), "daily", "an id that begins another is still one");
        assert_eq!(meant("monthly AUDIT").unwrap(), "monthly");
        assert_eq!(meant("mo").unwrap(), "monthly");
        let words = meant("dai").unwrap_err();
        assert!(words.contains("daily-db  Databases") && words.contains("daily  Daily maintenance"), "{words}");
        assert!(meant("montly").unwrap_err().contains("did you mean 'monthly'?"));
        assert!(meant("").is_err());
    }

    #[test]
    fn a_walk_by_the_beginning_of_its_id() {
        let walks = [WalkId(0x5be1_0000_0000_0000), WalkId(0x5be2_0000_0000_0000)];
        assert_eq!(walk("5BE1", &walks), Ok(Some(walks[0])));
        assert!(walk("5be", &walks).unwrap_err().contains("5be2000000000000"));
        assert_eq!((walk("5b", &walks), walk("77aa", &walks)), (Ok(None), Ok(None)));
    }
}
