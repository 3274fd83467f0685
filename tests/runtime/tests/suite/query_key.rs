//! Where a key in the query stands.

use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    ApiSpec, Call, ClientBuilder, CredentialSpec, CredentialValue, Json, Operation, Part,
    QuerySlot, SchemeSpec, ServerSpec,
};

const API: ApiSpec = ApiSpec {
    name: "tides",
    version: "1.0.0",
    variables: &[],
    servers: &[ServerSpec { setter: "base_url", base: &[Part::Text("https://tides.test")] }],
    credentials: &[CredentialSpec { setter: "key", scheme: SchemeSpec::QueryKey { name: "key" } }],
};

const fn operation(query: &'static [QuerySlot]) -> Operation {
    Operation::new("tides.list", "GET", "/tides").auth(0).query(query)
}

const DAY: QuerySlot = QuerySlot::plain("day");
const UNIT: QuerySlot = QuerySlot::plain("unit").or("m");

const BETWEEN: Operation = operation(&[DAY, QuerySlot::KEY, UNIT]);
const FIRST: Operation = operation(&[QuerySlot::KEY, QuerySlot::plain(""), UNIT]);
const ANYWHERE: Operation = operation(&[DAY, UNIT]);

async fn sent(operation: &'static Operation, given: fn(Call<Json>) -> Call<Json>) -> String {
    let log = replay([Reply::json(200, "{}")]);
    let key = CredentialValue::Token("a&b".into());
    let client = ClientBuilder::new(&API).credential("key", key).transport(log.clone());
    let client = client.build().unwrap();
    let _ = given(Call::new(&client, operation)).send().await;
    log.sent()[0].url.strip_prefix("https://tides.test/tides?").unwrap().to_owned()
}

#[tokio::test]
async fn a_key_keeps_its_place_among_what_is_given() {
    assert_eq!(sent(&BETWEEN, |call| call).await, "key=a%26b&unit=m");
    let both = sent(&BETWEEN, |call| call.set_query(0, "1").set_query(2, "ft"));
    assert_eq!(both.await, "day=1&key=a%26b&unit=ft");
    assert_eq!(sent(&FIRST, |call| call.set_query(1, "1")).await, "key=a%26b&=1&unit=m");
    assert_eq!(sent(&FIRST, |call| call.query("more", 1)).await, "key=a%26b&unit=m&more=1");
}

#[tokio::test]
async fn a_key_without_a_place_is_last() {
    let url = sent(&ANYWHERE, |call| call.query("more", 1));
    assert_eq!(url.await, "unit=m&more=1&key=a%26b");
}
