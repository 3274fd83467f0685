//! Placeholders (`<integer>`) are types, and give way to real values; numbers that mix are doubles, and long digits are text.

use super::{check, entry, request, responses, sends};
use crate::draft::{Body, EntryValue, Part};
use crate::template::Template;
use expect_test::expect;

#[test]
fn names_of_types_are_types() {
    let body = r#"{"n": "<long>", "on": "<BOOLEAN>", "w": "<number>", "tags": ["%3Cinteger%3E"], "made": "<dateTime>", "any": "<oneOf>"}"#;
    check(
        vec![sends(request("POST", "/pots", "Create"), body)],
        expect![[r#"
            POST /pots [Create]
              body json `POST /pots body` (application/json)
            struct `POST /pots body` request from POST /pots (body)
              n?: integer (collection)
              on?: bool (collection)
              w?: number (collection)
              tags?: [integer] (collection)
              made?: text (collection)
              any?: unknown (collection)
        "#]],
    );
}

#[test]
fn real_values_decide() {
    let get = |text: &str| responses(request("GET", "/pots/:id", "Get"), 200, text);
    check(
        vec![
            get(r#"{"code": "<integer>", "lid": "<string>", "size": "<integer>"}"#),
            get(r#"{"code": "A7", "lid": {"round": true}, "size": 1.5}"#),
        ],
        expect![[r#"
            GET /pots/{} [Get #843d06123dbe474b]
              answer `/pots .`
            GET /pots/{} [Get #db45e4e57f9a304e]
              answer `/pots .`
            struct `/pots .` answer from GET /pots/{id} -> 200
              code?: text (collection)
              lid?: `/pots .lid` (collection)
              size?: number (collection)
            struct `/pots .lid` nested from GET /pots/{id} -> 200
              round?: bool (collection)
        "#]],
    );
}

#[test]
fn parameters_and_fields_take_the_type_and_no_default() {
    let caller = |text: &str| EntryValue::Caller(text.to_owned());
    let mut search = request("POST", "/pots/search", "Search");
    search.query = vec![
        entry("deep", caller("<boolean>"), true),
        entry("size", caller("<number>"), true),
        entry("rows", caller("<string>"), true),
        entry("rows", EntryValue::Default(Template::literal("7")), true),
    ];
    search.headers = vec![entry("If-Match", caller("<string>"), true)];
    search.body = Some(Body::Form(vec![entry("count", caller("<integer>"), true)]));
    check(
        vec![search],
        expect![[r#"
            POST /pots/search [Search]
              query deep?: bool (collection)
              query size?: number (collection)
              query rows?: [integer] = "7" (collection)
              header If-Match?: text (collection)
              body form `POST /pots/search [Search] form`
            struct `POST /pots/search [Search] form` request from POST /pots/search (form)
              count?: integer (collection)
        "#]],
    );
}

#[test]
fn mixed_numbers_are_doubles_and_long_digits_are_text() {
    let body = r#"{"sum": [1, -1, 18446744073709551615], "cost": [0.5, 12345678901234567891]}"#;
    let mut create = sends(request("POST", "/pots", "Create"), body);
    let literal = |text: &str| EntryValue::Default(Template::literal(text));
    create.query = vec![
        entry("phone", literal("4900000000000"), true),
        entry("day", literal("20240101"), true),
    ];
    check(
        vec![create],
        expect![[r#"
            POST /pots [Create]
              query phone?: text = "4900000000000" (collection)
              query day?: integer = "20240101" (collection)
              body json `POST /pots body` (application/json)
            struct `POST /pots body` request from POST /pots (body)
              sum?: [number] (collection)
              cost?: [number] (collection)
            note[infer::number-rounded]: `sum` mixes numbers of which a double rounds some
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/pots body.sum[]"
            note[infer::number-rounded]: `cost` mixes numbers of which a double rounds some
              at spec.json #
              help: pin it in spec/overlay.toml: at = "/pots body.cost[]"
        "#]],
    );
}

#[test]
fn a_part_of_bytes_is_a_file() {
    let part = |name: &str, value: &str| Part {
        entry: entry(name, EntryValue::Caller(value.to_owned()), true),
        file: false,
        content_type: None,
    };
    let mut upload = request("POST", "/pots", "Upload");
    upload.body = Some(Body::Multipart(vec![part("lid", "<binary>"), part("note", "<string>")]));
    check(
        vec![upload],
        expect![[r#"
        POST /pots [Upload]
          body multipart `POST /pots [Upload] form`
        struct `POST /pots [Upload] form` request from POST /pots (form)
          lid?: file (collection)
          note?: text (collection)
    "#]],
    );
}
