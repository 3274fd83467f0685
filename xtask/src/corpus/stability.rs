//! Whether names stay: 50 more requests in each collection, and how many public items are called otherwise then.
//!
//! The requests are made of the collection's own, under each other's names, in each other's folders and on paths of their own, so that they claim names that are there. Which ones follows from the collection's name alone: two runs print the same.

use anyhow::Context as _;
use postman_codegen::diagnostic::Diagnostic;
use postman_codegen::emit::exports::exports;
use postman_codegen::hash::Fnv;
use postman_codegen::infer::Reasoning;
use postman_codegen::pipeline::{Analysis, Input};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many requests are added to a collection.
pub(super) const ADDED: usize = 50;

/// What became of the names of one collection.
pub(super) struct Outcome {
    /// Public items that have a name in the lock, and paths of types.
    pub(super) items: usize,
    /// Those that are found no more under their names.
    pub(super) lost: Vec<String>,
}

/// Adds the requests to `spec`, the collection in `file`; `None` where it is in no format with items.
pub(super) fn tried(file: &str, spec: &str) -> anyhow::Result<Option<Outcome>> {
    let Some(grown) = grown(file, spec) else { return Ok(None) };
    let before = published(spec, None).map_err(|it| failed(&it))?;
    let after = published(&grown, Some(&before.lock)).map_err(|it| failed(&it))?;
    let is_lost = |name: &&String| !after.names.contains(*name);
    let lost = before.names.iter().filter(is_lost).cloned().collect();
    Ok(Some(Outcome { items: before.names.len(), lost }))
}

fn failed(found: &[Diagnostic]) -> anyhow::Error {
    let first = found.first().map(|it| it.message.clone()).unwrap_or_default();
    anyhow::anyhow!("it cannot be generated: {first}")
}

struct Published {
    lock: String,
    names: BTreeSet<String>,
}

/// What users of the client can name: lines of the lock, and all paths of types in place of theirs.
fn published(spec: &str, lock: Option<&str>) -> Result<Published, Vec<Diagnostic>> {
    let input = Input { spec_name: "c.json", spec, lock, package: Some("c"), ..Input::default() };
    let analysis = Analysis::new(&input, Reasoning::Left)?;
    let lines = analysis.lock.lines().filter(|line| !line.starts_with("type "));
    let lines = lines.map(|line| without_digest(&line));
    let exports = exports(&analysis.api, &analysis.names);
    let names = lines.chain(exports.types.into_keys().map(|path| format!("path {path}")));
    Ok(Published { names: names.collect(), lock: analysis.lock.to_string() })
}

/// A line without the digest that tells twins apart, which a request gains when one comes.
fn without_digest(line: &str) -> String {
    let parts = line.split_once(" #").and_then(|(key, rest)| Some((key, rest.split_once(']')?)));
    match parts {
        Some((key, (digest, rest)))
            if digest.len() >= 16
                && digest.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-') =>
        {
            format!("{key}]{rest}")
        }
        Some(_) | None => line.to_owned(),
    }
}

/// A sequence of numbers that follows from a text.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        // Constants of Knuth's MMIX generator; the upper bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}

fn grown(file: &str, spec: &str) -> Option<String> {
    let mut document: Value = serde_json::from_str(spec).ok()?;
    let root = match document.get("collection").and_then(|it| it.get("item")) {
        Some(_) => document.get_mut("collection")?,
        None => &mut document,
    };
    let mut requests = Vec::new();
    collect(root.get("item")?, &mut requests);
    let names: Vec<Value> = requests.iter().filter_map(|it| it.get("name").cloned()).collect();
    let mut digest = Fnv::default();
    digest.update(file.as_bytes());
    let mut numbers = Numbers(digest.finish());
    for at in 0..ADDED {
        let mut request = requests.get(numbers.below(requests.len()))?.clone();
        let name = names.get(numbers.below(names.len()))?.clone();
        request.as_object_mut()?.insert("name".to_owned(), name);
        if at % 5 > 0 {
            lengthen(&mut request, &format!("more{at}"));
        }
        let depth = numbers.below(3);
        folder(root, &mut numbers, depth)?.push(request);
    }
    Some(document.to_string())
}

fn collect(items: &Value, requests: &mut Vec<Value>) {
    for item in items.as_array().into_iter().flatten() {
        match item.get("item") {
            Some(inner) => collect(inner, requests),
            None if item.get("request").is_some() => requests.push(item.clone()),
            None => {}
        }
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

/// The line of a collection, and what is lost of it.
pub(super) fn line(file: &str, outcome: &anyhow::Result<Option<Outcome>>) -> String {
    match outcome {
        Ok(Some(Outcome { items, lost })) => {
            let lost_lines = lost.iter().take(5).map(|name| format!("    {name}\n"));
            let first = format!("  {file}: {} of {items} public items renamed\n", lost.len());
            std::iter::once(first).chain(lost_lines).collect()
        }
        Ok(None) => format!("  {file}: passed over, it has no items\n"),
        Err(error) => format!("  {file}: passed over, {error:#}\n"),
    }
}

/// Tries the collections `specs`, by file, and says how many names moved; the number is that of the names.
pub(super) fn report(
    specs: impl Iterator<Item = anyhow::Result<(String, String)>>,
) -> anyhow::Result<(String, usize)> {
    let (mut text, mut tried_count, mut items, mut lost) = (String::new(), 0, 0, 0);
    for spec in specs {
        let (file, spec) = spec.context("a collection cannot be read")?;
        let outcome = tried(&file, &spec);
        if let Ok(Some(outcome)) = &outcome {
            tried_count += 1;
            items += outcome.items;
            lost += outcome.lost.len();
        }
        text += &line(&file, &outcome);
    }
    text += &format!(
        "adding {ADDED} random requests to each of {tried_count} collections renames {lost} of {items} existing public items\n"
    );
    Ok((text, lost))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = r#"{"info": {"name": "Port", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/"},
      "item": [{"name": "Boats", "item": [
        {"name": "List boats", "request": {"method": "GET", "url": {"host": ["port", "test"], "path": ["boats"]}}},
        {"name": "Get a boat", "request": {"method": "GET", "url": {"host": ["port", "test"], "path": ["boats", ":id"]}}}
      ]}]}"#;

    #[test]
    fn requests_are_added_the_same_way_each_time_and_move_no_name() {
        let added = grown("a.json", SPEC).unwrap();
        assert_eq!(grown("a.json", SPEC).as_ref(), Some(&added));
        assert_ne!(grown("b.json", SPEC).as_ref(), Some(&added));
        assert_eq!(added.matches("\"request\"").count(), ADDED + 2);
        let one = || std::iter::once(Ok(("a.json".to_owned(), SPEC.to_owned())));
        let (text, lost) = report(one()).unwrap();
        assert_eq!(lost, 0, "{text}");
        assert!(
            text.ends_with("of 1 collections renames 0 of 4 existing public items\n"),
            "{text}"
        );
    }
}
