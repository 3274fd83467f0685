//! Walks through the pages of a list, or through their items, by one call a page.
//!
//! Ends where the service says so: by no next cursor or link, by a total, by a word that there is no more. Where it says nothing, the walk ends at an empty page, at a page sent twice, and at one with fewer items than a page before it. A cursor that comes back is an error: the walk would never end, and nobody could tell what it left out. An error is given once, after all items before it.

use super::call::Call;
use super::client::Client;
use super::error::Error;
use super::link::{follow, link};
use super::prepared::Prepared;
use super::response::{FromResponse, RawResponse, decode};
use super::send;
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

impl Paging {
    /// By page number, from `first` on if that is known.
    pub(crate) const fn number(slot: usize, first: Option<u64>) -> Self {
        Self::Number { slot, first }
    }

    /// By the number of items before the page.
    pub(crate) const fn offset(slot: usize, first: u64) -> Self {
        Self::Offset { slot, first }
    }

    /// By a cursor; `size` is the slot of the page size and what is sent there, where a service needs it.
    pub(crate) const fn cursor(slot: usize, size: Option<(usize, u64)>) -> Self {
        Self::Cursor { slot, size }
    }
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

impl<T> Page<T> {
    /// A page that says nothing of those after it.
    pub(crate) const fn of(items: Vec<T>) -> Self {
        Self { items, next: None, more: None, total: None }
    }
}

/// A request that is answered with one page of many.
pub trait Paged {
    /// What a response holds.
    type Response: FromResponse;
    /// What is listed.
    type Item: Send + 'static;
    /// How the next page is asked for.
    const PAGING: Paging;

    /// Takes a response apart; `None` where it holds no list, so that no item is lost in silence.
    fn page(response: Self::Response) -> Option<Page<Self::Item>>;
}

impl<T> Call<T> {
    /// The pages from the one this call asks for.
    pub(crate) fn pages<P: Paged<Response = T>>(self) -> Pages<P::Item> {
        let (client, prepared) = self.into_parts();
        Pages { walk: Walk::new(P::PAGING, client, prepared), read: read::<P> }
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

/// The pages of a list: a [`Stream`], or [`Pages::next`].
#[must_use = "pages are asked for one by one"]
pub struct Pages<T> {
    walk: Walk,
    read: fn(Bytes) -> Result<Page<T>, Error>,
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
}

impl<T> Items<T> {
    /// The next item; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let raw = match self.walk.poll(context) {
            Poll::Ready(Some(Ok(raw))) => raw,
            Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
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
                self.walk.position = None;
                Poll::Ready(Some(Err(error)))
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
            let response = match self.sending(context) {
                Poll::Ready(Some(response)) => response,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            };
            self.sending = None;
            let is_second = matches!(self.position, Some(Position::Count(_)));
            let may_be_first = is_second && std::mem::take(&mut self.is_from_one);
            match response {
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

    /// The response to the call at the position; `None` where the walk is over.
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
    let mut next = prepared.clone();
    prepared.wrong = None;
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
