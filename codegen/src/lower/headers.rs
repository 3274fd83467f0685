//! Headers: what is sent, what is the client's business, what carries a credential (POSTMAN.md §4).

use super::context::Context;
use super::holes;
use crate::credential::{is_credential, is_withheld};
use crate::diagnostic::Diagnostic;
use crate::draft::Entry;
use crate::postman::{Field, FieldValue, Message};
use crate::template::Piece;
use std::collections::BTreeMap;

/// Headers that the client's transport writes.
const TRANSPORT: &[&str] = &[
    "host",
    "content-length",
    "connection",
    "transfer-encoding",
    "postman-token",
    "accept-encoding",
    "proxy-connection",
    "keep-alive",
    "upgrade",
    "te",
    "trailer",
];

/// The headers of a request, sorted by what they are for.
#[derive(Default)]
pub(super) struct Headers<'a> {
    /// Those that are sent as they are.
    pub(super) plain: Vec<&'a Field>,
    /// Those in use that carry a credential.
    pub(super) credentials: Vec<&'a Field>,
    /// Those out of use that carry a credential.
    pub(super) unused: Vec<&'a Field>,
    /// The last `Content-Type` in use.
    pub(super) content_type: Option<&'a Field>,
    /// Those before it, spelled alike.
    pub(super) more_content_types: Vec<&'a Field>,
}

/// Sorts the headers of a request; `None`, with a finding, where one of them cannot be sent.
pub(super) fn sort<'a>(message: &'a Message, context: &mut Context) -> Option<Headers<'a>> {
    let mut headers = Headers::default();
    for field in grouped(&message.headers) {
        if field.name.trim().is_empty() {
            continue;
        }
        if field.enabled
            && let Some(why) = refusal(field)
        {
            context.found.push(why);
            return None;
        }
        let name = field.name.to_ascii_lowercase();
        if TRANSPORT.contains(&name.as_str()) {
            if field.enabled {
                let message =
                    format!("`{}` is the transport's business; it is left out", field.name);
                context.found.push(Diagnostic::note(
                    "lower::header",
                    message,
                    field.origin.clone(),
                ));
            }
        } else if name == "content-type" && field.enabled {
            headers.more_content_types.extend(headers.content_type.replace(field));
        } else if is_credential(&field.name) {
            let list = if field.enabled { &mut headers.credentials } else { &mut headers.unused };
            list.push(field);
        } else if field.enabled || holes::template(&field.name).as_literal().is_some_and(is_token) {
            headers.plain.push(field);
        }
    }
    Some(headers)
}

impl Headers<'_> {
    /// Gives up what the headers say of the content type: the body decides alone.
    pub(super) fn forget_content_type(&mut self) {
        self.content_type = None;
        self.more_content_types.clear();
    }
}

/// A header that is sent as it is.
pub(super) fn plain(field: &Field, context: &Context) -> Entry {
    let text = text(&field.value);
    if is_withheld(&field.name, &text) {
        return secret(field, context);
    }
    context.entry(field, context.value(field, &text))
}

/// A header that carries a second credential, or one out of use.
pub(super) fn secret(field: &Field, context: &Context) -> Entry {
    context.entry(field, context.redacted(&text(&field.value)))
}

/// The literal value of a header, where it has one.
pub(super) fn literal(field: &Field) -> Option<String> {
    match holes::template(&text(&field.value)).as_literal() {
        Some(text) if !text.is_empty() => Some(text.to_owned()),
        Some(_) | None => None,
    }
}

/// What Postman sends for a value: `null` is text here.
pub(super) fn text(value: &FieldValue) -> String {
    match value {
        FieldValue::Absent => String::new(),
        FieldValue::Null => "null".to_owned(),
        // Blanks around a value are no part of it (RFC 9110 §5.5).
        FieldValue::Text(text) => text.trim_matches([' ', '\t']).to_owned(),
        FieldValue::Scalar(text) | FieldValue::Json(text) => text.clone(),
    }
}

/// Names spelled alike stand together at the first one's place; of names that differ in case only the last spelling in use is sent.
fn grouped(fields: &[Field]) -> Vec<&Field> {
    let used = fields.iter().filter(|field| field.enabled);
    let spelled: BTreeMap<String, &str> =
        used.map(|field| (field.name.to_ascii_lowercase(), field.name.as_str())).collect();
    let sent = |field: &&Field| {
        let last = spelled.get(&field.name.to_ascii_lowercase());
        !field.enabled || last.is_none_or(|last| *last == field.name)
    };
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Field>> = Vec::new();
    for field in fields.iter().filter(sent) {
        let at = *place.entry(&field.name).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(field),
            None => groups.push(vec![field]),
        }
    }
    groups.concat()
}

/// Why a header cannot be sent.
fn refusal(field: &Field) -> Option<Diagnostic> {
    let name = holes::template(&field.name);
    let valid = name.0.iter().all(|piece| match piece {
        Piece::Text(text) => is_token(text),
        Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => true,
    });
    if !valid {
        let message = format!(
            "{:?} is no header name; the request is left out, as Postman refuses it",
            field.name
        );
        let mut origin = field.origin.clone();
        origin.pointer = origin.pointer.key("key");
        return Some(Diagnostic::warning("lower::header-name", message, origin));
    }
    let value = text(&field.value);
    let bad = value.chars().find(|c| !is_sendable(*c))?;
    Some(bad_value(field, &value, bad))
}

/// A second line within a value is an attack or a mistake that a person must see; anything else costs only its request.
fn bad_value(field: &Field, value: &str, bad: char) -> Diagnostic {
    let message = format!(
        "the value of the header `{}` holds {bad:?}, which no header can carry; the request is left out",
        field.name
    );
    let mut origin = field.origin.clone();
    origin.pointer = origin.pointer.key("value");
    let inner = value.trim_matches(['\r', '\n']);
    if inner.contains(['\r', '\n']) {
        return Diagnostic::error("lower::header-value", message, origin)
            .with_help("write one header an entry");
    }
    Diagnostic::warning("lower::header-value", message, origin)
}

/// RFC 9110 §5.6.2.
pub(super) fn is_token(text: &str) -> bool {
    let other = |b: u8| b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || other(b))
}

/// What Node puts into a header: tabs, printable ASCII and Latin-1.
fn is_sendable(c: char) -> bool {
    c == '\t' || (' '..='\u{ff}').contains(&c) && c != '\u{7f}'
}

/// Whether Postman's API key replaces a header of this other spelling: the same letters and digits.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let squeezed = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    squeezed(a) == squeezed(b)
}
