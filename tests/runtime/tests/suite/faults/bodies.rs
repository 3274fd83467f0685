//! Faults 4, 9, 10 and 12: bodies that end early, heads that are none, bodies without end, redirects.

use super::count;
use crate::harness::alone::{alone, peak_memory};
use crate::harness::client::{Pet, add, client, get};
use crate::harness::server::{Server, Step, json, response};
use crate::runtime::{Client, Error, RetryPolicy};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

fn once(server: &Server) -> Client {
    client(&server.url).retry(RetryPolicy::never()).build().unwrap()
}

/// The peak of memory once a client has been built and used: its own needs are not the fault's.
fn warm() -> Option<u64> {
    let server = Server::always(json("200 OK", "{}"));
    growth(None, async { drop(get(&once(&server), "1").send().await.unwrap()) });
    peak_memory()
}

/// The most that memory grew beyond `before` once `work` has run, in KiB.
fn growth(before: Option<u64>, work: impl Future<Output = ()>) -> Option<u64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(work);
    Some(peak_memory()?.saturating_sub(before?))
}

#[tokio::test]
async fn fault_04_no_value_of_a_body_that_ends_early() {
    let body = format!("{{\"name\": \"{}\"}}", "n".repeat(2_036));
    let framed = format!("content-length: {}\r\n\r\n{body}", body.len());
    let (one, two) = body.split_at(1_000);
    let chunked = format!(
        "transfer-encoding: chunked\r\n\r\n{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n",
        one.len(),
        two.len()
    );
    for (name, rest) in [("length", framed), ("chunked", chunked)] {
        let whole = format!("HTTP/1.1 200 OK\r\n{rest}");
        let first = whole.find("\r\n\r\n").unwrap() + 4;
        let ends = (first..whole.len()).collect::<Vec<_>>();
        let offsets = ends.len();
        let server = Server::start(move |at| match ends.get(at) {
            Some(end) => vec![Step::Write(whole.as_bytes()[..*end].to_vec()), Step::Close],
            None => vec![Step::Write(whole.clone().into_bytes())],
        });
        let client = once(&server);
        for offset in 0..offsets {
            let error = get(&client, "1").send().await.unwrap_err();
            assert!(matches!(error, Error::Transport { .. }), "{name} {offset}: {error:?}");
        }
        assert_eq!(get(&client, "1").send().await.unwrap().name.as_ref().unwrap().len(), 2_036);
        println!("fault 4: {offsets} offsets of a body framed by {name}, 0 values");
    }
}

#[test]
fn fault_09_what_is_no_http_is_a_transport_failure() {
    alone("faults::bodies::fault_09_what_is_no_http_is_a_transport_failure", || {
        let heads = [
            "SMTP ready\r\n\r\n".to_owned(),
            "HTTP/1.1 abc OK\r\n\r\n".to_owned(),
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n".to_owned(),
            format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(2 << 20)),
            format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(1_000)),
        ];
        let before = warm();
        for head in heads {
            let start: String = head.chars().take(40).collect();
            let server = Server::always(vec![Step::Write(head.into_bytes()), Step::Close]);
            let client = once(&server);
            let grown = growth(before, async {
                let error = get(&client, "1").send().await.unwrap_err();
                assert!(matches!(error, Error::Transport { .. }), "{start:?}: {error:?}");
            });
            println!("fault 9: {start:?}, memory grew by {grown:?} KiB");
            assert!(grown.is_none_or(|grown| grown < 4 << 10), "{start:?}: {grown:?} KiB");
        }
    });
}

fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let piece = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        encoder.write_all(&piece).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn fault_10_a_body_without_end_is_cut_off() {
    alone("faults::bodies::fault_10_a_body_without_end_is_cut_off", || {
        let piece = vec![b' '; 64 << 10];
        let mut endless =
            vec![Step::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n".to_vec())];
        endless.push(Step::Repeat(piece, (1 << 30) / (64 << 10)));
        let packed = bomb(count(64, 256));
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
            packed.len()
        );
        let packed = vec![Step::Write(head.into_bytes()), Step::Write(packed)];
        let before = warm();
        for (name, steps) in [("1 GiB", endless), ("gzip bomb", packed)] {
            let server = Server::always(steps);
            let client = once(&server);
            let grown = growth(before, async {
                let error = get(&client, "1").send().await.unwrap_err();
                assert!(matches!(error, Error::BodyTooLarge { .. }), "{name}: {error:?}");
            });
            println!("fault 10: {name}, memory grew by {grown:?} KiB");
            assert!(grown.is_none_or(|grown| grown < 32 << 10), "{name}: {grown:?} KiB");
        }
    });
}

#[tokio::test]
async fn fault_12_no_redirect_is_followed() {
    let other = Server::always(json("200 OK", "{}"));
    let statuses = ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"];
    let mut hits = 0;
    for status in statuses {
        // To itself, to another port, and down to plain HTTP on another host.
        for target in ["/pets".to_owned(), other.url.clone(), "http://pets.invalid/".to_owned()] {
            let location = format!("location: {target}");
            let server = Server::start(move |_| response(status, &[&location], ""));
            let client = once(&server);
            let pet = Pet { password: Some("canary-password".into()), ..Pet::default() };
            for error in [
                add(&client, &pet).send().await.unwrap_err(),
                get(&client, "1").send().await.unwrap_err(),
            ] {
                assert_eq!(error.status().unwrap().as_u16() / 100, 3);
            }
            assert_eq!(server.seen().len(), 2);
            hits += 2;
        }
    }
    assert_eq!((other.seen().len(), other.connections()), (0, 0));
    println!("fault 12: {hits} redirects, 0 followed");
}
