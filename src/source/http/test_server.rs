//! A small HTTP/1.1 server on loopback for tests: it answers what it was told to, well or badly.

mod owned;

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// One prepared answer.
#[derive(Debug, Clone)]
pub struct Canned {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Whole(Vec<u8>),
    /// Promises more bytes than it sends, then closes.
    CutOff(Vec<u8>),
    /// Sends this again and again.
    Endless(Vec<u8>),
    /// Takes the request and says nothing.
    Silent,
    /// Takes the request and closes.
    Closed,
}

impl Canned {
    /// An answer of JSON.
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::of("application/json", body)
    }

    /// An answer of HTML.
    pub fn html(body: &str) -> Self {
        Self::of("text/html; charset=utf-8", body)
    }

    /// An answer of text.
    pub fn text(body: &str) -> Self {
        Self::of("text/plain", body)
    }

    /// An answer of any kind.
    pub fn of(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![], body: Body::Whole(body.into()) }.header("Content-Type", kind)
    }

    /// Bytes that are compressed already.
    pub fn gzip(body: impl Into<Vec<u8>>) -> Self {
        Self::json(body).header("Content-Encoding", "gzip")
    }

    /// Half an answer, then the end of the connection.
    pub fn cut_off(body: impl Into<Vec<u8>>) -> Self {
        Self { body: Body::CutOff(body.into()), ..Self::json("") }
    }

    /// An answer without an end.
    pub fn endless(piece: impl Into<Vec<u8>>) -> Self {
        Self { body: Body::Endless(piece.into()), ..Self::json("") }
    }

    /// No answer, ever.
    pub fn silence() -> Self {
        Self { body: Body::Silent, ..Self::json("") }
    }

    /// The connection closes without an answer.
    pub fn closed() -> Self {
        Self { body: Body::Closed, ..Self::json("") }
    }

    /// With this status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// With this header beside the others.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// One request as it came.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// `GET`, `POST` …
    pub method: String,
    /// With the query.
    pub target: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: String,
}

impl Seen {
    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or("")
    }
}

/// What to answer to a request.
pub type Rule = Box<dyn Fn(&Seen) -> Option<Canned> + Send>;

#[derive(Default)]
struct Script {
    queued: HashMap<String, VecDeque<Canned>>,
    always: HashMap<String, Canned>,
    everything: Option<Canned>,
    rule: Option<Rule>,
    seen: Vec<Seen>,
}

impl Script {
    fn answer(&mut self, seen: Seen) -> Canned {
        let queued = self.queued.get_mut(seen.path()).and_then(VecDeque::pop_front);
        let canned = queued
            .or_else(|| self.rule.as_ref().and_then(|rule| rule(&seen)))
            .or_else(|| self.everything.clone())
            .or_else(|| self.always.get(seen.path()).cloned())
            .unwrap_or_else(|| Canned::text("no such page").status(404));
        self.seen.push(seen);
        canned
    }
}

/// The server. It ends when it is dropped.
pub struct TestServer {
    address: SocketAddr,
    scheme: &'static str,
    script: Arc<Mutex<Script>>,
    task: JoinHandle<()>,
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl TestServer {
    /// A server of plain HTTP that answers 404 until told otherwise.
    pub async fn start() -> Self {
        Self::listen(None).await
    }

    /// A server behind TLS.
    pub async fn start_tls(config: Arc<rustls::ServerConfig>) -> Self {
        Self::listen(Some(tokio_rustls::TlsAcceptor::from(config))).await
    }

    /// A server with such a certificate, and the authority that signed it, in PEM.
    pub async fn start_certified(params: rcgen::CertificateParams) -> (Self, String) {
        super::client::install_provider();
        let mut authority = rcgen::CertificateParams::new(vec![]).unwrap();
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        authority.distinguished_name.push(rcgen::DnType::CommonName, "midwatch test authority");
        let key = rcgen::KeyPair::generate().unwrap();
        let issuer = rcgen::CertifiedIssuer::self_signed(authority, key).unwrap();
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = rustls::ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
        (Self::start_tls(Arc::new(config)).await, issuer.pem())
    }

    async fn listen(tls: Option<tokio_rustls::TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Mutex::new(Script::default()));
        let scheme = if tls.is_some() { "https" } else { "http" };
        let shared = Arc::clone(&script);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (script, tls) = (Arc::clone(&shared), tls.clone());
                connections.spawn(async move {
                    match tls {
                        None => serve(stream, &script).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => serve(stream, &script).await,
                            Err(_) => None,
                        },
                    }
                });
            }
        });
        Self { address, scheme, script, task }
    }

    /// Its base address.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next answer at a path; several are given in order.
    pub fn queue(&self, path: &str, canned: Canned) {
        self.script().queued.entry(path.to_owned()).or_default().push_back(canned);
    }

    /// The answer at a path when nothing is queued.
    pub fn always(&self, path: &str, canned: Canned) {
        self.script().always.insert(path.to_owned(), canned);
    }

    /// The answer at every path when nothing is queued; `None` ends it.
    pub fn everything(&self, canned: impl Into<Option<Canned>>) {
        self.script().everything = canned.into();
    }

    /// Answers by the request; goes before [`TestServer::always`].
    pub fn rule(&self, rule: impl Fn(&Seen) -> Option<Canned> + Send + 'static) {
        self.script().rule = Some(Box::new(rule));
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.script().seen.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap()
    }
}

/// The base address of a port where nobody listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A server that takes whatever comes for a broken request and says so in plain HTTP, as Go's servers do
/// with a TLS handshake. It ends with the runtime.
pub async fn no_tls() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await;
        }
    });
    address
}

/// Answers the requests of one connection until it ends.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, script: &Mutex<Script>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let seen = request(&mut stream).await?;
        let canned = script.lock().unwrap().answer(seen);
        answer(&mut stream, canned).await?;
    }
}

/// Reads one request; `None` at the end of the connection.
async fn request(stream: &mut (impl AsyncBufRead + Unpin)) -> Option<Seen> {
    let mut seen = Seen::default();
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|count| *count > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    (seen.method, seen.target) = (words.next()?, words.next()?);
    loop {
        line.clear();
        stream.read_line(&mut line).await.ok().filter(|count| *count > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        seen.headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = seen.headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    seen.body = String::from_utf8_lossy(&body).into_owned();
    Some(seen)
}

/// Sends one answer; `None` when the connection is to end.
async fn answer(stream: &mut (impl AsyncWrite + Unpin), canned: Canned) -> Option<()> {
    let mut head = format!("HTTP/1.1 {} Canned\r\n", canned.status);
    for (name, value) in &canned.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    match canned.body {
        Body::Closed => None,
        Body::Silent => std::future::pending().await,
        Body::Whole(body) => {
            let _ = write!(head, "Content-Length: {}\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).await.ok()?;
            stream.write_all(&body).await.ok()?;
            stream.flush().await.ok()
        }
        Body::CutOff(body) => {
            let _ = write!(head, "Content-Length: {}\r\n\r\n", body.len() + 1000);
            stream.write_all(head.as_bytes()).await.ok()?;
            stream.write_all(&body).await.ok()?;
            stream.flush().await.ok()?;
            None
        }
        Body::Endless(piece) => {
            head.push_str("Transfer-Encoding: chunked\r\n\r\n");
            stream.write_all(head.as_bytes()).await.ok()?;
            let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), &piece, b"\r\n"].concat();
            loop {
                stream.write_all(&chunk).await.ok()?;
            }
        }
    }
}
