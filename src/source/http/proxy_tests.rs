//! Proxies: HTTP forwarding, HTTP CONNECT and SOCKS 5, each as a small stand-in on loopback.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::test_server::{Canned, TestServer, no_tls, nobody};
use super::tests::{SOON, client, options};
use super::*;

/// A proxy that sends everybody to one server and keeps what it was asked for.
struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Speaks the proxy's part and returns what was asked for.
type Greeting = for<'a> fn(&'a mut TcpStream) -> futures_util::future::BoxFuture<'a, std::io::Result<String>>;

impl Proxy {
    async fn start(target: SocketAddr, greet: Greeting) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((mut inside, _)) = listener.accept().await {
                let Ok(wish) = greet(&mut inside).await else { continue };
                shared.lock().unwrap().push(wish);
                let mut outside = TcpStream::connect(target).await.unwrap();
                tokio::spawn(async move { copy_bidirectional(&mut inside, &mut outside).await });
            }
        });
        Self { address, asked, task }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// SOCKS 5 without authentication (RFC 1928): a greeting, then a wish to connect.
fn socks(stream: &mut TcpStream) -> futures_util::future::BoxFuture<'_, std::io::Result<String>> {
    Box::pin(async move {
        let mut head = [0; 2];
        stream.read_exact(&mut head).await?;
        stream.read_exact(&mut vec![0; usize::from(head[1])]).await?;
        stream.write_all(&[5, 0]).await?;
        let mut wish = [0; 4];
        stream.read_exact(&mut wish).await?;
        let host = match wish[3] {
            1 => {
                let mut ip = [0; 4];
                stream.read_exact(&mut ip).await?;
                std::net::Ipv4Addr::from(ip).to_string()
            }
            3 => {
                let mut name = vec![0; usize::from(stream.read_u8().await?)];
                stream.read_exact(&mut name).await?;
                String::from_utf8(name).unwrap()
            }
            other => format!("address of kind {other}"),
        };
        let port = stream.read_u16().await?;
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        Ok(format!("{host}:{port}"))
    })
}

/// HTTP CONNECT: reads the head, says yes.
fn connect(stream: &mut TcpStream) -> futures_util::future::BoxFuture<'_, std::io::Result<String>> {
    Box::pin(async move {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await?;
        Ok(String::from_utf8_lossy(&head).lines().next().unwrap_or("").to_owned())
    })
}

fn through(url: &str, proxy: String) -> HttpOptions {
    HttpOptions { proxy: Some(proxy), ..options(&[url.to_owned()]) }
}

#[tokio::test]
async fn plain_http_is_forwarded_with_the_whole_address() {
    // To a forwarding proxy the request line holds the whole address: the test server can play it.
    let proxy = TestServer::start().await;
    proxy.everything(Canned::json("\"forwarded\""));
    let http = client(&through("http://prom.invalid:9090", proxy.url()), SOON);
    assert_eq!(http.get("/x", &[]).await.unwrap().text(), "\"forwarded\"");
    assert_eq!(proxy.seen()[0].target, "http://prom.invalid:9090/x");
}

#[tokio::test]
async fn socks5_reaches_the_server() {
    let server = TestServer::start().await;
    server.everything(Canned::json("{}"));
    let proxy = Proxy::start(server.address(), socks).await;
    let http = client(&through(&server.url(), format!("socks5://{}", proxy.address)), SOON);
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    assert_eq!(proxy.asked(), [server.address().to_string()]);
}

#[tokio::test]
async fn socks5h_leaves_the_name_to_the_proxy() {
    let server = TestServer::start().await;
    server.everything(Canned::json("{}"));
    let proxy = Proxy::start(server.address(), socks).await;
    let http = client(&through("http://prom.invalid:9090", format!("socks5h://{}", proxy.address)), SOON);
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    assert_eq!(proxy.asked(), ["prom.invalid:9090"]);
}

#[tokio::test]
async fn https_goes_through_a_tunnel() {
    // The far end speaks no TLS: that the handshake reached it shows that the tunnel stood.
    let proxy = Proxy::start(no_tls().await, connect).await;
    let http = client(&through("https://prom.invalid:9090", format!("http://{}", proxy.address)), SOON);
    let error = http.get("/x", &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Tls, "{error}");
    assert_eq!(proxy.asked(), ["CONNECT prom.invalid:9090 HTTP/1.1"]);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named_and_its_password_is_not() {
    let proxy = nobody().await.replace("http://", "http://ana:hunter2@");
    let error = client(&through("http://prom.invalid:9090", proxy), SOON).get("/x", &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Connect, "{error}");
    assert!(error.what.contains("cannot connect through its proxy"), "{error}");
    assert!(error.advice.contains("check url and proxy of source 'am-eu'"), "{error}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}
