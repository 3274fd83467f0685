//! How a list goes on from page to page, and what a page holds.

/// How an operation asks for the next page. Slots are those of the operation's query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// A page number, counted up by one.
    Number {
        /// Slot of the number.
        slot: usize,
        /// The number of the first page. Where nobody knows whether pages count from 0 or from 1, the walk finds out: page 1 is the first one again, or the second.
        first: Option<u64>,
        /// Slot of the page size, where known.
        size: Option<usize>,
    },
    /// The number of items before the page.
    Offset {
        /// Slot of the offset.
        slot: usize,
        /// What is sent unless the caller gives one.
        first: u64,
        /// Slot of the page size, where known.
        size: Option<usize>,
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
    /// By page number, from `first` on if that is known; `size` is the slot of the page size.
    pub(crate) const fn number(slot: usize, first: Option<u64>, size: Option<usize>) -> Self {
        Self::Number { slot, first, size }
    }

    /// By the number of items before the page; `size` is the slot of the page size.
    pub(crate) const fn offset(slot: usize, first: u64, size: Option<usize>) -> Self {
        Self::Offset { slot, first, size }
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
