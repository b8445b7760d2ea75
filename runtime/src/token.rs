//! Tokens that come from somewhere, and are renewed before they expire.
//!
//! Takes a source of tokens; gives a token that is good for a while, from one request to the source
//! however many calls are waiting. It must not know how a token is sent.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use crate::clock::Instant;
use crate::http_client::{BoxError, BoxFuture, HttpClient};
use crate::secret::Secret;

/// Gives tokens, such as those of OAuth 2; [`ClientCredentials`](crate::ClientCredentials) is one.
///
/// It is asked when there is no token yet, shortly before the last one expires, and when the server
/// has refused the last one (401); never twice at the same time by one client.
///
/// ```
/// use std::time::Duration;
///
/// use clientwright_runtime::{AccessToken, BoxError, BoxFuture, HttpClient, TokenSource};
///
/// /// Reads a token that another process keeps current.
/// #[derive(Debug)]
/// struct TokenFile;
///
/// impl TokenSource for TokenFile {
///     fn token<'a>(&'a self, _: &'a dyn HttpClient) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string("/var/run/secrets/token")?;
///             Ok(AccessToken::new(text.trim()).expires_in(Duration::from_mins(10)))
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync + fmt::Debug + 'static {
    /// Gives a new token; `http` is the client's own way to send requests.
    fn token<'a>(&'a self, http: &'a dyn HttpClient) -> BoxFuture<'a, Result<AccessToken, BoxError>>;
}

/// A token, and how long it is good.
#[derive(Clone, Debug)]
pub struct AccessToken {
    secret: Secret,
    lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token that is good until the server refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), lifetime: None }
    }

    /// Sets how long the token is good from now on.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        Self { lifetime: Some(lifetime), ..self }
    }
}

/// The error of a source, for all calls that were waiting for it.
pub(crate) type SharedError = Arc<dyn Error + Send + Sync>;

/// A source with the last token that it gave.
#[derive(Debug)]
pub(crate) struct Tokens {
    source: Box<dyn TokenSource>,
    last: Mutex<Last>,
    /// How often the source has failed.
    failures: AtomicU64,
}

#[derive(Debug, Default)]
struct Last {
    token: Option<Held>,
    failure: Option<SharedError>,
}

#[derive(Debug)]
struct Held {
    secret: Secret,
    /// When to ask for the next one, and when this one is over.
    times: Option<(Instant, Instant)>,
}

impl Tokens {
    pub(crate) fn new(source: impl TokenSource) -> Self {
        Self { source: Box::new(source), last: Mutex::default(), failures: AtomicU64::new(0) }
    }

    pub(crate) fn source(&self) -> &dyn TokenSource {
        &*self.source
    }

    /// A token that is good, and not the one that the server has refused.
    pub(crate) async fn token(&self, http: &dyn HttpClient, refused: Option<&Secret>) -> Result<Secret, SharedError> {
        let failures = self.failures.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        let usable = last.token.as_ref().filter(|held| refused != Some(&held.secret));
        if let Some(held) = usable.filter(|held| held.times.is_none_or(|(renew, _)| Instant::now() < renew)) {
            return Ok(held.secret.clone());
        }
        // While this call was waiting, another one has asked in vain.
        if let Some(failure) = last.failure.as_ref().filter(|_| self.failures.load(Ordering::SeqCst) > failures) {
            return Err(Arc::clone(failure));
        }
        let start = Instant::now();
        match self.source.token(http).await {
            Ok(AccessToken { secret, lifetime }) => {
                let times = lifetime.and_then(|lifetime| renewal(start, lifetime));
                *last = Last { token: Some(Held { secret: secret.clone(), times }), failure: None };
                Ok(secret)
            }
            Err(error) => {
                let still_good = usable.filter(|held| held.times.is_some_and(|(_, end)| Instant::now() < end));
                if let Some(held) = still_good {
                    return Ok(held.secret.clone());
                }
                let error = SharedError::from(error);
                last.failure = Some(Arc::clone(&error));
                self.failures.fetch_add(1, Ordering::SeqCst);
                Err(error)
            }
        }
    }
}

/// A token is renewed when a tenth of its life is left, or half a minute if that is less.
fn renewal(start: Instant, lifetime: Duration) -> Option<(Instant, Instant)> {
    let end = start.checked_add(lifetime)?;
    let margin = (lifetime / 10).min(Duration::from_secs(30));
    Some((end.checked_sub(margin)?, end))
}
