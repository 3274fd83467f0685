//! Bodies that are read while they are sent.

use super::lock::lock;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};

const PIECE: usize = 16 << 10;

/// A body read from a reader while it is sent. It can be read once: a call with it is never retried.
#[derive(Clone)]
pub struct Upload {
    reader: Arc<Mutex<Option<Box<dyn AsyncRead + Send + Unpin>>>>,
    length: Option<u64>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("length", &self.length).finish_non_exhaustive()
    }
}

impl Upload {
    /// A body of unknown length.
    pub fn new(reader: impl AsyncRead + Send + Unpin + 'static) -> Self {
        Self { reader: Arc::new(Mutex::new(Some(Box::new(reader)))), length: None }
    }

    /// Says how many bytes the reader gives; sent as `Content-Length`.
    #[must_use]
    pub const fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// How many bytes the reader gives, where that is known.
    #[must_use]
    pub const fn known_length(&self) -> Option<u64> {
        self.length
    }

    /// The pieces of the body, for the transport; `None` where they were taken before.
    #[must_use]
    pub fn pieces(&self) -> Option<UploadPieces> {
        lock(&self.reader).take().map(|reader| UploadPieces { reader, buffer: vec![0; PIECE] })
    }
}

/// The pieces of an [`Upload`].
pub struct UploadPieces {
    reader: Box<dyn AsyncRead + Send + Unpin>,
    buffer: Vec<u8>,
}

impl fmt::Debug for UploadPieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UploadPieces")
    }
}

impl Stream for UploadPieces {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, buffer } = self.get_mut();
        let mut free = ReadBuf::new(buffer);
        match Pin::new(reader).poll_read(context, &mut free) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) if free.filled().is_empty() => Poll::Ready(None),
            Poll::Ready(Ok(())) => Poll::Ready(Some(Ok(Bytes::copy_from_slice(free.filled())))),
        }
    }
}
