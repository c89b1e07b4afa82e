//! A watch without a terminal: the real keymap over the real model, keys in, screen out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use midwatch::app::guard::Guard;
use midwatch::app::{Act, Action, App, Effect, Msg, Profile, Update, View};
use midwatch::board::{Board, BoardRules};
use midwatch::clock::Clock;
use midwatch::domain::SourceStatus;
use midwatch::domain::mute::AckRules;
use midwatch::keymap;
use midwatch::runtime::core::Core;
use midwatch::runtime::input::Typed;
use ratatui::buffer::Buffer;

use super::{drawn, keys, story};

/// The watch, and what it asked for so far.
#[derive(Debug)]
pub struct Watch {
    /// The model with its keys.
    pub core: Core,
    /// What was asked for, in its order.
    pub effects: Vec<Effect>,
    size: (u16, u16),
}

impl Watch {
    /// Nothing has answered yet.
    pub fn waiting(sources: Vec<SourceStatus>, own_keys: &str) -> Self {
        let (keymap, problems) = keymap::load("default", Some((Path::new("keymap.toml"), own_keys)));
        assert_eq!(problems, []);
        let rules = BoardRules { operator: "ana".to_owned(), ..BoardRules::default() };
        let profile = Profile {
            environment: Some("prod-eu".to_owned()),
            operator: story::ana(),
            timezone: chrono_tz::Europe::Berlin,
            acks: BTreeMap::from([("am-eu".into(), AckRules::default())]),
            service_logs: [("checkout".to_owned(), "loki".into())].into(),
            ..Profile::default()
        };
        let table = Arc::new(keymap::help::table(&keymap));
        let app = App::new(Board::new(rules, sources), profile, Guard::default(), table, story::ago(30));
        let core = Core::new(app, keymap, Clock::Fixed(story::now()));
        Self { core, effects: Vec::new(), size: (120, 36) }
    }

    /// The story, with keys of the operator's own.
    pub fn with_keys(own_keys: &str) -> Self {
        let mut watch = Self::waiting(story::sources(), own_keys);
        for (at, msg) in story::told() {
            watch.core.app.update(at, msg);
        }
        // What happened before the screen was opened is said no more.
        watch.later(0);
        watch.tell(Msg::Action(Action::Top));
        watch.effects.clear();
        watch.sized(120, 36)
    }

    /// The story.
    pub fn new() -> Self {
        Self::with_keys("")
    }

    /// The same on a terminal of this size.
    pub fn sized(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self.core.take(Typed::Resize(width, height));
        self
    }

    /// The same in a view.
    pub fn view(mut self, view: View) -> Self {
        self.tell(Msg::Action(Action::View(view)));
        self
    }

    /// Types keys; says what the last of them brought.
    pub fn keys(&mut self, text: &str) -> Update {
        let mut last = Update::default();
        for key in keys::typed(text) {
            last = self.core.take(Typed::Key(key));
            self.effects.extend(last.effects.iter().cloned());
        }
        last
    }

    /// Hands a message to the model at the fixed time.
    pub fn tell(&mut self, msg: Msg) -> Update {
        let update = self.core.tell(msg);
        self.effects.extend(update.effects.iter().cloned());
        update
    }

    /// Lets so many seconds pass after the story's moment.
    pub fn later(&mut self, seconds: i64) -> Update {
        let update = self.core.app.update(story::now() + TimeDelta::seconds(seconds), Msg::Tick);
        self.effects.extend(update.effects.iter().cloned());
        update
    }

    /// The acts that were asked for since the last call.
    pub fn acts(&mut self) -> Vec<Act> {
        let acts = self.effects.drain(..).filter_map(|effect| match effect {
            Effect::Act(act) => Some(*act),
            _ => None,
        });
        acts.collect()
    }

    /// The frame.
    pub fn frame(&self) -> Buffer {
        drawn::frame(&self.core.app, &drawn::midnight(), self.size.0, self.size.1)
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        drawn::text(&self.frame())
    }

    /// Whether a row of the screen holds all these words.
    pub fn shows(&self, words: &[&str]) -> bool {
        self.screen().lines().any(|row| words.iter().all(|word| row.contains(word)))
    }

    /// The row of the incident list with the cursor.
    pub fn chosen(&self) -> String {
        let app = &self.core.app;
        let incident = app.incidents.selected().and_then(|id| app.board.incident(id));
        incident.map(|incident| incident.title.clone()).unwrap_or_default()
    }
}
