//! The formats' objects: which member of which object has which fate.

use super::rule::{Fate, Kind, OTHER_MODE, Rule, SECRET, SETTINGS, SPELLING, holds, ignored, used};
use super::{v1, v2, v3};
use crate::json::{Node, Value};
use crate::lower::body as lowered;

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
        _ if rule.inside.is_original() && is_refused(object) => {
            return Some(ignored(rule.key, REFUSED));
        }
        Kind::RequestV1 | Kind::FolderV1 | Kind::DocumentV1 => {
            return Some(v1::in_use(rule, object));
        }
        _ => {}
    }
    if kind == Kind::Profile
        && key == "disabledSystemHeaders"
        && omits_content_type(object.get(key))
    {
        return Some(used("disabledSystemHeaders"));
    }
    if kind == Kind::Profile && matches!(rule.fate, Fate::Unsupported(_)) && is_off(object.get(key))
    {
        return Some(ignored(rule.key, SETTINGS));
    }
    Some(if kind == Kind::Url && key == "raw" && no_parts { used("raw") } else { rule })
}

/// Why the request of a saved response says nothing.
const REFUSED: &str = "the service refused it for what it held";

/// Whether a saved response says that its request was wrong.
fn is_refused(response: &Node) -> bool {
    let v1 = response.get("responseCode").and_then(|inner| inner.get("code"));
    let codes = ["code", "statusCode"].into_iter().filter_map(|key| response.get(key));
    let mut statuses = codes.chain(v1).filter_map(|code| match &code.value {
        Value::Number(text) | Value::Text(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
        Value::Object(_) | Value::Variable(_) => None,
    });
    statuses.any(lowered::is_refused)
}

/// Whether it is the body's `Content-Type` alone that Postman leaves out.
fn omits_content_type(setting: Option<&Node>) -> bool {
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
