//! Responses that are kept, and asked for again by their validators (RFC 9111, RFC 9110 §13): what has not changed is not sent again.
//!
//! Each GET still asks the service, so nothing is ever stale; only bodies are saved.

use super::lock::lock;
use super::transport::{
    BoxFuture, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};
use bytes::{Bytes, BytesMut};
use http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
    PROXY_AUTHENTICATE, RANGE, TRANSFER_ENCODING, UPGRADE, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// How much is kept unless said otherwise.
const CAPACITY: usize = 16 << 20;
/// What an entry takes beside its texts.
const OVERHEAD: usize = 256;
/// A caller who sends one of these asks for something of their own.
const CONDITIONS: [HeaderName; 6] =
    [IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE];
/// What a 304 does not say of the response that is kept (RFC 9111 §3.1, §3.2).
const NOT_MERGED: [HeaderName; 8] = [
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    PROXY_AUTHENTICATE,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// A transport around another one that keeps responses to GET which have an `ETag` or a `Last-Modified`, in memory, and asks the service whether they still hold: where it answers 304, the call gets the kept body with the fresh headers, as a 200.
///
/// No response is given to a request with other headers than the one it came to, those of credentials above all; only what traces and names a request may differ, unless `Vary` names it. `no-store` is respected on both sides. `private` is kept, since a kept response never leaves its credential. Clones share what is kept. With schemes that sign each request anew (digest, AWS) nothing is found again.
///
/// ```text
/// let transport = ResponseCache::new(ReqwestTransport::new(Duration::from_secs(3))?);
/// let client = Client::builder().token(token).transport(transport).build()?;
/// ```
pub struct ResponseCache<T> {
    inner: Arc<T>,
    kept: Shared,
}

type Shared = Arc<Mutex<Kept>>;

impl<T> Clone for ResponseCache<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), kept: Arc::clone(&self.kept) }
    }
}

impl<T> fmt::Debug for ResponseCache<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseCache").field("size", &self.size()).finish_non_exhaustive()
    }
}

impl<T: Transport> ResponseCache<T> {
    /// Keeps what goes through `inner`, at most 16 MiB.
    pub fn new(inner: T) -> Self {
        let kept = Arc::new(Mutex::new(Kept { capacity: CAPACITY, ..Kept::default() }));
        Self { inner: Arc::new(inner), kept }
    }
}

impl<T> ResponseCache<T> {
    /// How many bytes are kept at most; what was not used longest goes first. A response larger than a quarter of it is not kept.
    #[must_use]
    pub fn capacity(self, bytes: usize) -> Self {
        {
            let mut kept = lock(&self.kept);
            kept.capacity = bytes;
            kept.make_room();
        }
        self
    }

    /// How many bytes are kept.
    #[must_use]
    pub fn size(&self) -> usize {
        lock(&self.kept).size
    }

    /// Forgets everything.
    pub fn clear(&self) {
        let mut kept = lock(&self.kept);
        *kept = Kept { capacity: kept.capacity, ..Kept::default() };
    }
}

impl<T: Transport> Transport for ResponseCache<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        if !may_keep(&request) {
            return self.inner.send(request);
        }
        let known = lock(&self.kept).find(&request);
        Box::pin(async move {
            let asked = Asked::of(&request);
            let Some(known) = known else {
                return Ok(self.keeping(asked, self.inner.send(request).await?));
            };
            let fresh = self.inner.send(known.condition(request.clone())).await?;
            if fresh.status != StatusCode::NOT_MODIFIED {
                return Ok(self.keeping(asked, fresh));
            }
            if known.is_meant_by(&fresh.headers) {
                let renewed = Arc::new(known.renewed(&fresh.headers));
                let response = renewed.response();
                lock(&self.kept).put(renewed);
                return Ok(response);
            }
            // The service speaks of a response that is not the kept one (RFC 9111 §4.3.4).
            Ok(self.keeping(asked, self.inner.send(request).await?))
        })
    }
}

impl<T> ResponseCache<T> {
    /// The response, whose body is kept once it was read to its end, if it may be.
    fn keeping(&self, asked: Asked, mut response: HttpResponse) -> HttpResponse {
        let Some(entry) = asked.kept_with(&response) else {
            return response;
        };
        let inner = std::mem::replace(&mut response.body, Box::new(None::<Bytes>));
        let (kept, seen) = (Arc::clone(&self.kept), BytesMut::new());
        let largest = lock(&self.kept).capacity / 4;
        response.body = Box::new(Read { inner, seen, largest, entry: Some(entry), kept });
        response
    }
}

/// Headers that say nothing of what is asked for, nor by whom.
const IGNORED: [&str; 7] = [
    "baggage",
    "date",
    "traceparent",
    "tracestate",
    "user-agent",
    "x-correlation-id",
    "x-request-id",
];

fn is_ignored(name: &HeaderName) -> bool {
    IGNORED.contains(&name.as_str())
}

/// Whether the request asks for what may be kept.
fn may_keep(request: &HttpRequest) -> bool {
    request.method == Method::GET
        && request.upload.is_none()
        && request.body.is_empty()
        && !CONDITIONS.iter().any(|name| request.headers.contains_key(name))
        && !says(&request.headers, "no-store")
}

/// Whether `Cache-Control` has this directive.
fn says(headers: &HeaderMap, directive: &str) -> bool {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let mut names = values.flat_map(|value| value.split(','));
    names.any(|it| it.split('=').next().unwrap_or_default().trim().eq_ignore_ascii_case(directive))
}

/// A request that a response may be kept for.
struct Asked {
    url: String,
    headers: HeaderMap,
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        Self { url: request.url.clone(), headers: request.headers.clone() }
    }

    /// What is kept of the response, before its body was read; `None` where it may not be.
    fn kept_with(self, response: &HttpResponse) -> Option<Entry> {
        let headers = &response.headers;
        let has_validator = headers.contains_key(ETAG) || headers.contains_key(LAST_MODIFIED);
        if response.status != StatusCode::OK || !has_validator || says(headers, "no-store") {
            return None;
        }
        let own = self.headers.keys().filter(|name| !is_ignored(name));
        let mut names: Vec<HeaderName> = own.cloned().collect();
        for value in headers.get_all(VARY) {
            for name in value.to_str().ok()?.split(',') {
                // `*` is no name: no other request is like this one.
                names.push(HeaderName::try_from(name.trim()).ok().filter(|it| it != "*")?);
            }
        }
        let selecting = names.into_iter().map(|name| {
            let values = self.headers.get_all(&name).iter().cloned().collect();
            (name, values)
        });
        let (selecting, headers) = (selecting.collect(), headers.clone());
        Some(Entry { url: self.url, selecting, headers, body: Bytes::new() })
    }
}

/// A response, and what it was asked for with.
#[derive(Clone)]
struct Entry {
    url: String,
    /// Headers of the request that chose this response, and what `Vary` names.
    selecting: Vec<(HeaderName, Vec<HeaderValue>)>,
    headers: HeaderMap,
    body: Bytes,
}

impl Entry {
    /// Whether the response is the one for these headers of a request to its URL.
    fn fits(&self, headers: &HeaderMap) -> bool {
        let is_same = |(name, values): &(HeaderName, Vec<HeaderValue>)| {
            headers.get_all(name).iter().eq(values.iter())
        };
        // A header that was not sent before may be a credential, too.
        let is_known = |name| self.selecting.iter().any(|(known, _)| known == name);
        let mut others = headers.keys().filter(|name| !is_ignored(name));
        self.selecting.iter().all(is_same) && others.all(is_known)
    }

    /// The request, on the condition that something changed.
    fn condition(&self, mut request: HttpRequest) -> HttpRequest {
        for (own, name) in [(ETAG, IF_NONE_MATCH), (LAST_MODIFIED, IF_MODIFIED_SINCE)] {
            if let Some(value) = self.headers.get(own) {
                request.headers.insert(name, value.clone());
            }
        }
        request
    }

    /// Whether a 304 with these headers is about this response.
    fn is_meant_by(&self, fresh: &HeaderMap) -> bool {
        let weak = |value: &HeaderValue| {
            let bytes = value.as_bytes();
            bytes.strip_prefix(b"W/").unwrap_or(bytes).to_vec()
        };
        match (self.headers.get(ETAG), fresh.get(ETAG)) {
            (Some(own), Some(fresh)) => weak(own) == weak(fresh),
            (Some(_) | None, None) | (None, Some(_)) => true,
        }
    }

    /// With the headers of a 304 in place of its own (RFC 9111 §3.2).
    fn renewed(&self, fresh: &HeaderMap) -> Self {
        let mut renewed = self.clone();
        for name in fresh.keys().filter(|name| !NOT_MERGED.contains(name)) {
            renewed.headers.remove(name);
            for value in fresh.get_all(name) {
                renewed.headers.append(name, value.clone());
            }
        }
        renewed
    }

    fn response(&self) -> HttpResponse {
        let body = Some(self.body.clone()).filter(|body| !body.is_empty());
        let (status, headers) = (StatusCode::OK, self.headers.clone());
        HttpResponse { status, headers, body: Box::new(body) }
    }

    fn size(&self) -> usize {
        let text = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len();
        let selecting = self.selecting.iter().flat_map(|(name, values)| {
            values.iter().map(move |value| name.as_str().len() + value.len())
        });
        let headers: usize = self.headers.iter().map(text).chain(selecting).sum();
        OVERHEAD + self.url.len() + headers + self.body.len()
    }
}

/// What is kept, in the order it was used.
#[derive(Default)]
struct Kept {
    capacity: usize,
    size: usize,
    uses: u64,
    entries: BTreeMap<u64, Arc<Entry>>,
    by_url: HashMap<String, Vec<u64>>,
}

impl Kept {
    fn find(&mut self, request: &HttpRequest) -> Option<Arc<Entry>> {
        let at = self.at(&request.url, &request.headers)?;
        self.entries.get(&at).cloned()
    }

    fn at(&self, url: &str, headers: &HeaderMap) -> Option<u64> {
        let mut uses = self.by_url.get(url)?.iter();
        uses.find(|at| self.entries.get(at).is_some_and(|it| it.fits(headers))).copied()
    }

    /// Keeps `entry` in place of what it was asked for with before.
    fn put(&mut self, entry: Arc<Entry>) {
        let mut headers = HeaderMap::new();
        for (name, values) in &entry.selecting {
            for value in values {
                headers.append(name, value.clone());
            }
        }
        if let Some(at) = self.at(&entry.url, &headers) {
            self.remove(at);
        }
        self.uses += 1;
        self.size += entry.size();
        self.by_url.entry(entry.url.clone()).or_default().push(self.uses);
        self.entries.insert(self.uses, entry);
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.size > self.capacity {
            match self.entries.keys().next().copied() {
                Some(at) => self.remove(at),
                None => return,
            }
        }
    }

    fn remove(&mut self, at: u64) {
        let Some(entry) = self.entries.remove(&at) else { return };
        self.size = self.size.saturating_sub(entry.size());
        if let Some(uses) = self.by_url.get_mut(&entry.url) {
            uses.retain(|known| *known != at);
            if uses.is_empty() {
                self.by_url.remove(&entry.url);
            }
        }
    }
}

/// A body that is kept while it is read; one that is not read to its end is not.
struct Read {
    inner: Box<dyn ResponseBody>,
    seen: BytesMut,
    largest: usize,
    entry: Option<Entry>,
    kept: Shared,
}

impl ResponseBody for Read {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        let polled = self.inner.poll_chunk(context);
        match &polled {
            Poll::Ready(Ok(Some(bytes))) if self.seen.len() + bytes.len() > self.largest => {
                (self.entry, self.seen) = (None, BytesMut::new());
            }
            Poll::Ready(Ok(Some(bytes))) if self.entry.is_some() => {
                self.seen.extend_from_slice(bytes);
            }
            Poll::Ready(Ok(None)) => {
                if let Some(entry) = self.entry.take() {
                    let body = std::mem::take(&mut self.seen).freeze();
                    lock(&self.kept).put(Arc::new(Entry { body, ..entry }));
                }
            }
            Poll::Ready(Ok(Some(_)) | Err(_)) | Poll::Pending => {}
        }
        polled
    }
}
