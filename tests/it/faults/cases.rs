//! Every fault with what must come of it: the words of the cause, when it is asked again, what becomes of an ack.

use super::fault::{Again, Case, Fault, Write};

const fn case(
    fault: Fault,
    (title, todo): (&'static str, &'static str),
    says: &'static [&'static str],
    again: Again,
    write: Write,
) -> Case {
    Case { fault, title, todo, says, again, write }
}

const LOG: &str = "Look at the log of the source itself; midwatch goes on asking.";
const ACCESS: &str =
    "Check `auth` of the source, and the secret that it names; a rotated secret is taken up by itself.";
const CERTIFICATE: &str = "Have the certificate renewed or corrected; nothing was sent but the handshake.";

/// Every fault.
pub const CASES: &[Case] = &[
    case(
        Fault::Refused,
        ("Nobody listens", "See whether it runs, and whether `url` names its port."),
        &["cannot connect: connection refused", "is it running? check url"],
        Again::Soon,
        Write::Not,
    ),
    case(
        Fault::NoSuchName,
        ("The host's name cannot be resolved", "Correct `url`, or look at `/etc/resolv.conf` and its servers."),
        &["the name cannot be resolved", "this machine's DNS"],
        Again::Soon,
        Write::Not,
    ),
    case(
        Fault::Silent,
        (
            "It takes the request and says nothing",
            "It hangs or is overloaded. If it is only slow, set a longer `timeout`.",
        ),
        &["does not answer in time (of", "timeout of source"],
        Again::Soon,
        Write::Unknown,
    ),
    case(
        Fault::Drip,
        ("Its answer comes one byte a second", "Look at the link to it, and at its load."),
        &["its answer began and did not end in time (of", "timeout of source"],
        Again::Soon,
        Write::Unknown,
    ),
    case(
        Fault::Half,
        ("Half an answer, then the connection ends", "It restarts, or a proxy in between cuts; look at both logs."),
        &["the connection broke off"],
        Again::Soon,
        Write::Unknown,
    ),
    case(
        Fault::Reset,
        ("The connection is reset in the middle", "It crashed, or a firewall in between cuts; look at both."),
        &["the connection broke off"],
        Again::Soon,
        Write::Unknown,
    ),
    case(
        Fault::Closing,
        ("It closes every connection after an answer", "Nothing; midwatch opens another."),
        &[],
        Again::AsAlways,
        Write::Done,
    ),
    case(
        Fault::Dropping,
        (
            "It closes a kept connection while a request is on it",
            "Nothing: what only reads is asked once more on a new connection. An ack is never sent twice; look whether it is there.",
        ),
        &[],
        Again::AsAlways,
        Write::Unknown,
    ),
    case(
        Fault::Endless,
        ("An answer without an end", "It is not what `url` should name; the bound is 64 MiB after unpacking."),
        &["the answer is larger than", "is this the right address?"],
        Again::Rarely,
        Write::Unknown,
    ),
    case(
        Fault::Bomb,
        ("A small answer that unpacks to a very large one", "As above; it is not unpacked past the bound."),
        &["the answer is larger than"],
        Again::Rarely,
        Write::Unknown,
    ),
    case(
        Fault::Large,
        ("An answer of 50 MB", "It is read; but ask for less where you can, such as one tenant."),
        &[],
        Again::AsAlways,
        Write::Done,
    ),
    case(
        Fault::OtherShape,
        ("JSON of another shape", "`kind` and `url` do not fit together, or a proxy answers in its place."),
        &["cannot be read", "is this the right kind of source"],
        Again::Rarely,
        Write::Unknown,
    ),
    case(
        Fault::Page,
        ("A web page with status 200", "A login page of a proxy, most often: check `auth` and `url`."),
        &["a web page came instead of data", "check auth and url"],
        Again::Rarely,
        Write::Unknown,
    ),
    case(
        Fault::Redirect,
        (
            "It redirects elsewhere",
            "No redirect is followed, so no secret goes elsewhere. If it is right, put the new address in `url`.",
        ),
        &["307 leads to", "redirects are not followed"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::Status(401),
        ("401 Unauthorized", ACCESS),
        &["401 Unauthorized", "check auth"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::Status(403),
        ("403 Forbidden", ACCESS),
        &["403 Forbidden", "auth of source"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::Status(404),
        ("404 Not Found", "Correct the path in `url`: a prefix is missing or too much."),
        &["404 Not Found", "check the path in url"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::Status(429),
        ("429 Too Many Requests", "Ask less often: a longer `every`."),
        &["429 Too Many Requests", "ask less often"],
        Again::Soon,
        Write::Not,
    ),
    case(
        Fault::Plea(429),
        ("429 with `Retry-After`", "Nothing at once; if it goes on, a longer `every`."),
        &["429 Too Many Requests", "ask less often"],
        Again::AsItSays,
        Write::Not,
    ),
    case(
        Fault::Status(500),
        ("500 Internal Server Error", LOG),
        &["500 Internal Server Error", "its own log"],
        Again::Soon,
        Write::Not,
    ),
    case(
        Fault::Status(503),
        ("503 Service Unavailable", LOG),
        &["503 Service Unavailable", "is it starting"],
        Again::Soon,
        Write::Not,
    ),
    case(
        Fault::Plea(503),
        ("503 with `Retry-After`", LOG),
        &["503 Service Unavailable", "is it starting"],
        Again::AsItSays,
        Write::Not,
    ),
    case(
        Fault::Expired,
        ("The certificate has expired", CERTIFICATE),
        &["its certificate has expired", "this machine's clock"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::WrongName,
        ("The certificate is for another name", CERTIFICATE),
        &["its certificate is for another name", "use a name from the certificate"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::Stranger,
        ("The certificate is signed by a stranger", "Set `tls.ca` to your authority's certificate, if it is yours."),
        &["an authority that this machine does not trust", "set tls.ca"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::TlsHang,
        ("The TLS handshake is never answered", "It hangs, or a firewall in between swallows it."),
        &["cannot be reached in time (of 1.3 s)"],
        Again::Soon,
        Write::Not,
    ),
    case(
        Fault::NoTls,
        ("Plain HTTP where TLS is expected", "Write `http://`, or give the source its TLS back."),
        &["it does not speak TLS at this port", "http://"],
        Again::Rarely,
        Write::Not,
    ),
    case(
        Fault::Ahead,
        ("Its clock is an hour ahead", "Mend the clock that is wrong; until then ages are."),
        &["its clock is 60 min ahead of this machine's"],
        Again::AsAlways,
        Write::Done,
    ),
    case(
        Fault::Behind,
        ("Its clock is an hour behind", "Mend the clock that is wrong; until then ages are."),
        &["its clock is 60 min behind this machine's"],
        Again::AsAlways,
        Write::Done,
    ),
    case(
        Fault::Six,
        ("It listens on IPv6 only", "Nothing; write the address in brackets, as in `http://[::1]:9093`."),
        &[],
        Again::AsAlways,
        Write::Done,
    ),
    case(
        Fault::OutOfOrder,
        (
            "An old answer comes after a newer one",
            "Nothing: one question is under way at a time, and what comes after its deadline is thrown away.",
        ),
        &[],
        Again::AsAlways,
        Write::Done,
    ),
];
