//! What a process of midwatch is called in the store, and whether one of this machine is still there. What its absence
//! means for what it held is decided elsewhere.

use std::path::Path;

use crate::domain::Operator;
use crate::remedy::exec;

/// Tells one process of an operator from another.
#[must_use]
pub fn name(operator: &Operator) -> String {
    format!("{}@{} ({}{})", operator.name, operator.host, std::process::id(), inside())
}

/// Whether a holder on this host has certainly ended. A number that was given out again, or that another container
/// counts, says nothing.
#[must_use]
pub fn has_ended(holder: &str) -> bool {
    let inside = inside();
    let number = holder.rsplit_once(" (").and_then(|(_, number)| number.strip_suffix(&format!("{inside})")));
    number.and_then(|number| number.parse().ok()).is_some_and(exec::is_gone)
}

/// Whose count of processes a number belongs to, where that is not the whole machine's: two containers may share the
/// name of their host. Empty where there is but one count.
fn inside() -> String {
    // PROC_PID_INIT_INO of Linux: the first namespace of processes.
    const FIRST: &str = "pid:[4026531836]";
    let link = Path::new("/proc/self/ns/pid").read_link().unwrap_or_default();
    let link = link.to_string_lossy();
    let number = link.strip_prefix("pid:[").and_then(|rest| rest.strip_suffix(']')).filter(|_| link != FIRST);
    number.map(|number| format!(" in {number}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_there_and_one_that_was_waited_for_is_not() {
        let own = name(&Operator::new("ana (1)", "bastion"));
        assert!(own.starts_with("ana (1)@bastion ("), "{own}");
        assert!(!has_ended(&own));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let id = child.id();
        child.wait().unwrap();
        let gone = own.replace(&format!("({}", std::process::id()), &format!("({id}"));
        assert!(has_ended(&gone), "{gone}");
        let elsewhere = format!("ana@bastion ({id} in another)");
        assert!(!has_ended(&elsewhere), "another container's numbers are not ours");
        for odd in ["", "ana", "ana@bastion ()", "ana@bastion (0)", "ana@bastion (-1)"] {
            assert!(!has_ended(odd), "{odd}");
        }
    }
}
