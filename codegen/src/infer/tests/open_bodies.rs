//! Bodies that are but a variable.

use super::{check, request, sends};
use expect_test::expect;

#[test]
fn a_body_that_is_a_variable_is_what_others_of_the_endpoint_are() {
    let operations = vec![
        sends(request("POST", "/shelves", "A ready one"), "{{shelf}}"),
        sends(request("POST", "/shelves", "One"), r#"{"row": 1, "label": "a"}"#),
    ];
    check(
        operations,
        expect![[r#"
        POST /shelves [A ready one]
          body json `POST /shelves body` (application/json)
        POST /shelves [One]
          body json `POST /shelves body` (application/json)
        struct `POST /shelves body` request from POST /shelves (body)
          row?: integer (collection)
          label?: text (collection)
    "#]],
    );
}

#[test]
fn a_body_that_is_a_variable_is_what_its_siblings_send() {
    let operations = vec![
        sends(request("POST", "/shelves", "One"), r#"{"row": 1, "label": "a"}"#),
        sends(request("PUT", "/shelves/:id", "Another"), " {{shelf}} "),
    ];
    check(
        operations,
        expect![[r#"
        POST /shelves [One]
          body json `POST /shelves body` (application/json)
        PUT /shelves/{} [Another]
          body json `POST /shelves body` (application/json)
        struct `POST /shelves body` request from POST /shelves (body)
          row?: integer (collection)
          label?: text (collection)
    "#]],
    );
}

#[test]
fn a_body_that_is_a_variable_is_any_json_where_nobody_or_several_tell() {
    let alone = sends(request("POST", "/shelves", "A ready one"), "{{shelf}}");
    check(
        vec![alone.clone()],
        expect![[r#"
        POST /shelves [A ready one]
          body json unknown (application/json)
    "#]],
    );
    let put = sends(request("PUT", "/shelves/:id", "Another"), "{{shelf}}");
    let move_it = sends(request("POST", "/shelves", "Move"), r#"{"to": 1}"#);
    let paint_it = sends(request("POST", "/shelves", "Paint"), r#"{"colour": "red"}"#);
    check(
        vec![alone, move_it, paint_it, put.clone()],
        expect![[r#"
        POST /shelves [A ready one]
          body json unknown (application/json)
        POST /shelves [Move]
          body json `POST /shelves [Move] body` (application/json)
        POST /shelves [Paint]
          body json `POST /shelves [Paint] body` (application/json)
        PUT /shelves/{} [Another]
          body json unknown (application/json)
        struct `POST /shelves [Move] body` request from POST /shelves (body)
          to?: integer (collection)
        struct `POST /shelves [Paint] body` request from POST /shelves (body)
          colour?: text (collection)
    "#]],
    );
    let list = sends(request("POST", "/shelves", "Many"), r#"[{"row": 1}]"#);
    check(
        vec![list, put],
        expect![[r#"
        POST /shelves [Many]
          body json [`POST /shelves body[]`] (application/json)
        PUT /shelves/{} [Another]
          body json unknown (application/json)
        struct `POST /shelves body[]` request from POST /shelves (body)
          row?: integer (collection)
    "#]],
    );
}
