//! What a call was given, before it is a request.

use super::client::Client;
use super::credential::CredentialValue;
use super::dynamic::{DynamicVariables, join};
use super::encode::{decoded, query_name};
use super::error::Error;
use super::operation::{Operation, Template};
use super::retry::RetryPolicy;
use super::sent::{RawTarget, Sent};
use super::spec::Part;
use super::upload::Upload;
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a call was given.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) path: Vec<(&'static str, String)>,
    /// Values of query slots.
    pub(super) query: Vec<(usize, String)>,
    pub(super) more_query: Vec<(String, String)>,
    /// Values of header slots.
    pub(super) headers: Vec<(usize, String)>,
    pub(super) more_headers: Vec<(String, String)>,
    /// Query slots whose default is not sent.
    pub(super) without_query: Vec<usize>,
    /// Names of headers whose default is not sent.
    pub(super) without_headers: Vec<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Bytes,
    pub(super) upload: Option<Upload>,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) idempotent: bool,
    pub(super) without_auth: bool,
    /// A credential instead of the client's.
    pub(super) auth: Option<CredentialValue>,
    /// A method and a path instead of the operation's.
    pub(super) raw: Option<Arc<RawTarget>>,
    /// What makes the call one that cannot be sent.
    pub(super) wrong: Option<String>,
}

impl Prepared {
    pub(super) const fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: Vec::new(),
            query: Vec::new(),
            more_query: Vec::new(),
            headers: Vec::new(),
            more_headers: Vec::new(),
            without_query: Vec::new(),
            without_headers: Vec::new(),
            content_type: None,
            body: Bytes::new(),
            upload: None,
            timeout: None,
            retry: None,
            idempotent: false,
            without_auth: false,
            auth: None,
            raw: None,
            wrong: None,
        }
    }

    /// The method it is sent with.
    pub(super) fn method(&self) -> &str {
        self.raw.as_ref().map_or(self.operation.method, |raw| &raw.method)
    }

    /// The path with its holes.
    pub(super) fn path_template(&self) -> &str {
        self.raw.as_ref().map_or(self.operation.path, |raw| &raw.path)
    }

    /// Which call a response or an error is of.
    pub(super) fn sent(&self, attempts: u32, elapsed: Duration) -> Sent {
        Sent { operation: self.operation, raw: self.raw.clone(), attempts, elapsed }
    }

    /// Forgets the values of a query parameter, and its default.
    pub(super) fn withdraw_query(&mut self, client: &Client, name: &str) {
        let own = |text| resolved(client, text, query_name).is_some_and(|it| decoded(&it) == name);
        let slots = self.operation.query.iter().enumerate();
        let slots: Vec<usize> =
            slots.filter(|(_, slot)| own(slot.name)).map(|(at, _)| at).collect();
        self.query.retain(|(at, _)| !slots.contains(at));
        self.more_query.retain(|(known, _)| known != name);
        self.without_query.extend(slots);
    }

    /// Forgets the values of a header, and its default.
    pub(super) fn withdraw_header(&mut self, client: &Client, name: &str) {
        let slots = self.operation.headers;
        let own = |at: usize| {
            let text = slots.get(at).and_then(|slot| resolved(client, slot.name, str::to_owned));
            text.is_some_and(|it| it.eq_ignore_ascii_case(name))
        };
        self.headers.retain(|(at, _)| !own(*at));
        self.more_headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.without_headers.push(name.to_owned());
    }

    /// Whether the default of a header is not sent.
    pub(super) fn withholds_header(&self, name: &str) -> bool {
        self.without_headers.iter().any(|other| other.eq_ignore_ascii_case(name))
    }

    /// Whether its body can be read once only, so that it is never sent again.
    pub(super) fn is_sent_once(&self) -> bool {
        self.upload.as_ref().is_some_and(|upload| !upload.is_repeatable())
    }

    /// Keeps the first thing that is wrong with the call.
    pub(super) fn refuse(&mut self, error: &dyn fmt::Display) {
        self.wrong.get_or_insert_with(|| error.to_string());
    }
}

/// A name with the client's values; `None` where one is missing.
fn resolved(client: &Client, text: Template, encode: fn(&str) -> String) -> Option<String> {
    let inner = &client.inner;
    let mut values = DynamicVariables::new(inner.clock.today()).values();
    let joined = text.join(&mut values, |name| inner.variable(name), encode);
    joined.ok().map(Cow::into_owned)
}

/// Gives the fields that `names` describes the names that the client's values make of them.
pub(super) fn rename<'k>(
    client: &Client,
    names: &[(&str, &[Part])],
    fields: impl Iterator<Item = &'k mut String>,
) -> Result<(), Error> {
    let inner = &client.inner;
    let mut values = DynamicVariables::new(inner.clock.today()).values();
    for field in fields {
        if let Some((_, name)) = names.iter().find(|(key, _)| key == field) {
            *field =
                join(&mut values, name, |name| inner.variable(name), str::to_owned)?.into_owned();
        }
    }
    Ok(())
}
