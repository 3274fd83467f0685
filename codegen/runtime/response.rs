//! What a call gives: the typed response beside its status and headers.

use super::error::Error;
use super::fit;
use super::node::{Decoded, Node, Scalar, View, drift};
use super::nodes::set;
use super::sent::{Sent, request_id};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A successful response as it came, read whole.
#[derive(Clone)]
pub struct RawResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Bytes,
    /// The call it came from.
    pub(super) sent: Option<Sent>,
}

/// Headers and body may hold what nobody should read.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, body, .. } = self;
        write!(f, "RawResponse({status}; {} bytes of body)", body.len())
    }
}

impl RawResponse {
    /// The response with its body read as a `T`.
    pub(super) fn read<T: FromResponse>(self) -> Result<Response<T>, Error> {
        match T::from_body(self.body.clone()) {
            Ok(value) => {
                let Self { status, headers, sent, .. } = self;
                Ok(Response { status, headers, sent, value })
            }
            Err(error) => Err(self.about(error)),
        }
    }

    /// An error about this response.
    pub(super) fn about(&self, mut error: Error) -> Error {
        if let Some(sent) = &self.sent {
            error.call_mut().of(sent);
        }
        error.call_mut().answered(&self.headers);
        error
    }

    /// How many requests were sent for it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.sent.as_ref().map_or(1, |sent| sent.attempts)
    }

    /// What the service calls the request in its logs, by the headers that usually say so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// A successful response; dereferences to its value.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    sent: Option<Sent>,
    value: T,
}

/// Headers may hold what nobody should read.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown.field("status", &self.status).field("value", &self.value).finish_non_exhaustive()
    }
}

impl<T> Response<T> {
    /// A response of this value, for tests: 200, without headers.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), sent: None, value }
    }

    /// The same with another status and other headers, for tests.
    #[must_use]
    pub fn with(self, status: StatusCode, headers: HeaderMap) -> Self {
        Self { status, headers, ..self }
    }

    /// How many requests were sent for it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.sent.as_ref().map_or(1, |sent| sent.attempts)
    }

    /// What the service calls the request in its logs, by the headers that usually say so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: Node> Response<T> {
    /// Where in the response this crate knows no typed place: paths of unknown keys, and of values that do not fit their field.
    #[must_use]
    pub fn drift(&self) -> Vec<String> {
        let mut paths = Vec::new();
        drift(&self.value, "", &mut paths);
        paths
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// What a response can be read as.
pub trait FromResponse: Sized + Send + 'static {
    /// Reads the body of a success; an empty body is never parsed.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] where the body is something else.
    fn from_body(body: Bytes) -> Result<Self, Error>;
}

impl<T: Node + Send> FromResponse for T {
    fn from_body(body: Bytes) -> Result<Self, Error> {
        if body.is_empty() {
            return nothing().ok_or_else(|| decode(EMPTY, body));
        }
        let mut reader = serde_json::Deserializer::from_slice(without_mark(&body));
        let read = fit::read::<T, _>(&mut reader);
        match read.and_then(|value| reader.end().map(|()| value)) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(misfit)) => {
                let kind = match misfit {
                    Value::Null => "null",
                    Value::Bool(_) => "a boolean",
                    Value::Number(_) => "a number",
                    Value::String(_) => "text",
                    Value::Array(_) => "an array",
                    Value::Object(_) => "an object",
                };
                let message = fit::reason(&mut T::blank(), &misfit);
                let otherwise = || format!("{kind} is not what this operation is answered with");
                Err(decode(&message.unwrap_or_else(otherwise), body))
            }
            Err(error) => Err(decode(&error.to_string(), body)),
        }
    }
}

const EMPTY: &str = "the body is empty";

/// A byte order mark may be ignored (RFC 8259 §8.1).
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// The value of a success without a body: the call is done, so nothing is made of nothing wherever the type allows.
fn nothing<T: Node>() -> Option<T> {
    let mut value = T::blank();
    let may_be_blank = value.take(Scalar::Null).is_ok() || is_complete(&value);
    may_be_blank.then_some(value)
}

/// Whether a blank value has all it must have.
fn is_complete(node: &dyn Node) -> bool {
    match node.view() {
        View::Scalar(_) => false,
        View::Free(_) | View::Other(_) | View::List(_) | View::Entries(_) => true,
        View::Object => {
            let mut is_complete = false;
            node.slots(&mut |_, slots, _| is_complete = !slots.iter().any(|it| it.is_required()));
            is_complete
        }
    }
}

impl FromResponse for () {
    fn from_body(_: Bytes) -> Result<Self, Error> {
        Ok(())
    }
}

impl FromResponse for Bytes {
    fn from_body(body: Bytes) -> Result<Self, Error> {
        Ok(body)
    }
}

/// A JSON response as a type of your own: `send_as::<Serde<Report>>()`, where `Report` derives serde's `Deserialize`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Serde<T>(pub T);

impl<T: DeserializeOwned + Send + 'static> FromResponse for Serde<T> {
    fn from_body(body: Bytes) -> Result<Self, Error> {
        if body.is_empty() {
            return Err(decode(EMPTY, body));
        }
        let read = serde_json::from_slice(without_mark(&body));
        read.map(Self).map_err(|error| decode(&without_value(&error.to_string()), body))
    }
}

/// What serde says of JSON that is of another type, without the value that it met.
fn without_value(text: &str) -> String {
    for what in ["invalid type", "invalid value", "invalid length", "unknown variant"] {
        let met = text.strip_prefix(what).and_then(|rest| rest.rsplit_once(", expected "));
        if let Some((_, expected)) = met {
            return format!("{what}, expected {expected}");
        }
    }
    text.to_owned()
}

/// A response of plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl FromResponse for Text {
    fn from_body(body: Bytes) -> Result<Self, Error> {
        match std::str::from_utf8(&body) {
            Ok(text) => Ok(Self(text.to_owned())),
            Err(error) => Err(decode(&error.to_string(), body.clone())),
        }
    }
}

/// A response whose shape is not known: any JSON; `null` where there is no body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json(pub Value);

impl Deref for Json {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl Node for Json {
    fn blank() -> Self {
        Self::default()
    }

    fn view(&self) -> View<'_> {
        View::Free(&self.0)
    }

    fn take_value(&mut self, value: Value) -> Decoded {
        set(&mut self.0, value)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("Json", &self.0)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

pub(super) fn decode(message: &str, body: Bytes) -> Error {
    Error::decode(message, body)
}
