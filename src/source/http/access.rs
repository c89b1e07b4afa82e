//! Who midwatch says it is: authentication and configured headers, put on every request.

use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::echo::Echo;
use crate::source::options::{Auth, HeaderValueFrom, HttpOptions, SecretRef};
use crate::source::secret::{Found, Secrets};
use crate::source::{ErrorKind, SourceError};

/// What a source is shown.
#[derive(Debug)]
pub(super) struct Access {
    auth: Auth,
    headers: Vec<(HeaderName, HeaderValueFrom)>,
    secrets: Secrets,
}

/// A request that shows what it must.
#[derive(Debug)]
pub(super) struct Shown {
    /// The request.
    pub request: RequestBuilder,
    /// Whether some secret was remembered rather than read, so that a refusal may be due to a rotation.
    pub remembered: bool,
    /// What may come back.
    pub echo: Echo,
}

impl Access {
    /// Checks names once; secrets are read when they are needed.
    pub fn new(options: &HttpOptions) -> Result<Self, SourceError> {
        let mut headers = Vec::with_capacity(options.headers.len() + 1);
        for (name, value) in &options.headers {
            headers.push((header_name(name)?, value.clone()));
        }
        if let Auth::Header { name, value } = &options.auth {
            headers.push((header_name(name)?, HeaderValueFrom::Secret(value.clone())));
        }
        Ok(Self { auth: options.auth.clone(), headers, secrets: Secrets::default() })
    }

    /// Puts on what the source is shown.
    pub async fn apply(&self, mut request: RequestBuilder) -> Result<Shown, SourceError> {
        let mut remembered = false;
        let mut echo = Echo::default();
        let mut secret = async |place: &SecretRef| -> Result<SecretString, SourceError> {
            let Found { secret, fresh } = self.secrets.get(place).await?;
            remembered |= !fresh;
            Ok(secret)
        };
        match &self.auth {
            Auth::None | Auth::Header { .. } => {}
            Auth::Basic { username, password } => {
                let password = secret(password).await?;
                echo.add_basic(username, password.expose_secret());
                request = request.basic_auth(username, Some(password.expose_secret()));
            }
            Auth::Bearer(token) => {
                let token = secret(token).await?;
                echo.add(token.expose_secret());
                request = request
                    .header(AUTHORIZATION, sensitive("Authorization", &format!("Bearer {}", token.expose_secret()))?);
            }
        }
        for (name, value) in &self.headers {
            let value = match value {
                HeaderValueFrom::Plain(text) => sensitive(name.as_str(), text)?,
                HeaderValueFrom::Secret(place) => {
                    let secret = secret(place).await?;
                    echo.add(secret.expose_secret());
                    sensitive(name.as_str(), secret.expose_secret())?
                }
            };
            request = request.header(name.clone(), value);
        }
        Ok(Shown { request, remembered, echo })
    }

    /// The source refused what it was shown: secrets are read again.
    pub async fn forget(&self) {
        self.secrets.forget().await;
    }
}

fn header_name(name: &str) -> Result<HeaderName, SourceError> {
    HeaderName::try_from(name).map_err(|_| {
        SourceError::new(ErrorKind::Refused, format!("'{name}' cannot be the name of a header"))
            .advise("use letters, digits and '-'")
    })
}

/// A header's value that no log shows.
fn sensitive(name: &str, text: &str) -> Result<HeaderValue, SourceError> {
    let mut value = HeaderValue::try_from(text).map_err(|_| {
        SourceError::new(
            ErrorKind::Unauthorized,
            format!("the value for the header {name} holds a character that no header may hold"),
        )
        .advise("a line break inside the secret is the usual cause")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
