//! What a form sends by itself, and corrections of its fields' types.

use super::{api, field, operation};
use crate::api::{Api, Body, Place, Struct, StructRole, Type, TypeDef, TypeId, TypeKind};
use crate::docs::Docs;
use crate::overlay::{apply, parse};
use expect_test::{Expect, expect};

/// The API with a form that sends `size = M` and `tag = a, b`.
fn with_form() -> Api {
    let mut api = api();
    let form = Body::Form { ty: TypeId(api.types.0.len()), names: Vec::new() };
    let operation = operation("POST", "/tags", "Tag", Some(form));
    let mut size = field("size", Type::Text);
    size.default = vec!["M".to_owned()];
    let mut tag = field("tag", Type::List(Box::new(Type::Text)));
    tag.default = vec!["1".to_owned(), "2".to_owned()];
    let kind = Struct { role: StructRole::Request, fields: vec![size, tag] };
    api.types.0.push(TypeDef {
        key: Place::form(&operation.key),
        kind: TypeKind::Struct(kind),
        docs: Docs::default(),
        provenance: Vec::new(),
    });
    api.operations.push(operation);
    api
}

fn check(says: &str, wanted: Expect) {
    let overlay = format!("[[patch]]\nat = 'POST /tags body.{says}\nreason = 'seen'\n");
    let (api, found) = apply::apply(with_form(), &parse(&overlay).unwrap().patches);
    let dump = crate::api::dump::dump(&api);
    let fields = dump.lines().filter(|line| line.contains("size") || line.contains("tag?"));
    let mut shown = fields.map(|line| format!("{}\n", line.trim())).collect::<String>();
    shown.extend(found.iter().map(|found| found.render("overlay.toml", &overlay)));
    wanted.assert_eq(&shown);
}

#[test]
fn what_fits_the_type_is_sent() {
    check(
        "tag'\ntype = 'list<integer>'",
        expect![[r#"
        size?: text = "M" ()
        tag?: [integer] = ["1", "2"] (overlay)
    "#]],
    );
    check(
        "size'\nenum = ['M', 'L']",
        expect![[r#"
        size?: `POST /tags [Pets › Tag] form.size` = "M" (overlay)
        tag?: [text] = ["1", "2"] ()
        enum `POST /tags [Pets › Tag] form.size` from overlay: seen
    "#]],
    );
}

#[test]
fn what_does_not_fit_is_sent_no_more_and_said() {
    check(
        "size'\ntype = 'integer'",
        expect![[r#"
        size?: integer (overlay)
        tag?: [text] = ["1", "2"] ()
        note[overlay::form-value]: what the form sends for `size` unless it is set is no value of the type that it has now: it is sent no more
          at overlay.toml:3:8 #
          help: `required = true` makes callers say what to send; `type = "text"` sends it again
    "#]],
    );
    check(
        "tag'\ntype = 'integer'",
        expect![[r#"
        size?: text = "M" ()
        tag?: integer (overlay)
        note[overlay::form-value]: what the form sends for `tag` unless it is set is no value of the type that it has now: it is sent no more
          at overlay.toml:3:8 #
          help: `required = true` makes callers say what to send; `type = "text"` sends it again
    "#]],
    );
    check(
        "tag'\ntype = 'list<bool>'",
        expect![[r#"
        size?: text = "M" ()
        tag?: [bool] (overlay)
        note[overlay::form-value]: what the form sends for `tag` unless it is set is no value of the type that it has now: it is sent no more
          at overlay.toml:3:8 #
          help: `required = true` makes callers say what to send; `type = "text"` sends it again
    "#]],
    );
    check(
        "size'\ntype = 'secret'",
        expect![[r#"
        size?: secret (overlay)
        tag?: [text] = ["1", "2"] ()
        note[overlay::form-value]: what the form sends for `size` unless it is set is no value of the type that it has now: it is sent no more
          at overlay.toml:3:8 #
          help: `required = true` makes callers say what to send; `type = "text"` sends it again
    "#]],
    );
}
