//! midwatch in a pseudo-terminal: keys in, a screen out.

use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

use super::home::{Home, MIDWATCH};
use super::process;
use super::wait::{self, DEADLINE};

/// What came out of the terminal.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    last: Instant,
    stop: bool,
    /// Whether nothing is read for now.
    held: bool,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// A terminal with midwatch in it. What still runs is killed when this is dropped.
pub struct Terminal {
    ends: Option<Ends>,
    child: Box<dyn Child + Send + Sync>,
    seen: Shared,
}

/// The open ends of the terminal. The slave is kept so that its modes can be read after midwatch has left.
struct Ends {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    reader: std::thread::JoinHandle<()>,
    _slave: Box<dyn SlavePty + Send>,
}

impl Terminal {
    /// Opens midwatch in a terminal of so many columns and rows.
    pub fn open(home: &Home, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::start(home, Path::new(MIDWATCH), arguments, size)
    }

    /// The same with a program that becomes midwatch.
    pub fn start(home: &Home, program: &Path, arguments: &[&str], (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in home.environment() {
            command.env(name, value);
        }
        command.cwd(home.folder());
        let reader = pair.master.try_clone_reader().expect("a terminal can be read");
        let writer = pair.master.take_writer().expect("a terminal can be written");
        let seen =
            Seen { parser: parser(columns, rows), raw: Vec::new(), last: Instant::now(), stop: false, held: false };
        let seen: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let reader = read(reader, Arc::clone(&seen));
        let child = pair.slave.spawn_command(command).expect("midwatch starts");
        Self { ends: Some(Ends { master: pair.master, writer, reader, _slave: pair.slave }), child, seen }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().expect("the reader does not panic")
    }

    fn ends(&mut self) -> &mut Ends {
        self.ends.as_mut().expect("the terminal is open")
    }

    /// Types bytes: a key is its letter, or its sequence.
    pub fn press(&mut self, keys: &str) {
        let writer = &mut self.ends().writer;
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("a key can be pressed");
    }

    /// Pastes, as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) {
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.seen().parser.screen_mut().set_size(cells(rows), cells(columns));
        self.ends().master.resize(size(columns, rows)).expect("a terminal can be resized");
    }

    /// Sends a signal to midwatch.
    pub fn signal(&self, signal: Signal) {
        process::send(self.process(), signal);
    }

    /// Its process id.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("midwatch runs")
    }

    /// The modes of the terminal in words: line editing, echo, signals.
    pub fn modes(&self) -> String {
        let ends = self.ends.as_ref().expect("the terminal is open");
        format!("{:?}", ends.master.get_termios().expect("a terminal has modes"))
    }

    /// The screen as text, one line for each row.
    pub fn text(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// The screen as text, once the frame that is being drawn is whole: on a terminal that takes frames so.
    pub fn whole_frame(&self) -> String {
        let last = |seen: &Seen, mark: &[u8]| seen.raw.windows(mark.len()).rposition(|bytes| bytes == mark);
        let is_whole = |seen: &Seen| last(seen, b"\x1b[?2026l") > last(seen, b"\x1b[?2026h");
        self.wait(DEADLINE, "a whole frame", is_whole).parser.screen().contents()
    }

    /// Waits until so many bytes more were drawn, but no longer than this: nobody promises that there are any.
    pub fn watch(&self, more: usize, longest: Duration) {
        let (lock, told) = &*self.seen;
        let seen = lock.lock().expect("the reader does not panic");
        let enough = seen.raw.len() + more;
        drop(
            told.wait_timeout_while(seen, longest, |seen| seen.raw.len() < enough).expect("the reader does not panic"),
        );
    }

    /// The first row with these words.
    pub fn row(&self, words: &str) -> Option<String> {
        self.text().lines().find(|row| row.contains(words)).map(str::to_owned)
    }

    /// Looks at the screen.
    pub fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.seen().parser.screen())
    }

    /// How many bytes were drawn so far.
    pub fn drawn(&self) -> usize {
        self.seen().raw.len()
    }

    /// What was drawn after so many bytes, as text.
    pub fn raw_since(&self, drawn: usize) -> String {
        String::from_utf8_lossy(self.seen().raw.get(drawn..).unwrap_or_default()).into_owned()
    }

    /// Everything that was drawn so far, byte by byte.
    pub fn raw_bytes(&self) -> Vec<u8> {
        self.seen().raw.clone()
    }

    /// Waits until the text of the screen is as wanted.
    pub fn wait_until(&self, what: &str, is: impl Fn(&str) -> bool) {
        drop(self.wait(DEADLINE, what, |seen| is(&seen.parser.screen().contents())));
    }

    /// Waits until these words are on the screen.
    pub fn wait_for(&self, words: &str) {
        self.wait_until(&format!("'{words}' on the screen"), |text| text.contains(words));
    }

    /// Waits until these words are not on the screen.
    pub fn wait_gone(&self, words: &str) {
        self.wait_until(&format!("'{words}' off the screen"), |text| !text.contains(words));
    }

    /// Waits until the first row with `words` also holds `more`.
    pub fn wait_row(&self, words: &str, more: &str) {
        let is = |text: &str| text.lines().any(|row| row.contains(words) && row.contains(more));
        self.wait_until(&format!("a row with '{words}' and '{more}'"), is);
    }

    /// Waits until nothing was drawn for a while.
    pub fn wait_settled(&self, quiet: Duration) {
        wait::until("the screen stands still", || {
            let rested = self.seen().last.elapsed();
            if rested >= quiet { Ok(()) } else { Err(format!("drawn {rested:?} ago")) }
        });
    }

    /// Waits for the next byte, at most as long as this; what was drawn meanwhile.
    pub fn next_drawn(&self, longest: Duration) -> String {
        let before = self.drawn();
        let (lock, told) = &*self.seen;
        let seen = lock.lock().expect("the reader does not panic");
        let more = told.wait_timeout_while(seen, longest, |seen| seen.raw.len() == before);
        drop(more.expect("the reader does not panic"));
        self.raw_since(before)
    }

    /// Waits until what was seen is as wanted; it stays so until what comes back is dropped.
    fn wait(&self, longest: Duration, what: &str, is: impl Fn(&Seen) -> bool) -> MutexGuard<'_, Seen> {
        let (lock, told) = &*self.seen;
        let seen = lock.lock().expect("the reader does not panic");
        let (seen, late) = told.wait_timeout_while(seen, longest, |seen| !is(seen)).expect("the reader does not panic");
        if late.timed_out() {
            let text = seen.parser.screen().contents();
            // The reader goes on although this panics.
            drop(seen);
            panic!("{what}: not within {longest:?}; the screen:\n{text}");
        }
        seen
    }

    /// Waits until midwatch has ended by itself; its exit status.
    pub fn wait_exit(&mut self, longest: Duration) -> u32 {
        wait::within(longest, "midwatch ends", || self.try_exit().ok_or_else(|| self.text()))
    }

    /// Its exit status, if it has ended.
    pub fn try_exit(&mut self) -> Option<u32> {
        self.child.try_wait().expect("a child can be asked").map(|status| status.exit_code())
    }

    /// Waits until everything that midwatch wrote was read: the terminal is quiet after its end.
    pub fn after_exit(&self) {
        self.wait_settled(Duration::from_millis(300));
    }

    /// The terminal stops reading, and is full: not a byte more can be written to it.
    pub fn stop_reading(&mut self) {
        self.seen().held = true;
        let name = self.ends().master.tty_name().expect("a terminal has a name");
        let flags = nix::fcntl::OFlag::O_NOCTTY | nix::fcntl::OFlag::O_NONBLOCK;
        let mut other =
            std::fs::OpenOptions::new().write(true).custom_flags(flags.bits()).open(name).expect("it opens");
        // A terminal shows nothing for these. What the reader still takes until it holds is filled up again.
        let mut refused = 0;
        wait::until("the terminal is full", || {
            refused = if other.write(&[0; 1024]).is_ok() { 0 } else { refused + 1 };
            if refused > 5 { Ok(()) } else { Err("it takes more".to_owned()) }
        });
    }

    /// The terminal reads again.
    pub fn read_again(&mut self) {
        self.seen().held = false;
        self.seen.1.notify_all();
    }

    /// Takes the terminal away from under midwatch, as a lost connection does.
    pub fn hang_up(&mut self) {
        let Some(ends) = self.ends.take() else { return };
        self.seen().stop = true;
        self.read_again();
        // The reader waits for a byte; one is written from the other side. It is not our controlling terminal.
        if let Some(name) = ends.master.tty_name() {
            // Nor is it waited for: if nothing fits into it, the reader has enough to read.
            let flags = nix::fcntl::OFlag::O_NOCTTY | nix::fcntl::OFlag::O_NONBLOCK;
            let other = std::fs::OpenOptions::new().write(true).custom_flags(flags.bits()).open(name);
            // If the other side is gone, the reader has seen the end.
            let _ = other.and_then(|mut other| other.write_all(b"\0"));
        }
        let Ends { master, writer, reader, _slave } = ends;
        reader.join().expect("the reader does not panic");
        drop((writer, master));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            self.ends.take();
        } else {
            self.hang_up();
        }
    }
}

fn read(mut reader: Box<dyn Read + Send>, seen: Shared) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let (lock, told) = &*seen;
            let Ok(mut seen) = lock.lock() else { return };
            if seen.stop {
                return;
            }
            seen.parser.process(&bytes[..count]);
            seen.raw.extend_from_slice(&bytes[..count]);
            seen.last = Instant::now();
            told.notify_all();
            drop(told.wait_while(seen, |seen| seen.held));
        }
    })
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count).expect("a terminal has cells")
}

fn parser(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(columns), 0)
}
