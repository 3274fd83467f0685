//! The part of every driver that no collection changes: a transport that records instead of sending, and the printer of lines.
//!
//! Compiled against an emitted client, which it knows as `client`. With an address as the program's argument it really sends, there, and prints what came of each call.

use client::{
    BoxFuture, Client, ClientBuilder, Clock, CredentialValue, Error, HttpRequest, HttpResponse,
    Response, Signer, StatusCode, SystemClock, Transport, TransportError,
};
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The longest a call to a server may take.
const LIMIT: Duration = Duration::from_secs(5);

/// What a line is called: the only part of it that is not what emitted code did.
pub struct Label {
    pub index: usize,
    pub pointer: &'static str,
    pub name: &'static str,
    /// Values given for parts of the URL.
    pub given: &'static [&'static str],
    /// Whether the client makes a random integer.
    pub random: bool,
    /// Whether the body is a value of its type since the text of the collection's one variable is none.
    pub retyped: bool,
}

/// Makes clients that record, makes calls, and prints a line for each.
pub struct Recorder {
    target: Option<String>,
    seen: Seen,
    /// Whether the call's sample landed in typed fields as a whole.
    typed: Cell<Option<bool>>,
    runtime: tokio::runtime::Runtime,
}

type Seen = Arc<Mutex<Option<HttpRequest>>>;

impl Recorder {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Self {
            target: std::env::args().nth(1),
            seen: Seen::default(),
            typed: Cell::new(None),
            runtime: runtime.expect("a runtime on this thread"),
        }
    }

    /// The client of one call.
    pub fn client(&self, label: &Label, builder: ClientBuilder) -> Option<Client> {
        let builder = builder.allow_http();
        let builder = match &self.target {
            Some(url) => builder.base_url(url).max_body(1 << 20).timeout(LIMIT),
            None => builder.transport(Tape(self.seen.clone())).clock(Frozen),
        };
        match builder.build() {
            Ok(client) => Some(client),
            Err(error) => {
                print_error(label, &error.to_string());
                None
            }
        }
    }

    /// Reads a sample into the type the call takes.
    pub fn decode<T: DeserializeOwned + Debug>(&self, label: &Label, text: &str) -> Option<T> {
        match serde_json::from_str::<T>(text) {
            Ok(value) => {
                // `Debug` of what is kept aside shows its keys; inside a text the quote would be escaped.
                self.typed.set(Some(!format!("{value:?}").contains("extra: {\"")));
                Some(value)
            }
            Err(error) => {
                print_error(label, &format!("the sample does not fit its type: {error}"));
                None
            }
        }
    }

    /// Makes the call and prints its line.
    pub fn call<T>(&self, label: &Label, call: impl Future<Output = Result<Response<T>, Error>>) {
        self.finish(label, Box::pin(async { call.await.map(|response| response.status()) }));
    }

    /// Not generic, so that a thousand calls compile fast.
    fn finish(
        &self,
        label: &Label,
        call: std::pin::Pin<Box<dyn Future<Output = Result<StatusCode, Error>> + '_>>,
    ) {
        let outcome = self.runtime.block_on(call);
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (&self.target, seen, outcome) {
            (Some(_), _, outcome) => print_outcome(label, outcome),
            (None, Some(request), _) => print_request(label, &request, self.typed.take()),
            (None, None, Err(error)) => print_error(label, &error.to_string()),
            (None, None, Ok(_)) => print_error(label, "nothing was sent"),
        }
    }
}

/// A credential that adds nothing: for what is left to a signer, and for calls that go out without a token.
pub fn no_signature() -> CredentialValue {
    CredentialValue::Signer(Arc::new(Unsigned))
}

struct Unsigned;

impl Signer for Unsigned {
    fn sign(&self, _: &mut HttpRequest) -> Result<(), Error> {
        Ok(())
    }
}

/// The time of day at which truth is recorded, so that signatures are alike.
struct Frozen;

impl Clock for Frozen {
    fn now(&self) -> Duration {
        SystemClock.now()
    }

    fn today(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { SystemClock.sleep(wait).await })
    }

    fn jitter(&self, most: Duration) -> Duration {
        SystemClock.jitter(most)
    }
}

/// Keeps the last request and answers it with nothing.
struct Tape(Seen);

impl Transport for Tape {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        Box::pin(async {
            let headers = Default::default();
            Ok(HttpResponse { status: StatusCode::NO_CONTENT, headers, body: Box::new(None) })
        })
    }
}

fn print_error(label: &Label, error: &str) {
    println!("{{{},\"error\":{}}}", head(label), quoted(error));
}

fn print_outcome(label: &Label, outcome: Result<StatusCode, Error>) {
    let outcome = match outcome {
        Ok(status) => format!("ok {}", status.as_u16()),
        Err(error) => match error.status() {
            Some(status) => format!("status {}", status.as_u16()),
            None => format!("error {error}"),
        },
    };
    println!("{{{},\"outcome\":{}}}", head(label), quoted(&outcome));
}

fn print_request(label: &Label, request: &HttpRequest, typed: Option<bool>) {
    let url = request.url.as_str();
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(authority_end);
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, quoted(query)),
        None => (target, "null".to_owned()),
    };
    let scheme = scheme.to_ascii_lowercase();
    let port = if scheme == "https" { ":443" } else { ":80" };
    let host = authority.strip_suffix(port).unwrap_or(authority).to_ascii_lowercase();
    let content_type = request.headers.get("content-type").and_then(|value| value.to_str().ok());
    let boundary = content_type
        .filter(|value| value.starts_with("multipart/form-data"))
        .and_then(|value| value.split_once("boundary="))
        .map(|(_, boundary)| boundary.trim_matches('"').to_owned());
    let mut headers = Vec::new();
    for (name, value) in &request.headers {
        let value: String = value.as_bytes().iter().map(|byte| char::from(*byte)).collect();
        let value = boundary.as_ref().map_or(value.clone(), |it| value.replace(it, "BOUNDARY"));
        headers.push(format!("[{},{}]", quoted(name.as_str()), quoted(&value)));
    }
    let (body, encoding) = body(&request.body, boundary.as_deref());
    println!(
        "{{{},\"method\":{},\"scheme\":{},\"host\":{},\"path\":{},\"query\":{query},\"headers\":[{}],\"body\":{body},\"body_encoding\":{encoding}{}}}",
        head(label),
        quoted(request.method.as_str()),
        quoted(&scheme),
        quoted(&host),
        quoted(path),
        headers.join(","),
        typed.map(|typed| format!(",\"typed\":{typed}")).unwrap_or_default()
    );
}

/// The body and how it is written; a boundary, which is random, reads `BOUNDARY`.
fn body(bytes: &[u8], boundary: Option<&str>) -> (String, &'static str) {
    if bytes.is_empty() {
        return ("null".to_owned(), "null");
    }
    let bytes = match boundary {
        Some(boundary) => replaced(bytes, boundary.as_bytes(), b"BOUNDARY"),
        None => bytes.to_vec(),
    };
    match std::str::from_utf8(&bytes) {
        Ok(text) => (quoted(text), "\"utf8\""),
        Err(_) => (quoted(&base64(&bytes)), "\"base64\""),
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(after) => {
                out.extend_from_slice(to);
                rest = after;
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

fn head(label: &Label) -> String {
    let given: Vec<String> = label.given.iter().map(|value| quoted(value)).collect();
    format!(
        "\"index\":{},\"ptr\":{},\"name\":{},\"given\":[{}],\"random\":{},\"retyped\":{}",
        label.index,
        quoted(label.pointer),
        quoted(label.name),
        given.join(","),
        label.random,
        label.retyped
    )
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
