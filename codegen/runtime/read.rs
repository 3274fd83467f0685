//! Reads responses: whole and capped, or piece by piece into a writer.

use super::error::Error;
use super::response::RawResponse;
use super::sent::Circumstances;
use super::transport::{HttpResponse, ResponseBody, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use tokio::io::AsyncWrite;

/// What becomes of the body of a success.
pub(super) enum Body<'a> {
    /// It is read whole.
    Whole,
    /// It is written while it is read.
    Into(Sink<'a>),
    /// It is left to the caller.
    Left,
}

/// Where the body of a success is written to.
pub(super) struct Sink<'a> {
    pub(super) writer: &'a mut (dyn AsyncWrite + Send + Unpin),
    pub(super) limit: usize,
}

/// The whole response, up to `limit` bytes of body.
pub(super) async fn read_body(response: HttpResponse, limit: usize) -> Result<RawResponse, Error> {
    let HttpResponse { status, headers, mut body } = response;
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(piece) = chunk(&mut *body).await.map_err(from_transport)? {
        if first.len() + whole.len() + piece.len() > limit {
            return Err(too_large(limit));
        }
        if first.is_empty() && whole.is_empty() {
            first = piece;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&std::mem::take(&mut first));
            }
            whole.extend_from_slice(&piece);
        }
    }
    let body = if whole.is_empty() { first } else { whole.freeze() };
    Ok(RawResponse { status, headers, body, sent: None })
}

/// Writes a body into `sink`, up to its limit.
pub(super) async fn copy(mut body: Box<dyn ResponseBody>, sink: Sink<'_>) -> Result<(), Error> {
    let Sink { writer, limit } = sink;
    let mut left = limit;
    while let Some(piece) = chunk(&mut *body).await.map_err(from_transport)? {
        left = left.checked_sub(piece.len()).ok_or_else(|| too_large(limit))?;
        write_all(writer, &piece).await.map_err(writing)?;
    }
    poll_fn(|context| Pin::new(&mut *writer).poll_flush(context)).await.map_err(writing)?;
    Ok(())
}

async fn chunk(body: &mut dyn ResponseBody) -> Result<Option<Bytes>, TransportError> {
    poll_fn(|context| body.poll_chunk(context)).await
}

async fn write_all(
    writer: &mut (dyn AsyncWrite + Send + Unpin),
    mut bytes: &[u8],
) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = poll_fn(|context| Pin::new(&mut *writer).poll_write(context, bytes)).await?;
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(())
}

fn writing(error: io::Error) -> Error {
    Error::invalid_input(format!("the response cannot be written: {error}"))
}

pub(super) fn too_large(limit: usize) -> Error {
    Error::BodyTooLarge { limit, call: Circumstances::default() }
}

/// A transport's failure as a call's.
pub(super) fn from_transport(error: TransportError) -> Error {
    let TransportError { kind, source } = error;
    let call = Circumstances::default();
    match kind {
        TransportErrorKind::Connect => Error::Connect { source, timed_out: false, call },
        TransportErrorKind::ConnectTimeout => Error::Connect { source, timed_out: true, call },
        TransportErrorKind::Refused => Error::invalid_input(source.to_string()),
        TransportErrorKind::Broken => Error::Transport { source, call },
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        from_transport(error)
    }
}
