//! A program in a pseudo-terminal of 200×50, every byte it draws with the moment at which it came.
//!
//! The bytes are read by a thread that does nothing else; they become a screen only when somebody looks.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Columns and rows of every measurement.
pub const SIZE: (u16, u16) = (200, 50);

/// After so long without a byte, what came before was a whole.
pub const QUIET: Duration = Duration::from_millis(100);
/// Parts of one frame come without a gap of this length.
const GAP: Duration = Duration::from_millis(5);

/// Bytes, and when they came.
type Chunk = (Instant, Vec<u8>);
type Shared = Arc<(Mutex<Vec<Chunk>>, Condvar)>;
/// What types: keys, and the answers of a terminal.
type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// A program and its terminal. It is killed when this is dropped.
pub struct Screen {
    began: Instant,
    chunks: Shared,
    child: Box<dyn Child + Send + Sync>,
    writer: Writer,
    parser: vt100::Parser,
    /// How many chunks the parser has had.
    parsed: usize,
    _master: Box<dyn MasterPty + Send>,
}

/// When a program showed itself, counted from its start.
#[derive(Debug, Clone, Copy)]
pub struct FirstFrame {
    /// The first byte.
    pub byte: Duration,
    /// The last byte of the first frame with anything to see: after it, nothing for 5 ms.
    pub frame: Duration,
    /// The last byte before nothing came for 100 ms.
    pub settled: Duration,
}

impl Screen {
    /// Starts a program.
    pub fn open(program: &Path, arguments: &[&str], environment: &[(String, String)], folder: &Path) -> Self {
        let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in environment {
            command.env(name, value);
        }
        command.cwd(folder);
        let reader = pair.master.try_clone_reader().expect("a terminal can be read");
        let writer = pair.master.take_writer().expect("a terminal can be written");
        let writer: Writer = Arc::new(Mutex::new(writer));
        let chunks = Shared::default();
        read(reader, Arc::clone(&writer), Arc::clone(&chunks));
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let cells = |count| std::num::NonZeroU16::new(count).expect("a terminal has cells");
        let parser = vt100::Parser::new(cells(SIZE.1), cells(SIZE.0), 0);
        Self { began, chunks, child, writer, parser, parsed: 0, _master: pair.master }
    }

    fn chunks(&self) -> MutexGuard<'_, Vec<Chunk>> {
        self.chunks.0.lock().expect("the reader does not panic")
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// How many bytes were drawn so far.
    pub fn drawn(&self) -> usize {
        self.chunks().iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// Presses keys; when that was.
    pub fn press(&mut self, keys: &str) -> Instant {
        let at = Instant::now();
        type_in(&self.writer, keys).expect("a key can be pressed");
        at
    }

    /// The text of the screen as it is now.
    pub fn text(&mut self) -> String {
        while self.step().is_some() {}
        self.parser.screen().contents()
    }

    /// Draws what came and forgets the bytes, so that a long run keeps no more than a screen.
    pub fn forget(&mut self) {
        self.text();
        let parsed = std::mem::take(&mut self.parsed);
        self.chunks().drain(..parsed);
    }

    /// Gives the parser its next chunk; when that came.
    fn step(&mut self) -> Option<Instant> {
        let (at, bytes) = self.chunks().get(self.parsed).cloned()?;
        self.parsed += 1;
        self.parser.process(&bytes);
        Some(at)
    }

    /// Waits until a frame shows what is wanted; the moment of its last byte.
    pub fn wait_until(&mut self, what: &str, longest: Duration, is: impl Fn(&str) -> bool) -> Instant {
        let began = Instant::now();
        loop {
            while let Some(at) = self.step() {
                if is(&self.parser.screen().contents()) {
                    return at;
                }
            }
            assert!(began.elapsed() < longest, "{what}: not within {longest:?}; the screen:\n{}", self.text());
            self.wait_more(Duration::from_millis(50));
        }
    }

    /// Waits until these words are there.
    pub fn wait_for(&mut self, words: &str) -> Instant {
        self.wait_until(words, Duration::from_mins(2), |text| text.contains(words))
    }

    /// Waits for a chunk that was not parsed yet, at most as long as this.
    fn wait_more(&self, longest: Duration) {
        let (lock, told) = &*self.chunks;
        let chunks = lock.lock().expect("the reader does not panic");
        drop(told.wait_timeout_while(chunks, longest, |chunks| chunks.len() <= self.parsed));
    }

    /// Waits until nothing came for a while.
    pub fn wait_quiet(&self, quiet: Duration) {
        loop {
            let last = self.chunks().last().map_or(self.began, |(at, _)| *at);
            let rested = last.elapsed();
            if rested >= quiet {
                return;
            }
            std::thread::sleep(quiet.saturating_sub(rested));
        }
    }

    /// Waits for the first frame that shows anything.
    pub fn first_frame(&mut self) -> FirstFrame {
        self.wait_until("anything to see", Duration::from_secs(20), |text| !text.trim().is_empty());
        let content = self.parsed - 1;
        self.wait_quiet(QUIET);
        let chunks = self.chunks();
        let since = |at: Instant| at - self.began;
        let end = |gap: Duration| {
            let mut last = chunks[content].0;
            for (at, _) in &chunks[content..] {
                if *at - last > gap {
                    break;
                }
                last = *at;
            }
            since(last)
        };
        FirstFrame { byte: since(chunks[0].0), frame: end(GAP), settled: end(QUIET) }
    }

    /// Presses a key and waits for the end of the frame that answers it, at most as long as `longest`. A frame of
    /// midwatch's ends with the mark of a synchronised update.
    pub fn answer(&mut self, key: &str, longest: Duration) -> Option<Duration> {
        const END: &[u8] = b"\x1b[?2026l";
        let before = self.chunks().len();
        let pressed = self.press(key);
        let (lock, told) = &*self.chunks;
        let ends = |chunks: &[Chunk]| {
            let new = chunks.get(before..).unwrap_or_default();
            let all: Vec<u8> = new.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
            let mark = all.windows(END.len()).position(|bytes| bytes == END)? + END.len();
            let mut passed = 0;
            new.iter()
                .find(|(_, bytes)| {
                    passed += bytes.len();
                    passed >= mark
                })
                .map(|(at, _)| *at)
        };
        let chunks = lock.lock().expect("the reader does not panic");
        let (chunks, _) = told
            .wait_timeout_while(chunks, longest, |chunks| ends(chunks).is_none())
            .expect("the reader does not panic");
        ends(&chunks).map(|at| at - pressed)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads until the other side is closed, which the end of the program does.
fn read(mut reader: Box<dyn Read + Send>, writer: Writer, chunks: Shared) {
    std::thread::spawn(move || {
        let mut bytes = vec![0; 256 * 1024];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let at = Instant::now();
            // A terminal answers at once; who asks and hears nothing would wait, and seem slow.
            for (question, answer) in ANSWERS {
                if bytes[..count].windows(question.len()).any(|bytes| bytes == question.as_bytes()) {
                    // The program may have ended meanwhile.
                    let _ = type_in(&writer, answer);
                }
            }
            let (lock, told) = &*chunks;
            let Ok(mut chunks) = lock.lock() else { return };
            chunks.push((at, bytes[..count].to_vec()));
            drop(chunks);
            told.notify_all();
        }
    });
}

/// What programs ask of terminals, and what xterm says: which kind it is, where the cursor is.
const ANSWERS: [(&str, &str); 3] =
    [("\x1b[c", "\x1b[?64;1;2;6;9;15;18;21;22c"), ("\x1b[0c", "\x1b[?64;1;2c"), ("\x1b[6n", "\x1b[1;1R")];

fn type_in(writer: &Writer, text: &str) -> std::io::Result<()> {
    let mut writer = writer.lock().expect("nobody panics with it");
    writer.write_all(text.as_bytes())?;
    writer.flush()
}
