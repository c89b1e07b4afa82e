//! Builds the client of one source from its options.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Certificate, ClientBuilder, Identity, Proxy};

use crate::domain::SourceName;
use crate::source::options::{HttpOptions, TlsOptions};
use crate::source::{ErrorKind, SourceError};

/// The most of a PEM file that is read, in bytes; a whole store of authorities has a quarter of a megabyte.
const LARGEST_PEM: u64 = 4 * 1024 * 1024;

/// A client, and what an operator should know about it for as long as it lives.
#[derive(Debug, Clone)]
pub(super) struct Built {
    pub client: reqwest::Client,
    /// Whether this machine has no store of authorities, so that only configured ones are trusted.
    pub no_store: bool,
}

/// How long reaching a peer and waiting for its next byte may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub connect: Duration,
    pub read: Duration,
}

/// How much of the time for an answer reaching a peer may take, the TLS handshake included.
pub(super) fn reach(patience: Duration) -> Duration {
    patience.mul_f64(0.7)
}

/// Builds a client that follows no redirect and waits for nothing without a deadline.
pub(super) fn build(source: &SourceName, options: &HttpOptions, patience: Patience) -> Result<Built, SourceError> {
    install_provider();
    let authorities = authorities(source, &options.tls)?;
    let identity = identity(source, &options.tls)?;
    let builder = || -> Result<ClientBuilder, SourceError> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("midwatch/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .connect_timeout(patience.connect)
            .read_timeout(patience.read)
            .pool_idle_timeout(Duration::from_mins(1));
        if let Some(proxy) = &options.proxy {
            builder = builder.proxy(self::proxy(source, proxy)?);
        }
        if let Some(identity) = identity.clone() {
            builder = builder.identity(identity);
        }
        if options.tls.insecure {
            builder = builder.tls_danger_accept_invalid_certs(true);
        }
        Ok(builder)
    };
    if !may_speak_tls(options, |name| std::env::var_os(name).is_some()) {
        // Reading the machine's store of authorities costs more than all else of a start.
        let plain = builder()?.tls_certs_only(authorities).build();
        return plain.map(|client| Built { client, no_store: false }).map_err(|error| unbuilt(source, &error));
    }
    let merged = if authorities.is_empty() { builder()? } else { builder()?.tls_certs_merge(authorities.clone()) };
    match merged.build() {
        Ok(client) => Ok(Built { client, no_store: false }),
        // A host without a store of authorities must still do plain http, and https with a configured one.
        Err(error) if is_missing_store(&error) => match builder()?.tls_certs_only(authorities).build() {
            Ok(client) => Ok(Built { client, no_store: true }),
            Err(error) => Err(unbuilt(source, &error)),
        },
        Err(error) => Err(unbuilt(source, &error)),
    }
}

/// Whether anything that this client may reach wants TLS: an address, or a proxy on the way to it.
fn may_speak_tls(options: &HttpOptions, is_set: impl Fn(&str) -> bool) -> bool {
    const PROXIES: [&str; 4] = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    let is_plain = |url: &str| url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    let mut addresses = options.urls.iter().chain(&options.proxy);
    !addresses.all(|url| is_plain(url)) || PROXIES.iter().any(|name| is_set(name))
}

/// rustls needs one provider of cryptography for the process, chosen before the first client is built.
pub(crate) fn install_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error says that one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

fn is_missing_store(error: &reqwest::Error) -> bool {
    super::failure::chain(error).any(|cause| cause.to_string().contains("No CA certificates were loaded"))
}

fn unbuilt(source: &SourceName, error: &reqwest::Error) -> SourceError {
    let cause = super::failure::root(error);
    SourceError::new(ErrorKind::Tls, format!("the client of source '{source}' cannot be made: {cause}"))
        .advise(format!("check tls and proxy of source '{source}'"))
}

fn proxy(source: &SourceName, url: &str) -> Result<Proxy, SourceError> {
    // The address is not repeated: it may hold a password.
    Proxy::all(url).map_err(|_| {
        SourceError::new(ErrorKind::NotFound, format!("the proxy of source '{source}' is no address"))
            .advise("write it as http://host:port or socks5://host:port")
    })
}

fn authorities(source: &SourceName, tls: &TlsOptions) -> Result<Vec<Certificate>, SourceError> {
    let Some(path) = &tls.ca else { return Ok(Vec::new()) };
    let pem = read(source, "ca", path)?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(all) if !all.is_empty() => Ok(all),
        _ => Err(no_pem(source, "ca", path, "a certificate")),
    }
}

fn identity(source: &SourceName, tls: &TlsOptions) -> Result<Option<Identity>, SourceError> {
    let Some(cert) = &tls.cert else { return Ok(None) };
    let mut pem = read(source, "cert", cert)?;
    if let Some(key) = &tls.key {
        pem.push(b'\n');
        pem.extend(read(source, "key", key)?);
    }
    Identity::from_pem(&pem)
        .map(Some)
        .map_err(|_| no_pem(source, "cert", cert, "a certificate and, there or in tls.key, its unencrypted key"))
}

fn read(source: &SourceName, option: &str, path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST_PEM + 1).read_to_end(&mut bytes));
    let place = || format!("tls.{option} of source '{source}', {}", path.display());
    match read {
        Ok(length) if length as u64 > LARGEST_PEM => {
            let what = format!("{} is larger than {} MiB", place(), LARGEST_PEM >> 20);
            Err(SourceError::new(ErrorKind::Missing, what).advise("name a file of certificates"))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(SourceError::new(ErrorKind::Missing, format!("cannot read {}: {error}", place()))
            .advise("check the path and who may read it")),
    }
}

fn no_pem(source: &SourceName, option: &str, path: &Path, expected: &str) -> SourceError {
    SourceError::new(
        ErrorKind::Missing,
        format!("tls.{option} of source '{source}', {}, holds no usable PEM", path.display()),
    )
    .advise(format!("it must hold {expected}, in PEM"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_speak_tls_reads_the_authorities_of_the_machine() {
        let speaks = |urls: &[&str], proxy: Option<&str>, set: &str| {
            let urls = urls.iter().map(|&url| url.to_owned()).collect();
            let options = HttpOptions { urls, proxy: proxy.map(str::to_owned), ..HttpOptions::default() };
            may_speak_tls(&options, |name| name == set)
        };
        assert!(!speaks(&["http://a:9093", "HTTP://b"], None, ""));
        assert!(!speaks(&["http://a:9093"], Some("http://proxy:3128"), ""));
        assert!(speaks(&["http://a", "https://b"], None, ""));
        assert!(speaks(&["http://a"], Some("https://proxy"), ""));
        assert!(speaks(&["http://a"], Some("socks5://proxy"), ""), "what is not known to be plain may speak it");
        assert!(speaks(&["http://a"], None, "ALL_PROXY"));
    }
}
