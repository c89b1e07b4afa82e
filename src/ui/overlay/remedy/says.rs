//! What a plan would do, in rows: on what, the exact command, where, for how long, and what was found out about it.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::overlay::RemedyPrompt;
use crate::domain::remediation::kind::Body;
use crate::domain::remediation::plan::{Call, Check, EnvValue, ProcessCall};
use crate::domain::remediation::wish::What;
use crate::domain::remediation::{Plan, Wish};
use crate::domain::{age, discreet, harmless};
use crate::theme::{Glyph, Role};
use crate::ui::scene::Scene;
use crate::ui::widget::{flow, text};

/// How many of the last lines of a dry run are shown.
const TRIED: usize = 6;

/// A row: its name, and what it says.
type Said<'a> = Vec<(Style, Cow<'a, str>)>;

/// Rows with their names in a column of their own.
pub(super) struct Rows<'s, 'a> {
    scene: &'s Scene<'a>,
    wide: usize,
    name: usize,
    lines: Vec<Line<'static>>,
}

impl<'s, 'a> Rows<'s, 'a> {
    pub(super) fn new(scene: &'s Scene<'a>, wide: usize) -> Self {
        Self { scene, wide, name: if wide < 56 { 9 } else { 11 }, lines: Vec::new() }
    }

    /// Adds a row; what it says is wrapped, never cut.
    pub(super) fn add(&mut self, name: &str, said: &[(Style, Cow<'_, str>)]) {
        let pieces = said.iter().map(|(style, words)| (*style, &**words));
        for (at, line) in flow::flow(pieces, self.wide.saturating_sub(self.name)).into_iter().enumerate() {
            let name = text::pad(if at == 0 { name } else { "" }, self.name);
            let name = Span::styled(name, self.scene.style(Role::Dim));
            self.lines.push(std::iter::once(name).chain(line.spans).collect());
        }
    }

    pub(super) fn plain(&mut self, name: &str, role: Role, words: impl Into<String>) {
        let style = self.scene.style(role);
        self.add(name, &[(style, Cow::Owned(words.into()))]);
    }

    pub(super) fn lines(self) -> Vec<Line<'static>> {
        self.lines
    }
}

/// Everything that must be seen before.
pub(super) fn lines(scene: &Scene<'_>, prompt: &RemedyPrompt, wide: usize) -> Vec<Line<'static>> {
    let mut rows = Rows::new(scene, wide);
    let plan = prompt.prepared.as_ref().and_then(|prepared| prepared.plan.as_ref().ok());
    let Some(plan) = plan else {
        rows.add("on", &on(scene, &prompt.wish, plan));
        return rows.lines();
    };
    // Where there is hardly any room, the command is what must be seen first.
    if scene.small {
        call(scene, &mut rows, &plan.run);
    }
    rows.add("on", &on(scene, &prompt.wish, Some(plan)));
    if !plan.values.is_empty() {
        rows.add("with", &values(scene, &prompt.wish, plan));
    }
    if !scene.small {
        call(scene, &mut rows, &plan.run);
    }
    rows.add("in", &place(scene, plan));
    if let Call::Process(process) = &plan.run
        && !process.env.is_empty()
    {
        rows.plain("env", Role::Dim, environment(process));
    }
    let barred = !scene.app.hurdles(prompt).is_empty();
    for (at, check) in plan.checks.iter().enumerate() {
        rows.add(if at == 0 { "checks" } else { "" }, &checked(scene, check, barred));
    }
    tried(scene, &mut rows, prompt, plan, barred);
    let last = prompt.prepared.as_ref().and_then(|prepared| prepared.last.as_ref());
    let words = last.map_or_else(|| "never here".to_owned(), |run| scene.app.run_info(run));
    rows.plain("last run", Role::Text, words);
    rows.lines()
}

/// The target, the environment, and how its incident stands.
fn on<'a>(scene: &Scene<'_>, wish: &Wish, plan: Option<&'a Plan>) -> Said<'a> {
    let (dim, strong) = (scene.style(Role::Dim), scene.bold(Role::Strong));
    let mut said: Said<'a> = Vec::new();
    if let Some(plan) = plan.filter(|plan| !plan.target.is_empty()) {
        said.push((strong, format!("{}  ", harmless::line(&plan.target, 200)).into()));
    }
    if let Some(environment) = plan.and_then(|plan| plan.environment.as_deref()) {
        said.push((scene.style(Role::High), format!("{environment}  ").into()));
    }
    let (role, words) = subject(scene, wish.incident, wish.subject.as_deref());
    said.push((if role == Role::Dim { dim } else { scene.style(role) }, words.into()));
    said
}

/// How the incident stands that it is for.
pub(super) fn subject(scene: &Scene<'_>, id: Option<crate::domain::IncidentId>, title: Option<&str>) -> (Role, String) {
    let Some(id) = id else { return (Role::Dim, "for no incident".to_owned()) };
    let title = title.unwrap_or("an incident");
    match scene.app.board.incident(id) {
        None => (Role::Stale, format!("{title} (gone from the board)")),
        Some(incident) if !incident.is_open() => (Role::Stale, format!("{title} (resolved)")),
        Some(incident) if incident.stale => (Role::Stale, format!("{title} (whether it fires is not known)")),
        Some(incident) => {
            let count = incident.alerts.len();
            let alerts = if count == 1 { "1 alert".to_owned() } else { format!("{count} alerts") };
            (Role::Dim, format!("{title} (firing, {alerts})"))
        }
    }
}

/// The values, and where each comes from.
fn values<'a>(scene: &Scene<'_>, wish: &Wish, plan: &'a Plan) -> Said<'a> {
    let (text, dim) = (scene.style(Role::Text), scene.style(Role::Dim));
    let mut said: Said<'a> = Vec::new();
    for (at, (name, value)) in plan.values.iter().enumerate() {
        let gap = if at == 0 { "" } else { "   " };
        said.push((dim, format!("{gap}{name} ").into()));
        said.push((text, harmless::line(value, 400)));
        said.push((dim, format!(" ({})", origin(scene, wish, name)).into()));
    }
    said
}

fn origin(scene: &Scene<'_>, wish: &Wish, name: &str) -> String {
    let remedy = match &wish.what {
        What::Remedy(id) => scene.app.profile.remedy(id),
        What::Step(..) => return "label".to_owned(),
    };
    let label = remedy.and_then(|remedy| remedy.param(name)).and_then(|param| param.label.as_deref());
    match label {
        _ if wish.secrets.contains_key(name) || wish.values.contains_key(name) => "typed or chosen".to_owned(),
        Some(label) if wish.labels.get(label).is_some() => format!("label {label}"),
        _ => "default".to_owned(),
    }
}

/// The exact command line or request, and what it is given.
fn call(scene: &Scene<'_>, rows: &mut Rows<'_, '_>, call: &Call) {
    let exact = scene.bold(Role::Accent);
    rows.add("runs", &[(exact, call.words().into())]);
    match call {
        Call::Process(ProcessCall { script: Some(script), .. }) => {
            for (at, line) in script.text.lines().enumerate() {
                let line = harmless::line(&discreet::text(line), usize::MAX).into_owned();
                rows.add(if at == 0 { "script" } else { "" }, &[(exact, line.into())]);
            }
        }
        Call::Process(_) => {}
        Call::Http(http) => {
            for (at, (name, value)) in http.headers.iter().enumerate() {
                let words = harmless::line(&format!("{name}: {}", discreet::text(value)), usize::MAX).into_owned();
                rows.plain(if at == 0 { "headers" } else { "" }, Role::Text, words);
            }
            if let Some(body) = &http.body {
                let words = harmless::line(&json(&body.discreet()), usize::MAX).into_owned();
                rows.add("body", &[(exact, words.into())]);
            }
        }
    }
}

/// A body as it is sent, on one line.
fn json(body: &Body) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    match body {
        Body::Text(text) => quoted(text.source()),
        Body::Plain(text) => text.clone(),
        Body::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Body::Object(fields) => {
            let one = |(name, value): &(String, Body)| format!("{}: {}", quoted(name), json(value));
            format!("{{{}}}", fields.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Where, for how long, and what follows.
fn place<'a>(scene: &Scene<'_>, plan: &Plan) -> Said<'a> {
    let (text, dim) = (scene.style(Role::Text), scene.style(Role::Dim));
    let most = age::spoken(plan.timeout).replace(".0 s", " s");
    let mut said: Said<'a> = Vec::new();
    if let Call::Process(process) = &plan.run {
        said.push((text, process.cwd.display().to_string().into()));
        said.push((dim, " · ".into()));
    }
    said.push((dim, format!("at most {most}").into()));
    match &plan.verify {
        Some(verify) => {
            said.push((dim, " · then ".into()));
            said.push((text, verify.words().into()));
        }
        None => said.push((dim, " · nothing verifies it".into())),
    }
    said
}

/// The names of the child's environment; no value is shown but where it comes from.
fn environment(process: &ProcessCall) -> String {
    let one = |(name, value): &(String, EnvValue)| match value {
        EnvValue::Inherited => format!("{name} (as here)"),
        EnvValue::Plain(_) => name.clone(),
        EnvValue::Typed(_) | EnvValue::Secret => format!("{name} (hidden)"),
    };
    process.env.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn checked<'a>(scene: &Scene<'_>, check: &'a Check, barred: bool) -> Said<'a> {
    let (holds, words) = match check {
        Check::Signal { words, holds } => (Some(*holds), Cow::Borrowed(words.as_str())),
        // A command that did not hold is told as what stands in the way; while one does, which is not known here.
        Check::Process(process) => ((!barred).then_some(true), Cow::Owned(process.words())),
    };
    let (glyph, role) = match holds {
        Some(true) => (Glyph::Done, scene.good()),
        Some(false) => (Glyph::Lost, Role::Failed),
        None => (Glyph::Dot, Role::Dim),
    };
    let sign = format!("{} ", scene.glyph(glyph));
    vec![(scene.style(role), sign.into()), (scene.style(Role::Text), words)]
}

fn tried(scene: &Scene<'_>, rows: &mut Rows<'_, '_>, prompt: &RemedyPrompt, plan: &Plan, barred: bool) {
    let Some(dry_run) = &plan.dry_run else { return rows.plain("dry run", Role::Dim, "none is declared") };
    match &prompt.dry_run {
        _ if prompt.trying => rows.plain("dry run", Role::Dim, format!("under way: {}", dry_run.words())),
        None if barred => rows.plain("dry run", Role::Dim, "not tried: something stands in the way"),
        None => rows.plain("dry run", Role::Dim, "not tried yet"),
        Some(told) => {
            let (role, word) = if told.ok { (scene.good(), "ok") } else { (Role::Failed, "failed") };
            let took = i64::try_from(told.took_ms).unwrap_or(i64::MAX);
            let took = age::spoken(chrono::TimeDelta::try_milliseconds(took).unwrap_or_default());
            let said = if told.words == word { String::new() } else { format!(": {}", told.words) };
            let words = format!(" {took}{said}");
            rows.add("dry run", &[(scene.bold(role), word.into()), (scene.style(Role::Text), words.into())]);
            for line in told.lines.iter().skip(told.lines.len().saturating_sub(TRIED)) {
                rows.plain("", Role::Dim, harmless::line(line, 400).into_owned());
            }
        }
    }
}
