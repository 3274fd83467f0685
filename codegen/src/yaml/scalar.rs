//! A scalar of YAML -> a value: the core schema (YAML 1.2.2 §10.3), as far as JSON can spell it.

use crate::json::{self, Value};
use saphyr_parser::{ScalarStyle, Tag};

/// The value of a scalar. Numbers that JSON cannot spell (`007`, `0x1F`, `.5`) stay the texts they are written as.
///
/// # Errors
///
/// A tag of another schema.
pub(super) fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    match tag {
        None if style == ScalarStyle::Plain => Ok(plain(text)),
        None => Ok(Value::Text(text.to_owned())),
        Some(tag) if is_core(tag, "str") || is_bare(tag) => Ok(Value::Text(text.to_owned())),
        Some(tag) if ["int", "float", "bool", "null"].iter().any(|name| is_core(tag, name)) => {
            Ok(plain(text))
        }
        Some(tag) => Err(unknown(tag)),
    }
}

/// Whether a list or a mapping may have its tag.
///
/// # Errors
///
/// Another tag than `!!seq` or `!!map`, whichever is `own`.
pub(super) fn collection(tag: Option<&Tag>, own: &str) -> Result<(), String> {
    match tag {
        Some(tag) if !is_core(tag, own) && !is_bare(tag) => Err(unknown(tag)),
        Some(_) | None => Ok(()),
    }
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    begins && json::read(text).is_ok_and(|node| matches!(node.value, Value::Number(_)))
}

fn is_core(tag: &Tag, name: &str) -> bool {
    tag.is_yaml_core_schema() && tag.suffix == name
}

/// `!` alone: the kind of value, whatever it looks like.
fn is_bare(tag: &Tag) -> bool {
    matches!((tag.handle.as_str(), tag.suffix.as_str()), ("", "!") | ("!", ""))
}

fn unknown(tag: &Tag) -> String {
    format!("the tag `{}{}` is none that a collection may use", tag.handle, tag.suffix)
}
