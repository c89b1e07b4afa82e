//! midwatch is killed, hundreds of times, wherever it happens to stand. What it answered as done is there, the journal
//! holds, the next start works, and what nobody can know is said and found out.
//!
//! `MIDWATCH_KILLS=10` makes ten times as many rounds. Every round is thrown by dice whose seed is printed with a
//! failure; `MIDWATCH_SEED=<that>` throws the same again (how far a process comes in a moment is the machine's).

mod commands;
mod dice;
mod held;
mod live;
mod model;
mod power;
mod scene;
mod screens;
mod stand_in;
mod upgrades;
