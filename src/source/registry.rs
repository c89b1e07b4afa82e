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
