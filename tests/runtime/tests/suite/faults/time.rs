//! Faults 5 and 6: services that take their time, and services with too little of it.

use super::count;
use crate::harness::alone::{alone, open_files};
use crate::harness::client::{client, get};
use crate::harness::server::{Server, Step, json, response};
use crate::runtime::Error;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(400);

/// The worst overshoot of parallel calls, each of which must time out.
async fn overshoot(server: &Server, parallel: usize) -> Duration {
    let client = client(&server.url).timeout(LIMIT).build().unwrap();
    let calls = (0..parallel).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            let started = Instant::now();
            let error = get(&client, "1").send().await.unwrap_err();
            assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
            started.elapsed().saturating_sub(LIMIT)
        })
    });
    let mut worst = Duration::ZERO;
    for call in calls.collect::<Vec<_>>() {
        worst = worst.max(call.await.unwrap());
    }
    worst
}

#[test]
fn fault_05_a_deadline_ends_every_kind_of_slowness() {
    alone("faults::time::fault_05_a_deadline_ends_every_kind_of_slowness", || {
        let parallel = count(20, 200);
        let write = |text: &str| Step::Write(text.as_bytes().to_vec());
        let slowly = |head: &str, text: &str| {
            let mut steps = vec![write(head)];
            let bytes = text.bytes().cycle().take(8);
            steps.extend(bytes.flat_map(|byte| {
                [Step::Write(vec![byte]), Step::Wait(Duration::from_millis(300))]
            }));
            steps
        };
        let never = vec![Step::Wait(Duration::from_millis(2_400)), Step::Close];
        let head = slowly("HTTP/1.1 200 OK\r\nx: ", "y");
        let body = slowly("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", " ");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        for (name, steps) in [("no answer", never), ("slow head", head), ("slow body", body)] {
            let server = Server::always(steps);
            let before = open_files();
            // A busy machine only adds to what is measured: the best of three counts.
            let mut best = Duration::MAX;
            for _ in 0..3 {
                best = best.min(runtime.block_on(overshoot(&server, parallel)));
                if best <= Duration::from_millis(50) {
                    break;
                }
            }
            // The server's side of a connection closes when it writes next.
            let leaked = leaked(before);
            println!("fault 5: {name} × {parallel}: overshoot {best:?}, files left {leaked:?}");
            assert!(best <= Duration::from_millis(50), "{name}: {best:?}");
            assert!(leaked.is_none_or(|leaked| leaked == 0), "{name}: {leaked:?} files");
            assert_eq!(runtime.metrics().num_alive_tasks(), 0, "{name}");
        }
    });
}

/// How many files are open that were not before, once the server has noticed; at most ten seconds.
fn leaked(before: Option<usize>) -> Option<usize> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let left = open_files()?.saturating_sub(before?);
        if left == 0 || Instant::now() > end {
            return Some(left);
        }
        std::thread::yield_now();
    }
}

/// Answers ten requests a second, refuses the others for a second, and notes who came back too early.
#[derive(Default)]
struct Gate {
    second: Option<Instant>,
    answered: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fault_06_a_storm_is_calmed() {
    let (tasks, each) = (100, count(10, 30));
    let gate = Mutex::new(Gate::default());
    let server = Server::start(move |_| {
        let mut gate = gate.lock().unwrap();
        if gate.second.is_none_or(|second| second.elapsed() >= Duration::from_secs(1)) {
            *gate = Gate { second: Some(Instant::now()), answered: 0 };
        }
        gate.answered += 1;
        match gate.answered {
            ..=10 => json("200 OK", "{}"),
            11.. => response("429 Too Many Requests", &["retry-after: 1"], "{}"),
        }
    });
    let client = client(&server.url).build().unwrap();
    let callers = (0..tasks).map(|task| {
        let client = client.clone();
        tokio::spawn(async move {
            for call in 0..each {
                let id = format!("{task}-{call}");
                let _ = get(&client, "1").header("x-id", id).send().await;
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    let mut last: HashMap<String, Instant> = HashMap::new();
    let (seen, mut early) = (server.seen(), 0);
    for request in &seen {
        let id = request.header("x-id").unwrap().to_owned();
        let before = last.insert(id, request.at.unwrap());
        let gap = before.map(|before| request.at.unwrap().duration_since(before));
        early += usize::from(gap.is_some_and(|gap| gap < Duration::from_millis(990)));
    }
    let calls = tasks * each;
    let amplification = seen.len() as f64 / calls as f64;
    println!("fault 6: {calls} calls, {} requests, {amplification:.2}×, {early} early", seen.len());
    assert_eq!(early, 0);
    assert!(amplification <= 1.3, "{amplification}");
}
