//! The one error type.

use super::operation::Operation;
use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::Duration;

/// What kept a call from its response.
///
/// Never holds a credential, nor a URL with its values; an error status names the operation that met it.
#[non_exhaustive]
pub enum Error {
    /// The call or the client was put together wrongly; nothing was sent.
    InvalidInput {
        /// What is wrong, and what to do.
        message: String,
    },
    /// No connection: nothing was sent.
    Connect {
        /// What failed below.
        source: BoxError,
    },
    /// Time ran out.
    Timeout {
        /// While doing what.
        phase: Phase,
        /// The limit.
        limit: Duration,
    },
    /// The connection broke, or did not speak HTTP.
    Transport {
        /// What failed below.
        source: BoxError,
    },
    /// The service answered with a status that is no success.
    Status {
        /// The status.
        status: StatusCode,
        /// The response's body as it came, up to the cap.
        body: Bytes,
        /// How long the service asks to wait.
        retry_after: Option<Duration>,
        /// How many requests were sent.
        attempts: u32,
        /// Which operation was called.
        operation: &'static Operation,
    },
    /// The response is not what the operation is answered with.
    Decode {
        /// Where in the response, and why.
        message: String,
        /// The response's body as it came.
        body: Bytes,
    },
    /// The pages of a list do not go on as the service said: items would be left out, or given twice.
    Paging {
        /// What is wrong with them.
        message: String,
        /// The last page as it came.
        body: Bytes,
    },
    /// The response is larger than the client accepts.
    BodyTooLarge {
        /// The cap in bytes.
        limit: usize,
    },
    /// A credential is missing or was refused before sending.
    Auth {
        /// What is missing, and what to do.
        message: String,
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
}

impl Error {
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::InvalidInput { message: message.into() }
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
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::Auth { .. } => "auth",
        }
    }

    /// Whether time ran out.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// Whether the same call may succeed later: connections, timeouts, 408, 429, 500, 502, 503, 504.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Timeout { .. } | Self::Transport { .. } => true,
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

    /// The body of an error response as a `T`, where it is one.
    #[must_use]
    pub fn api<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Status { body, .. } => serde_json::from_slice(body).ok(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidInput { message } | Self::Auth { message } => f.write_str(message),
            Self::Connect { .. } => f.write_str("cannot connect to the service"),
            Self::Timeout { phase, limit } => {
                let what = match phase {
                    Phase::Connect => "connecting",
                    Phase::Attempt => "the request",
                    Phase::Total => "the call",
                };
                write!(f, "{what} took longer than {limit:?}")
            }
            Self::Transport { .. } => f.write_str("the connection to the service failed"),
            Self::Status { status, retry_after, attempts, operation, .. } => {
                let code = status.as_u16();
                write!(f, "{} {} answered {code}", operation.method, operation.path)?;
                if *attempts > 1 {
                    write!(f, " after {attempts} attempts")?;
                }
                match retry_after {
                    Some(wait) => write!(f, "; retry after {} s", wait.as_secs()),
                    None => Ok(()),
                }
            }
            Self::Decode { message, .. } => write!(f, "cannot read the response: {message}"),
            Self::Paging { message, .. } => write!(f, "cannot walk through the pages: {message}"),
            Self::BodyTooLarge { limit } => write!(f, "the response is larger than {limit} bytes"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { body, .. } | Self::Decode { body, .. } | Self::Paging { body, .. } => {
                write!(f, "Error({self}; {} bytes of body)", body.len())
            }
            Self::Connect { source } | Self::Transport { source } => {
                write!(f, "Error({self}: {source})")
            }
            Self::InvalidInput { .. }
            | Self::Timeout { .. }
            | Self::BodyTooLarge { .. }
            | Self::Auth { .. } => write!(f, "Error({self})"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect { source } | Self::Transport { source } => Some(source.as_ref()),
            _ => None,
        }
    }
}
