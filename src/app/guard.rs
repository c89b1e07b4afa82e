//! Whether anything but looking is allowed now.

use chrono::TimeDelta;
use serde::Serialize;

use crate::domain::{Moment, age};

/// Read-only, and how it may be lifted for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Guard {
    /// Whether this watch is read-only.
    pub read_only: bool,
    /// Whether the configuration allows to lift it.
    pub may_write: bool,
    /// Until when it is lifted.
    pub write_until: Option<Moment>,
}

/// The longest time that read-only can be lifted for.
pub const LONGEST: TimeDelta = TimeDelta::hours(4);

impl Guard {
    /// Whether acts are allowed at `now`.
    ///
    /// # Errors
    /// In words, why not and what to do.
    pub fn allows(&self, now: Moment) -> Result<(), String> {
        match (self.read_only, self.write_until) {
            (false, _) => Ok(()),
            (true, Some(until)) if now < until => Ok(()),
            (true, _) if self.may_write => {
                Err("read-only: nothing was done. ':write 15m' lifts it for a time".to_owned())
            }
            (true, _) => Err("read-only: nothing was done, and the configuration forbids to lift it".to_owned()),
        }
    }

    /// Lifts read-only for a time.
    ///
    /// # Errors
    /// In words, why not.
    pub fn lift(&mut self, span: TimeDelta, now: Moment) -> Result<(), String> {
        if !self.read_only {
            return Err("this watch is not read-only".to_owned());
        }
        if !self.may_write {
            return Err("the configuration forbids to lift read-only".to_owned());
        }
        if span <= TimeDelta::zero() || span > LONGEST {
            return Err(format!("read-only can be lifted for at most {}", age::short(LONGEST)));
        }
        self.write_until = Some(now + span);
        Ok(())
    }

    /// Until when read-only is lifted, if it is lifted at `now`.
    #[must_use]
    pub fn lifted(&self, now: Moment) -> Option<Moment> {
        self.write_until.filter(|until| self.read_only && now < *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_only_is_lifted_for_a_time_and_only_where_it_may_be() {
        let now = Moment::UNIX_EPOCH;
        let mut guard = Guard { read_only: true, may_write: true, write_until: None };
        assert!(guard.allows(now).is_err());
        assert_eq!(guard.lift(TimeDelta::minutes(15), now), Ok(()));
        assert_eq!(guard.allows(now + TimeDelta::minutes(14)), Ok(()));
        assert!(guard.allows(now + TimeDelta::minutes(15)).is_err());
        assert!(guard.lift(TimeDelta::days(1), now).is_err());
        guard.may_write = false;
        assert!(guard.lift(TimeDelta::minutes(1), now).is_err());
    }
}
