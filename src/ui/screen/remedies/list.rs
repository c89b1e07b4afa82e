//! The left pane: who is asked for, what runs, what fits, what else there is, what ran.

use ratatui::text::{Line, Span};

use crate::app::Pane;
use crate::app::desk::DeskRow;
use crate::app::update::Section;
use crate::domain::age;
use crate::domain::remediation::run::Request;
use crate::domain::remediation::{Remedy, Run};
use crate::theme::{Glyph, Role};
use crate::ui::pane::run_words;
use crate::ui::scene::Scene;
use crate::ui::screen::{framed, owned, window};
use crate::ui::widget::table::{self, Column};
use crate::ui::widget::{Canvas, canvas::cells, text};

/// A line of the list.
enum Item {
    Heading(String),
    Gap,
    Row(DeskRow),
}

/// Draws the pane.
pub(super) fn draw(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let info = owned(scene.line(Role::Dim, summary(scene)));
    let mut inner = framed(scene, canvas, Pane::Remedies, "Remedies", info);
    let rows = scene.app.desk_rows();
    if rows.is_empty() {
        return draw_nothing(scene, &mut inner);
    }
    let items = items(scene, rows, inner.rows() >= 12);
    let chosen = scene.app.desk_row();
    let is_chosen = |item: &Item| matches!(item, Item::Row(row) if Some(row) == chosen.as_ref());
    let place = items.iter().position(is_chosen).unwrap_or(0);
    let mut range = window(items.len(), place, inner.rows());
    // The heading over the first row in sight is worth a line.
    if range.start == 1 && place + 1 < range.end {
        range = 0..range.end - 1;
    }
    let (declared, others) = (needs(scene, &items, is_remedy), needs(scene, &items, |row| !is_remedy(row)));
    for (y, item) in (0..).zip(items.get(range).unwrap_or_default()) {
        let mut strip = inner.strip(y, 1);
        match item {
            Item::Gap => {}
            Item::Heading(words) => {
                strip.put(1, 0, &scene.line(Role::Dim, words.as_str()));
            }
            Item::Row(row) => {
                let needs = if is_remedy(row) { declared } else { others };
                draw_row(scene, &mut strip, row, needs);
                if is_chosen(item) {
                    strip.put(0, 0, &scene.line(Role::Accent, scene.glyph(Glyph::Cursor)));
                    strip.tint(0, scene.style(Role::Selection));
                }
            }
        }
    }
}

/// How much there is.
pub(super) fn summary(scene: &Scene<'_>) -> String {
    let app = scene.app;
    let running = app.runs_under_way().len();
    let waiting = app.open_requests().count();
    let mut words = vec![format!("{} declared", app.profile.remedies.len())];
    words.extend((running > 0).then(|| format!("{running} running")));
    words.extend((waiting > 0).then(|| if waiting == 1 { "1 waits".to_owned() } else { format!("{waiting} wait") }));
    words.join(" · ")
}

fn draw_nothing(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let words = "No remedy is declared. [[remedy]] in config.toml declares one: a command with typed parameters, seen \
                 in full before it runs. 'midwatch config init' writes an example.";
    let lines = text::wrap(words, canvas.columns().saturating_sub(2));
    canvas.put_all(1, 0, lines.into_iter().map(|words| scene.line(Role::Dim, words)));
}

fn items(scene: &Scene<'_>, rows: Vec<(Section, DeskRow)>, roomy: bool) -> Vec<Item> {
    let mut items = Vec::new();
    let mut before = None;
    for (section, row) in rows {
        if before != Some(section) {
            if roomy && before.is_some() {
                items.push(Item::Gap);
            }
            items.push(Item::Heading(heading(scene, section)));
            before = Some(section);
        }
        items.push(Item::Row(row));
    }
    items
}

fn heading(scene: &Scene<'_>, section: Section) -> String {
    match section {
        Section::Waiting => "waits for a second person".to_owned(),
        Section::Running => "running".to_owned(),
        Section::Fits(id) => {
            let title = scene.board.incident(id).map_or("the highlighted incident", |incident| &incident.title);
            format!("for {title}")
        }
        Section::Others => "others".to_owned(),
        Section::Ended => "last runs".to_owned(),
    }
}

/// Remedies have titles, runs and requests have targets: each sort has widths of its own.
fn is_remedy(row: &DeskRow) -> bool {
    matches!(row, DeskRow::Remedy(_))
}

/// How wide the widest is of what such rows are on, and of what else is said.
fn needs(scene: &Scene<'_>, items: &[Item], such: impl Fn(&DeskRow) -> bool) -> (usize, usize) {
    let rows = items.iter().filter_map(|item| match item {
        Item::Row(row) if such(row) => said(scene, row),
        _ => None,
    });
    rows.fold((0, 0), |(most_what, most_info), (_, _, what, info)| {
        (most_what.max(text::line_width(&what)), most_info.max(text::line_width(&info)))
    })
}

fn said<'a>(scene: &Scene<'a>, row: &DeskRow) -> Option<Said<'a>> {
    match row {
        DeskRow::Request(id) => scene.app.request(*id).map(|request| of_request(scene, request)),
        DeskRow::Run(id) => scene.app.run(*id).map(|run| of_run(scene, run)),
        DeskRow::Remedy(id) => scene.app.profile.remedy(id).map(|remedy| of_remedy(scene, remedy)),
    }
}

fn draw_row(scene: &Scene<'_>, strip: &mut Canvas<'_>, row: &DeskRow, (what_need, info_need): (usize, usize)) {
    let Some((sign, name, what, info)) = said(scene, row) else { return };
    strip.put(2, 0, &Line::from(sign));
    let wide = strip.columns().saturating_sub(4);
    let columns = match wide {
        // What it is on takes what the news of it do not need.
        50.. => {
            let name = if wide < 90 { 20 } else { 24 };
            let free = wide.saturating_sub(name + info_need + 2);
            [Column::new(name, 0), Column::new(free.clamp(14, what_need.max(14)), 1)]
        }
        _ => [Column::new(wide / 2, 0), Column::new(0, 0)],
    };
    let (rest, [name_wide, what_wide]) = table::widths(wide, 26, columns);
    let mut x = 4;
    for (wide, line) in [(name_wide, name), (what_wide, what), (rest, info)] {
        if wide > 0 {
            strip.part(x, 0, cells(wide), 1).put(0, 0, &line);
            x += cells(wide) + 1;
        }
    }
}

/// Sign, name, what it is on, and what else is said.
type Said<'a> = (Span<'a>, Line<'a>, Line<'a>, Line<'a>);

fn of_request<'a>(scene: &Scene<'a>, request: &'a Request) -> Said<'a> {
    let mine = scene.app.waits_for_me(request);
    let asked = age::coarse(scene.now - request.asked);
    let info = match &request.approved_by {
        Some(by) if scene.app.desk.waiting.contains_key(&request.id) => format!("{} agreed · x runs it", by.name),
        Some(by) => format!("{} agreed · {} asked {asked} ago", by.name, request.asked_by.name),
        None => format!("{} asks, {asked} ago · until {} UTC", request.asked_by.name, Scene::hour(request.expires)),
    };
    let role = if mine { Role::High } else { Role::Dim };
    let name = if mine {
        scene.strong(Role::Strong, request.remedy.as_str())
    } else {
        scene.span(Role::Text, request.remedy.as_str())
    };
    (
        scene.strong(role, scene.glyph(Glyph::Asks)),
        Line::from(name),
        scene.line(Role::Text, request.target.as_str()),
        scene.line(if mine { Role::Text } else { Role::Dim }, info),
    )
}

fn of_run<'a>(scene: &Scene<'a>, run: &'a Run) -> Said<'a> {
    let state = if scene.app.is_under_way(run) {
        let running = scene.strong(Role::Accent, run_words::under_way(scene, run));
        Line::from_iter([running, scene.span(Role::Dim, format!(" · {}", run.operator.name))])
    } else {
        let (_, role) = run_words::sign(scene, run);
        let role = if role == scene.good() { Role::Dim } else { role };
        scene.line(role, scene.app.run_info(run))
    };
    let name = scene.line(Role::Text, run.remedy.as_str());
    (run_words::sign_span(scene, run), name, scene.line(Role::Text, run.target.as_str()), state)
}

fn of_remedy<'a>(scene: &Scene<'a>, remedy: &'a Remedy) -> Said<'a> {
    let app = scene.app;
    let here = remedy.runs_in(app.profile.environment.as_deref());
    let mut info = Line::default();
    if let Some(why) = app.desk.stopped.get(&remedy.id) {
        info.push_span(scene.strong(Role::High, format!("auto stopped: {why} · ")));
    } else if remedy.auto.is_some() {
        info.push_span(scene.strong(Role::Accent, "auto"));
        info.push_span(scene.span(Role::Dim, " · "));
    }
    let words = if here { app.remedy_info(&remedy.id) } else { format!("not{}", app.in_environment()) };
    info.push_span(scene.span(Role::Dim, words));
    let name =
        if here { scene.strong(Role::Text, remedy.id.as_str()) } else { scene.span(Role::Dim, remedy.id.as_str()) };
    (scene.span(Role::Dim, " "), Line::from(name), scene.line(Role::Dim, remedy.title.as_str()), info)
}
