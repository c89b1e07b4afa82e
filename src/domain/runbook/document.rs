//! What is in a runbook: blocks and inline text, as `CommonMark` with GitHub's tables and task lists has them.

use serde::Serialize;

/// A document.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Document {
    /// Its first heading, as plain text.
    pub title: Option<String>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The first number of a numbered one.
        first: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Code that is only to be read.
    Code {
        /// What follows the fence.
        info: String,
        /// Its text, placeholders as written.
        text: String,
    },
    /// Code that can be run, or that names a remedy.
    Step(Step),
    /// A table.
    Table {
        /// How columns are aligned.
        align: Vec<Align>,
        /// The head's cells.
        head: Vec<Vec<Inline>>,
        /// The rows' cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A thematic break.
    Rule,
    /// HTML, shown as text.
    Html(String),
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// As text is.
    Left,
    /// In the middle.
    Centre,
    /// As numbers are.
    Right,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its box, if it has one.
    pub task: Option<Task>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A box that can be ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Which one: a hash of its text and how often the same text came before, so that a tick survives an edit
    /// elsewhere in the file. 16 hexadecimal digits.
    pub key: String,
    /// Whether the file has it ticked.
    pub done: bool,
}

/// Code that can be run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// 1, 2, 3 … in the order of the document.
    pub number: usize,
    /// What it does.
    pub runs: Runs,
    /// What it stands under: the nearest heading's text.
    pub under: String,
    /// The text as written, and as it runs. Harmless but for tabs that begin a line, which `<<-` needs.
    pub text: String,
    /// The text as it is to be read: placeholders filled, tabs expanded. Only `Text` (which may hold line breaks),
    /// `Filled` and `Missing`. Empty where nothing was filled: then `text` is to be read.
    pub shown: Vec<Inline>,
    /// A hash of the text: notes about a step belong to it. 16 hexadecimal digits.
    pub key: String,
}

/// What a step runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Runs {
    /// A shell script: the interpreter's name, `sh` or `bash`.
    Shell(String),
    /// A remedy, with values: a fence whose info is `remedy ID`, its lines `name = value`.
    Remedy {
        /// Its id.
        id: String,
        /// Values for its parameters.
        values: Vec<(String, String)>,
    },
}

/// Inline text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A placeholder that was filled, and with what; the value is harmless.
    Filled {
        /// `labels.instance`.
        name: String,
        /// What it is.
        value: String,
    },
    /// A placeholder that nothing fills.
    Missing(String),
    /// Code.
    Code(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// A link.
    Link {
        /// Where it leads.
        target: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// An image: its text instead, and where it is.
    Image {
        /// Where it is.
        target: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A line break that the author wants.
    Break,
    /// HTML, shown as text.
    Html(String),
}
