//! What the kinds of patches have in common: what one key is applied to, and what may stand where.

use crate::api::{
    Api, Enumeration, Place, Presence, Root, Step, StructRole, Type, TypeKind, Types,
};
use crate::diagnostic::Diagnostic;
use crate::docs::{Block, Docs, Inline};
use crate::origin::Origin;
use crate::overlay::nearest::did_you_mean;
use crate::overlay::types::{TypeSite, TypeText, define};
use crate::overlay::{Entry, PatchKey, SOURCE};

/// What one key of an entry is applied to.
pub(super) struct PatchContext<'a> {
    pub(super) api: &'a mut Api,
    pub(super) entry: &'a Entry,
    pub(super) patch_key: &'a PatchKey,
    /// The place.
    pub(super) place: Place,
    /// The place in its resource.
    pub(super) resource: Place,
    /// What was found on the way.
    pub(super) found: &'a mut Vec<Diagnostic>,
}

impl PatchContext<'_> {
    /// The error that this cannot be said here.
    pub(super) fn misplaced(&self) -> Diagnostic {
        let message = format!("`{}` cannot be said of `{}`", self.patch_key.key, self.entry.at);
        at_key(self.patch_key, "overlay::misplaced", message)
            .with_help("spec/README.md lists what can be said where")
    }

    /// The error that a type or word cannot stand here.
    pub(super) fn unfit(&self, message: impl Into<String>) -> Diagnostic {
        at_key(self.patch_key, "overlay::type", message)
    }

    /// The type that the overlay writes, for an object with this `role`.
    pub(super) fn build(&mut self, ty: &TypeText, role: StructRole) -> Result<Type, Diagnostic> {
        let site = TypeSite { place: &self.place, role, reason: &self.entry.reason };
        ty.build(&mut self.api.types, site).map_err(|key| {
            let known: Vec<_> = self.api.types.iter().map(|(_, def)| def.key.to_string()).collect();
            let known = known.iter().map(String::as_str);
            let help =
                did_you_mean(&key, known, "`cargo xtask dump --stage infer` lists all types");
            self.unfit(format!("no type has the key `{key}`")).with_help(help)
        })
    }

    /// `ty` with the enumeration of `values` where text stands: alone, in a list, a map, or a nullable.
    pub(super) fn enumerated(&mut self, ty: &Type, values: &[String]) -> Type {
        match ty {
            Type::List(inner) => Type::List(Box::new(self.enumerated(inner, values))),
            Type::Map(inner) => Type::Map(Box::new(self.enumerated(inner, values))),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.enumerated(inner, values))),
            Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {
                self.enumeration(values)
            }
            Type::Text | Type::Secret | Type::File | Type::Named(_) => self.enumeration(values),
        }
    }

    pub(super) fn enumeration(&mut self, values: &[String]) -> Type {
        let kind = TypeKind::Enumeration(Enumeration { values: values.to_vec() });
        let role = StructRole::Nested;
        let known = self.api.types.iter().find(|(_, def)| def.key == self.resource);
        let place = match known {
            Some((_, def)) if def.kind != kind => &self.place,
            Some(_) | None => &self.resource,
        };
        let site = TypeSite { place, role, reason: &self.entry.reason };
        Type::Named(define(&mut self.api.types, site, kind))
    }
}

/// The place in its resource, of a place in a body: what is equal there in several bodies and answers is one type (`POST /users body.kind` is `/users .kind`).
pub(super) fn pooled(place: &Place) -> Place {
    let is_field =
        matches!((&place.root, place.steps.first()), (Root::Request(_), Some(Step::Field(_))));
    let pooled = if is_field { place.resource() } else { None };
    pooled.unwrap_or_else(|| place.clone())
}

/// Where a type stands, which says what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Json,
    Parameter,
    Form,
    Multipart,
}

/// Why `ty` cannot stand there, if it cannot.
pub(super) fn unfit(types: &Types, ty: &Type, position: Position) -> Option<&'static str> {
    let flat = position != Position::Json;
    match ty {
        Type::File if position == Position::Multipart => None,
        Type::File => Some("files stand in multipart bodies only"),
        Type::List(inner) if flat && matches!(**inner, Type::List(_)) => {
            Some("a list of lists cannot stand in a parameter or a form")
        }
        Type::List(inner) => unfit(types, inner, position),
        Type::Map(_) | Type::Nullable(_) | Type::Unknown if flat => {
            Some("a parameter, or a field of a form, is text, a number, a bool, or a list of these")
        }
        Type::Map(inner) | Type::Nullable(inner) => unfit(types, inner, position),
        Type::Named(id) if flat => match types.get(*id).map(|def| &def.kind) {
            Some(TypeKind::Enumeration(_)) => None,
            Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => {
                Some("an object cannot stand in a parameter or a form")
            }
        },
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::Named(_) => None,
    }
}

pub(super) fn at_key(
    patch_key: &PatchKey,
    code: &'static str,
    message: impl Into<String>,
) -> Diagnostic {
    let origin = Origin { span: Some(patch_key.span), ..Origin::default() };
    Diagnostic::error(code, message, origin).in_source(SOURCE)
}

pub(super) const fn presence(required: bool) -> Presence {
    if required { Presence::Required } else { Presence::Optional }
}

pub(super) fn paragraph(text: &str) -> Docs {
    Docs(vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])])
}

/// Notes that the overlay had a say.
pub(super) fn note(provenance: &mut Vec<String>) {
    if provenance.last().is_none_or(|last| last != "overlay") {
        provenance.push("overlay".to_owned());
    }
}
