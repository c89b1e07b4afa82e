//! A good certificate of an authority to trust, and the bad ones.

use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

use super::Fault;

/// One certificate for each thing that can be wrong with one.
pub struct Certificates {
    good: TlsAcceptor,
    expired: TlsAcceptor,
    elsewhere: TlsAcceptor,
    stranger: TlsAcceptor,
}

type Issuer = CertifiedIssuer<'static, KeyPair>;

impl Certificates {
    /// Makes them; the authority to trust goes to a file.
    pub fn write(ca: &Path) -> Self {
        let (ours, theirs) = (authority("midwatch test authority"), authority("a stranger"));
        std::fs::write(ca, ours.pem()).expect("a certificate can be written");
        let names = |name: &str| CertificateParams::new(vec![name.to_owned()]).expect("a name of a certificate");
        let mut old = names("127.0.0.1");
        old.not_before = rcgen::date_time_ymd(2020, 1, 1);
        old.not_after = rcgen::date_time_ymd(2021, 1, 1);
        Self {
            good: signed(&names("127.0.0.1"), &ours),
            expired: signed(&old, &ours),
            elsewhere: signed(&names("elsewhere.example"), &ours),
            stranger: signed(&names("127.0.0.1"), &theirs),
        }
    }

    /// The one of a fault.
    pub fn acceptor(&self, fault: Fault) -> &TlsAcceptor {
        match fault {
            Fault::Expired => &self.expired,
            Fault::WrongName => &self.elsewhere,
            Fault::Stranger => &self.stranger,
            _ => &self.good,
        }
    }
}

fn authority(name: &str) -> Issuer {
    let mut params = CertificateParams::new(vec![]).expect("no names are no mistake");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}

fn signed(params: &CertificateParams, issuer: &Issuer) -> TlsAcceptor {
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, issuer).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("versions of TLS").with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.der().clone()], key).expect("a key of its certificate");
    TlsAcceptor::from(Arc::new(config))
}
