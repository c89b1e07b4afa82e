//! `midwatch journal`: the record, and the proof that nothing was changed or removed.

use super::args::look::{Format, Journal};
use super::exit;
use super::output::Output;
use super::setup::{Setup, runtime};
use crate::clock::Clock;
use crate::domain::journal::Row;
use crate::report;
use crate::runtime::session;
use crate::store::{JournalQuery, Proof};

/// The most rows printed at once.
const MOST: usize = 100_000;

/// Prints or proves the record.
pub fn run(arguments: &Journal, setup: &Setup, output: &mut Output) -> u8 {
    let read = runtime().map_err(|error| format!("cannot start: {error}")).and_then(|runtime| {
        runtime.block_on(async {
            let (store, notices) = session::open_store(&setup.settings.store).await?;
            for notice in notices {
                output.complain(&notice);
            }
            if arguments.verify {
                let proof = store.verify().await.map_err(|error| error.to_string())?;
                return Ok(Read::Proof(proof));
            }
            let now = Clock::System.now();
            let since = arguments.since.map(|since| since.back(now, setup.settings.timezone)).transpose()?;
            let query = JournalQuery { since, newest_first: true, limit: MOST, ..JournalQuery::default() };
            let mut rows = store.journal(query).await.map_err(|error| error.to_string())?;
            rows.reverse();
            Ok(Read::Rows(rows))
        })
    });
    match read {
        Ok(Read::Proof(proof)) => say(&proof, arguments.format, output),
        Ok(Read::Rows(rows)) => {
            let (rows, width): (Vec<&Row>, usize) = (rows.iter().collect(), output.width());
            let written = match arguments.format {
                Format::Json => report::journal::json(&rows, output.out()),
                Format::Text => report::journal::text(&rows, width, output.out()),
            };
            output.finish(written, exit::OK)
        }
        Err(words) => {
            output.complain(&words);
            exit::FIRING
        }
    }
}

enum Read {
    Proof(Proof),
    Rows(Vec<Row>),
}

fn say(proof: &Proof, format: Format, output: &mut Output) -> u8 {
    let status = if matches!(proof, Proof::Sound { .. }) { exit::OK } else { exit::FIRING };
    let written = match (format, proof) {
        (Format::Json, _) => {
            serde_json::to_string(proof).map_err(std::io::Error::from).and_then(|json| writeln!(output.out(), "{json}"))
        }
        (Format::Text, Proof::Sound { rows, last_hash }) => {
            writeln!(output.out(), "{rows} rows, none changed or removed; the last is {last_hash}")
        }
        (Format::Text, Proof::Broken(tampering)) => writeln!(output.out(), "not sound: {}", tampering.what),
    };
    output.finish(written, status)
}
