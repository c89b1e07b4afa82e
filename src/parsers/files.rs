//! Files: configuration, keymaps, themes, checklists, runbooks; and what the store keeps.

use std::path::Path;

use super::{Parser, assert_shown, text};
use crate::config::paths::Folders;
use crate::config::{LocalLog, Machine, checklist, file};
use crate::domain::runbook::laid::{Around, lay};
use crate::runbook::{front, markdown};

pub(super) const PARSERS: &[Parser] = &[
    Parser {
        name: "configuration",
        read: configuration,
        examples: &[
            "environment = \"prod\"\ntimezone = \"Europe/Berlin\"\n[[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"http://am:9093\"\nevery = \"15s\"\n",
            "[[remedy]]\nid = \"restart\"\ntitle = \"Restart\"\nargv = [\"systemctl\", \"restart\", \"x@{instance}\"]\n[remedy.params.instance]\nfrom = \"label:instance\"\n",
            "[[service]]\nname = \"checkout\"\n[[service.slo]]\nobjective = 99.9\nwindow = \"30d\"\nerrors = \"e\"\ntotal = \"t\"\nsource = \"p\"\n",
        ],
    },
    Parser {
        name: "checklist",
        read: checklist,
        examples: &[include_str!("../../checklists/daily.toml"), include_str!("../../checklists/handover.toml")],
    },
    Parser {
        name: "checklist_import",
        read: import,
        examples: &["# Title\nhelp\n## One\n- [ ] do *this*\n- [x] that\n  more\n\n## Two\n1. [ ] x\n", "- [ ] a"],
    },
    Parser {
        name: "keymap",
        read: keymap,
        examples: &["inherits = \"vim\"\n[global]\n\"g g\" = \"first\"\nx = { action = \"ack\", desc = \"d\" }\n"],
    },
    Parser {
        name: "theme",
        read: theme,
        examples: &[
            include_str!("../../themes/midnight.toml"),
            "inherits = \"mono\"\n[roles]\ntext = { fg = \"#123456\", add = [\"bold\"] }\n",
        ],
    },
    Parser {
        name: "runbook",
        read: runbook,
        examples: &[
            include_str!("../../runbooks/high-cpu.md"),
            "---\nalerts: [A, \"B\"]\ntitle: x\n---\n# T\n\n```sh\nls {{labels.instance}}\n```\n| a | b |\n|--|--|\n| [x](https://y) | `z` |\n> - [ ] q\n",
        ],
    },
    Parser {
        name: "step",
        read: |bytes| crate::remedy::plan::taken_apart(&text(bytes)),
        examples: &[
            "echo \"{{labels.x}}\" | grep '$y' $(ls \"${MIDWATCH_LABEL_X:-none}\")",
            "cat <<'E'\n{{labels.a}}\nE\n",
            "case $x in a) b;; esac",
        ],
    },
    Parser { name: "glob", read: glob, examples: &["/var/log/*/a?.log", "**/[a-z]*", "a*b*c*d"] },
    Parser {
        name: "store",
        read: crate::store::taken_apart,
        examples: &[
            r#"{"alertname":"X","service":"y"}"#,
            r#"["Việt", {"k": "c\u001b]0;x\u0007"}]"#,
            r#"{"first":[],"last":[],"left_out":0}"#,
            // A float of which a quick reading misses the last bit.
            "53333333333333333333333333333333333333333333",
            r#"{"kind":"answer","answer":{"number":7.5},"outcome":null}"#,
        ],
    },
];

fn machine() -> Machine {
    let folders = Folders { config: "/none/config".into(), state: "/none/state".into(), home: "/none".into() };
    Machine {
        host: "bastion".to_owned(),
        user: "ana".to_owned(),
        zone: chrono_tz::Europe::Berlin,
        folders,
        log: LocalLog::Files(Vec::new()),
    }
}

fn configuration(bytes: &[u8]) {
    let (settings, found) = file::read(Path::new("config.toml"), &text(bytes), &machine(), &[]);
    for problem in &found {
        assert_shown(&problem.to_string());
    }
    assert_shown(&crate::config::show::show(&settings));
}

fn checklist(bytes: &[u8]) {
    let (list, found) = checklist::read(None, &text(bytes));
    for problem in &found {
        assert_shown(&problem.to_string());
    }
    for item in list.iter().flat_map(crate::domain::checklist::Checklist::items) {
        assert_shown(&item.text);
        assert_shown(&item.help);
    }
}

fn import(bytes: &[u8]) {
    if let Some(toml) = crate::cli::checklist::import::taken_apart(&text(bytes)) {
        let (list, found) = checklist::read(None, &toml);
        let wrong: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(list.is_some(), "{wrong:?} in what was made:\n{toml}");
    }
}

fn keymap(bytes: &[u8]) {
    let (keymap, found) = crate::keymap::load("default", Some((Path::new("keymap.toml"), &text(bytes))));
    assert!(!keymap.bindings().is_empty());
    for problem in &found {
        assert_shown(&problem.to_string());
    }
}

fn theme(bytes: &[u8]) {
    for problem in crate::theme::taken_apart(&text(bytes)) {
        assert_shown(&problem);
    }
}

fn runbook(bytes: &[u8]) {
    let text = text(bytes);
    let front = front::read(&text);
    front.title.iter().for_each(|title| assert_shown(title));
    assert!(text.ends_with(front::body(&text)));
    let document = markdown::parse(front::body(&text));
    for width in [1, 40, 120] {
        let layout = lay(&document, &Around { width, ..Around::default() });
        layout.lines.iter().for_each(|line| assert_shown(&line.text()));
    }
}

fn glob(bytes: &[u8]) {
    let pattern = crate::source::file::globs::Pattern::new(&text(bytes));
    let _ = pattern.is_plain();
}
