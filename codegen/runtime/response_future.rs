//! A call on its way.

use super::error::Error;
use super::response::{FromResponse, RawResponse, Response};
use super::transport::BoxFuture;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A call on its way, which gives the response or an [`Error`]; nothing is sent before it is awaited.
#[must_use = "nothing is sent before the future is awaited"]
pub struct ResponseFuture<T> {
    sending: BoxFuture<'static, Result<RawResponse, Error>>,
    response: PhantomData<fn() -> T>,
}

impl<T> ResponseFuture<T> {
    /// What reads what `sending` gives as a `T`.
    pub(super) fn new(sending: BoxFuture<'static, Result<RawResponse, Error>>) -> Self {
        Self { sending, response: PhantomData }
    }
}

impl<T: FromResponse> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.sending.as_mut().poll(context).map(|raw| raw?.read())
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
