//! What one look at the machine read, as plain values. `None` is "could not be read", never 0.

use std::collections::BTreeMap;

use crate::domain::Moment;

/// One look at the machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// When it was looked at.
    pub at: Moment,
    /// How busy all cores together are, in per cent.
    pub cpu: Option<f64>,
    /// Cores that can run.
    pub cores: Option<usize>,
    /// Memory.
    pub memory: Option<Use>,
    /// Swap; a machine without swap has a total of 0.
    pub swap: Option<Use>,
    /// File systems in the order of their mount points; `None` if they could not be listed.
    pub disks: Option<Vec<Disk>>,
    /// Bytes since the start of each interface; `None` if they could not be listed.
    pub network: Option<BTreeMap<String, Traffic>>,
    /// Load over 1, 5 and 15 minutes, of all cores together.
    pub load: Option<[f64; 3]>,
    /// Share of the last 10 seconds in which some task waited.
    pub pressure: Option<Pressure>,
    /// Failed systemd units.
    pub units: Units,
    /// What could not be read, in words.
    pub notes: Vec<String>,
}

impl Machine {
    /// A look that saw nothing yet.
    #[must_use]
    pub fn unread(at: Moment) -> Self {
        Self {
            at,
            cpu: None,
            cores: None,
            memory: None,
            swap: None,
            disks: None,
            network: None,
            load: None,
            pressure: None,
            units: Units::Absent,
            notes: Vec::new(),
        }
    }
}

/// How much of something is in use, in its own unit (bytes, inodes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// In use.
    pub used: u64,
    /// All there is.
    pub total: u64,
}

impl Use {
    /// In per cent; `None` where there is nothing to use.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 52 bits")]
        let share = |used: u64, total: u64| used as f64 / total as f64 * 100.0;
        (self.total > 0).then(|| share(self.used.min(self.total), self.total))
    }
}

/// One mounted file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// Where it is mounted, harmless.
    pub mount: String,
    /// What it holds, or why that is not known.
    pub room: Result<Room, String>,
}

/// How full a file system is, as `df` counts: what is kept for root is not part of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes.
    pub space: Use,
    /// Inodes; `None` where the file system has no fixed number of them.
    pub inodes: Option<Use>,
}

/// Bytes of one interface since it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traffic {
    /// Received.
    pub received: u64,
    /// Sent.
    pub sent: u64,
}

/// `some avg10` of `/proc/pressure`, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pressure {
    /// Waiting for a core.
    pub cpu: Option<f64>,
    /// Waiting for memory.
    pub memory: Option<f64>,
    /// Waiting for a disk.
    pub io: Option<f64>,
}

/// Failed systemd units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Units {
    /// The names of those that failed, harmless and sorted.
    Failed(Vec<String>),
    /// This machine does not run systemd, or nobody asks for its units.
    Absent,
    /// They could not be asked for, in words.
    Unknown(String),
}
