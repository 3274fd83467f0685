//! Records exchanges as JSON lines, without credentials, for learning from traffic and for tests.
//!
//! Keys of a line: `operation`, `method`, `path`, `query` (pairs), `status`, `request_body`, `response_headers`, `response_body`. JSON is recorded as JSON; other bodies by their size only, which stands in `response_size` too. `recording` reads what is written here.

use super::body_secrets::{body_secrets, without};
use super::lock::lock;
use super::secret::{REDACTED, is_secret_name};
use super::target::{Target, without_credentials};
use super::transport::{
    BoxFuture, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use serde_json::{Map, Value};
use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Bodies beyond this are recorded by their size only.
const LARGEST: usize = 4 << 20;

/// A transport around another one that writes a line for each response: what `cargo xtask learn` of the generator reads, and what [`Replay::from_file`](super::test_util::Replay::from_file) answers with.
///
/// What credentials are called is hidden wherever it stands, in URLs within headers and bodies as well; a base URL's path is written as it is. Names that only your API uses for them are given to [`Recorder::hide`].
///
/// ```text
/// let transport = ReqwestTransport::new(Duration::from_secs(3))?;
/// let recorder = Recorder::new(transport, File::create("tests/exchanges.jsonl")?);
/// let client = Client::builder().token(token).transport(recorder).build()?;
/// ```
pub struct Recorder<T> {
    inner: T,
    out: Out,
    names: Names,
}

type Out = Arc<Mutex<dyn Write + Send>>;

/// What is hidden.
#[derive(Clone, Default)]
struct Names {
    /// Further names of credentials.
    more: Arc<[String]>,
    /// Credentials of the request, which the response may repeat under any name.
    sent: Vec<String>,
}

impl Names {
    fn hold(&self, name: &str) -> bool {
        is_secret_name(name) || self.more.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    fn shown(&self, text: &str) -> String {
        let text = without_credentials(text, &|name| self.hold(name));
        without(text, self.sent.clone(), REDACTED)
    }

    /// Those of one request besides.
    fn with_sent(mut self, request: &HttpRequest) -> Self {
        let mut sent = Target::secrets(request, &|name| self.hold(name));
        sent.extend(body_secrets(&request.body, &|name| self.hold(name)));
        for (name, value) in &request.headers {
            let text = value.to_str().unwrap_or_default();
            if value.is_sensitive() || self.hold(name.as_str()) {
                // Behind the scheme, if there is one, and as it is.
                sent.extend(text.rsplit(' ').next().map(str::to_owned));
                sent.push(text.to_owned());
            }
        }
        self.sent = sent;
        self
    }
}

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}

impl<T: Transport> Recorder<T> {
    /// Records what goes through `inner` into `out`. A line that cannot be written is left out.
    pub fn new(inner: T, out: impl Write + Send + 'static) -> Self {
        Self { inner, out: Arc::new(Mutex::new(out)), names: Names::default() }
    }

    /// Hides the values of these keys, parameters, path arguments and headers, too.
    #[must_use]
    pub fn hide(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let known = self.names.more.iter().cloned();
        self.names.more = known.chain(names.into_iter().map(Into::into)).collect();
        self
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let names = self.names.clone().with_sent(&request);
        let mut line = request_line(&request, &names);
        let out = Arc::clone(&self.out);
        Box::pin(async move {
            let mut response = self.inner.send(request).await?;
            line.insert("status".to_owned(), response.status.as_u16().into());
            line.insert("response_headers".to_owned(), headers(&response.headers, &names));
            let (seen, size) = (BytesMut::new(), 0);
            let inner = std::mem::replace(&mut response.body, Box::new(None::<Bytes>));
            response.body = Box::new(Recorded { inner, seen, size, line: Some(line), names, out });
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
    names: Names,
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
            let is_whole = self.size == self.seen.len();
            match json(&self.seen).filter(|_| is_whole) {
                Some(json) => {
                    if json.is_null() {
                        line.insert("response_size".to_owned(), self.size.into());
                    }
                    line.insert("response_body".to_owned(), redacted(json, &self.names));
                }
                None if self.size == 0 => {
                    line.insert("response_body".to_owned(), Value::Null);
                }
                None => {
                    line.insert("response_body".to_owned(), format!("{} bytes", self.size).into());
                    line.insert("response_size".to_owned(), self.size.into());
                }
            }
            let mut text = Value::Object(line).to_string();
            text.push('\n');
            let _ = lock(&self.out).write_all(text.as_bytes());
        }
    }
}

fn request_line(request: &HttpRequest, names: &Names) -> Map<String, Value> {
    let Target { operation, method, path, query, .. } =
        Target::of(request, &|name| names.hold(name));
    let mut line = Map::new();
    if let Some(operation) = operation {
        line.insert("operation".to_owned(), operation.into());
    }
    line.insert("method".to_owned(), method.into());
    line.insert("path".to_owned(), path.into());
    let pairs = query.into_iter().flatten().map(|(name, value)| Value::from(vec![name, value]));
    line.insert("query".to_owned(), pairs.collect());
    let body = match (&request.upload, json(&request.body)) {
        // Not read here: it may be long, and is read once.
        (Some(upload), _) => match upload.known_length() {
            Some(length) => format!("{length} bytes").into(),
            None => "bytes of unknown number".into(),
        },
        (None, Some(json)) => redacted(json, names),
        (None, None) if request.body.is_empty() => Value::Null,
        (None, None) => format!("{} bytes", request.body.len()).into(),
    };
    line.insert("request_body".to_owned(), body);
    line
}

/// A name that repeats has a list.
fn headers(headers: &HeaderMap, names: &Names) -> Value {
    let shown = headers.keys().map(|name| {
        let values = headers.get_all(name).iter().map(|value| {
            let is_hidden = value.is_sensitive() || names.hold(name.as_str());
            let text = String::from_utf8_lossy(value.as_bytes());
            Value::from(if is_hidden { REDACTED.to_owned() } else { names.shown(&text) })
        });
        let mut values: Vec<Value> = values.collect();
        let value = if values.len() == 1 { values.pop() } else { None };
        (name.as_str().to_owned(), value.unwrap_or(Value::Array(values)))
    });
    Value::Object(shown.collect())
}

fn json(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes).ok()
}

/// JSON with texts and numbers under credential-like keys hidden, however deep.
fn redacted(value: Value, names: &Names) -> Value {
    match value {
        Value::Object(object) => {
            let hide = |(key, value): (String, Value)| {
                let value = if names.hold(&key) { hidden(value) } else { redacted(value, names) };
                (key, value)
            };
            Value::Object(object.into_iter().map(hide).collect())
        }
        Value::Array(values) => values.into_iter().map(|value| redacted(value, names)).collect(),
        Value::String(text) => names.shown(&text).into(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
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
