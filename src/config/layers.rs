//! Defaults, then the file, then the command line: each decides over the one before.

use std::path::{Path, PathBuf};

use super::diagnostic::{self, Diagnostic, Problems};
use super::machine::Machine;
use super::nearest::nearest;
use super::settings::{Colours, LogLevel, Settings};
use super::{beside, file, inline, load, paths};

/// What the command line decides, whatever the file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommandLine {
    /// `--config` or `MIDWATCH_CONFIG`.
    pub config: Option<PathBuf>,
    /// `--theme`.
    pub theme: Option<String>,
    /// `--read-only`. It can only forbid, never allow.
    pub read_only: bool,
    /// `--log-level`.
    pub log_level: Option<LogLevel>,
    /// `--no-color`.
    pub no_color: bool,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// What midwatch runs with.
    pub settings: Settings,
    /// The file that was read; `None` if there is none.
    pub file: Option<PathBuf>,
    /// What there is to say although nothing is wrong, in the order of the file.
    pub warnings: Vec<Diagnostic>,
    /// What there is to say of the operator's own checklists.
    pub checklists: OwnChecklists,
}

/// The operator's own checklists, beside those that are in force.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnChecklists {
    /// For each file that is left out: that it is.
    pub refused: Vec<Diagnostic>,
    /// Everything that is wrong or could be better in the files, by file and place.
    pub found: Vec<Diagnostic>,
}

/// Decides what midwatch runs with.
///
/// # Errors
/// Everything that is wrong, at once, warnings among it.
pub fn decide(line: &CommandLine, machine: &Machine) -> Result<Decided, Problems> {
    let file = line.config.clone().unwrap_or_else(|| machine.folders.config_file());
    let themes = paths::own_themes(&file);
    let text = load::load(&file, line.config.is_some()).map_err(|problem| Problems::new(vec![*problem]))?;
    let read = text.is_some();
    let (mut settings, mut found, unknown) = match text {
        Some(text) => {
            let reading = file::reading(&file, &text.text, machine, &themes);
            let (mut settings, found, unknown) = beside::complete(reading, machine);
            settings.file = Some(std::path::absolute(&file).unwrap_or_else(|_| file.clone()));
            (settings, [inline::found(&file, &text), text.warnings, found].concat(), unknown)
        }
        None => (Settings::default_for(machine), Vec::new(), Vec::new()),
    };
    found.extend(beside::own_runbooks(&file, &mut settings));
    let (checklists, wrong) = beside::own_checklists(&file, &machine.folders.home, &mut settings, unknown);
    found.extend(wrong);
    found.extend(apply(line, &mut settings, &themes));
    if found.iter().any(Diagnostic::is_error) {
        return Err(Problems::new(found));
    }
    diagnostic::sort(&mut found);
    Ok(Decided { settings, file: read.then_some(file), warnings: found, checklists })
}

/// Puts the checklists of the folder beside a configuration into settings that were read from it, as it adjusts them.
pub fn offer_checklists(config_file: &Path, machine: &Machine, settings: &mut Settings) -> OwnChecklists {
    beside::own_checklists(config_file, &machine.folders.home, settings, Vec::new()).0
}

/// Puts the command line over the settings; what is wrong with it comes back.
fn apply(line: &CommandLine, settings: &mut Settings, own_themes: &[String]) -> Option<Diagnostic> {
    settings.read_only |= line.read_only;
    if let Some(level) = line.log_level {
        settings.log_level = level;
    }
    if line.no_color {
        settings.look.colours = Colours::None;
    }
    let theme = line.theme.as_deref()?;
    let known: Vec<&str> = file::THEMES.into_iter().chain(own_themes.iter().map(String::as_str)).collect();
    if known.contains(&theme) {
        theme.clone_into(&mut settings.look.theme);
        return None;
    }
    let message = format!("unknown theme '{theme}'; there are {}", known.join(", "));
    Some(Diagnostic::of_file(Path::new("--theme"), &message).meant(nearest(theme, known)))
}

#[cfg(test)]
mod tests {
    use super::super::machine::tests::bastion;
    use super::*;

    fn with_file(text: &str, line: &CommandLine) -> Result<Decided, Problems> {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config.toml");
        std::fs::write(&config, text).unwrap();
        decide(&CommandLine { config: Some(config), ..line.clone() }, &bastion())
    }

    #[test]
    fn each_layer_decides_over_the_one_before() {
        let file = "theme = 'daylight'\nread_only = true\nlog_level = 'warn'\n";
        let settings = with_file(file, &CommandLine::default()).unwrap().settings;
        assert_eq!(
            (settings.look.theme.as_str(), settings.read_only, settings.log_level),
            ("daylight", true, LogLevel::Warn)
        );
        let line = CommandLine {
            theme: Some("mono".into()),
            log_level: Some(LogLevel::Debug),
            no_color: true,
            ..CommandLine::default()
        };
        let settings = with_file(file, &line).unwrap().settings;
        assert_eq!((settings.look.theme.as_str(), settings.log_level), ("mono", LogLevel::Debug));
        assert_eq!(settings.look.colours, Colours::None);
        assert!(settings.read_only, "the command line can forbid, never allow");
        let line = CommandLine { read_only: true, ..CommandLine::default() };
        assert!(with_file("read_only = false\n", &line).unwrap().settings.read_only);
    }

    #[test]
    fn without_a_file_there_are_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let mut machine = bastion();
        machine.folders.config = folder.path().to_owned();
        let decided = decide(&CommandLine::default(), &machine).unwrap();
        assert_eq!((decided.file, decided.settings), (None, Settings::default_for(&machine)));
    }

    #[test]
    fn a_misspelt_theme_is_told_beside_what_is_wrong_in_the_file() {
        let line = CommandLine { theme: Some("midnite".into()), ..CommandLine::default() };
        let problems = with_file("bel = true\n", &line).unwrap_err();
        assert_eq!(problems.iter().count(), 2);
        assert!(problems.to_string().contains("--theme: unknown theme 'midnite'"), "{problems}");
        assert!(problems.to_string().contains("did you mean 'midnight'?"), "{problems}");
    }
}
