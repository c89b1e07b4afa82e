//! A server on loopback that answers each path with the same bytes, whatever they are.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What it answers: a beginning of a path, a status, a body.
pub type Answers = Vec<(&'static str, u16, Vec<u8>)>;

/// Starts it; its address. It ends with the test's process.
pub fn start(answers: Answers) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let answers = Arc::new(answers);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            std::thread::spawn(move || answer(stream, &answers));
        }
    });
    address
}

/// One answer to one question; who asks may be gone already.
fn answer(mut stream: TcpStream, answers: &Answers) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut asked = Vec::new();
    let mut piece = [0; 4096];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        asked.extend_from_slice(&piece[..count]);
    }
    let head = String::from_utf8_lossy(&asked).into_owned();
    let path = head.split(' ').nth(1)?;
    let missing = ("", 404, Vec::new());
    let (_, status, body) = answers.iter().find(|(begin, ..)| path.starts_with(begin)).unwrap_or(&missing);
    let kind = if *status == 200 { "application/json" } else { "text/plain" };
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).ok()
}
