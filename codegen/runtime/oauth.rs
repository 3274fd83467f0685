//! OAuth 2 client credentials (RFC 6749 §4.4): what the builder takes, and one request for a token.
//!
//! Says nothing of the token endpoint's response but its status and a known error code.

use super::deadline::{Cut, within};
use super::encode::{base64, component};
use super::header::latin1;
use super::read::read_body;
use super::response::RawResponse;
use super::retry::hint;
use super::secret::Secret;
use super::sent::Circumstances;
use super::spec::TokenSpec;
use super::trace::{self, Begun, CallSpan, Told};
use super::transport::{HttpRequest, Transport, TransportError, TransportErrorKind};
use super::{Clock, Error, Phase};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Method};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

const LEEWAY: Duration = Duration::from_secs(60);
/// How long a token is used whose lifetime nobody says.
const UNSAID_LIFETIME: Duration = Duration::from_secs(300);
const LARGEST_ANSWER: usize = 64 << 10;
/// Error codes of RFC 6749 §5.2: the only words of an endpoint's response that are shown.
const KNOWN_CODES: [&str; 7] = [
    "access_denied",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// A client's id and secret, and where and how they are changed for tokens (RFC 6749 §4.4).
///
/// The builder's setter of the token takes it in place of a text; where the collection says where tokens are from, a setter of its own takes id and secret, and [`ClientBuilder::map_client_credentials`](super::ClientBuilder::map_client_credentials) changes the rest.
///
/// ```text
/// let credentials = ClientCredentials::new("https://login.example/oauth/token", id, secret)
///     .audience("https://api.example/")
///     .scope("read:users")
///     .in_header();
/// let client = Client::builder().token(credentials).build()?;
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    pub(super) place: TokenPlace,
    /// Instead of the place.
    pub(super) url: Option<String>,
    pub(super) audience: Option<String>,
    id: String,
    secret: Secret,
    scope: Option<String>,
    parameters: Vec<(String, String)>,
    in_header: bool,
    leeway: Duration,
}

/// Where the token endpoint is.
#[derive(Clone)]
pub(super) enum TokenPlace {
    Url(String),
    Spec(&'static TokenSpec),
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCredentials([REDACTED])")
    }
}

impl ClientCredentials {
    /// Credentials for the token endpoint at `url`; from its `/` on, where it is on the API's own server.
    pub fn new(url: impl Into<String>, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::at(TokenPlace::Url(url.into()), id.into(), secret.into())
    }

    #[doc(hidden)]
    pub fn of(spec: &'static TokenSpec, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::at(TokenPlace::Spec(spec), id.into(), secret.into())
    }

    fn at(place: TokenPlace, id: String, secret: Secret) -> Self {
        let (url, audience, scope, parameters) = (None, None, None, Vec::new());
        let (in_header, leeway) = (false, LEEWAY);
        Self { place, url, audience, id, secret, scope, parameters, in_header, leeway }
    }

    /// Another token endpoint; from its `/` on, where it is on the API's own server. The audience stays.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The API the token is for.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// What the token shall allow, separated by spaces.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Sends a further parameter with each request for a token.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret in the `Authorization` header (basic authentication) instead of the form in the body.
    #[must_use]
    pub const fn in_header(mut self) -> Self {
        self.in_header = true;
        self
    }

    /// How long before it expires a token is replaced; 60 s unless set, at most half of its lifetime.
    #[must_use]
    pub const fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose()
    }

    fn request(&self, url: &str) -> Result<HttpRequest, TokenFailure> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        let mut body = "grant_type=client_credentials".to_owned();
        let mut push = |name: &str, value: &str| {
            body.extend(["&", &component(name), "=", &component(value)]);
        };
        if self.in_header {
            let plain = format!("{}:{}", component(&self.id), component(self.secret.expose()));
            let value = latin1(&format!("Basic {}", base64(plain.as_bytes())));
            let mut value = value.ok_or_else(|| TokenFailure::refused("the id is no text"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        } else {
            push("client_id", &self.id);
            push("client_secret", self.secret.expose());
        }
        for (name, value) in [("audience", &self.audience), ("scope", &self.scope)] {
            if let Some(value) = value {
                push(name, value);
            }
        }
        self.parameters.iter().for_each(|(name, value)| push(name, value));
        let (method, url, body) = (Method::POST, url.to_owned(), Bytes::from(body));
        Ok(HttpRequest { headers, body, ..HttpRequest::new(method, url) })
    }
}

/// A token and until when it is used.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) value: Secret,
    pub(super) until: Duration,
}

/// Why there is no token; shared by all that waited for it.
#[derive(Clone)]
pub(super) struct TokenFailure {
    kind: FailureKind,
    message: String,
    /// How long the endpoint asks to wait.
    pub(super) wait: Option<Duration>,
}

#[derive(Clone, Copy)]
enum FailureKind {
    Connect,
    Timeout(Duration),
    Broken,
    Refused,
}

impl TokenFailure {
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Refused, message: message.into(), wait: None }
    }

    fn transport(error: &TransportError) -> Self {
        let kind = match error.kind {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
                FailureKind::Connect
            }
            TransportErrorKind::Refused => FailureKind::Refused,
            TransportErrorKind::Broken => FailureKind::Broken,
        };
        Self { kind, message: format!("the token endpoint: {}", error.source), wait: None }
    }

    /// As a call's error.
    pub(super) fn into_error(self) -> Error {
        let call = Circumstances::default().without_token();
        match self.kind {
            FailureKind::Connect => {
                Error::Connect { source: self.message.into(), timed_out: false, call }
            }
            FailureKind::Timeout(limit) => Error::Timeout { phase: Phase::Token, limit, call },
            FailureKind::Broken => Error::Transport { source: self.message.into(), call },
            FailureKind::Refused => Error::Auth { message: self.message, call },
        }
    }
}

/// Asks for a token once.
pub(super) async fn fetch(
    credentials: &ClientCredentials,
    url: &str,
    transport: &dyn Transport,
    clock: &dyn Clock,
    limit: Duration,
) -> Result<Token, TokenFailure> {
    let request = credentials.request(url)?;
    // The lifetime counts from before the request: whatever the network takes, no token is used too long.
    let asked = clock.now();
    let begun = Begun { operation: "token", method: "POST", template: None, base: url };
    let exchange = Box::pin(async {
        let exchange = exchange(request, transport);
        let answer = within(clock, limit, exchange).await.unwrap_or_else(|cut| {
            let (kind, message) = match cut {
                Cut::Late => (FailureKind::Timeout(limit), String::new()),
                Cut::NoTimer(error) => (FailureKind::Refused, error.to_string()),
            };
            Err(TokenFailure { kind, message, wait: None })
        });
        trace::token(told(&answer), clock.now().saturating_sub(asked));
        answer
    });
    let answer = CallSpan::begin(&begun).around(told, exchange).await?;
    let code = answer.status.as_u16();
    if answer.status.is_success() {
        return read_token(&answer.body, asked, credentials.leeway);
    }
    let json: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let known = json.get("error").and_then(Value::as_str).filter(|it| KNOWN_CODES.contains(it));
    let reason = known.map(|known| format!(" ({known})")).unwrap_or_default();
    let may_pass = matches!(code, 408 | 429 | 500 | 502 | 503 | 504);
    Err(TokenFailure {
        kind: if may_pass { FailureKind::Broken } else { FailureKind::Refused },
        message: format!("the token endpoint answered {code}{reason}"),
        wait: hint(&answer.headers, clock.today()),
    })
}

async fn exchange(
    request: HttpRequest,
    transport: &dyn Transport,
) -> Result<RawResponse, TokenFailure> {
    let response = transport.send(request).await.map_err(|e| TokenFailure::transport(&e))?;
    read_body(response, LARGEST_ANSWER).await.map_err(|error| TokenFailure {
        kind: FailureKind::Broken,
        message: format!("the token endpoint: {error}"),
        wait: None,
    })
}

/// The end of a request for a token, for its span.
fn told(answer: &Result<RawResponse, TokenFailure>) -> Told {
    match answer {
        Ok(answer) => {
            let failure = (!answer.status.is_success()).then_some("status");
            Told { status: Some(answer.status), failure }
        }
        Err(failure) => {
            let failure = match failure.kind {
                FailureKind::Connect => "connect",
                FailureKind::Timeout(_) => "timeout",
                FailureKind::Broken => "transport",
                FailureKind::Refused => "auth",
            };
            Told { status: None, failure: Some(failure) }
        }
    }
}

fn read_token(body: &[u8], asked: Duration, leeway: Duration) -> Result<Token, TokenFailure> {
    let wrong = || TokenFailure::refused("the token endpoint answered without a token");
    let json: Value = serde_json::from_slice(body).map_err(|_| wrong())?;
    let value = json.get("access_token").and_then(Value::as_str).filter(|it| !it.is_empty());
    let value = Secret::from(value.ok_or_else(wrong)?);
    let seconds = json.get("expires_in").and_then(|seconds| match seconds {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64().map(|seconds| seconds.max(0.0) as u64),
    });
    let lifetime = seconds.map_or(UNSAID_LIFETIME, Duration::from_secs);
    let used = lifetime.saturating_sub(leeway.min(lifetime / 2));
    Ok(Token { value, until: asked.saturating_add(used) })
}
