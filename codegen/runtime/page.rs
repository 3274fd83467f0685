//! Walks through the pages of a list, or through their items, by one call a page.
//!
//! Ends where the service says so: by no next cursor or link, by a total, by a word that there is no more. Where it says nothing, the walk ends at an empty page, at a page sent twice, and at one with fewer items than a page before it. A cursor that comes back is an error: the walk would never end, and nobody could tell what it left out. An error is given once, after all items before it.

use super::answer::{Answer, RawResponse, decode};
use super::call::{Call, Prepared};
use super::client::Client;
use super::error::Error;
use super::link::{follow, link};
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
        /// The number of the first page. Where nobody knows whether pages count from 0 or from 1, the walk finds out: page 1 is the first one again, or the second.
        first: Option<u64>,
    },
    /// The number of items before the page.
    Offset {
        /// Slot of the offset.
        slot: usize,
        /// What is sent unless the caller gives one.
        first: u64,
    },
    /// A text that the page before gave, or a link that holds it.
    Cursor {
        /// Slot of the cursor.
        slot: usize,
        /// Slot of the page size, and the size unless the caller gives one, where a service needs it.
        size: Option<(usize, u64)>,
    },
    /// A link that the page before gave. Only its query is followed: no link leads a credential elsewhere.
    Link,
}

/// What a page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<T> {
    /// Its items.
    pub items: Vec<T>,
    /// The cursor of the next page, or a link to it.
    pub next: Option<String>,
    /// Whether there is a page after this one, where the service says so.
    pub more: Option<bool>,
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
                let Page { next, more, total, .. } = &page;
                let told = Told { next: next.as_deref(), more: *more, total: *total };
                self.walk.turn(page.items.len() as u64, told);
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
    /// At a page that was asked for before.
    Again,
}

/// What a page says of those after it.
#[derive(Clone, Copy)]
struct Told<'a> {
    next: Option<&'a str>,
    more: Option<bool>,
    total: Option<u64>,
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
    /// Whether a page said that another comes.
    leads: bool,
    /// Whether page 1 may be the first page: nobody said, and it was not asked for yet.
    is_from_one: bool,
}

impl Walk {
    fn new(paging: Paging, client: Client, prepared: Prepared) -> Self {
        let (said, first) = match paging {
            Paging::Number { slot, first } => (given(&prepared, slot), first),
            Paging::Offset { slot, first } => (given(&prepared, slot), Some(first)),
            Paging::Cursor { .. } | Paging::Link => (None, Some(0)),
        };
        let start = said.or(first).unwrap_or(0);
        let before = if matches!(paging, Paging::Offset { .. }) { start } else { 0 };
        Self {
            paging,
            client,
            prepared,
            position: Some(Position::Given),
            sending: None,
            cursors: HashSet::new(),
            last: Bytes::new(),
            items: before,
            count: start,
            full: 0,
            leads: false,
            is_from_one: said.or(first).is_none(),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawResponse, Error>>> {
        loop {
            let answer = match self.sending(context) {
                Poll::Ready(Some(answer)) => answer,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            };
            self.sending = None;
            let is_second = matches!(self.position, Some(Position::Count(_)));
            let may_be_first = is_second && std::mem::take(&mut self.is_from_one);
            match answer {
                Ok(raw) if self.last.is_empty() || raw.body != self.last => {
                    self.last = raw.body.clone();
                    return Poll::Ready(Some(Ok(raw)));
                }
                // Pages count from 1: this was the first one again.
                Ok(_) if may_be_first => {
                    self.count = self.count.saturating_add(1);
                    self.position = Some(Position::Count(self.count));
                }
                Ok(_) if matches!(self.paging, Paging::Cursor { .. } | Paging::Link) => {
                    self.position = Some(Position::Again);
                }
                Ok(_) => {
                    self.position = None;
                    return Poll::Ready(None);
                }
                Err(error) => {
                    self.position = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    /// The answer to the call at the position; `None` where the walk is over.
    fn sending(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawResponse, Error>>> {
        let sending = match (&mut self.sending, &self.position) {
            (Some(sending), _) => sending,
            (None, None) => return Poll::Ready(None),
            (None, Some(Position::Again)) => {
                let message = "the next page is one that was asked for before";
                return Poll::Ready(Some(Err(decode(message, self.last.clone()))));
            }
            (None, Some(position)) => match at(&mut self.prepared, self.paging, position) {
                Some(prepared) => {
                    let client = self.client.clone();
                    self.sending
                        .insert(Box::pin(async move { send::send(&client, prepared, None).await }))
                }
                None => {
                    let message = "the link to the next page has no query";
                    return Poll::Ready(Some(Err(decode(message, self.last.clone()))));
                }
            },
        };
        sending.as_mut().poll(context).map(Some)
    }

    /// Goes on to the page after one with so many items.
    fn turn(&mut self, items: u64, told: Told<'_>) {
        self.items = self.items.saturating_add(items);
        self.count = match self.paging {
            Paging::Number { .. } => self.count.saturating_add(1),
            Paging::Offset { .. } => self.count.saturating_add(items),
            Paging::Cursor { .. } | Paging::Link => 0,
        };
        let told = Told { next: told.next.filter(|next| !next.is_empty()), ..told };
        self.position = match (self.paging, told.next) {
            (Paging::Cursor { .. } | Paging::Link, _) if told.more == Some(false) => None,
            (Paging::Cursor { .. } | Paging::Link, Some(next)) => {
                let is_new = self.cursors.insert(next.to_owned());
                Some(if is_new { Position::Cursor(next.to_owned()) } else { Position::Again })
            }
            (Paging::Cursor { .. } | Paging::Link, None) => None,
            (Paging::Number { .. } | Paging::Offset { .. }, _) => {
                self.goes_on(items, told).then_some(Position::Count(self.count))
            }
        };
        self.full = self.full.max(items);
    }

    /// Whether a counted page comes after one with so many items: what the service says, before what the items' number says.
    fn goes_on(&mut self, items: u64, told: Told<'_>) -> bool {
        let leads = told.next.is_some() || told.more == Some(true);
        let led = self.leads;
        self.leads |= leads;
        match (told.more, told.total) {
            _ if items == 0 => false,
            (Some(false), _) => false,
            _ if leads => true,
            _ if led => false,
            (_, Some(total)) => self.items < total,
            (_, None) => items >= self.full,
        }
    }
}

/// The number the caller gave for `slot`.
fn given(prepared: &Prepared, slot: usize) -> Option<u64> {
    prepared.query.iter().find(|(at, _)| *at == slot)?.1.parse().ok()
}

/// The call at `position`; `None` for a link that says nothing. What was wrong with the call is told once.
fn at(prepared: &mut Prepared, paging: Paging, position: &Position) -> Option<Prepared> {
    let wrong = prepared.wrong.take();
    let mut next = prepared.again();
    next.wrong = wrong;
    if let Paging::Cursor { size: Some((slot, size)), .. } = paging
        && given(&next, slot).is_none()
    {
        next.query.push((slot, size.to_string()));
    }
    let value = match position {
        Position::Given | Position::Again => return Some(next),
        Position::Count(count) => count.to_string(),
        Position::Cursor(cursor) => match link(cursor) {
            Some(query) => {
                follow(&mut next, query);
                return Some(next);
            }
            None => cursor.clone(),
        },
    };
    let slot = match paging {
        Paging::Number { slot, .. } | Paging::Offset { slot, .. } => slot,
        Paging::Cursor { slot, .. } => slot,
        Paging::Link => return None,
    };
    next.query.retain(|(at, _)| *at != slot);
    next.query.push((slot, value));
    Some(next)
}
