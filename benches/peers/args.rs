//! What the harness is asked for on its command line.

use std::path::PathBuf;
use std::time::Duration;

/// What may be measured, in the order of the table.
pub const PARTS: [&str; 9] = ["binary", "startup", "live", "storm", "flood", "keys", "idle", "change", "memory"];

/// How much is measured, of what.
#[derive(Debug, Clone)]
pub struct Args {
    /// How many pairs are run.
    pub rounds: usize,
    /// For how long idling is watched.
    pub idle: Duration,
    /// How many keys are pressed.
    pub keys: usize,
    /// What is measured.
    pub parts: Vec<String>,
    /// For how long the soak runs; no soak without.
    pub soak: Option<Duration>,
    /// Ours.
    pub midwatch: PathBuf,
}

impl Args {
    /// From the command line.
    pub fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let midwatch =
            std::env::var_os("MIDWATCH_BIN").map_or_else(|| env!("CARGO_BIN_EXE_midwatch").into(), PathBuf::from);
        let midwatch = std::path::absolute(&midwatch).map_err(|error| format!("{}: {error}", midwatch.display()))?;
        let mut args =
            Self { rounds: 7, idle: Duration::from_mins(1), keys: 400, parts: Vec::new(), soak: None, midwatch };
        let mut words = words;
        while let Some(word) = words.next() {
            let mut number = || {
                let next = words.next().ok_or_else(|| format!("{word} needs a number"))?;
                next.parse::<u64>().map_err(|error| format!("{word} {next}: {error}"))
            };
            match word.as_str() {
                // What cargo itself adds.
                "--bench" => {}
                "--quick" => {
                    (args.rounds, args.idle, args.keys) = (3, Duration::from_secs(10), 120);
                }
                "--rounds" => args.rounds = usize::try_from(number()?.max(1)).unwrap_or(1),
                "--soak" => args.soak = Some(Duration::from_mins(15)),
                "--minutes" => args.soak = Some(Duration::from_secs(60 * number()?.max(1))),
                part if PARTS.contains(&part) => args.parts.push(word),
                _ => {
                    return Err(format!("'{word}' is not known; [--quick] [--rounds N] [{}]", PARTS.join("|")));
                }
            }
        }
        Ok(args)
    }

    /// Whether a part is wanted.
    pub fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }
}
