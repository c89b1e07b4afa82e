//! Servers with a certificate that is not theirs, and such that want one of who asks; of each one for TLS 1.2 and one
//! for TLS 1.3.

use std::sync::Arc;

use rustls::crypto::ring::{default_provider, sign::any_supported_type};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use rustls::{ConfigBuilder, ServerConfig, WantsVerifier};

use super::TestServer;

/// A certificate for loopback until 2090, signed by itself, and its key.
fn certificate() -> (rcgen::Certificate, PrivateKeyDer<'static>) {
    let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(2090, 1, 1);
    let key = rcgen::KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap(), PrivateKeyDer::Pkcs8(key.serialize_der().into()))
}

fn configs() -> [ConfigBuilder<ServerConfig, WantsVerifier>; 2] {
    [&TLS12, &TLS13].map(|version| {
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        config.with_protocol_versions(&[version]).unwrap()
    })
}

impl TestServer {
    /// They show a certificate whose key they do not hold.
    pub async fn start_forged() -> Vec<Self> {
        let mut all = Vec::new();
        for config in configs() {
            let ((shown, _), (_, other)) = (certificate(), certificate());
            // Not checked: a key that does not belong to the certificate would be refused.
            let forged = CertifiedKey::new(vec![shown.der().clone()], any_supported_type(&other).unwrap());
            let config = config.with_no_client_auth().with_cert_resolver(Arc::new(SingleCertAndKey::from(forged)));
            all.push(Self::start_tls(Arc::new(config)).await);
        }
        all
    }

    /// They talk to nobody without a certificate.
    pub async fn start_wary() -> Vec<Self> {
        let mut all = Vec::new();
        for config in configs() {
            let (shown, key) = certificate();
            let mut roots = rustls::RootCertStore::empty();
            roots.add(shown.der().clone()).unwrap();
            let who = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::new(default_provider()));
            let config = config.with_client_cert_verifier(who.build().unwrap());
            let config = config.with_single_cert(vec![shown.der().clone()], key).unwrap();
            all.push(Self::start_tls(Arc::new(config)).await);
        }
        all
    }
}
