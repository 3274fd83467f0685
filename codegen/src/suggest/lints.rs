//! Operations that cannot work as the collection has them.

use super::context::{OperationContext, squeezed};
use super::tokens::{Token, is_conditional, tokens};
use crate::draft::EntryValue;
use crate::template::Piece;

/// What is missing, in keys of a patch.
pub(super) struct Lack {
    /// The query parameter that is missing; else it is a part of the operation itself.
    pub(super) query: Option<String>,
    /// Keys and values.
    pub(super) keys: Vec<(&'static str, String)>,
}

/// Words before which "by" names what things are ordered or done by, not what one is found by.
const LISTING: [&str; 9] =
    ["list", "lists", "sort", "order", "filter", "group", "search", "page", "count"];

/// Words after "by" that name no parameter.
const NOT_A_NAME: [&str; 21] = [
    "id", "a", "an", "the", "this", "that", "its", "their", "using", "default", "one", "all",
    "user", "users", "admin", "you", "date", "page", "type", "category", "hand",
];

/// A GET or DELETE of a collection that says by what one thing in it is found, and takes nothing of that name.
pub(super) fn found_by(context: &OperationContext<'_>, sentence: &str) -> Option<Lack> {
    let operation = context.operation;
    let is_method = ["GET", "DELETE"].contains(&operation.method.as_str());
    if !is_method || !ends_in_a_collection(context) {
        return None;
    }
    let name = by(&tokens(sentence))?;
    let is_there = |known: &str| {
        let (known, name) = (squeezed(known), squeezed(&name));
        known.contains(&name) || name.contains(&known)
    };
    let mut known = operation.path_parameters.iter();
    let is_known = known.any(|parameter| parameter.name.as_literal().is_some_and(is_there));
    let takes_something = !operation.query.is_empty() || operation.body.is_some();
    (!is_known && !takes_something).then(|| Lack {
        query: Some(name),
        keys: vec![
            ("add", "true".to_owned()),
            ("type", "\"text\"".to_owned()),
            ("required", "true".to_owned()),
        ],
    })
}

/// Whether the path ends with a plural: what it answers or deletes is one of many, or all.
fn ends_in_a_collection(context: &OperationContext<'_>) -> bool {
    let Some(Piece::Text(text)) = context.operation.path.0.last() else { return false };
    let last = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.len() > 2 && last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us")
}

/// The name at the end of "Delete a user by its email".
fn by(tokens: &[Token]) -> Option<String> {
    let at = tokens.iter().position(|token| token.is(&["by"]))?;
    let before = tokens.get(..at)?;
    let is_participle = matches!(before.last(), Some(Token::Word(word)) if word.ends_with("ed"));
    let is_aside = matches!(before.last(), None | Some(Token::Mark(_)));
    let is_about_use = before.iter().any(|token| token.is(&LISTING) || token.is(&["use", "using"]));
    if is_about_use || is_aside || is_participle || is_conditional(tokens, at) {
        return None;
    }
    let rest = tokens.get(at + 1..)?;
    let skipped =
        rest.iter().take_while(|token| token.is(&["its", "their", "the", "a", "an", "given"]));
    let rest = rest.get(skipped.count()..)?;
    let name = match rest.first()? {
        Token::Word(word) if !NOT_A_NAME.contains(&word.as_str()) => word,
        Token::Code(code) => code,
        Token::Word(_) | Token::Quoted(_) | Token::Mark(_) => return None,
    };
    let ends = matches!(rest.get(1), None | Some(Token::Mark('.' | '(' | ',' | ';' | '!')));
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (ends && is_plain && !name.ends_with("ing")).then(|| name.clone())
}

/// A POST or PUT that says that it sends a file, and carries nothing.
pub(super) fn without_file(context: &OperationContext<'_>, sentence: &str) -> Option<Lack> {
    let tokens = tokens(sentence);
    let has = |words: &[&str]| tokens.iter().any(|token| token.is(words));
    let sends = has(&["import", "imports", "importing", "upload", "uploads", "uploading"]);
    let kind = match context.operation.method.as_str() {
        "POST" => "\"multipart\"",
        "PUT" => "\"bytes\"",
        _ => return None,
    };
    let is_empty = context.operation.body.is_none();
    let at = tokens.iter().position(|token| token.is(&["file", "files", "csv", "image"]))?;
    (sends && is_empty && !is_conditional(&tokens, at))
        .then(|| Lack { query: None, keys: vec![("body", kind.to_owned())] })
}

/// Words that begin the name of what must send something.
const SENDING: [&str; 8] =
    ["create", "add", "set", "update", "import", "upload", "insert", "replace"];

/// A POST, PUT or PATCH that says what its body is, and has none.
pub(super) fn without_body(context: &OperationContext<'_>) -> Option<(Lack, String)> {
    let operation = context.operation;
    let carries = ["POST", "PUT", "PATCH"].contains(&operation.method.as_str());
    if !carries || operation.body.is_some() || is_action(context) {
        return None;
    }
    let header = context.drafted?.headers.iter().find(|header| {
        let name = header.name.as_literal().unwrap_or_default();
        header.enabled && name.eq_ignore_ascii_case("content-type")
    })?;
    let value = match &header.value {
        EntryValue::Default(value) => value.as_literal()?.to_lowercase(),
        EntryValue::Absent | EntryValue::Caller(_) => return None,
    };
    let kind = match value.split(';').next().unwrap_or_default().trim() {
        "multipart/form-data" => "\"multipart\"",
        "application/x-www-form-urlencoded" => "\"form\"",
        json if json.ends_with("json") => "\"json\"",
        _ => return None,
    };
    let lack = Lack { query: None, keys: vec![("body", kind.to_owned())] };
    Some((lack, format!("Content-Type: {value}")))
}

/// Whether a POST does what its path ends with ("Follow a profile" on `…/follow`), which needs no body.
fn is_action(context: &OperationContext<'_>) -> bool {
    let Some(Piece::Text(text)) = context.operation.path.0.last() else { return false };
    let last = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let words = tokens(&context.operation.name);
    let Some(Token::Word(verb)) = words.first() else { return false };
    context.operation.method == "POST"
        && !SENDING.contains(&verb.as_str())
        && squeezed(last).starts_with(&squeezed(verb))
}
