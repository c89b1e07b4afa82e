//! Every promise is shown to be broken by a source that breaks it, and kept by one that does not.

use super::source::Tree;
use super::tokens;
use super::{arrows, crates, model, names, reach, shape};

/// What one rule says about one planted file.
fn told(rule: impl Fn(&Tree) -> Vec<String>, path: &str, text: &str) -> String {
    rule(&Tree::planted(path, text)).join("\n")
}

#[test]
fn an_arrow_that_points_up_is_seen_however_it_is_written() {
    for text in [
        "use crate::runtime::core::Core;",
        "use crate::{domain::Moment, runtime::core::Core};",
        "use crate::{\n    domain::{Moment, Alert as A},\n    runtime as r,\n};",
        "fn f() -> crate::runtime::core::Core { g() }",
        "use super::super::runtime::core;",
        "mod inner { use super::super::super::runtime::core; }",
        "#[cfg(test)]\nmod tests { use crate::runtime::core::Core; }",
        "macro_rules! m { () => { $crate::runtime::go() } }",
    ] {
        let said = told(arrows::broken, "app/update.rs", text);
        assert!(said.contains("app names runtime"), "{text}: '{said}'");
    }
}

#[test]
fn an_arrow_that_points_down_or_stays_in_the_room_is_none() {
    for text in [
        "use crate::domain::{Moment, alert::Alert};",
        "use super::cursor::Cursor; use self::acks::renew;",
        "mod tests { use super::*; use super::super::model::App; }",
        "// use crate::runtime::core::Core;\n/* crate::runtime */ const A: &str = \"crate::runtime::x\";",
        "const A: &str = r#\"use \"crate::runtime\";\"#; const B: char = '\"'; fn f<'a>(x: &'a str) {}",
    ] {
        assert_eq!(told(arrows::broken, "app/update.rs", text), "", "{text}");
    }
}

#[test]
fn a_room_that_nobody_planned_and_a_word_that_is_not_for_it_are_seen() {
    assert!(told(arrows::broken, "helpers.rs", "fn f() {}").contains("no row"));
    let said = told(arrows::broken, "store/acks.rs", "use crate::board::{Board, LocalAck};");
    assert!(said.contains("names board::Board") && !said.contains("board::LocalAck;"), "{said}");
    assert!(told(arrows::broken, "main.rs", "fn main() { midwatch::store::open(); }").contains("main names store"));
}

#[test]
fn arrows_and_rows_that_nothing_uses_are_seen() {
    let nothing = Tree::planted("app.rs", "fn f() {}");
    assert!(arrows::unused(&nothing).iter().any(|told| told.contains("cli → runtime")));
    assert!(crates::unused(&nothing).iter().any(|told| told.contains("reqwest is not named in source/http")));
    assert!(reach::unused(&nothing).iter().any(|told| told.contains("runtime/outside")));
}

#[test]
fn a_crate_outside_its_place_is_seen() {
    let known = ["tokio", "reqwest", "sqlx", "ratatui", "crossterm", "leftpad"].map(str::to_owned);
    let broken = |path: &str, text: &str| {
        let found = crates::broken(&Tree::planted(path, text), &known);
        found.into_iter().filter(|told| told.starts_with("src/")).collect::<Vec<_>>().join("\n")
    };
    for (path, text, told) in [
        ("domain/alert.rs", "use ratatui::style::Style;", "ratatui belongs to"),
        ("board/logs.rs", "async fn f() { tokio::fs::read(x).await }", "tokio belongs to"),
        ("app/model.rs", "fn f(k: ::crossterm::event::KeyEvent) {}", "crossterm belongs to"),
        ("source/prometheus/client.rs", "fn f() { reqwest::Client::new() }", "reqwest belongs to source/http"),
        ("runtime/session.rs", "use sqlx::Pool;", "sqlx belongs to store"),
    ] {
        assert!(broken(path, text).contains(told), "{path}: '{}'", broken(path, text));
    }
    assert_eq!(
        crates::broken(&Tree::planted("lib.rs", ""), &known),
        ["the crate leftpad has no row: say where it belongs"]
    );
    let fine = broken("store/open.rs", "use sqlx::Pool; fn f() { self.tokio::<u8>(); \"reqwest::x\"; }");
    assert_eq!(fine, "");
    let test =
        broken("board/logs.rs", "#[cfg(test)]\nmod tests { #[tokio::test] async fn f() { tokio::fs::read(x) } }");
    assert_eq!(test, "");
}

#[test]
fn a_touch_of_what_is_outside_is_seen() {
    for (path, text) in [
        ("ui/header.rs", "let now = chrono::Utc::now();"),
        ("app/update.rs", "let now = Instant :: now();"),
        ("board/tick.rs", "let now = std::time::SystemTime::now;"),
        ("ui/screen/watch.rs", "let c = Style::new().fg(Color::Red);"),
        ("cli/status.rs", "println!(\"{x}\");"),
        ("source/poller.rs", "let out = io::stdout().lock();"),
        ("runtime/event_loop.rs", "execute!(out, Show)?;"),
        ("source/prometheus.rs", "let child = tokio::process::Command::new(x);"),
        ("app/guard.rs", "std::process::exit(1)"),
        ("domain/alert.rs", "std::env::var(\"HOME\")"),
        ("source/poller.rs", "use std::sync::mpsc;"),
        ("runtime/session.rs", "let (sender, receiver) = mpsc::unbounded_channel();"),
        ("store/open.rs", "let text = std::fs::read_to_string(path);"),
        ("source/prometheus.rs", "let read = answer.json::<Alerts>().await;"),
        ("source/loki.rs", "let read = answer.text().await;"),
    ] {
        assert_ne!(told(reach::broken, path, text), "", "{path}: {text}");
    }
    for (path, text) in [
        ("clock.rs", "Self::System => Utc::now(),"),
        ("theme/colour.rs", "Color::Rgb(1, 2, 3)"),
        ("board/tick.rs", "#[cfg(test)]\nmod tests { fn f() { Utc::now() } }"),
        ("board/tick.rs", "#[test]\n#[cfg(test)]\nfn f() { Utc::now() }"),
        ("ui/header.rs", "/// As `Utc::now` would say.\nfn now() {}"),
    ] {
        assert_eq!(told(reach::broken, path, text), "", "{path}: {text}");
    }
}

#[test]
fn code_behind_a_test_module_still_counts() {
    let text = "#[cfg(test)]\nmod tests { fn f() { if x { Utc::now() } } }\nfn g() { Utc::now() }";
    let said = told(reach::broken, "board/tick.rs", text);
    assert!(said.contains("board/tick.rs:3") && said.lines().count() == 1, "{said}");
    let files = [("board.rs", "#[cfg(test)]\nmod tests;"), ("board/tests.rs", "fn f() { Utc::now() }")];
    let tree = Tree::of(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    assert!(reach::broken(&tree).is_empty(), "a module that is declared for tests is test code");
}

#[test]
fn a_change_of_the_model_past_update_is_seen() {
    for text in [
        "core.app.paused = None;",
        "self.core.app.incidents.only_critical = true;",
        "app.token += 1;",
        "core.app.toasts.push(tone, words);",
        "app.board.apply(report);",
        "fn draw(app: &mut App) {}",
    ] {
        assert_ne!(told(model::broken, "runtime/event_loop.rs", text), "", "{text}");
        assert_eq!(told(model::broken, "app/update/time.rs", text), "", "{text}");
    }
    for text in [
        "let update = self.app.update(now, msg);",
        "if app.focus == Pane::Logs { app.board.incident(id) }",
        "let app = App::new(board);",
        "for x in app.toasts.iter() {}",
    ] {
        assert_eq!(told(model::broken, "runtime/event_loop.rs", text), "", "{text}");
    }
}

#[test]
fn a_file_that_is_long_silent_or_misplaced_is_seen() {
    let long = format!("//! Long.\n{}", "\n".repeat(600));
    assert!(told(shape::broken, "app/x.rs", &long).contains("601 lines"));
    assert!(told(shape::broken, "app/x.rs", "fn f() {}").contains("does not begin"));
    assert!(told(shape::broken, "app/x/mod.rs", "//! X.").contains("mod.rs"));
    assert_eq!(told(shape::broken, "app/x.rs", "//! X."), "");
    assert_eq!(shape::median(&Tree::planted("app/x.rs", "1\n2\n3")), 3);
}

#[test]
fn names_and_tokens_are_read_as_they_stand() {
    let tree = Tree::planted("a/b.rs", "use super::{c::d, super::e::{self, f}};\nuse crate::g::*;");
    let names: Vec<String> = names::own(&tree.files[0]).iter().map(|name| name.path.join("::")).collect();
    for name in ["a::c::d", "e::f", "g"] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    let words: Vec<String> =
        tokens::read("b'x' '\\'' 'a b\"c\\\"d\" r\"\\\" x+=1").into_iter().map(|t| t.text).collect();
    assert_eq!(words, ["", "", "'", "a", "", "", "x", "+=", "1"]);
}
