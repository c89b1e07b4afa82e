//! One look at an address, without any secret: its status, and the beginning of what it says, whatever that is.

use std::time::Duration;

use reqwest::Url;

use super::failure;
use super::{Http, address};
use crate::domain::SourceName;
use crate::source::SourceError;
use crate::source::options::HttpOptions;

/// What came back. The body is not harmless yet.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The status.
    pub status: u16,
    /// Its words.
    pub words: &'static str,
    /// Whether it says that it is HTML.
    pub html: bool,
    /// Where a redirect leads, without secrets.
    pub leads_to: Option<String>,
    /// The body, as far as it was read.
    pub body: Vec<u8>,
    /// What became of the rest.
    pub rest: Rest,
}

/// What became of the rest of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// There is none.
    None,
    /// It is over the bound.
    TooLong,
    /// It did not come, in words.
    Broke(String),
}

/// An address as it may be shown; `None` if it is none.
#[must_use]
pub fn shown(url: &str) -> Option<String> {
    Url::parse(url).ok().map(|url| address::shown(&url))
}

/// Asks once, follows nothing, and reads at most `most` bytes.
///
/// # Errors
/// Where no answer came; of kind `NotFound` where the address is none.
pub async fn look(url: &str, patience: Duration, most: usize) -> Result<Looked, SourceError> {
    let options = HttpOptions { urls: vec![url.to_owned()], ..HttpOptions::default() };
    // The client's own patience is a tenth less.
    Http::new(&SourceName::new("probe"), &options, patience)?.look(url, most).await
}

impl Http {
    async fn look(&self, url: &str, most: usize) -> Result<Looked, SourceError> {
        let url = self.own(url)?;
        let shown = address::shown(&url);
        let context = self.context(&shown, self.patience);
        let request = self.client.client().await.get(url.clone()).timeout(self.patience);
        let mut response = request.send().await.map_err(|error| failure::describe(&error, context))?;
        let head = self.head(&response, &url, &shown);
        let mut looked = Looked {
            status: head.status,
            words: response.status().canonical_reason().unwrap_or(""),
            html: head.html,
            leads_to: head.location,
            body: Vec::new(),
            rest: Rest::None,
        };
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(looked),
                Ok(Some(chunk)) => {
                    let room = most - looked.body.len();
                    looked.body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        looked.rest = Rest::TooLong;
                        return Ok(looked);
                    }
                }
                Err(error) => {
                    looked.rest = Rest::Broke(failure::describe(&error, context).what);
                    return Ok(looked);
                }
            }
        }
    }
}
