//! From a kind of source to its adapter. The only place that names them all.

use super::alertmanager::Alertmanager;
use super::options::{KindOptions, SourceOptions};
use super::prometheus::Prometheus;
use super::{ErrorKind, Source, SourceError};

/// Makes the adapter for a source; nothing is asked yet.
///
/// # Errors
/// Options that cannot be used, such as a certificate that cannot be read.
pub fn build(options: &SourceOptions) -> Result<Box<dyn Source>, SourceError> {
    Ok(match &options.kind {
        KindOptions::Prometheus(own) => Box::new(Prometheus::new(own, options)?),
        KindOptions::Alertmanager(own) => Box::new(Alertmanager::new(own, options)?),
        // MERGE: replace by `host::Host::new(own, options)`, `journald::Journald::new(own, options)` and
        // `file::File::new(own, options)`.
        KindOptions::Host(_) | KindOptions::Journald(_) | KindOptions::File(_) => return Err(missing(options)),
    })
}

fn missing(options: &SourceOptions) -> SourceError {
    let (name, kind) = (&options.name, options.kind.word());
    SourceError::new(ErrorKind::Missing, format!("source '{name}': this build has no adapter for {kind}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::SourceName;
    use crate::domain::severity::SeverityTable;
    use crate::source::options::{AlertmanagerOptions, HttpOptions, PrometheusOptions};

    #[test]
    fn a_kind_gets_the_adapter_of_its_name_and_wrong_options_are_told() {
        let build = |kind: KindOptions| {
            super::build(&SourceOptions {
                name: SourceName::new("am-eu"),
                every: Duration::from_secs(15),
                timeout: Duration::from_secs(5),
                off: false,
                severity: SeverityTable::default(),
                kind,
            })
        };
        let http = HttpOptions { urls: vec!["http://h".to_owned()], ..HttpOptions::default() };
        for kind in [
            KindOptions::Prometheus(PrometheusOptions { http: http.clone(), ..PrometheusOptions::default() }),
            KindOptions::Alertmanager(AlertmanagerOptions { http, ..AlertmanagerOptions::default() }),
        ] {
            let adapter = build(kind.clone()).unwrap();
            assert_eq!(adapter.kind(), kind.word());
            assert_eq!(adapter.muting().is_some(), adapter.tells().mutes);
        }
        let nowhere = build(KindOptions::Prometheus(PrometheusOptions::default()));
        assert!(nowhere.err().is_some_and(|error| error.what.contains("source 'am-eu' has no url")));
    }
}
