//! Types, their members, parameters and the builder.

use super::name;
use super::{api, parameter};
use crate::api::{
    Api, Arm, Body, Credential, Enumeration, Field, Nullability, Parameter, Place, Presence,
    Response, Scheme, Server, Struct, StructRole, Type, TypeDef, TypeId, TypeKind, Union, Variable,
};
use crate::docs::Docs;
use crate::name::dump;
use crate::overlay::ClientTable;
use crate::template::{Piece, Template};
use expect_test::{Expect, expect};

pub(super) fn define(api: &mut Api, key: &str, kind: TypeKind) -> Type {
    let key = Place::parse(key).unwrap();
    api.types.0.push(TypeDef { key, kind, docs: Docs::default(), provenance: Vec::new() });
    Type::Named(TypeId(api.types.0.len() - 1))
}

pub(super) fn object(fields: &[(&str, Type)]) -> TypeKind {
    let field = |(key, ty): &(&str, Type)| Field {
        key: (*key).to_owned(),
        ty: ty.clone(),
        presence: Presence::Optional,
        nullability: Nullability::Plain,
        default: Vec::new(),
        content_type: None,
        format: None,
        docs: Docs::default(),
        provenance: Vec::new(),
    };
    let fields = fields.iter().map(field).collect();
    TypeKind::Struct(Struct { role: StructRole::Nested, fields })
}

fn list(inner: &Type) -> Type {
    Type::List(Box::new(inner.clone()))
}

pub(super) fn json(ty: &Type) -> Body {
    Body::Json {
        ty: ty.clone(),
        content_type: "application/json".to_owned(),
        presence: Presence::Required,
    }
}

pub(super) fn response(ty: &Type) -> Response {
    Response::Json { ty: ty.clone(), may_be_empty: false }
}

pub(super) fn check(api: &Api, wanted: impl Fn(&str) -> bool, expected: &Expect) {
    let (names, found) = name(api, &ClientTable::default(), &[]);
    assert_eq!(found, []);
    let dumped = dump::dump(api, &names);
    let lines: Vec<&str> = dumped.lines().filter(|line| wanted(line)).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

/// A user with an address, and roles of several kinds.
fn user(api: &mut Api) -> Type {
    let address = define(api, "u .address", object(&[("type", Type::Text)]));
    let values = ["admin", "read-only", "readOnly", "", "1", "-1", "unknown", "Self"];
    let values = values.map(str::to_owned).to_vec();
    let kind = define(api, "u .roles[].kind", TypeKind::Enumeration(Enumeration { values }));
    let role = define(api, "u .roles[]", object(&[("kind", kind)]));
    let fields = [("address", address), ("roles", list(&role)), ("new", Type::Text)];
    define(api, "u", object(&fields))
}

#[test]
fn requests_have_verbs_answers_are_nouns_and_the_rest_its_field() {
    let mut api = api(&[
        "Users | GET /users | List users",
        "Users | POST /users | Create a user",
        "Users | GET /users/:id | Get a user",
    ]);
    let user = user(&mut api);
    let page = object(&[("users", list(&user)), ("total", Type::Integer)]);
    let page = define(&mut api, "page", page);
    let arms = [list(&user), page].map(|ty| Arm { ty }).to_vec();
    let listing = define(&mut api, "listing", TypeKind::Union(Union { arms }));
    let address = define(&mut api, "c .address", object(&[]));
    let create = define(&mut api, "create", object(&[("address", address)]));
    api.operations[0].response = response(&listing);
    api.operations[1].body = Some(json(&create));
    api.operations[2].response = response(&user);
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
            u .address = users::Address { type_ }
            u .roles[].kind = users::Kind { Admin, ReadOnly, ReadOnly2, Empty, N1, Minus1, Unknown_, Self_ }
            u .roles[] = users::Role { kind }
            u = users::User { address, roles, new_ }
            page = users::UserPage { users, total }
            listing = users::UserListing { List, Page }
            c .address = users::UserAddress {  }
            create = users::CreateUser { address }
        "#]],
    );
}

#[test]
fn reserved_types_step_aside_and_users_of_several_folders_share() {
    let mut api = api(&[
        "Clients | GET /clients | Get all clients",
        "Clients | POST /clients | Create a client",
        "Users | GET /users/:id | Get a user",
    ]);
    let owner = define(&mut api, "owner", object(&[]));
    let create = define(&mut api, "create", object(&[("owner", owner.clone())]));
    let client = define(&mut api, "client", object(&[("owner", owner)]));
    let failure = define(&mut api, "failure", object(&[]));
    api.operations[0].response = response(&list(&client));
    api.operations[1].body = Some(json(&create));
    for operation in &mut api.operations {
        operation.error = Some(failure.clone());
    }
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
            owner = clients::Owner {  }
            create = clients::CreateClient { owner }
            client = clients::ClientDetails { owner }
            failure = shared::ApiError {  }
        "#]],
    );
}

#[test]
fn setters_step_aside_of_the_calls_own_methods_and_of_each_other() {
    let mut api = api(&["Things | GET /things/:id/:body | Search things"]);
    let named = |name: &str| Parameter {
        name: Template::literal(name),
        presence: Presence::Optional,
        ..parameter("")
    };
    api.operations[0].query =
        ["page", "query", "sort[by]", "sort-by", "type", "userId", "user_id", "X"]
            .map(named)
            .to_vec();
    api.operations[0].headers = ["x", "X-Request-Id", "!"].map(named).to_vec();
    api.operations[0].query[0].presence = Presence::Required;
    api.operations[0].body = Some(Body::Text { content_type: "text/plain".to_owned() });
    check(
        &api,
        |line| line.contains("Search"),
        &expect![[r#"
            GET /things/{}/{} [Things › Search things] = things.list(id, body_, body) ListThingsRequest query page, query_, sort_bracket_by, sort_by, type_, user_id_2, user_id, x_query headers x, x_request_id, not
        "#]],
    );
}

#[test]
fn the_builder_has_a_setter_for_everything() {
    let mut api = api(&[]);
    api.title = "Straße & Söhne: API".to_owned();
    for name in ["domain", "timeout", "API_VERSION", "apiVersion"] {
        api.variables.push(Variable {
            name: name.to_owned(),
            default: None,
            docs: Docs::default(),
        });
    }
    for host in ["files", "uploads"] {
        let base =
            vec![Piece::Text(format!("https://{host}.")), Piece::Variable("domain".to_owned())];
        api.servers.push(Server { base: Template(base) });
    }
    for (key, scheme, variables) in [
        ("bearer shop_token", Scheme::Bearer { prefix: "Bearer".to_owned() }, vec!["shop_token"]),
        ("bearer", Scheme::Bearer { prefix: "Bearer".to_owned() }, vec![]),
        ("basic user pass", Scheme::Basic, vec!["user", "pass"]),
        ("header", Scheme::HeaderKey { name: "X-Api-Key".to_owned() }, vec![]),
    ] {
        let variables = variables.into_iter().map(str::to_owned).collect();
        api.credentials.push(Credential { key: key.to_owned(), scheme, variables });
    }
    check(
        &api,
        |_| true,
        &expect![[r#"
            package strasse-sohne-api 0.1.0
            variable domain = domain
            variable timeout = timeout_variable
            variable API_VERSION = api_version
            variable apiVersion = api_version_2
            server base_url
            server files_base_url
            server uploads_base_url
            credential bearer shop_token = shop_token(token)
            credential bearer = bearer_token(token)
            credential basic user pass = basic_auth(username, password)
            credential header = x_api_key(key)
        "#]],
    );
}

#[test]
fn credentials_of_one_variable_differ_by_where_they_stand() {
    let mut api = api(&[]);
    let named = |name: &str| name.to_owned();
    let oauth = |prefix: &str| Scheme::OAuth2 {
        prefix: prefix.to_owned(),
        token_url: None,
        audience: None,
    };
    for (key, scheme, variables) in [
        ("a", Scheme::HeaderKey { name: named("shop-id") }, vec!["shop"]),
        ("b", Scheme::QueryKey { name: named("shop-id") }, vec!["shop"]),
        ("c", Scheme::HeaderKey { name: named("X-Key") }, vec!["key"]),
        ("d", Scheme::HeaderKey { name: named("x-key") }, vec!["key"]),
        ("e", oauth("Bearer"), vec![]),
        ("f", oauth("Shop"), vec![]),
        ("g", Scheme::Basic, vec![]),
        ("h", Scheme::Basic, vec!["@", "#"]),
    ] {
        let variables = variables.into_iter().map(str::to_owned).collect();
        api.credentials.push(Credential { key: key.to_owned(), scheme, variables });
    }
    check(
        &api,
        |line| line.starts_with("credential"),
        &expect![[r#"
            credential a = shop_header(key)
            credential b = shop_query(key)
            credential c = key(key)
            credential d = key_2(key)
            credential e = access_token_bearer(token)
            credential f = access_token_shop(token)
            credential g = basic_auth(username, password)
            credential h = at_hash_basic_auth(username, password)
        "#]],
    );
}

#[test]
fn what_is_fetched_or_signed_has_setters_of_its_own() {
    let mut api = api(&[]);
    let fetched = |url: &str| Scheme::OAuth2 {
        prefix: "Bearer".to_owned(),
        token_url: Some(Template(vec![Piece::Text(url.to_owned())])),
        audience: None,
    };
    for (key, scheme, variables) in [
        ("a", fetched("https://one.test/token"), vec!["shop_token"]),
        ("b", fetched("https://two.test/token"), vec!["admin_token"]),
        ("c", Scheme::Digest, vec!["user", "pass"]),
    ] {
        let variables = variables.into_iter().map(str::to_owned).collect();
        api.credentials.push(Credential { key: key.to_owned(), scheme, variables });
    }
    check(
        &api,
        |line| !line.starts_with("package"),
        &expect![[r#"
        server base_url
        credential a = shop_token(token)
        tokens a = shop_token_client_credentials(id, secret)
        credential b = admin_token(token)
        tokens b = admin_token_client_credentials(id, secret)
        credential c = digest_auth(username, password)
        signer c = digest_signer(signer)
    "#]],
    );
}

#[test]
fn a_package_is_never_one_of_the_languages_own() {
    for (title, package) in [
        ("std", "std-client"),
        ("", "api-client"),
        ("CON", "con-client"),
        ("2 Go", "n2-go"),
        ("test", "test-client"),
        ("../../etc", "etc"),
    ] {
        let (names, _) =
            name(&Api { title: title.to_owned(), ..Api::default() }, &ClientTable::default(), &[]);
        assert_eq!(names.package, package, "{title}");
    }
    let client = ClientTable { name: Some("No Such".to_owned()), ..ClientTable::default() };
    let (_, found) = name(&Api::default(), &client, &[]);
    assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>(), ["name::invalid-package"]);
}

#[test]
fn a_field_that_is_called_as_its_key_gives_way_to_none() {
    let mut api = api(&["Shops | POST /shops | Create a shop"]);
    let TypeKind::Struct(mut shop) = object(&[
        ("user_name", Type::Text),
        ("username", Type::Text),
        ("type", Type::Text),
        ("type_", Type::Text),
    ]) else {
        return;
    };
    shop.fields[1].provenance = vec!["a".to_owned(), "b".to_owned()];
    let shop = define(&mut api, "shop", TypeKind::Struct(shop));
    api.operations[0].body = Some(json(&shop));
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
        shop = shops::CreateShop { user_name, username, type_, type_2 }
    "#]],
    );
}

#[test]
fn a_body_of_several_requests_is_called_after_the_creation() {
    let mut api = api(&[
        "Shops | PUT /shops/:id | Replace a shop",
        "Shops | POST /towns/:town/shops | Create a shop",
    ]);
    let shop = define(&mut api, "shop", object(&[]));
    let arms = [Type::Text, shop.clone()].map(|ty| Arm { ty }).to_vec();
    let either = define(&mut api, "either", TypeKind::Union(Union { arms }));
    api.operations[0].body = Some(json(&shop));
    api.operations[1].body = Some(json(&shop));
    api.operations[1].response = response(&either);
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
        shop = shops::CreateShop {  }
        either = shops::ShopResponse { Text, CreateShop }
    "#]],
    );
}

#[test]
fn a_body_has_the_last_word_of_its_folder() {
    let mut api = api(&["Town / Shops | POST /s/close | close", "Doors | POST /d/close | close"]);
    for at in 0..2 {
        let body = define(&mut api, &format!("body {at}"), object(&[]));
        api.operations[at].body = Some(json(&body));
    }
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
        body 0 = town_shops::CloseShop {  }
        body 1 = doors::CloseDoor {  }
    "#]],
    );
}

#[test]
fn what_a_constructor_takes_steps_aside_of_a_type() {
    let mut api = api(&["Shops | POST /shops | Create a shop"]);
    let hours = define(&mut api, "hours", object(&[]));
    let fields = ["name", "street", "town", "tax"].map(|key| (key, Type::Text));
    let TypeKind::Struct(mut shop) = object(&fields) else { return };
    shop.fields.iter_mut().for_each(|field| field.presence = Presence::Required);
    let required = ("create_shop_required", hours);
    let TypeKind::Struct(more) = object(&[required]) else { return };
    shop.fields.extend(more.fields);
    let shop = define(&mut api, "shop", TypeKind::Struct(shop));
    api.operations[0].body = Some(json(&shop));
    check(
        &api,
        |line| line.contains("CreateShop"),
        &expect![[r#"
        POST /shops [Shops › Create a shop] = shops.create(body) CreateShopRequest
        hours = shops::CreateShopRequired {  }
        shop = shops::CreateShop { name, street, town, tax, create_shop_required } of CreateShopRequiredFields
    "#]],
    );
}

#[test]
fn what_the_folder_or_the_path_says_around_a_preposition_is_one_noun() {
    let mut api = api(&[
        "Bills of lading | GET /bills/:id | Get a bill of lading",
        "Sales | GET /points_of_sale/:id | Get a point of sale",
        "Sales | GET /reports/:id | Get the report of a town",
    ]);
    for at in 0..3 {
        let answer = define(&mut api, &format!("answer {at}"), object(&[]));
        api.operations[at].response = response(&answer);
    }
    check(
        &api,
        |line| line.ends_with('}'),
        &expect![[r#"
        answer 0 = bills_of_lading::BillOfLading {  }
        answer 1 = sales::PointOfSale {  }
        answer 2 = sales::Report {  }
    "#]],
    );
}
