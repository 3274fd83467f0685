//! Calls without async: the same calls, driven by one thread of this crate's own.

use super::call::Call;
use super::error::Error;
use super::page::{Items, Pages};
use super::paging::Page;
use super::read::Sink;
use super::response::{FromResponse, RawResponse, Response};
use super::response_stream::{ResponseStream, Rest};
use super::send;
use super::trace;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};
use super::until::WaitUntil;
use bytes::Bytes;
use std::future::{pending, poll_fn};
use std::io::{self, Read, Write};
use std::iter::from_fn;
use std::mem::take;
use std::pin::Pin;
use std::sync::{OnceLock, mpsc};
use std::task::{Context, Poll};
use std::thread;
use tokio::io::AsyncWrite;
use tokio::runtime::{Builder, Handle};

impl<T: FromResponse> Call<T> {
    /// Sends the call, reads the response, and blocks the thread meanwhile; works inside an async context too.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_blocking(self) -> Result<Response<T>, Error> {
        self.send_as_blocking()
    }
}

impl<T> Call<T> {
    /// [`Call::send_as`] without async.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_as_blocking<U: FromResponse>(self) -> Result<Response<U>, Error> {
        self.send_raw_blocking()?.read()
    }

    /// [`Call::send_raw`] without async.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_raw_blocking(self) -> Result<RawResponse, Error> {
        let (client, prepared) = self.into_parts();
        wait(send::send(client, prepared, None))?
    }

    /// [`Call::send_to`] without async: takes the writer, and gives it back beside the response.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_to_blocking<W: Write + Send + Unpin + 'static>(
        self,
        writer: W,
        limit: usize,
    ) -> Result<(RawResponse, W), Error> {
        let (client, prepared) = self.into_parts();
        wait(Box::pin(async move {
            let mut writer = Plain(writer);
            let sink = Sink { writer: &mut writer, limit };
            let response = send::send(client, prepared, Some(sink)).await?;
            Ok((response, writer.0))
        }))?
    }

    /// [`Call::send_stream`] without async: gives a reader ([`Read`]).
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_stream_blocking(self, limit: usize) -> Result<BlockingResponseStream, Error> {
        let (client, prepared) = self.into_parts();
        wait(send::open(client, prepared, limit))?.map(BlockingResponseStream)
    }
}

/// A [`ResponseStream`] without async: a reader ([`Read`]), and its pieces.
#[derive(Debug)]
#[must_use = "the body is read piece by piece"]
pub struct BlockingResponseStream(ResponseStream);

impl BlockingResponseStream {
    /// The response, for its status and headers.
    pub const fn get_ref(&self) -> &ResponseStream {
        &self.0
    }

    /// The pieces as they come, each an error or bytes; after an error there are none.
    pub fn pieces(&mut self) -> impl Iterator<Item = Result<Bytes, Error>> {
        from_fn(|| {
            self.on_driver(|rest, context| rest.poll(context).map(Option::transpose)).transpose()
        })
    }

    /// Reads from the body on the thread of blocking calls.
    fn on_driver<T: Send + 'static>(
        &mut self,
        mut read: impl FnMut(&mut Rest, &mut Context<'_>) -> Poll<Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        let mut rest = take(&mut self.0.rest);
        let reading = Box::pin(async move {
            let read = poll_fn(|context| read(&mut rest, context)).await;
            (read, rest)
        });
        let (read, rest) = wait(reading)?;
        self.0.rest = rest;
        read.map_err(|error| self.0.raw.about(error))
    }
}

impl Read for BlockingResponseStream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.0.rest.is_filled() {
            self.on_driver(Rest::poll_fill).map_err(io::Error::other)?;
        }
        let some = self.0.rest.split(into.len());
        // Never longer than `into`.
        (&*some).read(into)
    }
}

impl<T: FromResponse + Send + 'static> WaitUntil<T> {
    /// [`WaitUntil::send`] without async: blocks the thread meanwhile.
    ///
    /// # Errors
    ///
    /// See [`WaitUntil::send`].
    pub fn send_blocking(self) -> Result<Response<T>, Error> {
        wait(self.send())?
    }
}

/// A writer without async, as one with.
struct Plain<W>(W);

impl<W: Write + Unpin> AsyncWrite for Plain<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(self.0.write(bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(context)
    }
}

impl<T: Send + 'static> Pages<T> {
    /// The pages without async: an [`Iterator`] that blocks the thread for each page.
    pub const fn blocking(self) -> BlockingPages<T> {
        BlockingPages(Some(self))
    }
}

impl<T: Send + 'static> Items<T> {
    /// The items without async: an [`Iterator`] that blocks the thread for each page.
    pub const fn blocking(self) -> BlockingItems<T> {
        BlockingItems(Some(self))
    }
}

/// The pages of a list, one after the other.
#[derive(Debug)]
#[must_use = "pages are asked for one by one"]
pub struct BlockingPages<T>(Option<Pages<T>>);

/// The items of a list, one after the other.
#[derive(Debug)]
#[must_use = "items are asked for one by one"]
pub struct BlockingItems<T>(Option<Items<T>>);

impl<T: Send + 'static> Iterator for BlockingPages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut pages = self.0.take()?;
        let next = Box::pin(async move {
            let page = pages.next().await;
            (page, pages)
        });
        match wait(next) {
            Ok((page, pages)) => {
                self.0 = page.is_some().then_some(pages);
                page
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T: Send + 'static> Iterator for BlockingItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut items = self.0.take()?;
        if let Some(item) = items.ready() {
            self.0 = Some(items);
            return Some(Ok(item));
        }
        let next = Box::pin(async move {
            let item = items.next().await;
            (item, items)
        });
        match wait(next) {
            Ok((item, items)) => {
                self.0 = item.is_some().then_some(items);
                item
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// Runs `future` on the thread that drives all blocking calls, and waits for it.
pub(super) fn wait<T: Send + 'static>(future: BoxFuture<'static, T>) -> Result<T, Error> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let future = trace::inherited(future);
    driver()?.spawn(async move {
        let _ = sender.send(future.await);
    });
    receiver.recv().map_err(|_| broken("the thread of blocking calls broke off"))
}

/// The thread's handle; it is started once, and idle between calls.
fn driver() -> Result<&'static Handle, Error> {
    static DRIVER: OnceLock<Result<Handle, String>> = OnceLock::new();
    let handle = DRIVER.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let handle = runtime.handle().clone();
        let named = thread::Builder::new().name("blocking-calls".to_owned());
        let thread = named.spawn(move || runtime.block_on(pending::<()>()));
        thread.map(|_| handle).map_err(|error| error.to_string())
    });
    handle.as_ref().map_err(|error| broken(error))
}

fn broken(message: &str) -> Error {
    TransportError::new(TransportErrorKind::Broken, message).into()
}
