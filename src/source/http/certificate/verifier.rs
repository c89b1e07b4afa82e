//! Sees what a server shows, asks whether it is trusted, and goes on either way: nothing secret is sent afterwards.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::words;
use crate::source::{ErrorKind, SourceError};

/// What a server showed.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its own certificate.
    pub(super) leaf: CertificateDer<'static>,
    /// Whether it is trusted; in words, why not.
    pub(super) trusted: Result<(), String>,
    /// Whether the server showed that it holds the key: anybody can show a certificate of somebody else.
    pub(super) proved: bool,
}

/// Remembers what was shown. That the server holds the key is checked as ever.
#[derive(Debug)]
pub(super) struct Watching {
    provider: Arc<CryptoProvider>,
    /// `Err` where this machine has no authorities to ask.
    inner: Result<Verifier, String>,
    shown: Mutex<Option<Shown>>,
    proved: AtomicBool,
}

impl Watching {
    /// Trusts the system's authorities and these.
    ///
    /// # Errors
    /// One of these is no certificate.
    pub(super) fn new(authorities: Vec<CertificateDer<'static>>) -> Result<Self, SourceError> {
        let provider = Arc::new(ring::default_provider());
        let inner = match Verifier::new_with_extra_roots(authorities, Arc::clone(&provider)) {
            Err(error @ Error::InvalidCertificate(_)) => {
                return Err(SourceError::new(ErrorKind::Missing, format!("an authority cannot be used: {error}")));
            }
            other => other.map_err(|error| format!("this machine's authorities cannot be read: {error}")),
        };
        Ok(Self { provider, inner, shown: Mutex::new(None), proved: AtomicBool::new(false) })
    }

    /// What was shown, if something was.
    pub(super) fn shown(&self) -> Option<Shown> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        Some(Shown { proved: self.proved.load(Ordering::Acquire), ..shown })
    }

    /// Remembers that a signature with the certificate's key was right.
    fn noted(&self, checked: Result<HandshakeSignatureValid, Error>) -> Result<HandshakeSignatureValid, Error> {
        if checked.is_ok() {
            self.proved.store(true, Ordering::Release);
        }
        checked
    }
}

impl ServerCertVerifier for Watching {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let trusted = match &self.inner {
            Ok(inner) => {
                inner.verify_server_cert(leaf, others, name, ocsp, now).map(drop).map_err(|error| words(&error))
            }
            Err(words) => Err(words.clone()),
        };
        let shown = Shown { leaf: leaf.clone().into_owned(), trusted, proved: false };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        self.noted(verify_tls12_signature(message, leaf, signed, algorithms))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        self.noted(verify_tls13_signature(message, leaf, signed, algorithms))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
