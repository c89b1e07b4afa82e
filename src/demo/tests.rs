//! The simulated production, asked over real connections.

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

fn at() -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::seconds(1_795_230_000)
}

async fn fixed() -> DemoWorld {
    start(DemoOptions { clock: DemoClock::fixed(at()), seed: 1, posed: false }).await.unwrap()
}

/// An answer: status, head and body.
struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// A client of a few lines: one request, `Connection: close`, read to the end.
async fn ask(method: &str, base: &str, path: &str, kind: &str, body: &str) -> Got {
    let address = base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Got { status, head: head.to_lowercase(), body: body.to_owned() }
}

async fn get(base: &str, path: &str) -> Got {
    ask("GET", base, path, "text/plain", "").await
}

async fn post(base: &str, path: &str, body: &Value) -> Got {
    ask("POST", base, path, "application/json", &body.to_string()).await
}

fn encoded(params: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

/// The names of an object's fields, sorted.
fn fields(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn named<'a>(alerts: &'a Value, name: &str) -> Vec<&'a Value> {
    alerts.as_array().unwrap().iter().filter(|alert| alert["labels"]["alertname"] == name).collect()
}

#[tokio::test]
async fn alerts_have_the_shape_of_the_real_ones_and_tell_the_outage() {
    let world = fixed().await;
    let got = get(&world.alertmanager_url, "/api/v2/alerts").await;
    assert_eq!(got.status, 200);
    assert!(got.head.contains("content-type: application/json") && got.head.contains("cache-control: no-store"));
    let alerts = got.json();
    let first = &alerts[0];
    assert_eq!(
        fields(first),
        [
            "annotations",
            "endsAt",
            "fingerprint",
            "generatorURL",
            "labels",
            "receivers",
            "startsAt",
            "status",
            "updatedAt"
        ]
    );
    assert_eq!(fields(&first["status"]), ["inhibitedBy", "mutedBy", "silencedBy", "state"]);
    let prints: Vec<&str> = alerts.as_array().unwrap().iter().map(|a| a["fingerprint"].as_str().unwrap()).collect();
    assert!(prints.is_sorted());

    let checkout = named(&alerts, "CheckoutErrorsHigh");
    assert_eq!(checkout.len(), 3);
    assert!(checkout.iter().all(|alert| alert["status"]["state"] == "active"));
    assert_eq!(named(&alerts, "CartDown").len(), 0);
    assert_eq!(named(&alerts, "QueueDepth")[0]["status"]["state"], "suppressed");
    let depth = &named(&alerts, "QueueDepth")[0]["fingerprint"];
    assert_eq!(named(&alerts, "MailDelayed")[0]["status"]["inhibitedBy"], json!([depth]));
    assert_eq!(named(&alerts, "Watchdog").len(), 1);
}

#[tokio::test]
async fn filters_and_flags_of_alerts() {
    let world = fixed().await;
    let count = async |query: &str| {
        let got = get(&world.alertmanager_url, &format!("/api/v2/alerts?{query}")).await;
        (got.status, got.json().as_array().map_or(0, Vec::len))
    };
    assert_eq!(count(&encoded(&[("filter", r#"alertname="PaymentsDown""#)])).await, (200, 1));
    assert_eq!(count(&encoded(&[("filter", "service=checkout"), ("filter", "instance!=checkout-7")])).await, (200, 2));
    assert_eq!(count("filter=service%3D%22mailer%22&silenced=false&inhibited=false").await, (200, 1));
    assert_eq!(count("receiver=deadman").await, (200, 1));
    let bad = get(&world.alertmanager_url, "/api/v2/alerts?filter=foo").await;
    assert_eq!((bad.status, bad.json()), (400, json!("bad matcher format: foo")));
}

fn wish(starts: i64, ends: i64) -> Value {
    let moment = |minutes| (at() + TimeDelta::minutes(minutes)).to_rfc3339();
    json!({
        "comment": "ACK! on it", "createdBy": "ana", "startsAt": moment(starts), "endsAt": moment(ends),
        "matchers": [{"name": "alertname", "value": "CheckoutErrorsHigh", "isRegex": false, "isEqual": true}],
    })
}

#[tokio::test]
async fn a_silence_lives_as_in_the_real_one() {
    let world = fixed().await;
    let base = &world.alertmanager_url;
    let made = post(base, "/api/v2/silences", &wish(-1, 15)).await.json();
    let id = made["silenceID"].as_str().unwrap().to_owned();
    let path = format!("/api/v2/silence/{id}");
    let read = get(base, &path).await.json();
    assert_eq!(fields(&read), ["comment", "createdBy", "endsAt", "id", "matchers", "startsAt", "status", "updatedAt"]);
    assert_eq!(read["status"]["state"], "active");
    assert_eq!(read["startsAt"], "2026-11-21T03:00:00.000Z", "a begin in the past is moved to now");
    let states = async || {
        let alerts = get(base, "/api/v2/alerts").await.json();
        named(&alerts, "CheckoutErrorsHigh").iter().map(|alert| alert["status"].clone()).collect::<Vec<_>>()
    };
    for status in states().await {
        assert_eq!((&status["state"], &status["silencedBy"]), (&json!("suppressed"), &json!([id])));
    }

    let mut longer = wish(0, 30);
    longer["id"] = json!(id);
    assert_eq!(post(base, "/api/v2/silences", &longer).await.json()["silenceID"], json!(id), "extended in place");
    longer["matchers"][0]["value"] = json!("PaymentsDown");
    let other = post(base, "/api/v2/silences", &longer).await.json()["silenceID"].as_str().unwrap().to_owned();
    assert_ne!(other, id, "other matchers make another silence");
    assert_eq!(get(base, &path).await.json()["status"]["state"], "expired");
    assert!(states().await.iter().all(|status| status["state"] == "active"));

    let gone = ask("DELETE", base, &format!("/api/v2/silence/{other}"), "text/plain", "").await;
    assert_eq!((gone.status, gone.body.as_str()), (200, ""));
    let again = ask("DELETE", base, &format!("/api/v2/silence/{other}"), "text/plain", "").await;
    assert_eq!(again.status, 200);
    let listed = get(base, "/api/v2/silences").await.json();
    let order: Vec<&str> =
        listed.as_array().unwrap().iter().map(|row| row["status"]["state"].as_str().unwrap()).collect();
    assert!(order.is_sorted() && order.contains(&"active") && order.contains(&"expired"), "{order:?}");
}

#[tokio::test]
async fn silences_that_are_refused() {
    let world = fixed().await;
    let base = &world.alertmanager_url;
    let refused = async |change: fn(&mut Value)| {
        let mut body = wish(0, 15);
        change(&mut body);
        let got = post(base, "/api/v2/silences", &body).await;
        (got.status, got.json())
    };
    let ends_first = refused(|body| body["endsAt"] = body["startsAt"].clone()).await;
    assert_eq!(ends_first, (400, json!("Failed to create silence: start time must be before end time")));
    let over = refused(|body| {
        body["startsAt"] = json!("2026-11-20T00:00:00Z");
        body["endsAt"] = json!("2026-11-20T01:00:00Z");
    });
    assert_eq!(over.await, (400, json!("Failed to create silence: end time can't be in the past")));
    let everything = refused(|body| body["matchers"][0]["value"] = json!("")).await;
    assert_eq!(everything.1, json!("invalid silence: at least one matcher must not match the empty string"));
    let unknown = refused(|body| body["id"] = json!("0f8c8dbd-6573-40ee-8c10-79e8a4c77fe8")).await;
    assert_eq!(unknown, (404, json!("silence not found")));
    let none = refused(|body| body["matchers"] = json!([])).await;
    assert_eq!(none, (422, json!({"code": 612, "message": "matchers in body should have at least 1 items"})));
    for (method, path, status) in [
        ("GET", "/api/v2/silence/0f8c8dbd-6573-40ee-8c10-79e8a4c77fe8", 404),
        ("DELETE", "/api/v2/silence/0f8c8dbd-6573-40ee-8c10-79e8a4c77fe8", 404),
        ("GET", "/api/v2/silence/nonsense", 422),
        ("PUT", "/api/v2/silences", 405),
        ("GET", "/api/v2/nothing", 404),
        ("GET", "/api/v1/alerts", 410),
        ("GET", "/-/ready", 200),
    ] {
        assert_eq!(ask(method, base, path, "text/plain", "").await.status, status, "{method} {path}");
    }
}

#[tokio::test]
async fn queries_by_get_and_form() {
    let world = fixed().await;
    let base = &world.prometheus_url;
    let text = queries::signal_text("checkout", &crate::domain::SignalKind::Latency).unwrap();
    let got = get(base, &format!("/api/v1/query?{}", encoded(&[("query", &text)]))).await.json();
    assert_eq!((&got["status"], &got["data"]["resultType"]), (&json!("success"), &json!("vector")));
    let sample = &got["data"]["result"][0];
    assert_eq!((&sample["metric"], &sample["value"][0]), (&json!({}), &json!(1_795_230_000)));
    assert!(sample["value"][1].as_str().unwrap().parse::<f64>().unwrap() > 0.5);

    let (start, end) = ((at().timestamp() - 3600).to_string(), at().timestamp().to_string());
    let form = encoded(&[("query", &text), ("start", &start), ("end", &end), ("step", "15")]);
    let range = ask("POST", base, "/api/v1/query_range", "application/x-www-form-urlencoded", &form).await.json();
    assert_eq!(range["data"]["resultType"], "matrix");
    let values = range["data"]["result"][0]["values"].as_array().unwrap();
    assert_eq!(values.len(), 241, "an hour back, full");
    assert_eq!(values[240], sample["value"], "the newest point of the range is the instant value");

    let later = encoded(&[("query", &text), ("time", "2026-11-21T03:00:01Z")]);
    let empty = get(base, &format!("/api/v1/query?{later}")).await.json();
    assert_eq!(empty["data"]["result"], json!([]), "nothing is known of the future");
}

#[tokio::test]
async fn prometheus_refuses_tells_alerts_and_rules() {
    let world = fixed().await;
    let base = &world.prometheus_url;
    for query in ["query=up", "query=", ""] {
        let got = get(base, &format!("/api/v1/query?{query}")).await;
        assert_eq!(got.status, 400);
        let body = got.json();
        assert_eq!((&body["status"], &body["errorType"]), (&json!("error"), &json!("bad_data")));
    }
    let alerts = get(base, "/api/v1/alerts").await.json();
    let row = &alerts["data"]["alerts"][0];
    assert_eq!(fields(row), ["activeAt", "annotations", "labels", "state", "value"]);
    let rules = get(base, "/api/v1/rules").await.json();
    let rules = rules["data"]["groups"][0]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["name"] == "CheckoutErrorsHigh").unwrap();
    assert_eq!((&rule["state"], rule["alerts"].as_array().unwrap().len()), (&json!("firing"), 3));
    assert_eq!(rules.iter().find(|rule| rule["name"] == "CartDown").unwrap()["state"], "inactive");
    let build = get(base, "/api/v1/status/buildinfo").await.json();
    assert_eq!(fields(&build["data"]), ["branch", "buildDate", "buildUser", "goVersion", "revision", "version"]);
    assert_eq!(ask("DELETE", base, "/api/v1/query", "text/plain", "").await.status, 405);
    assert_eq!(get(base, "/nothing").await.status, 404);
}

#[tokio::test]
async fn a_fixed_world_is_the_same_twice_and_a_body_too_large_is_refused() {
    let (one, two) = (fixed().await, fixed().await);
    let read = |world: &DemoWorld| std::fs::read_to_string(&world.log_file).unwrap();
    assert_eq!(read(&one), read(&two));
    assert!(read(&one).lines().count() > 1000);
    let silences = async |world: &DemoWorld| get(&world.alertmanager_url, "/api/v2/silences").await.body;
    assert_eq!(silences(&one).await, silences(&two).await);
    // The server closes before it has read all, so the request is sent only as a head.
    let address = one.alertmanager_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /api/v2/silences HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut beginning = [0_u8; 12];
    stream.read_exact(&mut beginning).await.unwrap();
    assert_eq!(&beginning, b"HTTP/1.1 413");
}

#[tokio::test]
async fn the_folder_is_private_and_everything_ends_with_the_world() {
    let world = start(DemoOptions { clock: DemoClock::Running { speed: 4.0 }, seed: 2, posed: false }).await.unwrap();
    let (folder, url) = (world.folder().to_owned(), world.alertmanager_url.clone());
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    let before = std::fs::metadata(&world.log_file).unwrap().len();
    let grown = async {
        while std::fs::metadata(&world.log_file).unwrap().len() == before {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), grown).await.expect("the log goes on");
    drop(world);
    assert!(!folder.exists());
    let stopped = async {
        while TcpStream::connect(url.strip_prefix("http://").unwrap()).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), stopped).await.expect("the server stops");
}

#[tokio::test]
async fn the_configuration_asks_what_the_server_understands() {
    let world = fixed().await;
    let table: toml::Table = config_toml(&world).parse().unwrap();
    assert_eq!(table["environment"].as_str(), Some("demo"));
    let mut asked = 0;
    for service in table["service"].as_array().unwrap() {
        let signals = service["signals"].as_table().unwrap();
        assert_eq!(signals.keys().collect::<Vec<_>>(), ["errors", "latency", "saturation", "traffic"]);
        let texts = signals.values().map(|signal| signal["query"].as_str().unwrap().to_owned());
        let slo =
            service.get("slo").into_iter().flat_map(|slo| ["errors", "total"].map(|name| slo[name].as_str().unwrap()));
        for text in texts.chain(slo.map(|text| text.replace("$window", "30d"))) {
            let query = encoded(&[("query", &text)]);
            let got = get(&world.prometheus_url, &format!("/api/v1/query?{query}")).await;
            assert_eq!(got.json()["data"]["result"].as_array().map(Vec::len), Some(1), "{text}");
            asked += 1;
        }
    }
    assert_eq!(asked, 14);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_moment_gives_valid_answers(unix in 31_536_000_i64..250_000_000_000, stage in -7200_i64..7200, seed: u64) {
        let at = Moment::UNIX_EPOCH + TimeDelta::seconds(unix);
        let clock = DemoClock::Fixed { at, stage: TimeDelta::seconds(stage) };
        let story = Arc::new(Story { clock: clock::StoryClock::new(clock, at).unwrap(), seed, mends: mends::Mends::default() });
        let alerts = alertmanager::AlertmanagerSite::new(Arc::clone(&story), "http://127.0.0.1:9".to_owned());
        let metrics = prometheus::PrometheusSite { story: Arc::clone(&story) };
        let ask = |site: &dyn http::Site, path: &str| {
            let asked = http::Asked { method: "GET".into(), path: path.into(), ..http::Asked::default() };
            let answer = site.answer(&asked);
            (answer.status.as_u16(), serde_json::from_slice::<Value>(&answer.body).unwrap())
        };
        for path in ["/api/v2/alerts", "/api/v2/silences", "/api/v2/status"] {
            let (status, _) = ask(&alerts, path);
            prop_assert_eq!(status, 200);
        }
        for path in ["/api/v1/alerts", "/api/v1/rules"] {
            let (status, body) = ask(&metrics, path);
            prop_assert_eq!((status, &body["status"]), (200, &json!("success")));
        }
        for service in series::SERVICES {
            for kind in ["latency", "traffic", "errors", "saturation"].map(crate::domain::SignalKind::named) {
                let value = story.reading(service, &kind, at).unwrap();
                prop_assert!(value.is_finite() && value >= 0.0, "{} {kind} {value}", service.name);
            }
        }
        for line in story.log_between(at - TimeDelta::seconds(5), at).lines() {
            prop_assert!(serde_json::from_str::<Value>(line).unwrap()["ts"].is_string());
        }
    }
}
