//! What a list names and what has to be in the configuration: whether it is there is known later.

use crate::config::diagnostic::Diagnostic;
use crate::config::kinds;
use crate::config::nearest::nearest;
use crate::config::reader::{Item, Table};
use crate::config::settings::Settings;

/// Something that is named.
#[derive(Debug)]
pub(in crate::config) struct Named {
    name: String,
    what: What,
    /// A warning at its place that lacks its words.
    place: Diagnostic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Remedy,
    /// A source that answers queries.
    Metrics,
    /// A source that tells log lines.
    Logs,
}

/// What one item names.
pub(super) fn of(table: &Table<'_>) -> Vec<Named> {
    let probe = table.item("probe").filter(Item::is_table).and_then(|probe| probe.table("a table"));
    let source = probe.and_then(|probe| {
        let what = if probe.item("query").is_some() { What::Metrics } else { What::Logs };
        named(&probe.item("source")?, what)
    });
    table.item("remedy").and_then(|item| named(&item, What::Remedy)).into_iter().chain(source).collect()
}

fn named(item: &Item<'_>, what: What) -> Option<Named> {
    Some(Named { name: item.as_text()?.trim().to_owned(), what, place: item.warning("") })
}

impl Named {
    /// The warning, if it is not in the configuration.
    pub(in crate::config) fn missing(self, settings: &Settings) -> Option<Diagnostic> {
        let name = &self.name;
        let told = |message: String, known: Option<&str>| Diagnostic { message, ..self.place.clone() }.meant(known);
        if self.what == What::Remedy {
            let known = || settings.remedies.iter().map(|remedy| remedy.id.as_str());
            let message = || format!("there is no remedy '{name}', so none is offered");
            return (!known().any(|known| known == name)).then(|| told(message(), nearest(name, known())));
        }
        let is_fit = |kind: &str| {
            kinds::kind(kind).is_some_and(|kind| match self.what {
                What::Metrics => kind.answers_queries,
                What::Remedy | What::Logs => kind.tells_logs,
            })
        };
        let fit =
            || settings.sources.iter().filter(|source| is_fit(source.kind.word())).map(|source| source.name.as_str());
        let does = if self.what == What::Metrics { "answers no queries" } else { "tells no log lines" };
        let Some(source) = settings.sources.iter().find(|source| source.name.as_str() == name) else {
            let message = format!("there is no source '{name}', so what this probe asks is not known");
            return Some(told(message, nearest(name, fit())));
        };
        let kind = source.kind.word();
        (!is_fit(kind)).then(|| told(format!("'{name}' is a source of kind '{kind}', which {does}"), None))
    }
}
