//! TLS: whom midwatch trusts, what it says where it does not, and that it shows its own certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use super::test_server::{Canned, TestServer, no_tls};
use super::tests::{SOON, client, options};
use super::*;
use crate::source::options::TlsOptions;

/// An authority, and a folder with its certificate and those that it signed.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        client::install_provider();
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, "midwatch test authority");
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { issuer, folder }
    }

    fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Signs a certificate, writes `cert.pem` and `key.pem`, and returns both.
    fn sign(&self, mut params: CertificateParams) -> (rcgen::Certificate, KeyPair) {
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate().unwrap();
        let cert = params.signed_by(&key, &self.issuer).unwrap();
        std::fs::write(self.folder.path().join("cert.pem"), cert.pem()).unwrap();
        std::fs::write(self.folder.path().join("key.pem"), key.serialize_pem()).unwrap();
        (cert, key)
    }

    /// A server with a certificate for these names.
    async fn server(&self, params: CertificateParams, clients: bool) -> TestServer {
        let (cert, key) = self.sign(params);
        let builder = ServerConfig::builder();
        let builder = if clients {
            let mut roots = RootCertStore::empty();
            roots.add(self.issuer.der().clone()).unwrap();
            builder.with_client_cert_verifier(WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        let key = rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = builder.with_single_cert(vec![cert.der().clone()], key).unwrap();
        let server = TestServer::start_tls(Arc::new(config)).await;
        server.everything(Canned::json("{}"));
        server
    }
}

fn loopback() -> CertificateParams {
    CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap()
}

fn trusting(server: &TestServer, ca: Option<PathBuf>) -> HttpOptions {
    HttpOptions { tls: TlsOptions { ca, ..TlsOptions::default() }, ..options(&[server.url()]) }
}

async fn refused(options: &HttpOptions) -> SourceError {
    let error = client(options, SOON).get("/x", &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Tls, "{error}");
    error
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_and_another_is_not() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let server = ours.server(loopback(), false).await;
    let reply = client(&trusting(&server, Some(ours.ca())), SOON).get("/x", &[]).await.unwrap();
    assert!(reply.is_success());
    for ca in [Some(theirs.ca()), None] {
        let error = refused(&trusting(&server, ca)).await;
        assert!(error.what.contains("an authority that this machine does not trust"), "{error}");
        assert!(error.advice.contains("set tls.ca of source 'am-eu'"), "{error}");
    }
    assert_eq!(server.seen().len(), 1, "nothing is sent to a stranger");
}

#[tokio::test]
async fn another_name_and_another_time_are_told_apart() {
    let ours = Authority::new();
    let elsewhere = CertificateParams::new(vec!["elsewhere.example".to_owned()]).unwrap();
    let server = ours.server(elsewhere, false).await;
    let error = refused(&trusting(&server, Some(ours.ca()))).await;
    assert!(error.what.contains("is for another name"), "{error}");

    let mut old = loopback();
    old.not_before = rcgen::date_time_ymd(2020, 1, 1);
    old.not_after = rcgen::date_time_ymd(2021, 1, 1);
    let server = ours.server(old, false).await;
    let error = refused(&trusting(&server, Some(ours.ca()))).await;
    assert!(error.what.contains("has expired"), "{error}");
}

#[tokio::test]
async fn a_client_certificate_is_shown_and_its_lack_is_told() {
    let ours = Authority::new();
    let server = ours.server(loopback(), true).await;
    let error = refused(&trusting(&server, Some(ours.ca()))).await;
    assert!(error.to_string().contains("set tls.cert and tls.key of source 'am-eu'"), "{error}");

    ours.sign(CertificateParams::new(vec!["ana".to_owned()]).unwrap());
    let mut with = trusting(&server, Some(ours.ca()));
    let at = |name: &str| Some(ours.folder.path().join(name));
    (with.tls.cert, with.tls.key) = (at("cert.pem"), at("key.pem"));
    assert!(client(&with, SOON).get("/x", &[]).await.unwrap().is_success());
}

#[tokio::test]
async fn a_client_certificate_and_an_authority_that_are_rotated_take_effect_without_a_restart() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let server = ours.server(loopback(), true).await;
    let files = tempfile::tempdir().unwrap();
    let put = |from: &Authority| {
        for name in ["ca.pem", "cert.pem", "key.pem"] {
            // As tools rotate: a new file takes the place of the old one.
            let new = files.path().join("new");
            std::fs::copy(from.folder.path().join(name), &new).unwrap();
            std::fs::rename(&new, files.path().join(name)).unwrap();
        }
    };
    for authority in [&ours, &theirs] {
        authority.sign(CertificateParams::new(vec!["ana".to_owned()]).unwrap());
    }
    put(&theirs);
    let mut with = trusting(&server, Some(files.path().join("ca.pem")));
    (with.tls.cert, with.tls.key) = (Some(files.path().join("cert.pem")), Some(files.path().join("key.pem")));
    let http = client(&with, SOON);
    assert_eq!(http.get("/x", &[]).await.unwrap_err().kind, ErrorKind::Tls, "the old ones are refused");
    put(&ours);
    assert!(http.get("/x", &[]).await.unwrap().is_success(), "the same client, the new files");
    std::fs::write(files.path().join("cert.pem"), "half written").unwrap();
    assert!(http.get("/x", &[]).await.unwrap().is_success(), "the ones before are used");
    let [note] = &http.notes()[..] else { panic!("it is told: {:?}", http.notes()) };
    assert!(note.contains("tls.cert") && note.contains("are used until then"), "{note}");
    put(&ours);
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    assert!(http.notes().is_empty());
}

#[tokio::test]
async fn insecure_takes_any_certificate_and_says_so() {
    let server = Authority::new().server(loopback(), false).await;
    let mut insecure = trusting(&server, None);
    insecure.tls.insecure = true;
    let http = client(&insecure, SOON);
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    assert_eq!(http.notes(), ["certificates are not checked (tls.insecure)"]);
}

#[tokio::test]
async fn a_server_without_tls_is_recognised() {
    let error = refused(&options(&[format!("https://{}", no_tls().await)])).await;
    assert!(error.what.contains("does not speak TLS"), "{error}");
}

#[test]
fn files_that_cannot_be_used_name_their_option() {
    let wrong = |tls: TlsOptions| {
        let options = HttpOptions { tls, ..options(&["https://h".to_owned()]) };
        Http::new(&SourceName::new("am-eu"), &options, SOON).unwrap_err()
    };
    let no_pem = tempfile::NamedTempFile::new().unwrap();
    let file = |path: &Path| Some(path.to_owned());
    for (tls, words) in [
        (TlsOptions { ca: file(Path::new("/nowhere/ca.pem")), ..TlsOptions::default() }, "cannot read tls.ca"),
        (TlsOptions { ca: file(no_pem.path()), ..TlsOptions::default() }, "holds no usable PEM"),
        (TlsOptions { cert: file(no_pem.path()), ..TlsOptions::default() }, "tls.cert of source 'am-eu'"),
    ] {
        let error = wrong(tls);
        assert_eq!(error.kind, ErrorKind::Missing);
        assert!(error.what.contains(words), "{error}");
    }
}

/// Says that this process was started without a store of authorities.
const ALONE: &str = "MIDWATCH_TEST_NO_AUTHORITIES";

/// The store of authorities is found by the environment, which one process cannot change safely: the test
/// below runs this one in a process of its own.
#[tokio::test]
async fn without_a_store() {
    // Among the other tests, where there is a store, it has nothing to show.
    if std::env::var_os(ALONE).is_none() {
        return;
    }
    let ours = Authority::new();
    let plain = TestServer::start().await;
    plain.everything(Canned::json("{}"));
    let http = client(&options(&[plain.url()]), SOON);
    assert!(!http.client.no_store(), "plain http asks for no store");
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    assert!(http.notes().is_empty());

    let secure = ours.server(loopback(), false).await;
    assert!(client(&trusting(&secure, None), SOON).client.no_store(), "this process should find no store");
    let error = refused(&trusting(&secure, None)).await;
    assert!(error.to_string().contains("install ca-certificates, or set tls.ca of source 'am-eu'"), "{error}");
    assert!(client(&trusting(&secure, Some(ours.ca())), SOON).get("/x", &[]).await.unwrap().is_success());
}

#[test]
fn a_machine_without_a_store_of_authorities() {
    let empty = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "source::http::tls_tests::without_a_store"])
        .env(ALONE, "1")
        .env("SSL_CERT_FILE", empty.path().join("none.pem"))
        .env("SSL_CERT_DIR", empty.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}
