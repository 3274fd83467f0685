//! Texts that name a type where a value belongs: what converters from OpenAPI write for "a value of this type", `<string>` or `<integer>`.
//!
//! They show a type and are never sent: no service means `?force=<boolean>`.

use crate::credential::{is_withheld, words};
use crate::percent;

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// `<boolean>`.
    Boolean,
    /// `<integer>`, `<long>`.
    Integer,
    /// `<number>`, `<double>`, `<float>`.
    Number,
    /// `<string>`, `<email>`, `<date>`.
    Text,
    /// `<dateTime>`: a text, RFC 3339.
    DateTime,
    /// `<uuid>`: a text, RFC 9562.
    Uuid,
    /// `<binary>`: bytes.
    Binary,
    /// `<array>`.
    List,
    /// `<oneOf>`, `<object>`, and what a converter says of its own limits: nothing is known.
    Unknown,
    /// Any other words in brackets, `<your account>`: a text that a person describes.
    Words,
}

/// Longest text that is a placeholder; the words in longer brackets are prose.
const LONGEST: usize = 80;

/// Most words that describe a value; more are a remark about the document.
const MOST_WORDS: usize = 6;

/// The one type that converters write without brackets where they have no example.
const BARE: &str = "string";

/// Last words of names whose values may well be the names of types.
const TYPED: [&str; 6] = ["type", "types", "kind", "format", "schema", "class"];

/// Whether what a field, a parameter or a header called `name` holds is but a placeholder.
#[must_use]
pub fn is_placeholder(name: &str, text: &str) -> bool {
    placeholder_of(name, text).is_some()
}

/// What the `text` of a field, a parameter or a header called `name` stands for: `string` is a value where types are named.
#[must_use]
pub fn placeholder_of(name: &str, text: &str) -> Option<Placeholder> {
    let names_types = || words(name).last().is_some_and(|last| TYPED.contains(&last.as_str()));
    placeholder(text).filter(|_| text != BARE || !names_types())
}

/// The words that describe a value of `name` in brackets, `<your account>`; nothing of what may be a credential.
#[must_use]
pub fn hint(name: &str, text: &str) -> Option<String> {
    let words = bracketed(text).filter(|_| placeholder(text) == Some(Placeholder::Words))?;
    (!is_withheld(name, text)).then(|| percent::decode(words))
}

/// What `text` as a whole stands for, percent-encoded or not and in any case; `None` for a value.
#[must_use]
pub fn placeholder(text: &str) -> Option<Placeholder> {
    if text == BARE {
        return Some(Placeholder::Text);
    }
    let name = bracketed(text)?;
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match plain.to_ascii_lowercase().as_str() {
        "boolean" | "bool" => Placeholder::Boolean,
        "integer" | "int" | "int32" | "int64" | "long" | "short" | "bigint" => Placeholder::Integer,
        "number" | "double" | "float" | "decimal" => Placeholder::Number,
        "string" | "text" | "str" | "date" | "time" | "uri" | "url" | "email" | "byte" => {
            Placeholder::Text
        }
        "datetime" | "timestamp" => Placeholder::DateTime,
        "uuid" | "guid" => Placeholder::Uuid,
        "binary" | "file" => Placeholder::Binary,
        "array" | "list" => Placeholder::List,
        "oneof" | "anyof" | "allof" | "object" | "any" | "null" => Placeholder::Unknown,
        _ if is_remark(name) => Placeholder::Unknown,
        _ => Placeholder::Words,
    })
}

/// The words that `text` holds in its brackets, where it is a placeholder.
fn bracketed(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let inner = text
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .or_else(|| encoded(text, "%3C", "%3E"))
        .or_else(|| encoded(text, "&lt;", "&gt;"))?
        .trim();
    // Tags, addresses (`<id@host>`) and links (`<https://…>`) are values.
    let is_word = |letter: char| !letter.is_control() && !"<>/\\\"=@&;{}".contains(letter);
    let begins = inner.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (begins && inner.chars().all(is_word)).then_some(inner)
}

fn encoded<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let end = text.len().checked_sub(close.len())?;
    let is = |part: Option<&str>, wanted: &str| {
        part.is_some_and(|part| part.eq_ignore_ascii_case(wanted))
    };
    let brackets = is(text.get(..open.len()), open) && is(text.get(end..), close);
    text.get(open.len()..end).filter(|_| brackets)
}

/// Whether the words speak of the document rather than of a value.
fn is_remark(words: &str) -> bool {
    words.starts_with("Error") || words.split_whitespace().count() > MOST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_types_in_brackets_are_placeholders() {
        for (text, wanted) in [
            ("<boolean>", Placeholder::Boolean),
            ("%3Cboolean%3E", Placeholder::Boolean),
            ("&lt;INTEGER&gt;", Placeholder::Integer),
            (" <long> ", Placeholder::Integer),
            ("<double>", Placeholder::Number),
            ("<string>", Placeholder::Text),
            ("<dateTime>", Placeholder::DateTime),
            ("<date-time>", Placeholder::DateTime),
            ("<uuid>", Placeholder::Uuid),
            ("<binary>", Placeholder::Binary),
            ("<oneOf>", Placeholder::Unknown),
            ("<Error: the schema is nested too deeply>", Placeholder::Unknown),
            ("<your account>", Placeholder::Words),
            ("string", Placeholder::Text),
        ] {
            assert_eq!(placeholder(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn the_bare_name_of_a_type_is_a_value_where_types_are_named() {
        assert!(is_placeholder("q", "string") && is_placeholder("typeName", "string"));
        assert!(!is_placeholder("fieldType", "string") && !is_placeholder("value_kind", "string"));
        assert!(is_placeholder("type", "<string>") && !is_placeholder("q", "0"));
        assert_eq!(hint("q", "%3Cyour%20account%3E").as_deref(), Some("your account"));
        assert_eq!((hint("q", "<string>"), hint("otp", "<your code>")), (None, None));
    }

    #[test]
    fn values_in_brackets_are_none() {
        for text in [
            "",
            "<",
            "<>",
            "<3>",
            "a<b>",
            "<b>bold</b>",
            "<br/>",
            "<a href=\"x\">",
            "<{{id}}>",
            "<id@host.example>",
            "<https://host.example>",
            "String",
            "a string",
            "strings",
            "%3C",
            "é%3E",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
