//! A slow link: 300 ms each way, by a proxy between ssh and sshd. Where the kernel has `netem`, one could lose packets
//! too; TCP makes of a lost packet a delay, and that is what a session sees of it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::over_ssh::number;
use crate::support::counting::Counting;
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::sshd::Sshd;
use crate::support::wait::DEADLINE;

const DELAY: Duration = Duration::from_millis(300);
/// Every so many pieces one is lost and sent again: so much later it arrives.
const LOST: (usize, Duration) = (100, Duration::from_millis(900));

/// Listens, and hands on to `port`, late.
fn delayed(port: u16) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
    let own = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for near in listener.incoming().flatten() {
            let Ok(far) = TcpStream::connect(("127.0.0.1", port)) else { return };
            let clone = |stream: &TcpStream| stream.try_clone().expect("a socket can be cloned");
            later(clone(&near), clone(&far));
            later(far, near);
        }
    });
    own
}

/// Hands on what comes, late and in its order.
fn later(mut from: TcpStream, mut to: TcpStream) {
    let (hand, taken) = mpsc::channel::<(Instant, Vec<u8>)>();
    std::thread::spawn(move || {
        let mut bytes = vec![0; 16 * 1024];
        let mut pieces = 0;
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            pieces += 1;
            let lost = if pieces % LOST.0 == 0 { LOST.1 } else { Duration::ZERO };
            if hand.send((Instant::now() + DELAY + lost, bytes[..count].to_vec())).is_err() {
                return;
            }
        }
    });
    std::thread::spawn(move || {
        while let Ok((due, bytes)) = taken.recv() {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                return;
            }
        }
        // The other side is to hear of the end.
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}

#[test]
fn over_a_slow_link_keys_work_and_frames_are_bounded() {
    let Some(sshd) = Sshd::start() else { return };
    let server = Counting::start();
    for name in ["SlowOne", "SlowTwo", "SlowThree"] {
        server.fire(name);
    }
    let home = Home::with_config(&server.config("500ms"));
    let session = sshd.session(&home, delayed(sshd.port()), &[]);
    let mut screen = Terminal::start(&home, &session, &[], (120, 36));
    screen.wait_for("SlowThree");
    number(&home, "process");
    screen.wait_settled(Duration::from_secs(1));
    let before = screen.drawn();
    let (keys, more) = (40, 10);
    for _ in 0..keys / 2 {
        screen.press("j");
        screen.press("k");
    }
    for extra in 0..more {
        server.fire(&format!("Later{extra}"));
        server.wait_asked(1);
    }
    screen.wait_for("Later9");
    screen.press("8");
    screen.wait_for("Journal");
    let frames = screen.raw_since(before).matches("\x1b[?2026h").count();
    // One for each key, one or two for each change (what came and what the store made of it), and a clock.
    assert!(frames <= keys + 4 * more + 12, "{frames} frames for {keys} keys and {more} changes");
    screen.press("\x03");
    assert_eq!(screen.wait_exit(DEADLINE), 0, "{}", screen.text());
}
