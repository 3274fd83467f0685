//! Twice the input is twice the work: allocations and allocated bytes, counted at n, 2n and 4n in every dimension of a collection.
//!
//! Where work grows linearly, the step from 2n to 4n costs twice the one from n to 2n, whatever a run costs by itself; where it grows with the square, four times. What is not seen is a scan that allocates nothing: those were found by profiles, at sizes where they show, and are not held by this test.

use postman_codegen::api::Api;
use postman_codegen::emit::{Emission, Source};
use postman_codegen::evidence::{BodyEvidence, Evidence, Exchanges, joined};
use postman_codegen::infer::Reasoning;
use postman_codegen::infer::observe::observe_json;
use postman_codegen::name::Names;
use postman_codegen::output::FileTree;
use postman_codegen::pipeline::{Analysis, Lowered};
use postman_codegen::summary::Summary;
use postman_codegen::{Input, format};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What the second step may cost of the first, in allocations and in bytes: 2, and room for what doubles now and then, such as the memory of a list. Measured were at most 2.01 and 2.12.
const MOST: [f64; 2] = [2.1, 2.3];

/// Steps of fewer allocations and bytes are not compared: they are noise of a stage with nothing to do.
const LEAST: [f64; 2] = [200.0, 20_000.0];

#[derive(Default)]
struct Texts {
    spec: Value,
    overlay: String,
    evidence: Option<String>,
}

impl Texts {
    fn evidence(&self) -> Vec<(String, String)> {
        self.evidence.iter().map(|text| ("traffic.json".to_owned(), text.clone())).collect()
    }

    fn input<'a>(&'a self, spec: &'a str, evidence: &'a [(String, String)]) -> Input<'a> {
        let overlay = Some(self.overlay.as_str());
        Input { spec_name: "c.json", spec, overlay, evidence, ..Input::default() }
    }
}

fn printed(api: &Api, names: &Names, threads: usize) -> FileTree {
    let source = Source { spec: "c.json".to_owned() };
    let emission = Emission::new(api, names, &source);
    format::format(emission.parts(), &|at| emission.part(at), threads).unwrap()
}

fn collection(items: Vec<Value>) -> Value {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    json!({ "info": { "name": "Oven", "schema": schema }, "item": items })
}

fn request(name: &str, path: &str) -> Value {
    let url = format!("https://oven.test/{path}");
    json!({ "name": name, "request": { "method": "GET", "url": url } })
}

fn body(name: &str, value: &Value) -> Value {
    let raw = json!({ "mode": "raw", "raw": value.to_string(), "options": { "raw": { "language": "json" } } });
    json!({ "name": name, "request": { "method": "POST", "url": "https://oven.test/loaves", "body": raw } })
}

fn keyed(n: usize, key: impl Fn(usize) -> String) -> Value {
    (0..n).map(|at| (key(at), json!(at))).collect::<Map<_, _>>().into()
}

/// A word that no other number gives and that ends with no number.
fn word(mut at: usize) -> String {
    let mut word = String::from("q");
    for _ in 0..4 {
        word.push(char::from(b'a' + u8::try_from(at % 20).unwrap()));
        at /= 20;
    }
    word + "z"
}

fn of(items: Vec<Value>) -> Texts {
    Texts { spec: collection(items), ..Texts::default() }
}

fn folders(n: usize) -> Texts {
    let folder = |at: usize| {
        let name = word(at);
        json!({ "name": name, "description": "A folder.", "item": [request("List loaves", &name)] })
    };
    of((0..n).map(folder).collect())
}

fn requests(n: usize) -> Texts {
    of((0..n).map(|at| request(&format!("List {}", word(at)), &word(at))).collect())
}

fn same_names(n: usize) -> Texts {
    of((0..n).map(|at| request("List loaves", &word(at))).collect())
}

fn twins(n: usize) -> Texts {
    of((0..n).map(|_| request("List loaves", "loaves")).collect())
}

fn parameters(n: usize) -> Texts {
    let query = (0..n).map(|at| format!("{}=1", word(at))).collect::<Vec<_>>().join("&");
    of(vec![request("List loaves", &format!("loaves?{query}"))])
}

fn variables(n: usize) -> Texts {
    let mut texts = of(vec![request("List loaves", "loaves")]);
    let variables: Vec<_> =
        (0..n).map(|at| json!({ "key": word(at), "value": "https://oven.test" })).collect();
    texts.spec["variable"] = json!(variables);
    texts
}

fn responses(n: usize) -> Texts {
    let mut list = request("List loaves", "loaves");
    let response = |at: usize| {
        let body = json!([{ "id": at, "name": word(at) }]).to_string();
        json!({ "name": "OK", "code": 200, "status": "OK", "body": body })
    };
    list["response"] = (0..n).map(response).collect();
    of(vec![list])
}

fn description(n: usize) -> Texts {
    let mut list = request("List loaves", "loaves");
    list["request"]["description"] =
        json!("Some *words* of [a link](https://a.test).\n\n".repeat(n));
    of(vec![list])
}

fn keys(n: usize) -> Texts {
    of(vec![body("Bake", &keyed(n, word))])
}

fn list_items(n: usize) -> Texts {
    let item = |at: usize| json!({ "id": at, "name": word(at), "tags": ["a"] });
    of(vec![body("Bake", &(0..n).map(item).collect())])
}

fn map_keys(n: usize) -> Texts {
    of(vec![body("Bake", &json!({ "loaves": keyed(n, |at| (100_000 + at).to_string()) }))])
}

fn overlay_entries(n: usize) -> Texts {
    let mut overlay = String::new();
    for at in 0..n {
        write!(
            overlay,
            "[[patch]]\nat = \"POST /loaves body.{}\"\nreason = \"They say so.\"\nrequired = true\n",
            word(at)
        )
        .unwrap();
    }
    // As many keys at any size, so that the entries alone grow.
    Texts { overlay, ..keys(400) }
}

fn evidence(n: usize) -> Texts {
    let json = observe_json(&keyed(n, word).to_string()).unwrap();
    let body = BodyEvidence { json, ..BodyEvidence::default() };
    let responses = BTreeMap::from([(200, body)]);
    let exchanges = Exchanges { count: 1, responses, ..Exchanges::default() };
    let endpoints = BTreeMap::from([("GET /loaves".to_owned(), exchanges)]);
    let text = postman_codegen::evidence::file::write(&Evidence { endpoints });
    Texts { evidence: Some(text), ..of(vec![request("List loaves", "loaves")]) }
}

/// Allocations and allocated bytes of each stage, with its name: a scan of a cheap stage would not show beside printing.
fn work(texts: &Texts) -> Vec<(&'static str, [f64; 2])> {
    let spec = texts.spec.to_string();
    let evidence = texts.evidence();
    let input = texts.input(&spec, &evidence);
    let mut found = Vec::new();
    let lowered = measured(&mut found, "lower", || Lowered::new(&input).unwrap());
    let sources = lowered.sources().unwrap();
    let api =
        measured(&mut found, "infer", || lowered.infer(&joined(&sources), Reasoning::Left).api);
    let (api, _) = measured(&mut found, "overlay", || lowered.correct(api));
    let (names, ..) = measured(&mut found, "name", || lowered.name(&api));
    let Lowered { draft, account, .. } = &lowered;
    measured(&mut found, "summary", || Summary::of(draft, &api, account).to_string());
    measured(&mut found, "print", || printed(&api, &names, 1));
    found
}

fn measured<T>(
    found: &mut Vec<(&'static str, [f64; 2])>,
    stage: &'static str,
    run: impl FnOnce() -> T,
) -> T {
    let mut made = None;
    let info = allocation_counter::measure(|| made = Some(run()));
    found.push((stage, [info.count_total, info.bytes_total].map(|count| count as f64)));
    made.unwrap()
}

fn check(dimension: fn(usize) -> Texts, n: usize) {
    let runs = [n, 2 * n, 4 * n].map(|n| work(&dimension(n)));
    for (stage, &(name, one)) in runs[0].iter().enumerate() {
        let [two, four] = [1, 2].map(|run: usize| runs[run][stage].1);
        for (at, what) in ["allocations", "bytes"].into_iter().enumerate() {
            let (first, second) = (two[at] - one[at], four[at] - two[at]);
            assert!(
                second <= MOST[at] * first.max(LEAST[at]),
                "{what} of {name}: {} {} {}",
                one[at],
                two[at],
                four[at]
            );
        }
    }
}

macro_rules! linear {
    ($($dimension:ident $n:literal),* $(,)?) => {
        mod linear {
            $(#[test] fn $dimension() { super::check(super::$dimension, $n); })*
        }
    };
}

linear! {
    folders 40, requests 60, same_names 60, twins 60, parameters 60, variables 100, responses 100,
    description 200, keys 60, list_items 200, map_keys 200, overlay_entries 100, evidence 60,
}

#[test]
fn one_thread_prints_what_two_do() {
    for texts in [folders(30), same_names(20), parameters(9), keys(9)] {
        let (spec, evidence) = (texts.spec.to_string(), texts.evidence());
        let analysis = Analysis::new(&texts.input(&spec, &evidence), Reasoning::Left).unwrap();
        let Analysis { api, names, .. } = &analysis;
        let one = printed(api, names, 1);
        assert_eq!(one, printed(api, names, 2));
        assert_eq!(one, printed(api, names, 64));
    }
}
