//! Records exchanges as JSON lines, without credentials, for learning from traffic and for tests.
//!
//! Keys of a line: `method`, `path`, `query` (pairs), `status`, `request_body`, `response_headers`, `response_body`. JSON is recorded as JSON; other bodies by their size only.

use super::lock::lock;
use super::secret::is_secret_name;
use super::transport::{
    BoxFuture, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};
use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

const REDACTED: &str = "[REDACTED]";
/// Bodies beyond this are recorded by their size only.
const LARGEST: usize = 4 << 20;

/// A transport around another one that writes a line for each response.
pub struct Recorder<T> {
    inner: T,
    out: Out,
}

type Out = Arc<Mutex<dyn Write + Send>>;

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}

impl<T: Transport> Recorder<T> {
    /// Records what goes through `inner` into `out`. A line that cannot be written is left out.
    pub fn new(inner: T, out: impl Write + Send + 'static) -> Self {
        Self { inner, out: Arc::new(Mutex::new(out)) }
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let line = request_line(&request);
        let out = Arc::clone(&self.out);
        Box::pin(async move {
            let mut response = self.inner.send(request).await?;
            let mut line = line;
            line.insert("status".to_owned(), response.status.as_u16().into());
            line.insert("response_headers".to_owned(), headers(&response.headers));
            let (seen, size) = (BytesMut::new(), 0);
            let inner = std::mem::replace(&mut response.body, Box::new(None::<Bytes>));
            response.body = Box::new(Recorded { inner, seen, size, line: Some(line), out });
            Ok(response)
        })
    }
}

/// A body that is recorded while it is read; one that is not read to its end is not.
struct Recorded {
    inner: Box<dyn ResponseBody>,
    seen: BytesMut,
    size: usize,
    line: Option<Map<String, Value>>,
    out: Out,
}

impl ResponseBody for Recorded {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        let polled = self.inner.poll_chunk(context);
        match &polled {
            Poll::Ready(Ok(Some(bytes))) => {
                self.size += bytes.len();
                if self.size <= LARGEST {
                    self.seen.extend_from_slice(bytes);
                }
            }
            Poll::Ready(Ok(None)) => self.write(),
            Poll::Ready(Err(_)) | Poll::Pending => {}
        }
        polled
    }
}

impl Recorded {
    fn write(&mut self) {
        if let Some(mut line) = self.line.take() {
            line.insert("response_body".to_owned(), body(&self.seen, self.size));
            let mut text = Value::Object(line).to_string();
            text.push('\n');
            let _ = lock(&self.out).write_all(text.as_bytes());
        }
    }
}

fn request_line(request: &HttpRequest) -> Map<String, Value> {
    let after_scheme = request.url.split_once("://").map_or("", |(_, rest)| rest);
    let target = after_scheme.find(['/', '?']).and_then(|at| after_scheme.get(at..));
    let target = target.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = if is_secret_name(name) { REDACTED } else { value };
        Value::from(vec![decoded(name), decoded(value)])
    });
    let mut line = Map::new();
    line.insert("method".to_owned(), request.method.as_str().into());
    line.insert("path".to_owned(), if path.is_empty() { "/" } else { path }.into());
    line.insert("query".to_owned(), pairs.collect());
    line.insert("request_body".to_owned(), body(&request.body, request.body.len()));
    line
}

fn headers(headers: &HeaderMap) -> Value {
    let text = |(name, value): (&HeaderName, &HeaderValue)| {
        let hidden = value.is_sensitive() || is_secret_name(name.as_str());
        let value =
            if hidden { REDACTED.into() } else { String::from_utf8_lossy(value.as_bytes()) };
        (name.as_str().to_owned(), Value::from(value))
    };
    Value::Object(headers.iter().map(text).collect())
}

fn body(seen: &[u8], size: usize) -> Value {
    if size == 0 {
        return Value::Null;
    }
    let json = if size == seen.len() { serde_json::from_slice(seen).ok() } else { None };
    json.map_or_else(|| format!("{size} bytes").into(), redacted)
}

/// JSON with texts and numbers under credential-like keys hidden, however deep.
fn redacted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let hide = |(key, value): (String, Value)| {
                let value = if is_secret_name(&key) { hidden(value) } else { redacted(value) };
                (key, value)
            };
            Value::Object(object.into_iter().map(hide).collect())
        }
        Value::Array(values) => values.into_iter().map(redacted).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn hidden(value: Value) -> Value {
    match value {
        Value::String(_) => REDACTED.into(),
        Value::Number(_) => 0.into(),
        Value::Array(values) => values.into_iter().map(hidden).collect(),
        Value::Object(object) => {
            Value::Object(object.into_iter().map(|(key, value)| (key, hidden(value))).collect())
        }
        Value::Null | Value::Bool(_) => value,
    }
}

/// Percent-decoded; what is no UTF-8 is replaced.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
