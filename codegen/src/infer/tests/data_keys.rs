//! Keys that are data make a map, with few keys as with many; what is called free is decided by its values.

use super::{check, request, responses};
use expect_test::expect;

#[test]
fn keys_that_are_data_make_a_map() {
    let hash = "9f86d081884c7d659a2feaa0c55ad015";
    let body = format!(
        r#"{{"by_number": {{"7": {{"mast": 1}}}}, "by_mail": {{"a@x.test": 1}}, "by_url": {{"https://x.test/a": true}}, "by_path": {{"/masts": 1}}, "by_hash": {{"{hash}": "x"}}, "rates": {{"USD": 1, "EUR": 0.5}}, "names": {{"en": "a", "pt-BR": "b"}}}}"#
    );
    check(
        vec![responses(request("GET", "/boats/:id", "Get"), 200, &body)],
        expect![[r#"
            GET /boats/{} [Get]
              answer `/boats .`
            struct `/boats .` answer from GET /boats/{id} -> 200
              by_number?: {`/boats .by_number{}`} (response)
              by_mail?: {integer} (response)
              by_url?: {bool} (response)
              by_path?: {integer} (response)
              by_hash?: {text} (response)
              rates?: {number} (response)
              names?: {text} (response)
            struct `/boats .by_number{}` nested from GET /boats/{id} -> 200
              mast?: integer (response)
        "#]],
    );
}

#[test]
fn keys_that_may_be_fields_make_a_struct() {
    check(
        vec![responses(
            request("GET", "/boats/:id", "Get"),
            200,
            r#"{"span": {"id": 1, "to": 2}, "one": {"USD": 1}, "odd": {"7": 1, "8": "x"}, "mixed": {"7": 1, "name": 2}}"#,
        )],
        expect![[r#"
            GET /boats/{} [Get]
              answer `/boats .`
            struct `/boats .` answer from GET /boats/{id} -> 200
              span?: `/boats .span` (response)
              one?: `/boats .one` (response)
              odd?: `/boats .odd` (response)
              mixed?: `/boats .mixed` (response)
            struct `/boats .mixed` nested from GET /boats/{id} -> 200
              7?: integer (response)
              name?: integer (response)
            struct `/boats .odd` nested from GET /boats/{id} -> 200
              7?: integer (response)
              8?: text (response)
            struct `/boats .one` nested from GET /boats/{id} -> 200
              USD?: integer (response)
            struct `/boats .span` nested from GET /boats/{id} -> 200
              id?: integer (response)
              to?: integer (response)
        "#]],
    );
}

#[test]
fn the_values_decide_what_metadata_is() {
    let get = |path: &str, metadata: &str| {
        responses(request("GET", path, path), 200, &format!(r#"{{"metadata": {metadata}}}"#))
    };
    check(
        vec![
            get("/alike", r#"{"color": "red", "size": "L"}"#),
            get("/deep", r#"{"cards": [{"name": "a"}]}"#),
            get("/mixed", r#"{"color": "red", "weight": 1.5}"#),
        ],
        expect![[r#"
            GET /alike [/alike]
              answer `/alike .`
            GET /deep [/deep]
              answer `/deep .`
            GET /mixed [/mixed]
              answer `/mixed .`
            struct `/alike .` answer from GET /alike -> 200
              metadata?: {text} (response)
            struct `/deep .` answer from GET /deep -> 200
              metadata?: `/deep .metadata` (response)
            struct `/deep .metadata` nested from GET /deep -> 200
              cards?: [`/deep .metadata.cards[]`] (response)
            struct `/deep .metadata.cards[]` nested from GET /deep -> 200
              name?: text (response)
            struct `/mixed .` answer from GET /mixed -> 200
              metadata?: `/mixed .metadata` (response)
            struct `/mixed .metadata` nested from GET /mixed -> 200
              color?: text (response)
              weight?: number (response)
        "#]],
    );
}
