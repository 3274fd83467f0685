//! A client of two operations, written as the generator emits one.

use crate::runtime::support::*;
use crate::runtime::{
    ApiSpec, Call, Client, ClientBuilder, CredentialSpec, CredentialValue, Json, Operation,
    OperationSpec, Page, Paged, Paging, Part, QueryDefault, QuerySpec, SchemeSpec, ServerSpec,
    VariableSpec,
};

const API: ApiSpec = ApiSpec {
    name: "pets",
    version: "1.0.0",
    variables: &[VariableSpec { name: "host", default: None }],
    servers: &[ServerSpec {
        setter: "base_url",
        base: &[Part::Text("https://"), Part::Variable("host")],
    }],
    credentials: &[CredentialSpec {
        setter: "token",
        scheme: SchemeSpec::Bearer { prefix: "Bearer" },
    }],
};

/// A builder of the client.
pub fn builder() -> ClientBuilder {
    ClientBuilder::new(&API)
}

/// A client of the server at `url`, with a credential.
pub fn client(url: &str) -> ClientBuilder {
    builder().base_url(url).credential("token", CredentialValue::Token("canary-token".into()))
}

/// A pet.
pub struct Pet {
    /// Its name.
    pub name: Option<String>,
    /// Its secret.
    pub password: Option<crate::runtime::Secret>,
    /// The rest.
    pub extra: Extra,
}

json_object! {
    Pet: Default {
        optional name: "name",
        optional password: "password",
    }
}

/// `GET /pets/{id}`.
pub struct GetPet;

impl Operation for GetPet {
    type Answer = Pet;
    const SPEC: OperationSpec = OperationSpec {
        name: "pets.get",
        method: "GET",
        path: "/pets/{id}",
        server: 0,
        auth: Some(0),
        query: &[
            QuerySpec { name: &[Part::Text("tag")], default: QueryDefault::Absent },
            QuerySpec {
                name: &[Part::Text("v")],
                default: QueryDefault::Value(&[Part::Text("2")]),
            },
            QuerySpec { name: &[Part::Text("tag")], default: QueryDefault::Absent },
            QuerySpec { name: &[Part::Text("all")], default: QueryDefault::NameAlone },
        ],
        headers: &[],
        content_type: None,
    };
}

/// `POST /pets`.
pub struct AddPet;

impl Operation for AddPet {
    type Answer = Pet;
    const SPEC: OperationSpec = OperationSpec {
        name: "pets.add",
        method: "POST",
        path: "/pets",
        server: 0,
        auth: Some(0),
        query: &[],
        headers: &[],
        content_type: Some("application/json"),
    };
}

/// Calls `GET /pets/{id}`.
pub fn get<'a>(client: &'a Client, id: &str) -> Call<'a, GetPet> {
    Call::new(client).path("id", id)
}

/// Calls `POST /pets`.
pub fn add<'a>(client: &'a Client, body: &Pet) -> Call<'a, AddPet> {
    Call::new(client).json(body)
}

const LIST: OperationSpec = OperationSpec {
    name: "pets.list",
    method: "GET",
    path: "/pets",
    server: 0,
    auth: Some(0),
    query: &[
        QuerySpec { name: &[Part::Text("page")], default: QueryDefault::Absent },
        QuerySpec { name: &[Part::Text("cursor")], default: QueryDefault::Absent },
        QuerySpec { name: &[Part::Text("offset")], default: QueryDefault::Absent },
        QuerySpec { name: &[Part::Text("take")], default: QueryDefault::Absent },
    ],
    headers: &[],
    content_type: None,
};

macro_rules! lists {
    ($($(#[$docs:meta])* $name:ident: $paging:expr;)*) => {$(
        $(#[$docs])*
        pub struct $name;

        impl Operation for $name {
            type Answer = Json;
            const SPEC: OperationSpec = LIST;
        }

        impl Paged for $name {
            type Item = i64;
            const PAGING: Paging = $paging;

            fn page(answer: Json) -> Option<Page<i64>> {
                let items = answer.get("items")?.as_array()?;
                Some(Page {
                    items: items.iter().filter_map(Value::as_i64).collect(),
                    next: answer.get("next").and_then(Value::as_str).map(str::to_owned),
                    more: answer.get("more").and_then(Value::as_bool),
                    total: answer.get("total").and_then(Value::as_u64),
                })
            }
        }
    )*};
}

lists! {
    /// `GET /pets` by page.
    ByPage: Paging::Number { slot: 0, first: Some(0) };
    /// `GET /pets` by page, counted from nobody knows where.
    ByAnyPage: Paging::Number { slot: 0, first: None };
    /// `GET /pets` by cursor.
    ByCursor: Paging::Cursor { slot: 1, size: Some((3, 2)) };
    /// `GET /pets` by offset.
    ByOffset: Paging::Offset { slot: 2, first: 0 };
    /// `GET /pets` by link.
    ByLink: Paging::Link;
}

/// Calls `GET /pets`.
pub fn list<O: Operation>(client: &Client) -> Call<'_, O> {
    Call::new(client)
}
