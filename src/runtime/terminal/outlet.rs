//! The way to the terminal, which never waits: what does not fit now is left to whoever sends.
//!
//! The terminal is opened anew for writing, so that not to wait is a matter of ours alone: the shell and every other
//! program share the descriptors that midwatch was started with. A write that waited would also hold the terminal's
//! lock, and nothing could be given back.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout};
use nix::sys::termios::{FlushArg, tcflush, tcgetsid};

/// How much is written at once where the descriptor is shared and a write could wait.
const PIECE: usize = 128;

/// Where bytes go.
#[derive(Debug)]
pub struct Outlet {
    file: File,
    /// Whether a write never waits.
    never_waits: bool,
}

impl Outlet {
    /// To the terminal that is the standard output.
    ///
    /// # Errors
    /// Where there is no standard output.
    pub fn open() -> io::Result<Self> {
        if let Some(file) = anew() {
            return Ok(Self { file, never_waits: true });
        }
        let file = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Ok(Self { file, never_waits: false })
    }

    /// To a file that never waits.
    #[cfg(test)]
    pub(super) fn of(file: File) -> Self {
        Self { file, never_waits: true }
    }

    /// Writes what fits now; how many bytes that were.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn push(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut sent = 0;
        while let Some(rest) = bytes.get(sent..).filter(|rest| !rest.is_empty()) {
            if !self.never_waits && !self.has_room(PollTimeout::ZERO) {
                break;
            }
            let piece = if self.never_waits { rest } else { rest.get(..PIECE).unwrap_or(rest) };
            match (&self.file).write(piece) {
                Ok(0) => break,
                Ok(count) => sent += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(sent)
    }

    /// The same, waiting for room, but no longer than `patience`.
    pub fn push_within(&self, bytes: &[u8], patience: Duration) -> usize {
        let until = Instant::now() + patience;
        let mut sent = 0;
        loop {
            match self.push(bytes.get(sent..).unwrap_or_default()) {
                Ok(count) => sent += count,
                Err(_) => return sent,
            }
            let left = until.saturating_duration_since(Instant::now());
            if sent >= bytes.len() || left.is_zero() {
                return sent;
            }
            let left = u16::try_from(left.as_millis()).unwrap_or(u16::MAX).max(1);
            if !self.has_room(PollTimeout::from(left)) {
                return sent;
            }
        }
    }

    /// Throws away what was written and the terminal did not take yet.
    pub fn discard(&self) {
        // Where it cannot be thrown away it stays; nothing else depends on it.
        let _ = tcflush(&self.file, FlushArg::TCOFLUSH);
    }

    fn has_room(&self, patience: PollTimeout) -> bool {
        let mut asked = [PollFd::new(self.file.as_fd(), PollFlags::POLLOUT)];
        nix::poll::poll(&mut asked, patience).is_ok_and(|ready| ready > 0)
    }
}

/// The terminal of the standard output, opened once more.
fn anew() -> Option<File> {
    let out = io::stdout();
    let mut options = OpenOptions::new();
    options.write(true).custom_flags((OFlag::O_NONBLOCK | OFlag::O_NOCTTY).bits());
    // Only of the terminal that controls this process the session can be asked. By that name it opens for everybody,
    // also after `su`, when the terminal's own name does not.
    let controls = tcgetsid(&out).ok().and_then(|_| options.open("/dev/tty").ok());
    controls.or_else(|| options.open(nix::unistd::ttyname(&out).ok()?).ok())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use nix::pty::openpty;

    use super::*;

    /// A terminal's two ends; the near one never waits.
    fn terminal() -> (Outlet, File) {
        let pair = openpty(None, None).unwrap();
        let name = nix::unistd::ttyname(&pair.slave).unwrap();
        let never_waits = (OFlag::O_NONBLOCK | OFlag::O_NOCTTY).bits();
        let near = OpenOptions::new().write(true).custom_flags(never_waits).open(name).unwrap();
        // The near end stays open as long as the outlet is.
        drop(pair.slave);
        (Outlet::of(near), File::from(pair.master))
    }

    #[test]
    fn a_terminal_that_does_not_read_takes_what_fits_and_nobody_waits() {
        let (outlet, mut far) = terminal();
        let much = vec![b'x'; 1_000_000];
        let patience = Duration::from_millis(20);
        let mut first = outlet.push(&much).unwrap();
        assert!(first < much.len(), "{first}");
        // The system hands a little on to the far end, late, and then has room for as much.
        while let count @ 1.. = outlet.push_within(&much, patience) {
            first += count;
        }
        assert_eq!(outlet.push_within(b"end", patience), 0, "it is full");
        outlet.discard();
        assert_eq!(outlet.push_within(b"end", patience), 3, "what was thrown away made room");
        let mut read = Vec::new();
        while !read.ends_with(b"end") {
            let mut some = [0; 4096];
            let count = far.read(&mut some).unwrap();
            read.extend_from_slice(&some[..count]);
        }
        assert!(read.len() < first, "{} of {first} were thrown away", first - read.len());
    }

    #[test]
    fn a_terminal_that_is_gone_is_told() {
        let (outlet, far) = terminal();
        drop(far);
        assert!(outlet.push(b"x").is_err());
        assert_eq!(outlet.push_within(b"x", Duration::from_mins(1)), 0);
    }
}
