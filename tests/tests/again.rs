//! A run after another one: what is printed again, and that not a byte differs from a run of its own.

use postman_codegen::emit::{Emission, Source};
use postman_codegen::infer::Reasoning;
use postman_codegen::pipeline::Analysis;
use postman_codegen::{Generated, Input, generate, generate_after};
use serde_json::{Value, json};

/// Folders of a collection; each has a few requests on a resource of its own and one that all have.
const FOLDERS: [&str; 6] = ["Loaves", "Ovens", "Bakers", "Shops", "Orders", "Prices"];

fn collection() -> Value {
    let folder = |name: &&str| {
        let path = name.to_lowercase();
        let body = json!({ "name": "a", "size": 1, "baker": { "first": "A", "last": "B" } });
        let raw = |value: &Value| json!({ "mode": "raw", "raw": value.to_string(), "options": { "raw": { "language": "json" } } });
        let request = |method: &str, path: &str| json!({ "method": method, "url": format!("https://oven.test/{path}"), "description": "What it is for." });
        let mut create = request("POST", &path);
        create["body"] = raw(&body);
        let answer = json!([{ "name": "OK", "code": 200, "body": body.to_string(), "header": [] }]);
        // What several folders show is a type of a module of its own.
        let owner = json!({ "id": "x", "home": { "street": "s", "door": { "colour": "c" } } });
        let owner = json!([{ "name": "OK", "code": 200, "body": owner.to_string() }]);
        json!({ "name": name, "description": "A folder.", "item": [
            { "name": format!("List {path}"), "request": request("GET", &format!("{path}?page=1&q=a")), "response": answer },
            { "name": format!("Create {path}"), "request": create, "response": answer },
            { "name": "Delete one", "request": request("DELETE", &format!("{path}/:id")) },
            { "name": "Show the owner", "request": request("GET", "owners/:id"), "response": owner },
        ] })
    };
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let items: Vec<Value> = FOLDERS.iter().map(folder).collect();
    json!({ "info": { "name": "Oven", "schema": schema }, "item": items })
}

fn input(spec: &str) -> Input<'_> {
    Input { spec_name: "c.json", spec, package: Some("oven"), ..Input::default() }
}

/// Numbers of SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ mixed >> 31) % end as u64).unwrap()
    }

    /// Changes one thing of a collection, as a person might.
    fn edit(&mut self, spec: &mut Value) {
        let folders = spec["item"].as_array_mut().unwrap();
        let at = self.below(folders.len());
        let kind = self.below(18);
        let word = format!("w{}", self.below(50));
        if kind == 0 {
            let copy = folders[at].clone();
            return folders.push(copy);
        }
        if kind == 1 && folders.len() > 2 {
            return drop(folders.remove(at));
        }
        if kind == 2 {
            folders[at]["name"] = json!(word);
            return;
        }
        let items = folders[at]["item"].as_array_mut().unwrap();
        let one = self.below(items.len());
        let body = json!({ "name": "a", word.as_str(): [1, { "deep": word }], "size": 1.5 });
        match kind {
            3 => items.push(items[one].clone()),
            4 if items.len() > 1 => drop(items.remove(one)),
            5 => items[one]["name"] = json!(format!("Get {word}")),
            6 => items[one]["request"]["method"] = json!(["GET", "PUT", "PATCH"][self.below(3)]),
            7 => {
                items[one]["request"]["url"] =
                    json!(format!("https://oven.test/{word}/:{word}?{word}=1"))
            }
            8 => {
                items[one]["request"]["header"] =
                    json!([{ "key": format!("X-{word}"), "value": "1" }])
            }
            9 => items[one]["request"]["body"] = json!({ "mode": "raw", "raw": body.to_string() }),
            10 => {
                items[one]["response"] =
                    json!([{ "name": "OK", "code": 200, "body": body.to_string() }])
            }
            11 => {
                items[one]["request"]["auth"] = json!({ "type": "bearer", "bearer": [{ "key": "token", "value": "{{token}}" }] })
            }
            12 => {
                items[one]["request"]["body"] =
                    json!({ "mode": "urlencoded", "urlencoded": [{ "key": word, "value": "1" }] })
            }
            13..=15 => items[one]["response"] = with_key(&items[one]["response"], &word),
            _ => items[one]["request"]["description"] = json!(format!("It says {word}.")),
        }
    }
}

/// A saved answer whose object has one key more: no type more and none less.
fn with_key(response: &Value, key: &str) -> Value {
    let mut body: Value =
        serde_json::from_str(response[0]["body"].as_str().unwrap_or("{}")).unwrap();
    body[key] = json!(1);
    json!([{ "name": "OK", "code": 200, "body": body.to_string() }])
}

#[test]
fn a_run_after_another_prints_what_a_run_of_its_own_does() {
    let (mut spec, mut chance) = (collection(), Chance(7));
    let mut last: Option<Generated> = None;
    for round in 0..40 {
        let text = spec.to_string();
        let alone = generate(&input(&text)).unwrap();
        let after = generate_after(&input(&text), last.as_ref()).unwrap();
        assert!(after.files == alone.files, "round {round} of {text}");
        last = Some(after);
        (0..=chance.below(2)).for_each(|_| chance.edit(&mut spec));
    }
}

/// How many parts of the second are printed anew.
fn printed(one: &Value, other: &Value) -> (usize, usize) {
    let texts = [one, other].map(Value::to_string);
    let analyses = texts.each_ref().map(|it| Analysis::new(&input(it), Reasoning::Left).unwrap());
    let source = Source { spec: "c.json".to_owned() };
    let [old, new] = analyses.each_ref().map(|it| Emission::new(&it.api, &it.names, &source));
    let kept = new.kept(&old);
    (kept.iter().filter(|kept| !**kept).count(), kept.len())
}

#[test]
fn one_edited_request_prints_one_module() {
    let before = collection();
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut after = before.clone();
        edit(&mut after["item"][2]["item"][1]["request"]);
        printed(&before, &after)
    };
    assert_eq!(printed(&before, &before), (1, 8));
    assert_eq!(edited(&|it| it["description"] = json!("Other words, and more of them.")), (2, 8));
    assert_eq!(edited(&|it| it["header"] = json!([{ "key": "X-A", "value": "1" }])), (2, 8));
    let mut after = before.clone();
    after["item"][2]["item"][3]["response"] =
        with_key(&before["item"][2]["item"][3]["response"], "since");
    assert_eq!(printed(&before, &after), (8, 8), "what all show, all print");
    assert_eq!(edited(&|it| it["body"]["raw"] = json!(r#"{"name": "a", "own": true}"#)), (2, 8));
}

#[test]
fn what_most_operations_take_is_told_in_every_module() {
    let bearer = json!({ "type": "bearer", "bearer": [{ "key": "token", "value": "{{token}}" }] });
    let signed = |count: usize| {
        let mut spec = collection();
        let folders = spec["item"].as_array_mut().unwrap().iter_mut();
        let items = folders.flat_map(|folder| folder["item"].as_array_mut().unwrap());
        items.take(count).for_each(|item| item["request"]["auth"] = bearer.clone());
        spec.to_string()
    };
    // The first does it for half of the operations, the second for one more.
    let half = FOLDERS.len() * 4 / 2;
    let before = signed(half);
    let last = generate(&input(&before)).unwrap();
    let text = signed(half + 1);
    let after = generate_after(&input(&text), Some(&last)).unwrap();
    assert!(after.files == generate(&input(&text)).unwrap().files);
}
