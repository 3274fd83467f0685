//! Same texts, same bytes: in another process, and with the collection's items in another order.

use crate::xtask;
use integration_tests::{Scratch, bakery, root};
use postman_codegen::api::dump::dump;
use postman_codegen::json::{self, Node};
use postman_codegen::output::FileTree;
use postman_codegen::{Generated, Input, generate};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The workspace's own collection.
fn collection() -> String {
    let mut found = fs::read_dir(root().join("spec")).unwrap().map(|entry| entry.unwrap().path());
    fs::read_to_string(found.find(|path| path.extension().is_some_and(|e| e == "json")).unwrap())
        .unwrap()
}

/// The client as text, and its files.
fn client(spec: &str) -> (String, FileTree) {
    let input = Input { spec_name: "spec.json", spec, package: Some("client"), ..Input::default() };
    let generated = generate(&input).unwrap();
    (dump(&generated.api), generated.files)
}

/// The text with every `item` array turned round.
fn turned(text: &str) -> String {
    let mut out = String::new();
    turn(text, &json::read(text).unwrap(), &mut out);
    out
}

fn turn(text: &str, node: &Node, out: &mut String) {
    let own = &text[node.span.start..node.span.end];
    let Some(items) = node.get("item").filter(|item| item.elements().is_some()) else {
        return out.push_str(own);
    };
    out.push_str(&text[node.span.start..items.span.start]);
    for (index, item) in items.elements().unwrap().iter().rev().enumerate() {
        out.push(if index == 0 { '[' } else { ',' });
        turn(text, item, out);
    }
    out.push(']');
    out.push_str(&text[items.span.end..node.span.end]);
}

#[test]
fn turning_keeps_everything_but_the_order() {
    let text = r#"{"item": [{"item": [1, 2], "a": 3}, {"b": 4}], "c": 5}"#;
    assert_eq!(turned(text), r#"{"item": [{"b": 4},{"item": [2,1], "a": 3}], "c": 5}"#);
}

#[test]
fn the_order_of_items_changes_no_byte() {
    for spec in [bakery(), collection()] {
        let other = turned(&spec);
        assert_ne!(spec, other);
        let ((left, mut before), (right, mut after)) = (client(&spec), client(&other));
        before.0.insert("the client".to_owned(), left);
        after.0.insert("the client".to_owned(), right);
        assert!(before.0.keys().eq(after.0.keys()));
        for (path, text) in &before.0 {
            let diff = TextDiff::from_lines(text, &after.0[path]);
            assert!(diff.ratio() >= 1.0, "{path}\n{}", diff.unified_diff());
        }
    }
}

#[test]
fn a_request_more_changes_no_other_folder() {
    let added = r#"{"name": "Z", "item": [{"name": "One more", "request": {"method": "POST", "url": "https://new.example.org/zebras/:id", "body": {"mode": "raw", "raw": "{\"name\": \"x\", \"stripes\": 1}"}}}]}"#;
    for spec in [bakery(), collection()] {
        let items = json::read(&spec).unwrap().get("item").unwrap().span;
        let more = format!("{},{added}]{}", &spec[..items.end - 1], &spec[items.end..]);
        let ((_, before), (_, after)) = (client(&spec), client(&more));
        let whole = ["Cargo.toml", "README.md", "API.md", "src/lib.rs", "src/client.rs"];
        let modules = before.0.iter().filter(|(path, _)| !whole.contains(&path.as_str()));
        for (path, text) in modules {
            assert_eq!(after.0.get(path), Some(text), "{path}");
        }
        assert!(after.0.contains_key("src/z.rs"));
    }
}

/// How many lines of all files but those of the module `own` two runs do not share, the second with the first one's lock; of a line that is another one now, one.
fn lines_changed(one: &str, other: &str, own: &str) -> (usize, String) {
    let run = |spec, lock: Option<&str>| {
        let input = Input {
            spec_name: "spec.json",
            spec,
            package: Some("client"),
            lock,
            ..Input::default()
        };
        let Generated { mut files, lock, .. } = generate(&input).unwrap();
        let lock = lock.to_string();
        files.0.insert("spec/names.lock".to_owned(), lock.clone());
        (files.0, lock)
    };
    let (before, lock) = run(one, None);
    let (after, _) = run(other, Some(&lock));
    let is_own =
        |path: &str| path == format!("src/{own}.rs") || path.starts_with(&format!("src/{own}/"));
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let (mut changed, mut told) = (0, String::new());
    for path in paths.into_iter().filter(|path| !is_own(path)) {
        let text = |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
        let (old, new) = (text(&before), text(&after));
        let diff = TextDiff::from_lines(&old, &new);
        let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
        let lines = count(ChangeTag::Insert).max(count(ChangeTag::Delete));
        if lines > 0 {
            changed += lines;
            told += &format!("{path}: {lines}\n{}\n", diff.unified_diff());
        }
    }
    (changed, told)
}

/// What a reviewer reads of one request more, or of another name, beside its module.
const MOST_LINES: usize = 12;

#[test]
fn a_request_more_or_a_new_name_changes_few_lines_elsewhere() {
    let folders = [(bakery(), "Loaves", "loaves"), (collection(), "Users", "users")];
    for (spec, folder, module) in folders {
        let whole: Value = serde_json::from_str(&spec).unwrap();
        let with = |edit: &dyn Fn(&mut Vec<Value>)| {
            let mut whole = whole.clone();
            let folders = whole["item"].as_array_mut().unwrap();
            let own = folders.iter_mut().find(|it| it["name"] == folder).unwrap();
            edit(own["item"].as_array_mut().unwrap());
            lines_changed(&spec, &whole.to_string(), module)
        };
        let more = with(&|items| {
            let url = &items[0]["request"]["url"];
            let url = url["raw"].as_str().or(url.as_str()).unwrap().split('?').next().unwrap();
            let request =
                json!({ "method": "GET", "url": format!("{url}/zebras/:zebra?stripes=2") });
            items.push(json!({ "name": "Get a zebra", "request": request }));
        });
        let renamed = with(&|items| items[0]["name"] = json!("Fetch what there is"));
        for (what, (lines, told)) in [("a request more", more), ("a new name", renamed)] {
            println!("{folder}: {what}: {lines} lines elsewhere");
            assert!((1..=MOST_LINES).contains(&lines), "{folder}: {what}: {lines}\n{told}");
        }
    }
}

#[test]
fn two_processes_write_the_same_bytes() {
    let scratch = Scratch::workspace(&collection()).unwrap();
    for stage in ["lower", "infer", "name"] {
        let dump = || xtask(scratch.path(), &["dump", "--stage", stage]);
        let first = dump();
        assert!(first.code == Some(0) && first.out.lines().count() > 100, "{stage}: {first:?}");
        assert_eq!(dump(), first);
    }
    for out in ["one", "two"] {
        assert_eq!(xtask(scratch.path(), &["codegen", "--out", out]).code, Some(0));
    }
    assert_eq!(scratch.files("one").unwrap(), scratch.files("two").unwrap());
}

/// The names of types that a folder's module shows under its own path.
fn shown(files: &FileTree, folder: &str) -> BTreeSet<String> {
    let own = files.0.get(&format!("src/{folder}/models.rs")).map_or("", String::as_str);
    let defined = own.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        rest.split([' ', '<']).next()
    });
    let module = &files.0[&format!("src/{folder}.rs")];
    let shared = module.split("pub use crate::shared::").skip(1);
    let shared = shared.filter_map(|rest| rest.split(';').next());
    let shared = shared.flat_map(|list| list.split(|letter: char| !letter.is_alphanumeric()));
    defined.chain(shared).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_type_that_a_second_folder_comes_to_use_keeps_its_path() {
    let folder = |name: &str, path: &str| {
        let body = r#"{\"id\": 1, \"berth\": {\"pier\": \"a\", \"depth\": 2.5, \"lights\": true, \"side\": \"left\"}}"#;
        format!(
            r#"{{"name": "{name}", "item": [{{"name": "Get", "request": {{"method": "GET", "url": "https://api.example.org/{path}/:id"}}, "response": [{{"code": 200, "body": "{body}"}}]}}]}}"#
        )
    };
    let spec = |folders: &[String]| {
        let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
        format!(
            r#"{{"info": {{"name": "Harbour", "schema": "{schema}"}}, "item": [{}]}}"#,
            folders.join(",")
        )
    };
    let (one, other) = (folder("Boats", "boats"), folder("Ships", "ships"));
    let (_, before) = client(&spec(std::slice::from_ref(&one)));
    let (_, after) = client(&spec(&[one, other]));
    assert!(!before.0.contains_key("src/shared.rs") && after.0.contains_key("src/shared.rs"));
    let (before, after) = (shown(&before, "boats"), shown(&after, "boats"));
    assert!(before.len() == 2 && before.is_subset(&after), "{before:?} {after:?}");
}
