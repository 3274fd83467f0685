//! What something is: its key, its type, and where it stands in the emitted source.

use super::addressed::{Addressed, message, parameter};
use super::print::section;
use super::{ExplainInput, rust};
use crate::api::dump::{scheme_text, type_text};
use crate::api::{Api, Field, Nullability, OperationId, Presence, Type, TypeId, TypeKind};
use crate::overlay::Target;
use crate::visible::in_line;
use std::fmt::Write as _;

/// Its key, its type, and its place in the emitted source.
pub(super) fn headline(out: &mut String, subject: &ExplainInput<'_>, thing: &Addressed) {
    let (title, ty, found) = match thing {
        Addressed::Type(id) => {
            let key =
                subject.api.types.get(*id).map_or_else(String::new, |def| def.key.to_string());
            (format!("type `{key}`"), kind(subject.api, *id), rust::ty(subject, *id))
        }
        Addressed::Target(target) => target_headline(subject, target),
    };
    let _ = writeln!(out, "{}", in_line(&title));
    section(out, "type", vec![ty]);
    section(out, "rust", found.into_iter().collect());
}

fn target_headline(
    subject: &ExplainInput<'_>,
    target: &Target,
) -> (String, String, Option<String>) {
    let operation = |id: &OperationId| subject.api.operations.get(id.0);
    let key = |id: &OperationId| operation(id).map(|it| it.key.to_string()).unwrap_or_default();
    let types = &subject.api.types;
    let whole = |word: &str, id: &OperationId| {
        let ty = message(subject.api, target);
        let text = ty.as_ref().map_or("nothing known".to_owned(), |ty| type_text(types, ty));
        let named = ty.as_ref().and_then(named).and_then(|id| rust::ty(subject, id));
        (format!("{word} of {}", key(id)), text, named.or_else(|| rust::method(subject, *id)))
    };
    match target {
        Target::Operation(id) => {
            let name = operation(id).map(|it| format!("operation {:?}", it.name));
            (key(id), name.unwrap_or_default(), rust::method(subject, *id))
        }
        Target::Parameter(id, location, name) => {
            let found = operation(id).and_then(|it| parameter(it, *location, name));
            let text =
                found.map(|(_, it)| format!("{}{}", type_text(types, &it.ty), asked(it.presence)));
            let title = format!("{} parameter `{name}` of {}", location.word(), key(id));
            let set = found.and_then(|(index, _)| rust::setter(subject, *id, *location, index));
            (title, text.unwrap_or_default(), set)
        }
        Target::Field(id, key) => field_headline(subject, *id, key),
        Target::Body(id) => whole("body", id),
        Target::Response(id) => whole("answer", id),
        Target::Error(id) => whole("error", id),
        Target::Credential(id) => {
            let known = subject.api.credentials.get(id.0);
            let scheme = known.map(|it| scheme_text(&it.scheme)).unwrap_or_default();
            let key = known.map_or("", |it| it.key.as_str());
            (format!("credential {key}"), scheme, rust::credential(subject, *id))
        }
    }
}

fn field_headline(
    subject: &ExplainInput<'_>,
    id: TypeId,
    key: &str,
) -> (String, String, Option<String>) {
    let owner = subject.api.types.get(id).map_or_else(String::new, |def| def.key.to_string());
    let title = format!("field `{key}` of `{owner}`");
    let Some((index, field)) = field(subject.api, id, key) else {
        return (title, String::new(), None);
    };
    let null = match field.nullability {
        Nullability::Plain => "",
        Nullability::ThreeState => ", or null",
    };
    let known = field.provenance.join(", ");
    let ty = type_text(&subject.api.types, &field.ty);
    let text = format!("{ty}{null}{}; known from {known}", asked(field.presence));
    (title, text, rust::field(subject, id, index))
}

fn asked(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => ", required",
        Presence::Optional => ", optional",
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::File => None,
    }
}

fn kind(api: &Api, id: TypeId) -> String {
    let Some(def) = api.types.get(id) else { return String::new() };
    let text = |ty: &Type| type_text(&api.types, ty);
    match &def.kind {
        TypeKind::Struct(object) => {
            let keys: Vec<_> = object.fields.iter().map(|field| field.key.as_str()).collect();
            format!("struct of {}", keys.join(", "))
        }
        TypeKind::Enumeration(known) => format!("enumeration of {}", known.values.join(", ")),
        TypeKind::Union(union) => {
            let arms: Vec<_> = union.arms.iter().map(|arm| text(&arm.ty)).collect();
            format!("one of {}", arms.join(" | "))
        }
    }
}

fn field<'a>(api: &'a Api, id: TypeId, key: &str) -> Option<(usize, &'a Field)> {
    match &api.types.get(id)?.kind {
        TypeKind::Struct(object) => {
            object.fields.iter().enumerate().find(|(_, field)| field.key == key)
        }
        TypeKind::Enumeration(_) | TypeKind::Union(_) => None,
    }
}
