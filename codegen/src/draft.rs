//! IR 1: operations with raw samples; no types and no Rust names yet.
//!
//! Made by `lower` from any collection format: the same API in any format gives an equal draft once [`Draft::erase_origins`] was called. What a collection leaves unsaid is absent here, not guessed.

mod erase;

use crate::docs::Docs;
use crate::origin::Origin;
use crate::template::Template;

/// A collection, understood: what is sent, by which request, in which folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The collection's name.
    pub title: String,
    /// The collection's description.
    pub docs: Docs,
    /// Values the client is configured with, ordered by name.
    pub variables: Vec<Variable>,
    /// Base URLs, ordered by first use.
    pub servers: Vec<Server>,
    /// Authentication schemes, ordered by first use.
    pub credentials: Vec<Credential>,
    /// Folders in the order of the collection, parents before children.
    pub folders: Vec<Folder>,
    /// Requests that can be sent, in the order of the collection.
    pub operations: Vec<Operation>,
}

/// A `{{variable}}` that the client is configured with.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name in the collection.
    pub name: String,
    /// The collection's value, kept only for a plain base URL or host.
    pub default: Option<String>,
    /// Its description.
    pub docs: Docs,
    /// Where it is declared, or first used.
    pub origin: Origin,
}

/// A base URL: everything of a URL before its path.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// `scheme://host:port`, as far as the collection says; holes are [`Piece::Variable`](crate::template::Piece) only. `http://` is written out where no scheme is given and the URL does not begin with a variable. Empty for URLs without a host: the caller knows it.
    pub base: Template,
    /// Where it is first used.
    pub origin: Origin,
}

/// Index into [`Draft::servers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(pub usize);

/// An authentication scheme with the credential it needs; never a credential's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// How the credential is put into a request.
    pub scheme: Scheme,
    /// The variables that hold its parts in the collection (`auth0_token`; `user`, `pass`), in the order of the scheme's parts.
    pub variables: Vec<String>,
    /// Where it is first used.
    pub origin: Origin,
}

/// Index into [`Draft::credentials`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(pub usize);

/// How a credential is put into a request (POSTMAN.md §6).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `Authorization: <prefix> <token>`; an empty prefix sends the bare token.
    Bearer {
        /// Usually `Bearer`.
        prefix: String,
    },
    /// RFC 7617.
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
    /// OAuth 2 as the collection configures it; sent like a bearer token.
    OAuth2 {
        /// Usually `Bearer`.
        prefix: String,
        /// Token endpoint, where the collection names a plain one.
        token_url: Option<Template>,
    },
    /// RFC 7616.
    Digest,
    /// AWS Signature Version 4.
    AwsV4 {
        /// Service name, `execute-api` where absent.
        service: Template,
        /// Region, `us-east-1` where absent.
        region: Template,
    },
    /// A scheme that is left to a signer of the user's, by the collection's word for it.
    Custom {
        /// `hawk`, `oauth1`, `ntlm`, …
        kind: String,
        /// What the collection says of how it signs: names and values, none of them secret.
        said: Vec<(String, String)>,
    },
}

/// A folder of the collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Folder {
    /// Its name as written.
    pub name: String,
    /// Its description.
    pub docs: Docs,
    /// The folder around it.
    pub parent: Option<FolderId>,
    /// Where it stands.
    pub origin: Origin,
}

/// Index into [`Draft::folders`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderId(pub usize);

/// One request of the collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Where the item stands; `origin.pointer` is the item's.
    pub origin: Origin,
    /// Its name as written; may be empty.
    pub name: String,
    /// Its description.
    pub docs: Docs,
    /// The folder it stands in.
    pub folder: Option<FolderId>,
    /// HTTP method in upper case; a token (RFC 9110 §5.6.2).
    pub method: String,
    /// Where it is sent.
    pub server: ServerId,
    /// Path from the first `/` on; argument pieces are the path parameters. Empty only where the URL ends with the server and the server with a variable, which may bring a path of its own; where that has none, `/` is sent.
    pub path: Template,
    /// What the path parameters and path variables are, in path order, one per distinct name.
    pub path_parameters: Vec<PathParameter>,
    /// Query entries in the order of the URL, disabled ones included.
    pub query: Vec<Entry>,
    /// How many of these stand before the credential, where that is a query key written by hand.
    pub api_key_position: Option<usize>,
    /// Headers in order, disabled ones included; without those that are the client's business and without credentials.
    pub headers: Vec<Entry>,
    /// How it is authenticated.
    pub auth: Option<CredentialId>,
    /// What it carries.
    pub body: Option<Body>,
    /// Whether the body goes out without a `Content-Type`.
    pub omit_content_type: bool,
    /// Saved responses in order.
    pub responses: Vec<SavedResponse>,
}

/// A parameter in the path.
#[derive(Clone, Debug, PartialEq)]
pub struct PathParameter {
    /// Its name in the collection, as in [`Piece::Argument`](crate::template::Piece).
    pub name: String,
    /// How the collection writes it.
    pub source: PathSource,
    /// Its description.
    pub docs: Docs,
    /// The collection's value, for examples only.
    pub example: Option<String>,
}

/// How a collection writes a [`PathParameter`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathSource {
    /// A `:name` segment.
    #[default]
    Segment,
    /// A `{{name}}` hole.
    Variable,
}

/// A query entry, a header, or a field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: Template,
    /// What the collection sends for it.
    pub value: EntryValue,
    /// Whether the collection sends it.
    pub enabled: bool,
    /// Its description.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Origin,
}

/// The value of an [`Entry`].
#[derive(Clone, Debug, PartialEq)]
pub enum EntryValue {
    /// The name alone, without `=`.
    Absent,
    /// A value made of literal text, client variables and generated values: sent unless the caller says otherwise.
    Default(Template),
    /// A value that holds a variable of this operation alone, or is a [placeholder](crate::placeholder): the caller gives it whole. The text is the collection's, with its `{{holes}}`, for examples only.
    Caller(String),
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A text: JSON, where it can be read as such; else text.
    Raw {
        /// The samples, the request's own first, then those of saved responses' requests. Texts are as written, with `{{holes}}`.
        samples: Vec<Sample>,
        /// The `Content-Type` that Postman sends with it.
        content_type: String,
        /// Whether the content type or Postman's language says JSON.
        declared_json: bool,
    },
    /// `application/x-www-form-urlencoded`, in the order Postman sends.
    Form(Vec<Entry>),
    /// `multipart/form-data`.
    Multipart(Vec<Part>),
    /// Bytes from the caller.
    Binary {
        /// The `Content-Type`, where Postman sends one.
        content_type: Option<String>,
    },
    /// A GraphQL request over HTTP.
    GraphQl {
        /// The document; its holes are client variables. Without a piece there is none, and an empty one is an empty piece.
        query: Template,
        /// The operation's name.
        operation_name: Option<String>,
        /// The variables' text as written.
        variables: Option<Sample>,
    },
}

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Name and, for a text part, value.
    pub entry: Entry,
    /// Whether the caller gives a file.
    pub file: bool,
    /// The part's own content type.
    pub content_type: Option<String>,
}

/// A text that shows what a body looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The text as written.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A saved response.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedResponse {
    /// HTTP status, where it is a number from 100 to 599.
    pub status: Option<u16>,
    /// Media type by its header or Postman's preview language, without parameters.
    pub media_type: Option<String>,
    /// The body's text; empty if there is none.
    pub body: Sample,
}
