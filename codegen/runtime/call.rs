//! One call of one operation, put together and sent.

use super::client::Client;
use super::credential::CredentialValue;
use super::dynamic::{DynamicVariables, join};
use super::error::Error;
use super::form::FormBody;
use super::given::ParameterValue;
use super::multipart::MultipartBody;
use super::operation::Operation;
use super::prepared::{Prepared, rename};
use super::read::Sink;
use super::response::{FromResponse, RawResponse};
use super::response_future::ResponseFuture;
use super::response_stream::ResponseStream;
use super::retry::RetryPolicy;
use super::send;
use super::sent::RawTarget;
use super::spec::Part;
use super::transport::BoxFuture;
use super::upload::Upload;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWrite;

/// A call of one operation, to be sent with [`Call::send`], which gives a `T`.
///
/// It owns what it needs: it can be kept, cloned, and sent from another task.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<T> {
    client: Client,
    prepared: Prepared,
    response: PhantomData<fn() -> T>,
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        let (client, prepared) = (self.client.clone(), self.prepared.clone());
        Self { client, prepared, response: PhantomData }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.prepared.operation.name;
        f.debug_struct("Call").field("operation", &operation).finish_non_exhaustive()
    }
}

impl<T: FromResponse> Call<T> {
    /// Sends the call and reads the response. Any 2xx is a success.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send(self) -> ResponseFuture<T> {
        self.send_as()
    }
}

impl<T> Call<T> {
    /// Sends the call and reads the response as a `U`.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_as<U: FromResponse>(self) -> ResponseFuture<U> {
        ResponseFuture::new(self.send_raw())
    }

    /// Sends the call and gives the response as it came.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_raw(self) -> BoxFuture<'static, Result<RawResponse, Error>> {
        send::send(self.client, self.prepared, None)
    }

    /// Sends the call and writes the body of a success into `writer` as it comes, at most `limit` bytes.
    ///
    /// What was written stays written where the response breaks off; only the call's total time bounds the body. The body given back is empty.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_to(
        self,
        writer: &mut (impl AsyncWrite + Send + Unpin),
        limit: usize,
    ) -> BoxFuture<'_, Result<RawResponse, Error>> {
        send::send(self.client, self.prepared, Some(Sink { writer, limit }))
    }

    /// Sends the call and gives a success with its body still to be read, piece by piece, at most `limit` bytes.
    ///
    /// The call's total time bounds the body as well.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_stream(self, limit: usize) -> BoxFuture<'static, Result<ResponseStream, Error>> {
        send::open(self.client, self.prepared, limit)
    }

    /// Adds a query parameter that this crate does not know.
    pub fn query(mut self, name: impl Into<String>, value: impl ParameterValue) -> Self {
        self.prepared.more_query.push((name.into(), value.to_parameter()));
        self
    }

    /// Takes out what the query has under this name so far: what was set, and what is sent unless set.
    pub fn without_query(mut self, name: impl AsRef<str>) -> Self {
        self.prepared.withdraw_query(&self.client, name.as_ref());
        self
    }

    /// Sets a header, in place of one the call would send itself.
    pub fn header(mut self, name: impl AsRef<str>, value: impl ParameterValue) -> Self {
        self.prepared.more_headers.push((name.as_ref().to_owned(), value.to_parameter()));
        self
    }

    /// Takes out what the headers have under this name so far: what was set, and what is sent unless set.
    pub fn without_header(mut self, name: impl AsRef<str>) -> Self {
        self.prepared.withdraw_header(&self.client, name.as_ref());
        self
    }

    /// The longest the call may take, instead of the client's limit.
    pub const fn timeout(mut self, total: Duration) -> Self {
        self.prepared.timeout = Some(total);
        self
    }

    /// How the call is retried, instead of the client's policy.
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.prepared.retry = Some(policy);
        self
    }

    /// Whether sending the call twice does what sending it once does: then it is retried like a GET.
    pub const fn idempotent(mut self, idempotent: bool) -> Self {
        self.prepared.idempotent = idempotent;
        self
    }

    /// Sends no credential.
    pub const fn without_auth(mut self) -> Self {
        self.prepared.without_auth = true;
        self
    }

    /// Sends this credential instead of the client's; a text is a token. The scheme is the operation's, or that of the API's first credential.
    pub fn with_auth(mut self, credential: impl Into<CredentialValue>) -> Self {
        self.prepared.auth = Some(credential.into());
        self
    }

    /// Sends this as JSON instead of the operation's own body, if it has one.
    pub fn with_json(mut self, body: &impl Serialize) -> Self {
        self.prepared.content_type = Some("application/json".to_owned());
        self.json(body)
    }

    /// Sends these bytes instead of the operation's own body, if it has one.
    pub fn with_body(mut self, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        self.prepared.content_type = Some(content_type.into());
        self.bytes(body)
    }

    /// Fills a hole of the path of [`Client::request`](super::Client::request): one segment, encoded.
    pub fn with_path(self, name: &'static str, value: impl ParameterValue) -> Self {
        self.path(name, value)
    }

    /// Sends what is read meanwhile instead of the operation's own body. The call is retried only where that can be read again ([`Upload::is_repeatable`]).
    pub fn upload(mut self, upload: Upload) -> Self {
        self.prepared.upload = Some(upload);
        self
    }

    /// What was put together.
    pub(super) fn into_parts(self) -> (Client, Prepared) {
        (self.client, self.prepared)
    }
}

/// What the emitted methods put a call together with.
impl<T> Call<T> {
    pub(crate) fn new(client: &Client, operation: &'static Operation) -> Self {
        let (client, prepared) = (client.clone(), Prepared::new(operation));
        Self { client, prepared, response: PhantomData }
    }

    /// A call of a target of the caller's, and what is wrong with it, if anything.
    pub(super) fn raw(
        client: &Client,
        operation: &'static Operation,
        target: Arc<RawTarget>,
        wrong: Option<&'static str>,
    ) -> Self {
        let mut call = Self::new(client, operation);
        call.prepared.raw = Some(target);
        call.prepared.wrong = wrong.map(str::to_owned);
        call
    }

    /// Fills a hole of the path.
    pub(crate) fn path(mut self, name: &'static str, value: impl ParameterValue) -> Self {
        self.prepared.path.push((name, value.to_parameter()));
        self
    }

    /// Gives a query slot a value, beside those it has.
    pub(crate) fn set_query(mut self, slot: usize, value: impl ParameterValue) -> Self {
        self.prepared.query.push((slot, value.to_parameter()));
        self
    }

    /// Gives a header slot a value, beside those it has.
    pub(crate) fn set_header(mut self, slot: usize, value: impl ParameterValue) -> Self {
        self.prepared.headers.push((slot, value.to_parameter()));
        self
    }

    /// A body of JSON.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => return self.bytes(bytes),
            Err(error) => self.refuse(&error),
        }
        self
    }

    /// A GraphQL query, with what it is called and its variables, if any.
    pub(crate) fn graphql(
        mut self,
        query: &[Part],
        operation: Option<&str>,
        variables: Option<serde_json::Result<Value>>,
    ) -> Self {
        let mut body = serde_json::Map::new();
        if !query.is_empty() {
            let inner = &self.client.inner;
            let mut values = DynamicVariables::new(inner.clock.today()).values();
            match join(&mut values, query, |name| inner.variable(name), str::to_owned) {
                Ok(query) => body.insert("query".to_owned(), query.into()),
                Err(error) => {
                    self.prepared.refuse(&error);
                    return self;
                }
            };
        }
        if let Some(operation) = operation {
            body.insert("operationName".to_owned(), operation.into());
        }
        match variables {
            None => {}
            Some(Ok(variables)) => drop(body.insert("variables".to_owned(), variables)),
            Some(Err(error)) => {
                self.refuse(&error);
                return self;
            }
        }
        self.json(&body)
    }

    /// A body of text.
    pub(crate) fn text(self, body: impl Into<String>) -> Self {
        self.bytes(body.into())
    }

    /// A body of bytes.
    pub(crate) fn bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.prepared.body = body.into();
        self.prepared.upload = None;
        self
    }

    /// A form; `names` says which fields have a name with the client's values in it.
    pub(crate) fn form(mut self, body: &impl FormBody, names: &[(&str, &[Part])]) -> Self {
        let mut fields = body.fields();
        let renamed = rename(&self.client, names, fields.iter_mut().map(|(name, _)| name));
        renamed.err().into_iter().for_each(|error| self.prepared.refuse(&error));
        self.text(super::form::encode(&fields))
    }

    /// A form of parts; `names` as for [`Call::form`].
    pub(crate) fn multipart(
        mut self,
        body: &impl MultipartBody,
        names: &[(&str, &[Part])],
    ) -> Self {
        let mut parts = body.parts();
        let renamed = rename(&self.client, names, parts.iter_mut().map(|part| &mut part.name));
        renamed.err().into_iter().for_each(|error| self.prepared.refuse(&error));
        let (content_type, body) = super::multipart::encode(&parts);
        self.prepared.content_type = Some(content_type);
        match body.plain() {
            Some(bytes) => self.bytes(bytes.clone()),
            None => self.upload(body),
        }
    }

    fn refuse(&mut self, error: &dyn fmt::Display) {
        self.prepared.refuse(&format!("the body cannot be written: {error}"));
    }
}
