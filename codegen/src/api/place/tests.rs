//! Laws of places: what is printed is read back as it was, and each place knows its key and its resource.

use super::{Caller, Family, Outcome, Place, Root, Step};
use crate::api::key::{Endpoint, OperationKey};
use proptest::prelude::*;

/// Texts made of what separates the parts of a place, and of what does not.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "B7",
        "_",
        "-",
        " ",
        ".",
        "\"",
        "\\",
        "[]",
        "{}",
        "[",
        "]",
        "{",
        "}",
        "'",
        "|",
        " |",
        " body",
        " form",
        " -> 2xx",
        "query.",
        "/",
        "://",
        " › ",
        " #0123456789abcdef",
        "é",
        "\n",
        "\u{0}",
        "\u{200b}",
        "errors",
        "api key",
        "x.api.key",
    ]);
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    let method = prop_oneof![Just("GET".to_owned()), odd_text()];
    let server = prop_oneof![Just(String::new()), Just("https://h:1".to_owned()), odd_text()];
    let path = prop_oneof![Just("/users/{}".to_owned()), odd_text()];
    (method, server, path).prop_map(|(method, server, path)| Endpoint { path, method, server })
}

fn operation() -> impl Strategy<Value = OperationKey> {
    let digest = prop_oneof![Just(None), Just(Some("0123456789abcdef".to_owned()))];
    (endpoint(), prop::collection::vec(odd_text(), 0..3), odd_text(), digest)
        .prop_map(|(endpoint, trail, name, digest)| OperationKey { endpoint, trail, name, digest })
}

fn caller() -> impl Strategy<Value = Caller> {
    prop_oneof![endpoint().prop_map(Caller::Endpoint), operation().prop_map(Caller::Operation)]
}

fn root() -> impl Strategy<Value = Root> {
    let outcome = prop_oneof![Just(Outcome::Success), (1_u16..).prop_map(Outcome::Status)];
    prop_oneof![
        Just(Root::Errors),
        odd_text().prop_map(|text| Root::Resource(Family(text))),
        Just(Root::Resource(Family("/users".to_owned()))),
        odd_text().prop_map(|text| Root::Sent(Family(text))),
        caller().prop_map(Root::Request),
        (caller(), outcome).prop_map(|(caller, outcome)| Root::Response(caller, outcome)),
        caller().prop_map(Root::Failure),
        operation().prop_map(Root::Form),
        operation().prop_map(Root::Variables),
        (caller(), odd_text()).prop_map(|(caller, name)| Root::Parameter(
            caller,
            "query".to_owned(),
            name
        )),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Object),
        odd_text().prop_map(Step::Field),
        Just(Step::Field("name".to_owned())),
        Just(Step::Item),
        Just(Step::Value),
        Just(Step::Arm),
        Just(Step::Twin),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(root in root(), steps in prop::collection::vec(step(), 0..5)) {
        let place = Place { root, steps };
        let printed = place.to_string();
        prop_assert_eq!(Place::parse(&printed), Some(place), "{}", printed);
    }

    #[test]
    fn any_text_can_be_read(text in odd_text()) {
        let _ = Place::parse(&text);
    }
}

#[test]
fn places_print_as_dumps_have_them() {
    for text in [
        "/users .",
        "/users .options",
        "/users body.options",
        "/ .a",
        "https://eu.example.com/users .a[].b{}",
        "POST /users body.options",
        "POST /users body[].a",
        "POST /users body |",
        "POST /my users body.a",
        "GET /users/{} -> 2xx .",
        "GET /users/{} -> 2xx .a",
        "GET /users/{} -> 2xx[]",
        "GET /users/{} -> 2xx |",
        "GET /users/{} -> 404 .a",
        "errors .",
        "errors .code",
        "POST /users [Users › Create] form.a",
        "POST /users [Users › Create #0123456789abcdef] form",
        "POST /graphql [Ask (all)] variables.id",
        "GET /users query.sort",
        "GET /users query.filter[name]",
        "/users .\"api key\"",
        "/users .a'",
    ] {
        let place = Place::parse(text).unwrap();
        assert_eq!(place.to_string(), text, "{place:?}");
    }
}

#[test]
fn the_field_is_the_last_key() {
    let users = Place::resource_of(&Endpoint {
        path: "/users/{}".to_owned(),
        method: "GET".to_owned(),
        server: String::new(),
    });
    assert_eq!(users.field_name(), None);
    assert_eq!(users.child("x.api key").item().value().field_name(), Some("x.api key"));
}

#[test]
fn a_messages_field_is_the_resources() {
    for (text, wanted) in [
        ("POST /users body.opts", Some("/users .opts")),
        ("POST /users [Users › Create] body.opts", Some("/users .opts")),
        ("PATCH /users/{} body[].a.b", Some("/users .a.b")),
        ("PATCH /users/{} body", Some("/users .")),
        ("GET /users/{} -> 200 .opts", Some("/users .opts")),
        ("GET /users -> 200 [].opts", Some("/users .opts")),
        ("/users .a", Some("/users .a")),
        ("errors .a", None),
        ("POST /users [A] form.a", None),
    ] {
        let pooled = Place::parse(text).unwrap().resource();
        assert_eq!(pooled.map(|place| place.to_string()).as_deref(), wanted, "{text}");
    }
}
