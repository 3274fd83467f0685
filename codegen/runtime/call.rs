//! One call of one operation, put together and sent.

use super::answer::{Answer, RawResponse, Response};
use super::client::Client;
use super::error::Error;
use super::form::FormBody;
use super::generated::{Moment, join};
use super::multipart::MultipartBody;
use super::read::Sink;
use super::retry::RetryPolicy;
use super::secret::Secret;
use super::send;
use super::spec::{Operation, OperationSpec, Part};
use super::upload::Upload;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;
use tokio::io::AsyncWrite;

/// A call of the operation `O`, to be sent with [`Call::send`].
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'a, O> {
    client: &'a Client,
    prepared: Prepared,
    operation: PhantomData<fn() -> O>,
}

/// What a call was given.
pub(super) struct Prepared {
    pub(super) spec: &'static OperationSpec,
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: Vec<(usize, String)>,
    pub(super) more_query: Vec<(String, String)>,
    pub(super) headers: Vec<(usize, String)>,
    pub(super) more_headers: Vec<(String, String)>,
    pub(super) content_type: Option<String>,
    pub(super) body: Bytes,
    pub(super) upload: Option<Upload>,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) idempotent: bool,
    pub(super) without_auth: bool,
    pub(super) wrong: Option<Error>,
}

impl Prepared {
    /// The same call once more; what was wrong with the first is not wrong again.
    pub(super) fn again(&self) -> Self {
        Self {
            spec: self.spec,
            path: self.path.clone(),
            query: self.query.clone(),
            more_query: self.more_query.clone(),
            headers: self.headers.clone(),
            more_headers: self.more_headers.clone(),
            content_type: self.content_type.clone(),
            body: self.body.clone(),
            upload: self.upload.clone(),
            timeout: self.timeout,
            retry: self.retry,
            idempotent: self.idempotent,
            without_auth: self.without_auth,
            wrong: None,
        }
    }
}

impl<O> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.prepared.spec.name).finish_non_exhaustive()
    }
}

impl<'a, O: Operation> Call<'a, O> {
    #[doc(hidden)]
    pub fn new(client: &'a Client) -> Self {
        let prepared = Prepared {
            spec: const { &O::SPEC },
            path: Vec::new(),
            query: Vec::new(),
            more_query: Vec::new(),
            headers: Vec::new(),
            more_headers: Vec::new(),
            content_type: None,
            body: Bytes::new(),
            upload: None,
            timeout: None,
            retry: None,
            idempotent: false,
            without_auth: false,
            wrong: None,
        };
        Self { client, prepared, operation: PhantomData }
    }

    /// Sends the call and reads the answer. Any 2xx is a success.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send(self) -> Result<Response<O::Answer>, Error> {
        read(self.send_raw().await?)
    }

    /// Sends the call and reads the answer as a `T`.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send_as<T: Answer>(self) -> Result<Response<T>, Error> {
        read(self.send_raw().await?)
    }

    /// Sends the call and gives the answer as it came.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        send::send(self.client, self.prepared, None).await
    }

    /// Sends the call and writes the body of a success into `writer` as it comes, at most `limit` bytes.
    ///
    /// What was written stays written where the answer breaks off; only the call's total time bounds the body. The body given back is empty.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send_to(
        self,
        writer: &mut (impl AsyncWrite + Send + Unpin),
        limit: usize,
    ) -> Result<RawResponse, Error> {
        send::send(self.client, self.prepared, Some(Sink { writer, limit })).await
    }

    /// What was put together, apart from the borrow of the client.
    pub(super) fn into_parts(self) -> (Client, Prepared) {
        (self.client.clone(), self.prepared)
    }
}

fn read<T: Answer>(raw: RawResponse) -> Result<Response<T>, Error> {
    Ok(Response::new(raw.status, raw.headers, T::read(raw.body)?))
}

impl<O> Call<'_, O> {
    /// Adds a query parameter that this crate does not know.
    pub fn query(mut self, name: impl Into<String>, value: impl ParameterValue) -> Self {
        self.prepared.more_query.push((name.into(), value.to_parameter()));
        self
    }

    /// Sets a header, in place of one the call would send itself.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.prepared.more_headers.push((name.into(), value.into()));
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

    /// Sends what a reader gives instead of the operation's own body. Such a call is never retried.
    pub fn upload(mut self, upload: Upload) -> Self {
        self.prepared.upload = Some(upload);
        self
    }

    #[doc(hidden)]
    pub fn path(mut self, name: &'static str, value: &str) -> Self {
        self.prepared.path.push((name, value.to_owned()));
        self
    }

    #[doc(hidden)]
    pub fn set_query(mut self, slot: usize, value: impl ParameterValue) -> Self {
        self.prepared.query.push((slot, value.to_parameter()));
        self
    }

    #[doc(hidden)]
    pub fn set_header(mut self, slot: usize, value: impl ParameterValue) -> Self {
        self.prepared.headers.push((slot, value.to_parameter()));
        self
    }

    #[doc(hidden)]
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.prepared.body = bytes.into(),
            Err(error) => self.refuse(&error),
        }
        self
    }

    #[doc(hidden)]
    pub fn graphql(
        mut self,
        query: &[Part],
        operation: Option<&str>,
        variables: Option<serde_json::Result<Value>>,
    ) -> Self {
        let mut body = serde_json::Map::new();
        if !query.is_empty() {
            let inner = &self.client.inner;
            let mut values = Moment::new(inner.clock.today()).values();
            match join(&mut values, query, |name| inner.variable(name), str::to_owned) {
                Ok(query) => body.insert("query".to_owned(), query.into()),
                Err(error) => {
                    self.prepared.wrong = Some(error);
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

    #[doc(hidden)]
    pub fn text(self, body: impl Into<String>) -> Self {
        self.bytes(body.into())
    }

    #[doc(hidden)]
    pub fn bytes(mut self, body: impl Into<Bytes>) -> Self {
        self.prepared.body = body.into();
        self
    }

    #[doc(hidden)]
    pub fn form(self, body: &impl FormBody) -> Self {
        self.text(super::form::encode(&body.fields()))
    }

    #[doc(hidden)]
    pub fn form_named(mut self, body: &impl FormBody, names: &[(&str, &[Part])]) -> Self {
        let mut fields = body.fields();
        let renamed = rename(self.client, names, fields.iter_mut().map(|(name, _)| name));
        self.prepared.wrong = self.prepared.wrong.or(renamed.err());
        self.text(super::form::encode(&fields))
    }

    #[doc(hidden)]
    pub fn multipart(self, body: &impl MultipartBody) -> Self {
        self.multipart_named(body, &[])
    }

    #[doc(hidden)]
    pub fn multipart_named(mut self, body: &impl MultipartBody, names: &[(&str, &[Part])]) -> Self {
        let mut parts = body.parts();
        let renamed = rename(self.client, names, parts.iter_mut().map(|part| &mut part.name));
        self.prepared.wrong = self.prepared.wrong.or(renamed.err());
        let (content_type, bytes) = super::multipart::encode(&parts);
        self.prepared.content_type = Some(content_type);
        self.bytes(bytes)
    }

    fn refuse(&mut self, error: &dyn fmt::Display) {
        let message = format!("the body cannot be written: {error}");
        self.prepared.wrong = Some(Error::invalid(message));
    }
}

/// Gives the fields that `names` describes the names that the client's values make of them.
fn rename<'k>(
    client: &Client,
    names: &[(&str, &[Part])],
    fields: impl Iterator<Item = &'k mut String>,
) -> Result<(), Error> {
    let inner = &client.inner;
    let mut values = Moment::new(inner.clock.today()).values();
    for field in fields {
        if let Some((_, name)) = names.iter().find(|(key, _)| key == field) {
            *field =
                join(&mut values, name, |name| inner.variable(name), str::to_owned)?.into_owned();
        }
    }
    Ok(())
}

/// A value of a parameter in the query or a header.
pub trait ParameterValue {
    /// The value as text, not yet encoded.
    fn to_parameter(&self) -> String;
}

impl<T: fmt::Display> ParameterValue for T {
    fn to_parameter(&self) -> String {
        self.to_string()
    }
}

impl ParameterValue for Secret {
    fn to_parameter(&self) -> String {
        self.expose().to_owned()
    }
}
