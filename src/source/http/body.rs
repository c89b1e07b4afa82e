//! Reads an answer piece by piece, so that no answer can take more memory than it is allowed.

use crate::source::{ErrorKind, SourceError};

/// Why a body could not be read.
#[derive(Debug)]
pub(super) enum Unread {
    /// The connection or the compression broke.
    Broke(reqwest::Error),
    /// It is larger than this many bytes.
    TooLarge(usize),
}

/// The body, counted after decompression.
pub(super) async fn whole(mut response: reqwest::Response, most: usize) -> Result<Vec<u8>, Unread> {
    // `None` for a compressed one: its length on the wire says nothing.
    let told = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    if told > most {
        return Err(Unread::TooLarge(most));
    }
    let mut body = Vec::with_capacity(told);
    while let Some(chunk) = response.chunk().await.map_err(Unread::Broke)? {
        if body.len() + chunk.len() > most {
            return Err(Unread::TooLarge(most));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The beginning of an error's body: enough to say what is wrong. What breaks off is no second error.
pub(super) async fn beginning(mut response: reqwest::Response, most: usize) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < most {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(chunk.get(..most - body.len()).unwrap_or(&chunk)),
            Ok(None) | Err(_) => break,
        }
    }
    body
}

/// Our words for an answer over the bound.
pub(super) fn too_large(address: &str, most: usize) -> SourceError {
    let what = match most >> 20 {
        0 => format!("{address}: the answer is larger than {most} bytes"),
        mebibytes => format!("{address}: the answer is larger than {mebibytes} MiB"),
    };
    SourceError::new(ErrorKind::TooLarge, what).advise("is this the right address? ask for less, such as one tenant")
}
