//! Values that a client makes anew: one set a call, whatever the attempts.

use crate::harness::client::client;
use crate::harness::clock::Jumping;
use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    Call, HeaderSlot, HttpRequest, Json, Operation, Part, QuerySlot, TransportErrorKind,
};

const TRACED: Operation = Operation::new("traces.get", "GET", "/traces/{$guid}")
    .query(&[QuerySlot::plain("at").or_parts(&[Part::IsoTimestamp])])
    .headers(&[HeaderSlot::plain("x-request").or_parts(&[
        Part::Uuid,
        Part::Text("-"),
        Part::Integer,
    ])]);

fn made(request: &HttpRequest) -> (String, String) {
    (request.url.clone(), request.headers["x-request"].to_str().unwrap().to_owned())
}

#[tokio::test]
async fn attempts_share_generated_values_and_calls_do_not() {
    let log = replay([
        Reply::failure(TransportErrorKind::Connect),
        Reply::json(200, "{}"),
        Reply::json(200, "{}"),
    ]);
    let client = client("https://pets.example");
    let client = client.clock(Jumping::new()).transport(log.clone()).build().unwrap();
    for _ in 0..2 {
        Call::<Json>::new(&client, &TRACED).send().await.unwrap();
    }
    let [first, again, next] = log.sent().iter().map(made).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(first, again);
    assert!(first.0 != next.0 && first.1 != next.1);
    let (path, time) = first.0.split_once("?at=").unwrap();
    assert_eq!(time, "2023-11-14T22:13:20.000Z");
    assert_eq!(path.len(), "https://pets.example/traces/".len() + 36);
}
