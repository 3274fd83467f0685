//! The spans that this crate opens, each with its fields and the events in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

/// Names and values.
pub type Fields = BTreeMap<String, String>;

/// A span.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Its name.
    pub name: String,
    /// The place of the span around it.
    pub parent: Option<usize>,
    /// Its fields, those recorded later included.
    pub fields: Fields,
    /// The fields of the events in it.
    pub events: Vec<Fields>,
}

/// A subscriber for one thread at a time.
#[derive(Clone, Default)]
pub struct Spans(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    spans: Vec<(Seen, Option<&'static Metadata<'static>>)>,
}

thread_local! {
    /// The spans that this thread is in.
    static ENTERED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

fn current() -> Option<usize> {
    ENTERED.with_borrow(|entered| entered.last().copied())
}

impl Spans {
    /// All spans, in the order they were opened.
    pub fn seen(&self) -> Vec<Seen> {
        self.0.lock().unwrap().spans.iter().map(|(seen, _)| seen.clone()).collect()
    }
}

struct Into<'a>(&'a mut Fields);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

fn place(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Other crates have spans of their own.
        metadata.target().starts_with("suite")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut state = self.0.lock().unwrap();
        let parent = match span.parent() {
            Some(parent) => Some(place(parent)),
            None if span.is_root() => None,
            None => current(),
        };
        let name = span.metadata().name().to_owned();
        let mut seen = Seen { name, parent, ..Seen::default() };
        span.record(&mut Into(&mut seen.fields));
        state.spans.push((seen, Some(span.metadata())));
        Id::from_u64(state.spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        values.record(&mut Into(&mut self.0.lock().unwrap().spans[place(id)].0.fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut state = self.0.lock().unwrap();
        let mut fields = Fields::new();
        event.record(&mut Into(&mut fields));
        match current() {
            Some(at) => state.spans[at].0.events.push(fields),
            None => {
                let name = "no span".to_owned();
                state.spans.push((Seen { name, events: vec![fields], ..Seen::default() }, None));
            }
        }
    }

    fn enter(&self, id: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(place(id)));
    }

    fn exit(&self, _: &Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }

    fn current_span(&self) -> Current {
        let state = self.0.lock().unwrap();
        match current().and_then(|at| Some((at, state.spans[at].1?))) {
            Some((at, metadata)) => Current::new(Id::from_u64(at as u64 + 1), metadata),
            None => Current::none(),
        }
    }
}
