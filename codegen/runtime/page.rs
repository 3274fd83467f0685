//! Walks through the pages of a list, or through their items, by one call a page.
//!
//! No item is lost in silence: a total, a next cursor or link, or a word that there is more says where the walk ends, and where the service then gives less, or the same page again, that is an error. Where it says nothing, the walk ends at an empty page, at a page sent twice, and at one with fewer items than were asked for. An error is given once, after all items before it.

use super::call::Call;
use super::error::Error;
use super::node::{Node, drift};
use super::paging::{Page, Paging};
use super::response::{FromResponse, RawResponse, decode};
use super::walk::{Told, Walk};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A request that is answered with one page of many.
pub trait Paged {
    /// What a response holds.
    type Response: FromResponse + Node;
    /// What is listed.
    type Item: Send + 'static;
    /// How the next page is asked for.
    const PAGING: Paging;

    /// Takes a response apart; `None` where it holds no list, so that no item is lost in silence.
    fn page(response: Self::Response) -> Option<Page<Self::Item>>;
}

impl<T: FromResponse + Node> Call<T> {
    /// The pages from the one this call asks for.
    pub(crate) fn pages<P: Paged<Response = T>>(self) -> Pages<P::Item> {
        let (client, prepared) = self.into_parts();
        let walk = Walk::new(P::PAGING, client, prepared);
        Pages { walk, read: read::<P>, drift: drift_of::<P::Response> }
    }

    /// The items of all pages from the one this call asks for.
    pub(crate) fn items<P: Paged<Response = T>>(self) -> Items<P::Item> {
        Items { pages: self.pages::<P>(), ready: VecDeque::new() }
    }
}

fn read<P: Paged>(body: Bytes) -> Result<Page<P::Item>, Error> {
    let response = P::Response::from_body(body.clone())?;
    P::page(response).ok_or_else(|| decode("this is no page", body))
}

fn drift_of<T: FromResponse + Node>(body: Bytes) -> Vec<String> {
    let mut paths = Vec::new();
    if let Ok(response) = T::from_body(body) {
        drift(&response, "", &mut paths);
    }
    paths
}

/// The pages of a list: a [`Stream`], or [`Pages::next`].
#[must_use = "pages are asked for one by one"]
pub struct Pages<T> {
    walk: Walk,
    read: fn(Bytes) -> Result<Page<T>, Error>,
    drift: fn(Bytes) -> Vec<String>,
}

/// The items of a list: a [`Stream`], or [`Items::next`].
#[must_use = "items are asked for one by one"]
pub struct Items<T> {
    pages: Pages<T>,
    ready: VecDeque<T>,
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}

impl<T> Pages<T> {
    /// The next page; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// How many items all pages hold, as the service said last.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.walk.total()
    }

    /// The last page as it came, with its status and headers.
    #[must_use]
    pub const fn last_response(&self) -> Option<&RawResponse> {
        self.walk.last()
    }

    /// Where in the last page this crate knows no typed place: paths of unknown keys, and of values that do not fit their field.
    #[must_use]
    pub fn drift(&self) -> Vec<String> {
        self.walk.last().map(|raw| (self.drift)(raw.body.clone())).unwrap_or_default()
    }
}

impl<T> Items<T> {
    /// The next item of the page that is there already.
    pub(super) fn ready(&mut self) -> Option<T> {
        self.ready.pop_front()
    }

    /// The next item; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// How many items there are, as the service said last.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.pages.total()
    }

    /// The page that the last item came from, with its status and headers.
    #[must_use]
    pub const fn last_response(&self) -> Option<&RawResponse> {
        self.pages.last_response()
    }

    /// Where in that page this crate knows no typed place: paths of unknown keys, and of values that do not fit their field.
    #[must_use]
    pub fn drift(&self) -> Vec<String> {
        self.pages.drift()
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let raw = match self.walk.poll(context) {
            Poll::Ready(Some(Ok(raw))) => raw,
            Poll::Ready(Some(Err(error))) => {
                self.walk.stop();
                return Poll::Ready(Some(Err(error)));
            }
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Pending => return Poll::Pending,
        };
        match (self.read)(raw.body) {
            Ok(page) => {
                let Page { next, more, total, .. } = &page;
                let told = Told { next: next.as_deref(), more: *more, total: *total };
                self.walk.turn(page.items.len() as u64, told);
                Poll::Ready(Some(Ok(page)))
            }
            Err(error) => {
                self.walk.stop();
                let told = self.walk.last().map(|raw| raw.about(error));
                Poll::Ready(told.map(Err))
            }
        }
    }
}

impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { pages, ready } = self.get_mut();
        loop {
            if let Some(item) = ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut *pages).poll_next(context) {
                Poll::Ready(Some(Ok(page))) => ready.extend(page.items),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}
