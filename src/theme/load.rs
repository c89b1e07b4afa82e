//! From a name to a theme that is ready to be drawn with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ratatui::style::{Color, Style};

use super::capability::Capability;
use super::colour;
use super::degrade::degrade;
use super::file::{self, Look, Sheet, Word};
use super::role::Role;
use super::shipped::{self, DEFAULT};
use super::{Theme, ThemeProblem};
use crate::rows::{self, Problem};

impl Theme {
    /// Loads a theme by name for what the terminal can show: one of the operator's own (`NAME.toml` in
    /// `user_dir`), else one that ships. What is wrong is told and left out; a theme that cannot be found is
    /// told, and the default stands in for it.
    #[must_use]
    pub fn load(name: &str, user_dir: Option<&Path>, capability: Capability, ascii: bool) -> (Self, Vec<ThemeProblem>) {
        let mut chain = Chain { user_dir, sheets: Vec::new(), read: Vec::new(), found: Vec::new() };
        let name = if chain.add(name, None) {
            name
        } else {
            let problem = Problem::of_file(Path::new("theme"), &chain.unknown(name));
            chain.found.push(problem.meant(name, chain.known().iter().map(String::as_str)));
            chain.add(DEFAULT, None);
            DEFAULT
        };
        let Chain { sheets, mut found, .. } = chain;
        let root = sheets.last().filter(|(_, sheet)| sheet.inherits.is_none()).map(|(file, _)| file.clone());
        let merged = Merged::of(sheets);
        found.extend(root.and_then(|root| merged.silent_roles(&root)));
        let styles = Role::ALL.iter().map(|role| merged.style(*role, capability, &mut found)).collect();
        found.sort_by(|a, b| (&a.file, a.at).cmp(&(&b.file, b.at)));
        (Self { name: name.to_owned(), styles, ascii }, found)
    }
}

/// Where a theme was read from: the operator's folder or the shipped ones.
type Origin = (String, bool);

/// A theme and those that it builds on, itself first.
struct Chain<'a> {
    user_dir: Option<&'a Path>,
    sheets: Vec<(PathBuf, Sheet)>,
    read: Vec<Origin>,
    found: Vec<ThemeProblem>,
}

impl Chain<'_> {
    /// Adds a theme and what it builds on. False if there is none of this name. One of the operator's own that
    /// inherits its own name builds on the shipped one.
    fn add(&mut self, name: &str, heir: Option<&Origin>) -> bool {
        let itself = heir.is_some_and(|(heir, own)| *own && heir == name);
        let Some((file, text, own)) = self.find(name, itself) else { return false };
        let origin = (name.to_owned(), own);
        let (sheet, problems) = file::read(&file, &text);
        self.found.extend(problems);
        self.read.push(origin.clone());
        let parent = sheet.inherits.clone();
        self.sheets.push((file.clone(), sheet));
        if let Some((parent, at)) = parent {
            let shipped_only = own && parent == name;
            let is_own = !shipped_only && self.own_path(&parent).is_some();
            if self.read.contains(&(parent.clone(), is_own)) {
                let message = format!("'{parent}' is inherited in a circle; it is taken once");
                self.found.push(Problem::of_file(&file, &message).at(at));
            } else if !self.add(&parent, Some(&origin)) {
                let problem = Problem::of_file(&file, &self.unknown(&parent)).at(at);
                self.found.push(problem.meant(&parent, self.known().iter().map(String::as_str)));
            }
        }
        true
    }

    /// Reads the text of a theme: the operator's own first, unless only the shipped one is meant.
    fn find(&mut self, name: &str, shipped_only: bool) -> Option<(PathBuf, String, bool)> {
        if let Some(path) = self.own_path(name).filter(|_| !shipped_only) {
            match rows::text_of(&path) {
                Ok(Some(text)) => return Some((path, text, true)),
                // Gone since it was looked for.
                Ok(None) => {}
                Err(why) => self.found.push(Problem::of_file(&path, &why)),
            }
        }
        shipped::text(name).map(|text| (PathBuf::from(format!("{name}.toml")), text.to_owned(), false))
    }

    /// The operator's own file for a name, if it is there.
    fn own_path(&self, name: &str) -> Option<PathBuf> {
        let path = self.user_dir.filter(|_| file::is_name(name))?.join(format!("{name}.toml"));
        path.exists().then_some(path)
    }

    fn known(&self) -> Vec<String> {
        shipped::list(self.user_dir).into_iter().map(|listed| listed.name).collect()
    }

    fn unknown(&self, name: &str) -> String {
        let message = format!("there is no theme '{name}', only {}", self.known().join(", "));
        match self.user_dir {
            Some(folder) => format!("{message}; themes of your own belong into {}", folder.display()),
            None => message,
        }
    }
}

/// A theme with all that it inherits.
#[derive(Default)]
struct Merged {
    palette: BTreeMap<String, Color>,
    ansi16: BTreeMap<String, Color>,
    roles: BTreeMap<&'static str, Look>,
}

impl Merged {
    /// The last sheet is the one that all others build on. A word that is given another colour loses what it
    /// was on sixteen colours, and a role is replaced whole.
    fn of(sheets: Vec<(PathBuf, Sheet)>) -> Self {
        let mut made = Self::default();
        for (_, sheet) in sheets.into_iter().rev() {
            for word in sheet.palette.keys() {
                made.ansi16.remove(word);
            }
            made.palette.extend(sheet.palette);
            made.ansi16.extend(sheet.ansi16);
            made.roles.extend(sheet.roles.into_iter().map(|(role, look)| (role.name(), look)));
        }
        made
    }

    /// Tells the roles that a theme which builds on no other says nothing of.
    fn silent_roles(&self, root: &Path) -> Option<ThemeProblem> {
        let silent = |role: &&Role| !self.roles.contains_key(role.name());
        let names: Vec<&str> = Role::ALL.iter().filter(silent).map(|role| role.name()).collect();
        let message = format!("says nothing of {}: plain; inherits = \"{DEFAULT}\" would fill them", names.join(", "));
        (!names.is_empty()).then(|| Problem::of_file(root, &message))
    }

    /// How a role looks. One that the theme does not mention is plain.
    fn style(&self, role: Role, capability: Capability, found: &mut Vec<ThemeProblem>) -> Style {
        let Some(look) = self.roles.get(role.name()) else { return degrade(Style::new(), role, capability) };
        let mut colour = |word: &Option<Word>| word.as_ref().and_then(|word| self.colour(word, capability, found));
        let style = Style { fg: colour(&look.fg), bg: colour(&look.bg), ..Style::new() };
        degrade(style.add_modifier(look.modifiers), role, capability)
    }

    fn colour(&self, word: &Word, capability: Capability, found: &mut Vec<ThemeProblem>) -> Option<Color> {
        let few = self.ansi16.get(&word.text).filter(|_| capability == Capability::Ansi16);
        let colour = few.or_else(|| self.palette.get(&word.text)).copied().or_else(|| colour::parse(&word.text));
        if colour.is_none() {
            let message = format!("'{}' is no word of the palette and no colour", word.text);
            let known = self.palette.keys().map(String::as_str).chain(colour::names());
            found.push(Problem::of_file(&word.file, &message).at(word.at).meant(&word.text, known));
        }
        colour
    }
}
