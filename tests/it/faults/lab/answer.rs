//! One connection: its requests, and an answer to each as the fault wants it.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};

use super::{Fault, Seen, Shared, World, bomb};

/// What a plea asks for, in seconds.
pub const PLEA: u64 = 2;
/// How long each slow answer takes.
const SLOW: Duration = Duration::from_millis(1200);
/// The bytes of a large answer.
const LARGE: usize = 50_000_000;
/// The header of JSON.
const JSON: &str = "Content-Type: application/json\r\n";

/// Answers to a TLS handshake as Go's servers do that speak none.
pub async fn refuse(mut stream: tokio::net::TcpStream) {
    let _ = stream.read(&mut [0; 4096]).await;
    let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await;
}

/// Answers the requests of one connection until it ends.
pub async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, fault: Fault, shared: &Shared) {
    let mut stream = BufReader::new(stream);
    let mut first = true;
    while let Some(seen) = request(&mut stream).await {
        let path = seen.target.split('?').next().unwrap_or_default().to_owned();
        let posts = seen.method == "POST";
        shared.seen.lock().expect("nobody panics with it").push(seen);
        let mut reply = Reply { stream: &mut stream, shared, fault, posts };
        let goes_on = if drops(fault, first, posts, &path) { None } else { reply.send(&path).await };
        first = false;
        if goes_on.is_none() {
            return;
        }
    }
}

/// Whether the connection ends instead of an answer: on a kept one, and always where something would be changed.
fn drops(fault: Fault, first: bool, posts: bool, path: &str) -> bool {
    fault == Fault::Dropping && (!first || posts && path.ends_with("/silences"))
}

/// Reads one request; `None` at the end of the connection.
async fn request(stream: &mut (impl AsyncBufRead + Unpin)) -> Option<Seen> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|count| *count > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut length = 0;
    loop {
        line.clear();
        stream.read_line(&mut line).await.ok().filter(|count| *count > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    stream.read_exact(&mut vec![0; length]).await.ok()?;
    Some(Seen { at: Instant::now(), method, target })
}

/// The way back; `None` where the connection is to end.
struct Reply<'a, S> {
    stream: &'a mut S,
    shared: &'a Shared,
    fault: Fault,
    posts: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Reply<'_, S> {
    async fn send(&mut self, path: &str) -> Option<()> {
        match self.fault {
            Fault::Silent => std::future::pending().await,
            Fault::Drip => self.drip(&self.good(path)?).await,
            Fault::Half | Fault::Reset => self.half(&self.good(path)?).await,
            Fault::Endless => self.endless().await,
            Fault::OtherShape => self.whole(200, JSON, br#"{"status":"success","data":{"items":["a"]}}"#).await,
            Fault::Page => {
                let page = b"<!DOCTYPE html><html><title>Sign in</title><form action=\"/login\"></form></html>";
                self.whole(200, "Content-Type: text/html; charset=utf-8\r\n", page).await
            }
            Fault::Redirect => {
                let location = format!("Location: {}\r\n", self.shared.elsewhere);
                self.whole(307, &location, b"").await
            }
            Fault::Status(status) => self.whole(status, "Content-Type: text/plain\r\n", b"not now").await,
            Fault::Plea(status) => self.whole(status, &format!("Retry-After: {PLEA}\r\n"), b"not now").await,
            Fault::Bomb => {
                let head = format!("{JSON}Content-Encoding: gzip\r\n");
                self.whole(200, &head, &bomb::ZEROS).await
            }
            Fault::OutOfOrder if is_asked_about(path) && !self.shared.held.swap(true, Ordering::Relaxed) => {
                let old = self.answer(path, World { newer: false, ..self.world() })?;
                self.overtaken().await;
                // Nobody is there any more to take it.
                let _ = self.whole(200, JSON, old.as_bytes()).await;
                self.shared.late.fetch_add(1, Ordering::Relaxed);
                None
            }
            Fault::Slow => {
                // Unless whoever asked has left before.
                let _ = tokio::time::timeout(SLOW, self.stream.read(&mut [0])).await;
                let good = self.good(path)?;
                self.whole(200, JSON, good.as_bytes()).await
            }
            Fault::Closing => {
                let good = self.good(path)?;
                self.whole(200, JSON, good.as_bytes()).await?;
                None
            }
            _ => match self.good(path) {
                Some(good) => {
                    self.whole(200, JSON, good.as_bytes()).await?;
                    self.shared.answered.send_modify(|answers| *answers += u64::from(is_asked_about(path)));
                    Some(())
                }
                None => self.whole(404, "", b"").await,
            },
        }
    }

    /// Waits until whoever asked has given up, and a later question of the same was answered.
    async fn overtaken(&mut self) {
        // Nothing more is asked on this connection: what can be read is its end.
        let _ = self.stream.read(&mut [0]).await;
        let newer = self.shared.answered.subscribe().changed().await;
        newer.expect("who tells of answers is there as long as this");
    }

    fn world(&self) -> World {
        let shift = match self.fault {
            Fault::Ahead => TimeDelta::hours(1),
            Fault::Behind => TimeDelta::hours(-1),
            _ => TimeDelta::zero(),
        };
        World {
            now: Utc::now() + shift,
            since: self.shared.began + shift,
            newer: self.fault == Fault::OutOfOrder,
            bulk: if self.fault == Fault::Large { LARGE } else { 0 },
        }
    }

    fn good(&self, path: &str) -> Option<String> {
        self.answer(path, self.world())
    }

    fn answer(&self, path: &str, world: World) -> Option<String> {
        let posted = self.posts.then(|| (self.shared.good)(&format!("POST {path}"), world)).flatten();
        posted.or_else(|| (self.shared.good)(path, world))
    }

    fn head(&self, status: u16, headers: &str) -> String {
        let date = self.world().now.format("%a, %d %b %Y %H:%M:%S GMT");
        let mut head = format!("HTTP/1.1 {status} Told\r\nDate: {date}\r\n{headers}");
        if !matches!(self.fault, Fault::Endless) {
            return head;
        }
        let _ = write!(head, "Transfer-Encoding: chunked\r\n\r\n");
        head
    }

    async fn write(&mut self, bytes: &[u8]) -> Option<()> {
        self.stream.write_all(bytes).await.ok()?;
        self.shared.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.stream.flush().await.ok()
    }

    async fn whole(&mut self, status: u16, headers: &str, body: &[u8]) -> Option<()> {
        let head = format!("{}Content-Length: {}\r\n\r\n", self.head(status, headers), body.len());
        self.write(head.as_bytes()).await?;
        for piece in body.chunks(1 << 16) {
            self.write(piece).await?;
        }
        Some(())
    }

    async fn half(&mut self, body: &str) -> Option<()> {
        let head = format!("{}Content-Length: {}\r\n\r\n", self.head(200, JSON), body.len());
        self.write(head.as_bytes()).await?;
        self.write(&body.as_bytes()[..body.len() / 2]).await?;
        None
    }

    async fn drip(&mut self, body: &str) -> Option<()> {
        let head = format!("{}Content-Length: {}\r\n\r\n", self.head(200, JSON), body.len());
        self.write(head.as_bytes()).await?;
        let mut second = tokio::time::interval(Duration::from_secs(1));
        for byte in body.as_bytes() {
            second.tick().await;
            self.write(&[*byte]).await?;
        }
        Some(())
    }

    async fn endless(&mut self) -> Option<()> {
        let head = self.head(200, JSON);
        self.write(head.as_bytes()).await?;
        let chunk = [&b"10000\r\n"[..], &vec![b' '; 1 << 16], b"\r\n"].concat();
        loop {
            self.write(&chunk).await?;
        }
    }
}

/// The path that tells what the adapter is there for.
fn is_asked_about(path: &str) -> bool {
    path.ends_with("/alerts") || path.ends_with("/query")
}
