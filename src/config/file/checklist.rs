//! `[[checklist]]`: what is adjusted of a shipped checklist or of one's own.

use super::rows;
use crate::config::checklist::{Adjusted, schedule, words};
use crate::config::diagnostic::Diagnostic;
use crate::config::reader::{Item, Table};
use crate::domain::checklist::{ChecklistId, Schedule};

/// What a schedule is instead where a list is walked on demand.
const ON_DEMAND: &str = "on demand";

/// What a page adjusts; then for each the warning that there is no checklist of that name.
pub(super) fn adjusted(root: &Table<'_>) -> (Vec<Adjusted>, Vec<(ChecklistId, Diagnostic)>) {
    let (mut made, mut unknown): (Vec<Adjusted>, Vec<(ChecklistId, Diagnostic)>) = (Vec::new(), Vec::new());
    for table in rows(root, "checklist") {
        let id = table.need("id", Item::word).map(|id| ChecklistId::new(&id));
        let schedule = table.get("schedule", schedule);
        let remind = table.get("remind", |item| item.choice("reminder", &words::REMIND));
        let off = table.get("off", Item::flag).unwrap_or_default();
        table.finish(&["checklist"]);
        let (Some(id), Some(item)) = (id, table.item("id")) else { continue };
        if made.iter().any(|before| before.id == id) {
            item.wrong(&format!("{} is adjusted already; an id is given once", item.quote()));
            continue;
        }
        if off && (table.item("schedule").is_some() || table.item("remind").is_some()) {
            item.warn("this checklist is off, so nothing else of it counts");
        }
        unknown.push((id.clone(), item.warning(&format!("there is no checklist {}", item.quote()))));
        made.push(Adjusted { id, schedule, remind, off });
    }
    (made, unknown)
}

/// A schedule as it is written, and what it means.
fn schedule(item: &Item<'_>) -> Option<(String, Option<Schedule>)> {
    let text = item.word()?;
    let schedule = if text == ON_DEMAND { None } else { Some(schedule::schedule(item)?) };
    Some((text, schedule))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Settings;
    use crate::config::file::read;
    use crate::config::machine::tests::bastion;
    use crate::domain::Severity;
    use crate::domain::checklist::{Checklist, Schedule};

    fn load(text: &str) -> (Settings, Vec<String>) {
        let (settings, found) = read(Path::new("c.toml"), text, &bastion(), &[]);
        (settings, found.iter().map(ToString::to_string).collect())
    }

    fn list<'s>(settings: &'s Settings, id: &str) -> Option<&'s Checklist> {
        settings.checklists.iter().find(|list| list.id.as_str() == id)
    }

    #[test]
    fn a_shipped_one_is_adjusted_and_becomes_the_operators() {
        let text = "[[checklist]]\nid = 'daily'\nschedule = 'workdays 08:30'\nremind = 'high'\n\
                    [[checklist]]\nid = 'weekly'\nschedule = 'on demand'\n\
                    [[checklist]]\nid = 'monthly'\noff = true\n\
                    [[checklist]]\nid = 'handover'\nschedule = 'daily 20:00'\n";
        let (settings, told) = load(text);
        assert_eq!(told, [""; 0]);
        let daily = list(&settings, "daily").unwrap();
        assert_eq!(daily.schedule, Some(Schedule::parse("workdays 08:30").unwrap()));
        assert_eq!((daily.remind, daily.adopted), (Some(Severity::High), true));
        let weekly = list(&settings, "weekly").unwrap();
        assert_eq!((weekly.schedule, weekly.remind), (None, None));
        assert_eq!(list(&settings, "monthly"), None);
        assert!(!list(&settings, "quarterly").unwrap().adopted);
        let handover = list(&settings, "handover").unwrap();
        assert_eq!(handover.remind, Some(Severity::Low), "a turn that can be missed is told");
        let ids: Vec<&str> = settings.checklists.iter().map(|list| list.id.as_str()).take(4).collect();
        assert_eq!(ids, ["daily", "quarterly", "handover", "disaster-recovery-drill"], "scheduled ones first");
    }

    #[test]
    fn mistakes() {
        for (text, place, words) in [
            ("id = 'dayly'", "2:6", "there is no checklist 'dayly'; did you mean 'daily'?"),
            ("schedule = 'daily'", "1:1", "'id' is missing, such as id = \"daily\""),
            ("id = 'daily'\nschedule = 'daly'", "3:12", "did you mean 'daily'?"),
            ("id = 'daily'\nremind = 'hgih'", "3:10", "did you mean 'high'?"),
            ("id = 'daily'\nof = true", "3:1", "did you mean 'off'?"),
            ("id = 'daily'\n[[checklist]]\nid = 'daily'", "4:6", "adjusted already"),
            ("id = 'daily'\noff = true\nremind = 'low'", "2:6", "warning: this checklist is off"),
        ] {
            let (_, told) = load(&format!("[[checklist]]\n{text}\n"));
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert!(told[0].starts_with(&format!("c.toml:{place}: ")) && told[0].contains(words), "{text}: {told:?}");
        }
    }
}
