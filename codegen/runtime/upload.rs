//! Bodies that are read while they are sent: from readers, streams and files, never held whole.

use super::lock::lock;
use super::upload_pieces::{Pieces, UploadPieces, Watch, on_thread, read, whole};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::io::AsyncRead;

/// A body that is read while it is sent.
///
/// One of [`Upload::file`], [`Upload::bytes`] or [`Upload::from_fn`] can be read again, and its call is retried like any other. A reader or a stream can be read once: its call is sent once.
///
/// ```text
/// let upload = Upload::file("backup.tar")?.on_progress(|sent, whole| bar.set(sent, whole));
/// client.backups().add().upload(upload).timeout(HOUR).send().await?;
/// ```
///
/// The call's total time bounds the upload, and no shorter limit of an attempt.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
    watch: Option<Watch>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    /// Can be read once.
    Once(Arc<Mutex<Option<Open>>>),
    /// Is opened for each attempt.
    Again(Arc<dyn Fn() -> io::Result<Pieces> + Send + Sync>),
    /// One after the other.
    Joined(Arc<[Upload]>),
}

type Open = Box<dyn FnOnce() -> io::Result<Pieces> + Send>;

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("length", &self.length).finish_non_exhaustive()
    }
}

/// The same bytes, or the same source.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length
            && match (&self.source, &other.source) {
                (Source::Bytes(one), Source::Bytes(two)) => one == two,
                (Source::Once(one), Source::Once(two)) => Arc::ptr_eq(one, two),
                (Source::Again(one), Source::Again(two)) => Arc::ptr_eq(one, two),
                (Source::Joined(one), Source::Joined(two)) => one == two,
                (Source::Bytes(_) | Source::Once(_) | Source::Again(_) | Source::Joined(_), _) => {
                    false
                }
            }
    }
}

impl Eq for Upload {}

impl Upload {
    /// What a reader gives, once; of unknown length.
    pub fn new(reader: impl AsyncRead + Send + Unpin + 'static) -> Self {
        Self::once(move || Ok(read(reader)))
    }

    /// What a stream gives, once; of unknown length.
    pub fn from_stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self::once(move || Ok(Box::pin(stream)))
    }

    /// What a reader without async gives, once; of unknown length. It is read on a thread of its own.
    pub fn from_read(reader: impl io::Read + Send + 'static) -> Self {
        Self::once(move || on_thread(move || Ok(reader)))
    }

    /// These bytes; worth it for their progress, or as a part of several.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { length: Some(bytes.len() as u64), source: Source::Bytes(bytes), watch: None }
    }

    /// A file, opened for each attempt and read on a thread of its own. What is no regular file, such as a pipe, is opened now and read once.
    ///
    /// # Errors
    ///
    /// Where there is no such file, or it is a folder. What happens to it later fails the call: one that has grown or shrunk is not sent.
    pub fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let told = std::fs::metadata(path)?;
        if told.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !told.is_file() {
            return Ok(Self::from_read(File::open(path)?));
        }
        let path = path.to_owned();
        let open = move || {
            let path = path.clone();
            on_thread(move || File::open(path))
        };
        Ok(Self::of(Source::Again(Arc::new(open))).length(told.len()))
    }

    /// What `open` gives, called for each attempt: each time the same bytes. Of unknown length.
    pub fn from_fn<R: AsyncRead + Send + Unpin + 'static>(
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::of(Source::Again(Arc::new(move || open().map(read))))
    }

    fn once(open: impl FnOnce() -> io::Result<Pieces> + Send + 'static) -> Self {
        Self::of(Source::Once(Arc::new(Mutex::new(Some(Box::new(open))))))
    }

    const fn of(source: Source) -> Self {
        Self { source, length: None, watch: None }
    }

    /// One after the other.
    pub(super) fn joined(uploads: Vec<Self>) -> Self {
        let length = uploads.iter().map(Self::known_length).sum();
        Self { length, ..Self::of(Source::Joined(uploads.into())) }
    }

    /// Says how many bytes come; sent as `Content-Length`. Fewer or more are an error.
    #[must_use]
    pub const fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// Has `told` be told how many bytes are on their way, and how many there are where that is known: after each piece, and ever more. It must not panic, and be quick.
    ///
    /// Where the call is sent again, it is told again once more bytes are on their way than ever before.
    #[must_use]
    pub fn on_progress(mut self, told: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.watch = Some(Watch::new(told));
        self
    }

    /// How many bytes come, where that is known.
    #[must_use]
    pub const fn known_length(&self) -> Option<u64> {
        self.length
    }

    /// Whether it can be read again, so that its call may be sent again.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match &self.source {
            Source::Bytes(_) | Source::Again(_) => true,
            Source::Once(_) => false,
            Source::Joined(uploads) => uploads.iter().all(Self::is_repeatable),
        }
    }

    /// The pieces of the body, for the transport.
    ///
    /// # Errors
    ///
    /// Where it was read before and cannot be read again, or cannot be opened.
    pub fn pieces(&self) -> io::Result<UploadPieces> {
        let pieces = match &self.source {
            Source::Bytes(bytes) => whole(bytes.clone()),
            Source::Again(open) => open()?,
            Source::Joined(uploads) => {
                Box::pin(Joined { uploads: Arc::clone(uploads), next: 0, current: None })
            }
            Source::Once(open) => {
                let open = lock(open).take();
                open.ok_or_else(|| io::Error::other("it was read before"))?()?
            }
        };
        if let Some(watch) = self.watch.as_ref().filter(|_| self.length == Some(0)) {
            // A transport does not ask for what is empty.
            watch.tell(0, self.length);
        }
        Ok(UploadPieces::new(pieces, self.length, self.watch.clone()))
    }

    /// The bytes, where they are all there is to it.
    pub(super) fn plain(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) if self.watch.is_none() => Some(bytes),
            Source::Bytes(_) | Source::Again(_) | Source::Once(_) | Source::Joined(_) => None,
        }
    }

    /// For a new call: its progress begins again.
    pub(super) fn renewed(&self) -> Self {
        let source = match &self.source {
            Source::Joined(uploads) => Source::Joined(uploads.iter().map(Self::renewed).collect()),
            Source::Bytes(_) | Source::Again(_) | Source::Once(_) => self.source.clone(),
        };
        Self { source, length: self.length, watch: self.watch.as_ref().map(Watch::renewed) }
    }
}

/// Several uploads, each opened when it is its turn.
struct Joined {
    uploads: Arc<[Upload]>,
    next: usize,
    current: Option<UploadPieces>,
}

impl Stream for Joined {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(pieces) = &mut this.current {
                match Pin::new(pieces).poll_next(context) {
                    Poll::Ready(None) => this.current = None,
                    came => return came,
                }
            }
            let Some(upload) = this.uploads.get(this.next) else { return Poll::Ready(None) };
            this.next += 1;
            match upload.pieces() {
                Ok(pieces) => this.current = Some(pieces),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}
