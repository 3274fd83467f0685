//! The files of format v3 and the objects in them (POSTMAN.md §9).

use super::rule::{BOOKKEEPING, Fate, Kind, RECORDING, Rule, SCRIPTS, holds, ignored, used};
use crate::json::Node;
use crate::origin::Pointer;

/// Whether the document is a member for each file of such a collection.
pub(super) fn is_v3(document: &Node) -> bool {
    let files = document.members().unwrap_or_default();
    let topmost = |path: &str| kind(path) == Some(Kind::DefinitionV3);
    document.get("item").is_none() && files.iter().any(|file| topmost(&file.key))
}

/// Whether `pointer` leads to a whole file.
pub(super) fn is_file(pointer: &Pointer) -> bool {
    pointer.as_str().matches('/').count() == 1
}

/// What the grammar says of the file at `path`.
pub(super) fn file(path: &str, file: Option<&Node>) -> Option<Rule> {
    let kind = kind(path)?;
    let said = file.and_then(|file| file.get("$kind")).and_then(Node::text);
    let is_map = file.is_some_and(|file| file.members().is_some());
    let unsupported = |why| Rule { key: "", fate: Fate::Unsupported(why), inside: Kind::Opaque };
    if !is_map {
        return Some(unsupported("the file is no mapping of keys to values; it is ignored"));
    }
    if kind == Kind::RequestV3 && said.is_some_and(|said| said != "http-request") {
        return Some(unsupported("only requests of `$kind: http-request` become operations"));
    }
    Some(holds("", kind))
}

/// What the file at `path` holds, by its name and its place.
fn kind(path: &str) -> Option<Kind> {
    let bare = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"))?;
    let apart = bare.split('/').filter(|name| *name == ".resources").count();
    if bare.ends_with("/.resources/definition") && apart == 1 {
        let topmost = bare.matches('/').count() == 2;
        return Some(if topmost { Kind::DefinitionV3 } else { Kind::FolderV3 });
    }
    let request = bare.ends_with(".request") && apart == 0;
    let example = bare.ends_with(".example");
    request.then_some(Kind::RequestV3).or_else(|| example.then_some(Kind::ExampleV3))
}

/// The member of an auth block or of a body that holds what its `type` says.
pub(super) fn content(kind: Kind, object: &Node, key: &str) -> Rule {
    let inner = object.get(key);
    let said = object.get("type").and_then(Node::text);
    if kind == Kind::AuthV3 {
        let listed = inner.is_some_and(|inner| inner.elements().is_some());
        return holds("", if listed { Kind::Parameter } else { Kind::Parameters });
    }
    match said {
        Some("urlencoded") => holds("", Kind::Field),
        Some("formdata") => holds("", Kind::Part),
        Some("graphql") => holds("", Kind::GraphQl),
        Some("file") => holds("", Kind::File),
        Some("none") => ignored("", "a body of type `none` is not sent"),
        Some(_) => used(""),
        None => ignored("", "a body without a `type` is not sent"),
    }
}

/// The members of a kind of object; `None` for kinds of other formats.
pub(super) fn table(kind: Kind) -> Option<&'static [Rule]> {
    match kind {
        Kind::DefinitionV3 => Some(DEFINITION),
        Kind::FolderV3 => Some(FOLDER),
        Kind::RequestV3 => Some(REQUEST),
        Kind::OriginalV3 => Some(ORIGINAL),
        Kind::AuthV3 => Some(AUTH),
        Kind::BodyV3 => Some(BODY),
        Kind::ExampleV3 => Some(EXAMPLE),
        Kind::AnswerV3 => Some(ANSWER),
        Kind::AnswerBodyV3 => Some(ANSWER_BODY),
        Kind::Document | Kind::Info | Kind::Item | Kind::Folder | Kind::RequestItem => None,
        Kind::Request | Kind::OriginalRequest | Kind::Url | Kind::UrlObject => None,
        Kind::Userinfo | Kind::Field | Kind::Part | Kind::Variable | Kind::Auth => None,
        Kind::Parameter | Kind::Parameters | Kind::Body | Kind::BodyOptions => None,
        Kind::RawOptions | Kind::File | Kind::GraphQl | Kind::Response => None,
        Kind::ResponseHeader | Kind::Description | Kind::Profile => None,
        Kind::DocumentV1 | Kind::FolderV1 | Kind::RequestV1 => None,
        Kind::ResponseV1 | Kind::Code | Kind::QueryV1 | Kind::OriginalV1 => None,
        Kind::FilesV3 | Kind::Values | Kind::Opaque => None,
    }
}

const DEFINITION: &[Rule] = &[
    used("$kind"),
    used("name"),
    holds("description", Kind::Description),
    holds("variables", Kind::Variable),
    holds("auth", Kind::AuthV3),
    ignored("scripts", SCRIPTS),
    ignored("order", BOOKKEEPING),
];

const FOLDER: &[Rule] = &[
    used("$kind"),
    used("name"),
    holds("description", Kind::Description),
    holds("auth", Kind::AuthV3),
    used("order"),
    ignored("variables", "variables of folders and requests are not used, as in Postman"),
    ignored("scripts", SCRIPTS),
];

const REQUEST: &[Rule] = &[
    used("$kind"),
    used("name"),
    used("method"),
    used("url"),
    used("order"),
    holds("description", Kind::Description),
    holds("headers", Kind::Field),
    holds("queryParams", Kind::Field),
    holds("pathVariables", Kind::Variable),
    holds("body", Kind::BodyV3),
    holds("auth", Kind::AuthV3),
    used("examples"),
    ignored("scripts", SCRIPTS),
];

/// Of the request of a saved response only the body is a sample.
const NOT_BODY: &str = "of a saved response's request only the body counts";

const ORIGINAL: &[Rule] = &[
    holds("body", Kind::BodyV3),
    ignored("method", NOT_BODY),
    ignored("url", NOT_BODY),
    ignored("headers", NOT_BODY),
    ignored("queryParams", NOT_BODY),
    ignored("pathVariables", NOT_BODY),
    ignored("auth", NOT_BODY),
    ignored("description", NOT_BODY),
    ignored("name", NOT_BODY),
];

const AUTH: &[Rule] = &[used("type")];

const BODY: &[Rule] = &[used("type")];

const EXAMPLE: &[Rule] = &[
    used("$kind"),
    used("order"),
    holds("request", Kind::OriginalV3),
    holds("response", Kind::AnswerV3),
    ignored("name", RECORDING),
    ignored("description", RECORDING),
];

const ANSWER: &[Rule] = &[
    used("statusCode"),
    holds("headers", Kind::ResponseHeader),
    holds("body", Kind::AnswerBodyV3),
    ignored("statusText", RECORDING),
];

const ANSWER_BODY: &[Rule] = &[used("type"), used("content")];
