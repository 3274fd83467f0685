//! A transport without a network: gives replies in order, or what a recording holds.

use super::error::Error;
use super::lock::lock;
use super::recording::Recording;
use super::reply::Reply;
use super::transport::{
    BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use super::upload::Upload;
use bytes::BytesMut;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// A transport that gives `replies` one after the other, and then fails.
pub fn replay(replies: impl IntoIterator<Item = Reply>) -> Replay {
    Replay::of(Source::InOrder(replies.into_iter().collect()))
}

/// A transport without a network, and the log of what was sent. Clones share both.
///
/// It gives a list of replies in order ([`replay`]), or a recording's responses by the name of the operation that is called: the next one of that operation, whatever else is called in between. Where the operation was recorded with several paths or queries, the next one with the call's own. What is not recorded, or not any more, is an error that names the operation.
///
/// ```text
/// let recorded = Replay::from_file("tests/exchanges.jsonl")?;
/// let client = Client::builder().token("any").transport(recorded.clone()).build()?;
/// client.users().get("1").send().await?;
/// assert_eq!(recorded.left(), 0);
/// ```
///
/// A [`Recorder`](super::test_util::Recorder) writes such files. By hand, a line needs `method`, `path` and `status`, and usually `operation` and `response_body`:
///
/// ```text
/// {"operation": "users.get", "method": "GET", "path": "/users/1", "status": 200, "response_body": {"name": "Rex"}}
/// ```
#[derive(Clone)]
pub struct Replay {
    shared: Arc<Shared>,
}

struct Shared {
    source: Mutex<Source>,
    sent: Mutex<Vec<HttpRequest>>,
}

enum Source {
    InOrder(VecDeque<Reply>),
    Recorded(Recording),
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("left", &self.left()).finish_non_exhaustive()
    }
}

impl Replay {
    fn of(source: Source) -> Self {
        let (source, sent) = (Mutex::new(source), Mutex::default());
        Self { shared: Arc::new(Shared { source, sent }) }
    }

    /// Answers with the exchanges of a recording: JSON lines, as a [`Recorder`](super::test_util::Recorder) writes them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or a line that is no exchange, by its number.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let read = std::fs::read_to_string(path).map_err(|error| error.to_string());
        let read = read.and_then(|lines| Self::from_lines(lines).map_err(|it| it.to_string()));
        read.map_err(|what| Error::invalid_input(format!("{}: {what}", path.display())))
    }

    /// Answers with the exchanges of a recording, given as text: for `include_str!`, and tests of a few lines.
    ///
    /// # Errors
    ///
    /// A line that is no exchange, by its number.
    pub fn from_lines(lines: impl AsRef<str>) -> Result<Self, Error> {
        Ok(Self::of(Source::Recorded(Recording::read(lines.as_ref())?)))
    }

    /// Leaves path and query out of account: each call gets the next response of its operation, for calls with values that differ each time.
    #[must_use]
    pub fn by_name_only(self) -> Self {
        if let Source::Recorded(recording) = &mut *lock(&self.shared.source) {
            recording.is_by_name = true;
        }
        self
    }

    /// The requests so far, in the order they were sent; what was uploaded is their body.
    #[must_use]
    pub fn sent(&self) -> Vec<HttpRequest> {
        lock(&self.shared.sent).clone()
    }

    /// How many replies were not asked for.
    #[must_use]
    pub fn left(&self) -> usize {
        match &*lock(&self.shared.source) {
            Source::InOrder(replies) => replies.len(),
            Source::Recorded(recording) => recording.left(),
        }
    }
}

impl Replay {
    /// Reads an upload as a service does, into the body of the request that is the `at`-th of the log.
    async fn read(&self, upload: &Upload, at: usize) -> Result<(), TransportError> {
        let failed = |kind, error: io::Error| failed(kind, error.to_string());
        let pieces = upload.pieces();
        let mut pieces = pieces.map_err(|error| failed(TransportErrorKind::Refused, error))?;
        let mut body = BytesMut::new();
        while let Some(piece) = poll_fn(|context| Pin::new(&mut pieces).poll_next(context)).await {
            let piece = piece.map_err(|error| failed(TransportErrorKind::Refused, error))?;
            body.extend_from_slice(&piece);
        }
        if let Some(sent) = lock(&self.shared.sent).get_mut(at) {
            sent.body = body.freeze();
        }
        Ok(())
    }
}

impl Transport for Replay {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let reply = match &mut *lock(&self.shared.source) {
            Source::InOrder(replies) => {
                replies.pop_front().ok_or_else(|| "the replay has no reply left".to_owned())
            }
            Source::Recorded(recording) => recording.take(&request),
        };
        let upload = request.upload.clone();
        let at = {
            let mut sent = lock(&self.shared.sent);
            sent.push(request);
            sent.len() - 1
        };
        Box::pin(async move {
            if let Some(upload) = upload {
                self.read(&upload, at).await?;
            }
            let reply = reply.map_err(|why| failed(TransportErrorKind::Refused, why))?;
            let Reply { status, headers, body } = reply;
            let body = body.map_err(|kind| failed(kind, "the replay says so".to_owned()))?;
            let body = Some(body).filter(|body| !body.is_empty());
            Ok(HttpResponse { status, headers, body: Box::new(body) })
        })
    }
}

fn failed(kind: TransportErrorKind, message: String) -> TransportError {
    TransportError::new(kind, message)
}
