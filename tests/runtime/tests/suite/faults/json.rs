//! Fault 11: bodies of every kind. What is JSON is read, what is not is an error with its body; nothing panics.

use super::count;
use crate::harness::client::{Pet, client, get};
use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{Error, FromResponse};
use bytes::Bytes;

async fn pet(body: &[u8]) -> Result<Pet, Error> {
    let reply = Reply::json(200, Bytes::copy_from_slice(body));
    let client = client("https://pets.example").transport(replay([reply])).build().unwrap();
    get(&client, "1").send().await.map(|response| response.into_inner())
}

#[tokio::test]
async fn fault_11_what_is_json_is_read() {
    let deep = format!("{{\"x\": {}1{}}}", "[".repeat(100), "]".repeat(100));
    for (body, name, extra) in [
        (r#"{"name": "Rex"}"#, Some("Rex"), ""),
        ("\u{feff}{\"name\": \"Rex\"}", Some("Rex"), ""),
        (" \r\n{\"name\":\"Rex\"}\t", Some("Rex"), ""),
        (r#"{"name": "a", "name": "b"}"#, Some("b"), ""),
        (r#"{"name": 1}"#, None, "name"),
        (r#"{"name": 123456789012345678901234567890}"#, None, "name"),
        (r#"{"name": null, "age": -1.5e300}"#, None, "age name"),
        (r#"{"name": "\ud83d\ude00"}"#, Some("😀"), ""),
        (deep.as_str(), None, "x"),
    ] {
        let pet = pet(body.as_bytes()).await.unwrap();
        let keys: Vec<&str> = pet.extra.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!((pet.name.as_deref(), keys.join(" ").as_str()), (name, extra), "{body}");
    }
}

#[tokio::test]
async fn fault_11_what_is_none_is_an_error_with_its_body() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let cases: [&[u8]; 12] = [
        b"<!doctype html><html>canary</html>",
        b"{\"name\": \"\xff\xfe\"}",
        b"{\"name\": \"Rex\"",
        b"{\"name\": \"Rex\"} trailing",
        b"{\"name\": \"a\nb\"}",
        b"{\"name\": \"\\ud83d\"}",
        b"{\"age\": 1e400}",
        b"{'name': 'Rex'}",
        b"{\"age\": NaN}",
        b"\0",
        b"[]",
        deep.as_bytes(),
    ];
    for body in cases {
        let error = pet(body).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary"), "{shown}");
        match error {
            Error::Decode { body: kept, message, .. } => {
                assert_eq!(kept, body);
                let places = message.contains("column") || message.starts_with("an array");
                assert!(places, "{message}");
            }
            error => panic!("{error:?}"),
        }
    }
}

#[test]
fn fault_11_fuzzed_bodies_never_panic() {
    let times = count(50_000, 1_000_000);
    let seeds: [&[u8]; 4] = [
        br#"{"name": "Rex", "password": "p", "new": {"deep": [1, 2.5, null, true]}}"#,
        br#"{"name": null, "age": 18446744073709551615, "x": "\u00e9\ud83d\ude00"}"#,
        br#"[{"name": "a"}, {"name": 1e10}]"#,
        b"{\"a\":{\"b\":{\"c\":[[[[[]]]]]}},\"name\":\"\xc3\xa9\"}",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    let mut read = 0;
    for _ in 0..times {
        let mut body = random.choice(seeds).unwrap().to_vec();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(..body.len());
            match random.u8(..4) {
                0 => body[at] = random.u8(..),
                1 => drop(body.remove(at)),
                2 => body.insert(at, *random.choice(b"{}[]\",:0e.-\\u\n").unwrap()),
                _ => body.truncate(at.max(1)),
            }
            if body.is_empty() {
                body.push(b' ');
            }
        }
        match Pet::from_body(Bytes::from(body)) {
            Ok(pet) => {
                read += 1;
                serde_json::to_string(&pet).unwrap();
            }
            Err(Error::Decode { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    println!("fault 11: {times} fuzzed bodies, {read} read, 0 panics");
}
