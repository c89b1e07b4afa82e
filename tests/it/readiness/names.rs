//! A name that cannot be resolved, and a certificate that has expired: the operator's whole view.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;

use super::config;
use crate::support::home::Home;
use crate::support::pty::Terminal;

/// The screen is up and says why, `status` ends with 3 and says why.
fn is_told(home: &Home, words: &[&str]) {
    let (exit, status) = home.status();
    assert_eq!((exit, &status["verdict"]), (3, &serde_json::Value::from("unknown")), "{status}");
    let error = status["sources"][0]["error"].as_str().expect("the source says why");
    let mut screen = Terminal::open(home, &[], super::SIZE);
    screen.press("0");
    for words in words {
        assert!(error.contains(words), "'{words}' in {error}");
        screen.wait_for(words);
    }
    assert!(!screen.text().contains("all quiet"), "unknown is not fine: {}", screen.text());
}

#[test]
fn a_name_that_cannot_be_resolved() {
    let home = Home::with_config(&config("http://no-such-host.invalid:9093"));
    is_told(&home, &["no-such-host.invalid"]);
}

#[test]
fn a_certificate_that_has_expired() {
    let (port, certificate) = expired();
    let home = Home::new();
    let ca = home.write("ca.pem", &certificate);
    let text = format!("{}tls = {{ ca = \"{}\" }}\n", config(&format!("https://127.0.0.1:{port}")), ca.display());
    home.write("config/midwatch/config.toml", &text);
    is_told(&home, &["has expired"]);
}

/// A server of a certificate that ended in 2021, and the certificate.
fn expired() -> (u16, String) {
    let mut params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2021, 1, 1);
    let key = rcgen::KeyPair::generate().expect("a key");
    let certificate = params.self_signed(&key).expect("a certificate");
    let private = rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .expect("a certificate with its key");
    let config = Arc::new(config);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(connection) = rustls::ServerConnection::new(Arc::clone(&config)) else { return };
            let mut tls = rustls::StreamOwned::new(connection, stream);
            // The client leaves in the handshake.
            let _ = tls.read(&mut [0; 1]).and_then(|_| tls.write(b"HTTP/1.1 500 X\r\n\r\n"));
        }
    });
    (port, certificate.pem())
}
