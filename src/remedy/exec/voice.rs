//! What a process says on its way from its two pipes to what is kept and what is told.

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::Instant;

use super::Heard;
use super::intake::{Intake, Taken};
use super::tell::Teller;
use crate::domain::remediation::output::{Output, OutputLine};

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// One of the two outputs.
pub(super) struct Pipe {
    from: Option<Box<dyn AsyncRead + Send + Unpin>>,
    intake: Intake,
    chunk: Vec<u8>,
}

impl Pipe {
    /// What comes from somewhere, read in its own way.
    pub(super) fn new(from: Option<impl AsyncRead + Send + Unpin + 'static>, intake: Intake) -> Self {
        Self { from: from.map(|from| Box::new(from) as _), intake, chunk: vec![0; CHUNK] }
    }

    /// Whether nothing more comes.
    pub(super) fn is_closed(&self) -> bool {
        self.from.is_none()
    }

    /// Waits for what comes next; for ever if nothing more does. How many bytes: 0 at its end.
    pub(super) async fn read(&mut self) -> usize {
        match &mut self.from {
            // A pipe that cannot be read has ended for us.
            Some(from) => from.read(&mut self.chunk).await.unwrap_or(0),
            None => std::future::pending().await,
        }
    }
}

/// Both outputs together.
pub(super) struct Voice {
    begun: Instant,
    kept: Output,
    teller: Teller,
}

impl Voice {
    /// Nothing was said yet.
    pub(super) fn new(begun: Instant, teller: Teller) -> Self {
        Self { begun, kept: Output::default(), teller }
    }

    /// When the run began.
    pub(super) fn begun(&self) -> Instant {
        self.begun
    }

    fn at_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Takes so many bytes that a pipe has read.
    pub(super) fn hear(&mut self, pipe: &mut Pipe, read: usize) {
        let mut taken = Vec::new();
        if read == 0 {
            pipe.from = None;
            pipe.intake.end(self.at_ms(), &mut taken);
        } else {
            let said = pipe.chunk.get(..read).unwrap_or_default();
            pipe.intake.feed(self.at_ms(), said, &mut taken);
        }
        self.take(taken);
        self.teller.wake(Instant::now());
    }

    fn take(&mut self, taken: Vec<Taken>) {
        for taken in taken {
            self.teller.add(&taken);
            match taken {
                Taken::Lines(lines) => self.kept.take(0, 0, lines),
                Taken::LeftOut(lines) => self.kept.take(0, lines, []),
            }
        }
    }

    /// Tells that something happened.
    pub(super) fn event(&mut self, event: Heard) {
        self.teller.event(event);
    }

    /// When something is to be told.
    pub(super) fn due(&self) -> Option<Instant> {
        self.teller.due()
    }

    /// Tells what was heard.
    pub(super) fn tell(&mut self, out: &mut Pipe, error: &mut Pipe) {
        let at_ms = self.at_ms();
        let mut taken = Vec::new();
        out.intake.tick(at_ms, &mut taken);
        error.intake.tick(at_ms, &mut taken);
        self.take(taken);
        let open: Vec<OutputLine> = [out.intake.open(at_ms), error.intake.open(at_ms)].into_iter().flatten().collect();
        self.teller.tell(Instant::now(), open);
    }

    /// Nothing more is heard: the rest is told, and what is kept comes back.
    pub(super) async fn end(mut self, out: Pipe, error: Pipe) -> Output {
        let mut taken = Vec::new();
        for mut pipe in [out, error].into_iter().filter(|pipe| !pipe.is_closed()) {
            pipe.intake.end(self.at_ms(), &mut taken);
        }
        self.take(taken);
        self.teller.last_word().await;
        self.kept
    }
}
