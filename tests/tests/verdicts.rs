//! Single changes of one collection, its overlay or its evidence, each with the verdicts that a person gave it.
//!
//! The table is `tests/fixtures/harbour.changes`; each row is compared in both directions.

use expect_test::expect_file;
use integration_tests::fixture;
use postman_codegen::diff::{Change, Direction, Kind, Verdict};
use postman_codegen::pipeline::Input;
use postman_codegen::review::{Comparison, compare};
use serde_json::Value;
use std::fmt::Write as _;

/// The texts of an edition.
#[derive(Clone, Default)]
struct Edition {
    spec: String,
    overlay: String,
    evidence: Vec<(String, String)>,
}

/// One row of the table.
#[derive(Default)]
struct Row<'a> {
    head: &'a str,
    edits: Vec<&'a str>,
}

impl Row<'_> {
    fn name(&self) -> &str {
        &self.head[3..]
    }
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            None => rows.push(Row { head: line, edits: Vec::new() }),
            Some(told) if told.starts_with(['>', '<']) => {}
            Some(edit) => rows.last_mut().unwrap().edits.push(edit),
        }
    }
    rows
}

/// The collection with the bodies in it written as the edits write them.
fn collection() -> Value {
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

fn base() -> Edition {
    let spec = collection().to_string();
    Edition { spec, overlay: fixture("harbour.overlay.toml"), evidence: Vec::new() }
}

fn edited(row: &Row<'_>) -> Edition {
    let mut edition = base();
    let mut spec = collection();
    let mut texts = Vec::new();
    for edit in &row.edits {
        let words: Vec<&str> = edit.split(" :: ").collect();
        match words.as_slice() {
            ["overlay", text] => edition.overlay += &format!("\n{}\n", text.replace("\\n", "\n")),
            ["base", old, new] => edition.overlay = replaced(&edition.overlay, old, new),
            ["evidence", text] => edition.evidence.push(("a.json".into(), (*text).into())),
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

fn change(spec: &mut Value, verb: &str, path: &str, rest: &[&str]) {
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

fn input(edition: &Edition) -> Input<'_> {
    let Edition { spec, overlay, evidence } = edition;
    Input { spec_name: "harbour.json", spec, overlay: Some(overlay), evidence, ..Input::default() }
}

fn compared(row: &Row<'_>, old: &Edition, new: &Edition) -> Result<Comparison, String> {
    let compared = compare(&input(old), &input(new), None);
    compared.map_err(|unreadable| format!("{}: {unreadable:?}", row.name()))
}

fn told(comparison: &Comparison) -> String {
    let mark = |verdict| match verdict {
        Verdict::None => '.',
        Verdict::Additive => '+',
        Verdict::Warning => '~',
        Verdict::Breaking => '!',
    };
    let direction = |change: &Change| match change.direction {
        Direction::None => "",
        other => other.as_str(),
    };
    let one = |change: &Change| {
        let marks = [mark(change.wire), mark(change.source)].iter().collect::<String>();
        format!(" {}{marks}{}", change.kind.code(), direction(change))
    };
    comparison.changes.iter().map(one).collect()
}

/// What a person said of a change against what was found.
fn agrees(letter: u8, comparison: &Comparison) -> bool {
    let is_silent = |change: &Change| change.verdict() == Verdict::None;
    match letter {
        b'B' => comparison.verdict() == Verdict::Breaking,
        b'a' => comparison.verdict() < Verdict::Breaking && !comparison.changes.is_empty(),
        b'n' => comparison.changes.iter().all(is_silent),
        other => panic!("{}", char::from(other)),
    }
}

#[test]
fn each_change_has_its_verdict() {
    let table = fixture("harbour.changes");
    let (base, mut wrong, mut count) = (base(), Vec::new(), 0);
    let comments = table.lines().take_while(|line| line.starts_with('#'));
    let mut out = comments.map(|line| format!("{line}\n")).collect::<String>();
    for row in rows(&table) {
        let edited = edited(&row);
        let _ = write!(out, "\n{}\n", row.head);
        row.edits.iter().for_each(|edit| out.push_str(&format!("  {edit}\n")));
        for (at, mark, old, new) in [(0, '>', &base, &edited), (1, '<', &edited, &base)] {
            let comparison = match compared(&row, old, new) {
                Ok(comparison) => comparison,
                Err(why) => {
                    wrong.push(why);
                    continue;
                }
            };
            let _ = writeln!(out, "  {mark}{}", told(&comparison));
            count += 1;
            if !agrees(row.head.as_bytes()[at], &comparison) {
                wrong.push(format!("{mark} {}: {}", row.name(), told(&comparison)));
            }
        }
    }
    expect_file!["../fixtures/harbour.changes"].assert_eq(&out);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 150, "{count}");
}

/// The inputs that a change comes from.
fn causes(old: &Edition, new: &Edition) -> Vec<String> {
    let comparison = compare(&input(old), &input(new), None).unwrap();
    let mut causes: Vec<_> = comparison.changes.iter().map(|it| it.causes.to_string()).collect();
    causes.dedup();
    causes
}

#[test]
fn inputs_that_do_not_work_without_each_other_are_one_cause() {
    let gate = |edition: &mut Edition| {
        let mut spec = collection();
        let edit = ["/response/0/body!/gate", "\"A\""];
        change(&mut spec, "set", "Tickets>Buy a ticket", &edit);
        edition.spec = spec.to_string();
    };
    let patch = "\n[[patch]]\nat = \"POST /tickets -> 201 .gate\"\nreason = \"So it is.\"\nrequired = true\n";
    let evidence = r#"{"evidence":1,"endpoints":{"POST /tickets":{"answers":{"201":{"json":{"keys":{"gate":{"in":1,"texts":1},"pier":{"in":1,"texts":1}},"objects":1}}},"exchanges":1}}}"#;
    let taught = || vec![("a.json".to_owned(), evidence.to_owned())];

    // The sample that the overlay corrects is gone, and traffic shows the same.
    let (mut old, mut new) = (base(), base());
    gate(&mut old);
    old.overlay += patch;
    new.overlay += patch;
    new.evidence = taught();
    assert_eq!(causes(&old, &new), ["collection with evidence"]);

    // The correction is of what traffic shows.
    let (old, mut new) = (base(), base());
    new.overlay += patch;
    new.evidence = taught();
    assert_eq!(causes(&old, &new), ["overlay with evidence"]);

    // The same, and the collection lost what the old overlay corrects.
    let (mut old, mut new) = (base(), base());
    gate(&mut old);
    old.overlay += patch;
    new.overlay += &patch.replace("gate", "pier");
    new.evidence = taught();
    assert_eq!(causes(&old, &new), ["collection with overlay and evidence"]);
}

#[test]
fn most_kinds_of_changes_are_in_the_table() {
    let table = fixture("harbour.changes");
    let missing = Kind::ALL.iter().map(|kind| kind.code());
    let missing: Vec<_> = missing.filter(|code| !table.contains(&format!(" {code}"))).collect();
    assert!(missing.len() <= 18, "{missing:?}");
}
