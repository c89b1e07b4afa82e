//! Agreeing, without the screen: typed on the terminal, or given beforehand.

use super::super::output::Output;
use crate::domain::remediation::Confirm;

/// Lets the operator agree to something about a remedy. `yes` is what `--yes` says.
///
/// # Errors
/// In words, why that is no agreement, and what to add where nobody can be asked.
pub(super) fn agree(
    question: &str,
    id: &str,
    confirm: Confirm,
    yes: Option<&str>,
    output: &mut Output,
) -> Result<(), String> {
    match (yes, confirm) {
        (Some(given), _) if given == id => Ok(()),
        (Some(given), _) => Err(format!("--yes says '{given}', and this is '{id}': nothing was done")),
        (None, Confirm::None) => Ok(()),
        (None, _) if !output.may_ask() => {
            Err(format!("nothing was done: nobody can be asked here; add --yes {id} to agree"))
        }
        (None, Confirm::Ask) => {
            if output.ask(question) {
                Ok(())
            } else {
                Err("nothing was done".to_owned())
            }
        }
        (None, Confirm::Type) => {
            let typed = output.ask_word(&format!("{question} Type {id} to agree:"));
            if typed.as_deref() == Some(id) { Ok(()) } else { Err("that is not its id: nothing was done".to_owned()) }
        }
    }
}
