//! Downloads that are read piece by piece: as a stream, as a reader, and without async.

use crate::harness::client::{client, get};
use crate::harness::server::{Server, Step, json, response};
use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{Bytes, Error, Phase, ResponseStream};
use futures_core::Stream;
use std::future::poll_fn;
use std::io::Read;
use std::pin::Pin;
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;

const LONG: usize = 300_000;

fn long() -> String {
    "pieces ".repeat(LONG / 7 + 1)[..LONG].to_owned()
}

/// A service whose first answer is to be retried, and whose second is long.
fn service() -> Server {
    let long = long();
    Server::start(move |at| match at {
        0 => json("503 Busy", "{}"),
        _ => response("200 OK", &["x-request-id: r1"], &long),
    })
}

/// Promises more than it sends, and hangs up.
fn cut() -> Vec<Step> {
    vec![
        Step::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".to_vec()),
        Step::Wait(Duration::from_millis(50)),
        Step::Close,
    ]
}

async fn whole(stream: &mut ResponseStream) -> Result<Vec<u8>, Error> {
    let mut whole = Vec::new();
    while let Some(piece) = stream.next().await {
        whole.extend_from_slice(&piece?);
    }
    Ok(whole)
}

#[tokio::test]
async fn a_download_is_a_stream_under_its_limit() {
    let server = service();
    let client = client(&server.url).max_body(10).build().unwrap();
    let mut stream = get(&client, "1").send_stream(LONG).await.unwrap();
    assert_eq!((stream.status().as_u16(), stream.attempts()), (200, 2));
    assert_eq!((stream.content_length(), stream.request_id()), (Some(300_000), Some("r1")));
    let first: Option<Result<Bytes, Error>> =
        poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
    let first = first.unwrap().unwrap();
    assert!(first.len() < LONG, "read piece by piece");
    let rest = whole(&mut stream).await.unwrap();
    assert_eq!([&*first, &rest].concat(), long().into_bytes());
    assert!(stream.next().await.is_none());

    let mut stream = get(&client, "1").send_stream(LONG - 1).await.unwrap();
    let error = whole(&mut stream).await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge { limit: 299_999, .. }), "{error}");
    assert_eq!((error.operation(), error.request_id()), (Some("pets.get"), Some("r1")));
    assert!(stream.next().await.is_none(), "an error is the end");
}

#[tokio::test]
async fn what_breaks_off_is_an_error_and_no_end() {
    let server = Server::always(cut());
    let client = client(&server.url).build().unwrap();
    let mut stream = get(&client, "1").send_stream(100).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "half");
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert_eq!(error.operation(), Some("pets.get"));

    let mut stream = get(&client, "1").send_stream(100).await.unwrap();
    let mut text = String::new();
    let error = stream.read_to_string(&mut text).await.unwrap_err();
    assert!(error.get_ref().unwrap().is::<Error>(), "{error}");
    assert!(stream.read(&mut [0; 8]).await.is_err(), "a reader that failed is not at its end");
    assert_eq!(server.seen().len(), 2, "a body that was begun is not asked for again");
}

#[tokio::test]
async fn a_deadline_ends_a_stream_that_drips_or_stands_still() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec();
    let drip = [Step::Write(b"x".to_vec()), Step::Wait(Duration::from_millis(20))];
    let dripping: Vec<Step> =
        [Step::Write(head.clone())].into_iter().chain(drip.into_iter().cycle().take(400)).collect();
    let still = vec![Step::Write(head), Step::Wait(Duration::from_secs(5))];
    for steps in [dripping, still] {
        let server = Server::always(steps);
        let client = client(&server.url).timeout(Duration::from_millis(400)).build().unwrap();
        let begun = Instant::now();
        let mut stream = get(&client, "1").send_stream(1000).await.unwrap();
        let error = whole(&mut stream).await.unwrap_err();
        assert!(matches!(error, Error::Timeout { phase: Phase::Total, .. }), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn pieces_that_are_always_there_do_not_outrun_the_deadline() {
    let replay = replay([Reply::json(200, "{}")]);
    let limit = Duration::from_millis(30);
    let client = client("https://pets.example").transport(replay).timeout(limit).build().unwrap();
    let mut stream = get(&client, "1").send_stream(1000).await.unwrap();
    std::thread::sleep(Duration::from_millis(40));
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_download_is_a_reader() {
    let server = service();
    let client = client(&server.url).build().unwrap();
    let mut stream = get(&client, "1").send_stream(LONG).await.unwrap();
    let mut start = [0; 10];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"pieces pie");
    let next = stream.next().await.unwrap().unwrap();
    assert!(next.starts_with(b"ces "), "what a reader left is the next piece");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!([&start, &*next, &rest].concat(), long().into_bytes());
    assert_eq!(stream.read(&mut [0; 8]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_failure_is_no_stream() {
    let server = Server::always(json("404 Not Found", r#"{"name": "gone"}"#));
    let client = client(&server.url).build().unwrap();
    let error = get(&client, "1").send_stream(100).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let nowhere = self::client("https://pets.example").transport(replay([])).build().unwrap();
    assert!(get(&nowhere, "1").send_stream(100).await.is_err());
}

#[test]
fn a_thread_that_waits_reads_the_same_pieces() {
    let server = service();
    let client = client(&server.url).build().unwrap();
    let mut stream = get(&client, "1").send_stream_blocking(LONG).unwrap();
    assert_eq!(stream.get_ref().content_length(), Some(300_000));
    let mut start = [0; 10];
    stream.read_exact(&mut start).unwrap();
    let mut read = start.to_vec();
    for piece in stream.pieces() {
        read.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(read, long().into_bytes());
    assert_eq!(stream.read(&mut start).unwrap(), 0);
    let mut stream = get(&client, "1").send_stream_blocking(10).unwrap();
    let error = stream.pieces().next().unwrap().unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge { limit: 10, .. }), "{error}");
    assert!(stream.pieces().next().is_none());
    assert!(stream.read(&mut start).is_err());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let inside = runtime.block_on(async {
        let stream = get(&client, "1").send_stream_blocking(LONG);
        stream.and_then(|mut stream| stream.pieces().collect::<Result<Vec<Bytes>, Error>>())
    });
    assert_eq!(inside.unwrap().concat(), long().into_bytes());
}

#[test]
fn a_thread_that_waits_is_told_what_breaks_off() {
    let server = Server::always(cut());
    let client = client(&server.url).build().unwrap();
    let mut stream = get(&client, "1").send_stream_blocking(100).unwrap();
    let mut text = String::new();
    let error = stream.read_to_string(&mut text).unwrap_err();
    assert!(error.get_ref().unwrap().is::<Error>(), "{error}");
    assert!(stream.read(&mut [0; 8]).is_err());
}
