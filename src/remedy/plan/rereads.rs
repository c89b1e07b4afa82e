//! Programs that read an argument as code: no value may stand in such an argument.
//!
//! An argument stays one argument whatever a value holds; but `sh -c "restart {x}"` gives the value to a shell all the
//! same. Pure tables and a walk over the templates; what is not known here is the author's to know.

use crate::domain::remediation::Template;

/// A family of programs that read code from an argument.
struct Family {
    names: &'static [&'static str],
    /// The letters of short options whose argument is code.
    letters: &'static str,
    reads: Reads,
}

/// What a family reads as code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// What follows one of its options. It is one wherever it stands: `docker exec web sh -c …`.
    AnOption,
    /// The first argument that is no option, too.
    TheFirst,
    /// Every argument.
    All,
}

const FAMILIES: &[Family] = &[
    Family {
        names: &[
            "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "yash", "fish", "csh", "tcsh", "pwsh", "su", "runuser",
            "sg", "flock", "script", "python", "pypy",
        ],
        letters: "c",
        reads: Reads::AnOption,
    },
    Family { names: &["env"], letters: "S", reads: Reads::AnOption },
    Family {
        names: &["perl", "ruby", "node", "php", "lua", "luajit", "deno", "bun", "Rscript"],
        letters: "eErpnBRF",
        reads: Reads::AnOption,
    },
    Family { names: &["awk", "gawk", "mawk", "nawk", "sed", "gsed", "jq", "yq"], letters: "e", reads: Reads::TheFirst },
    Family {
        names: &["watch", "parallel", "eval", "ssh", "mosh", "rsh", "pdsh", "clush", "source", ".", "trap"],
        letters: "",
        reads: Reads::All,
    },
];

/// Programs that run the program that follows.
const WRAPPERS: &[&str] = &[
    "sudo",
    "doas",
    "env",
    "timeout",
    "nice",
    "ionice",
    "nohup",
    "setsid",
    "stdbuf",
    "chroot",
    "nsenter",
    "unshare",
    "command",
    "exec",
    "busybox",
    "xargs",
    "chrt",
    "taskset",
    "systemd-run",
];

/// Long options whose argument is code.
const LONG: &[&str] =
    &["--command", "--eval", "--execute", "--print", "--expression", "--split-string", "--run", "--shell"];

/// Whether a word names a program that reads words again as code, for texts of shell steps.
pub(super) fn is_rereader(word: &str) -> bool {
    let name = base(word);
    name == "xargs" || FAMILIES.iter().any(|family| family.names.contains(&name))
}

/// Whether a word names a program that runs the program that follows.
pub(super) fn is_wrapper(word: &str) -> bool {
    WRAPPERS.contains(&base(word))
}

/// Checks that no value stands where a program reads code.
pub(super) fn check(argv: &[Template]) -> Result<(), String> {
    let wrapped = argv.first().and_then(Template::plain).is_some_and(|first| is_wrapper(&first));
    // The family at work, and whether its next argument that is no option is code.
    let (mut at_work, mut code_next) = (None::<&Family>, false);
    for (at, template) in argv.iter().enumerate() {
        let begins = start(template);
        let has_value = template.params().next().is_some();
        if let Some(family) = at_work {
            let code_option = family.is_code_option(begins);
            let code = code_option || code_next && !begins.starts_with('-') || family.reads == Reads::All;
            if has_value && code {
                return Err(reads_again(template));
            }
            code_next = code_option || code_next && begins.starts_with('-');
        }
        let is_free = at_work.is_none_or(|family| family.reads != Reads::All);
        let found = FAMILIES.iter().find(|family| is_free && !has_value && family.names.contains(&base(begins)));
        if let Some(family) = found.filter(|family| family.reads == Reads::AnOption || at == 0 || wrapped) {
            (at_work, code_next) = (Some(family), family.reads == Reads::TheFirst);
        }
    }
    Ok(())
}

/// Checks that an interpreter does not hand the arguments of a script to a shell: `ssh host`.
pub(super) fn check_interpreter(interpreter: &[String], arguments: &[Template]) -> Result<(), String> {
    let all =
        |word: &String| FAMILIES.iter().any(|family| family.reads == Reads::All && family.names.contains(&base(word)));
    let value = arguments.iter().find(|template| template.params().next().is_some());
    value.filter(|_| interpreter.iter().any(all)).map_or(Ok(()), |template| Err(reads_again(template)))
}

/// What a template begins with before its first value.
fn start(template: &Template) -> &str {
    match template.pieces().first() {
        Some(crate::domain::remediation::template::Piece::Text(text)) => text,
        _ => "",
    }
}

impl Family {
    fn is_code_option(&self, begins: &str) -> bool {
        if begins.starts_with("--") {
            return LONG.contains(&begins.split('=').next().unwrap_or_default());
        }
        begins.strip_prefix('-').unwrap_or_default().chars().any(|letter| self.letters.contains(letter))
    }
}

fn reads_again(template: &Template) -> String {
    format!(
        "'{}' is read again as code by the program it is given to, so no value may stand in it; hand the value over as an \
         argument of its own, such as [\"sh\", \"-c\", \"restart \\\"$1\\\"\", \"sh\", \"{{x}}\"], or use the kind ssh or script",
        template.source()
    )
}

/// The name of a program without its folder and its version: `/usr/bin/python3.11` is `python`.
fn base(word: &str) -> &str {
    let name = word.rsplit('/').next().unwrap_or_default();
    let short = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if short.is_empty() { name } else { short }
}
