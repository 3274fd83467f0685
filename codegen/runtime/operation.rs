//! What the emitted code says of one operation: a constant of a few rows.

use super::spec::Part;

/// An operation of the API: its name, method and path.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// How a person calls it (`users.get`).
    pub name: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path, percent-encoded, with `{name}` for each hole; empty where the base URL says it all.
    pub path: &'static str,
    /// Index into the API's servers.
    pub(super) server: usize,
    /// Index into the API's credentials.
    pub(super) auth: Option<usize>,
    /// Query slots in order; a name that repeats stands several times.
    pub(super) query: &'static [QuerySlot],
    /// Header slots in order.
    pub(super) headers: &'static [HeaderSlot],
    /// The body's `Content-Type`.
    pub(super) content_type: Option<&'static str>,
}

impl Operation {
    /// An operation of the first server, without a credential, parameters, or a body.
    pub(crate) const fn new(name: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            server: 0,
            auth: None,
            query: &[],
            headers: &[],
            content_type: None,
        }
    }

    /// Sent to the server at this index.
    pub(crate) const fn server(self, server: usize) -> Self {
        Self { server, ..self }
    }

    /// Sent with the credential at this index.
    pub(crate) const fn auth(self, auth: usize) -> Self {
        Self { auth: Some(auth), ..self }
    }

    /// The query, slot by slot.
    pub(crate) const fn query(self, query: &'static [QuerySlot]) -> Self {
        Self { query, ..self }
    }

    /// The headers, slot by slot.
    pub(crate) const fn headers(self, headers: &'static [HeaderSlot]) -> Self {
        Self { headers, ..self }
    }

    /// The media type of the body.
    pub(crate) const fn content_type(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    /// The body is JSON.
    pub(crate) const fn json(self) -> Self {
        self.content_type("application/json")
    }
}

/// A text: as it is, or of parts that are joined for each call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// A text as it is.
    Plain(&'static str),
    /// Parts in order.
    Parts(&'static [Part]),
}

impl Template {
    /// The text as it is; of parts nothing is known.
    pub(super) const fn plain(&self) -> &'static str {
        match self {
            Self::Plain(text) => text,
            Self::Parts(_) => "",
        }
    }
}

/// A place in the query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QuerySlot {
    /// Name, percent-encoded.
    pub(super) name: Template,
    /// What is sent unless the caller gives a value.
    pub(super) default: QueryDefault,
}

/// What stands at a place in the query unless the caller gives a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QueryDefault {
    /// Nothing.
    Absent,
    /// The name without a value.
    NameAlone,
    /// A value, percent-encoded.
    Value(Template),
    /// The client's key, which no caller gives.
    Key,
}

impl QuerySlot {
    /// Where the client's key goes.
    pub(crate) const KEY: Self = Self { name: Template::Plain(""), default: QueryDefault::Key };

    /// A parameter that is sent where the caller gives a value.
    pub(crate) const fn plain(name: &'static str) -> Self {
        Self { name: Template::Plain(name), default: QueryDefault::Absent }
    }

    /// The same with parts for a name.
    pub(crate) const fn parts(name: &'static [Part]) -> Self {
        Self { name: Template::Parts(name), default: QueryDefault::Absent }
    }

    /// Sends its name alone unless the caller gives a value.
    pub(crate) const fn name_alone(self) -> Self {
        Self { default: QueryDefault::NameAlone, ..self }
    }

    /// Sends this unless the caller gives a value.
    pub(crate) const fn or(self, default: &'static str) -> Self {
        Self { default: QueryDefault::Value(Template::Plain(default)), ..self }
    }

    /// The same with parts for a value.
    pub(crate) const fn or_parts(self, default: &'static [Part]) -> Self {
        Self { default: QueryDefault::Value(Template::Parts(default)), ..self }
    }
}

/// A place among the headers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeaderSlot {
    /// Name.
    pub(super) name: Template,
    /// Value sent unless the caller gives one.
    pub(super) default: Option<Template>,
}

impl HeaderSlot {
    /// A header that is sent where the caller gives a value.
    pub(crate) const fn plain(name: &'static str) -> Self {
        Self { name: Template::Plain(name), default: None }
    }

    /// The same with parts for a name.
    pub(crate) const fn parts(name: &'static [Part]) -> Self {
        Self { name: Template::Parts(name), default: None }
    }

    /// Sends this unless the caller gives a value.
    pub(crate) const fn or(self, default: &'static str) -> Self {
        Self { default: Some(Template::Plain(default)), ..self }
    }

    /// The same with parts for a value.
    pub(crate) const fn or_parts(self, default: &'static [Part]) -> Self {
        Self { default: Some(Template::Parts(default)), ..self }
    }
}
