//! What an overlay may say, and what is said of one that is wrong.

#![allow(clippy::too_many_lines, reason = "tables of expectations")]

mod client;
mod credentials;
mod forms;
mod lanes;
mod laws;
mod near;

use super::apply::apply;
use super::parse;
use crate::api::{
    Api, Body, Endpoint, Field, Nullability, Operation, OperationKey, Place, Presence, Response,
    ServerId, Struct, StructRole, Type, TypeDef, TypeId, TypeKind,
};
use crate::docs::Docs;
use crate::origin::Origin;
use crate::template::Template;
use expect_test::{Expect, expect};

fn field(key: &str, ty: Type) -> Field {
    let (presence, nullability) = (Presence::Optional, Nullability::Plain);
    let docs = Docs::default();
    Field {
        key: key.into(),
        ty,
        presence,
        nullability,
        default: Vec::new(),
        content_type: None,
        format: None,
        docs,
        provenance: vec![],
    }
}

fn operation(method: &str, path: &str, name: &str, body: Option<Body>) -> Operation {
    let template = Template::literal(path);
    let endpoint = Endpoint::new("", method, &template);
    Operation {
        key: OperationKey { endpoint, trail: vec!["Pets".into()], name: name.into(), digest: None },
        origin: Origin::default(),
        name: name.into(),
        docs: Docs::default(),
        group: None,
        method: method.into(),
        server: ServerId(0),
        path: template,
        path_parameters: vec![],
        query: vec![],
        query_order: vec![],
        api_key_position: None,
        headers: vec![],
        auth: None,
        body,
        likeness: crate::api::Likeness::default(),
        omit_content_type: false,
        response: Response::Unknown,
        error: None,
        pagination: None,
        deprecated: None,
        scopes: vec![],
    }
}

fn api() -> Api {
    let of = |key: &str, role, fields| TypeDef {
        key: Place::parse(key).unwrap(),
        kind: TypeKind::Struct(Struct { role, fields }),
        docs: Docs::default(),
        provenance: vec![],
    };
    let owner = of("/pets .owner", StructRole::Nested, vec![field("name", Type::Text)]);
    let owners = Type::List(Box::new(Type::Named(TypeId(0))));
    let fields = vec![field("age", Type::Unknown), field("owner.s", owners)];
    let pet = of("POST /pets body", StructRole::Request, fields);
    let content_type = "application/json".into();
    let ty = Type::Named(TypeId(1));
    let body = Body::Json { ty, content_type, presence: Presence::Required };
    let operations = vec![
        operation("GET", "/pets", "List pets", None),
        operation("POST", "/pets", "Add a pet", Some(body.clone())),
        operation("PUT", "/pets", "Swap", None),
        operation("PUT", "/pets", "Swop", None),
    ];
    Api { operations, types: crate::api::Types(vec![owner, pet]), ..Api::default() }
}

/// What is wrong with an overlay, or the lines of the API's dump that it changes.
fn check(overlay: &str, wanted: Expect) {
    let render = |found: Vec<crate::diagnostic::Diagnostic>| {
        found.iter().map(|found| found.render("overlay.toml", overlay)).collect::<String>()
    };
    let shown = match parse(overlay) {
        Err(found) => render(found),
        Ok(parsed) => {
            let before = crate::api::dump::dump(&api());
            let (api, found) = apply(api(), &parsed.patches);
            let after = crate::api::dump::dump(&api);
            let changed = after.lines().filter(|line| !before.lines().any(|old| old == *line));
            let changed = changed.map(|line| format!("+ {line}\n")).collect::<String>();
            let gone = before.lines().filter(|line| !after.lines().any(|new| new == *line));
            let gone = gone.map(|line| format!("- {line}\n")).collect::<String>();
            gone + &changed + &render(found)
        }
    };
    wanted.assert_eq(&shown);
}

fn patch(at: &str, says: &str, wanted: Expect) {
    check(&format!("[[patch]]\nat = '{at}'\n{says}\nreason = 'seen'\n"), wanted);
}

#[test]
fn patches_change_what_they_name() {
    patch(
        "POST /pets body.age",
        "required = true\ntype = 'integer'",
        expect![[r#"
            -   age?: unknown ()
            +   age: integer (overlay)
        "#]],
    );
    patch(
        "POST /pets body.owner.s[].name",
        "nullable = true",
        expect![[r#"
            -   name?: text ()
            +   name?: text | null (overlay)
        "#]],
    );
    patch(
        "/pets .owner.name",
        "type = 'list<nullable<text>>'",
        expect![[r#"
            -   name?: text ()
            +   name?: [text | null] (overlay)
        "#]],
    );
    patch(
        "GET /pets query.kind",
        "add = true\ntype = 'text'",
        expect![[r#"
            +   query kind?: text (overlay)
        "#]],
    );
    patch(
        "POST /pets body.colour",
        "add = true\ntype = '`/pets .owner`'",
        expect![[r#"
            +   colour?: `/pets .owner` (overlay)
        "#]],
    );
    patch(
        "POST /pets body.age",
        "enum = ['old', 'young']",
        expect![[r#"
            -   age?: unknown ()
            + enum `/pets .age` from overlay: seen
            +   old | young
            +   age?: `/pets .age` (overlay)
        "#]],
    );
    patch(
        "GET /pets",
        "scopes = ['read:pets']\ndeprecated = 'use the zoo'",
        expect![[r#"
            +   deprecated use the zoo
            +   scopes read:pets
        "#]],
    );
    patch(
        "GET /pets",
        "auth = 'basic'",
        expect![[r#"
            + credential basic (Authorization: Basic …)
            +   auth basic
        "#]],
    );
    patch(
        "PUT /pets [Pets › Swap]",
        "body = 'multipart'",
        expect![[r#"
            +   body multipart `PUT /pets [Pets › Swap] body`
            + struct `PUT /pets [Pets › Swap] body` request from overlay: seen
        "#]],
    );
    patch(
        "PUT /pets ->",
        "type = 'list<text>'",
        expect![[r#"
            +   answer [text]
            +   answer [text]
        "#]],
    );
    patch(
        "PUT /pets [Pets › Swap]",
        "drop = true",
        expect![[r#"
        - PUT /pets [Pets › Swap]
    "#]],
    );
    patch(
        "POST /pets body.age",
        "drop = true",
        expect![[r#"
        -   age?: unknown ()
    "#]],
    );
}

#[test]
fn what_does_not_fire_is_an_error() {
    patch(
        "GET /pet",
        "scopes = ['a']",
        expect![[r#"
            error[overlay::dead]: `GET /pet` is no place of this API
              at overlay.toml:2:6 #
              help: did you mean `GET /pets`? `cargo xtask dump --stage infer` lists all places; else delete the entry
        "#]],
    );
    patch(
        "PUT /pets",
        "drop = true",
        expect![[r#"
            error[overlay::ambiguous]: `PUT /pets` means several operations
              at overlay.toml:2:6 #
              help: begin with one of `PUT /pets [Pets › Swap]`, `PUT /pets [Pets › Swop]`
        "#]],
    );
    patch(
        "POST /pets body.size",
        "required = true",
        expect![[r#"
            error[overlay::dead]: there is no field `size`
              at overlay.toml:2:6 #
              help: add it with `add = true` and a `type`, or delete the entry
        "#]],
    );
    patch(
        "POST /pets body.age",
        "type = 'json'",
        expect![[r#"
            error[overlay::redundant]: `POST /pets body.age` changes nothing
              at overlay.toml:2:6 #
              help: the spec says this itself now; delete the entry
        "#]],
    );
    patch(
        "POST /pets body.age",
        "scopes = ['a']",
        expect![[r#"
            error[overlay::misplaced]: `scopes` cannot be said of `POST /pets body.age`
              at overlay.toml:3:10 #
              help: spec/README.md lists what can be said where
        "#]],
    );
    patch(
        "GET /pets body.age",
        "required = true",
        expect![[r#"
            error[overlay::dead]: this operation has no body
              at overlay.toml:2:6 #
              help: give it one with `body = "json"`, or delete the entry
        "#]],
    );
    patch(
        "/zoos .name",
        "required = true",
        expect![[r#"
            error[overlay::dead]: `/zoos .name` is no place of this API
              at overlay.toml:2:6 #
              help: did you mean `/pets`? `cargo xtask dump --stage infer` lists all places; else delete the entry
        "#]],
    );
    patch(
        "GET /pets query.kind",
        "required = true",
        expect![[r#"
            error[overlay::dead]: there is no parameter `kind`
              at overlay.toml:2:6 #
              help: add it with `add = true` and a `type`, or delete the entry
        "#]],
    );
    patch(
        "GET /pets",
        "auth = 'bearer'",
        expect![[r#"
            error[overlay::type]: `bearer` is no credential of this API
              at overlay.toml:3:8 #
              help: the credentials are `none`, `basic`
        "#]],
    );
    patch(
        "POST /pets body.age",
        "type = '`/zoos`'",
        expect![[r#"
            error[overlay::type]: no type has the key `/zoos`
              at overlay.toml:3:8 #
              help: `cargo xtask dump --stage infer` lists all types
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_an_error_at_its_line() {
    check(
        "[[patch]\n",
        expect![[r#"
        error[overlay::syntax]: unclosed array table, expected `]`
          at overlay.toml:1:9 #
    "#]],
    );
    check(
        "[client]\nnaem = 'x'\nversion = 1\n",
        expect![[r#"
        error[overlay::unknown-key]: `naem` is no key here
          at overlay.toml:2:1 #
          help: did you mean `name`?
        error[overlay::value]: `version` must be text
          at overlay.toml:3:11 #
    "#]],
    );
    check(
        "[[patch]]\nat = 'GET /pets'\nrequierd = true\n",
        expect![[r#"
        error[overlay::value]: this entry needs `reason = "…"`
          at overlay.toml:1:1 #
        error[overlay::unknown-key]: `requierd` is no key here
          at overlay.toml:3:1 #
          help: did you mean `required`?
        error[overlay::value]: this patch changes nothing: say what is right instead
          at overlay.toml:1:1 #
    "#]],
    );
    check(
        "[[patch]]\nat = 'x'\nreason = 'r'\ntype = 'integr'\n",
        expect![[r#"
            error[overlay::value]: `integr` is no type; the types are: text, secret, bool, integer, unsigned, number, json, object, file, list<…>, map<…>, nullable<…>, … | …, or a type's key in backticks
              at overlay.toml:4:8 #
              help: did you mean `integer`?
        "#]],
    );
    check(
        "[[hint]]\nat = 'x'\nreason = 'r'\n",
        expect![[r#"
            error[overlay::value]: a hint says `kind = "apart"`, `map = true` or `opaque = true`
              at overlay.toml:1:1 #
        "#]],
    );
    check(
        "[[name]]\nat = 'x'\nreason = ' '\n",
        expect![[r#"
        error[overlay::value]: this entry needs `name = "…"`
          at overlay.toml:1:1 #
        error[overlay::value]: this entry needs `reason = "…"`
          at overlay.toml:1:1 #
    "#]],
    );
    check(
        "patch = 1\n",
        expect![[r#"
        error[overlay::value]: write `[[patch]]`, once for each entry
          at overlay.toml:1:9 #
    "#]],
    );
    check(
        "[zebra]\n",
        expect![[r#"
        error[overlay::unknown-key]: `zebra` is no key here
          at overlay.toml:1:2 #
          help: the keys here are: client, hint, patch, name
    "#]],
    );
}

#[test]
fn reads_every_lane() {
    let overlay = parse(
        "[client]\nname = 'pets'\nversion = '1.2.3'\nlicense = 'MIT'\n\
         [[hint]]\nat = '/pets .owner'\nmap = true\nreason = 'names are keys'\n\
         [[name]]\nat = 'GET /pets'\nname = 'all'\nreason = 'shorter'\n\
         [[patch]]\nat = 'GET /pets query.page'\nadd = true\ntype = 'integer'\nreason = 'documented'\n\
         [[patch]]\nat = 'GET /pets query.size'\nadd = true\ntype = 'integer'\nreason = 'documented'\n\
         [[patch]]\nat = 'GET /pets ->'\ntype = 'list<text>'\nreason = 'documented'\n\
         [[patch]]\nat = 'GET /pets'\nreason = 'documented'\n\
         pagination = { kind = 'offset', page = 'page', per_page = 'size', items = ['pets'] }\n",
    )
    .unwrap();
    assert_eq!(overlay.client.version.as_deref(), Some("1.2.3"));
    assert_eq!(overlay.client.license.as_deref(), Some("MIT"));
    assert_eq!((overlay.hints.len(), overlay.names.len()), (1, 1));
    assert_eq!(overlay.patches.len(), 4);
    let (patched, found) = apply(api(), &overlay.patches);
    assert_eq!(found, []);
    assert!(patched.operations[0].pagination.is_some());
}
