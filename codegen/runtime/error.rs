//! The one error type.

use super::sent::{Circumstances, Sent, request_id};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// What kept a call from its response.
///
/// Never shows a credential, nor a URL with its values. What was called stands in [`Error::operation`], [`Error::method`] and [`Error::path`].
#[non_exhaustive]
pub enum Error {
    /// The call or the client was put together wrongly: nothing was sent, or not the whole of an upload.
    #[non_exhaustive]
    InvalidInput {
        /// What is wrong, and what to do.
        message: String,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// No connection: nothing was sent.
    #[non_exhaustive]
    Connect {
        /// What failed below.
        source: BoxError,
        /// Whether connecting took too long.
        timed_out: bool,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// Time ran out.
    #[non_exhaustive]
    Timeout {
        /// While doing what.
        phase: Phase,
        /// The limit.
        limit: Duration,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// The connection broke, or did not speak HTTP.
    #[non_exhaustive]
    Transport {
        /// What failed below.
        source: BoxError,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// The service answered with a status that is no success.
    #[non_exhaustive]
    Status {
        /// The status.
        status: StatusCode,
        /// The response's body as it came, up to the cap.
        body: Bytes,
        /// How long the service asks to wait.
        retry_after: Option<Duration>,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// The response is not what the operation is answered with.
    #[non_exhaustive]
    Decode {
        /// Where in the response, and why.
        message: String,
        /// The response's body as it came.
        body: Bytes,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// The pages of a list do not go on as the service said: items would be left out, or given twice.
    #[non_exhaustive]
    Paging {
        /// What is wrong with them.
        message: String,
        /// The last page as it came.
        body: Bytes,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// What was waited for did not come in time.
    #[non_exhaustive]
    WaitTimeout {
        /// The limit.
        limit: Duration,
        /// The last response as it came.
        body: Bytes,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// The response is larger than the client accepts.
    #[non_exhaustive]
    BodyTooLarge {
        /// The cap in bytes.
        limit: usize,
        #[doc(hidden)]
        call: Circumstances,
    },
    /// A credential is missing or was refused before sending.
    #[non_exhaustive]
    Auth {
        /// What is missing, and what to do.
        message: String,
        #[doc(hidden)]
        call: Circumstances,
    },
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What was going on when time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Connecting.
    Connect,
    /// One request and its response.
    Attempt,
    /// The whole call.
    Total,
    /// Asking for a token.
    Token,
}

impl Error {
    /// The call or the client was put together wrongly.
    #[must_use]
    pub fn invalid_input(message: impl Into<String>) -> Self {
        Self::InvalidInput { message: message.into(), call: Circumstances::default() }
    }

    /// A credential is missing or cannot be used, for a [`Signer`](super::Signer).
    #[must_use]
    pub fn auth(message: impl Into<String>) -> Self {
        Self::Auth { message: message.into(), call: Circumstances::default() }
    }

    /// A response is not what it should be, for a [`FromResponse`](super::FromResponse).
    #[must_use]
    pub fn decode(message: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let call = Circumstances::default();
        Self::Decode { message: message.into(), body: body.into(), call }
    }

    /// The kind of failure in one word, for logs and counters.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::InvalidInput { .. } => "invalid_input",
            Self::Connect { .. } => "connect",
            Self::Timeout { .. } => "timeout",
            Self::Transport { .. } => "transport",
            Self::Status { .. } => "status",
            Self::Decode { .. } => "decode",
            Self::Paging { .. } => "paging",
            Self::WaitTimeout { .. } => "wait_timeout",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::Auth { .. } => "auth",
        }
    }

    /// Whether time ran out, while connecting as well.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout { .. } | Self::WaitTimeout { .. } => true,
            Self::Connect { timed_out, .. } => *timed_out,
            _ => false,
        }
    }

    /// Whether there was no connection: nothing was sent.
    #[must_use]
    pub const fn is_connect(&self) -> bool {
        matches!(self, Self::Connect { .. })
    }

    /// Whether the service answered with 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the same call may succeed later: connections, timeouts, 408, 429, 500, 502, 503, 504.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Timeout { .. } | Self::Transport { .. } => true,
            Self::WaitTimeout { .. } => true,
            Self::Status { status, .. } => {
                matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
            }
            Self::InvalidInput { .. }
            | Self::Decode { .. }
            | Self::Paging { .. }
            | Self::BodyTooLarge { .. }
            | Self::Auth { .. } => false,
        }
    }

    /// The status, where the service answered with one that is no success.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The name of the operation that was called (`users.get`), once it was.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.sent().map(|sent| sent.operation.name)
    }

    /// The method of the call.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.sent().map(Sent::method)
    }

    /// The template of the call's path, without its values.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.sent().map(Sent::path)
    }

    /// How many requests were sent; 0 for none.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.sent().map_or(0, |sent| sent.attempts)
    }

    /// How long the call took, waits included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.sent().map_or(Duration::ZERO, |sent| sent.elapsed)
    }

    /// The headers of the response that the error is about, if any.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.call().headers().filter(|headers| !headers.is_empty())
    }

    /// A header of the response, where it is text.
    #[must_use]
    pub fn header(&self, name: impl AsRef<str>) -> Option<&str> {
        self.headers()?.get(name.as_ref())?.to_str().ok()
    }

    /// What the service calls the request in its logs, by the headers that usually say so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    /// How long the service asks to wait, at most a minute.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What the service says of the failure in its own words, cut at 300 characters, credentials taken out.
    #[must_use]
    pub fn service_message(&self) -> Option<&str> {
        self.call().said()
    }

    pub(super) fn sent(&self) -> Option<&Sent> {
        self.call().sent()
    }

    pub(super) const fn call(&self) -> &Circumstances {
        match self {
            Self::InvalidInput { call, .. }
            | Self::Connect { call, .. }
            | Self::Timeout { call, .. }
            | Self::Transport { call, .. }
            | Self::Status { call, .. }
            | Self::Decode { call, .. }
            | Self::Paging { call, .. }
            | Self::WaitTimeout { call, .. }
            | Self::BodyTooLarge { call, .. }
            | Self::Auth { call, .. } => call,
        }
    }

    pub(super) const fn call_mut(&mut self) -> &mut Circumstances {
        match self {
            Self::InvalidInput { call, .. }
            | Self::Connect { call, .. }
            | Self::Timeout { call, .. }
            | Self::Transport { call, .. }
            | Self::Status { call, .. }
            | Self::Decode { call, .. }
            | Self::Paging { call, .. }
            | Self::WaitTimeout { call, .. }
            | Self::BodyTooLarge { call, .. }
            | Self::Auth { call, .. } => call,
        }
    }

    /// The body of an error response, or of the last one that was waited with, as a `T`, where it is one.
    #[must_use]
    pub fn api<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Status { body, .. } | Self::WaitTimeout { body, .. } => {
                serde_json::from_slice(body).ok()
            }
            _ => None,
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect { source, .. } | Self::Transport { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}
