//! A plan as `--dry-run` prints it: exactly what would run, nothing decided any more.

use std::fmt::Write as _;

use crate::config::Settings;
use crate::domain::remediation::output::{FIRST, LAST};
use crate::domain::remediation::plan::{Call, Check, EnvValue, HttpCall, ProcessCall};
use crate::domain::remediation::wish::Prepared;
use crate::domain::remediation::{Plan, RemedyId};
use crate::domain::{discreet, duration, harmless};
use crate::report::remedies::declared;
use crate::source::options::SecretRef;

/// The page of a plan and of what stands in its way.
pub(super) fn page(prepared: &Prepared, plan: &Plan, settings: &Settings) -> String {
    let mut page = Page { made: String::new(), settings, remedy: &plan.remedy };
    let environment = plan.environment.clone().unwrap_or_else(|| "no name".to_owned());
    page.row("remedy", &plan.remedy.to_string());
    page.row("does", &plan.title);
    page.row("environment", &environment);
    page.row("target", &plan.target);
    if let Some(subject) = &plan.subject {
        page.row("incident", subject);
    }
    page.row("declared", &declared::place(&plan.origin).unwrap_or_else(|| "by midwatch".to_owned()));
    for (name, value) in &plan.values {
        page.row("value", &format!("{name} = {}", quoted(value)));
    }
    for check in &plan.checks {
        match check {
            Check::Signal { words, holds } => page.row("requires", &format!("{words}: {}", yes(*holds))),
            Check::Process(process) => page.call("requires", &Call::Process(process.clone())),
        }
    }
    page.call("runs", &plan.run);
    if let Some(verify) = &plan.verify {
        page.call("verifies", verify);
    }
    if let Some(dry_run) = &plan.dry_run {
        page.call("dry run", dry_run);
    }
    for (name, span) in [("timeout", plan.timeout), ("grace", plan.grace), ("cool-down", plan.cooldown)] {
        page.row(name, &duration::text(span));
    }
    page.row("output", &format!("the first {FIRST} and the last {LAST} lines are kept"));
    page.row("asks", declared::confirm(plan.confirm));
    page.row("people", &plan.approvals.to_string());
    page.row("hash", &plan.hash);
    for hurdle in &prepared.hurdles {
        page.row("in the way", hurdle);
    }
    page.made
}

fn yes(holds: bool) -> &'static str {
    if holds { "holds" } else { "does not hold" }
}

struct Page<'a> {
    made: String,
    settings: &'a Settings,
    remedy: &'a RemedyId,
}

impl Page<'_> {
    fn row(&mut self, name: &str, value: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.made, "{name:<12} {}", harmless::line(value, usize::MAX));
    }

    fn call(&mut self, name: &str, call: &Call) {
        match call {
            Call::Process(process) => self.process(name, process),
            Call::Http(http) => self.request(name, http),
        }
    }

    fn process(&mut self, name: &str, process: &ProcessCall) {
        self.row(name, "argv, one argument a line:");
        for argument in &process.argv {
            self.row("", &format!("  {}", quoted(&discreet::text(argument))));
        }
        if let Some(script) = &process.script {
            self.row("script", &format!("argument {} is a private file that says:", script.at));
            for line in script.text.lines() {
                self.row("", &format!("  {}", quoted(&discreet::text(line))));
            }
        }
        if process.env.is_empty() {
            self.row("environment", "empty");
        }
        for (variable, value) in &process.env {
            let from = self.from(variable, value);
            self.row("environment", &format!("{variable}: {from}"));
        }
        self.row("folder", &process.cwd.display().to_string());
    }

    /// Where a variable's value comes from. A secret is a place, never a value.
    fn from(&self, variable: &str, value: &EnvValue) -> String {
        match value {
            EnvValue::Inherited => "from midwatch's own environment, if it is set there".to_owned(),
            EnvValue::Plain(value) => quoted(&discreet::text(value)),
            EnvValue::Typed(_) => "a secret that was given".to_owned(),
            EnvValue::Secret => {
                let place = self.settings.remedy_secrets.get(&(self.remedy.clone(), variable.to_owned()));
                format!("a secret, read when it runs{}", place.map(at).unwrap_or_default())
            }
        }
    }

    fn request(&mut self, name: &str, http: &HttpCall) {
        self.row(name, &format!("{} {}", http.method, discreet::text(&http.url)));
        for (header, value) in &http.headers {
            self.row("header", &format!("{header}: {}", quoted(&discreet::text(value))));
        }
        if let Some(access) = self.settings.remedy_access.get(self.remedy) {
            for header in access.headers.keys() {
                self.row("header", &format!("{header}: as configured"));
            }
        }
        if let Some(body) = &http.body {
            let text = serde_json::to_string(&body.discreet()).unwrap_or_default();
            self.row("body", &text);
        }
        if http.poll.is_some() {
            self.row("followed", "to its end");
        }
    }
}

fn at(place: &SecretRef) -> String {
    match place {
        SecretRef::Env(name) => format!(", from the variable {name}"),
        SecretRef::File(path) => format!(", from the file {}", path.display()),
        SecretRef::Command(argv) => format!(", from the command {}", argv.first().map_or("", String::as_str)),
    }
}

/// A text as JSON, with everything that a terminal would act on or hide written by its number (`\u202e`): nothing is lost, and
/// nothing is taken for something else.
pub(super) fn quoted(text: &str) -> String {
    let plain = serde_json::to_string(text).unwrap_or_default();
    let mut made = String::with_capacity(plain.len());
    let mut room = [0; 4];
    for character in plain.chars() {
        let one: &str = character.encode_utf8(&mut room);
        if harmless::line(one, 9) == one {
            made.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(made, "\\u{unit:04x}");
            }
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_argument_is_shown_whole_on_one_harmless_line(text in "(?s).*") {
            let shown = quoted(&text);
            prop_assert_eq!(harmless::line(&shown, usize::MAX), shown.as_str());
            prop_assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }

    #[test]
    fn what_hides_is_seen() {
        assert_eq!(quoted("a\u{202e}b\u{0}\n"), "\"a\\u202eb\\u0000\\n\"");
    }
}
