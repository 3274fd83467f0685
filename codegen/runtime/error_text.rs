//! How an error reads: in one line, with what was called and what the service said, and without any credential.

use super::error::{Error, Phase};
use http::StatusCode;
use std::fmt;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidInput { message, .. } => return f.write_str(message),
            Self::Status { status, .. } => return self.write_status(f, *status),
            _ => {}
        }
        if let Some(sent) = self.sent() {
            write!(f, "{} {}: ", sent.method(), sent.path())?;
        }
        let at_token_endpoint = self.call().is_at_token_endpoint();
        match self {
            Self::InvalidInput { message, .. } | Self::Auth { message, .. } => {
                return f.write_str(message);
            }
            Self::Connect { source, .. } | Self::Transport { source, .. } if at_token_endpoint => {
                write!(f, "no token: {source}")?;
            }
            Self::Connect { timed_out: true, .. } => f.write_str("connecting took too long")?,
            Self::Connect { .. } => f.write_str("cannot connect to the service")?,
            Self::Timeout { phase, limit, .. } => {
                let what = match phase {
                    Phase::Connect => "connecting",
                    Phase::Attempt => "the request",
                    Phase::Total => "the call",
                    Phase::Token => "asking for a token",
                };
                write!(f, "{what} took longer than {limit:?}")?;
            }
            Self::Transport { .. } => f.write_str("the connection to the service failed")?,
            Self::Status { .. } => {}
            Self::Decode { message, .. } => write!(f, "cannot read the response: {message}")?,
            Self::Paging { message, .. } => write!(f, "cannot walk through the pages: {message}")?,
            Self::WaitTimeout { limit, .. } => {
                write!(f, "what was waited for did not come within {limit:?}")?;
            }
            Self::BodyTooLarge { limit, .. } => {
                write!(f, "the response is larger than {limit} bytes")?;
            }
        }
        if self.is_retryable() && self.attempts() > 0 {
            write!(f, ", after {}", Attempts(self.attempts()))?;
        }
        self.write_request_id(f)
    }
}

/// A number of attempts.
struct Attempts(u32);

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 attempt"),
            count => write!(f, "{count} attempts"),
        }
    }
}

impl Error {
    fn write_status(&self, f: &mut fmt::Formatter<'_>, status: StatusCode) -> fmt::Result {
        let code = status.as_u16();
        match self.sent() {
            Some(sent) => {
                let attempts = Attempts(sent.attempts);
                write!(f, "{} {} answered {code} after {attempts}", sent.method(), sent.path())?;
            }
            None => write!(f, "the service answered {code}")?,
        }
        if let Some(said) = self.service_message() {
            write!(f, ": {said}")?;
        }
        if let Some(wait) = self.retry_after() {
            write!(f, "; retry after {} s", wait.as_secs())?;
        }
        self.write_request_id(f)
    }

    fn write_request_id(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.request_id() {
            Some(id) => write!(f, " (request id {})", id.get(..100).unwrap_or(id)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { body, .. } | Self::Decode { body, .. } | Self::Paging { body, .. } => {
                write!(f, "Error({self}; {} bytes of body)", body.len())
            }
            Self::Connect { source, .. } | Self::Transport { source, .. } => {
                write!(f, "Error({self}: {source})")
            }
            Self::InvalidInput { .. }
            | Self::Timeout { .. }
            | Self::BodyTooLarge { .. }
            | Self::WaitTimeout { .. }
            | Self::Auth { .. } => write!(f, "Error({self})"),
        }
    }
}
