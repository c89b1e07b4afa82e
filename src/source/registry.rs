//! From a kind of source to its adapter. The only place that names them all.

use std::sync::Arc;

use super::alertmanager::Alertmanager;
use super::file::FileTail;
use super::host::{Host, LogCounts};
use super::journald::Journald;
use super::options::{KindOptions, SourceOptions};
use super::prometheus::Prometheus;
use super::{Source, SourceError};
use crate::domain::Reading;
use crate::domain::signal::SignalKey;

/// What adapters of this machine share, and what was kept of its readings.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// How many log lines came, and how many of them were errors.
    pub counts: Arc<LogCounts>,
    /// Readings that the store kept.
    pub history: Vec<(SignalKey, Vec<Reading>)>,
}

/// Makes the adapter for a source; nothing is asked yet.
///
/// # Errors
/// Options that cannot be used, such as a certificate that cannot be read.
pub fn build(options: &SourceOptions, context: &Context) -> Result<Box<dyn Source>, SourceError> {
    Ok(match &options.kind {
        KindOptions::Prometheus(own) => Box::new(Prometheus::new(own, options)?),
        KindOptions::Alertmanager(own) => Box::new(Alertmanager::new(own, options)?),
        KindOptions::Host(own) => {
            let mut host = Host::new(own, options).with_log_counts(Arc::clone(&context.counts));
            host.preload(context.history.clone());
            Box::new(host)
        }
        KindOptions::Journald(own) => Box::new(Journald::new(own, options)),
        KindOptions::File(own) => Box::new(FileTail::new(own, options)),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::SourceName;
    use crate::domain::severity::SeverityTable;
    use crate::source::options::{AlertmanagerOptions, FileOptions, HttpOptions, JournaldOptions, PrometheusOptions};

    #[test]
    fn a_kind_gets_the_adapter_of_its_name_and_wrong_options_are_told() {
        let build = |kind: KindOptions| {
            let options = SourceOptions {
                name: SourceName::new("am-eu"),
                every: Duration::from_secs(15),
                timeout: Duration::from_secs(5),
                off: false,
                severity: SeverityTable::default(),
                kind,
            };
            super::build(&options, &Context::default())
        };
        let http = HttpOptions { urls: vec!["http://h".to_owned()], ..HttpOptions::default() };
        for kind in [
            KindOptions::Prometheus(PrometheusOptions { http: http.clone(), ..PrometheusOptions::default() }),
            KindOptions::Alertmanager(AlertmanagerOptions { http, ..AlertmanagerOptions::default() }),
            KindOptions::Journald(JournaldOptions::default()),
            KindOptions::File(FileOptions::default()),
        ] {
            let adapter = build(kind.clone()).unwrap();
            assert_eq!(adapter.kind(), kind.word());
            assert_eq!(adapter.muting().is_some(), adapter.tells().mutes);
        }
        let nowhere = build(KindOptions::Prometheus(PrometheusOptions::default()));
        assert!(nowhere.err().is_some_and(|error| error.what.contains("source 'am-eu' has no url")));
    }
}
