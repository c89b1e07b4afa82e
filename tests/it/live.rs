//! midwatch with real back ends: what a person sees from the first alert to the last.

mod acks;
mod cluster;
mod healing;
mod host;
mod hung;
mod maintenance;
mod outage;
mod prometheus_alone;
mod remedy;
mod resolve;
mod setting;
mod two;
mod walk;
mod watchdog;
