//! The map of the house.
//!
//! midwatch is a terminal program for whoever is on call. Sources are polled in the background and become plain
//! events; one task owns everything that is known and everything that is on the screen; `update` turns a message
//! into a new state and a list of effects, and never waits; `view` draws the state and never changes it; effects
//! are data that are checked, written to the journal, carried out, and come back as messages.
//!
//! ```text
//! poll ─► wire ─► map ─► difference ─► Msg ─┐
//!                                           ├─► App::update ─► Changed + effects
//! key  ─► keymap ─► Action ────────► Msg ───┘        │              │
//!                                                    ▼              ▼
//!                                  frame ◄─ ui::view(&App)     runtime::effects
//!                                    │                              │ guard ─► intent ─► deed ─► outcome
//!                                    ▼                              ▼
//!                                terminal                       Msg::Done
//! ```
//!
//! # Rooms
//!
//! | room | what lives there |
//! |---|---|
//! | [`domain`] | the words of the field as plain types, and rules over them |
//! | [`board`] | everything that is known: sources, alerts, incidents, mutes, signals, logs |
//! | [`app`] | what the operator is doing: model, messages, actions, effects, `update` |
//! | [`source`] | the back ends behind one trait, the one poller, the only user of HTTP |
//! | [`store`] | what outlives the process: incidents, acks, snoozes, the journal, this machine's history |
//! | [`rows`] | files whose rows are taken one by one, a bad one left out and told |
//! | [`keymap`] | from keys to actions, and the help made from the live map |
//! | [`theme`] | roles, themes, glyphs, and what becomes of them on a lesser terminal |
//! | [`ui`] | from the model and a theme to cells: screens, panes, overlays, widgets |
//! | [`report`] | the board and the journal as text and JSON |
//! | [`config`] | from a file and the command line to settings, every problem told at once |
//! | [`demo`] | a simulated production that speaks the real wire formats on loopback |
//! | [`probe`] | probes of checklists: asked once, answered with evidence |
//! | [`runtime`] | the imperative shell: event loop, input, frames, terminal, effects |
//! | [`cli`] | arguments, and one file for each command |
//! | [`clock`], [`logging`] | what time it is; midwatch's own log |
//!
//! # Arrows
//!
//! Each room may name those it points at, directly or along a chain, and no others.
//!
//! ```text
//! domain ◄── board ◄── app ◄── ui ◄── runtime ◄── cli ◄── main
//!   ▲          ▲        ▲      │         │ │        │
//!   │          │        └─ keymap ◄──────┘ │        ├──► report ──► board, theme
//!   ├── rows ◄─┼── keymap, theme ◄── ui    │        └──► demo ────► domain
//!   │          ├── source ◄─── config ◄────┤
//!   └──────────┴── store  ◄────────────────┘
//! ```
//!
//! `domain`, `board` and `app` name neither ratatui, reqwest, tokio nor sqlx; time is handed to them. A test
//! reads the sources and holds these arrows. `ARCHITECTURE.md` says more.

#![cfg_attr(test, allow(clippy::duplicate_mod, reason = "texts that mean harm are shared by tests of several rooms"))]

pub mod app;
pub mod board;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod keymap;
pub mod logging;
#[cfg(any(test, fuzzing))]
pub mod parsers;
pub mod probe;
pub mod remedy;
pub mod report;
pub mod rows;
pub mod runbook;
pub mod runtime;
pub mod source;
pub mod store;
pub mod theme;
pub mod ui;
