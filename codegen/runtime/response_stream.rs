//! A response whose body is read piece by piece, under a cap and the call's deadline.

use super::deadline::Deadline;
use super::error::Error;
use super::read::{from_transport, too_large};
use super::response::RawResponse;
use super::transport::{ResponseBody, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::mem::take;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};

/// A successful response whose body comes piece by piece: a [`Stream`] of bytes, and a reader ([`AsyncRead`]).
///
/// What breaks off, is longer than its limit or comes too late is an error, never an end; after an error a stream is over, and a reader fails again. The call's time goes on while the body is read: a long download wants a `timeout(…)` of its own.
///
/// ```text
/// let mut body = client.reports().get("2026").send_stream(1 << 30).await?;
/// while let Some(piece) = body.next().await {
///     file.write_all(&piece?).await?;
/// }
/// ```
pub struct ResponseStream {
    pub(super) raw: RawResponse,
    pub(super) rest: Rest,
}

/// What is left of a body.
#[derive(Default)]
pub(super) struct Rest {
    state: State,
    /// What a reader has not taken of the last piece.
    piece: Bytes,
    /// How many bytes may come, and how many of them are left.
    limit: usize,
    left: usize,
}

#[derive(Default)]
enum State {
    Open(Box<dyn ResponseBody>, Deadline),
    Over,
    /// It failed, or was lost.
    #[default]
    Broken,
}

impl Rest {
    /// A body of at most `limit` bytes.
    pub(super) fn new(body: Box<dyn ResponseBody>, limit: usize, deadline: Deadline) -> Self {
        Self { state: State::Open(body, deadline), piece: Bytes::new(), limit, left: limit }
    }

    /// The next piece; the body is asked before the clock.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if !self.piece.is_empty() {
            return Poll::Ready(Some(Ok(take(&mut self.piece))));
        }
        let State::Open(body, deadline) = &mut self.state else { return Poll::Ready(None) };
        let came = match body.poll_chunk(context) {
            // Pieces that are always there must not outrun the clock.
            Poll::Ready(Ok(Some(_))) if deadline.left().is_zero() => Err(deadline.late()),
            Poll::Ready(Ok(piece)) => Ok(piece),
            Poll::Ready(Err(error)) => Err(from_transport(error)),
            Poll::Pending => match deadline.poll(context) {
                Poll::Ready(error) => Err(error),
                Poll::Pending => return Poll::Pending,
            },
        };
        Poll::Ready(self.counted(came).transpose())
    }

    /// A piece within the limit. The connection goes with the end, and with what failed.
    fn counted(&mut self, came: Result<Option<Bytes>, Error>) -> Result<Option<Bytes>, Error> {
        let counted = came.and_then(|piece| match piece {
            Some(piece) => match self.left.checked_sub(piece.len()) {
                Some(left) => {
                    self.left = left;
                    Ok(Some(piece))
                }
                None => Err(too_large(self.limit)),
            },
            None => Ok(None),
        });
        match &counted {
            Ok(Some(_)) => {}
            Ok(None) => self.state = State::Over,
            Err(_) => self.state = State::Broken,
        }
        counted
    }

    /// Waits for a piece for a reader, unless one is there or the body is over.
    pub(super) fn poll_fill(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        // A piece without bytes is no end.
        while self.piece.is_empty() {
            match self.poll(context) {
                Poll::Ready(Some(Ok(piece))) => self.piece = piece,
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(error)),
                Poll::Ready(None) if matches!(self.state, State::Broken) => {
                    return Poll::Ready(Err(broken()));
                }
                Poll::Ready(None) => break,
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Takes at most `most` bytes of the piece that is there.
    pub(super) fn split(&mut self, most: usize) -> Bytes {
        self.piece.split_to(self.piece.len().min(most))
    }

    /// Whether a reader has something to take.
    pub(super) const fn is_filled(&self) -> bool {
        !self.piece.is_empty()
    }
}

fn broken() -> Error {
    TransportError::new(TransportErrorKind::Broken, "the response broke off before").into()
}

impl ResponseStream {
    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// How many bytes the service says the body has; nothing where it does not say so, or they are decompressed.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.raw.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// How many requests were sent for it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.raw.attempts()
    }

    /// What the service calls the request in its logs, by the headers that usually say so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// The next piece; `None` at the end and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl fmt::Debug for ResponseStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseStream").field("status", &self.raw.status).finish_non_exhaustive()
    }
}

impl Stream for ResponseStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { raw, rest } = self.get_mut();
        rest.poll(context).map(|piece| piece.map(|it| it.map_err(|error| raw.about(error))))
    }
}

impl AsyncRead for ResponseStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        free: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { raw, rest } = self.get_mut();
        let filled = rest.poll_fill(context);
        filled.map(|filled| {
            filled.map_err(|error| io::Error::other(raw.about(error)))?;
            free.put_slice(&rest.split(free.remaining()));
            Ok(())
        })
    }
}
