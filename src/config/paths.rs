//! Where midwatch's files are on this platform.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The name of the configuration file.
pub const FILE: &str = "config.toml";
/// The folder of the operator's own themes, beside the configuration file.
pub const THEMES: &str = "themes";
/// The folder of the operator's own runbooks, beside the configuration file.
pub const RUNBOOKS: &str = "runbooks";
/// The most runbooks that are taken from it.
pub const MOST_RUNBOOKS: usize = 500;
/// The folder of the operator's own checklists, beside the configuration file.
pub const CHECKLISTS: &str = "checklists";
/// The most checklists that are taken from it.
pub const MOST_CHECKLISTS: usize = 200;
/// The operator's own keys, beside the configuration file.
pub const KEYMAP: &str = "keymap.toml";
/// The name of the store in the state folder.
pub const STORE: &str = "midwatch.db";

/// The most of an environment's name that stands in a file's.
const LONGEST: usize = 60;

/// The folders that belong to midwatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// What the operator writes; Linux: `~/.config/midwatch`.
    pub config: PathBuf,
    /// What midwatch keeps; Linux: `~/.local/state/midwatch`.
    pub state: PathBuf,
    /// The operator's home, for `~`.
    pub home: PathBuf,
}

impl Folders {
    /// The platform's folders. A process without a home keeps everything in `.midwatch` of the folder that it
    /// was started in.
    #[must_use]
    pub fn here() -> Self {
        let home = directories::BaseDirs::new().map(|base| base.home_dir().to_owned());
        match ProjectDirs::from("", "", "midwatch") {
            Some(project) => Self {
                config: project.config_dir().to_owned(),
                state: project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_owned(),
                home: home.unwrap_or_else(|| PathBuf::from("/")),
            },
            None => {
                Self { config: PathBuf::from(".midwatch"), state: PathBuf::from(".midwatch"), home: PathBuf::from("/") }
            }
        }
    }

    /// The configuration file that is read if none is named.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.config.join(FILE)
    }

    /// The store that is used if none is named. Each environment has its own, so that incidents of one are never
    /// taken for incidents of another that has sources of the same name.
    #[must_use]
    pub fn store_file(&self, environment: Option<&str>) -> PathBuf {
        let Some(environment) = environment else { return self.state.join(STORE) };
        let plain = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '_' };
        let name: String = environment.chars().map(plain).take(LONGEST).collect();
        self.state.join(format!("midwatch-{name}.db"))
    }
}

/// The names of the operator's own themes beside a configuration file, in order.
#[must_use]
pub fn own_themes(config_file: &Path) -> Vec<String> {
    let folder = config_file.parent().unwrap_or_else(|| Path::new(".")).join(THEMES);
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The operator's own runbooks beside a configuration file, by their names without `.md`, in order; of more than
/// [`MOST_RUNBOOKS`] the first ones. Then how many there are.
#[must_use]
pub fn own_runbooks(config_file: &Path) -> (Vec<(String, PathBuf)>, usize) {
    let mut found = own_files(config_file, RUNBOOKS, "md");
    let all = found.len();
    found.truncate(MOST_RUNBOOKS);
    (found, all)
}

/// The same for checklists, by their names without `.toml`; of more than [`MOST_CHECKLISTS`] the first ones.
#[must_use]
pub fn own_checklists(config_file: &Path) -> (Vec<(String, PathBuf)>, usize) {
    let mut found = own_files(config_file, CHECKLISTS, "toml");
    let all = found.len();
    found.truncate(MOST_CHECKLISTS);
    (found, all)
}

/// The files with an ending in a folder beside a configuration file, by their names without it, in order.
fn own_files(config_file: &Path, folder: &str, ending: &str) -> Vec<(String, PathBuf)> {
    let folder = config_file.parent().unwrap_or_else(|| Path::new(".")).join(folder);
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    let mut found: Vec<(String, PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == ending) && path.is_file())
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_themes_are_the_toml_files_beside_the_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join(FILE);
        assert_eq!(own_themes(&config), Vec::<String>::new());
        std::fs::create_dir(folder.path().join(THEMES)).unwrap();
        for name in ["dusk.toml", "dawn.toml", "notes.md"] {
            std::fs::write(folder.path().join(THEMES).join(name), "").unwrap();
        }
        assert_eq!(own_themes(&config), ["dawn", "dusk"]);
    }

    #[test]
    fn own_runbooks_are_the_markdown_files_beside_the_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join(FILE);
        assert_eq!(own_runbooks(&config), (Vec::new(), 0));
        let own = folder.path().join(RUNBOOKS);
        std::fs::create_dir_all(own.join("folder.md")).unwrap();
        for name in ["disk.md", "Checkout errors.md", "notes.txt"] {
            std::fs::write(own.join(name), "").unwrap();
        }
        let (found, all) = own_runbooks(&config);
        let expected = ["Checkout errors", "disk"].map(|name| (name.to_owned(), own.join(format!("{name}.md"))));
        assert_eq!((found.as_slice(), all), (&expected[..], 2));
        for row in 0..MOST_RUNBOOKS {
            std::fs::write(own.join(format!("more-{row:03}.md")), "").unwrap();
        }
        let (found, all) = own_runbooks(&config);
        assert_eq!((found.len(), all), (MOST_RUNBOOKS, MOST_RUNBOOKS + 2));
        assert_eq!(found[0].0, "Checkout errors");
    }

    #[test]
    fn the_folders_carry_our_name() {
        let folders = Folders::here();
        assert!(folders.config_file().to_string_lossy().contains("midwatch"));
        assert!(folders.store_file(None).ends_with(STORE));
        assert!(folders.store_file(Some("prod/eu")).ends_with("midwatch-prod_eu.db"));
    }
}
