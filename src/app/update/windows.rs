//! Maintenance windows: the form, its preview, its question; and ending one early.

use std::collections::BTreeMap;

use crate::app::act::{Act, Deed};
use crate::app::entry::TextEntry;
use crate::app::overlay::{Then, WindowForm};
use crate::app::toast::Tone;
use crate::app::{App, Overlay};
use crate::domain::maintenance::Window;
use crate::domain::mute::NewSilence;
use crate::domain::remediation::RunId;
use crate::domain::when::When;
use crate::domain::{Matcher, Moment, SourceName, matcher};

use super::silence::check_matchers;

/// How many names of covered alerts are spelled out.
const NAMED: usize = 4;

/// A window as it is planned, all of it checked.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedWindow {
    /// When it begins.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Which alerts it silences.
    pub matchers: Vec<Matcher>,
    /// Where.
    pub sources: Vec<SourceName>,
    /// What it would do, in lines.
    pub words: Vec<String>,
}

impl App {
    /// `W`: the form of a maintenance window for the service of what is highlighted; where one lasts or is ahead, the
    /// question whether to end it or to call it off.
    pub(super) fn open_window(&mut self) {
        let service = self.service().unwrap_or_default().to_owned();
        let windows = || self.board.memory().windows.iter().filter(|window| window.service == service);
        let lasting = windows().find(|window| window.lasts(self.now));
        let ahead = || windows().filter(|window| window.is_ahead(self.now)).min_by_key(|window| window.starts);
        if let Some(window) = lasting.or_else(ahead).cloned() {
            return self.ask_end_window(window);
        }
        if self.profile.acks.is_empty() {
            return self.say(Tone::Hint, "no source can be silenced, so there is no maintenance window");
        }
        let field = usize::from(!service.is_empty()) * 3;
        let mut form = WindowForm {
            service: TextEntry::new(service),
            starts: TextEntry::new("now"),
            ends: TextEntry::new("1h"),
            reason: TextEntry::default(),
            rollback: TextEntry::default(),
            field,
            preview: Err(String::new()),
        };
        form.preview = self.window_preview(&form);
        self.overlay = Some(Overlay::Window(Box::new(form)));
    }

    /// What the form would do as it stands.
    ///
    /// # Errors
    /// In words, what must be filled in or mended first.
    pub fn window_preview(&self, form: &WindowForm) -> Result<Vec<String>, String> {
        self.plan_window(form.service.text(), form.starts.text(), form.ends.text()).map(|planned| planned.words)
    }

    /// Reads what was entered for a window.
    ///
    /// # Errors
    /// In words, what must be mended.
    pub fn plan_window(&self, service: &str, starts: &str, ends: &str) -> Result<PlannedWindow, String> {
        let service = service.trim();
        if service.is_empty() {
            return Err("say which service is worked on".to_owned());
        }
        let zone = self.profile.timezone;
        let starts = match starts.trim() {
            "" | "now" => self.now,
            later => When::parse(later.strip_prefix("in ").unwrap_or(later))?.ahead(self.now, zone)?,
        };
        let ends = match When::end(ends)? {
            // Tomorrow is the day after today, whenever it begins.
            tomorrow @ When::Tomorrow(_) => tomorrow.ahead(self.now, zone)?,
            // A span counts from the begin, and a clock's time is the next one after it.
            time => time.ahead(starts, zone).map_err(|words| format!("the end: {words}"))?,
        };
        if ends <= starts {
            return Err("it would end before it begins".to_owned());
        }
        let matchers = self.matchers_of(service);
        check_matchers(&matchers)?;
        let sources: Vec<SourceName> = self.profile.acks.keys().cloned().collect();
        let words = self.window_words(starts, ends, &matchers, &sources);
        Ok(PlannedWindow { starts, ends, matchers, sources, words })
    }

    /// The matchers of a configured service; for another one, the label by which its alerts are known to belong to it.
    fn matchers_of(&self, service: &str) -> Vec<Matcher> {
        let grouping = &self.board.rules().grouping;
        if let Some(known) = grouping.services.iter().find(|known| known.name == service) {
            return known.matchers.clone();
        }
        let told = self.board.incidents().filter(|incident| incident.service.as_deref() == Some(service));
        let mut labels = told.flat_map(|incident| self.board.alerts_of(incident)).map(|alert| &alert.labels);
        let name = labels.find_map(|labels| grouping.label_of(labels).filter(|name| labels.get(name) == Some(service)));
        vec![Matcher::equal(name.unwrap_or("service"), service)]
    }

    fn window_words(&self, starts: Moment, ends: Moment, matchers: &[Matcher], sources: &[SourceName]) -> Vec<String> {
        let mut covers: BTreeMap<&str, usize> = BTreeMap::new();
        for alert in sources.iter().flat_map(|source| self.board.matched(Some(source), matchers)) {
            *covers.entry(alert.name()).or_default() += 1;
        }
        let count: usize = covers.values().sum();
        let mut names: Vec<String> =
            covers.iter().take(NAMED).map(|(name, count)| format!("{name} ×{count}")).collect();
        if covers.len() > NAMED {
            names.push(format!("{} more names", covers.len() - NAMED));
        }
        let from = if starts <= self.now { "now".to_owned() } else { self.clock(starts) };
        let sources: Vec<&str> = sources.iter().map(SourceName::as_str).collect();
        vec![
            format!("matches {count} now{}{}", if names.is_empty() { "" } else { ": " }, names.join(", ")),
            format!("lasts   from {from} until {}", self.clock(ends)),
            format!("covers  {} at {}", matcher::text(matchers), sources.join(", ")),
        ]
    }

    /// Enter in the form: the question.
    pub(super) fn accept_window(&mut self, mut form: WindowForm) {
        form.preview = self.window_preview(&form);
        match self.window_act(&form) {
            Ok((act, words)) => {
                let question = self.window_question(&form);
                self.ask(question, words, Then::Act(vec![act]));
            }
            Err(words) => {
                // It is said where one looks, and the line that wants something is at hand.
                let wanting = [(3, &form.reason), (4, &form.rollback)];
                let wanting = wanting.into_iter().find(|(_, entry)| entry.text().trim().is_empty());
                form.field = wanting.filter(|_| form.preview.is_ok()).map_or(form.field, |(at, _)| at);
                form.preview = Err(words);
                self.overlay = Some(Overlay::Window(Box::new(form)));
            }
        }
    }

    /// What is asked before a window is planned.
    #[must_use]
    pub fn window_question(&self, form: &WindowForm) -> String {
        let service = form.service.text().trim();
        let later = self.plan_window(service, form.starts.text(), form.ends.text()).ok();
        match later.filter(|planned| planned.starts > self.now) {
            Some(planned) => {
                let from = self.clock(planned.starts);
                format!("Plan the maintenance of {service}{} from {from}?", self.in_environment())
            }
            None => format!("Begin maintenance of {service}{}?", self.in_environment()),
        }
    }

    /// The act that plans a window, and what follows from it in lines.
    ///
    /// # Errors
    /// In words, what must be filled in or mended first.
    pub fn window_act(&mut self, form: &WindowForm) -> Result<(Act, Vec<String>), String> {
        let service = form.service.text().trim().to_owned();
        let planned = self.plan_window(&service, form.starts.text(), form.ends.text())?;
        let (reason, rollback) = (form.reason.text().trim().to_owned(), form.rollback.text().trim().to_owned());
        if reason.is_empty() {
            return Err("say why: whoever finds the silence must know".to_owned());
        }
        if rollback.is_empty() {
            return Err("say how to go back if it goes wrong".to_owned());
        }
        let window = Window {
            id: self.window_id(&service, planned.starts),
            service: service.clone(),
            reason: reason.clone(),
            rollback: rollback.clone(),
            by: self.profile.operator.clone(),
            starts: planned.starts,
            ends: planned.ends,
            silences: Vec::new(),
            ended: None,
        };
        let silence = NewSilence {
            matchers: planned.matchers,
            starts: planned.starts,
            ends: planned.ends,
            by: self.profile.operator.name.clone(),
            comment: format!("maintenance of {service}: {reason} · to go back: {rollback}"),
        };
        let silences = planned.sources.into_iter().map(|source| (source, silence.clone())).collect();
        let later = planned.starts > self.now;
        let from = if later { format!("from {} ", self.clock(planned.starts)) } else { String::new() };
        let span = format!("{from}until {}", self.clock(planned.ends));
        let detail = format!("{service} · {reason} · {span} · to go back: {rollback}");
        let deed = Deed::OpenWindow { window, silences };
        let mut words = planned.words;
        words.extend([format!("reason  {reason}"), format!("back    {rollback}")]);
        Ok((self.act("maintenance", None, service, detail, vec![deed]), words))
    }

    /// An id that no other window has: of the moment, the service and the operator.
    fn window_id(&self, service: &str, starts: Moment) -> RunId {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hasher = DefaultHasher::new();
        (service, starts, self.now, &self.profile.operator, self.token).hash(&mut hasher);
        RunId(hasher.finish())
    }

    fn ask_end_window(&mut self, window: Window) {
        let (service, here) = (&window.service, self.in_environment());
        let planned = format!("planned until {} by {}: {}", self.clock(window.ends), window.by.name, window.reason);
        let (question, consequences) = if window.lasts(self.now) {
            let heard = "its alerts can be heard again at once".to_owned();
            (format!("End the maintenance of {service}{here} now?"), vec![planned, heard])
        } else {
            let from = self.clock(window.starts);
            let other = format!("to plan another one beside it: midwatch silence --service {service}");
            (format!("Call off the maintenance of {service}{here} from {from}?"), vec![planned, other])
        };
        let (service, detail) = (window.service.clone(), format!("{} · {}", window.service, window.reason));
        let act = self.act("maintenance.end", None, service, detail, vec![Deed::EndWindow(window)]);
        self.ask(question, consequences, Then::Act(vec![act]));
    }

    /// The maintenance windows that last, as one line each.
    pub fn windows_now(&self) -> impl Iterator<Item = &Window> {
        self.board.memory().windows.iter().filter(|window| window.lasts(self.now))
    }

    /// When the next window begins or ends.
    pub(super) fn next_window_change(&self) -> Option<Moment> {
        let windows = self.board.memory().windows.iter().filter(|window| window.ended.is_none());
        windows.flat_map(|window| [window.starts, window.ends]).filter(|at| *at > self.now).min()
    }
}
