//! Whether names stay: collections are edited at random with their lock in place, and what is called otherwise then is counted.
//!
//! Two edits: 50 requests more; and a tenth of the requests gone, 50 more, and all in another order. What is counted are paths of types that are gone, and requests that are called by another path, also where that path is another request's now.

mod edits;

use anyhow::Context as _;
use edits::{ADDED, Numbers};
use postman_codegen::diagnostic::Diagnostic;
use postman_codegen::emit::exports::exports;
use postman_codegen::infer::Reasoning;
use postman_codegen::pipeline::{Analysis, Input};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What became of the names of one collection.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// Requests, setters, handles and paths of types.
    items: usize,
    /// Those that are found no more under their names when requests are added.
    by_adding: Vec<String>,
    /// The same when some are taken away too, and all are in another order.
    by_mixing: Vec<String>,
}

/// Edits the collection `spec` in `file`; `None` where it is in no format with items.
fn tried(file: &str, spec: &str, seed: u64) -> anyhow::Result<Option<Outcome>> {
    let Some(first) = edits::marked(spec) else { return Ok(None) };
    let before = published(&first, None)?;
    let lock = Some(before.lock.as_str());
    let mut grown = first.clone();
    if edits::grow(&mut grown, &mut Numbers::new(file, seed)).is_none() {
        return Ok(None);
    }
    let mut fewer = first;
    let mut numbers = Numbers::new(file, seed);
    edits::shrink(&mut fewer, &mut numbers);
    // What is gone with the requests that are gone may go.
    let left = published(&fewer, lock)?;
    let mut mixed = fewer;
    // Where all were taken away, nothing is left to make requests of.
    let is_mixed = edits::grow(&mut mixed, &mut numbers).is_some();
    edits::shuffle(&mut mixed, &mut numbers);
    Ok(Some(Outcome {
        items: before.names.len() + before.calls.len(),
        by_adding: lost(&before, &published(&grown, lock)?),
        by_mixing: match is_mixed {
            true => lost(&left, &published(&mixed, lock)?),
            false => Vec::new(),
        },
    }))
}

/// What `before` has and `after` has not.
fn lost(before: &Published, after: &Published) -> Vec<String> {
    let names = before.names.difference(&after.names).cloned();
    let calls = before.calls.iter().filter_map(|(id, was)| {
        let now = after.calls.get(id);
        let (own, meant) = (before.requests.get(was), after.requests.get(was));
        let is_called = now == Some(was) && own.map(|it| &it.1) == meant.map(|it| &it.1);
        // Which of two requests that send the same is which nobody can say.
        let is_there = is_called || own.is_some() && own == meant;
        let now = now.map_or("nothing", String::as_str);
        (!is_there).then(|| format!("call {was} is {now}"))
    });
    names.chain(calls).collect()
}

fn failed(found: &[Diagnostic]) -> anyhow::Error {
    let first = found.first().map(|it| it.message.clone()).unwrap_or_default();
    anyhow::anyhow!("it cannot be generated: {first}")
}

/// What users of a client can name.
struct Published {
    lock: String,
    /// Lines of the lock but those of types and requests, and all paths of types.
    names: BTreeSet<String>,
    /// How each marked request is called.
    calls: BTreeMap<String, String>,
    /// What each call sends, in short, and the names of what it takes.
    requests: BTreeMap<String, (String, Vec<String>)>,
}

fn published(document: &Value, lock: Option<&str>) -> anyhow::Result<Published> {
    let spec = document.to_string();
    let input =
        Input { spec_name: "c.json", spec: &spec, lock, package: Some("c"), ..Input::default() };
    let analysis = Analysis::new(&input, Reasoning::Left).map_err(|it| failed(&it))?;
    let is_own = |line: &String| !line.starts_with("type ") && !line.starts_with("operation ");
    let lines = analysis.lock.lines().filter(is_own);
    let types = exports(&analysis.api, &analysis.names).types;
    let names = lines.chain(types.into_keys().map(|path| format!("path {path}"))).collect();
    let marks = edits::marks(document);
    let (mut calls, mut requests) = (BTreeMap::new(), BTreeMap::new());
    let operations = analysis.api.operations.iter().zip(&analysis.names.operations);
    for (operation, own) in operations {
        let pointer = operation.origin.pointer.as_str();
        let handle = analysis.names.accessors(operation.group).join(".");
        let call = format!("{handle}.{}", own.method);
        let sent = format!("{} {}", operation.key.endpoint, operation.likeness);
        requests.insert(call.clone(), (sent, [&own.query[..], &own.headers].concat()));
        marks.get(pointer).into_iter().for_each(|id| drop(calls.insert(id.clone(), call.clone())));
    }
    Ok(Published { lock: analysis.lock.to_string(), names, calls, requests })
}

/// The line of a collection, and what is lost of it.
fn line(file: &str, outcome: &anyhow::Result<Option<Outcome>>) -> String {
    match outcome {
        Ok(Some(Outcome { items, by_adding, by_mixing })) => {
            let lost = by_adding.iter().chain(by_mixing).take(5);
            let first = format!(
                "  {file}: {} and {} of {items} public items renamed\n",
                by_adding.len(),
                by_mixing.len()
            );
            std::iter::once(first).chain(lost.map(|name| format!("    {name}\n"))).collect()
        }
        Ok(None) => format!("  {file}: passed over, it has no items\n"),
        Err(error) => format!("  {file}: passed over, {error:#}\n"),
    }
}

/// Tries the collections `specs`, by file, and says how many names moved; the number is that of the names.
pub(super) fn report(
    specs: impl Iterator<Item = anyhow::Result<(String, String)>>,
    seed: u64,
) -> anyhow::Result<(String, usize)> {
    let (mut text, mut tried_count, mut items, mut added, mut mixed) = (String::new(), 0, 0, 0, 0);
    for spec in specs {
        let (file, spec) = spec.context("a collection cannot be read")?;
        let outcome = tried(&file, &spec, seed);
        if let Ok(Some(outcome)) = &outcome {
            tried_count += 1;
            items += outcome.items;
            added += outcome.by_adding.len();
            mixed += outcome.by_mixing.len();
        }
        text += &line(&file, &outcome);
    }
    text += &format!(
        "adding {ADDED} random requests to each of {tried_count} collections renames {added} of {items} existing public items\n\
        taking a tenth of the requests away too, and reordering all, renames {mixed}\n"
    );
    Ok((text, added + mixed))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = r#"{"info": {"name": "Port", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/"},
      "item": [{"name": "Boats", "item": [
        {"name": "List boats", "request": {"method": "GET", "url": {"host": ["port", "test"], "path": ["boats"]}}},
        {"name": "Get a boat", "request": {"method": "GET", "url": {"host": ["port", "test"], "path": ["boats", ":id"]}}}
      ]}]}"#;

    fn grown(file: &str, seed: u64) -> String {
        let mut document = edits::marked(SPEC).unwrap();
        edits::grow(&mut document, &mut Numbers::new(file, seed)).unwrap();
        document.to_string()
    }

    #[test]
    fn requests_are_added_the_same_way_each_time_and_move_no_name() {
        let added = grown("a.json", 0);
        assert_eq!(grown("a.json", 0), added);
        assert_ne!(grown("b.json", 0), added);
        assert_ne!(grown("a.json", 1), added);
        assert_eq!(added.matches("\"request\"").count(), ADDED + 2);
        let one = std::iter::once(Ok(("a.json".to_owned(), SPEC.to_owned())));
        let (text, lost) = report(one, 0).unwrap();
        assert_eq!(lost, 0, "{text}");
        assert!(text.contains("of 1 collections renames 0 of 4 existing public items\n"), "{text}");
    }

    #[test]
    fn a_request_that_is_called_by_another_path_is_counted() {
        let published = |call: &str| Published {
            lock: String::new(),
            names: ["path shared::Boat".to_owned()].into(),
            calls: [("was-there-1".to_owned(), call.to_owned())].into(),
            requests: [(call.to_owned(), ("GET /boats".to_owned(), Vec::new()))].into(),
        };
        let gone = Published { names: BTreeSet::new(), ..published("boats.list") };
        assert_eq!(lost(&published("boats.list"), &published("boats.list")), [""; 0]);
        let all = lost(
            &published("boats.list"),
            &Published { calls: [].into(), requests: [].into(), ..gone },
        );
        assert_eq!(all, ["path shared::Boat", "call boats.list is nothing"]);
        let other = lost(&published("boats.list"), &published("boats.all"));
        assert_eq!(other, ["call boats.list is boats.all"]);
    }
}
