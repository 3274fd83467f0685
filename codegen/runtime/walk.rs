//! The way from page to page: what is asked for next, and where it ends. Knows no types.
//!
//! No item is lost in silence: where the service says how much there is (a total, a next link or cursor, a word like `has_more`), the walk ends where that is fulfilled, and what contradicts it is an error.

use super::client::Client;
use super::error::Error;
use super::link::{follow, link};
use super::operation::{QueryDefault, Template};
use super::paging::Paging;
use super::prepared::Prepared;
use super::response::RawResponse;
use super::send;
use super::sent::Circumstances;
use super::transport::BoxFuture;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll};

/// A service that allows fewer items a page than were asked for cuts pages to a limit of its own; none is below this.
const SMALLEST_LIMIT: u64 = 10;

/// Where the next page begins.
#[derive(Clone, Debug)]
enum Position {
    /// Where the call itself says.
    Given,
    Count(u64),
    Cursor(String),
    /// Nowhere, though the service promised more.
    Broken(String),
}

/// What comes after a page.
#[derive(Clone, Copy)]
enum Turn {
    On,
    Over,
    Broken(&'static str),
}

const REPEATED: &str = "the next page is one that was asked for before";
const SAME: &str = "the service promises more, and gives a page that it gave before";
const GAP: &str = "the service promises more, and gives two empty pages in a row";
const NOWHERE: &str = "the service says that more comes, and not where";

/// What a page says of those after it.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) next: Option<&'a str>,
    pub(super) more: Option<bool>,
    pub(super) total: Option<u64>,
}

/// What is known of the pages so far.
#[derive(Default)]
struct Known {
    /// Items so far, those before the first page included where their number is known.
    items: u64,
    /// How many there are, as the service said last.
    total: Option<u64>,
    /// Whether `items` counts all from the first one on.
    counts_all: bool,
    /// The page size that was asked for.
    asked: Option<u64>,
    /// Items of the largest page so far.
    full: u64,
    /// Whether a page said that another comes.
    has_led: bool,
    /// Whether the last page said so.
    leads: bool,
    /// Whether the last page was empty.
    was_empty: bool,
}

pub(super) struct Walk {
    paging: Paging,
    client: Client,
    prepared: Prepared,
    position: Option<Position>,
    sending: Option<BoxFuture<'static, Result<RawResponse, Error>>>,
    cursors: HashSet<String>,
    /// Digests of the pages so far.
    seen: HashSet<u64>,
    last: Option<RawResponse>,
    count: u64,
    known: Known,
    /// Whether page 1 may be the first page: nobody said, and it was not asked for yet.
    is_from_one: bool,
}

impl Walk {
    pub(super) fn new(paging: Paging, client: Client, prepared: Prepared) -> Self {
        let (said, first, size) = match paging {
            Paging::Number { slot, first, size } => (given(&prepared, slot), first, size),
            Paging::Offset { slot, first, size } => (given(&prepared, slot), Some(first), size),
            // A caller's own cursor leads into the middle.
            Paging::Cursor { slot, .. } => (is_given(&prepared, slot).then_some(1), Some(0), None),
            Paging::Link => (None, Some(0), None),
        };
        let count = said.or(first).unwrap_or(0);
        let is_offset = matches!(paging, Paging::Offset { .. });
        let known = Known {
            items: if is_offset { count } else { 0 },
            counts_all: is_offset || said.is_none() || said == first,
            asked: size.and_then(|slot| asked(&prepared, slot)),
            ..Known::default()
        };
        Self {
            paging,
            client,
            prepared,
            position: Some(Position::Given),
            sending: None,
            cursors: HashSet::new(),
            seen: HashSet::new(),
            last: None,
            count,
            known,
            is_from_one: said.or(first).is_none(),
        }
    }

    /// How many items there are, as the last page said.
    pub(super) const fn total(&self) -> Option<u64> {
        self.known.total
    }

    /// The last page as it came.
    pub(super) const fn last(&self) -> Option<&RawResponse> {
        self.last.as_ref()
    }

    /// Ends the walk.
    pub(super) fn stop(&mut self) {
        self.position = None;
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Error>>> {
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
                Ok(raw) if self.seen.insert(digest(&raw.body)) => {
                    self.last = Some(raw.clone());
                    return Poll::Ready(Some(Ok(raw)));
                }
                // Pages count from 1: this was the first one again.
                Ok(_) if may_be_first => {
                    self.count = self.count.saturating_add(1);
                    self.position = Some(Position::Count(self.count));
                }
                Ok(_) => self.position = self.repeated(),
                Err(error) => {
                    self.position = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    /// What follows a page that was given before: the end, where nothing more was promised.
    fn repeated(&self) -> Option<Position> {
        match self.paging {
            Paging::Cursor { .. } | Paging::Link => Some(Position::Broken(REPEATED.to_owned())),
            Paging::Number { .. } | Paging::Offset { .. } if self.known.leads => {
                Some(Position::Broken(SAME.to_owned()))
            }
            Paging::Number { .. } | Paging::Offset { .. } => self.known.end(),
        }
    }

    /// The response to the call at the position; `None` where the walk is over.
    fn sending(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawResponse, Error>>> {
        let sending = match (&mut self.sending, &self.position) {
            (Some(sending), _) => sending,
            (None, None) => return Poll::Ready(None),
            (None, Some(Position::Broken(message))) => {
                let error = self.broken(message.clone());
                return Poll::Ready(Some(Err(error)));
            }
            (None, Some(position)) => match at(&mut self.prepared, self.paging, position) {
                Some(prepared) => {
                    let client = self.client.clone();
                    self.sending.insert(send::send(client, prepared, None))
                }
                None => {
                    let error = self.broken("the link to the next page has no query".to_owned());
                    return Poll::Ready(Some(Err(error)));
                }
            },
        };
        sending.as_mut().poll(context).map(Some)
    }

    fn broken(&self, message: String) -> Error {
        let body = self.last.as_ref().map(|raw| raw.body.clone()).unwrap_or_default();
        let error = Error::Paging { message, body, call: Circumstances::default() };
        match &self.last {
            Some(raw) => raw.about(error),
            None => error,
        }
    }

    /// Goes on to the page after one with so many items.
    pub(super) fn turn(&mut self, items: u64, told: Told<'_>) {
        let told = Told { next: told.next.filter(|next| !next.is_empty()), ..told };
        self.known.count(items, told);
        self.count = match self.paging {
            Paging::Number { .. } => self.count.saturating_add(1),
            Paging::Offset { .. } => self.count.saturating_add(items),
            Paging::Cursor { .. } | Paging::Link => 0,
        };
        self.position = match self.paging {
            Paging::Cursor { .. } | Paging::Link => self.led(told),
            Paging::Number { .. } | Paging::Offset { .. } => match self.known.turn(items, told) {
                Turn::On => Some(Position::Count(self.count)),
                Turn::Over => self.known.end(),
                Turn::Broken(message) => Some(Position::Broken(message.to_owned())),
            },
        };
        self.known.was_empty = items == 0;
    }

    /// Where a cursor or a link leads.
    fn led(&mut self, told: Told<'_>) -> Option<Position> {
        match (told.more, told.next) {
            (Some(false), _) | (None, None) => self.known.end(),
            (Some(true), None) => Some(Position::Broken(NOWHERE.to_owned())),
            (_, Some(next)) if self.cursors.insert(next.to_owned()) => {
                Some(Position::Cursor(next.to_owned()))
            }
            (_, Some(_)) => Some(Position::Broken(REPEATED.to_owned())),
        }
    }
}

impl Known {
    fn count(&mut self, items: u64, told: Told<'_>) {
        self.items = self.items.saturating_add(items);
        self.total = told.total.or(self.total);
        self.leads = told.more.unwrap_or(told.next.is_some());
    }

    /// What comes after a counted page: what the service says, before what the items' number says.
    fn turn(&mut self, items: u64, told: Told<'_>) -> Turn {
        let (has_led, full) = (self.has_led, self.full);
        self.has_led |= self.leads;
        self.full = full.max(items);
        match (told.more, self.total) {
            _ if self.leads && items == 0 && self.was_empty => Turn::Broken(GAP),
            _ if self.leads => Turn::On,
            (Some(false), _) => Turn::Over,
            _ if items == 0 => Turn::Over,
            (_, Some(total)) if self.counts_all || self.items >= total => {
                if self.items < total {
                    Turn::On
                } else {
                    Turn::Over
                }
            }
            _ if has_led => Turn::Over,
            (_, Some(_)) => Turn::On,
            (_, None) => match self.asked {
                // What was given in full before, or is less than any limit of a service's own.
                Some(asked) if items < asked && (full >= asked || items < SMALLEST_LIMIT) => {
                    Turn::Over
                }
                Some(_) | None => Turn::On,
            },
        }
    }

    /// The end of the walk, unless the service counted more items than it gave.
    fn end(&self) -> Option<Position> {
        let total = self.total.filter(|total| self.counts_all && self.items < *total)?;
        let gave = self.items;
        Some(Position::Broken(format!(
            "the service counts {total} items and gave {gave}: they changed meanwhile, or its total counts something else"
        )))
    }
}

fn digest(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

/// The number the caller gave for `slot`.
fn given(prepared: &Prepared, slot: usize) -> Option<u64> {
    prepared.query.iter().find(|(at, _)| *at == slot)?.1.parse().ok()
}

fn is_given(prepared: &Prepared, slot: usize) -> bool {
    prepared.query.iter().any(|(at, _)| *at == slot)
}

/// The number that is sent for `slot`: the caller's, or the operation's own.
fn asked(prepared: &Prepared, slot: usize) -> Option<u64> {
    let own = || match prepared.operation.query.get(slot)?.default {
        QueryDefault::Value(Template::Plain(text)) => text.parse().ok(),
        QueryDefault::Value(Template::Parts(_)) => None,
        QueryDefault::Absent | QueryDefault::NameAlone | QueryDefault::Key => None,
    };
    given(prepared, slot).or_else(own)
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
        Position::Given | Position::Broken(_) => return Some(next),
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
