//! Where a key in the query stands.

use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    ApiSpec, Call, ClientBuilder, CredentialSpec, CredentialValue, Json, Operation, OperationSpec,
    Part, QueryDefault, QuerySpec, SchemeSpec, ServerSpec,
};

const API: ApiSpec = ApiSpec {
    name: "tides",
    version: "1.0.0",
    variables: &[],
    servers: &[ServerSpec { setter: "base_url", base: &[Part::Text("https://tides.test")] }],
    credentials: &[CredentialSpec { setter: "key", scheme: SchemeSpec::QueryKey { name: "key" } }],
};

const fn operation(query: &'static [QuerySpec]) -> OperationSpec {
    OperationSpec {
        name: "tides.list",
        method: "GET",
        path: "/tides",
        server: 0,
        auth: Some(0),
        query,
        headers: &[],
        content_type: None,
    }
}

const DAY: QuerySpec = QuerySpec { name: &[Part::Text("day")], default: QueryDefault::Absent };
const UNIT: QuerySpec =
    QuerySpec { name: &[Part::Text("unit")], default: QueryDefault::Value(&[Part::Text("m")]) };
const NAMELESS: QuerySpec = QuerySpec { name: &[], default: QueryDefault::Absent };

macro_rules! operations {
    ($($name:ident: $query:expr;)*) => {$(
        struct $name;

        impl Operation for $name {
            type Answer = Json;
            const SPEC: OperationSpec = operation($query);
        }
    )*};
}

operations! {
    Between: &[DAY, QuerySpec::KEY, UNIT];
    First: &[QuerySpec::KEY, NAMELESS, UNIT];
    Anywhere: &[DAY, UNIT];
}

async fn sent<O: Operation>(given: impl Fn(Call<'_, O>) -> Call<'_, O>) -> String {
    let log = replay([Reply::json(200, "{}")]);
    let key = CredentialValue::Token("a&b".into());
    let client = ClientBuilder::new(&API).credential("key", key).transport(log.clone());
    let client = client.build().unwrap();
    let _ = given(Call::<O>::new(&client)).send().await;
    log.sent()[0].url.strip_prefix("https://tides.test/tides?").unwrap().to_owned()
}

#[tokio::test]
async fn a_key_keeps_its_place_among_what_is_given() {
    assert_eq!(sent::<Between>(|call| call).await, "key=a%26b&unit=m");
    let both = sent::<Between>(|call| call.set_query(0, "1").set_query(2, "ft"));
    assert_eq!(both.await, "day=1&key=a%26b&unit=ft");
    assert_eq!(sent::<First>(|call| call.set_query(1, "1")).await, "key=a%26b&=1&unit=m");
    assert_eq!(sent::<First>(|call| call.query("more", 1)).await, "key=a%26b&unit=m&more=1");
}

#[tokio::test]
async fn a_key_without_a_place_is_last() {
    let url = sent::<Anywhere>(|call| call.query("more", 1));
    assert_eq!(url.await, "unit=m&more=1&key=a%26b");
}
