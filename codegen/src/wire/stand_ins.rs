//! Placeholders (`<integer>`) in what is compared: Postman sends their text, the client nothing, or a value of their type.

use super::line::Sent;
use super::rule::Rule;
use crate::api::{Struct, Type, TypeKind, Types};
use crate::draft::{Entry, EntryValue};
use crate::json::{self, Member, Node, Value};
use crate::percent;
use crate::placeholder::is_placeholder;
use std::collections::BTreeSet;

/// Whether an entry is not sent since its value is but a placeholder.
pub(super) fn is_one(entry: &Entry) -> bool {
    match &entry.value {
        EntryValue::Caller(text) => is_placeholder(&entry.name.written(), text),
        EntryValue::Absent | EntryValue::Default(_) => false,
    }
}

/// Takes from `theirs` the query entries, headers and form fields that are but placeholders and that `ours` leaves out.
pub(super) fn unsend(ours: &Sent, theirs: &mut Sent, met: &mut BTreeSet<Rule>) {
    let before = theirs.clone();
    theirs.path = given(&theirs.path, &ours.path);
    if let Some(query) = theirs.query.take() {
        theirs.query = told(&query, ours.query.as_deref().unwrap_or_default());
    }
    theirs.headers.retain(|(name, value)| {
        let is_sent = ours.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        is_sent || !is_placeholder(name, value)
    });
    let is_form = theirs.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type")
            && value.starts_with("application/x-www-form-urlencoded")
    });
    if let (true, Ok(form)) = (is_form, std::str::from_utf8(&theirs.body)) {
        let sent = String::from_utf8_lossy(&ours.body);
        theirs.body = told(form, &sent).unwrap_or_default().into_bytes();
    }
    if *theirs != before {
        met.insert(Rule::PlaceholderNotSent);
    }
}

/// `path` with what `ours` has in the place of each segment that is but a placeholder.
fn given(path: &str, ours: &str) -> String {
    if path.matches('/').count() != ours.matches('/').count() {
        return path.to_owned();
    }
    let segments = path.split('/').zip(ours.split('/')).map(|(theirs, ours)| {
        let is_given = is_placeholder("", &percent::decode(theirs)) && !ours.is_empty();
        if is_given { ours } else { theirs }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Puts the number that `ours` has into the path in the place of each segment that is a text of `given`: an argument that the collection shows as `<integer>` takes numbers only.
pub(super) fn retype(ours: &Sent, theirs: &mut Sent, given: &[String], met: &mut BTreeSet<Rule>) {
    if theirs.path.matches('/').count() != ours.path.matches('/').count() {
        return;
    }
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let is_retyped = |theirs: &str, ours: &str| {
        let text = percent::decode(theirs);
        is_number(ours) && !is_number(&text) && given.contains(&text)
    };
    let segments = theirs.path.split('/').zip(ours.path.split('/'));
    let path: Vec<&str> = segments
        .map(|(theirs, ours)| if is_retyped(theirs, ours) { ours } else { theirs })
        .collect();
    let path = path.join("/");
    if path != theirs.path {
        theirs.path = path;
        met.insert(Rule::ArgumentIsTyped);
    }
}

/// `query` without the pairs whose values are placeholders that `ours` does not have.
fn told(query: &str, ours: &str) -> Option<String> {
    let is_told = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let said = |text: &str| percent::decode(&text.replace('+', " "));
        !is_placeholder(&said(name), &said(value)) || ours.split('&').any(|known| known == *pair)
    };
    let kept: Vec<&str> = query.split('&').filter(is_told).collect();
    let is_whole = kept.len() == query.split('&').count();
    (is_whole || !kept.is_empty()).then(|| kept.join("&"))
}

/// The JSON text `sample` with a value of its type in the place of each placeholder that stands where `ty` has no text.
pub(super) fn filled(sample: &str, ty: &Type, types: &Types) -> String {
    let Ok(mut node) = json::read(sample) else { return sample.to_owned() };
    let before = node.clone();
    fill("", &mut node, ty, types);
    if node == before { sample.to_owned() } else { json::compact(&node) }
}

/// Fills what stands under `key`.
fn fill(key: &str, node: &mut Node, ty: &Type, types: &Types) {
    match (ty, &mut node.value) {
        (_, Value::Text(text)) if is_placeholder(key, text) => {
            if let Some(value) = neutral(ty) {
                node.value = value;
            }
        }
        (Type::Nullable(inner), _) => fill(key, node, inner, types),
        (Type::List(inner), Value::Array(elements)) => {
            elements.iter_mut().for_each(|element| fill(key, element, inner, types));
        }
        (Type::Map(inner), Value::Object(members)) => {
            let fill = |member: &mut Member| fill(&member.key, &mut member.value, inner, types);
            members.iter_mut().for_each(fill);
        }
        (Type::Named(id), _) => match types.get(*id).map(|def| &def.kind) {
            Some(TypeKind::Struct(object)) => fill_fields(node, object, types),
            Some(TypeKind::Union(union)) => {
                union.arms.iter().for_each(|arm| fill(key, node, &arm.ty, types));
            }
            Some(TypeKind::Enumeration(_)) | None => {}
        },
        (Type::Bool | Type::Integer | Type::Unsigned | Type::Number | Type::Text, _) => {}
        (Type::Secret | Type::File | Type::Unknown | Type::List(_) | Type::Map(_), _) => {}
    }
}

fn fill_fields(node: &mut Node, object: &Struct, types: &Types) {
    let Value::Object(members) = &mut node.value else { return };
    for member in members {
        if let Some(field) = object.fields.iter().find(|field| field.key == member.key) {
            fill(&member.key, &mut member.value, &field.ty, types);
        }
    }
}

/// A value of a type that holds no text.
fn neutral(ty: &Type) -> Option<Value> {
    match ty {
        Type::Bool => Some(Value::Bool(false)),
        Type::Integer | Type::Unsigned => Some(Value::Number("0".to_owned())),
        Type::Number => Some(Value::Number("0.5".to_owned())),
        Type::List(_) => Some(Value::Array(Vec::new())),
        Type::Nullable(inner) => neutral(inner),
        Type::Text | Type::Secret | Type::File | Type::Unknown => None,
        Type::Map(_) | Type::Named(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_but_a_placeholder_need_not_be_sent() {
        let ours = Sent { query: Some("page=1".to_owned()), ..Sent::default() };
        let query = "page=1&force=%3Cboolean%3E".to_owned();
        let headers = vec![("If-Match".to_owned(), "<string>".to_owned())];
        let mut theirs = Sent { query: Some(query), headers, ..Sent::default() };
        let mut met = BTreeSet::new();
        unsend(&ours, &mut theirs, &mut met);
        assert_eq!((&theirs, met.len()), (&ours, 1));
        let mut other = Sent { query: Some("force=true".to_owned()), ..Sent::default() };
        unsend(&ours, &mut other, &mut met);
        assert_eq!(other.query.as_deref(), Some("force=true"), "a value counts");
        let typed = "value%5Ftype=string".to_owned();
        let mut other = Sent { query: Some(typed.clone()), ..Sent::default() };
        unsend(&ours, &mut other, &mut met);
        assert_eq!(other.query, Some(typed), "so does the name of a type");
    }

    #[test]
    fn an_argument_stands_in_the_place_of_its_placeholder() {
        assert_eq!(given("/a/%3Clong%3E/b", "/a/0/b"), "/a/0/b");
        assert_eq!(given("/a/%3Clong%3E/b", "/a/0/c"), "/a/0/b");
        for (theirs, ours) in [("/a/%3Clong%3E", "/a/0/b"), ("/a/%3Clong%3E", "/a/"), ("/5", "/6")]
        {
            assert_eq!(given(theirs, ours), theirs, "{ours}");
        }
    }

    #[test]
    fn a_number_stands_in_the_place_of_a_text_that_was_given_for_it() {
        let path = |path: &str| Sent { path: path.to_owned(), ..Sent::default() };
        let retyped = |ours: &str, theirs: &str| {
            let (mut theirs, mut met) = (path(theirs), BTreeSet::new());
            retype(&path(ours), &mut theirs, &["p-id".to_owned(), "7".to_owned()], &mut met);
            (theirs.path, met.len())
        };
        assert_eq!(retyped("/a/1/b", "/a/p-id/b"), ("/a/1/b".to_owned(), 1));
        for (ours, theirs) in
            [("/a/x", "/a/p-id"), ("/a/1", "/a/other"), ("/a/1", "/a/7"), ("/a/1/b", "/a/p-id")]
        {
            assert_eq!(retyped(ours, theirs), (theirs.to_owned(), 0), "{ours}");
        }
    }

    #[test]
    fn fields_of_a_form_count_too() {
        let typed = ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        let form = |body: &str| Sent {
            headers: vec![typed.clone()],
            body: body.as_bytes().to_vec(),
            ..Sent::default()
        };
        let (ours, mut theirs) = (form("a=1"), form("a=1&b=%3Cyour+name%3E"));
        unsend(&ours, &mut theirs, &mut BTreeSet::new());
        assert_eq!(theirs, ours);
    }

    #[test]
    fn samples_are_filled_by_type() {
        let types = Types::default();
        let check = |text: &str, ty: Type, wanted: &str| {
            assert_eq!(filled(text, &Type::Map(Box::new(ty)), &types), wanted);
        };
        check(r#"{"n":"<long>","m":1}"#, Type::Integer, r#"{"n":0,"m":1}"#);
        check(r#"{"n":"<number>"}"#, Type::Number, r#"{"n":0.5}"#);
        check(r#"{"n":["<boolean>"]}"#, Type::List(Box::new(Type::Bool)), r#"{"n":[false]}"#);
        check(r#"{"type": "string"}"#, Type::Integer, r#"{"type": "string"}"#);
        check(r#"{"n": "<string>"}"#, Type::Text, r#"{"n": "<string>"}"#);
    }
}
