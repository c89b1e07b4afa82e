//! A server's certificate as it is shown to everybody, an expired one too: nothing is asked, nothing is sent but the
//! handshake.

mod verifier;

use std::net::Ipv6Addr;
use std::path::Path;
use std::sync::Arc;

use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::time::Time;

use self::verifier::{Shown, Watching};
use super::client::install_provider;
use crate::domain::{Moment, harmless};
use crate::source::{ErrorKind, SourceError};

/// The longest name that is told, in characters.
const NAME: usize = 120;
/// The most names of one certificate that are read.
const NAMES: usize = 200;

/// A certificate. Its texts are harmless.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// When it begins.
    pub begins: Moment,
    /// When it ends.
    pub ends: Moment,
    /// The names that it is for.
    pub names: Vec<String>,
    /// Whose it is.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Whether it is for the host that was asked; in words, why not.
    pub name_fits: Result<(), String>,
    /// Whether this machine trusts it; in words, why not.
    pub trusted: Result<(), String>,
    /// Whether the server showed that it holds the certificate's key.
    pub proved: bool,
    /// Why the handshake did not end well although the certificate came.
    pub unfinished: Option<String>,
}

/// Looks at the certificate of a server. `ca` is a PEM file of authorities to trust beside the system's.
///
/// # Errors
/// Where no certificate came, or none that can be read.
pub async fn look(host: &str, port: u16, ca: Option<&Path>) -> Result<Seen, SourceError> {
    install_provider();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let at = if bare.parse::<Ipv6Addr>().is_ok() { format!("[{bare}]:{port}") } else { format!("{bare}:{port}") };
    let name = ServerName::try_from(bare.to_owned()).map_err(|_| {
        SourceError::new(ErrorKind::NotFound, format!("{at}: '{bare}' is no name of a host")).advise("correct the host")
    })?;
    let watching = Arc::new(Watching::new(authorities(ca)?)?);
    let stream = TcpStream::connect((bare, port)).await.map_err(|error| {
        SourceError::new(ErrorKind::Connect, format!("{at}: cannot connect: {error}")).advise("does it run there?")
    })?;
    let verifier: Arc<Watching> = Arc::clone(&watching);
    let config = ClientConfig::builder().dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    let ended = TlsConnector::from(Arc::new(config)).connect(name.clone(), stream).await;
    let unfinished = ended.err().map(|error| error.to_string());
    let Some(shown) = watching.shown() else {
        let why = unfinished.unwrap_or_else(|| "it showed none".to_owned());
        return Err(SourceError::new(ErrorKind::Tls, format!("{at}: no certificate came: {why}"))
            .advise("does it speak TLS at this port?"));
    };
    read(&shown, &name, unfinished).map_err(|why| {
        SourceError::new(ErrorKind::Malformed, format!("{at}: its certificate cannot be read: {why}"))
            .advise("look at it with openssl s_client")
    })
}

/// The authorities of a file.
fn authorities(ca: Option<&Path>) -> Result<Vec<CertificateDer<'static>>, SourceError> {
    let Some(path) = ca else { return Ok(Vec::new()) };
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match read {
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) => Err(no_authority(path, "it holds no certificate")),
        Err(error) => Err(no_authority(path, &error.to_string())),
    }
}

fn no_authority(path: &Path, why: &str) -> SourceError {
    SourceError::new(ErrorKind::Missing, format!("cannot read authorities from {}: {why}", path.display()))
        .advise("it must hold certificates in PEM, and this user must be able to read it")
}

fn read(shown: &Shown, name: &ServerName<'_>, unfinished: Option<String>) -> Result<Seen, String> {
    let certificate = Certificate::from_der(&shown.leaf).map_err(|error| error.to_string())?;
    let about = certificate.tbs_certificate();
    let line = |text: String| harmless::line(&text, NAME).into_owned();
    let names = match about.get_extension::<SubjectAltName>() {
        Ok(Some((_, SubjectAltName(names)))) => names.iter().filter_map(told).take(NAMES).map(line).collect(),
        _ => Vec::new(),
    };
    Ok(Seen {
        begins: moment(about.validity().not_before)?,
        ends: moment(about.validity().not_after)?,
        names,
        subject: line(about.subject().to_string()),
        issuer: line(about.issuer().to_string()),
        name_fits: name_fits(&shown.leaf, name),
        trusted: shown.trusted.clone(),
        proved: shown.proved,
        unfinished: unfinished.map(line),
    })
}

fn moment(time: Time) -> Result<Moment, String> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).map_err(|error| error.to_string())?;
    Moment::from_timestamp(seconds, 0).ok_or_else(|| "its times cannot be read".to_owned())
}

fn told(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(name.to_string()),
        GeneralName::IpAddress(bytes) => {
            let bytes = bytes.as_bytes();
            let four = <[u8; 4]>::try_from(bytes).map(std::net::IpAddr::from);
            four.or_else(|_| <[u8; 16]>::try_from(bytes).map(std::net::IpAddr::from)).ok().map(|ip| ip.to_string())
        }
        _ => None,
    }
}

fn name_fits(leaf: &CertificateDer<'_>, name: &ServerName<'_>) -> Result<(), String> {
    let parsed = ParsedCertificate::try_from(leaf).map_err(|error| format!("it is no usable certificate: {error}"))?;
    verify_server_name(&parsed, name).map_err(|error| words(&error))
}

/// Why a certificate is not trusted.
fn words(error: &rustls::Error) -> String {
    let rustls::Error::InvalidCertificate(problem) = error else { return error.to_string() };
    match problem {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "signed by an authority that this machine does not trust".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "it is not valid yet".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another name".to_owned()
        }
        other => other.to_string(),
    }
}

/// Reads these bytes as the certificate of a server.
#[cfg(any(test, fuzzing))]
pub(super) fn taken_apart(der: &[u8]) -> Result<Seen, String> {
    let name = ServerName::try_from("host.example").map_err(|error| error.to_string())?;
    let leaf = CertificateDer::from(der.to_vec());
    read(&Shown { leaf, trusted: Ok(()), proved: false }, &name, None)
}
