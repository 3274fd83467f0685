//! Edits of a collection that must move no name: requests that are added, taken away, and put in another order.
//!
//! Which ones follows from the collection's name and a number alone: two runs do the same. Each request that was there is marked with an id, so that it is known again wherever it stands.

use postman_codegen::hash::Fnv;
use serde_json::Value;
use std::collections::BTreeMap;

/// How many requests are added to a collection.
pub(in super::super) const ADDED: usize = 50;

/// Of so many requests one is taken away.
const ONE_IN: usize = 10;

/// What the ids begin with that mark requests.
const MARK: &str = "was-there-";

/// A sequence of numbers that follows from a text and a number.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(file: &str, seed: u64) -> Self {
        let mut digest = Fnv::default();
        digest.update(file.as_bytes());
        Self(digest.finish() ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, end: usize) -> usize {
        // Constants of Knuth's MMIX generator; the upper bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}

/// The collection in `text` with an id for each request; `None` where it is in no format with items.
pub(super) fn marked(text: &str) -> Option<Value> {
    let mut document: Value = serde_json::from_str(text).ok()?;
    let mut count = 0;
    each(root(&mut document)?.get_mut("item")?, &mut |request| {
        count += 1;
        let id = Value::String(format!("{MARK}{count}"));
        request
            .as_object_mut()
            .into_iter()
            .for_each(|it| drop(it.insert("id".to_owned(), id.clone())));
    });
    Some(document)
}

/// The ids of marked requests, by their pointers.
pub(super) fn marks(document: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(document, String::new(), &mut found);
    found
}

fn walk(value: &Value, pointer: String, found: &mut BTreeMap<String, String>) {
    let id = value.get("id").and_then(Value::as_str).filter(|id| id.starts_with(MARK));
    if let Some(id) = id {
        found.insert(pointer, id.to_owned());
        return;
    }
    for key in ["collection", "item"] {
        match value.get(key) {
            Some(Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.for_each(|(at, item)| walk(item, format!("{pointer}/{key}/{at}"), found));
            }
            Some(inner) => walk(inner, format!("{pointer}/{key}"), found),
            None => {}
        }
    }
}

fn root(document: &mut Value) -> Option<&mut Value> {
    match document.get("collection").and_then(|it| it.get("item")) {
        Some(_) => document.get_mut("collection"),
        None => Some(document),
    }
}

/// Calls `of` with each request.
fn each(items: &mut Value, of: &mut impl FnMut(&mut Value)) {
    for item in items.as_array_mut().into_iter().flatten() {
        if let Some(inner) = item.get_mut("item") {
            each(inner, of);
        } else if item.get("request").is_some() {
            of(item);
        }
    }
}

/// Adds requests that are made of the collection's own, under each other's names, in each other's folders and most on paths of their own, so that they claim names that are there.
pub(super) fn grow(document: &mut Value, numbers: &mut Numbers) -> Option<()> {
    let root = root(document)?;
    let mut requests = Vec::new();
    each(root.get_mut("item")?, &mut |request| requests.push(request.clone()));
    let names: Vec<Value> = requests.iter().filter_map(|it| it.get("name").cloned()).collect();
    for at in 0..ADDED {
        let mut request = requests.get(numbers.below(requests.len()))?.clone();
        let name = names.get(numbers.below(names.len()))?.clone();
        let own = request.as_object_mut()?;
        own.remove("id");
        own.insert("name".to_owned(), name);
        if at % 5 > 0 {
            lengthen(&mut request, &format!("more{at}"));
        }
        let depth = numbers.below(3);
        folder(root, numbers, depth)?.push(request);
    }
    Some(())
}

/// Takes requests away.
pub(super) fn shrink(document: &mut Value, numbers: &mut Numbers) -> Option<()> {
    take_away(root(document)?.get_mut("item")?.as_array_mut()?, numbers);
    Some(())
}

fn take_away(items: &mut Vec<Value>, numbers: &mut Numbers) {
    items.retain(|item| item.get("item").is_some() || numbers.below(ONE_IN) > 0);
    for item in items {
        let inner = item.get_mut("item").and_then(Value::as_array_mut);
        inner.into_iter().for_each(|inner| take_away(inner, numbers));
    }
}

/// Puts all items in another order.
pub(super) fn shuffle(document: &mut Value, numbers: &mut Numbers) -> Option<()> {
    mix(root(document)?.get_mut("item")?.as_array_mut()?, numbers);
    Some(())
}

fn mix(items: &mut [Value], numbers: &mut Numbers) {
    for end in (1..items.len()).rev() {
        items.swap(end, numbers.below(end + 1));
    }
    for item in items {
        let inner = item.get_mut("item").and_then(Value::as_array_mut);
        inner.into_iter().for_each(|inner| mix(inner, numbers));
    }
}

/// Lets the path of a request end with one more segment.
fn lengthen(request: &mut Value, segment: &str) {
    let Some(url) = request.pointer_mut("/request/url") else { return };
    if let Some(path) = url.get_mut("path").and_then(Value::as_array_mut) {
        path.push(Value::String(segment.to_owned()));
    } else if let Value::String(text) = url
        && !text.contains('?')
    {
        *text += &format!("/{segment}");
    }
}

/// A folder so far down, or the last one above.
fn folder<'v>(
    at: &'v mut Value,
    numbers: &mut Numbers,
    depth: usize,
) -> Option<&'v mut Vec<Value>> {
    let items = at.get_mut("item")?.as_array_mut()?;
    let is_folder = |it: &Value| it.get("item").is_some_and(Value::is_array);
    let folders: Vec<usize> =
        items.iter().enumerate().filter(|(_, it)| is_folder(it)).map(|(at, _)| at).collect();
    let Some(chosen) = folders.get(numbers.below(folders.len())).filter(|_| depth > 0) else {
        return Some(items);
    };
    folder(items.get_mut(*chosen)?, numbers, depth - 1)
}
