//! Kinds of parameters: one a name, and text where digits name something.

use super::{check, entry, request};
use crate::draft::{Body, EntryValue, Operation};
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
