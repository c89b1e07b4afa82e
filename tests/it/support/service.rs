//! A little service of the test's own, under a pid file: it can hang, and a script restarts it.

use std::path::PathBuf;

use nix::sys::signal::Signal;

use super::lab::{Backend, Lab};
use super::process::send;
use super::wait;

/// The service: a node exporter, so that a Prometheus can look at it.
#[derive(Debug)]
pub struct Service {
    /// Where it answers first; the one that is restarted answers there too.
    pub backend: Backend,
    pid_file: PathBuf,
    /// Restarts it, whatever state it is in.
    pub restart: PathBuf,
    /// Ends well when it listens.
    pub ready: PathBuf,
}

impl Service {
    /// Starts it, and writes its scripts.
    pub fn start(lab: &Lab) -> Self {
        let backend = lab.node_exporter();
        let pid_file = lab.write("service.pid", &backend.process().to_string());
        let port = backend.api.address().rsplit(':').next().expect("a port").parse::<u16>().expect("a port");
        let start: Vec<String> = backend.command_line().iter().map(|word| format!("'{word}'")).collect();
        let restart = format!(
            "#!/bin/sh\n\
             set -eu\n\
             pid=$(cat '{pid}')\n\
             echo \"restarting $1, process $pid\"\n\
             kill -KILL \"$pid\" 2>/dev/null || echo 'it was gone already'\n\
             while [ -e \"/proc/$pid\" ] && ! grep -q ') Z ' \"/proc/$pid/stat\"; do :; done\n\
             {start} >/dev/null 2>&1 </dev/null &\n\
             echo $! > '{pid}'\n\
             echo \"started process $!\"\n",
            pid = pid_file.display(),
            start = start.join(" "),
        );
        let ready = format!(
            "#!/bin/sh\n\
             # A listening socket of this port, as the kernel tells it.\n\
             for n in 1 2 3 4 5 6 7 8 9 10; do\n\
             grep -qiE ':{port:04X} 0+:0+ 0A' /proc/net/tcp && echo 'it listens' && exit 0\n\
             sleep 0.3\n\
             done\n\
             echo 'it does not listen'; exit 1\n"
        );
        Self { pid_file, restart: lab.write("restart.sh", &restart), ready: lab.write("ready.sh", &ready), backend }
    }

    /// The process that the pid file names.
    pub fn process(&self) -> u32 {
        let text = std::fs::read_to_string(&self.pid_file).expect("a pid file");
        text.trim().parse().expect("a process id")
    }

    /// It hangs: it is there, listens, and answers nothing.
    pub fn hang(&self) {
        send(self.process(), Signal::SIGSTOP);
    }

    /// Waits until it answers.
    pub fn wait_ready(&self) {
        wait::until("the service answers", || self.backend.api.ask("GET", "/metrics").map(drop));
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // The first process ends with its backend; one that the script started is ours to end.
        if self.process() != self.backend.process() {
            send(self.process(), Signal::SIGKILL);
        }
    }
}
