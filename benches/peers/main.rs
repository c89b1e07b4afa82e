//! midwatch and its peers, measured in pairs in one pseudo-terminal: `benches/peers/run` says how.
//!
//! What lives here: running real programs and reading the clock. What must not: anything that knows how midwatch works
//! inside; that is what the other benchmarks are for.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that cannot be made ends, and what was measured is printed"
)]

mod args;
mod asked;
mod figures;
mod machine;
mod process;
mod programs;
mod rows;
mod screen;
mod soak;
mod watched;

/// What the integration tests share: a home of its own, real back ends.
#[path = "../../tests/it/support"]
#[expect(dead_code, reason = "measuring needs less than testing")]
mod support {
    pub mod answers;
    pub mod api;
    pub mod home;
    pub mod lab;
    pub mod process;
    pub mod usage;
    pub mod wait;
}

use args::Args;
use figures::Table;

/// Measures its rows and puts them into the table.
type Measure = fn(&Args, &mut Table);

fn main() {
    let args = match Args::read(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(words) => {
            eprintln!("peers: {words}");
            std::process::exit(2);
        }
    };
    if let Some(time) = args.soak {
        let flat = soak::run(&args, time);
        std::process::exit(i32::from(!flat));
    }
    let head = machine::told(&args.midwatch);
    eprintln!("{head}");
    let mut table = Table::default();
    let rows: [(&str, Measure); 9] = [
        ("binary", rows::binary::measure),
        ("startup", rows::startup::measure),
        ("live", rows::live::measure),
        ("storm", rows::storm::measure),
        ("flood", rows::flood::measure),
        ("keys", rows::keys::measure),
        ("idle", rows::idle::measure),
        ("change", rows::change::measure),
        ("memory", rows::memory::measure),
    ];
    for (name, measure) in rows {
        if args.wants(name) {
            measure(&args, &mut table);
        }
    }
    println!("{head}\n{}", table.markdown());
}
