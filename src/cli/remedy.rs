//! `midwatch remedy`: what is declared, what ran, and running it with the same belt as on the screen.

mod accept;
mod agree;
mod approve;
mod listed;
mod live;
mod planned;
mod run;
mod second;
mod stop;
mod watched;
mod wish;

use super::args::remedy::RemedyCommand;
use super::output::Output;
use super::setup::{Ended, Setup, within};
use crate::app::guard::Guard;
use crate::clock::Clock;
use crate::domain::remediation::RunId;

/// Does what is asked.
pub fn run(command: &RemedyCommand, setup: &Setup, output: &mut Output) -> u8 {
    match command {
        RemedyCommand::List(list) => listed::list(list, setup, output),
        RemedyCommand::Show(show) => listed::show(show, setup, output),
        RemedyCommand::Run(run) => within(output, async |output| Box::pin(run::run(run, setup, output)).await),
        RemedyCommand::Approve(approve) => within(output, async |output| approve::run(approve, setup, output).await),
        RemedyCommand::Accept(accept) => within(output, async |output| accept::run(accept, setup, output).await),
        RemedyCommand::Runs(runs) => within(output, async |output| listed::runs(runs, setup, output).await),
        RemedyCommand::Output(shown) => within(output, async |output| listed::output(shown, setup, output).await),
    }
}

/// What the guard says: a command cannot lift read-only.
fn allowed(setup: &Setup) -> Result<(), String> {
    let guard = Guard { read_only: setup.settings.read_only, may_write: false, write_until: None };
    guard.allows(Clock::System.now())
}

/// The one thing that an id, or a beginning of it, means.
///
/// # Errors
/// In words, where that is none or several.
fn meant<'a, T>(what: &str, text: &str, all: &'a [T], id: impl Fn(&T) -> RunId) -> Result<&'a T, String> {
    const FEWEST: usize = 3;
    let text = text.trim().to_ascii_lowercase();
    let begins = |one: &&T| text.len() >= FEWEST && id(one).to_string().starts_with(&text);
    let found: Vec<&T> = all.iter().filter(begins).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(format!("no {what} is called '{text}'")),
        _ => {
            let ids: Vec<String> = found.iter().map(|one| id(one).to_string()).collect();
            Err(format!("'{text}' could be any of {}; give more of it", ids.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_an_id_means_one_or_says_which_there_are() {
        let all = [RunId(0x5be1_0000_0000_0000), RunId(0x5be2_0000_0000_0000)];
        let meant = |text: &str| meant("run", text, &all, |id| *id).copied();
        assert_eq!(meant("5BE1"), Ok(all[0]));
        assert!(meant("5be").unwrap_err().contains("5be2000000000000"));
        assert!(meant("5b").unwrap_err().contains("no run"));
    }
}
