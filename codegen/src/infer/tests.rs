//! Tiny drafts in, dumps out.

mod data_keys;
mod echoes;
mod folders;
mod inside_equal;
mod kinds;
mod likeness;
mod open_bodies;
mod placeholders;
mod places;
mod text_formats;
mod typed;

use super::observe::{Reading, observe, observe_text};
use crate::api::dump::dump;
use crate::docs::Docs;
use crate::draft::{
    self, Body, Draft, EntryValue, Folder, FolderId, Operation, Sample, SavedResponse, Server,
    ServerId,
};
use crate::evidence::{BodyEvidence, Evidence, Exchanges, QueryEvidence};
use crate::json;
use crate::origin::Origin;
use crate::overlay::{Entry, Hint, HintKind};
use crate::template::{Piece, Template};
use expect_test::{Expect, expect};
use std::collections::BTreeMap;
pub(super) use typed::typed;

/// A request: method, path with `:name` segments, and name.
pub(super) fn request(method: &str, path: &str, name: &str) -> Operation {
    let mut pieces = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment.strip_prefix(':') {
            Some(name) => {
                pieces.push(Piece::Text("/".to_owned()));
                pieces.push(Piece::Argument(name.to_owned()));
            }
            None => pieces.push(Piece::Text(format!("/{segment}"))),
        }
    }
    Operation {
        origin: Origin::default(),
        name: name.to_owned(),
        docs: Docs::default(),
        folder: None,
        method: method.to_owned(),
        server: ServerId(0),
        path: Template(pieces),
        path_parameters: Vec::new(),
        query: Vec::new(),
        api_key_position: None,
        headers: Vec::new(),
        auth: None,
        body: None,
        omit_content_type: false,
        responses: Vec::new(),
    }
}

pub(super) fn sends(mut operation: Operation, text: &str) -> Operation {
    let sample = Sample { text: text.to_owned(), origin: Origin::default() };
    let content_type = "application/json".to_owned();
    operation.body = Some(Body::Raw { samples: vec![sample], content_type, declared_json: true });
    operation
}

pub(super) fn responses(mut operation: Operation, status: u16, text: &str) -> Operation {
    operation.responses.push(SavedResponse {
        status: Some(status),
        media_type: Some("application/json".to_owned()),
        body: Sample { text: text.to_owned(), origin: Origin::default() },
    });
    operation
}

fn entry(name: &str, value: EntryValue, enabled: bool) -> draft::Entry {
    draft::Entry {
        name: Template::literal(name),
        value,
        enabled,
        docs: Docs::default(),
        origin: Origin::default(),
    }
}

pub(super) fn draft(operations: Vec<Operation>) -> Draft {
    let base = Template(vec![Piece::Text("https://".into()), Piece::Variable("host".into())]);
    Draft {
        title: "Tiny".to_owned(),
        servers: vec![Server { base, origin: Origin::default() }],
        operations,
        ..Draft::default()
    }
}

fn check(operations: Vec<Operation>, expected: Expect) {
    check_with(operations, &Evidence::default(), expected);
}

fn check_with(operations: Vec<Operation>, evidence: &Evidence, expected: Expect) {
    let (api, found) = typed(&draft(operations), evidence, &[]);
    let text = dump(&api).replace("api Tiny\nserver https://{{host}}\n", "");
    let found: String = found.iter().map(|one| one.render("spec.json", "")).collect();
    expected.assert_eq(&format!("{text}{found}"));
}

#[test]
fn placeholders_say_no_more_than_they_are() {
    check(
        vec![sends(
            request("POST", "/users", "Create"),
            r#"{"name": "", "age": 0, "rate": 1.5, "meta": {}, "tags": [""], "none": null, "any": [], "v": {{v}}, "big": 18446744073709551615}"#,
        )],
        expect![[r#"
            POST /users [Create]
              body json `POST /users body` (application/json)
            struct `POST /users body` request from POST /users (body)
              name?: text (collection)
              age?: integer (collection)
              rate?: number (collection)
              meta?: unknown (collection)
              tags?: [text] (collection)
              none?: unknown (collection)
              any?: [text] (collection)
              v?: unknown (collection)
              big?: unsigned (collection)
        "#]],
    );
}

#[test]
fn nested_objects_are_one_type_in_a_family() {
    check(
        vec![
            sends(request("POST", "/users", "Create"), r#"{"name": "", "address": {"city": ""}}"#),
            sends(
                request("PATCH", "/users/:id", "Update"),
                r#"{"address": {"zip": "", "city": ""}}"#,
            ),
            responses(
                request("GET", "/users/:id", "Get"),
                200,
                r#"{"id": 1, "name": "x", "address": {"lat": 1.5}}"#,
            ),
            responses(request("GET", "/users", "List"), 200, r#"[{"id": 1, "last": null}]"#),
        ],
        expect![[r#"
            GET /users [List]
              answer [`GET /users -> 2xx[]`]
            POST /users [Create]
              body json `POST /users body` (application/json)
              answer `PATCH /users/{} -> 2xx |` or nothing
            GET /users/{} [Get]
              answer `/users .`
            PATCH /users/{} [Update]
              body json `PATCH /users/{} body` (application/json)
              answer `PATCH /users/{} -> 2xx |` or nothing
            struct `/users .` answer from GET /users/{id} -> 200
              id?: integer (response)
              name?: text (collection, response)
              address?: `/users .address` (response)
            struct `/users .address` nested from GET /users/{id} -> 200
              lat?: number (response)
            struct `/users body.address` nested from POST /users (body); PATCH /users/{id} (body)
              city?: text (collection)
              zip?: text (collection)
            struct `GET /users -> 2xx[]` answer from GET /users -> 200
              id?: integer (response)
              last?: unknown (response)
            union `PATCH /users/{} -> 2xx |` from GET /users/{id} -> 200
              `/users .`
            struct `PATCH /users/{} body` request from PATCH /users/{id} (body)
              address?: `/users body.address` | null (collection)
            struct `POST /users body` request from POST /users (body)
              name?: text (collection, response)
              address?: `/users body.address` (collection)
        "#]],
    );
}

#[test]
fn contradictions_become_unions() {
    check(
        vec![responses(
            responses(
                request("GET", "/things", "List"),
                200,
                r#"{"total": 1, "things": [{"id": 1, "scope": "a", "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}]}"#,
            ),
            200,
            r#"[{"id": "x", "scope": ["a", null], "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}]"#,
        )],
        expect![[r#"
            GET /things [List]
              answer `GET /things -> 2xx |`
            struct `/things .` answer from GET /things -> 200
              id?: `/things .id |` (response)
              scope?: `/things .scope |` (response)
              a?: integer (response)
              b?: integer (response)
              c?: integer (response)
              d?: integer (response)
              e?: integer (response)
              f?: integer (response)
            union `/things .id |` from GET /things -> 200
              integer
              text
            union `/things .scope |` from GET /things -> 200
              text
              [text | null]
            struct `GET /things -> 2xx .` answer from GET /things -> 200
              total?: integer (response)
              things?: [`/things .`] (response)
            union `GET /things -> 2xx |` from GET /things -> 200
              [`/things .`]
              `GET /things -> 2xx .`
            note[infer::conflict]: `id` is a number in GET /things -> 200 and text in GET /things -> 200
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/things .id"
            note[infer::conflict]: `scope` is text in GET /things -> 200 and a list in GET /things -> 200
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/things .scope"
        "#]],
    );
}

#[test]
fn ties_are_told_apart_by_a_digest() {
    let twin = |value: &str| {
        let mut operation = request("GET", "/search", "Search");
        operation.query = vec![
            entry("q", EntryValue::Default(Template::literal(value)), true),
            entry("page", EntryValue::Default(Template::literal("1")), false),
            entry("q", EntryValue::Default(Template::literal("b")), true),
            entry("flag", EntryValue::Absent, true),
        ];
        operation
    };
    check(
        vec![twin("a"), twin("c")],
        expect![[r#"
        GET /search [Search #9ff28b5111e1ba0a]
          query q?: [text] = "c" = "b" (collection)
          query page?: integer (collection)
          query flag?: text bare (collection)
          query order [0, 1, 0, 2]
        GET /search [Search #b4306b7c2a2fde70]
          query q?: [text] = "a" = "b" (collection)
          query page?: integer (collection)
          query flag?: text bare (collection)
          query order [0, 1, 0, 2]
    "#]],
    );
}

#[test]
fn parts_of_one_name_have_one_content_type() {
    let part = |name: &str, content_type: Option<&str>| {
        let entry = entry(name, EntryValue::Default(Template::literal("1")), true);
        draft::Part { entry, file: false, content_type: content_type.map(str::to_owned) }
    };
    let mut upload = request("POST", "/u", "Upload");
    let csv = Some("text/csv");
    upload.body = Some(Body::Multipart(vec![
        part("a", csv),
        part("b", None),
        part("a", csv),
        part("b", csv),
    ]));
    check(
        vec![upload],
        expect![[r#"
        POST /u [Upload]
          body multipart `POST /u [Upload] form`
        struct `POST /u [Upload] form` request from POST /u (form)
          a?: [integer] = ["1", "1"] as text/csv (collection)
          b?: [integer] = ["1", "1"] (collection)
        warning[infer::part-type]: the parts called `b` differ in their content type; here all have that of the first
          at spec.json #
    "#]],
    );
}

/// What traffic showed of one endpoint, as request, answer and query.
fn recorded(endpoint: &str, body: &str, response: &str) -> (String, Exchanges) {
    let seen = |text: &str| BodyEvidence {
        json: observe(&json::read(text).unwrap(), Reading::Recorded, None),
        ..BodyEvidence::default()
    };
    let page = QueryEvidence { count: 1, repeated: 0, shape: observe_text("2", Reading::Recorded) };
    let exchanges = Exchanges {
        count: 1,
        query: BTreeMap::from([("page".to_owned(), page)]),
        request: seen(body),
        responses: BTreeMap::from([(200, seen(response)), (404, seen(r#"{"code": "x"}"#))]),
        ..Exchanges::default()
    };
    (endpoint.to_owned(), exchanges)
}

#[test]
fn traffic_adds_fields_states_and_parameters() {
    let operations = vec![
        sends(request("POST", "/a", "Create"), r#"{"name": "", "order": {}}"#),
        sends(request("PATCH", "/a/:id", "Update"), r#"{"name": ""}"#),
    ];
    let create = recorded("POST /a", r#"{"name": "n", "order": 1, "tag": null}"#, r#"{"id": 1}"#);
    let update = recorded("PATCH /a/{}", r#"{"tag": "t", "x y": 1}"#, r#"{"id": 1, "name": "n"}"#);
    let other = recorded("GET /gone", "1", "1");
    let evidence = Evidence { endpoints: BTreeMap::from([create, update, other]) };
    check_with(
        operations,
        &evidence,
        expect![[r#"
            POST /a [Create]
              query page?: integer (evidence)
              body json `POST /a body` (application/json)
              answer `/a .`
              error `errors .`
            PATCH /a/{} [Update]
              query page?: integer (evidence)
              body json `PATCH /a/{} body` (application/json)
              answer `/a .`
              error `errors .`
            struct `/a .` answer from PATCH /a/{id} -> 200 (traffic); POST /a -> 200 (traffic); POST /a (body); PATCH /a/{id} (body); PATCH /a/{id} (body, traffic); POST /a (body, traffic)
              name?: text (collection, evidence)
              id?: integer (evidence)
            struct `PATCH /a/{} body` request from PATCH /a/{id} (body); PATCH /a/{id} (body, traffic)
              name?: text | null (collection, evidence)
              tag?: text | null (evidence)
              order?: integer | null (collection, evidence)
            struct `POST /a body` request from POST /a (body); POST /a (body, traffic)
              name?: text (collection, evidence)
              order?: integer (collection, evidence)
              tag?: text | null (evidence)
            struct `errors .` error from PATCH /a/{id} -> 404 (traffic); POST /a -> 404 (traffic)
              code?: text (evidence)
            note[infer::evidence-unmatched]: evidence for `GET /gone`, which the collection does not have
              at spec.json #
              help: learn the traffic again, or delete its file in spec/evidence
        "#]],
    );
}

#[test]
fn hints_fire_or_are_errors() {
    let hint = |at: &str, kind| {
        let entry = Entry { at: at.to_owned(), reason: "tests".to_owned(), ..Entry::default() };
        Hint { entry, kind }
    };
    let body = r#"{"rates": {"eur": 1, "usd": 2}, "raw": {"a": 1}, "any": {}}"#;
    let operations = draft(vec![sends(request("POST", "/a", "Create"), body)]);
    let hints = [
        hint("POST /a body.rates", HintKind::Map),
        hint("/a .raw", HintKind::Opaque),
        hint("/a .any", HintKind::Opaque),
        hint("/a .none", HintKind::Map),
    ];
    let (api, found) = typed(&operations, &Evidence::default(), &hints);
    let codes: Vec<_> = found.iter().map(|one| one.message.as_str()).collect();
    expect![[r#"
        [
            "the hint at `/a .any` says what is known without it",
            "the hint at `/a .none` meets no place",
        ]
    "#]]
    .assert_debug_eq(&codes);
    let fields = dump(&api);
    assert!(fields.contains("rates?: {integer}") && fields.contains("raw?: unknown"), "{fields}");
}

#[test]
fn shuffling_changes_nothing() {
    let folder = |name: &str, parent| Folder {
        name: name.to_owned(),
        docs: Docs::default(),
        parent,
        origin: Origin::default(),
    };
    let operations = |first: usize, second: usize| {
        let mut get = responses(request("GET", "/a/:id", "Get"), 200, r#"{"x": 1, "y": ""}"#);
        get.folder = Some(FolderId(first));
        let mut create = sends(request("POST", "/a", "Create"), r#"{"y": "", "x": 1}"#);
        create.folder = Some(FolderId(second));
        vec![get, create]
    };
    let mut one = draft(operations(0, 1));
    one.folders = vec![folder("A", None), folder("B", Some(FolderId(0)))];
    let mut other = draft(operations(1, 2));
    other.operations.reverse();
    other.folders = vec![folder("Empty", None), folder("A", None), folder("B", Some(FolderId(1)))];
    let (one, _) = typed(&one, &Evidence::default(), &[]);
    let (other, found) = typed(&other, &Evidence::default(), &[]);
    assert_eq!(one, other);
    assert_eq!(found.len(), 1);
}
