//! A client of two operations, written as the generator emits one.

use crate::runtime::support::*;
use crate::runtime::{
    ApiSpec, Call, Client, ClientBuilder, CredentialSpec, CredentialValue, Json, Operation, Page,
    Paged, Paging, Part, QuerySlot, SchemeSpec, ServerSpec, VariableSpec,
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
pub const GET: Operation = Operation::new("pets.get", "GET", "/pets/{id}").auth(0).query(&[
    QuerySlot::plain("tag"),
    QuerySlot::plain("v").or("2"),
    QuerySlot::plain("tag"),
    QuerySlot::plain("all").name_alone(),
]);

/// `POST /pets`.
pub const ADD: Operation = Operation::new("pets.add", "POST", "/pets").auth(0).json();

/// Calls `GET /pets/{id}`.
pub fn get(client: &Client, id: &str) -> Call<Pet> {
    Call::new(client, &GET).path("id", id)
}

/// Calls `POST /pets`.
pub fn add(client: &Client, body: &Pet) -> Call<Pet> {
    Call::new(client, &ADD).json(body)
}

const LIST: Operation = Operation::new("pets.list", "GET", "/pets").auth(0).query(&[
    QuerySlot::plain("page"),
    QuerySlot::plain("cursor"),
    QuerySlot::plain("offset"),
    QuerySlot::plain("take"),
]);

macro_rules! lists {
    ($($(#[$docs:meta])* $name:ident: $paging:expr;)*) => {$(
        $(#[$docs])*
        pub struct $name;

        impl Paged for $name {
            type Response = Json;
            type Item = i64;
            const PAGING: Paging = $paging;

            fn page(response: Json) -> Option<Page<i64>> {
                let items = response.get("items")?.as_array()?;
                Some(Page {
                    items: items.iter().filter_map(Value::as_i64).collect(),
                    next: response.get("next").and_then(Value::as_str).map(str::to_owned),
                    more: response.get("more").and_then(Value::as_bool),
                    total: response.get("total").and_then(Value::as_u64),
                })
            }
        }
    )*};
}

lists! {
    /// `GET /pets` by page.
    ByPage: Paging::Number { slot: 0, first: Some(0), size: Some(3) };
    /// `GET /pets` by page, counted from nobody knows where.
    ByAnyPage: Paging::Number { slot: 0, first: None, size: None };
    /// `GET /pets` by cursor.
    ByCursor: Paging::Cursor { slot: 1, size: Some((3, 2)) };
    /// `GET /pets` by offset.
    ByOffset: Paging::Offset { slot: 2, first: 0, size: Some(3) };
    /// `GET /pets` by link.
    ByLink: Paging::Link;
}

/// Calls `GET /pets`.
pub fn list(client: &Client) -> Call<Json> {
    Call::new(client, &LIST)
}
