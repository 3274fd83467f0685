//! A response that a test gives, instead of a service.

use super::transport::TransportErrorKind;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};

/// A response to be given.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Result<Bytes, TransportErrorKind>,
}

impl Reply {
    /// A response without a body; 500 where `status` is none.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Ok(Bytes::new()) }
    }

    /// A response of JSON, given as text.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::status(status).body(body);
        reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        reply
    }

    /// No response: a failure of the transport.
    #[must_use]
    pub fn failure(kind: TransportErrorKind) -> Self {
        Self { body: Err(kind), ..Self::status(500) }
    }

    /// With this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Ok(body.into());
        self
    }

    /// With a header; one that cannot be sent is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = (HeaderName::try_from(name), HeaderValue::try_from(value));
        if let (Ok(name), Ok(value)) = (name, value) {
            self.headers.append(name, value);
        }
        self
    }

    /// What its headers say of its body.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }
}
