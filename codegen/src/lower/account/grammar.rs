//! The formats' objects: which member of which object has which fate.

use super::{v1, v2, v3};
use crate::json::{Node, Value};

/// What becomes of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It reaches the output.
    Used,
    /// It has no effect, for this reason.
    Ignored(&'static str),
    /// It should have an effect, and has none.
    Unsupported(&'static str),
}

/// The kinds of objects. An array of a kind is a list of such objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A collection, or what wraps one.
    Document,
    /// `info`.
    Info,
    /// A folder or a request.
    Item,
    /// A folder.
    Folder,
    /// A request's item.
    RequestItem,
    /// `request`.
    Request,
    /// `originalRequest`: only its body counts.
    OriginalRequest,
    /// `url`.
    Url,
    /// A `urlObject`.
    UrlObject,
    /// User name and password of a URL.
    Userinfo,
    /// A query entry, a header, a form field.
    Field,
    /// A part of a form with files.
    Part,
    /// A variable, of the path or of the collection.
    Variable,
    /// An auth block.
    Auth,
    /// A parameter of an auth block.
    Parameter,
    /// A parameter's object in format v2.0.
    Parameters,
    /// A body.
    Body,
    /// `options` of a body.
    BodyOptions,
    /// `raw` of a body's options.
    RawOptions,
    /// A file as a body.
    File,
    /// A GraphQL request.
    GraphQl,
    /// A saved response.
    Response,
    /// A header of a saved response.
    ResponseHeader,
    /// A description with its markup.
    Description,
    /// `protocolProfileBehavior`.
    Profile,
    /// A collection of format v1.
    DocumentV1,
    /// A folder of format v1.
    FolderV1,
    /// A request of format v1.
    RequestV1,
    /// A saved response of format v1.
    ResponseV1,
    /// `responseCode` of format v1.
    Code,
    /// A query parameter of format v1.
    QueryV1,
    /// The request that a saved response of format v1 answers.
    OriginalV1,
    /// A collection of format v3: its files by path.
    FilesV3,
    /// The definition of such a collection.
    DefinitionV3,
    /// The definition of a folder of format v3.
    FolderV3,
    /// A request of format v3.
    RequestV3,
    /// The request that an example of format v3 answers.
    OriginalV3,
    /// An auth block of format v3.
    AuthV3,
    /// A body of format v3.
    BodyV3,
    /// A saved response of format v3, with its request.
    ExampleV3,
    /// What came back.
    AnswerV3,
    /// The body of what came back.
    AnswerBodyV3,
    /// `{name: value}`.
    Values,
    /// A value that is taken as a whole.
    Opaque,
}

impl Kind {
    /// Whether people know such objects by their `name`.
    pub(super) fn is_named(self) -> bool {
        matches!(
            self,
            Self::Folder | Self::RequestItem | Self::FolderV1 | Self::RequestV1 | Self::Response
        ) || matches!(self, Self::FolderV3 | Self::RequestV3)
    }
}

/// What the grammar says of a member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Its name.
    pub(super) key: &'static str,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// What it holds.
    pub(super) inside: Kind,
}

/// A member that is used as a whole.
pub(super) const fn used(key: &'static str) -> Rule {
    Rule { key, fate: Fate::Used, inside: Kind::Opaque }
}

/// A member that is used and holds objects of a kind.
pub(super) const fn holds(key: &'static str, inside: Kind) -> Rule {
    Rule { key, fate: Fate::Used, inside }
}

/// A member without an effect.
pub(super) const fn ignored(key: &'static str, reason: &'static str) -> Rule {
    Rule { key, fate: Fate::Ignored(reason), inside: Kind::Opaque }
}

/// Identifiers and times of Postman's own.
pub(super) const BOOKKEEPING: &str = "bookkeeping of Postman's";
/// Scripts.
pub(super) const SCRIPTS: &str = "scripts are never run";
/// Values of credentials.
pub(super) const SECRET: &str = "values of credentials are never kept";
/// Settings of the sending program.
pub(super) const SETTINGS: &str = "how to send is the client's business";
/// Metadata of saved responses.
pub(super) const RECORDING: &str = "says how a saved response was recorded, not what it holds";
/// Bodies of a mode that is not in use.
pub(super) const OTHER_MODE: &str = "another mode of the body is in use";
/// What the parts of a URL say already.
pub(super) const SPELLING: &str = "another spelling of what is used";

/// One of these a field always has.
const FIELD_KEYS: &[&str] = &["key", "id", "name", "value", "src", "type"];

/// The kind of this very object, where it takes a look inside to know.
pub(super) fn refined(kind: Kind, object: &Node) -> Kind {
    match kind {
        Kind::Item if object.get("item").is_some_and(|list| list.elements().is_some()) => {
            Kind::Folder
        }
        Kind::Item => Kind::RequestItem,
        // Written as `{name: value}` rather than as a list.
        Kind::Field | Kind::Variable | Kind::Part
            if !FIELD_KEYS.iter().any(|key| object.get(key).is_some()) =>
        {
            Kind::Values
        }
        same => same,
    }
}

/// What the grammar says of the member `key` of `object`.
pub(super) fn rule(kind: Kind, object: &Node, key: &str) -> Option<Rule> {
    if kind == Kind::Auth {
        return auth(object, key);
    }
    if kind == Kind::Parameters {
        return Some(ignored("", SECRET));
    }
    if matches!(kind, Kind::Values | Kind::Opaque) {
        return Some(used(""));
    }
    if kind == Kind::FilesV3 {
        return v3::file(key, object.get(key));
    }
    if matches!(kind, Kind::AuthV3 | Kind::BodyV3) && matches!(key, "credentials" | "content") {
        return Some(v3::content(kind, object, key));
    }
    let table =
        v2::table(kind).or_else(|| v1::table(kind)).or_else(|| v3::table(kind)).unwrap_or_default();
    let rule = table.iter().find(|rule| rule.key == key).copied()?;
    let no_parts = object.get("host").is_none() && object.get("path").is_none();
    match kind {
        Kind::Body => return Some(body(rule, object)),
        Kind::RequestV1 | Kind::FolderV1 | Kind::DocumentV1 => {
            return Some(v1::in_use(rule, object));
        }
        _ => {}
    }
    if kind == Kind::Profile && key == "disabledSystemHeaders" && is_bare_body(object.get(key)) {
        return Some(used("disabledSystemHeaders"));
    }
    if kind == Kind::Profile && matches!(rule.fate, Fate::Unsupported(_)) && is_off(object.get(key))
    {
        return Some(ignored(rule.key, SETTINGS));
    }
    Some(if kind == Kind::Url && key == "raw" && no_parts { used("raw") } else { rule })
}

/// Whether it is the body's `Content-Type` alone that Postman leaves out.
fn is_bare_body(setting: Option<&Node>) -> bool {
    let members = setting.and_then(Node::members).unwrap_or_default();
    let mut on = members.iter().filter(|member| member.value.value == Value::Bool(true));
    on.clone().next().is_some() && on.all(|member| member.key == "content-type")
}

/// Whether a setting changes nothing: `false`, `null`, or an object without a `true`.
fn is_off(setting: Option<&Node>) -> bool {
    let on = |node: &Node| node.value == Value::Bool(true);
    setting.is_none_or(|node| {
        let members = node.members().unwrap_or_default();
        !on(node) && !members.iter().any(|member| on(&member.value))
    })
}

/// Only the parameters of the type that is named count.
fn auth(object: &Node, key: &str) -> Option<Rule> {
    match key {
        "type" => return Some(used("type")),
        "isInherited" => return Some(ignored("isInherited", SPELLING)),
        _ => {}
    }
    let known = v2::AUTH_TYPES.contains(&key);
    let named = object.get("type").and_then(Node::text);
    match named {
        Some(named) if named == key => {
            let listed = object.get(key).is_some_and(|inner| inner.elements().is_some());
            Some(holds("", if listed { Kind::Parameter } else { Kind::Parameters }))
        }
        Some(_) | None if known => Some(ignored("", "another type of auth is in use")),
        Some(_) | None => None,
    }
}

/// Only the mode that is named counts.
fn body(rule: Rule, object: &Node) -> Rule {
    let mode = object.get("mode").and_then(Node::text).unwrap_or_default().to_ascii_lowercase();
    let off = object.get("disabled").is_some_and(|inner| inner.value == Value::Bool(true));
    let content = matches!(rule.key, "raw" | "urlencoded" | "formdata" | "file" | "graphql");
    if content && off {
        return ignored(rule.key, "the body is disabled");
    }
    let other = matches!(mode.as_str(), "urlencoded" | "formdata" | "file" | "graphql");
    let in_use = rule.key == mode || (rule.key == "raw" && !other && !mode.is_empty());
    if content && !in_use { ignored(rule.key, OTHER_MODE) } else { rule }
}
