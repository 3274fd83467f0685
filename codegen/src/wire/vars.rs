//! The values a comparison is made with: a VARS file, and Postman's way of putting them into a text.

use crate::json::{self, Node, Value};
use std::collections::BTreeMap;

/// Values of `{{variables}}` and of `:path` variables, the same for both sides of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vars {
    /// By variable name.
    pub values: BTreeMap<String, String>,
    /// By the name of a `:path` variable.
    pub path: BTreeMap<String, String>,
}

/// Rounds of replacement after which a text is taken as it is (POSTMAN.md §7).
const ROUNDS: usize = 19;

/// What the truth is recorded with in place of values made anew for each call.
const FROZEN: [(&str, &str); 5] = [
    ("$guid", "00000000-0000-4000-8000-000000000000"),
    ("$randomUUID", "00000000-0000-4000-8000-000000000000"),
    ("$timestamp", "1700000000"),
    ("$isoTimestamp", "2023-11-14T22:13:20.000Z"),
    ("$randomInt", "42"),
];

impl Vars {
    /// Reads `{"name": "value"}` or `{"values": {…}, "path": {…}}`.
    ///
    /// # Errors
    ///
    /// The text is not a JSON object.
    pub fn read(text: &str) -> Result<Self, String> {
        let node = json::read(text).map_err(|error| error.message)?;
        let Some(members) = node.members() else {
            return Err(format!("variables are an object, not {}", node.kind()));
        };
        let nested = node.get("values").is_some_and(|values| values.members().is_some());
        let table = |key: &str| node.get(key).map(texts).unwrap_or_default();
        if nested {
            return Ok(Self { values: table("values"), path: table("path") });
        }
        let flat = members.iter().filter_map(|it| Some((it.key.clone(), scalar(&it.value)?)));
        Ok(Self { values: flat.collect(), path: BTreeMap::new() })
    }

    /// Adds the collection's own variables where these have no value.
    pub(super) fn or_collection(&mut self, root: &Node) {
        let declared = ["variable", "variables"].iter().filter_map(|key| root.get(key)?.elements());
        let mut own = BTreeMap::new();
        for variable in declared.flatten() {
            let disabled = variable.get("disabled").is_some_and(|it| it.value == Value::Bool(true));
            let key = variable.get("key").and_then(scalar);
            let value = variable.get("value").and_then(scalar);
            if let (Some(key), Some(value), false) = (key, value, disabled) {
                own.insert(key, value);
            }
        }
        let mapped = root.get("variables").and_then(Node::members).unwrap_or_default();
        own.extend(mapped.iter().filter_map(|it| Some((it.key.clone(), scalar(&it.value)?))));
        for (key, value) in own {
            self.values.entry(key).or_insert(value);
        }
    }

    /// `text` with every `{{name}}` that has a value replaced by it, again and again, as Postman does: textually, without escaping.
    #[must_use]
    pub fn resolve(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..ROUNDS {
            let next = self.round(&text);
            if next == text {
                break;
            }
            text = next;
        }
        text
    }

    /// The value of `{{name}}`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let token = format!("{{{{{name}}}}}");
        let value = self.resolve(&token);
        (value != token).then_some(value)
    }

    fn round(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find("{{") {
            let (before, token) = rest.split_at(open);
            out.push_str(before);
            let inner = token.get(2..).unwrap_or_default();
            let name = inner.find(['{', '}']).and_then(|end| {
                inner.get(end..)?.starts_with("}}").then(|| inner.get(..end)).flatten()
            });
            match name.and_then(|name| Some((name, self.lookup(name)?))) {
                Some((name, value)) => {
                    out.push_str(&value);
                    rest = inner.get(name.len() + 2..).unwrap_or_default();
                }
                None => {
                    out.push('{');
                    rest = token.get(1..).unwrap_or_default();
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn lookup(&self, name: &str) -> Option<String> {
        if let Some(value) = self.values.get(name) {
            return Some(value.clone());
        }
        let frozen = FROZEN.iter().find(|(known, _)| *known == name);
        let random = name.strip_prefix('$').filter(|name| name.starts_with("random"));
        let random = || random.map(|name| format!("dyn-{name}"));
        frozen.map(|(_, value)| (*value).to_owned()).or_else(random)
    }
}

fn texts(node: &Node) -> BTreeMap<String, String> {
    let members = node.members().unwrap_or_default();
    members.iter().filter_map(|it| Some((it.key.clone(), scalar(&it.value)?))).collect()
}

/// A scalar as Postman turns it into text.
pub(super) fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) | Value::Variable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_textually_and_again() {
        let vars = Vars::read(r#"{"a": "x{{b}}", "b": "1", "l": "{{l}}", "x1": "deep"}"#).unwrap();
        assert_eq!(
            vars.resolve("{{a}}/{{ b }}/{{$guid}}/{{l}}"),
            format!("x1/{{{{ b }}}}/{}/{{{{l}}}}", FROZEN[0].1)
        );
        assert_eq!(vars.resolve("{{x{{b}}}}{{{b}}}"), "deep{1}");
        assert_eq!(vars.value("none"), None);
    }

    #[test]
    fn reads_both_forms() {
        let vars = Vars::read(r#"{"values": {"a": 1}, "path": {"id": "p"}}"#).unwrap();
        assert_eq!((vars.values["a"].as_str(), vars.path["id"].as_str()), ("1", "p"));
        assert!(Vars::read("[]").is_err());
    }
}
