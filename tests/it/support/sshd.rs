//! Debian's OpenSSH server on loopback, with keys of its own: real sessions, as from a laptop to a bastion.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::home::Home;
use super::lab;
use super::process::Running;
use super::wait;

/// What it needs; `tests/run` brings all but the last two, which every Debian has.
const PROGRAMS: &[&str] = &["sshd", "ssh", "ssh-keygen", "unshare", "mount"];

/// A running server.
#[derive(Debug)]
pub struct Sshd {
    folder: TempDir,
    port: u16,
    _running: Running,
}

impl Sshd {
    /// Starts it; without its programs the test is left out, and with `CI` set it fails.
    pub fn start() -> Option<Self> {
        lab::Lab::open(PROGRAMS)?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["host", "user"] {
            let made = lab::program("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(name)).status();
            assert!(made.expect("ssh-keygen runs").success());
        }
        let port = lab::free_port();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
             PermitRootLogin yes\nPidFile none\n",
            at("host").display(),
            at("user.pub").display()
        );
        std::fs::write(at("config"), config).expect("a file can be written");
        let log = at("log");
        let mut running = Running::start(server(folder.path()), &log);
        wait::until("sshd listens", || {
            assert!(!running.has_ended(), "sshd does not start: {}", running.last_words());
            std::net::TcpStream::connect(("127.0.0.1", port)).map(drop).map_err(|error| error.to_string())
        });
        Some(Self { folder, port, _running: running })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A script that opens a session by this port and runs midwatch there. The number of midwatch's process is in the
    /// home's file `process`, that of its end of the link in `link`.
    pub fn session(&self, home: &Home, port: u16, arguments: &[&str]) -> PathBuf {
        let variables: Vec<String> =
            home.environment().iter().map(|(name, value)| format!("{name}='{value}'")).collect();
        let there = home.script(
            "there",
            &format!(
                "#!/bin/sh\necho $PPID > '{link}'\necho $$ > '{process}'\nexec env -i {} '{}' {}\n",
                variables.join(" "),
                super::home::MIDWATCH,
                arguments.join(" "),
                link = home.path("link").display(),
                process = home.path("process").display(),
            ),
        );
        let ssh = lab::find("ssh").expect("it was looked for");
        home.script(
            "here",
            &format!(
                "#!/bin/sh\nexec env LD_LIBRARY_PATH='{}' '{}' -F /dev/null -tt -p {port} -i '{}' -o BatchMode=yes -o \
                 LogLevel=ERROR -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null 127.0.0.1 'exec {}'\n",
                lab::libraries(),
                ssh.display(),
                self.folder.path().join("user").display(),
                there.display()
            ),
        )
    }
}

/// The server's command. Root's needs an account and a folder of its own: where the machine has none, it sees them in
/// a mount namespace, and nothing of the machine is changed.
fn server(folder: &Path) -> Command {
    let sshd = lab::find("sshd").expect("it was looked for");
    let config = folder.join("config");
    let run = format!("exec '{}' -D -e -f '{}'", sshd.display(), config.display());
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let root = nix::unistd::geteuid().is_root();
    let script = if root && !(accounts.contains("\nsshd:") && Path::new("/run/sshd").is_dir()) {
        let passwd = folder.join("passwd");
        std::fs::write(&passwd, format!("{accounts}sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n"))
            .expect("a file");
        format!(
            "exec unshare --mount sh -c \"mount -t tmpfs none /run && mkdir /run/sshd && mount --bind '{}' /etc/passwd && \
             {run}\"",
            passwd.display()
        )
    } else {
        run
    };
    let mut command = Command::new("sh");
    command.args(["-c", &script]).env("LD_LIBRARY_PATH", lab::libraries()).stdin(Stdio::null());
    command
}
