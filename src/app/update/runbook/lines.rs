//! Moving over a runbook: by lines, steps, headings, and what is searched for.

use crate::app::cursor::Step;
use crate::app::desk::Page;
use crate::app::overlay::{Menu, MenuChoice, MenuRow};
use crate::app::toast::Tone;
use crate::app::{App, Overlay};
use crate::domain::runbook::laid::Layout;

impl App {
    pub(in crate::app::update) fn step_page(&mut self, step: Step) {
        let Some(page) = &mut self.desk.page else { return };
        let last = page.laid.lines.len().saturating_sub(1);
        page.at = match step {
            Step::By(by) => page.at.saturating_add_signed(by).min(last),
            Step::First => 0,
            Step::Last => last,
        };
    }

    /// The cursor at a line of the runbook.
    pub(in crate::app::update) fn go_to_line(&mut self, line: usize) {
        if let Some(page) = &mut self.desk.page {
            page.at = line.min(page.laid.lines.len().saturating_sub(1));
        }
    }

    pub(super) fn next_step(&mut self, forward: bool) {
        let Some(page) = &self.desk.page else { return };
        let mut steps = page.laid.steps.iter().map(|(_, line)| *line);
        let own = page.line().and_then(|line| line.of.step);
        let there = if forward {
            steps.find(|line| *line > page.at)
        } else {
            // Within a step the one before is not its own first line.
            let own = page.laid.steps.iter().find(|(number, _)| Some(*number) == own).map(|(_, line)| *line);
            steps.rfind(|line| *line < own.unwrap_or(page.at))
        };
        match there {
            Some(line) => self.go_to_line(line),
            None if page.laid.steps.is_empty() => self.say(Tone::Hint, "this runbook has no steps"),
            None => self.say(Tone::Hint, if forward { "this is the last step" } else { "this is the first step" }),
        }
    }

    pub(super) fn open_outline(&mut self) {
        let Some(page) = &self.desk.page else { return };
        if page.laid.headings.is_empty() {
            return self.say(Tone::Hint, "this runbook has no headings");
        }
        let top = page.laid.headings.iter().map(|heading| heading.level).min().unwrap_or(1);
        let rows = page.laid.headings.iter().map(|heading| MenuRow {
            words: format!("{}{}", "  ".repeat(usize::from(heading.level - top)), heading.text),
            info: steps_under(&page.laid, heading.line),
            choice: MenuChoice::Line(heading.line),
        });
        let at = page.laid.headings.iter().rposition(|heading| heading.line <= page.at).unwrap_or(0);
        let menu = Menu { title: format!("Outline · {}", page.title()), rows: rows.collect(), at };
        self.overlay = Some(Overlay::Menu(menu));
    }

    /// Enter in a menu: says whether it was one of lines.
    pub(in crate::app::update) fn choose_line(&mut self, menu: &Menu) -> bool {
        let Some(MenuChoice::Line(line)) = menu.rows.get(menu.at).map(|row| &row.choice) else { return false };
        self.go_to_line(*line);
        true
    }

    /// A search begins at the line under the cursor; what was searched for before is there to be changed.
    pub(in crate::app::update) fn begin_search(&mut self) -> String {
        let Some(page) = &mut self.desk.page else { return String::new() };
        page.from = page.at;
        page.search.clone()
    }

    /// While the search is typed: the first line that has it, from where the search began.
    pub(in crate::app::update) fn search_page(&mut self, text: &str) {
        let Some(page) = &mut self.desk.page else { return };
        text.clone_into(&mut page.search);
        let found = hit(page, page.from, true, true);
        page.at = found.unwrap_or(page.from);
        let nowhere = found.is_none() && !text.trim().is_empty();
        if let Some(Overlay::Filter { problem, .. }) = &mut self.overlay {
            *problem = nowhere.then(|| format!("'{}' is not in this runbook", text.trim()));
        }
    }

    /// `n` and `N`: the next line that has what is searched for; goes around at the ends.
    pub(in crate::app::update) fn find_in_page(&mut self, forward: bool) {
        let Some(page) = &mut self.desk.page else { return };
        match hit(page, page.at, forward, false) {
            Some(line) => page.at = line,
            None if page.search.is_empty() => self.say(Tone::Hint, "search first: '/'"),
            None => {
                let words = format!("'{}' is not in this runbook", page.search);
                self.say(Tone::Hint, words);
            }
        }
    }
}

/// How many steps stand below a heading, up to the next.
fn steps_under(laid: &Layout, line: usize) -> String {
    let next = laid.headings.iter().map(|heading| heading.line).find(|other| *other > line).unwrap_or(usize::MAX);
    match laid.steps.iter().filter(|(_, at)| (line..next).contains(at)).count() {
        0 => String::new(),
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    }
}

/// The first line from one on, forward or back, in which the search begins; the line itself counts if `here`.
fn hit(page: &Page, from: usize, forward: bool, here: bool) -> Option<usize> {
    let wanted = page.search.trim().to_lowercase();
    let lines = &page.laid.lines;
    let count = lines.len();
    let has = |at: &usize| {
        let words = |at: usize| lines.get(at).map(|line| line.words().to_lowercase()).unwrap_or_default();
        let own = words(*at);
        if own.contains(&wanted) {
            return true;
        }
        // What is wrapped is searched as it was written.
        let same = lines.get(*at).zip(lines.get(*at + 1)).is_some_and(|(one, next)| one.of.block == next.of.block);
        let joined = if same { format!("{} {}", own.trim_end(), words(*at + 1).trim_start()) } else { String::new() };
        joined.find(&wanted).is_some_and(|found| found < own.trim_end().len())
    };
    if wanted.is_empty() || count == 0 {
        return None;
    }
    let first = usize::from(!here);
    let around = first..count + first;
    let place = |step: usize| if forward { (from + step) % count } else { (from + count - step % count) % count };
    around.map(place).find(has)
}
