//! Whether two JSON texts say the same, as a reader of either would take them.

use crate::json::{self, Node, Value};
use crate::placeholder::is_placeholder;

/// How far two JSON texts agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sameness {
    /// Equal values.
    Equal,
    /// Equal but for a number that no double holds exactly, rounded in ours.
    Rounded,
    /// Equal but for a placeholder (`<integer>`), which ours has a value for.
    Filled,
    /// Different values.
    Different,
}

/// Compares two texts as JSON values; `None` where either is not JSON (`lenient`: where theirs cannot even be read as an editor's JSON).
pub(super) fn same_json(ours: &str, theirs: &str, lenient: bool) -> Option<Sameness> {
    let ours = json::read(ours).ok()?;
    let theirs =
        if lenient { json::read_leniently(theirs).ok()?.0 } else { json::read(theirs).ok()? };
    Some(same("", &ours, &theirs))
}

/// Compares two values under `key`.
fn same(key: &str, ours: &Node, theirs: &Node) -> Sameness {
    match (&ours.value, &theirs.value) {
        (Value::Null, Value::Null) => Sameness::Equal,
        (Value::Bool(a), Value::Bool(b)) => equal(a == b),
        (Value::Text(a), Value::Text(b)) if a == b => Sameness::Equal,
        (_, Value::Text(b)) if is_placeholder(key, b) => Sameness::Filled,
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Array(a), Value::Array(b)) => {
            let pairs = a.iter().zip(b).map(|(a, b)| same(key, a, b)).max();
            equal(a.len() == b.len()).max(pairs.unwrap_or(Sameness::Equal))
        }
        (Value::Object(a), Value::Object(b)) => {
            let known = b.iter().all(|member| ours.get(&member.key).is_some());
            let values = a.iter().map(|member| same_member(ours, theirs, &member.key)).max();
            equal(known).max(values.unwrap_or(Sameness::Equal))
        }
        (
            Value::Null
            | Value::Bool(_)
            | Value::Text(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_)
            | Value::Variable(_),
            _,
        ) => Sameness::Different,
    }
}

/// The last member of a name counts, as in `JSON.parse`.
fn same_member(ours: &Node, theirs: &Node, key: &str) -> Sameness {
    match (ours.get(key), theirs.get(key)) {
        (Some(a), Some(b)) => same(key, a, b),
        (None, _) | (_, None) => Sameness::Different,
    }
}

fn same_number(ours: &str, theirs: &str) -> Sameness {
    if ours == theirs {
        return Sameness::Equal;
    }
    match (ours.parse::<i128>(), theirs.parse::<i128>()) {
        (Ok(a), Ok(b)) if a == b => return Sameness::Equal,
        (Ok(_), Ok(_)) => {}
        (Err(_), _) | (_, Err(_)) => {
            return equal(close(ours, theirs));
        }
    }
    if close(ours, theirs) { Sameness::Rounded } else { Sameness::Different }
}

fn close(ours: &str, theirs: &str) -> bool {
    matches!((ours.parse::<f64>(), theirs.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
}

fn equal(yes: bool) -> Sameness {
    if yes { Sameness::Equal } else { Sameness::Different }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_not_texts_are_compared() {
        let same = |a, b| same_json(a, b, false);
        assert_eq!(same(r#"{"a":1,"b":[1.0]}"#, r#"{ "b": [1], "a": 1 }"#), Some(Sameness::Equal));
        assert_eq!(same(r#"{"a":1}"#, r#"{"a":1,"b":null}"#), Some(Sameness::Different));
        assert_eq!(same(r#"{"a":2}"#, r#"{"a":1,"a":2}"#), Some(Sameness::Equal));
        assert_eq!(same("9007199254740993", "9007199254740992"), Some(Sameness::Rounded));
        assert_eq!(same("[1]", "[1,2]"), Some(Sameness::Different));
        assert_eq!(same("[1]", "[1,]"), None);
        assert_eq!(same_json("[1]", "[1,]", true), Some(Sameness::Equal));
        assert_eq!(same(r#"{"q":5}"#, r#"{"q":"string"}"#), Some(Sameness::Filled));
        let typed = r#"{"type":["string"]}"#;
        assert_eq!(same(r#"{"type":[5]}"#, typed), Some(Sameness::Different));
        assert_eq!(same(typed, typed), Some(Sameness::Equal));
    }
}
