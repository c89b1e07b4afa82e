//! The board, told and asked.

mod acks;
mod alerts;
mod desk;
mod filtered;
mod life;
mod logs;
mod mutes;
mod own;
mod plans;
mod signals;
mod sources;
mod told;
mod walks;
mod watchdog;
