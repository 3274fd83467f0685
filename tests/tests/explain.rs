//! `cargo xtask explain`: what it says of each kind of key, and that the places it names are the right ones.

#![allow(clippy::too_many_lines, reason = "tables of expectations")]

use crate::xtask;
use expect_test::{Expect, expect};
use integration_tests::{Scratch, bakery};

const OVERLAY: &str = r#"[[hint]]
at = "/api/loaves .notes"
map = true
reason = "bakers write what they like"

[[patch]]
at = "POST /api/loaves body.name"
required = true
reason = "a loaf without a name is not baked"

[[patch]]
at = "DELETE /api/loaves/{}"
drop = true
reason = "bread is never thrown away"

[[name]]
at = "POST /api/orders"
name = "place"
reason = "orders are placed"
"#;

const TRAFFIC: &str = r#"
{"method": "GET", "path": "/api/loaves?page=2", "status": 200, "response_body": [{"name": "rye", "grams": 500}, {"name": "oat", "grams": null, "baked": "2026-01-02T03:04:05Z"}]}
{"method": "GET", "path": "/api/loaves", "status": 200, "response_body": {"loaves": [{"name": ""}], "total": 1}}
{"method": "POST", "path": "/api/loaves", "status": 201, "request_body": {"name": "rye"}, "response_body": {"name": "rye", "grams": 1.5}}
{"method": "GET", "path": "/api/orders/1", "status": 404, "response_body": {"code": 7}}
"#;

/// A workspace that was corrected, and that has learned.
fn bakery_with_evidence() -> Scratch {
    let scratch = Scratch::workspace(&bakery()).unwrap();
    scratch.write("spec/overlay.toml", OVERLAY).unwrap();
    scratch.write("traffic.jsonl", TRAFFIC).unwrap();
    let learned = xtask(scratch.path(), &["learn", "traffic.jsonl"]);
    assert_eq!(learned.code, Some(0), "{}", learned.err);
    scratch
}

fn check(key: &str, want: Expect) {
    let said = xtask(bakery_with_evidence().path(), &["explain", key]);
    let failed = !said.err.is_empty();
    let code = if failed { 2 } else { 0 };
    assert_eq!(said.code, Some(code), "{}", said.err);
    let lines =
        said.out.lines().chain(said.err.lines()).map(|line| match line.rsplit_once(".rs:") {
            // Where in the file is another test's business.
            Some((path, _)) => format!("{path}.rs\n"),
            None => format!("{line}\n"),
        });
    want.assert_eq(&lines.collect::<String>().replace("bakery.postman_collection", "bakery"));
}

#[test]
fn a_field_has_samples_evidence_rule_and_place() {
    check(
        "POST /api/loaves body.name",
        expect![[r#"
            field `name` of `POST /api/loaves body`
              type       text, required; known from collection, evidence, overlay
              rust       pub name: String    generated-client/src/loaves/models.rs
              decided    one-kind: every value was text  (`/api/loaves .name`)
              samples    spec/bakery.json:49:38  Loaves › Create a loaf  POST /api/loaves (body)
                         spec/bakery.json:66:38  Loaves › Update a loaf  PATCH /api/loaves/{id} (body)
              evidence   spec/evidence/84e383d899d455b6.json  GET /api/loaves -> 200: in 3 of 3: text ×3 (empty ×1)
                         spec/evidence/84e383d899d455b6.json  POST /api/loaves body: in 1 of 1: text ×1
                         spec/evidence/84e383d899d455b6.json  POST /api/loaves -> 201: in 1 of 1: text ×1
              overlay    spec/overlay.toml:7:6  POST /api/loaves body.name: required = true (a loaf without a name is not baked)
        "#]],
    );
    check(
        "/api/loaves .grams",
        expect![[r#"
            field `grams` of `POST /api/loaves body`
              type       number, or null, optional; known from collection, evidence
              rust       pub grams: Patch<f64>    generated-client/src/loaves/models.rs
            field `grams` of `PATCH /api/loaves/{} body`
              type       number, or null, optional; known from collection, evidence
              rust       pub grams: Patch<f64>    generated-client/src/loaves/models.rs
            field `grams` of `/api/loaves .`
              type       number, or null, optional; known from collection, evidence
              rust       pub grams: Patch<f64>    generated-client/src/loaves/models.rs
              decided    one-kind: every value was a number; the type holds all that were seen  (`/api/loaves .grams`)
              samples    spec/bakery.json:49:38  Loaves › Create a loaf  POST /api/loaves (body)
                         spec/bakery.json:66:38  Loaves › Update a loaf  PATCH /api/loaves/{id} (body)
              evidence   spec/evidence/84e383d899d455b6.json  GET /api/loaves -> 200: in 2 of 2: number ×1, null ×1
                         spec/evidence/84e383d899d455b6.json  POST /api/loaves -> 201: in 1 of 1: number ×1
        "#]],
    );
    check(
        "GET /api/loaves -> 200 [].baked",
        expect![[r#"
            field `baked` of `/api/loaves .`
              type       text, optional; known from evidence
              rust       pub baked: Option<String>    generated-client/src/loaves/models.rs
              decided    one-kind: every value was text  (`/api/loaves .baked`)
              evidence   spec/evidence/84e383d899d455b6.json  GET /api/loaves -> 200: in 1 of 2: text ×1 (date and time ×1)
        "#]],
    );
    check(
        "POST /api/loaves body.notes",
        expect![[r#"
            field `notes` of `POST /api/loaves body`
              type       {unknown}, optional; known from collection
              rust       pub notes: Option<BTreeMap<String, Value>>    generated-client/src/loaves/models.rs
              decided    hint-map: a hint of the overlay says that the keys are data  (`/api/loaves .notes`)
              samples    spec/bakery.json:49:38  Loaves › Create a loaf  POST /api/loaves (body)
              overlay    spec/overlay.toml:2:6  /api/loaves .notes: map = true (bakers write what they like)
        "#]],
    );
    check(
        "errors .code",
        expect![[r#"
            field `code` of `errors .`
              type       integer, optional; known from evidence
              rust       pub code: Option<i64>    generated-client/src/shared/models.rs
              decided    one-kind: every value was a number; the type holds all that were seen  (`errors .code`)
              evidence   spec/evidence/84e383d899d455b6.json  GET /api/orders/{} -> 404: in 1 of 1: number ×1
        "#]],
    );
}

#[test]
fn so_has_everything_else_that_has_a_key() {
    check(
        "POST /api/orders",
        expect![[r#"
            POST /api/orders [Orders › Create an order]
              type       operation "Create an order"
              rust       pub fn place(&self, body: PlaceOrder) -> Call<Json>    generated-client/src/orders.rs
              request    spec/bakery.json:95:5  Orders › Create an order
              overlay    spec/overlay.toml:17:6  POST /api/orders: name = "place" (orders are placed)
        "#]],
    );
    check(
        "GET /api/loaves query.page",
        expect![[r#"
            query parameter `page` of GET /api/loaves [Loaves › Get all loaves]
              type       integer, optional
              rust       query 1 page(i64)    generated-client/src/loaves.rs
              decided    same-name: the type that holds all values of this name, in whatever request  (`GET /api/loaves [Loaves › Get all loaves] query.page`)
              evidence   spec/evidence/84e383d899d455b6.json  in 1 of 2 requests: text ×1 (like an integer ×1)
        "#]],
    );
    check(
        "GET /api/loaves query.fresh",
        expect![[r#"
            query parameter `fresh` of GET /api/loaves [Loaves › Get all loaves]
              type       bool, optional
              rust       query 0 fresh(bool)    generated-client/src/loaves.rs
              decided    same-name: the type that holds all values of this name, in whatever request  (`GET /api/loaves [Loaves › Get all loaves] query.fresh`)
              samples    spec/bakery.json:22:18  Loaves › Get all loaves
        "#]],
    );
    check(
        "GET /api/loaves/{} path.id",
        expect![[r#"
            path parameter `id` of GET /api/loaves/{} [Loaves › Get a loaf]
              type       text, required
              rust       pub fn get(&self, id: impl Display) -> Call<Option<LoafResponse>>    generated-client/src/loaves.rs
              decided    argument: an argument of the path is text unless a placeholder names another type  (`GET /api/loaves/{} [Loaves › Get a loaf] path.id`)
              samples    spec/bakery.json:27:5  Loaves › Get a loaf
        "#]],
    );
    check(
        "GET /api/loaves ->",
        expect![[r#"
            answer of GET /api/loaves [Loaves › Get all loaves]
              type       `GET /api/loaves -> 2xx |`
              rust       pub enum LoafListing    generated-client/src/loaves/models.rs
            type `GET /api/loaves -> 2xx .`
              type       struct of loaves, total
              rust       pub struct LoafPage    generated-client/src/loaves/models.rs
              decided    union: values of several kinds were seen: the type reads them all  (`GET /api/loaves -> 2xx`)
              evidence   spec/evidence/84e383d899d455b6.json  GET /api/loaves -> 200: in 2 of 2: list ×1, object ×1
              decided    struct: an object whose keys are fields  (`GET /api/loaves -> 2xx .`)
              evidence   spec/evidence/84e383d899d455b6.json  GET /api/loaves -> 200: in 2 of 2: list ×1, object ×1
        "#]],
    );
    check(
        "POST /api/loaves body",
        expect![[r#"
            body of POST /api/loaves [Loaves › Create a loaf]
              type       `POST /api/loaves body`
              rust       pub struct CreateLoaf    generated-client/src/loaves/models.rs
            type `POST /api/loaves body`
              type       struct of name, grams, seeds, crumb, notes
              rust       pub struct CreateLoaf    generated-client/src/loaves/models.rs
              decided    struct: an object whose keys are fields  (`POST /api/loaves body`)
              samples    spec/bakery.json:49:38  Loaves › Create a loaf  POST /api/loaves (body)
              evidence   spec/evidence/84e383d899d455b6.json  POST /api/loaves body: in 1 of 1: object ×1
              overlay    spec/overlay.toml:2:6  /api/loaves .notes: map = true (bakers write what they like)
                         spec/overlay.toml:7:6  POST /api/loaves body.name: required = true (a loaf without a name is not baked)
        "#]],
    );
    check(
        "/api/loaves .crumb",
        expect![[r#"
            field `crumb` of `POST /api/loaves body`
              type       `/api/loaves .crumb`, optional; known from collection
              rust       pub crumb: Option<Crumb>    generated-client/src/loaves/models.rs
            field `crumb` of `PATCH /api/loaves/{} body`
              type       `/api/loaves .crumb`, or null, optional; known from collection
              rust       pub crumb: Patch<Crumb>    generated-client/src/loaves/models.rs
            field `crumb` of `/api/loaves .`
              type       `/api/loaves .crumb`, optional; known from collection
              rust       pub crumb: Option<Crumb>    generated-client/src/loaves/models.rs
            type `/api/loaves .crumb`
              type       struct of airy
              rust       pub struct Crumb    generated-client/src/loaves/models.rs
              decided    struct: an object whose keys are fields  (`/api/loaves .crumb`)
              samples    spec/bakery.json:49:38  Loaves › Create a loaf  POST /api/loaves (body)
                         spec/bakery.json:66:38  Loaves › Update a loaf  PATCH /api/loaves/{id} (body)
        "#]],
    );
    check(
        "bearer bakery_token",
        expect![[r#"
            credential bearer bakery_token
              type       Authorization: Bearer …
              rust       pub fn bakery_token(self, token: impl Into<CredentialValue>) -> Self    generated-client/src/client.rs
        "#]],
    );
}

#[test]
fn a_key_that_is_none_is_answered_with_the_nearest() {
    check(
        "POST /api/loaves body.nme",
        expect![[r#"
        error[explain::unknown-key]: `POST /api/loaves body.nme` is no place of this API
          at spec/bakery.json #
          help: the nearest keys are `POST /api/loaves body.name`, `POST /api/loaves body.notes`, `POST /api/loaves body`, `POST /api/loaves body.crumb`, `POST /api/loaves body.grams`
    "#]],
    );
    check(
        "GET /api/loafs/{}",
        expect![[r#"
            error[explain::unknown-key]: `GET /api/loafs/{}` is no place of this API
              at spec/bakery.json #
              help: the nearest keys are `GET /api/loaves/{}`, `GET /api/loaves`, `GET /api/loaves ->`, `GET /api/loaves/{} ->`, `GET /api/orders/{}`
        "#]],
    );
    check(
        "nothing like it at all, whatever one reads into it",
        expect![[r#"
        error[explain::unknown-key]: `nothing like it at all, whatever one reads into it` is no place of this API
          at spec/bakery.json #
          help: `cargo xtask dump --stage overlay` prints all keys
    "#]],
    );
    check(
        "DELETE /api/loaves/{}",
        expect![[r#"
        error[explain::dropped]: `DELETE /api/loaves/{}` is not in the client
          at spec/bakery.json #
          help: spec/overlay.toml:12:6 drops `DELETE /api/loaves/{}`: bread is never thrown away
    "#]],
    );
}

#[test]
fn a_key_of_several_operations_is_answered_with_all_of_them() {
    let twice = bakery().replace("Update a loaf", "Create a loaf").replace("PATCH", "POST");
    let twice = twice.replace("api/loaves/:id\"", "api/loaves\"").replace(", \":id\"]", "]");
    let scratch = Scratch::workspace(&twice).unwrap();
    let said = xtask(scratch.path(), &["explain", "GET", "/api/loaves"]);
    assert_eq!(said.code, Some(2));
    expect![[r#"
        error[explain::ambiguous]: `GET /api/loaves` means several operations
          at spec/bakery.postman_collection.json #
          help: begin with one of `GET /api/loaves [Loaves › Get a loaf]`, `GET /api/loaves [Loaves › Get all loaves]`
    "#]].assert_eq(&said.err);
}

#[test]
fn the_places_are_those_of_the_files() {
    let scratch = bakery_with_evidence();
    assert_eq!(xtask(scratch.path(), &["codegen"]).code, Some(0));
    for (key, line) in [
        ("POST /api/loaves body.name", "pub name: String,"),
        ("/api/loaves .crumb", "pub struct Crumb {"),
        ("POST /api/orders", "pub fn place("),
        ("GET /api/loaves query.fresh", "query 0 fresh(bool),"),
        ("GET /api/loaves query.page", "query 1 page(i64),"),
        ("GET /api/loaves ->", "pub enum LoafListing {"),
        ("bearer bakery_token", "pub fn bakery_token("),
    ] {
        let said = xtask(scratch.path(), &["explain", key]);
        let rust = said.out.lines().filter(|line| line.starts_with("  rust"));
        let places = rust.filter_map(|line| line.rsplit_once("    ")?.1.split_once(':'));
        let found = places.map(|(path, number)| {
            let text = std::fs::read_to_string(scratch.join(path)).unwrap();
            let number: usize = number.parse().unwrap();
            text.lines().nth(number - 1).unwrap().trim().to_owned()
        });
        let found: Vec<_> = found.collect();
        assert!(found.iter().any(|found| found.starts_with(line)), "{key}: {found:?} {}", said.out);
    }
}

/// The keys that a dump prints: operations, and their parameters and messages; types, and their fields.
fn keys_of(dump: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut owner = String::new();
    for line in dump.lines().skip_while(|line| !line.ends_with(']')) {
        let ty = line.split_once('`').filter(|_| line.starts_with(['s', 'e', 'u']));
        match (line.strip_prefix("  "), ty) {
            (None, Some((_, rest))) => {
                owner =
                    if line.starts_with("struct") { "struct ".to_owned() } else { String::new() };
                let key = rest.rsplit_once("` ").unwrap().0;
                let key = key.split_once("` from").map_or(key, |(key, _)| key);
                let key = ["request", "answer", "error", "nested"]
                    .iter()
                    .find_map(|role| key.split_once(&format!("` {role} from")).map(|(key, _)| key))
                    .unwrap_or(key);
                keys.push(key.to_owned());
                owner.push_str(key);
            }
            (None, None) => {
                owner = line.to_owned();
                keys.push(owner.clone());
            }
            (Some(inner), _) => keys.extend(inner_key(&owner, inner)),
        }
    }
    keys
}

/// The key of a line below an operation or a type.
fn inner_key(owner: &str, line: &str) -> Option<String> {
    if let Some(owner) = owner.strip_prefix("struct ") {
        let name = line.split_once(": ").map_or(line, |(name, _)| name).trim_end_matches('?');
        let dot = if owner.ends_with('.') { "" } else { "." };
        return Some(format!("{owner}{dot}{name}"));
    }
    let (word, rest) = line.split_once(' ')?;
    match word {
        "path" | "query" | "header" if !rest.starts_with("order ") => {
            let name = rest.split_once(": ")?.0.trim_end_matches('?');
            Some(format!("{owner} {word}.{name}"))
        }
        "body" => Some(format!("{owner} body")),
        "answer" if rest.starts_with(['`', '[']) => Some(format!("{owner} ->")),
        "error" => Some(format!("{owner} error")),
        _ => None,
    }
}

#[test]
fn a_field_of_a_form_is_known_by_the_key_that_dumps_print() {
    let form = bakery().replace(
        r#""mode": "raw", "raw": "{\"loaf\": \"\", \"count\": 0}""#,
        r#""mode": "urlencoded", "urlencoded": [{"key": "loaf", "value": "rye"}]"#,
    );
    let scratch = Scratch::workspace(&form).unwrap();
    let key = "POST /api/orders [Orders › Create an order] form.loaf";
    let said = xtask(scratch.path(), &["explain", key]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(
        said.out.contains("decided    same-name: ") && said.out.contains("pub loaf: "),
        "{}",
        said.out
    );
    let same = xtask(scratch.path(), &["explain", "POST /api/orders body.loaf"]);
    assert_eq!(same.out, said.out);
}

#[test]
fn every_key_that_a_dump_prints_is_explained() {
    let scratch = bakery_with_evidence();
    scratch.write("spec/overlay.toml", "").unwrap();
    let dump = xtask(scratch.path(), &["dump", "--stage", "infer"]).out;
    let keys = keys_of(&dump);
    assert!(keys.len() > 40 && keys.contains(&"GET /api/loaves -> 2xx |".to_owned()), "{keys:#?}");
    for key in keys {
        let said = xtask(scratch.path(), &["explain", &key]);
        assert_eq!(said.code, Some(0), "{key}: {}", said.err);
        assert!(said.out.contains("  rust "), "{key}: {}", said.out);
    }
}
