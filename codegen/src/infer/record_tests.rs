//! What is one record, what is an envelope, and what is one type.

use super::tests::typed;
use super::tests::{draft, request, responses, sends};
use crate::api::dump::dump;
use crate::draft::Operation;
use crate::evidence::Evidence;
use crate::overlay::{Entry, Hint, HintKind};
use expect_test::{Expect, expect};

/// The types that the operations give, without the operations.
fn types(operations: Vec<Operation>) -> String {
    types_with(operations, &[])
}

pub(super) fn types_with(operations: Vec<Operation>, hints: &[Hint]) -> String {
    let (api, _) = typed(&draft(operations), &Evidence::default(), hints);
    let dump = dump(&api);
    let start = dump.find("\nstruct ").map_or(dump.len(), |at| at + 1);
    dump[start..].to_owned()
}

pub(super) fn check(operations: Vec<Operation>, expected: Expect) {
    expected.assert_eq(&types(operations));
}

#[test]
fn what_has_no_key_in_common_is_no_common_type() {
    check(
        vec![
            responses(request("GET", "/boats/:id", "Get"), 200, r#"{"name": "a", "length": 3}"#),
            responses(request("POST", "/boats", "Scan"), 202, r#"{"ticket": "t", "until": "x"}"#),
        ],
        expect![[r#"
            struct `/boats .` answer from GET /boats/{id} -> 200
              name?: text (response)
              length?: integer (response)
            struct `POST /boats -> 2xx .` answer from POST /boats -> 202
              ticket?: text (response)
              until?: text (response)
        "#]],
    );
}

#[test]
fn an_envelope_is_a_type_around_the_record() {
    check(
        vec![
            responses(
                request("GET", "/boats", "List"),
                200,
                r#"{"boats": [{"id": 1, "name": "a"}], "total": 1}"#,
            ),
            responses(
                request("GET", "/boats/:id", "Get"),
                200,
                r#"{"boat": {"id": 1, "name": "a"}}"#,
            ),
            responses(
                request("POST", "/boats", "Make"),
                201,
                r#"{"boat": {"id": 1, "name": "a"}}"#,
            ),
        ],
        expect![[r#"
            struct `/boats .` answer from GET /boats -> 200; POST /boats -> 201; GET /boats/{id} -> 200
              id?: integer (response)
              name?: text (response)
            struct `GET /boats -> 2xx .` answer from GET /boats -> 200
              boats?: [`/boats .`] (response)
              total?: integer (response)
            struct `GET /boats/{} -> 2xx .` answer from GET /boats/{id} -> 200; POST /boats -> 201
              boat?: `/boats .` (response)
        "#]],
    );
}

#[test]
fn a_record_with_a_list_inside_is_no_envelope() {
    check(
        vec![
            responses(
                request("GET", "/boats/:id", "Get"),
                200,
                r#"{"id": 1, "name": "a", "masts": [{"height": 2}]}"#,
            ),
            responses(
                request("PUT", "/boats/:id", "Replace"),
                200,
                r#"{"id": 1, "name": "a", "masts": [{"height": 2}]}"#,
            ),
        ],
        expect![[r#"
            struct `/boats .` answer from GET /boats/{id} -> 200; PUT /boats/{id} -> 200
              id?: integer (response)
              name?: text (response)
              masts?: [`/boats .masts[]`] (response)
            struct `/boats .masts[]` nested from GET /boats/{id} -> 200; PUT /boats/{id} -> 200
              height?: integer (response)
        "#]],
    );
}

#[test]
fn bodies_of_different_actions_are_types_of_their_own() {
    check(
        vec![
            sends(request("POST", "/crew", "Hire"), r#"{"hire": [{"name": "a"}]}"#),
            sends(request("POST", "/crew", "Fire"), r#"{"fire": {"ids": ["a"]}}"#),
            sends(request("POST", "/crew", "Fire all"), r#"{"fire": ["a"], "at": "x"}"#),
        ],
        expect![[r#"
            struct `/crew body.fire` nested from POST /crew (body)
              ids?: [text] (collection)
            union `/crew body.fire |` from POST /crew (body)
              [text]
              `/crew body.fire`
            struct `/crew body.hire[]` nested from POST /crew (body)
              name?: text (collection)
            struct `POST /crew [Fire] body` request from POST /crew (body)
              fire?: `/crew body.fire |` (collection)
              at?: text (collection)
            struct `POST /crew [Hire] body` request from POST /crew (body)
              hire?: [`/crew body.hire[]`] (collection)
        "#]],
    );
}

/// Four members of which the last is `last`.
fn berth(last: &str) -> String {
    format!(r#"{{"id": 1, "pier": "a", "depth": 2.5, "lights": true, {last}}}"#)
}

#[test]
fn equal_records_are_one_type_wherever_they_stand() {
    let berth = berth(r#""side": "left""#);
    check(
        vec![
            responses(request("GET", "/boats", "List"), 200, &format!(r#"[{{"at": {berth}}}]"#)),
            responses(request("GET", "/berths/:id", "Get"), 200, &berth),
            sends(request("POST", "/moves", "Move"), &format!(r#"{{"to": {berth}}}"#)),
        ],
        expect![[r#"
            struct `/berths .` answer from GET /berths/{id} -> 200; GET /boats -> 200; POST /moves (body)
              id?: integer (collection, response)
              pier?: text (collection, response)
              depth?: number (collection, response)
              lights?: bool (collection, response)
              side?: text (collection, response)
            struct `/boats .` answer from GET /boats -> 200
              at?: `/berths .` (response)
            struct `POST /moves body` request from POST /moves (body)
              to?: `/berths .` (collection)
        "#]],
    );
}

#[test]
fn nearly_equal_records_are_one_type_under_one_key_and_on_one_side() {
    let response = |path: &str, key: &str, last: &str| {
        let text = format!(r#"{{"x": 1, "{key}": {}}}"#, berth(last));
        responses(request("GET", path, path), 200, &text)
    };
    let ask = format!(r#"{{"berth": {}}}"#, berth(r#""tide": 1"#));
    check(
        vec![
            response("/boats", "berth", r#""side": "left""#),
            response("/ships", "berth", r#""note": "n""#),
            response("/rafts", "berth", r#""note": 1"#),
            sends(request("POST", "/moves", "Move"), &ask),
        ],
        expect![[r#"
            struct `/boats .` answer from GET /boats -> 200
              x?: integer (response)
              berth?: `/boats .berth` (response)
            struct `/boats .berth` nested from GET /boats -> 200; GET /rafts -> 200
              id?: integer (response)
              pier?: text (response)
              depth?: number (response)
              lights?: bool (response)
              side?: text (response)
              note?: integer (response)
            struct `/moves body.berth` nested from POST /moves (body)
              id?: integer (collection)
              pier?: text (collection)
              depth?: number (collection)
              lights?: bool (collection)
              tide?: integer (collection)
            struct `/rafts .` answer from GET /rafts -> 200
              x?: integer (response)
              berth?: `/boats .berth` (response)
            struct `/ships .` answer from GET /ships -> 200
              x?: integer (response)
              berth?: `/ships .berth` (response)
            struct `/ships .berth` nested from GET /ships -> 200
              id?: integer (response)
              pier?: text (response)
              depth?: number (response)
              lights?: bool (response)
              note?: text (response)
            struct `POST /moves body` request from POST /moves (body)
              berth?: `/moves body.berth` (collection)
        "#]],
    );
}

#[test]
fn small_records_are_one_type_only_under_one_key_of_one_family() {
    check(
        vec![
            sends(request("POST", "/boats", "Make"), r#"{"flag": {"id": 1, "of": "a"}}"#),
            responses(
                request("GET", "/boats/:id", "Get"),
                200,
                r#"{"id": 1, "flag": {"id": 1, "of": "a"}}"#,
            ),
            responses(
                request("GET", "/ships/:id", "Ship"),
                200,
                r#"{"mast": 1, "flag": {"id": 1, "of": "a"}}"#,
            ),
        ],
        expect![[r#"
            struct `/boats .` answer from GET /boats/{id} -> 200
              id?: integer (response)
              flag?: `/boats .flag` (response)
            struct `/boats .flag` nested from GET /boats/{id} -> 200; POST /boats (body)
              id?: integer (collection, response)
              of?: text (collection, response)
            struct `/ships .` answer from GET /ships/{id} -> 200
              mast?: integer (response)
              flag?: `/ships .flag` (response)
            struct `/ships .flag` nested from GET /ships/{id} -> 200
              id?: integer (response)
              of?: text (response)
            union `POST /boats -> 2xx |` from GET /boats/{id} -> 200
              `/boats .`
            struct `POST /boats body` request from POST /boats (body)
              flag?: `/boats .flag` (collection)
        "#]],
    );
}

#[test]
fn a_hint_keeps_a_type_apart() {
    let berth = berth(r#""side": "left""#);
    let operations = || {
        vec![
            responses(request("GET", "/boats", "List"), 200, &format!(r#"[{{"at": {berth}}}]"#)),
            responses(request("GET", "/berths/:id", "Get"), 200, &berth),
        ]
    };
    let hint = |at: &str| {
        let entry = Entry { at: at.to_owned(), reason: "tests".to_owned(), ..Entry::default() };
        Hint { entry, kind: HintKind::Apart }
    };
    assert!(!types(operations()).contains("struct `/boats .at`"));
    assert!(types_with(operations(), &[hint("/boats .at")]).contains("struct `/boats .at`"));
    let (_, found) = typed(&draft(operations()), &Evidence::default(), &[hint("/boats .none")]);
    assert_eq!(found[0].code, "infer::dead-hint");
}

#[test]
fn nulls_and_empty_lists_take_the_kind_of_equal_keys() {
    check(
        vec![
            responses(
                request("GET", "/boats", "Boats"),
                200,
                r#"{"speed": null, "home_url": null, "odd": null, "tags": [], "sizes": [], "any": {}}"#,
            ),
            responses(
                request("GET", "/ships", "Ships"),
                200,
                r#"{"speed": 1.5, "odd": 1, "sizes": [1], "in": {"odd": "x"}}"#,
            ),
        ],
        expect![[r#"
            struct `/boats .` answer from GET /boats -> 200
              speed?: number | null (response)
              home_url?: text | null (response)
              odd?: unknown (response)
              tags?: [text] (response)
              sizes?: [integer] (response)
              any?: unknown (response)
            struct `/ships .` answer from GET /ships -> 200
              speed?: number (response)
              odd?: integer (response)
              sizes?: [integer] (response)
              in?: `/ships .in` (response)
            struct `/ships .in` nested from GET /ships -> 200
              odd?: text (response)
        "#]],
    );
}

#[test]
fn failures_without_a_common_key_are_types_of_their_own() {
    check(
        vec![
            responses(request("GET", "/a", "A"), 404, r#"{"code": "gone", "detail": "d"}"#),
            responses(request("POST", "/a", "B"), 403, r#"{"code": "no"}"#),
            responses(request("POST", "/a", "C"), 422, r#"{"fields": {"name": ["short"]}}"#),
            responses(request("POST", "/b", "D"), 409, r#"{"code": "b", "mast": 1, "sail": true}"#),
        ],
        expect![[r#"
            struct `POST /a -> 422 .` error from POST /a -> 422
              fields?: `POST /a -> 422 .fields` (response)
            struct `POST /a -> 422 .fields` nested from POST /a -> 422
              name?: [text] (response)
            struct `errors .` error from GET /a -> 404; POST /a -> 403; POST /b -> 409
              code?: text (response)
              detail?: text (response)
              mast?: integer (response)
              sail?: bool (response)
            union `errors |` from GET /a -> 404; POST /a -> 403; POST /a -> 422; POST /b -> 409
              `errors .`
              `POST /a -> 422 .`
        "#]],
    );
}

#[test]
fn answers_nobody_saw_are_what_their_siblings_answer() {
    let operations = || {
        vec![
            responses(request("GET", "/boats/:id", "Get"), 200, r#"{"id": 1, "name": "a"}"#),
            request("GET", "/boats", "List"),
            request("POST", "/boats", "Make"),
            request("DELETE", "/boats/:id", "Drop"),
            request("POST", "/boats/:id/sink", "Sink"),
        ]
    };
    let (api, _) = typed(&draft(operations()), &Evidence::default(), &[]);
    expect![[r#"
        api Tiny
        server https://{{host}}
        GET /boats [List]
          answer `GET /boats -> 2xx |` or nothing
        POST /boats [Make]
          answer `POST /boats -> 2xx |` or nothing
        DELETE /boats/{} [Drop]
        GET /boats/{} [Get]
          answer `/boats .`
        POST /boats/{}/sink [Sink]
        struct `/boats .` answer from GET /boats/{id} -> 200
          id?: integer (response)
          name?: text (response)
        union `GET /boats -> 2xx |` from GET /boats/{id} -> 200
          [`/boats .`]
        union `POST /boats -> 2xx |` from GET /boats/{id} -> 200
          `/boats .`
    "#]]
    .assert_eq(&dump(&api));
}

#[test]
fn a_record_inside_its_like_is_one_type_that_holds_itself() {
    let inner = berth(r#""side": "left""#);
    let outer = berth(&format!(r#""side": "left", "berth": {inner}"#));
    let operations = vec![responses(
        request("GET", "/a", "A"),
        200,
        &format!(r#"{{"x": 1, "berth": {outer}}}"#),
    )];
    let types = types(operations);
    assert_eq!(types.matches("berth?: `/a .berth`").count(), 2, "{types}");
}
