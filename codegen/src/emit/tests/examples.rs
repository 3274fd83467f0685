//! Examples of the operations: where one stands, and what it says.

use super::{everything, names};
use crate::api::{
    Api, Field, Nullability, OperationId, PageBy, Pagination, Response, Type, TypeId, TypeKind,
};
use crate::emit::{Crate, example};
use expect_test::expect;

/// The examples of all operations, under their names.
fn examples(api: &Api) -> String {
    let names = names(api);
    let of = Crate::new(api, &names);
    let mut text = String::new();
    for (at, operation) in api.operations.iter().enumerate() {
        text += &format!("## {}\n", operation.name);
        let lines = example::doc(&of, OperationId(at));
        let shown = lines.iter().filter(|line| !line.starts_with('#') && !line.starts_with("```"));
        shown.for_each(|line| text += &format!("{line}\n"));
    }
    text
}

#[test]
fn an_example_shows_what_the_signature_does_not() {
    expect![[r###"
        ## Ping
        ## List things
        ## Create a thing
        use everything::shared::CreateThing;

        let response = client.a().create_thing(CreateThing::new("name")).send().await?;
        ## Update a thing
        use everything::a::UpdateThing;

        let body = UpdateThing::new().name("name");
        let response = client.a().update_thing("a_id", body).send().await?;
        ## Replace a thing
        use everything::Secret;
        use everything::a::{ReplaceThing, ReplaceThingRequired};

        let body = ReplaceThing::new(ReplaceThingRequired {
            a: Secret::new("a"),
            b: Secret::new("b"),
            c: Secret::new("c"),
            d: Secret::new("d"),
        });
        let response = client.a().replace_thing("a_id", body).send().await?;
        ## Touch a thing
        ## Put bytes
        ## Send a form
        use everything::a::SendForm;

        let response = client.a().inner().send_form(SendForm::new().ids(vec![1])).send().await?;
        ## Ask
        use everything::shared::CreateThing;

        let response = client.ask(CreateThing::new("name")).send().await?;
        ## Upload
        use everything::FilePart;
        use everything::a::UploadInner;

        let body = UploadInner::new(FilePart::bytes("file.txt", "content")).note("note");
        let response = client.a().inner().upload(body).send().await?;
        ## Put text
    "###]]
    .assert_eq(&examples(&everything()));
}

#[test]
fn a_listing_is_walked() {
    let mut api = everything();
    let listing = api.operations.iter_mut().find(|it| it.name == "List things").unwrap();
    let Response::Json { ty, .. } = listing.response.clone() else { unreachable!() };
    listing.response = Response::Json { ty, may_be_empty: false };
    listing.pagination = Some(Pagination {
        by: PageBy::Number { page: "page".into(), size: None, first: None, totals: None },
        items: vec!["items".to_owned()],
        total: None,
        next: None,
        more: None,
    });
    expect![[r#"
        List things
        use everything::shared::Kind;

        let mut items = client.a().list_things(Kind::One, vec![1]).items();
        while let Some(item) = items.next().await {
            println!("{:?}", item?);
        }
    "#]]
    .assert_eq(examples(&api).split("## ").find(|it| it.starts_with("List")).unwrap());
}

#[test]
fn values_are_what_names_promise() {
    let mut api = everything();
    let thing = api.types.0.iter_mut().find(|it| it.key.to_string() == "POST /a body").unwrap();
    if let crate::api::TypeKind::Struct(own) = &mut thing.kind {
        own.fields[0].key = "contact_email".to_owned();
        own.fields[1].key = "start_date".to_owned();
        own.fields[1].ty = Type::Text;
    }
    let all = examples(&api);
    assert!(
        all.contains(r#"CreateThing::new("name@example.org").start_date("2026-01-31")"#),
        "{all}"
    );
}

/// The example of the update, whose fields are made `fields`.
fn update(fields: &[(&str, Type)]) -> String {
    let mut api = everything();
    let update = api.types.0.iter_mut().find(|it| it.key.to_string() == "PATCH /a/{} body");
    if let Some(TypeKind::Struct(own)) = update.map(|it| &mut it.kind) {
        let one = own.fields[0].clone();
        let field =
            |(key, ty): &(&str, Type)| Field { key: (*key).into(), ty: ty.clone(), ..one.clone() };
        own.fields = fields.iter().map(field).collect();
    }
    let all = examples(&api);
    all.split("## ").find(|it| it.starts_with("Update")).unwrap().to_owned()
}

#[test]
fn a_field_with_three_states_takes_the_very_type() {
    let texts = Type::List(Box::new(Type::Text));
    let all = update(&[("tags", texts)]);
    assert!(all.contains(r#".tags(vec!["tags".to_owned()])"#), "{all}");
}

#[test]
fn a_record_inside_itself_goes_on_the_heap() {
    let mut api = everything();
    let place = |key: &str| api.types.0.iter().position(|it| it.key.to_string() == key).unwrap();
    let (node, update) = (place("/a .node"), TypeId(place("PATCH /a/{} body")));
    let field = |api: &mut Api, at: usize, ty: TypeId, nullability| {
        let TypeKind::Struct(own) = &mut api.types.0[at].kind else { unreachable!() };
        own.fields.truncate(1);
        own.fields[0].ty = Type::Named(ty);
        own.fields[0].nullability = nullability;
    };
    field(&mut api, node, update, Nullability::Plain);
    field(&mut api, update.0, TypeId(node), Nullability::ThreeState);
    let all = examples(&api);
    assert!(all.contains("UpdateThing::new().name(Box::new(Thing::new()))"), "{all}");
}
