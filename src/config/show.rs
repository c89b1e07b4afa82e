//! The effective settings as a configuration file: read back, it comes to the same settings. A secret is
//! shown as where it is kept.

mod remedy;
mod source;
mod value;

use super::checklist::{Adjusted, words};
use super::settings::{Colours, NOTIFY, ServiceSettings, Settings, word_of};
use crate::domain::duration;
use crate::domain::remediation::Origin;
use value::{Sheet, matchers, path, texts};

/// Writes settings out.
#[must_use]
pub fn show(settings: &Settings) -> String {
    let mut sheet = Sheet::default();
    top(settings, &mut sheet);
    sheet.header("[operator]");
    sheet.text("name", &settings.operator);
    sheet.header("[store]");
    sheet.text("url", &format!("sqlite:{}", settings.store.display()));
    sheet.header("[severity]");
    sheet.text("label", settings.severity.label());
    sheet.put("values", source::severities(&settings.severity));
    for options in &settings.sources {
        source::source(options, settings, &mut sheet);
    }
    for row in &settings.services {
        service(row, settings, &mut sheet);
    }
    for runbook in &settings.runbooks {
        sheet.header("[[runbook]]");
        sheet.put("match", matchers(&runbook.matchers));
        sheet.put("path", path(&runbook.path));
    }
    for (url, folder) in &settings.runbook_roots {
        sheet.header("[[runbook_root]]");
        sheet.text("url", url);
        sheet.put("path", path(folder));
    }
    for row in &settings.adjusted {
        adjusted(row, &mut sheet);
    }
    for row in &settings.remedies {
        if let Origin::Preset(file) = &row.origin {
            // Where it is declared it stays: as a remedy of this file it would be trusted as this file is.
            let mut aside = Sheet::default();
            remedy::remedy(row, settings, &mut aside);
            sheet.aside(&format!("from the preset {}:", file.display()), aside);
        } else {
            remedy::remedy(row, settings, &mut sheet);
        }
    }
    sheet.finish()
}

fn top(settings: &Settings, sheet: &mut Sheet) {
    sheet.maybe("environment", settings.environment.clone());
    sheet.text("timezone", settings.timezone.name());
    sheet.put("read_only", settings.read_only);
    sheet.put("allow_write", settings.allow_write);
    sheet.put("group_by", texts(&settings.group_by));
    sheet.text("keep_resolved", &duration::text(settings.keep_resolved));
    sheet.put("log_lines", value::count(settings.log_lines as u64));
    sheet.text("log_level", settings.log_level.word());
    let look = &settings.look;
    sheet.text("theme", &look.theme);
    sheet.text("keymap", &look.keymap);
    sheet.text("colors", word_of(&Colours::WORDS, look.colours));
    sheet.maybe("ascii", look.ascii);
    sheet.put("mouse", look.mouse);
    sheet.put("bell", look.bell);
    sheet.text("notify", word_of(&NOTIFY, look.notify));
    if !settings.presets.is_empty() {
        sheet.put("presets", value::list(&settings.presets, |file| path(file)));
    }
}

/// What is adjusted of a checklist; where it is declared is not repeated.
fn adjusted(row: &Adjusted, sheet: &mut Sheet) {
    sheet.header("[[checklist]]");
    sheet.text("id", row.id.as_str());
    sheet.maybe("schedule", row.schedule.as_ref().map(|(text, _)| text.clone()));
    sheet.maybe("remind", row.remind.map(|remind| word_of(&words::REMIND, remind)));
    if row.off {
        sheet.put("off", true);
    }
}

fn service(row: &ServiceSettings, settings: &Settings, sheet: &mut Sheet) {
    let service = &row.service;
    sheet.header("[[service]]");
    sheet.text("name", &service.name);
    sheet.put("match", matchers(&service.matchers));
    sheet.maybe("owner", service.owner.clone());
    for (source, signal) in source::signals(settings, &service.name) {
        sheet.header(&format!("[service.signals.{}]", value::key(signal.kind.as_str())));
        sheet.text("source", source);
        sheet.text("query", &signal.query);
        sheet.maybe("label", Some(signal.label.clone()).filter(|label| !label.is_empty()));
        sheet.text("unit", &signal.unit);
        sheet.maybe("warn", signal.warn);
        sheet.maybe("critical", signal.critical);
    }
    for (source, slo) in source::slos(settings, &service.name) {
        sheet.header("[service.slo]");
        sheet.put("objective", slo.objective);
        sheet.text("window", &duration::text(slo.window));
        sheet.text("source", source);
        sheet.text("errors", &slo.errors);
        sheet.text("total", &slo.total);
    }
    if let Some(logs) = &row.logs {
        sheet.header("[service.logs]");
        sheet.text("source", logs.source.as_str());
        sheet.maybe("query", logs.query.clone());
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::file;
    use super::super::file::example::EXAMPLE;
    use super::super::machine::tests::bastion;
    use super::*;

    const KINDS: &str = include_str!("file/remedy/tests/kinds.toml");

    #[test]
    fn read_back_it_comes_to_the_same_settings() {
        let some = "log_lines = 500\nascii = true\nnotify = 'off'\ncolors = '256'\npresets = ['team.toml']\n";
        let lists = "[[checklist]]\nid = 'daily'\nschedule = 'workdays 08:30'\nremind = 'off'\n\
                     [[checklist]]\nid = 'weekly'\nschedule = 'on demand'\n[[checklist]]\nid = 'handover'\noff = true\n";
        for text in ["", EXAMPLE, KINDS, some, lists] {
            let (settings, found) = file::read(Path::new("/c/config.toml"), text, &bastion(), &[]);
            assert_eq!(found.iter().filter(|found| found.is_error()).count(), 0, "{found:?}");
            let shown = show(&settings);
            let (mut again, found) = file::read(Path::new("/elsewhere/config.toml"), &shown, &bastion(), &[]);
            assert_eq!(found, [], "{shown}");
            for remedy in &mut again.remedies {
                assert_eq!(remedy.origin, Origin::File("/elsewhere/config.toml".into()));
                remedy.origin = Origin::File("/c/config.toml".into());
            }
            assert_eq!(again, settings, "{shown}");
        }
    }

    #[test]
    fn secrets_are_shown_as_where_they_are_kept() {
        for (text, kept) in [
            (EXAMPLE, "{ env = \"PROM_TOKEN\" }"),
            (KINDS, "X-Token = { env = \"CI_TOKEN\" }"),
            (KINDS, "TOKEN = { file = \"/c/token\" }"),
            (KINDS, "value = { command = [\"pass\", \"show\", \"ci\"] }"),
        ] {
            let (settings, _) = file::read(Path::new("/c/config.toml"), text, &bastion(), &[]);
            let shown = show(&settings);
            assert!(shown.contains(kept), "{shown}");
        }
    }

    #[test]
    fn a_remedy_of_a_preset_is_shown_where_it_is_declared() {
        let (mut settings, _) =
            file::read(Path::new("/c/config.toml"), "presets = ['/srv/team.toml']", &bastion(), &[]);
        let text = "[[remedy]]\nid = 'restart'\ncommand = ['true']\n";
        let (found, _) = file::preset(Path::new("/srv/team.toml"), text, &bastion(), &mut settings);
        assert_eq!(found, []);
        let shown = show(&settings);
        assert!(shown.contains("presets = [\"/srv/team.toml\"]"), "{shown}");
        assert!(shown.contains("\n# from the preset /srv/team.toml:\n# [[remedy]]\n# id = \"restart\"\n"), "{shown}");
        let (again, _) = file::read(Path::new("/c/config.toml"), &shown, &bastion(), &[]);
        assert_eq!(again.remedies, [], "read back it is not a remedy of the operator's own file");
    }
}
