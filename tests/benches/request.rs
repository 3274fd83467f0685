//! CPU time and allocations of a request: the emitted client against reqwest by hand, doing the same work over loopback in one run.
//!
//! `cargo bench --package integration-tests`. Rounds alternate, and so does who goes first; medians are compared, so that a busy machine slows both.

use auth0_management::Client;
use cpu_time::ThreadTime;
use serde::Deserialize;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;
use tokio::runtime::Runtime;

const ROUNDS: usize = 30;
const REQUESTS: u32 = 1_000;

/// What a service might say of a user.
const BODY: &str = r#"{"user_id":"auth0|5f7c8ec7c33c6c004bbafe82","email":"ada@example.org","email_verified":true,"username":"ada","phone_number":"+49301234567","phone_verified":false,"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-11-02T03:04:05.678Z","identities":[{"connection":"Initial-Connection","user_id":"5f7c8ec7c33c6c004bbafe82","provider":"auth0","isSocial":false}],"picture":"https://example.org/ada.png","name":"Ada Lovelace","nickname":"ada","last_ip":"192.0.2.7","last_login":"2026-11-01T03:04:05.678Z","logins_count":42,"blocked":false,"given_name":"Ada","family_name":"Lovelace"}"#;

/// The same by hand.
#[derive(Deserialize)]
struct User {
    user_id: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    username: Option<String>,
    phone_number: Option<String>,
    phone_verified: Option<bool>,
    created_at: Option<String>,
    updated_at: Option<String>,
    identities: Option<Vec<Identity>>,
    picture: Option<String>,
    name: Option<String>,
    nickname: Option<String>,
    last_ip: Option<String>,
    last_login: Option<String>,
    logins_count: Option<i64>,
    blocked: Option<bool>,
    given_name: Option<String>,
    family_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    connection: Option<String>,
    #[serde(rename = "user_id")]
    user_id: Option<String>,
    provider: Option<String>,
    is_social: Option<bool>,
}

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let url = serve()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let generated = Client::builder()
        .auth0_domain("unused.example")
        .auth0_token("token")
        .base_url(&url)
        .build()?;
    let by_hand = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
    let generated = || round(&runtime, || ours(&generated));
    let by_hand = || round(&runtime, || theirs(&by_hand, &url));
    generated()?;
    by_hand()?;
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Who goes first is slower here, by some hundredths.
        if round % 2 == 0 {
            a.push(generated()?);
            b.push(by_hand()?);
        } else {
            b.push(by_hand()?);
            a.push(generated()?);
        }
    }
    let (a, b) = (median(a), median(b));
    println!("per request      CPU       allocations   bytes");
    println!("emitted client   {:>6.1} µs {:>13.1} {:>7.0}", a.micros, a.allocations, a.bytes);
    println!("reqwest by hand  {:>6.1} µs {:>13.1} {:>7.0}", b.micros, b.allocations, b.bytes);
    println!(
        "ratio            {:>6.2}    {:>13.2} {:>7.2}",
        a.micros / b.micros,
        a.allocations / b.allocations,
        a.bytes / b.bytes
    );
    Ok(())
}

async fn ours(client: &Client) -> Outcome<usize> {
    let user = client.users().get("auth0|5f7c8ec7c33c6c004bbafe82").send().await?;
    Ok(user.email.as_deref().unwrap_or_default().len())
}

async fn theirs(client: &reqwest::Client, url: &str) -> Outcome<usize> {
    let url = format!("{url}/api/v2/users/auth0%7C5f7c8ec7c33c6c004bbafe82");
    let response = client.get(url).bearer_auth("token").send().await?.error_for_status()?;
    let user: User = response.json().await?;
    Ok(read(&user))
}

/// Looks at every field, so that none is called unused.
fn read(user: &User) -> usize {
    let texts = [
        &user.user_id,
        &user.username,
        &user.phone_number,
        &user.created_at,
        &user.updated_at,
        &user.picture,
        &user.name,
        &user.nickname,
        &user.last_ip,
        &user.last_login,
        &user.given_name,
        &user.family_name,
    ];
    let flags = [user.email_verified, user.phone_verified, user.blocked];
    let known = texts.iter().filter(|text| text.is_some()).count()
        + flags.iter().flatten().count()
        + usize::from(user.logins_count.is_some());
    let identities = user.identities.iter().flatten();
    let providers = identities
        .filter(|it| it.connection.is_some() && it.user_id.is_some() && it.is_social.is_some())
        .filter_map(|it| it.provider.as_deref());
    assert!(known > 0 && providers.count() > 0);
    user.email.as_deref().unwrap_or_default().len()
}

/// What a request costs.
#[derive(Clone, Copy)]
struct Cost {
    micros: f64,
    allocations: f64,
    bytes: f64,
}

fn round<F: Future<Output = Outcome<usize>>>(
    runtime: &Runtime,
    request: impl Fn() -> F,
) -> Outcome<Cost> {
    let started = ThreadTime::now();
    let mut outcome = Ok(());
    let counted = allocation_counter::measure(|| {
        outcome = runtime.block_on(async {
            for _ in 0..REQUESTS {
                assert_eq!(request().await?, 15);
            }
            Ok::<(), Box<dyn Error>>(())
        });
    });
    outcome?;
    let requests = f64::from(REQUESTS);
    Ok(Cost {
        micros: started.elapsed().as_secs_f64() * 1e6 / requests,
        allocations: counted.count_total as f64 / requests,
        bytes: counted.bytes_total as f64 / requests,
    })
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|a, b| a.micros.total_cmp(&b.micros));
    costs[costs.len() / 2]
}

/// A server on a thread of its own, which the measured thread's time does not count.
fn serve() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || response(stream));
        }
    });
    Ok(url)
}

fn response(stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line == "\r\n" {
            (&stream).write_all(head.as_bytes())?;
        }
    }
}
