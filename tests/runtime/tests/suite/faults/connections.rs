//! Faults 1, 2, 3, 13 and 15: connections that are refused, dropped, stale, left alone, and many.

use super::count;
use crate::harness::client::{Pet, add, client, get};
use crate::harness::clock::Jumping;
use crate::harness::server::{Server, Step, json};
use crate::runtime::{Error, ReqwestTransport, RetryPolicy};
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

/// How often each `x-id` was seen, at most.
fn most_seen(server: &Server) -> usize {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for request in server.seen() {
        *seen.entry(request.header("x-id").unwrap().to_owned()).or_default() += 1;
    }
    seen.into_values().max().unwrap_or_default()
}

#[tokio::test]
async fn fault_01_a_refused_port_is_tried_three_times() {
    let times = count(100, 1_000);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let transport = Arc::new(ReqwestTransport::new(Duration::from_secs(1)).unwrap());
    for at in 0..times {
        // A budget of its own for each, else the budget stops the retries.
        let clock = Jumping::new();
        let client = client(&url).transport(Arc::clone(&transport)).clock(clock.clone());
        let client = client.build().unwrap();
        let error = match at % 2 {
            0 => get(&client, "1").send().await.unwrap_err(),
            _ => add(&client, &Pet::default()).send().await.unwrap_err(),
        };
        assert!(matches!(error, Error::Connect { .. }), "{error:?}");
        assert_eq!(clock.waits().len(), 2);
    }
    println!("fault 1: {times} refused connections, 3 attempts each");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_02_a_post_is_sent_once_whatever_happens() {
    let times = count(500, 10_000);
    // Every third request is answered, so that others meet connections that were used before.
    let server = Server::start(|at| match at % 3 {
        0 => json("200 OK", "{}"),
        _ => vec![Step::Close],
    });
    let client = client(&server.url).clock(Jumping::new()).build().unwrap();
    let mut failed = 0;
    for id in 0..times {
        let response = add(&client, &Pet::default()).header("x-id", id.to_string()).send().await;
        failed += usize::from(response.is_err());
    }
    let most = most_seen(&server);
    println!("fault 2: {times} POSTs, {failed} dropped, each seen at most {most} times");
    assert_eq!(most, 1);
    assert!(failed >= times / 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_03_gets_survive_stale_connections() {
    let times = count(2_000, 20_000);
    // Chance with a seed: now and then three drops in a row, which no retry survives.
    let chance = Mutex::new(fastrand::Rng::with_seed(11));
    let server = Server::start(move |_| match chance.lock().unwrap().u8(..100) {
        ..20 => vec![Step::Close],
        20.. => json("200 OK", "{}"),
    });
    let client = client(&server.url).clock(Jumping::new()).build().unwrap();
    let mut good = 0;
    for _ in 0..times {
        good += usize::from(get(&client, "1").send().await.is_ok());
    }
    let sent = server.seen().len();
    println!("fault 3: {good} of {times} succeed at 20 % drops, {sent} requests");
    assert!(good * 1_000 >= times * 985, "{good} of {times}");
    assert!(good < times, "some calls meet three drops in a row");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_13_a_dropped_call_sends_nothing_more() {
    let runs = count(150, 1_000);
    let server = Server::always(vec![
        Step::Wait(Duration::from_millis(1)),
        Step::Write(b"HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\n{".to_vec()),
        Step::Wait(Duration::from_millis(1)),
        Step::Write(b"}".to_vec()),
    ]);
    let client = client(&server.url).build().unwrap();
    let mut dropped = 0;
    for run in 0..runs {
        let policy = RetryPolicy::default().base(Duration::ZERO);
        let call = add(&client, &Pet::default()).header("x-id", run.to_string()).retry(policy);
        let mut call = pin!(call.send());
        // Polled so many times and no more: each count is another await point.
        let mut left = run % 12;
        let ended = poll_fn(|context| {
            if left == 0 {
                return Poll::Ready(false);
            }
            left -= 1;
            call.as_mut().poll(context).map(|_| true)
        });
        dropped += usize::from(!ended.await);
    }
    let most = most_seen(&server);
    println!("fault 13: {dropped} of {runs} calls dropped, each seen at most {most} times");
    assert!(most <= 1 && dropped > 0);
    let error = get(&client, "1").retry(RetryPolicy::never()).header("x-id", "last").send().await;
    assert_eq!(error.unwrap_err().status().unwrap().as_u16(), 503, "the client still works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_15_many_tasks_share_a_client() {
    let (tasks, each) = (count(100, 1_000), count(20, 100));
    let server = Server::always(json("200 OK", r#"{"name": "Rex"}"#));
    let client = client(&server.url).build().unwrap();
    let run = |client: crate::runtime::Client| async move {
        for _ in 0..each {
            get(&client, "1").retry(RetryPolicy::never()).send().await?;
        }
        Ok::<(), Error>(())
    };
    let tasks = (0..tasks).map(|_| tokio::spawn(run(client.clone()))).collect::<Vec<_>>();
    let all = tasks.len() * each;
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    println!("fault 15: {all} calls, 0 errors, {} connections", server.connections());
    assert_eq!(server.seen().len(), all);
    assert!(server.connections() < all / 2, "connections are used again");
}
