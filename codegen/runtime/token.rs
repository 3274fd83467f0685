//! Keeps a token until shortly before it expires; one request for a new one at a time.

use super::clock::Clock;
use super::flight::Flight;
use super::lock::lock;
use super::oauth::{ClientCredentials, Token, TokenFailure, fetch};
use super::secret::Secret;
use super::transport::Transport;
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Fetched = Result<Token, TokenFailure>;

/// The tokens of one credential, shared by all clones of a client.
pub(super) struct TokenSource {
    credentials: ClientCredentials,
    url: String,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    limit: Duration,
    state: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    token: Option<Token>,
    flight: Option<Arc<Flight<Fetched>>>,
}

impl TokenSource {
    /// Tokens for `credentials` from the endpoint at `url`, each within `limit`.
    pub(super) fn new(
        credentials: ClientCredentials,
        url: String,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        limit: Duration,
    ) -> Self {
        Self { credentials, url, transport, clock, limit, state: Mutex::default() }
    }

    /// A token that has not expired.
    ///
    /// A request that another caller began may have been left alone for long: its failure is no response, and is asked again once.
    pub(super) async fn token(&self) -> Result<Secret, TokenFailure> {
        let mut has_joined = false;
        loop {
            let (flight, is_own) = {
                let mut kept = lock(&self.state);
                match &kept.token {
                    Some(token) if self.is_fresh(token) => return Ok(token.value.clone()),
                    Some(_) | None => kept.token = None,
                }
                let is_own = kept.flight.is_none();
                (Arc::clone(kept.flight.get_or_insert_with(|| self.take_off())), is_own)
            };
            let fetched = flight.landed().await;
            self.settle(&flight, &fetched);
            match fetched {
                Ok(token) if self.is_fresh(&token) => return Ok(token.value),
                Ok(_) if is_own || has_joined => {
                    let message = "the token endpoint answers with tokens that have expired";
                    return Err(TokenFailure::refused(message));
                }
                Err(failure) if is_own || has_joined => return Err(failure),
                Ok(_) | Err(_) => has_joined = true,
            }
        }
    }

    /// Forgets a token that the service refused, unless it was replaced meanwhile.
    pub(super) fn refused(&self, token: &Secret) {
        let mut kept = lock(&self.state);
        if kept.token.as_ref().is_some_and(|known| known.value == *token) {
            kept.token = None;
        }
    }

    /// The token it keeps, fresh or not.
    pub(super) fn kept(&self) -> Option<String> {
        lock(&self.state).token.as_ref().map(|token| token.value.expose().to_owned())
    }

    fn is_fresh(&self, token: &Token) -> bool {
        self.clock.now() < token.until
    }

    fn take_off(&self) -> Arc<Flight<Fetched>> {
        let (credentials, url) = (self.credentials.clone(), self.url.clone());
        let (transport, clock) = (Arc::clone(&self.transport), Arc::clone(&self.clock));
        let limit = self.limit;
        Arc::new(Flight::new(Box::pin(async move {
            fetch(&credentials, &url, &*transport, &*clock, limit).await
        })))
    }

    /// The first of those that waited puts the token away.
    fn settle(&self, flight: &Arc<Flight<Fetched>>, fetched: &Fetched) {
        let mut kept = lock(&self.state);
        if kept.flight.as_ref().is_some_and(|known| Arc::ptr_eq(known, flight)) {
            kept.flight = None;
            kept.token = fetched.as_ref().ok().cloned();
        }
    }
}
