//! What came of it, as the page for operators.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use super::fault::Again;

/// What one adapter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which adapter.
    pub who: &'static str,
    /// The word for its state.
    pub state: &'static str,
    /// Its cause, or its notes.
    pub says: String,
    /// When it is asked again.
    pub again: Again,
    /// The exit status of a look at it alone.
    pub exit: u8,
}

/// One fault and what all adapters show.
#[derive(Debug, Clone)]
pub struct Part {
    /// The heading.
    pub title: &'static str,
    /// What to do.
    pub todo: &'static str,
    /// The adapters.
    pub rows: Vec<Row>,
    /// What becomes of an ack or a silence.
    pub write: Option<String>,
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"https?://(127\.0\.0\.1|\[::1\]|nowhere\.invalid):\d+[^\s:;,]*").expect("an expression")
});
static SECONDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+\.\d s\b").expect("an expression"));
static MEBIBYTES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+ MiB").expect("an expression"));

/// What is said, without what is another in every run.
pub fn plain(text: &str, elsewhere: &str) -> String {
    let text = if elsewhere.is_empty() {
        text.to_owned()
    } else {
        text.replace(&format!("http://{elsewhere}/login"), "ELSEWHERE")
    };
    let text = ADDRESS.replace_all(&text, "ADDRESS");
    let text = SECONDS.replace_all(&text, "N s");
    MEBIBYTES.replace_all(&text, "N MiB").into_owned()
}

/// All parts as Markdown, below headings of the third level.
pub fn markdown(parts: &[Part]) -> String {
    let mut made = String::new();
    for part in parts {
        write!(made, "### {}\n\n{}\n\n", part.title, part.todo).expect("a text takes any text");
        made.push_str("| source | state | it says | asked again | `status` exits |\n|---|---|---|---|---|\n");
        for (who, row) in together(&part.rows) {
            let says = if row.says.is_empty() { "nothing".to_owned() } else { format!("`{}`", row.says) };
            let again = row.again.words();
            writeln!(made, "| {who} | {} | {says} | {again} | {} |", row.state, row.exit)
                .expect("a text takes any text");
        }
        if let Some(write) = &part.write {
            writeln!(made, "| ack or silence sent then | | {write} | never by itself | |")
                .expect("a text takes any text");
        }
        made.push('\n');
    }
    made
}

/// Adapters that show the same, in one row.
fn together(rows: &[Row]) -> Vec<(String, &Row)> {
    let mut all: Vec<(String, &Row)> = Vec::new();
    for row in rows {
        let same = |other: &Row| {
            (other.state, &other.says, other.again, other.exit) == (row.state, &row.says, row.again, row.exit)
        };
        match all.iter_mut().find(|(_, other)| same(other)) {
            Some((who, _)) => {
                who.push_str(" · ");
                who.push_str(row.who);
            }
            None => all.push((row.who.to_owned(), row)),
        }
    }
    all
}
