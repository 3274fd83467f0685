//! IR 2: what the client offers, typed; pure data.
//!
//! Everything is addressed by stable keys and ordered by them. Knows neither Postman nor samples, and holds no Rust name: names are `name`'s side table.

pub mod dump;
pub mod key;
pub mod likeness;
pub mod paging;
pub mod place;
pub mod provenance;
pub mod types;

pub use key::{Endpoint, OperationKey};
pub use likeness::Likeness;
pub use paging::{PageBy, Pagination, member};
pub use place::{Caller, Family, Outcome, Place, Root, Step};
pub use provenance::{Content, Message, TypeOrigin};
pub use types::{
    Arm, Enumeration, Field, FieldState, Nullability, Presence, Struct, StructRole, TextFormat,
    Type, TypeDef, TypeId, TypeKind, Types, Union,
};

use crate::docs::Docs;
use crate::origin::Origin;
use crate::template::Template;

/// A client's whole surface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// The API's title.
    pub title: String,
    /// The API's description.
    pub docs: Docs,
    /// Values the client is configured with, ordered by name.
    pub variables: Vec<Variable>,
    /// Base URLs; the first is the one most operations use (the least text on a tie). One that the collection does not say comes last.
    pub servers: Vec<Server>,
    /// Authentication schemes, ordered by key.
    pub credentials: Vec<Credential>,
    /// Groups ordered by trail, parents before children.
    pub groups: Vec<Group>,
    /// Operations ordered by key.
    pub operations: Vec<Operation>,
    /// All types.
    pub types: Types,
}

/// A value the client is configured with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in the collection.
    pub name: String,
    /// Its default; without one it must be set.
    pub default: Option<String>,
    /// Its description.
    pub docs: Docs,
}

/// A base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// `scheme://host:port`; holes are variables of the client only. Empty for URLs without a host: the builder must be given it.
    pub base: Template,
}

/// An authentication scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Stable key: the scheme's kind and its variables (`bearer auth0_token`).
    pub key: String,
    /// How it is put into a request.
    pub scheme: Scheme,
    /// Words a person knows it by: the collection's variables, in the order of the scheme's parts.
    pub variables: Vec<String>,
}

/// How a credential is put into a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: <prefix> <token>`.
    Bearer {
        /// Usually `Bearer`; empty sends the bare token.
        prefix: String,
    },
    /// User and password, RFC 7617.
    Basic,
    /// A key in a header.
    HeaderKey {
        /// Header name.
        name: String,
    },
    /// A key in the query.
    QueryKey {
        /// Parameter name.
        name: String,
    },
    /// A token fetched from a token endpoint with client credentials, or given like a bearer token.
    OAuth2 {
        /// Usually `Bearer`.
        prefix: String,
        /// The token endpoint: absolute, or from `/` on, relative to the first server.
        token_url: Option<Template>,
        /// The audience to ask for: absolute, or from `/` on, relative to the first server.
        audience: Option<Template>,
    },
    /// RFC 7616.
    Digest,
    /// AWS Signature Version 4.
    AwsV4 {
        /// Service name.
        service: Template,
        /// Region.
        region: Template,
    },
    /// Anything else: left to a signer of the user's.
    Custom {
        /// The collection's word for it.
        kind: String,
        /// What the collection says of how it signs: names and values, none of them secret.
        said: Vec<(String, String)>,
    },
}

/// A folder: a handle of the client and a module of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Folder names from the outside in: the stable key. Folders whose names differ only in case, blanks or punctuation are one group, under the name that is spelt best; path variables are no part of it.
    pub trail: Vec<String>,
    /// Its description.
    pub docs: Docs,
    /// The group around it.
    pub parent: Option<GroupId>,
}

/// Index into [`Api::groups`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub usize);

/// Index into [`Api::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// Index into [`Api::servers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(pub usize);

/// Index into [`Api::credentials`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(pub usize);

/// One method of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Stable key.
    pub key: OperationKey,
    /// What it sends, in short, so that it is known again under another key.
    pub likeness: Likeness,
    /// Where it comes from.
    pub origin: Origin,
    /// The request's name as written.
    pub name: String,
    /// Its description.
    pub docs: Docs,
    /// Where it belongs; `None` is the client itself.
    pub group: Option<GroupId>,
    /// HTTP method in upper case.
    pub method: String,
    /// Where it is sent.
    pub server: ServerId,
    /// The path; its argument pieces name [`Operation::path_parameters`].
    pub path: Template,
    /// Path parameters in path order: required arguments.
    pub path_parameters: Vec<Parameter>,
    /// Query parameters, one per distinct name, in order of first occurrence.
    pub query: Vec<Parameter>,
    /// The order in which query names occur: indices into [`Operation::query`], repeated for a repeated name.
    pub query_order: Vec<usize>,
    /// How many of these stand before the key in the query, where that is the credential and has a place of its own.
    pub api_key_position: Option<usize>,
    /// Header parameters, one per distinct name, in order of first occurrence.
    pub headers: Vec<Parameter>,
    /// How it is authenticated; `None` sends no credential.
    pub auth: Option<CredentialId>,
    /// What it carries.
    pub body: Option<Body>,
    /// Whether the body goes out without a `Content-Type`.
    pub omit_content_type: bool,
    /// What a success carries.
    pub response: Response,
    /// What a failure carries, where known.
    pub error: Option<Type>,
    /// How the listing goes on, where it does.
    pub pagination: Option<Pagination>,
    /// Why callers should move on, where they should.
    pub deprecated: Option<String>,
    /// Scopes the credential needs, for the docs.
    pub scopes: Vec<String>,
}

impl Operation {
    /// The first slot of the query parameter at `index`: the places of its name among all, and of the key.
    #[must_use]
    pub fn query_slot(&self, index: usize) -> Option<usize> {
        let place = self.query_order.iter().position(|it| *it == index)?;
        let key = self.api_key_position.is_some_and(|before| before <= place);
        Some(place + usize::from(key))
    }

    /// The first slot of the header parameter at `index`.
    #[must_use]
    pub fn header_slot(&self, index: usize) -> usize {
        let slots = |parameter: &Parameter| parameter.default.iter().flatten().count().max(1);
        self.headers.iter().take(index).map(slots).sum()
    }
}

/// A parameter in the path, the query or a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire, with holes only for client variables; for a path parameter, its name in [`Piece::Argument`](crate::template::Piece).
    pub name: Template,
    /// Its type: a scalar, an enumeration, or a list of these where the name may repeat.
    pub ty: Type,
    /// Whether the caller must give it.
    pub presence: Presence,
    /// What is sent unless the caller gives a value: one template per occurrence; `None` in it is the name alone. Empty: nothing is sent.
    pub default: Vec<Option<Template>>,
    /// Its description.
    pub docs: Docs,
    /// What it is known from: `collection`, `evidence`, `overlay`.
    pub provenance: Vec<String>,
}

impl Parameter {
    /// Whether a caller can set it: what must be given, and what has a name, for nobody can say what an optional one without a name is for.
    #[must_use]
    pub fn is_settable(&self) -> bool {
        self.presence == Presence::Required || self.name.as_literal() != Some("")
    }

    /// Whether a caller can set it where it is a header: not the content type that the collection says, which nobody needs to vary; `header` of the call replaces it all the same.
    #[must_use]
    pub fn is_settable_header(&self) -> bool {
        let name = self.name.as_literal().unwrap_or_default();
        let is_said = self.presence == Presence::Optional && !self.default.is_empty();
        self.is_settable() && !(is_said && name.eq_ignore_ascii_case("content-type"))
    }
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON of this type.
    Json {
        /// Its type.
        ty: Type,
        /// The `Content-Type` to send.
        content_type: String,
        /// Whether the caller must give it.
        presence: Presence,
    },
    /// Text that is not read.
    Text {
        /// The `Content-Type` to send.
        content_type: String,
    },
    /// Bytes from the caller.
    Bytes {
        /// The `Content-Type` to send unless the caller says another.
        content_type: Option<String>,
    },
    /// `application/x-www-form-urlencoded`; the type is a struct of scalars and lists of scalars.
    Form {
        /// Its fields.
        ty: TypeId,
        /// Names that hold variables of the client, by the keys of their fields.
        names: Vec<(String, Template)>,
    },
    /// `multipart/form-data`; the type is a struct of scalars, files and lists of these.
    Multipart {
        /// Its fields.
        ty: TypeId,
        /// Names that hold variables of the client, by the keys of their fields.
        names: Vec<(String, Template)>,
    },
    /// A GraphQL request: constant document, typed variables.
    GraphQl {
        /// The document; its holes are client variables. Without a piece none is sent.
        query: Template,
        /// The operation's name.
        operation_name: Option<String>,
        /// The variables' type.
        variables: Option<Type>,
    },
}

impl Response {
    /// The type of what is decoded, and whether nothing may come in its place; `None` where no JSON is read. What nobody saw is any JSON.
    #[must_use]
    pub fn decoded(&self) -> Option<(&Type, bool)> {
        match self {
            Self::Unknown | Self::Json { ty: Type::Unknown, .. } => Some((&Type::Unknown, false)),
            // Null says that there is nothing, too.
            Self::Json { ty, may_be_empty } => {
                Some((ty, *may_be_empty && !matches!(ty, Type::Nullable(_))))
            }
            Self::Empty | Self::Text | Self::Bytes => None,
        }
    }
}

/// What a success carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Response {
    /// Nothing is known: any JSON, or nothing.
    #[default]
    Unknown,
    /// JSON of this type.
    Json {
        /// Its type.
        ty: Type,
        /// Whether a response without a body was seen.
        may_be_empty: bool,
    },
    /// Only responses without a body were seen.
    Empty,
    /// Text that is not JSON.
    Text,
    /// Bytes.
    Bytes,
}
