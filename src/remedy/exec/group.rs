//! A process, its group and its session: when it began, whether it is there, signals to all of it.
//!
//! Numbers of processes are given out again. A session's number is not while any process of it lives, nor while its
//! leader is not waited for; so every number is taken from what is there at that moment.

use std::collections::BTreeSet;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

/// A line of `/proc/PID/stat` (proc(5)), as far as it is of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    dead: bool,
    group: i32,
    session: i32,
    began: u64,
}

impl Stat {
    fn read(pid: i32) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    /// The name stands in parentheses and may hold anything, parentheses too.
    fn parse(line: &str) -> Option<Self> {
        let (_, behind) = line.rsplit_once(')')?;
        let fields: Vec<&str> = behind.split_whitespace().collect();
        let number = |field: usize| fields.get(field - 3).copied();
        Some(Self {
            dead: matches!(number(3)?, "Z" | "X"),
            group: number(5)?.parse().ok()?,
            session: number(6)?.parse().ok()?,
            began: number(22)?.parse().ok()?,
        })
    }

    /// Those of all processes.
    fn all() -> Vec<Self> {
        let Ok(folder) = std::fs::read_dir("/proc") else { return Vec::new() };
        let numbers = folder.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        numbers.filter_map(Self::read).collect()
    }
}

/// When a process began, in clock ticks since boot; 0 where that is not told.
pub(super) fn began(pid: i32) -> u64 {
    Stat::read(pid).map_or(0, |stat| stat.began)
}

/// Whether a group of an earlier midwatch is still there.
pub(super) fn is_alive(leader: i32, began: u64) -> bool {
    // 0 and 1 mean other things to kill(2).
    if leader <= 1 || killpg(Pid::from_raw(leader), None) == Err(Errno::ESRCH) {
        return false;
    }
    if let Some(stat) = Stat::read(leader)
        && began != 0
        && stat.began != began
    {
        return false;
    }
    lives(leader, &Stat::all())
}

/// Whether a process is not there, or has ended and is not waited for yet. One of another user is there.
pub(super) fn is_gone(pid: i32) -> bool {
    pid > 0 && (kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH) || Stat::read(pid).is_some_and(|stat| stat.dead))
}

/// Whether a group that has a number lives; one whose processes are hidden from us does.
fn lives(group: i32, all: &[Stat]) -> bool {
    let mut seen = all.iter().filter(|stat| stat.group == group).peekable();
    seen.peek().is_none() || seen.any(|stat| !stat.dead)
}

/// The session of a child of ours. If it is dropped while it is armed, everything in it is killed.
pub(super) struct Group {
    leader: i32,
    /// The leader was waited for: its number is only ours while others of its session live.
    waited_for: bool,
    armed: bool,
}

impl Group {
    /// A child that leads its own session.
    pub(super) fn of(leader: i32) -> Self {
        Self { leader, waited_for: false, armed: leader > 1 }
    }

    /// The number of its leader.
    pub(super) fn leader(&self) -> i32 {
        self.leader
    }

    /// The leader was waited for.
    pub(super) fn leader_ended(&mut self) {
        self.waited_for = true;
    }

    /// What is left of it may stay.
    pub(super) fn disarm(&mut self) {
        self.armed = false;
    }

    /// The groups in which somebody lives, ours first.
    pub(super) fn living(&self) -> Vec<i32> {
        if self.leader <= 1 || (self.waited_for && Stat::read(self.leader).is_some()) {
            return Vec::new();
        }
        let all = Stat::all();
        let theirs = all.iter().filter(|stat| stat.session == self.leader && !stat.dead).map(|stat| stat.group);
        let others: BTreeSet<i32> = theirs.filter(|group| *group != self.leader && *group > 1).collect();
        let own = !self.waited_for
            || (killpg(Pid::from_raw(self.leader), None) != Err(Errno::ESRCH) && lives(self.leader, &all));
        own.then_some(self.leader).into_iter().chain(others).collect()
    }

    /// Sends signals to everything in it: shells and `timeout` give their children groups of their own.
    ///
    /// # Errors
    /// Where some of it may not be reached by this user.
    pub(super) fn send(&self, signals: &[Signal]) -> Result<(), Errno> {
        let mut outcome = Ok(());
        for group in self.living() {
            for signal in signals {
                match killpg(Pid::from_raw(group), *signal) {
                    Ok(()) | Err(Errno::ESRCH) => {}
                    Err(error) => outcome = Err(error),
                }
            }
        }
        outcome
    }

    /// Kills everything in it, also what was born meanwhile.
    ///
    /// # Errors
    /// Where some of it may not be reached by this user.
    pub(super) fn kill(&self) -> Result<(), Errno> {
        self.send(&[Signal::SIGKILL])?;
        self.send(&[Signal::SIGKILL])
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if self.armed {
            // Nobody is left to tell.
            let _ = self.kill();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_anything() {
        let line = "42 (a) Z 1 2 3) S 1 7 8 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 1 0 9911 3133440 383\n";
        assert_eq!(Stat::parse(line), Some(Stat { dead: false, group: 7, session: 8, began: 9911 }));
        assert_eq!(Stat::parse(""), None);
        assert_eq!(Stat::parse("42 (short) S 1"), None);
    }

    #[test]
    fn this_process_lives_and_one_of_another_time_does_not() {
        let me = nix::unistd::getpgrp().as_raw();
        let ticks = began(me);
        if ticks != 0 {
            assert!(is_alive(me, ticks));
            assert!(!is_alive(me, ticks + 1), "the number was given out again");
        }
        assert!(is_alive(me, 0));
        assert!(!is_alive(0, 0) && !is_alive(-1, 0) && !is_alive(1, 0));
        assert!(!is_alive(i32::MAX, 0));
    }

    #[test]
    fn dead_processes_that_nobody_waits_for_do_not_live() {
        let stat = |dead, group| Stat { dead, group, session: group, began: 1 };
        assert!(!lives(7, &[stat(true, 7), stat(false, 8)]));
        assert!(lives(7, &[stat(true, 7), stat(false, 7)]));
        assert!(lives(7, &[stat(false, 8)]), "hidden from us");
    }
}
