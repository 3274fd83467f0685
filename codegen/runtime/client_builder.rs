//! The builder of a client: collects, and checks once.

use super::base_url;
use super::client::{Client, Inner, Limits, Server};
use super::clock::{Clock, default_clock};
use super::credential::{CredentialValue, Signer};
use super::dynamic::{configured, missing};
use super::error::Error;
use super::given::ParameterValue;
use super::header::header;
use super::hook::{AttemptEnd, AttemptHook};
use super::oauth::ClientCredentials;
use super::retry::{Budget, RetryPolicy};
use super::spec::ApiSpec;
use super::transport::Transport;
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const CONNECT: Duration = Duration::from_millis(3_100);
const ATTEMPT: Duration = Duration::from_secs(30);
const TOTAL: Duration = Duration::from_secs(120);
const MAX_BODY: usize = 16 << 20;

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
    sends: Defaults,
}

/// What goes with every call.
#[derive(Clone, Default)]
struct Defaults {
    agent: Option<String>,
    signer: Option<Arc<dyn Signer>>,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    on_attempt_end: Option<AttemptHook>,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("api", &self.api.name).finish_non_exhaustive()
    }
}

impl ClientBuilder {
    #[doc(hidden)]
    pub fn new(api: &'static ApiSpec) -> Self {
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
            sends: Defaults::default(),
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

    /// Sends to `url` instead of the API's own base URL: everything before the path, `https` unless it says otherwise. A slash at its end comes off.
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

    /// Waits by `clock` instead of by tokio: on another executor, and in tests.
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

    /// Sends `text` as `User-Agent`, instead of this crate's name and version.
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.sends.agent = Some(text.into());
        self
    }

    /// Sends a header with every call, unless the call has one of this name itself.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl ParameterValue) -> Self {
        self.sends.headers.push((name.as_ref().to_owned(), value.to_parameter()));
        self
    }

    /// Sends a query parameter with every call.
    pub fn default_query(mut self, name: impl Into<String>, value: impl ParameterValue) -> Self {
        self.sends.query.push((name.into(), value.to_parameter()));
        self
    }

    /// Signs the requests of operations for which the collection shows no credential.
    pub fn signer(mut self, signer: impl Signer) -> Self {
        self.sends.signer = Some(Arc::new(signer));
        self
    }

    /// Calls `hook` at the end of each attempt, also of one that took too long or whose call was dropped: for counters and logs. It must not panic, and be quick: the call waits for it.
    ///
    /// ```text
    /// .on_attempt_end(|attempt| counter(attempt.operation(), attempt.status()).increment(1))
    /// ```
    pub fn on_attempt_end(
        mut self,
        hook: impl Fn(&AttemptEnd<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.sends.on_attempt_end = Some(Arc::new(hook));
        self
    }

    /// Changes how tokens are asked for, after client credentials were given: audience, scope, further parameters, leeway, where id and secret go, the token endpoint.
    pub fn map_client_credentials(
        mut self,
        map: impl Fn(ClientCredentials) -> ClientCredentials,
    ) -> Self {
        for (_, value) in &mut self.credentials {
            if let CredentialValue::ClientCredentials(credentials) = value {
                *credentials = map(credentials.clone());
            }
        }
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// A missing variable (its setter is named), a base URL that is none, plain `http` to another host, or no transport.
    pub fn build(self) -> Result<Client, Error> {
        let variables = self.resolved_variables()?;
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
        let clock = self.clock.map_or_else(default_clock, Ok)?;
        let Defaults { agent, signer, headers, query: default_query, on_attempt_end } = self.sends;
        let agent = agent.unwrap_or_else(|| format!("{}/{}", api.name, api.version));
        let agent = HeaderValue::try_from(agent)
            .map_err(|_| Error::invalid_input("the user agent is no header value"))?;
        let headers = headers.iter().map(|(name, value)| header(name, value));
        let default_headers = headers.collect::<Result<_, _>>()?;
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
            signer,
            default_headers,
            default_query,
            on_attempt_end,
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
                Some((setter, url)) => base_url::whole(setter, url),
                None if server.base.is_empty() => Err(missing(server.setter)),
                None => configured(server.base, &lookup).map(base_url::with_scheme),
            };
            match base.and_then(|base| base_url::checked(base, self.limits.allow_http)) {
                Err(error) if index == 0 || given.is_some() => return Err(error),
                base => servers.push(base.map_err(|error| error.to_string())),
            }
        }
        Ok(servers)
    }

    fn resolved_variables(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let mut resolved = self.variables.clone();
        base_url::normalise(&mut resolved, self.api.servers)?;
        if let Some((setter, url)) = self.servers.iter().find(|(setter, _)| *setter == "base_url")
            && self.api.variables.iter().any(|spec| spec.name == *setter)
        {
            resolved.push((*setter, base_url::as_variable(setter, url, self.api.servers)));
        }
        for spec in self.api.variables {
            let is_given = resolved.iter().any(|(name, _)| *name == spec.name);
            if let Some(default) = spec.default.filter(|_| !is_given) {
                resolved.push((spec.name, default.to_owned()));
            }
        }
        Ok(resolved)
    }
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
