//! Forms: the fields of a name are one field, typed as the name's values are anywhere.

use super::decide::Decider;
use super::keys::Keyed;
use super::kinds::{Kinds, Said};
use super::reasons::Rule;
use super::scalars::{docs, is_repeated};
use crate::api::{
    Content, Field, Message, Nullability, Place, Presence, Struct, StructRole, Type, TypeId,
    TypeKind, TypeOrigin,
};
use crate::credential::is_secret;
use crate::diagnostic::Diagnostic;
use crate::draft::{Body, Entry, EntryValue, Part};
use crate::evidence::Shape;
use crate::placeholder::{Placeholder, placeholder};
use crate::template::Template;
use std::collections::BTreeMap;

/// What a form has under one name.
pub(super) struct Group<'a> {
    entries: Vec<&'a Entry>,
    has_file: bool,
    content_type: Option<&'a str>,
}

impl<'a> Group<'a> {
    /// The name.
    pub(super) fn name(&self) -> Template {
        self.entries.first().map(|entry| entry.name.clone()).unwrap_or_default()
    }

    /// What is said of its type; nothing of files and of what nobody else may see.
    pub(super) fn said(&self) -> Said {
        if self.fixed().is_some() { Said::default() } else { Said::of(&self.entries) }
    }

    /// The texts that the collection sends.
    fn sent(&self) -> impl Iterator<Item = &'a str> {
        let text = |entry: &&'a Entry| match &entry.value {
            EntryValue::Default(template) => template.as_literal(),
            EntryValue::Absent | EntryValue::Caller(_) => None,
        };
        self.entries.iter().filter(|entry| entry.enabled).filter_map(text)
    }

    /// The type that no value decides.
    fn fixed(&self) -> Option<(Type, Rule)> {
        let is_secret = is_secret(&self.name().written());
        let secret = is_secret.then_some((Type::Secret, Rule::Secret));
        self.has_file.then_some((Type::File, Rule::File)).or(secret)
    }
}

/// The fields of a form by name, in the order of the names; of any other body none.
pub(super) fn groups(body: Option<&Body>) -> Vec<Group<'_>> {
    let entries: Vec<(&Entry, bool, Option<&str>)> = match body {
        Some(Body::Form(fields)) => fields.iter().map(|entry| (entry, false, None)).collect(),
        Some(Body::Multipart(parts)) => {
            let file = |part: &Part| part.file || is_bytes(&part.entry);
            parts.iter().map(|it| (&it.entry, file(it), it.content_type.as_deref())).collect()
        }
        Some(Body::Raw { .. } | Body::Binary { .. } | Body::GraphQl { .. }) | None => Vec::new(),
    };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (entry, has_file, content_type) in entries {
        let at = *places.entry(entry.name.written()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => {
                group.entries.push(entry);
                group.has_file |= has_file;
            }
            None => groups.push(Group { entries: vec![entry], has_file, content_type }),
        }
    }
    groups
}

/// Whether an entry's value is but a placeholder for bytes.
fn is_bytes(entry: &Entry) -> bool {
    let EntryValue::Caller(text) = &entry.value else { return false };
    placeholder(text) == Some(Placeholder::Binary)
}

/// The names of a form's fields that are no fixed texts, each once.
pub(super) fn names(keyed: &Keyed<'_>) -> Vec<(String, Template)> {
    let names = groups(keyed.operation.body.as_ref()).iter().map(Group::name).collect::<Vec<_>>();
    let open = names.into_iter().filter(|name| name.as_literal().is_none());
    let names: BTreeMap<String, Template> = open.map(|name| (name.written(), name)).collect();
    names.into_iter().collect()
}

/// The struct of a form.
pub(super) fn form(decider: &mut Decider<'_>, kinds: &Kinds, keyed: &Keyed<'_>) -> TypeId {
    if let Some(Body::Multipart(parts)) = &keyed.operation.body {
        decider.found.extend(differing(parts));
    }
    let place = Place::form(&keyed.key);
    let groups = groups(keyed.operation.body.as_ref());
    let fields = groups.iter().map(|group| field(decider, kinds, &place, group)).collect();
    let kind = TypeKind::Struct(Struct { role: StructRole::Request, fields });
    let request = super::samples::label(keyed);
    let message = Message { request, content: Content::Form, is_recorded: false };
    decider.arena.add(&place, kind, vec![TypeOrigin::Message(message)])
}

/// The findings that parts of one name differ in their content type: values of one field have one.
fn differing(parts: &[Part]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut kinds: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for part in parts {
        let (name, kind) = (part.entry.name.written(), part.content_type.as_deref());
        if *kinds.entry(name.clone()).or_insert(kind) != kind {
            let message = format!(
                "the parts called `{name}` differ in their content type; here all have that of the first"
            );
            let origin = part.entry.origin.clone();
            found.push(Diagnostic::warning("infer::part-type", message, origin));
        }
    }
    found
}

fn field(decider: &mut Decider<'_>, kinds: &Kinds, place: &Place, group: &Group<'_>) -> Field {
    let key = group.name().written();
    let default = default(decider, group);
    let (ty, rule) = match group.fixed() {
        Some(fixed) => fixed,
        None => match kinds.settle(&group.name(), &group.said()) {
            // What the collection sends must be a value of the type.
            (ty, _) if !group.sent().all(|text| ty.sends(text)) => (Type::Text, Rule::Sent),
            settled => settled,
        },
    };
    decider.because(&place.child(&key), rule, &Shape::default());
    Field {
        ty: if is_repeated(&group.entries) { Type::List(Box::new(ty)) } else { ty },
        presence: Presence::Optional,
        nullability: Nullability::Plain,
        default,
        content_type: group.content_type.map(str::to_owned),
        format: None,
        docs: docs(&group.entries),
        provenance: vec!["collection".to_owned()],
        key,
    }
}

/// What a form sends for a name unless the caller says otherwise: nothing where one of its values is the caller's.
fn default(decider: &mut Decider<'_>, group: &Group<'_>) -> Vec<String> {
    let name = group.name().written();
    let text = |entry: &&Entry| match &entry.value {
        EntryValue::Default(template) => template.as_literal().map(str::to_owned),
        EntryValue::Absent | EntryValue::Caller(_) => None,
    };
    let sent = || group.entries.iter().filter(|entry| entry.enabled);
    match sent().map(text).collect::<Option<Vec<_>>>() {
        // Nothing stands in for a secret, not even the empty text that the collection has there.
        Some(_) if is_secret(&name) => Vec::new(),
        Some(texts) => texts,
        None => {
            let lost = sent().filter(|entry| text(entry).is_none());
            let lost = lost.filter(|entry| matches!(entry.value, EntryValue::Default(_)));
            decider.found.extend(lost.map(|entry| lost_default(&name, entry)));
            Vec::new()
        }
    }
}

fn lost_default(name: &str, entry: &Entry) -> Diagnostic {
    let message = format!("the value that the collection sends for `{name}` is left to the caller");
    Diagnostic::note("infer::form-value", message, entry.origin.clone())
}
