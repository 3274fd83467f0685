//! The client and its builder.

use super::clock::{Clock, SystemClock};
use super::credential::CredentialValue;
use super::dynamic::{configured, missing};
use super::encode::component;
use super::error::Error;
use super::oauth::{ClientCredentials, TokenPlace};
use super::retry::{Budget, RetryPolicy};
use super::spec::ApiSpec;
use super::token::TokenSource;
use super::transport::Transport;
use http::HeaderValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const CONNECT: Duration = Duration::from_millis(3_100);
const ATTEMPT: Duration = Duration::from_secs(30);
const TOTAL: Duration = Duration::from_secs(120);
const MAX_BODY: usize = 16 << 20;

/// A client of the API: cheap to clone, safe to share.
#[derive(Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
}

/// A base URL, or why there is none.
type Server = Result<String, String>;

pub(super) struct Inner {
    pub(super) api: &'static ApiSpec,
    pub(super) agent: HeaderValue,
    variables: Vec<(&'static str, String)>,
    servers: Vec<Server>,
    pub(super) credentials: Vec<(&'static str, CredentialValue)>,
    pub(super) tokens: Vec<(&'static str, Arc<TokenSource>)>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) limits: Limits,
    pub(super) retry: RetryPolicy,
    pub(super) budget: Budget,
    pub(super) clock: Arc<dyn Clock>,
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
    fn token_sources(&self) -> Result<Vec<(&'static str, Arc<TokenSource>)>, Error> {
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
        let url = match &credentials.place {
            TokenPlace::Url(url) => url.clone(),
            TokenPlace::Spec(spec) => {
                if let (None, Some(audience)) = (&credentials.audience, spec.audience) {
                    credentials.audience = Some(self.on_server(resolved(audience)?)?);
                }
                resolved(spec.url)?
            }
        };
        let url = checked_base(self.on_server(url)?, self.limits)?;
        let (transport, clock) = (Arc::clone(&self.transport), Arc::clone(&self.clock));
        Ok(TokenSource::new(credentials, url, transport, clock, self.limits.attempt))
    }

    /// `text` on the first server, where it begins at its root.
    fn on_server(&self, text: String) -> Result<String, Error> {
        if text.starts_with('/') {
            return Ok(format!("{}{text}", self.server(0)?.trim_end_matches('/')));
        }
        Ok(text)
    }
}

/// Collects what a [`Client`] needs.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    api: &'static ApiSpec,
    variables: Vec<(&'static str, String)>,
    servers: Vec<(&'static str, String)>,
    credentials: Vec<(&'static str, CredentialValue)>,
    transport: Option<Arc<dyn Transport>>,
    connect: Duration,
    limits: Limits,
    retry: Option<RetryPolicy>,
    clock: Option<Arc<dyn Clock>>,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("api", &self.api.name).finish_non_exhaustive()
    }
}

impl ClientBuilder {
    #[doc(hidden)]
    pub const fn new(api: &'static ApiSpec) -> Self {
        let limits =
            Limits { attempt: ATTEMPT, total: TOTAL, max_body: MAX_BODY, allow_http: false };
        Self {
            api,
            variables: Vec::new(),
            servers: Vec::new(),
            credentials: Vec::new(),
            transport: None,
            connect: CONNECT,
            limits,
            retry: None,
            clock: None,
        }
    }

    #[doc(hidden)]
    pub fn variable(mut self, name: &'static str, value: String) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value));
        self
    }

    #[doc(hidden)]
    pub fn credential(mut self, setter: &'static str, value: CredentialValue) -> Self {
        self.credentials.retain(|(known, _)| *known != setter);
        self.credentials.push((setter, value));
        self
    }

    #[doc(hidden)]
    pub fn server(mut self, setter: &'static str, url: String) -> Self {
        self.servers.retain(|(known, _)| *known != setter);
        self.servers.push((setter, url));
        self
    }

    /// Sends to `url` instead of the API's own base URL: everything before the path.
    pub fn base_url(self, url: impl Into<String>) -> Self {
        self.server("base_url", url.into())
    }

    /// Sends through `transport` instead of reqwest.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How calls are retried unless they say otherwise.
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Waits between attempts by `clock`, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// The longest a call may take, waits and body included; 120 s unless set.
    pub const fn timeout(mut self, total: Duration) -> Self {
        self.limits.total = total;
        self
    }

    /// The longest one request may take; 30 s unless set.
    pub const fn attempt_timeout(mut self, attempt: Duration) -> Self {
        self.limits.attempt = attempt;
        self
    }

    /// The longest connecting may take, with the default transport; 3.1 s unless set.
    pub const fn connect_timeout(mut self, connect: Duration) -> Self {
        self.connect = connect;
        self
    }

    /// The largest response that is accepted, after decompression; 16 MiB unless set.
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.limits.max_body = bytes;
        self
    }

    /// Allows plain `http` to hosts other than this one: credentials travel readable.
    pub const fn allow_http(mut self) -> Self {
        self.limits.allow_http = true;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// A missing variable (its setter is named), a base URL that is none, plain `http` to another host, or no transport.
    pub fn build(self) -> Result<Client, Error> {
        let variables = self.resolved_variables();
        let lookup = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let servers = self.resolved_servers(lookup)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect)?,
        };
        let (api, credentials, limits) = (self.api, self.credentials, self.limits);
        let (retry, budget) = (self.retry.unwrap_or_default(), Budget::default());
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let agent = format!("{}/{}", api.name, api.version);
        let agent = HeaderValue::try_from(agent)
            .map_err(|_| Error::invalid_input("the package name is no header value"))?;
        let tokens = Vec::new();
        let mut inner = Inner {
            api,
            agent,
            variables,
            servers,
            credentials,
            tokens,
            transport,
            limits,
            retry,
            budget,
            clock,
        };
        inner.tokens = inner.token_sources()?;
        Ok(Client { inner: Arc::new(inner) })
    }

    /// Base URLs; those that only some operations need, and nobody gave, may be missing or refused until one of these is called.
    fn resolved_servers(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<Server>, Error> {
        let mut servers = Vec::with_capacity(self.api.servers.len());
        for (index, server) in self.api.servers.iter().enumerate() {
            let given = self.servers.iter().find(|(setter, _)| *setter == server.setter);
            let base = match given {
                Some((_, url)) => Ok(url.clone()),
                None if server.base.is_empty() => Err(missing(server.setter)),
                None => configured(server.base, &lookup).map(with_scheme),
            };
            match base.and_then(|base| checked_base(base, self.limits)) {
                Err(error) if index == 0 || given.is_some() => return Err(error),
                base => servers.push(base.map_err(|error| error.to_string())),
            }
        }
        Ok(servers)
    }

    fn resolved_variables(&self) -> Vec<(&'static str, String)> {
        let mut resolved = self.variables.clone();
        for spec in self.api.variables {
            let is_given = resolved.iter().any(|(name, _)| *name == spec.name);
            if let Some(default) = spec.default.filter(|_| !is_given) {
                resolved.push((spec.name, default.to_owned()));
            }
        }
        resolved
    }
}

/// The collection's base URL with its scheme: without one it means plain http, as in Postman.
fn with_scheme(base: String) -> String {
    if base.contains("://") { base } else { format!("http://{base}") }
}

/// A base URL with its scheme; `https` where a caller gives none.
fn checked_base(base: String, limits: Limits) -> Result<String, Error> {
    let base = if base.contains("://") { base } else { format!("https://{base}") };
    let Some((scheme, rest)) = base.split_once("://") else {
        return Err(Error::invalid_input("a base URL has no scheme"));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host_of(authority);
    if host.is_empty() || component(host).contains("%20") {
        return Err(Error::invalid_input("a base URL has no host"));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(base),
        "http" if limits.allow_http || is_loopback(host) => Ok(base),
        "http" => Err(Error::invalid_input(
            "plain http to another host shows credentials on the way: use https, or `.allow_http()`",
        )),
        _ => Err(Error::invalid_input("a base URL is neither https nor http")),
    }
}

fn host_of(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return host.split_inclusive(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(feature = "reqwest")]
fn default_transport(connect: Duration) -> Result<Arc<dyn Transport>, Error> {
    match super::reqwest_transport::ReqwestTransport::new(connect) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Duration) -> Result<Arc<dyn Transport>, Error> {
    Err(Error::invalid_input(
        "built without the feature `reqwest`: give the builder a `.transport(…)`",
    ))
}
