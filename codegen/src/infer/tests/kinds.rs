//! Kinds of parameters: one a name, and text where digits name something.

use super::{check, check_with, entry, request, sends};
use crate::draft::{Body, EntryValue, Operation};
use crate::evidence::{Evidence, Exchanges, QueryEvidence};
use crate::infer::observe::{Reading, observe_text};
use crate::template::{Piece, Template};
use expect_test::expect;

fn sent(text: &str) -> EntryValue {
    EntryValue::Default(Template::literal(text))
}

fn caller(text: &str) -> EntryValue {
    EntryValue::Caller(text.to_owned())
}

fn asks(path: &str, query: &[(&str, EntryValue)]) -> Operation {
    let mut operation = request("GET", path, path);
    let entries = query.iter().map(|(name, value)| entry(name, value.clone(), true));
    operation.query = entries.collect();
    operation
}

#[test]
fn one_name_has_one_kind() {
    let operations = vec![
        asks("/a", &[("size", sent("5")), ("row", sent("1")), ("deep", sent("true"))]),
        asks("/b", &[("size", sent("all")), ("row", sent("")), ("deep", caller("<string>"))]),
        asks("/c", &[("row", caller("{{row}}")), ("deep", sent("")), ("w", caller("<integer>"))]),
        asks("/d", &[("row", EntryValue::Absent), ("w", caller("<number>")), ("w", sent(""))]),
    ];
    check(
        operations,
        expect![[r#"
        GET /a [/a]
          query size?: text = "5" (collection)
          query row?: integer = "1" (collection)
          query deep?: bool = "true" (collection)
        GET /b [/b]
          query size?: text = "all" (collection)
          query row?: integer = "" (collection)
          query deep?: bool (collection)
        GET /c [/c]
          query row?: text (collection)
          query deep?: bool = "" (collection)
          query w?: number (collection)
        GET /d [/d]
          query row?: integer bare (collection)
          query w?: [number] = "" (collection)
    "#]],
    );
}

#[test]
fn digits_that_name_something_are_text() {
    let query = [("zip", sent("8001")), ("parcelId", sent("7")), ("limit", sent("7"))];
    let mut operation = asks("/parcels", &query);
    let form = [("phone_number", sent("4471")), ("count", sent("3")), ("status code", sent("2"))];
    let form = form.iter().map(|(name, value)| entry(name, value.clone(), true));
    operation.body = Some(Body::Form(form.collect()));
    check(
        vec![operation],
        expect![[r#"
        GET /parcels [/parcels]
          query zip?: text = "8001" (collection)
          query parcelId?: text = "7" (collection)
          query limit?: integer = "7" (collection)
          body form `GET /parcels [/parcels] form`
        struct `GET /parcels [/parcels] form` request from GET /parcels (form)
          phone_number?: text = "4471" (collection)
          count?: integer = "3" (collection)
          status code?: integer = "2" (collection)
    "#]],
    );
}

#[test]
fn a_header_takes_the_type_that_a_placeholder_names() {
    let mut operation = request("GET", "/parcels", "List");
    operation.headers = vec![
        entry("X-Row", caller("<integer>"), true),
        entry("X-Rev", sent("12"), true),
        entry("X-{{n}}", EntryValue::Default(Template(vec![Piece::Variable("n".into())])), true),
    ];
    check(
        vec![operation],
        expect![[r#"
        GET /parcels [List]
          header X-Row?: integer (collection)
          header X-Rev?: text = "12" (collection)
          header X-{{n}}?: text = "{{n}}" (collection)
    "#]],
    );
}

#[test]
fn fields_of_forms_take_part() {
    let form = |path: &str, fields: &[(&str, EntryValue, bool)]| {
        let mut operation = request("POST", path, path);
        let fields = fields.iter().map(|(name, value, sent)| entry(name, value.clone(), *sent));
        operation.body = Some(Body::Form(fields.collect()));
        operation
    };
    check(
        vec![
            asks("/a", &[("size", sent("5")), ("deep", sent("true"))]),
            form("/b", &[("size", sent(""), false), ("deep", sent(""), true)]),
            form("/c", &[("row", sent("7"), true), ("row", sent("8"), false)]),
            form("/e", &[("row", sent(""), true), ("row", caller("<integer>"), true)]),
            form("/d", &[("row", sent(""), false), ("size", caller("{{size}}"), true)]),
        ],
        expect![[r#"
            GET /a [/a]
              query size?: integer = "5" (collection)
              query deep?: bool = "true" (collection)
            POST /b [/b]
              body form `POST /b [/b] form`
            POST /c [/c]
              body form `POST /c [/c] form`
            POST /d [/d]
              body form `POST /d [/d] form`
            POST /e [/e]
              body form `POST /e [/e] form`
            struct `POST /b [/b] form` request from POST /b (form)
              size?: integer (collection)
              deep?: text = "" (collection)
            struct `POST /c [/c] form` request from POST /c (form)
              row?: integer = "7" (collection)
            struct `POST /d [/d] form` request from POST /d (form)
              row?: integer (collection)
              size?: text (collection)
            struct `POST /e [/e] form` request from POST /e (form)
              row?: [text] (collection)
        "#]],
    );
}

fn recorded(texts: &[(&str, &str)]) -> Evidence {
    let mut exchanges = Exchanges::default();
    for (name, text) in texts {
        let seen = exchanges.query.entry((*name).to_owned()).or_insert_with(QueryEvidence::default);
        seen.count += 1;
        seen.shape.join(observe_text(text, Reading::Recorded));
    }
    let endpoints = [("GET /a".to_owned(), exchanges)];
    Evidence { endpoints: endpoints.into() }
}

#[test]
fn traffic_is_judged_as_the_collection_is() {
    let texts = [
        ("row", ""),
        ("row", "3"),
        ("zip", "8001"),
        ("phone", "true"),
        ("day", "1700000000"),
        ("none", ""),
        ("size", "1"),
        ("size", "0.5"),
    ];
    check_with(
        vec![
            asks("/a", &[("row", sent("")), ("none", sent("")), ("size", sent("7"))]),
            asks("/b", &[("row", sent("5")), ("none", sent("4"))]),
        ],
        &recorded(&texts),
        expect![[r#"
            GET /a [/a]
              query row?: integer = "" (collection, evidence)
              query none?: integer = "" (collection, evidence)
              query size?: number = "7" (collection, evidence)
              query day?: text (evidence)
              query phone?: bool (evidence)
              query zip?: text (evidence)
            GET /b [/b]
              query row?: integer = "5" (collection)
              query none?: integer = "4" (collection)
        "#]],
    );
}

#[test]
fn a_variable_of_the_client_may_hold_any_text() {
    let variable = EntryValue::Default(Template(vec![Piece::Variable("page".into())]));
    check(
        vec![asks("/a", &[("page", sent("5"))]), asks("/b", &[("page", variable)])],
        expect![[r#"
            GET /a [/a]
              query page?: integer = "5" (collection)
            GET /b [/b]
              query page?: text = "{{page}}" (collection)
        "#]],
    );
}

#[test]
fn entries_of_one_name_of_which_one_is_sent_are_alternatives() {
    let mut operation = asks("/boats", &[("of", sent("a")), ("of", sent("b")), ("or", sent("c"))]);
    operation.query.push(entry("or", sent("d"), true));
    operation.query[0].enabled = false;
    check(
        vec![operation],
        expect![[r#"
            GET /boats [/boats]
              query of?: text = "b" (collection)
              query or?: [text] = "c" = "d" (collection)
              query order [0, 1, 1]
        "#]],
    );
}

#[test]
fn a_truth_value_that_people_spell_out_is_one() {
    let spelt = |texts: [&str; 2]| {
        let body = format!(r#"{{"open": true, "also": {}}}"#, texts[0]);
        let other = format!(r#"{{"open": "false", "also": {}}}"#, texts[1]);
        vec![
            sends(request("PUT", "/boats/:id", "Replace"), &body),
            sends(request("PUT", "/boats/:id", "Replace again"), &other),
        ]
    };
    check(
        spelt([r#""yes""#, "false"]),
        expect![[r#"
            PUT /boats/{} [Replace]
              body json `PUT /boats/{} body` (application/json)
            PUT /boats/{} [Replace again]
              body json `PUT /boats/{} body` (application/json)
            union `/boats body.also |` from PUT /boats/{id} (body)
              bool
              text
            struct `PUT /boats/{} body` request from PUT /boats/{id} (body)
              open?: bool (collection)
              also?: `/boats body.also |` (collection)
            note[infer::conflict]: `open` is a boolean in PUT /boats/{id} (body) and text in PUT /boats/{id} (body)
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/boats body.open"
            note[infer::conflict]: `also` is a boolean in PUT /boats/{id} (body) and text in PUT /boats/{id} (body)
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/boats body.also"
        "#]],
    );
}
