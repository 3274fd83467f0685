//! The default transport: reqwest, without redirects.

use super::transport::{
    BoxFuture, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
    TransportErrorKind,
};
use super::upload::Upload;
use super::upload_pieces::failure;
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// The longest connecting may take unless set.
pub(super) const CONNECT: Duration = Duration::from_millis(3_100);

/// A [`Transport`] over a [`reqwest::Client`].
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// What reqwest shows of a client may hold the password of a proxy.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

impl ReqwestTransport {
    /// A transport that gives up connecting after `connect`.
    ///
    /// # Errors
    ///
    /// Where TLS cannot be set up.
    pub fn new(connect: Duration) -> Result<Self, TransportError> {
        Self::from_builder(reqwest::Client::builder().connect_timeout(connect))
    }

    /// A transport over a client that is built with the caller's proxies, certificates and timeouts. Redirects, retries and referers are off whatever the builder says: the client decides on them.
    ///
    /// # Errors
    ///
    /// Where reqwest refuses what the builder says.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let client = builder
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .build()
            .map_err(failed)?;
        Ok(Self { client })
    }

    /// A transport over a client of the caller's, for one pool of connections in a whole service. Better give its builder to [`ReqwestTransport::from_builder`], which sets what it must; of a client that is built nothing can be asked, and it must
    ///
    /// - follow no redirects (`redirect(Policy::none())`): reqwest would send a body and its password elsewhere,
    /// - retry nothing (`retry(retry::never())`) and send no referer (`referer(false)`),
    /// - decompress what it asks for: no `no_gzip()` beside an `Accept-Encoding` of its own,
    /// - give up connecting in time (`connect_timeout`, which reqwest does not have unless set): what the client's own limit cuts off may have been sent, and a POST is not repeated then,
    /// - have no `timeout` and no `read_timeout` below the client's: what they cut off counts as a connection that broke. The client has limits of its own.
    #[must_use]
    pub const fn with_client(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            // Without a runtime reqwest panics.
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(refused(
                    "reqwest needs a tokio runtime: call from one, or give the builder another `.transport(…)`"
                        .to_owned(),
                ));
            }
            let url = exact_url(&request.url)?;
            let mut built = reqwest::Request::new(request.method, url);
            *built.headers_mut() = request.headers;
            match &request.upload {
                Some(upload) => stream(&mut built, upload)?,
                None if request.body.is_empty() => {}
                None => *built.body_mut() = Some(request.body.into()),
            }
            let mut response = self.client.execute(built).await.map_err(failed)?;
            Ok(HttpResponse {
                status: response.status(),
                headers: std::mem::take(response.headers_mut()),
                body: Box::new(Pieces(response.bytes_stream())),
            })
        })
    }
}

/// Gives `built` the pieces of `upload`, framed by its length where that is known.
fn stream(built: &mut reqwest::Request, upload: &Upload) -> Result<(), TransportError> {
    let pieces = upload.pieces();
    let pieces = pieces.map_err(|error| refused(format!("the upload cannot be read: {error}")))?;
    if let Some(length) = upload.known_length() {
        built.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    *built.body_mut() = Some(reqwest::Body::wrap_stream(pieces));
    Ok(())
}

struct Pieces<S>(S);

impl<S: Stream<Item = reqwest::Result<Bytes>> + Send + Unpin> ResponseBody for Pieces<S> {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        let piece = Pin::new(&mut self.0).poll_next(context);
        piece.map(|piece| piece.transpose().map_err(failed))
    }
}

/// The URL, unless reqwest's URL type would send other bytes than it says.
fn exact_url(text: &str) -> Result<reqwest::Url, TransportError> {
    let url = reqwest::Url::parse(text).map_err(|error| refused(error.to_string()))?;
    if path_and_query(text) == path_and_query(url.as_str()) {
        return Ok(url);
    }
    Err(refused(
        "reqwest would send another path or query than this one (dot segments, quotes); \
         use a transport that sends exact bytes"
            .to_owned(),
    ))
}

/// The path without its first `/`, and the query.
fn path_and_query(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(after_scheme..).unwrap_or_default();
    let start = rest.find(['/', '?']).unwrap_or(rest.len());
    let rest = rest.get(start..).unwrap_or_default();
    rest.strip_prefix('/').unwrap_or(rest)
}

pub(super) fn refused(message: String) -> TransportError {
    TransportError { kind: TransportErrorKind::Refused, source: message.into() }
}

pub(super) fn failed(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, _) => TransportErrorKind::Broken,
    };
    match failure(&error) {
        // It was the body that failed, not the connection.
        Some(why) => refused(why),
        None => TransportError { kind, source: Box::new(error.without_url()) },
    }
}
