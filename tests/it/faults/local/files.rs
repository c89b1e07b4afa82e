//! Log files: gone, replaced, cut, no files at all.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use midwatch::board::Board;
use midwatch::source::Source;
use midwatch::source::options::{FileOptions, KindOptions};
use midwatch::source::registry::{self, Context};
use nix::sys::stat::Mode;

use super::{Case, TIMEOUT, told};
use crate::faults::adapters::options;
use crate::faults::fault::Again;

const FIRST: &str = "2026-11-21T03:00:00Z ERROR the first line\n";

/// All of them.
pub fn cases() -> Vec<Case> {
    vec![
        fails("A log file goes away", "See whether its writer runs, and correct `paths`.", "no file matches", |here| {
            fs::remove_file(log(here)).expect("a file can be removed");
        }),
        fails(
            "A folder where a log file should be",
            "Name the files in it: `paths` takes `*` and `**`.",
            "is a folder",
            |here| {
                fs::remove_file(log(here)).expect("a file can be removed");
                fs::create_dir(log(here)).expect("a folder can be made");
            },
        ),
        fails(
            "A FIFO where a log file should be",
            "Have its writer write to a file; a FIFO gives each byte to one reader only.",
            "is a FIFO",
            |here| {
                fs::remove_file(log(here)).expect("a file can be removed");
                nix::unistd::mkfifo(&log(here), Mode::S_IRWXU).expect("a FIFO can be made");
            },
        ),
        fails(
            "A log file that cannot be read",
            "See who may read it (`ls -l`), and whether its disk is well.",
            "error",
            |here| {
                fs::remove_file(log(here)).expect("a file can be removed");
                // Nothing is mapped where its first byte would be: reading fails, whoever reads.
                std::os::unix::fs::symlink("/proc/self/mem", log(here)).expect("a link can be made");
            },
        ),
        lives(
            "A log file is cut to nothing under us",
            "Nothing; what follows is read.",
            |here| {
                fs::write(log(here), "after the cut\n").expect("a file can be written");
            },
            |board| told(board, "after the cut"),
        ),
        lives(
            "A log file is rotated",
            "Nothing; the old file is read to its end, the new one from its beginning.",
            |here| {
                append(here, b"the last of the old\n");
                fs::rename(log(here), here.join("app.log.1")).expect("a file can be renamed");
                append(here, b"the first of the new\n");
            },
            |board| told(board, "the last of the old") && told(board, "the first of the new"),
        ),
        lives(
            "A line without an end",
            "Nothing; it is shown cut, and the rest of it is skipped.",
            |here| {
                append(here, &[b'y'; 3 << 20]);
            },
            |board| {
                let longest = board.logs().lines().iter().map(|kept| kept.text.len()).max();
                told(board, "yyyyyyyyyy") && longest.is_some_and(|longest| longest <= 65 << 10)
            },
        ),
        lives(
            "Bytes that are no UTF-8",
            "Nothing; each shows as U+FFFD.",
            |here| {
                append(here, b"caf\xe9 \xff\xfe closed\n");
            },
            |board| told(board, "caf\u{fffd}"),
        ),
    ]
}

fn fails(title: &'static str, todo: &'static str, says: &'static str, spoil: fn(&Path)) -> Case {
    Case { says, again: Again::Rarely, spoil, learns: |_| true, ..lives(title, todo, |_| (), |_| true) }
}

fn lives(title: &'static str, todo: &'static str, spoil: fn(&Path), learns: fn(&Board) -> bool) -> Case {
    Case {
        who: "file",
        title,
        todo,
        make,
        spoil,
        mend,
        says: "",
        again: Again::AsAlways,
        known: |board| told(board, "the first line"),
        learns,
    }
}

fn log(here: &Path) -> PathBuf {
    here.join("app.log")
}

fn append(here: &Path, bytes: &[u8]) {
    let file = fs::File::options().append(true).create(true).open(log(here));
    file.and_then(|mut file| file.write_all(bytes)).expect("a file can be written");
}

fn make(here: &Path) -> Box<dyn Source> {
    fs::write(log(here), FIRST).expect("a file can be written");
    let own = FileOptions { paths: vec![log(here).display().to_string()], backlog: 1 << 16, ..FileOptions::default() };
    registry::build(&options(KindOptions::File(own), TIMEOUT), &Context::default()).expect("an adapter")
}

fn mend(here: &Path) {
    let path = log(here);
    // Whatever stands there now.
    let _ = fs::remove_dir(&path).or_else(|_| fs::remove_file(&path));
    append(here, b"back again\n");
}
