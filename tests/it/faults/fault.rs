//! The faults: what goes wrong, what the operator is told, and what to do.

/// What a source does that it should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: it answers well.
    None,
    /// It takes the request and says nothing.
    Silent,
    /// Its answer comes one byte a second.
    Drip,
    /// Half an answer, then the end of the connection.
    Half,
    /// An answer without an end.
    Endless,
    /// JSON of another shape.
    OtherShape,
    /// A web page with status 200.
    Page,
    /// A redirect to another host and port.
    Redirect,
    /// A status that is no success.
    Status(u16),
    /// The same with a plea to come back later.
    Plea(u16),
    /// A small answer that unpacks to a very large one.
    Bomb,
    /// Nobody listens.
    Refused,
    /// The connection is reset in the middle of an answer.
    Reset,
    /// The host's name cannot be resolved.
    NoSuchName,
    /// The certificate has expired.
    Expired,
    /// The certificate is for another name.
    WrongName,
    /// The certificate is signed by a stranger.
    Stranger,
    /// The TLS handshake is never answered.
    TlsHang,
    /// Plain HTTP where TLS is expected.
    NoTls,
    /// Its clock is an hour ahead.
    Ahead,
    /// Its clock is an hour behind.
    Behind,
    /// An old answer comes after a newer one.
    OutOfOrder,
    /// An answer of 50 MB.
    Large,
    /// It listens on IPv6 only.
    Six,
    /// It closes every connection after an answer, without saying so.
    Closing,
    /// It closes a kept connection while a request is on it.
    Dropping,
    /// Every answer takes more than half of the time for all of them.
    Slow,
}

/// When a source is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// As always.
    AsAlways,
    /// Soon: it may pass by itself.
    Soon,
    /// Rarely: somebody has to change something.
    Rarely,
    /// When the source said.
    AsItSays,
}

impl Again {
    /// In the words of the page.
    pub fn words(self) -> &'static str {
        match self {
            Self::AsAlways => "every interval",
            Self::Soon => "soon",
            Self::Rarely => "rarely",
            Self::AsItSays => "when it says",
        }
    }
}

/// What becomes of an ack or a silence that is sent then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// It is made.
    Done,
    /// It is certain that it is not.
    Not,
    /// It is not known.
    Unknown,
}

/// A fault, and what must come of it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The fault.
    pub fault: Fault,
    /// What is wrong, as a heading.
    pub title: &'static str,
    /// What to do, for people.
    pub todo: &'static str,
    /// Words that the cause must hold; of a source that stays live, its notes.
    pub says: &'static [&'static str],
    /// When it is asked again.
    pub again: Again,
    /// What becomes of a write.
    pub write: Write,
}

impl Case {
    /// Whether the source stays live.
    pub fn lives(&self) -> bool {
        self.again == Again::AsAlways
    }

    /// Whether it is about time, so that a poll must not wait long.
    pub fn is_about_time(&self) -> bool {
        matches!(self.fault, Fault::Silent | Fault::Drip | Fault::TlsHang | Fault::OutOfOrder)
    }
}
