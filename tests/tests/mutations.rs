//! The table of single changes, `tests/fixtures/harbour.changes`: a line an edit -> the edition that comes of it.

use integration_tests::fixture;
use postman_codegen::pipeline::Input;
use postman_codegen::review::{self, Comparison, compare};
use serde_json::Value;

/// The texts of an edition.
#[derive(Clone, Default)]
pub(crate) struct Edition {
    pub(crate) spec: String,
    pub(crate) overlay: String,
    pub(crate) evidence: Vec<(String, String)>,
    pub(crate) lock: Option<String>,
    /// Whether the collection is not there at all.
    pub(crate) is_gone: bool,
}

/// One row of the table.
#[derive(Default)]
pub(crate) struct Row<'a> {
    pub(crate) head: &'a str,
    /// Edits of both editions, which make what the change needs.
    pub(crate) first: Vec<&'a str>,
    /// The change.
    pub(crate) edits: Vec<&'a str>,
}

impl Row<'_> {
    pub(crate) fn name(&self) -> &str {
        &self.head[3..]
    }
}

/// The rows of the table; what `diff` says of them is left out.
pub(crate) fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some(told) = line.strip_prefix("  ") else {
            rows.push(Row { head: line, ..Row::default() });
            continue;
        };
        let row = rows.last_mut().unwrap();
        match told.strip_prefix("| ") {
            Some(edit) => row.first.push(edit),
            None if told.starts_with(['>', '<']) => {}
            None => row.edits.push(told),
        }
    }
    rows
}

/// The collection with the bodies in it written as the edits write them.
pub(crate) fn collection() -> Value {
    fn normal(value: &mut Value) {
        match value {
            Value::String(text) if text.starts_with(['{', '[']) && !text.starts_with("{{") => {
                let parsed: Result<Value, _> = serde_json::from_str(text);
                *text = parsed.map_or(text.clone(), |parsed| parsed.to_string());
            }
            Value::Array(items) => items.iter_mut().for_each(normal),
            Value::Object(members) => members.values_mut().for_each(normal),
            _ => {}
        }
    }
    let mut spec = serde_json::from_str(&fixture("harbour.postman_collection.json")).unwrap();
    normal(&mut spec);
    spec
}

/// The edition that most rows start from.
pub(crate) fn base() -> Edition {
    edition(&[])
}

impl Row<'_> {
    /// The edition before the change.
    pub(crate) fn before(&self) -> Edition {
        edition(&self.first)
    }

    /// The edition after it.
    pub(crate) fn after(&self) -> Edition {
        edition(&[self.first.as_slice(), self.edits.as_slice()].concat())
    }
}

fn edition(edits: &[&str]) -> Edition {
    let mut edition = Edition { overlay: fixture("harbour.overlay.toml"), ..Edition::default() };
    let mut spec = collection();
    let mut texts = Vec::new();
    for edit in edits {
        let words: Vec<&str> = edit.split(" :: ").collect();
        match words.as_slice() {
            ["overlay", text] => edition.overlay += &format!("\n{}\n", text.replace("\\n", "\n")),
            ["base", old, new] => edition.overlay = replaced(&edition.overlay, old, new),
            ["evidence", text] => edition.evidence.push(("a.json".into(), (*text).into())),
            ["lock", text] => edition.lock = Some(text.replace("\\n", "\n") + "\n"),
            ["gone"] => edition.is_gone = true,
            ["text", old, new] => texts.push((*old, *new)),
            [first, rest @ ..] => {
                let (verb, item) = first.split_once(' ').unwrap();
                change(&mut spec, verb, item, rest);
            }
            [] => unreachable!("a split has a first part"),
        }
    }
    edition.spec = spec.to_string();
    for (old, new) in texts {
        edition.spec = replaced(&edition.spec, old, new);
    }
    edition
}

fn replaced(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not in {text}");
    text.replace(old, new)
}

/// The item at a path of names, `Folder>Request`; `.` is the collection.
fn item<'a>(spec: &'a mut Value, path: &str) -> &'a mut Value {
    path.split('>').filter(|name| *name != ".").fold(spec, |at, name| {
        let items = at["item"].as_array_mut().unwrap();
        items.iter_mut().find(|item| item["name"] == name).unwrap()
    })
}

pub(crate) fn change(spec: &mut Value, verb: &str, path: &str, rest: &[&str]) {
    if verb == "move" {
        let (folder, name) = path.split_once('>').unwrap();
        let items = item(spec, folder)["item"].as_array_mut().unwrap();
        let moved = items.remove(items.iter().position(|item| item["name"] == name).unwrap());
        item(spec, rest[0])["item"].as_array_mut().unwrap().push(moved);
        return;
    }
    let value = rest.get(1).copied().unwrap_or_default();
    at(item(spec, path), rest[0], &|place, key| match verb {
        "set" => set(place, key, serde_json::from_str(value).unwrap()),
        "del" => drop(removed(place, key)),
        "key" => {
            let old = removed(place, key);
            set(place, value, old);
        }
        "order" => place[key].as_array_mut().unwrap().reverse(),
        _ => panic!("{verb}"),
    });
}

/// Changes the member that a pointer leads to, whose step `name!` goes into the JSON of a text.
fn at(value: &mut Value, pointer: &str, change: &dyn Fn(&mut Value, &str)) {
    if let Some((outer, inner)) = pointer.split_once('!') {
        let text = value.pointer_mut(outer).unwrap();
        let mut parsed: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
        match inner {
            "" => {
                let mut whole = serde_json::json!({ "whole": parsed });
                change(&mut whole, "whole");
                parsed = whole["whole"].take();
            }
            inner => at(&mut parsed, inner, change),
        }
        *text = Value::String(parsed.to_string());
        return;
    }
    let (outer, key) = pointer.rsplit_once('/').unwrap();
    change(value.pointer_mut(outer).unwrap(), key);
}

fn set(place: &mut Value, key: &str, value: Value) {
    match place {
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        place => place[key] = value,
    }
}

fn removed(place: &mut Value, key: &str) -> Value {
    match place {
        Value::Array(items) => items.remove(key.parse().unwrap()),
        place => place.as_object_mut().unwrap().remove(key).unwrap(),
    }
}

/// What the pipeline reads of an edition.
pub(crate) fn input(edition: &Edition) -> Input<'_> {
    let Edition { spec, overlay, evidence, lock, .. } = edition;
    Input {
        spec_name: "harbour.json",
        spec,
        overlay: Some(overlay),
        evidence,
        lock: lock.as_deref(),
        ..Input::default()
    }
}

/// What `diff` says of two editions.
pub(crate) fn compared(row: &Row<'_>, old: &Edition, new: &Edition) -> Result<Comparison, String> {
    let compared = match (old.is_gone, new.is_gone) {
        (true, _) => review::added(&input(new)),
        (false, true) => review::removed(&input(old)),
        (false, false) => compare(&input(old), &input(new), None),
    };
    compared.map_err(|unreadable| format!("{}: {unreadable:?}", row.name()))
}
