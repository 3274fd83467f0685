//! The seam below the client: plain requests in, plain responses out.

use super::sent::Sent;
use super::upload::Upload;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A boxed future, so that [`Transport`] is object-safe.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and gives its response. Follows no redirect, retries nothing, decodes no JSON.
///
/// Middleware is a transport around another one:
///
/// ```text
/// struct Counted<T> { inner: T, sent: AtomicU64 }
///
/// impl<T: Transport> Transport for Counted<T> {
///     fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
///         self.sent.fetch_add(1, Ordering::Relaxed);
///         self.inner.send(request)
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`; returns once the response's head is there.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }
}

/// A request, ready to be sent.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The URL, to be sent byte for byte.
    pub url: String,
    /// The headers; those that hold a credential are marked sensitive.
    pub headers: HeaderMap,
    /// The body; empty for none.
    pub body: Bytes,
    /// A body that is read while it is sent, instead of `body`.
    pub upload: Option<Upload>,
    /// The call it is a part of.
    pub(super) sent: Option<Sent>,
    /// The name of the query parameter that holds the credential, if one does.
    pub(super) key_in_query: Option<&'static str>,
}

impl HttpRequest {
    /// A request without headers and body, of no operation.
    #[must_use]
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        let (headers, body) = (HeaderMap::new(), Bytes::new());
        let (upload, sent, key_in_query) = (None, None, None);
        Self { method, url: url.into(), headers, body, upload, sent, key_in_query }
    }

    /// The name of the operation (`users.get`); none for requests of the client's own, such as those for tokens.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.sent.as_ref().map(|sent| sent.operation.name)
    }

    /// The template of the path, without its values.
    #[must_use]
    pub fn path_template(&self) -> Option<&str> {
        self.sent.as_ref().map(Sent::path)
    }

    /// Which attempt of its call it is, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.sent.as_ref().map_or(1, |sent| sent.attempts)
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

/// A response whose body is still to be read.
pub struct HttpResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Box<dyn ResponseBody>,
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// A body that is read piece by piece.
pub trait ResponseBody: Send {
    /// The next piece; `None` at the end. A body that breaks off early is an error.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>>;
}

impl ResponseBody for Option<Bytes> {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        Poll::Ready(Ok(self.take()))
    }
}

/// What kept a request from its response.
#[derive(Debug)]
pub struct TransportError {
    /// What kind of failure.
    pub kind: TransportErrorKind,
    /// What failed below; must not show the URL or a credential.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// A failure of this kind; `source` must not show the URL or a credential.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { kind, source: source.into() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect",
            TransportErrorKind::ConnectTimeout => "connecting took too long",
            TransportErrorKind::Refused => "the request cannot be sent as it is",
            TransportErrorKind::Broken => "the connection failed",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// Kinds of [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: nothing was sent.
    Connect,
    /// Connecting took too long: nothing was sent.
    ConnectTimeout,
    /// The request cannot be sent as it is.
    Refused,
    /// Anything else.
    Broken,
}
