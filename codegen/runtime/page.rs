//! Walks through the pages of a list, or through their items, by one call a page.
//!
//! Ends at the last page, and at answers that would never end: a cursor seen before, a page sent twice, an empty page, a page with fewer items than one before it. An error is given once, after all items before it.

use super::answer::{Answer, RawResponse, decode};
use super::call::{Call, Prepared};
use super::client::Client;
use super::error::Error;
use super::send;
use super::spec::Operation;
use super::transport::BoxFuture;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// How an operation asks for the next page. Slots are those of the operation's query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// A page number, counted up by one.
    Number {
        /// Slot of the number.
        slot: usize,
        /// The number of the first page.
        first: u64,
    },
    /// The number of items before the page.
    Offset {
        /// Slot of the offset.
        slot: usize,
    },
    /// A text that the page before gave.
    Cursor {
        /// Slot of the cursor.
        slot: usize,
        /// Slot of the page size, and the size unless the caller gives one.
        size: (usize, u64),
    },
}

/// What a page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<T> {
    /// Its items.
    pub items: Vec<T>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// How many items all pages hold.
    pub total: Option<u64>,
}

/// An operation that answers with one page of many.
pub trait Paged: Operation {
    /// What is listed.
    type Item: Send + 'static;
    /// How the next page is asked for.
    const PAGING: Paging;

    /// Takes an answer apart; `None` where it holds no list, so that no item is lost in silence.
    fn page(answer: Self::Answer) -> Option<Page<Self::Item>>;
}

impl<O: Paged> Call<'_, O> {
    /// The pages from the one this call asks for.
    #[must_use]
    pub fn pages(self) -> Pages<O> {
        let (client, prepared) = self.into_parts();
        Pages { walk: Walk::new(O::PAGING, client, prepared), operation: PhantomData }
    }

    /// The items of all pages from the one this call asks for.
    #[must_use]
    pub fn items(self) -> Items<O> {
        Items { pages: self.pages(), ready: VecDeque::new() }
    }
}

/// The pages of a list: a [`Stream`], or [`Pages::next`].
pub struct Pages<O> {
    walk: Walk,
    operation: PhantomData<fn() -> O>,
}

/// The items of a list: a [`Stream`], or [`Items::next`].
pub struct Items<O: Paged> {
    pages: Pages<O>,
    ready: VecDeque<O::Item>,
}

impl<O> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}

impl<O: Paged> Pages<O> {
    /// The next page; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<Page<O::Item>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<O: Paged> Items<O> {
    /// The next item; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let raw = match self.walk.poll(context) {
            Poll::Ready(Some(Ok(raw))) => raw,
            Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Pending => return Poll::Pending,
        };
        let body = raw.body.clone();
        let page = O::Answer::read(raw.body)
            .and_then(|answer| O::page(answer).ok_or_else(|| decode("this is no page", body)));
        match page {
            Ok(page) => {
                self.walk.turn(page.items.len() as u64, page.next.as_deref(), page.total);
                Poll::Ready(Some(Ok(page)))
            }
            Err(error) => {
                self.walk.position = None;
                Poll::Ready(Some(Err(error)))
            }
        }
    }
}

impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

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

/// Where the next page begins.
#[derive(Clone)]
enum Position {
    /// Where the call itself says.
    Given,
    Count(u64),
    Cursor(String),
}

/// The part of the walk that knows no types.
struct Walk {
    paging: Paging,
    client: Client,
    prepared: Prepared,
    position: Option<Position>,
    sending: Option<BoxFuture<'static, Result<RawResponse, Error>>>,
    cursors: HashSet<String>,
    last: Bytes,
    items: u64,
    count: u64,
    /// Items of the largest page so far.
    full: u64,
}

impl Walk {
    fn new(paging: Paging, client: Client, prepared: Prepared) -> Self {
        let start = match paging {
            Paging::Number { slot, first } => given(&prepared, slot).unwrap_or(first),
            Paging::Offset { slot } => given(&prepared, slot).unwrap_or(0),
            Paging::Cursor { .. } => 0,
        };
        Self {
            paging,
            client,
            prepared,
            position: Some(Position::Given),
            sending: None,
            cursors: HashSet::new(),
            last: Bytes::new(),
            items: match paging {
                Paging::Offset { .. } => start,
                Paging::Number { .. } | Paging::Cursor { .. } => 0,
            },
            count: start,
            full: 0,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawResponse, Error>>> {
        let sending = match &mut self.sending {
            Some(sending) => sending,
            None => match &self.position {
                Some(position) => {
                    let prepared = at(&mut self.prepared, self.paging, position);
                    let client = self.client.clone();
                    self.sending
                        .insert(Box::pin(async move { send::send(&client, prepared, None).await }))
                }
                None => return Poll::Ready(None),
            },
        };
        let answer = match sending.as_mut().poll(context) {
            Poll::Ready(answer) => answer,
            Poll::Pending => return Poll::Pending,
        };
        self.sending = None;
        match answer {
            Ok(raw) if !self.last.is_empty() && raw.body == self.last => {
                self.position = None;
                Poll::Ready(None)
            }
            Ok(raw) => {
                self.last = raw.body.clone();
                Poll::Ready(Some(Ok(raw)))
            }
            Err(error) => {
                self.position = None;
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    /// Goes on to the page after one with so many items.
    fn turn(&mut self, items: u64, next: Option<&str>, total: Option<u64>) {
        self.items = self.items.saturating_add(items);
        self.count = match self.paging {
            Paging::Number { .. } => self.count.saturating_add(1),
            Paging::Offset { .. } => self.count.saturating_add(items),
            Paging::Cursor { .. } => 0,
        };
        let is_short = items < self.full;
        self.full = self.full.max(items);
        let is_last = items == 0 || is_short || total.is_some_and(|total| self.items >= total);
        self.position = match (self.paging, next.filter(|next| !next.is_empty())) {
            (Paging::Cursor { .. }, Some(next)) if self.cursors.insert(next.to_owned()) => {
                Some(Position::Cursor(next.to_owned()))
            }
            (Paging::Cursor { .. }, _) => None,
            (Paging::Number { .. } | Paging::Offset { .. }, _) if is_last => None,
            (Paging::Number { .. } | Paging::Offset { .. }, _) => Some(Position::Count(self.count)),
        };
    }
}

/// The number the caller gave for `slot`.
fn given(prepared: &Prepared, slot: usize) -> Option<u64> {
    prepared.query.iter().find(|(at, _)| *at == slot)?.1.parse().ok()
}

/// The call at `position`. What was wrong with the call is told once.
fn at(prepared: &mut Prepared, paging: Paging, position: &Position) -> Prepared {
    let wrong = prepared.wrong.take();
    let mut next = prepared.again();
    next.wrong = wrong;
    let slot = match paging {
        Paging::Number { slot, .. } | Paging::Offset { slot } => slot,
        Paging::Cursor { slot, size: (size_slot, size) } => {
            if given(&next, size_slot).is_none() {
                next.query.push((size_slot, size.to_string()));
            }
            slot
        }
    };
    let value = match position {
        Position::Given => return next,
        Position::Count(count) => count.to_string(),
        Position::Cursor(cursor) => cursor.clone(),
    };
    next.query.retain(|(at, _)| *at != slot);
    next.query.push((slot, value));
    next
}
