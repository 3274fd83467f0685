//! Where the walk of the raw JSON is: a chain from the inside out.
//!
//! In: the steps of the walk. Out: an [`Origin`], made of a place that is told; most are never.

use crate::json::Member;
use crate::origin::{Origin, Pointer, Span};

/// A value of the document, and what is around it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    around: Option<&'a Place<'a>>,
    step: Step<'a>,
    span: Option<Span>,
    name: Option<&'a str>,
    names: usize,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The whole document.
    pub(super) const fn root() -> Self {
        Self { around: None, step: Step::Root, span: None, name: None, names: 0 }
    }

    /// A member of the object that is here.
    pub(super) fn key(&'a self, member: &'a Member) -> Self {
        let (step, span) = (Step::Key(&member.key), Some(member.key_span));
        Self { around: Some(self), step, span, name: None, names: self.names }
    }

    /// An element of the array that is here.
    pub(super) fn index(&'a self, index: usize) -> Self {
        Self { around: Some(self), step: Step::Index(index), name: None, ..*self }
    }

    /// The same place under the name, if any, by which a person knows it.
    pub(super) fn named(&self, name: Option<&'a str>) -> Self {
        Self { name, names: self.names + usize::from(name.is_some()), ..*self }
    }

    /// How many names lead here.
    pub(super) const fn names(&self) -> usize {
        self.names
    }

    /// The place as all stages know it.
    pub(super) fn origin(&self) -> Origin {
        let mut chain = vec![self];
        let mut at = self;
        while let Some(around) = at.around {
            chain.push(around);
            at = around;
        }
        chain.reverse();
        let pointer = chain.iter().fold(Pointer::root(), |pointer, place| match place.step {
            Step::Root => pointer,
            Step::Key(key) => pointer.key(key),
            Step::Index(index) => pointer.index(index),
        });
        let trail = chain.iter().filter_map(|place| place.name).map(str::to_owned).collect();
        Origin { pointer, span: self.span, trail }
    }
}
