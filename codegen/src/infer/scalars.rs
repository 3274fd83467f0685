//! Values that are written as text: what one of a query, a form or a header says of its parameter's type, and the one lattice in which what several say is joined.

use super::formats::formats;
use super::words::is_label;
use crate::api::Type;
use crate::docs::Docs;
use crate::draft::{Entry, EntryValue};
use crate::evidence::shape::{Format, Texts};
use crate::placeholder::{Placeholder, hint, placeholder};

/// From so many digits on a text is a phone, an account or an identifier rather than a quantity.
pub(crate) const LONG_DIGITS: usize = 10;

/// The type that an entry's value names, where it is but a placeholder: real values beside it decide.
pub(crate) fn named_type(entry: &Entry) -> Option<Type> {
    let EntryValue::Caller(text) = &entry.value else { return None };
    placeholder(text).map(placeholder_type)
}

/// The type of the text that a placeholder stands for.
pub(crate) fn placeholder_type(named: Placeholder) -> Type {
    match named {
        Placeholder::Boolean => Type::Bool,
        Placeholder::Integer => Type::Integer,
        Placeholder::Number => Type::Number,
        Placeholder::Text | Placeholder::DateTime | Placeholder::Uuid => Type::Text,
        Placeholder::Binary | Placeholder::List => Type::Text,
        Placeholder::Unknown | Placeholder::Words => Type::Text,
    }
}

/// The type of a value of `name` that is written as text.
pub(crate) fn text_type(name: &str, text: &str) -> Type {
    match formats(text).as_slice() {
        [Format::Boolean, ..] => Type::Bool,
        [Format::Integer, ..] if text.len() < LONG_DIGITS && !is_label(name) => Type::Integer,
        [..] => Type::Text,
    }
}

/// The type of the values of `name` that traffic showed; `None` where all were empty, which says nothing.
pub(crate) fn recorded_type(name: &str, texts: &Texts) -> Option<Type> {
    let of = |format: Format| texts.formats.get(&format).copied().unwrap_or_default();
    let (integers, numbers) = (of(Format::Integer), of(Format::Number));
    Some(match texts.seen.count.saturating_sub(texts.blank) {
        0 => return None,
        all if of(Format::Boolean) == all => Type::Bool,
        _ if is_label(name) => Type::Text,
        all if integers == all => Type::Integer,
        all if integers.saturating_add(numbers) == all => Type::Number,
        _ => Type::Text,
    })
}

/// The type that holds the values of both; a file is the bytes of any text.
pub(crate) fn joined(one: Option<Type>, other: Type) -> Option<Type> {
    Some(match (one, other) {
        (None, ty) => ty,
        (Some(one), other) if one == other => one,
        (Some(Type::File), _) | (_, Type::File) => Type::File,
        (Some(Type::Integer), Type::Number) | (Some(Type::Number), Type::Integer) => Type::Number,
        (Some(_), _) => Type::Text,
    })
}

/// The type of one value of a parameter.
pub(crate) fn scalar_mut(ty: &mut Type) -> &mut Type {
    match ty {
        Type::List(element) => element,
        other => other,
    }
}

/// Whether entries of one name are several values; where just one of them is switched on, the others stand in its stead.
pub(crate) fn is_repeated(group: &[&Entry]) -> bool {
    group.len() > 1 && group.iter().filter(|entry| entry.enabled).count() != 1
}

/// What is said of a name: the first description, before others that of what is sent, then what placeholders say in words.
pub(crate) fn docs(group: &[&Entry]) -> Docs {
    let (sent, others): (Vec<&Entry>, Vec<&Entry>) = group.iter().partition(|it| it.enabled);
    let mut said = sent.iter().chain(&others).map(|entry| &entry.docs);
    let said = said.find(|docs| !docs.0.is_empty());
    let words = group.iter().filter_map(|entry| match &entry.value {
        EntryValue::Caller(text) => hint(&entry.name.written(), text),
        EntryValue::Absent | EntryValue::Default(_) => None,
    });
    let mut docs = said.cloned().unwrap_or_default();
    docs.tell(&words.collect());
    docs
}
