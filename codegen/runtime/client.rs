//! The client: what its calls share. How it is put together stands in `client_builder`.

use super::base_url;
use super::clock::Clock;
use super::credential::{CredentialValue, Signer};
use super::dynamic::{configured, missing};
use super::error::Error;
use super::hook::AttemptHook;
use super::oauth::{ClientCredentials, TokenPlace};
use super::retry::{Budget, RetryPolicy};
use super::spec::ApiSpec;
use super::token::TokenSource;
use super::transport::Transport;
use http::{HeaderMap, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client of the API: cheap to clone, safe to share.
#[derive(Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
}

/// A base URL, or why there is none.
pub(super) type Server = Result<String, String>;

pub(super) struct Inner {
    pub(super) api: &'static ApiSpec,
    pub(super) agent: HeaderValue,
    pub(super) variables: Vec<(&'static str, String)>,
    pub(super) servers: Vec<Server>,
    pub(super) credentials: Vec<(&'static str, CredentialValue)>,
    pub(super) tokens: Vec<(&'static str, Arc<TokenSource>)>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) limits: Limits,
    pub(super) retry: RetryPolicy,
    pub(super) budget: Budget,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) signer: Option<Arc<dyn Signer>>,
    pub(super) default_headers: HeaderMap,
    pub(super) default_query: Vec<(String, String)>,
    pub(super) on_attempt_end: Option<AttemptHook>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) attempt: Duration,
    pub(super) total: Duration,
    pub(super) max_body: usize,
    pub(super) allow_http: bool,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &self.inner.api.name).finish_non_exhaustive()
    }
}

impl Inner {
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    /// The base URL of a server.
    pub(super) fn server(&self, index: usize) -> Result<&str, Error> {
        match self.servers.get(index) {
            Some(Ok(base)) => Ok(base),
            Some(Err(why)) => Err(Error::invalid_input(why.clone())),
            None => Err(missing("base_url")),
        }
    }
}

impl Inner {
    /// One source for each credential that is changed for tokens.
    pub(super) fn token_sources(&self) -> Result<Vec<(&'static str, Arc<TokenSource>)>, Error> {
        let mut sources = Vec::new();
        for (setter, credential) in &self.credentials {
            if let CredentialValue::ClientCredentials(credentials) = credential {
                sources.push((*setter, Arc::new(self.token_source(credentials.clone())?)));
            }
        }
        Ok(sources)
    }

    fn token_source(&self, mut credentials: ClientCredentials) -> Result<TokenSource, Error> {
        let resolved = |parts| configured(parts, |name| self.variable(name));
        let of_place = match &credentials.place {
            TokenPlace::Url(url) => url.clone(),
            TokenPlace::Spec(spec) => {
                if let (None, Some(audience)) = (&credentials.audience, spec.audience) {
                    credentials.audience = Some(self.audience(resolved(audience)?)?);
                }
                resolved(spec.url)?
            }
        };
        let url = credentials.url.take().unwrap_or(of_place);
        let url = base_url::checked(self.on_server(url)?, self.limits.allow_http)?;
        let (transport, clock) = (Arc::clone(&self.transport), Arc::clone(&self.clock));
        Ok(TokenSource::new(credentials, url, transport, clock, self.limits.attempt))
    }

    /// An audience that begins at the root of the API's own base URL: who sends elsewhere has not renamed the API.
    fn audience(&self, text: String) -> Result<String, Error> {
        let own = self.api.servers.first().filter(|server| !server.base.is_empty());
        let own = own.and_then(|server| configured(server.base, |name| self.variable(name)).ok());
        match own.filter(|_| text.starts_with('/')) {
            Some(base) => {
                Ok(format!("{}{text}", base_url::with_scheme(base).trim_end_matches('/')))
            }
            None => self.on_server(text),
        }
    }

    /// `text` on the first server, where it begins at its root.
    fn on_server(&self, text: String) -> Result<String, Error> {
        if text.starts_with('/') {
            return Ok(format!("{}{text}", self.server(0)?.trim_end_matches('/')));
        }
        Ok(text)
    }
}
