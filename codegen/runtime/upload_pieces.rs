//! The pieces of an upload: from a reader, a thread, or several uploads, counted as they go.

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::error::Error;
use std::fmt;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::thread;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{Receiver, channel};

/// Bytes read at once. A thread reads one piece ahead.
const PIECE: usize = 32 << 10;

/// What an upload is read from.
pub(super) type Pieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Who is told how far an upload has come.
#[derive(Clone)]
pub(super) struct Watch {
    told: Arc<dyn Fn(u64, Option<u64>) + Send + Sync>,
    /// The most that was told, over all attempts of a call.
    most: Arc<AtomicU64>,
}

impl Watch {
    pub(super) fn new(told: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self { told: Arc::new(told), most: Arc::default() }
    }

    /// For another call.
    pub(super) fn renewed(&self) -> Self {
        Self { told: Arc::clone(&self.told), most: Arc::default() }
    }

    pub(super) fn tell(&self, sent: u64, length: Option<u64>) {
        if self.most.fetch_max(sent, Ordering::Relaxed) < sent || sent == 0 {
            (self.told)(sent, length);
        }
    }
}

/// The pieces of an [`Upload`](super::upload::Upload): none after the last one and after an error.
pub struct UploadPieces {
    /// None where it is over.
    pieces: Option<Pieces>,
    length: Option<u64>,
    sent: u64,
    watch: Option<Watch>,
}

impl fmt::Debug for UploadPieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UploadPieces")
    }
}

impl UploadPieces {
    pub(super) const fn new(pieces: Pieces, length: Option<u64>, watch: Option<Watch>) -> Self {
        Self { pieces: Some(pieces), length, sent: 0, watch }
    }

    /// Counts what came against the length that was promised.
    fn counted(&mut self, came: Option<io::Result<Bytes>>) -> io::Result<Option<Bytes>> {
        let Some(piece) = came.transpose().map_err(unreadable)? else {
            return match self.length {
                Some(length) if self.sent < length => {
                    Err(self.misfit(io::ErrorKind::UnexpectedEof))
                }
                None if self.sent == 0 => {
                    self.tell();
                    Ok(None)
                }
                Some(_) | None => Ok(None),
            };
        };
        self.sent = self.sent.saturating_add(piece.len() as u64);
        if self.length.is_some_and(|length| self.sent > length) {
            return Err(self.misfit(io::ErrorKind::InvalidData));
        }
        if !piece.is_empty() {
            self.tell();
        }
        Ok(Some(piece))
    }

    fn tell(&self) {
        if let Some(watch) = &self.watch {
            watch.tell(self.sent, self.length);
        }
    }

    fn misfit(&self, kind: io::ErrorKind) -> io::Error {
        let length = self.length.unwrap_or_default();
        let sent = self.sent;
        let message = match kind {
            io::ErrorKind::UnexpectedEof => format!("it ended after {sent} of {length} bytes"),
            _ => format!("it gives more than its {length} bytes"),
        };
        unreadable(io::Error::new(kind, message))
    }
}

impl Stream for UploadPieces {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let Some(pieces) = &mut this.pieces else { return Poll::Ready(None) };
            let came = match pieces.as_mut().poll_next(context) {
                Poll::Ready(came) => this.counted(came),
                Poll::Pending => return Poll::Pending,
            };
            match came {
                // No bytes are no chunk: an empty one would be the end.
                Ok(Some(piece)) if piece.is_empty() => {}
                Ok(Some(piece)) => return Poll::Ready(Some(Ok(piece))),
                Ok(None) => this.pieces = None,
                Err(error) => {
                    this.pieces = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// Why an upload cannot be read: known again when it comes back from a transport.
#[derive(Debug)]
pub(super) struct Unreadable(io::Error);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the upload cannot be read: {}", self.0)
    }
}

impl Error for Unreadable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

fn unreadable(error: io::Error) -> io::Error {
    if error.get_ref().is_some_and(|it| it.is::<Unreadable>()) {
        return error;
    }
    io::Error::new(error.kind(), Unreadable(error))
}

/// The text of an upload's own failure among what made `error`.
pub(super) fn failure(error: &(dyn Error + 'static)) -> Option<String> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let read = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(unreadable) = read.and_then(|it| it.downcast_ref::<Unreadable>()) {
            return Some(unreadable.to_string());
        }
        cause = error.source();
    }
    None
}

/// All of it at once.
pub(super) fn whole(bytes: Bytes) -> Pieces {
    struct Whole(Option<Bytes>);

    impl Stream for Whole {
        type Item = io::Result<Bytes>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.take().map(Ok))
        }
    }

    Box::pin(Whole(Some(bytes)))
}

/// What a reader gives.
pub(super) fn read(reader: impl AsyncRead + Send + Unpin + 'static) -> Pieces {
    struct Reading<R>(R, BytesMut);

    impl<R: AsyncRead + Unpin> Stream for Reading<R> {
        type Item = io::Result<Bytes>;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            let Self(reader, buffer) = self.get_mut();
            buffer.resize(PIECE, 0);
            let mut free = ReadBuf::new(buffer);
            let read = Pin::new(reader).poll_read(context, &mut free);
            let count = free.filled().len();
            read.map(|read| match read {
                Ok(()) if count == 0 => None,
                Ok(()) => Some(Ok(buffer.split_to(count).freeze())),
                Err(error) => Some(Err(error)),
            })
        }
    }

    Box::pin(Reading(reader, BytesMut::new()))
}

/// What a reader without async gives, which is opened and read on a thread of its own. It ends with who asks for the pieces.
pub(super) fn on_thread<R: Read>(
    open: impl FnOnce() -> io::Result<R> + Send + 'static,
) -> io::Result<Pieces> {
    struct Received(Receiver<io::Result<Bytes>>);

    impl Stream for Received {
        type Item = io::Result<Bytes>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            self.0.poll_recv(context).map(|received| match received {
                Some(Ok(piece)) if piece.is_empty() => None,
                Some(piece) => Some(piece),
                None => Some(Err(io::Error::other("its reader panicked"))),
            })
        }
    }

    let (sender, receiver) = channel(1);
    let reading = move || {
        let mut opened = open();
        loop {
            let piece = match &mut opened {
                Ok(reader) => piece_of(reader),
                Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
            };
            let is_last = piece.as_ref().map_or(true, Bytes::is_empty);
            if sender.blocking_send(piece).is_err() || is_last {
                return;
            }
        }
    };
    thread::Builder::new().name("upload".to_owned()).spawn(reading)?;
    Ok(Box::pin(Received(receiver)))
}

/// The next piece of a reader; an empty one at its end.
fn piece_of(reader: &mut impl Read) -> io::Result<Bytes> {
    let mut buffer = vec![0; PIECE];
    loop {
        match reader.read(&mut buffer) {
            Ok(count) => {
                buffer.truncate(count);
                return Ok(buffer.into());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
