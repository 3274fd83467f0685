//! JSON values -> text that people can compare: what fits a line stands on one.

use serde_json::Value;

/// Longest object that stands on one line.
const LINE: usize = 100;

/// The value, indented, with a final newline.
pub(super) fn print(value: &Value) -> String {
    let mut out = String::new();
    node(&mut out, value, 0);
    out.push('\n');
    out
}

fn node(out: &mut String, value: &Value, depth: usize) {
    let members = match value {
        Value::Object(members) if !members.is_empty() => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return out.push_str(&value.to_string());
        }
        Value::Array(_) | Value::Object(_) => return out.push_str(&value.to_string()),
    };
    if fits(value, &mut { LINE }) {
        return out.push_str(&value.to_string());
    }
    for (index, (key, value)) in members.iter().enumerate() {
        out.push_str(if index == 0 { "{\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&Value::from(key.as_str()).to_string());
        out.push_str(": ");
        node(out, value, depth + 1);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push('}');
}

/// Whether a value takes no more than `room`; looks no further than that.
fn fits(value: &Value, room: &mut usize) -> bool {
    let Value::Object(members) = value else { return take(room, value.to_string().len()) };
    take(room, 2)
        && members.iter().all(|(key, value)| take(room, key.len() + 4) && fits(value, room))
}

fn take(room: &mut usize, length: usize) -> bool {
    let left = room.checked_sub(length);
    *room = left.unwrap_or_default();
    left.is_some()
}
