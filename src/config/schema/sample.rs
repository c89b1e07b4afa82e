//! The commented sample file that `midwatch config init` writes.
//!
//! A line of documentation begins with `# `, a key that only has to be uncommented with `#` alone; without
//! those the whole file is one good configuration, which a test holds it to.

use std::fmt::Write as _;

use super::{Key, of};
use crate::config::kinds::KINDS;

const HEAD: &str = "\
# midwatch's configuration. Every key is optional but for those of a table that you begin; what is commented
# out shows its default or an example. Problems are told by `midwatch check`, all at once.
#
# Durations are written as 15s, 10m or 1h30m; relative paths belong to the folder of this file. A secret is
# never written here, only where it is kept: { env = \"NAME\" }, { file = \"PATH\" } or
# { command = [\"pass\", \"show\", \"NAME\"] }.

";

/// The values of a sample source that differ from the examples of the table.
const SOURCES: [(&str, &[(&str, &str)]); 5] = [
    ("prometheus", &[]),
    (
        "alertmanager",
        &[
            ("name", "\"am-eu\""),
            ("every", "\"10s\""),
            ("url", "[\"http://am-0.example:9093\", \"http://am-1.example:9093\"]"),
        ],
    ),
    ("host", &[("name", "\"this-host\""), ("every", "\"2s\"")]),
    ("journald", &[("name", "\"journal\""), ("every", "\"1s\"")]),
    ("file", &[("name", "\"app-log\""), ("every", "\"1s\"")]),
];

/// Remedies of the other kinds: id, section, what they are, and whether they take a value.
const REMEDIES: [(&str, &str, &str, bool); 6] = [
    ("run-the-script", "remedy.script", "A script file; it finds the parameter as MIDWATCH_PARAM_INSTANCE too", true),
    ("restart-over-ssh", "remedy.ssh", "A program on another machine, by OpenSSH", true),
    ("ask-the-pipeline", "remedy.http", "A request", true),
    ("restart-the-unit", "remedy.systemd", "A systemd unit; start, stop and reload are the others", true),
    (
        "scale-out",
        "remedy.kubectl",
        "A recipe of kubectl; rollout_restart and rollout_undo, with a revision, are the others",
        false,
    ),
    ("play", "remedy.ansible", "A playbook of Ansible", true),
];

/// The sample file.
#[must_use]
pub fn sample() -> String {
    let mut page = Page(HEAD.to_owned());
    page.keys(of(""), &[]);
    page.table("[operator]", "Who you are.", "operator");
    page.table("[store]", "Where midwatch keeps what must outlive it.", "store");
    page.table("[severity]", "How labels map to severities, beside the shipped table.", "severity");
    for kind in KINDS {
        page.source(kind.word, kind.sections);
    }
    page.table("[[service]]", "What the team runs.", "service");
    page.table(
        "[service.signals.latency]",
        "A signal: latency, traffic, errors, saturation or a name of yours.",
        "signal",
    );
    page.table("[service.slo]", "What is promised to its users.", "slo");
    page.table("[service.logs]", "Where its logs are.", "logs");
    page.table("[[runbook]]", "What to follow for which alerts.", "runbook");
    page.table("[[runbook_root]]", "A checkout that stands for addresses of runbooks.", "runbook_root");
    page.table(
        "[[checklist]]",
        "A checklist, adjusted. Those of yours are files in checklists/ beside this one.",
        "checklist",
    );
    page.table(
        "[[remedy]]",
        "A scripted remediation, whole. What runs is a list of arguments, never a line for a shell.",
        "remedy",
    );
    page.table("[remedy.params.instance]", "A parameter: {instance} stands for its value.", "remedy.params");
    page.table("[remedy.auto]", "When it runs by itself; without this table, never.", "remedy.auto");
    for (id, section, doc, has_value) in REMEDIES {
        page.remedy(id, section, doc, has_value);
    }
    page.0
}

struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn table(&mut self, header: &str, doc: &str, section: &str) {
        self.line(&format!("\n# {doc}\n#{header}"));
        self.keys(of(section), &[]);
    }

    fn source(&mut self, word: &str, sections: &[&str]) {
        self.line(&format!("\n# A source of kind {word}.\n#[[source]]"));
        let kind = format!("\"{word}\"");
        let own = SOURCES.iter().find(|(known, _)| *known == word).map_or(&[][..], |(_, own)| own);
        let own: Vec<(&str, &str)> = own.iter().copied().chain([("kind", kind.as_str())]).collect();
        self.keys(sections.iter().flat_map(|section| of(section)), &own);
        if word == "host" {
            self.table("[source.rules]", "Its built-in rules; false switches one off.", "rules");
        }
    }

    /// A remedy of one kind.
    fn remedy(&mut self, id: &str, section: &'static str, doc: &str, has_value: bool) {
        self.line(&format!("\n# {doc}.\n#[[remedy]]\n#id = \"{id}\""));
        self.line(&format!("#[{section}]"));
        self.keys(of(section), &[]);
        if section == "remedy.http" {
            self.table("[remedy.http.poll]", "How it is followed to its end.", "remedy.http.poll");
        }
        if has_value {
            self.line("#[remedy.params.instance]\n#from = \"label:instance\"");
        }
    }

    /// The keys of a section, each with its documentation. `own` replaces examples.
    fn keys(&mut self, keys: impl Iterator<Item = &'static Key>, own: &[(&str, &str)]) {
        for key in keys.filter(|key| !key.example.is_empty()) {
            let value = own.iter().find(|(name, _)| *name == key.name).map_or(key.example, |(_, value)| value);
            let default = match (key.required, key.default) {
                (true, _) => " (required)".to_owned(),
                (false, "") => String::new(),
                (false, default) => format!(" (default: {default})"),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(self.0, "# {}{default}\n#{} = {value}", key.doc, key.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::file;
    use crate::config::machine::tests::bastion;

    /// The sample with every key in force.
    fn uncommented() -> String {
        let line = |line: &str| match line.strip_prefix('#') {
            Some(key) if key.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => format!("{key}\n"),
            _ => format!("{line}\n"),
        };
        sample().lines().map(line).collect()
    }

    #[test]
    fn it_loads_as_it_is_and_says_nothing_new() {
        let machine = bastion();
        let (settings, found) = file::read(Path::new("/c/config.toml"), &sample(), &machine, &[]);
        assert_eq!(found, []);
        assert_eq!(settings, crate::config::Settings::default_for(&machine));
    }

    #[test]
    fn it_loads_with_every_key_in_force() {
        let text = uncommented();
        let (settings, found) = file::read(Path::new("/c/config.toml"), &text, &bastion(), &[]);
        assert_eq!(found, [], "{text}");
        assert_eq!(settings.sources.len(), KINDS.len());
        assert_eq!(settings.services.len(), 1);
        assert_eq!((settings.runbooks.len(), settings.runbook_roots.len(), settings.presets.len()), (1, 1, 1));
        let kinds: Vec<&str> = settings.remedies.iter().map(|remedy| remedy.kind.word()).collect();
        assert_eq!(kinds, crate::config::schema::alternatives("remedy"));
        let whole = &settings.remedies[0];
        assert!(whole.auto.is_some() && whole.verify.is_some() && !whole.exits.is_empty(), "{whole:?}");
    }

    #[test]
    fn every_key_with_an_example_is_in_it() {
        let text = uncommented();
        // What stands within the value of another key.
        let within = ["auth", "secret", "tls", "ack", "threshold", "remedy.require", "remedy.exits"];
        for key in crate::config::schema::all().filter(|key| !key.example.is_empty()) {
            let line = format!("\n{} = ", key.name);
            assert!(within.iter().any(|name| key.section.starts_with(name)) || text.contains(&line), "{key:?}");
        }
    }

    #[test]
    fn every_key_of_it_is_really_read() {
        let text = uncommented();
        let lines: Vec<&str> = text.lines().collect();
        for (row, line) in lines.iter().enumerate() {
            let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with(['#', '['])) else { continue };
            let mut wrong: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            wrong[row] = format!("{key} = 1979-05-27");
            let (_, found) = file::read(Path::new("c.toml"), &wrong.join("\n"), &bastion(), &[]);
            let here = found.iter().filter(|found| found.position.is_some_and(|at| at.line == row + 1));
            assert!(here.into_iter().any(|found| found.message.contains("takes")), "{line} is not read: {found:?}");
        }
    }
}
