//! Takes what looks like a live secret out of a document, and says where it stood.
//!
//! In: a document of any format. Out: the same with a variable in place of each secret, so that no stage above ever holds one; a finding each, which never shows the secret.

use crate::diagnostic::Diagnostic;
use crate::json::{Member, Node, Value};
use crate::origin::{Origin, Pointer, Span};
use crate::secret;

/// What is around a value, from the inside out.
struct Place<'a> {
    around: Option<&'a Place<'a>>,
    step: Step<'a>,
    /// The name by which a person knows it, if any.
    title: Option<String>,
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Replaces every secret of `document`.
pub fn redact(document: &mut Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    node(document, "", None, &mut found);
    found
}

fn node(value: &mut Node, name: &str, place: Option<&Place<'_>>, found: &mut Vec<Diagnostic>) {
    let span = value.span;
    match &mut value.value {
        Value::Text(text) => replace(text, name, (place, span), found),
        Value::Array(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                let inner = Place { around: place, step: Step::Index(index), title: None };
                node(element, name, Some(&inner), found);
            }
        }
        Value::Object(_) => members(value, place, found),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Variable(_) => {}
    }
}

fn members(object: &mut Node, place: Option<&Place<'_>>, found: &mut Vec<Diagnostic>) {
    let text = |key: &str| object.get(key).and_then(Node::text);
    // An entry has its name beside its value.
    let entry = text("key").or_else(|| text("name")).map(str::to_owned);
    let is_item = ["item", "request", "requests", "url"].iter().any(|it| object.get(it).is_some());
    let title = text("name").filter(|_| is_item).map(|name| {
        let secrets = secret::find(name, "");
        secret::redacted(name, &secrets).into_owned()
    });
    let outer = place.map(|place| Place { around: place.around, step: place.step(), title });
    let Value::Object(members) = &mut object.value else { return };
    for Member { key, key_span, value } in members {
        replace(key, "", (outer.as_ref(), *key_span), found);
        let key = key.as_str();
        let own = entry.as_deref().filter(|_| key == "value").unwrap_or(key);
        let inner = Place { around: outer.as_ref(), step: Step::Key(key), title: None };
        node(value, own, Some(&inner), found);
    }
}

fn replace(
    text: &mut String,
    name: &str,
    (place, span): (Option<&Place<'_>>, Span),
    found: &mut Vec<Diagnostic>,
) {
    let secrets = secret::find(text, name);
    if secrets.is_empty() {
        return;
    }
    *text = secret::redacted(text, &secrets).into_owned();
    let mut kinds: Vec<&str> = secrets.iter().map(|it| it.kind).collect();
    kinds.dedup();
    let message = format!(
        "what looks like {} stands in the collection: it is left out, and whoever calls gives it",
        kinds.join(" and ")
    );
    let help = "if it is one, revoke it and put a `{{variable}}` in its place";
    found
        .push(Diagnostic::warning("postman::secret", message, origin(place, span)).with_help(help));
}

impl<'a> Place<'a> {
    fn step(&self) -> Step<'a> {
        match self.step {
            Step::Key(key) => Step::Key(key),
            Step::Index(index) => Step::Index(index),
        }
    }
}

/// Where a text stands.
fn origin(place: Option<&Place<'_>>, span: Span) -> Origin {
    let mut steps = Vec::new();
    let mut at = place;
    while let Some(place) = at {
        steps.push(place);
        at = place.around;
    }
    steps.reverse();
    let pointer = steps.iter().fold(Pointer::root(), |pointer, place| match place.step {
        Step::Key(key) => pointer.key(key),
        Step::Index(index) => pointer.index(index),
    });
    let trail = steps.iter().filter_map(|place| place.title.clone()).collect();
    Origin { pointer, span: Some(span), trail }
}

#[cfg(test)]
mod tests {
    use super::redact;
    use crate::{json, secret};

    /// A key of no service.
    const KEY: &str = "zqHd8fK2mP9xW4vT7bN1cR5a";

    #[test]
    fn a_secret_goes_from_any_place_and_its_place_is_told() {
        let text = format!(
            r#"{{"info": {{"name": "C"}}, "item": [{{"name": "F", "item": [{{"name": "R {KEY}", "request": {{
                "url": "https://x.test/:{KEY}", "header": [{{"key": "client_id", "value": "{KEY}"}}, {{"key": "q", "value": "{KEY}"}}],
                "body": {{"raw": "{{\"id\": \"{KEY}\", \"a\": \"{KEY}\"}}"}}, "{KEY}": 1}}}}]}}]}}"#
        );
        let mut document = json::read(&text).unwrap();
        let found = redact(&mut document);
        let places: Vec<String> = found.iter().map(|it| it.origin.pointer.to_string()).collect();
        let request = "#/item/0/item/0/request";
        let wanted = [
            "#/item/0/item/0/name".to_owned(),
            format!("{request}/url"),
            format!("{request}/header/1/value"),
            format!("{request}/body/raw"),
            request.to_owned(),
        ];
        assert_eq!(places, wanted);
        assert_eq!(found[1].origin.trail, ["F", "R {{redacted}}"]);
        let left = json::compact(&document);
        assert_eq!(left.matches(KEY).count(), 2, "what identifies stays: {left}");
        assert!(left.contains(r#""https://x.test/:redacted""#), "{left}");
        assert!(!format!("{found:?}").contains(KEY));
        assert_eq!(redact(&mut document), []);
        assert!(left.contains(secret::MARK));
    }
}
