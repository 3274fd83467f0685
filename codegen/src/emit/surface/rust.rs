//! Types as a reviewer reads them in a signature: the last segments of their paths.
//!
//! In: types of the API. Out: texts. Says what the emitted code says, which a test compares.

use crate::api::{Body, Field, FieldState, Operation, Response, Type, TypeId, TypeKind};
use crate::emit::Crate;
use crate::emit::struct_view::value;

/// The type of a value.
pub(super) fn ty(of: &Crate<'_>, ty: &Type) -> String {
    let inner = |ty: &Type| self::ty(of, ty);
    match ty {
        Type::Unknown => "Value".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Secret => "Secret".to_owned(),
        Type::File => "FilePart".to_owned(),
        Type::List(item) => format!("Vec<{}>", inner(item)),
        Type::Map(item) => format!("BTreeMap<String, {}>", inner(item)),
        Type::Nullable(item) => format!("Option<{}>", inner(item)),
        Type::Named(id) => of.names.of_type(*id).ident.clone(),
    }
}

/// The type of a part of `owner`: boxed where it would hold itself.
pub(super) fn part(of: &Crate<'_>, owner: TypeId, whole: &Type) -> String {
    match whole {
        Type::Nullable(inner) => format!("Option<{}>", part(of, owner, inner)),
        Type::Named(_) if of.is_boxed(owner, whole) => format!("Box<{}>", ty(of, whole)),
        Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Unknown | Type::Bool => ty(of, whole),
        Type::Integer | Type::Unsigned | Type::Number => ty(of, whole),
        Type::Text | Type::Secret | Type::File => ty(of, whole),
    }
}

/// The type of a field.
pub(super) fn field(of: &Crate<'_>, owner: TypeId, field: &Field) -> String {
    let inner = part(of, owner, value(field));
    match field.state() {
        FieldState::Required => inner,
        FieldState::Optional => format!("Option<{inner}>"),
        FieldState::Patch => format!("Patch<{inner}>"),
    }
}

/// What a parameter takes.
pub(super) fn argument(of: &Crate<'_>, whole: &Type) -> String {
    match whole {
        Type::Bool | Type::Integer | Type::Unsigned | Type::Number => ty(of, whole),
        Type::Secret => "impl Into<Secret>".to_owned(),
        Type::Named(id) => match of.api.types.get(*id).map(|definition| &definition.kind) {
            Some(TypeKind::Enumeration(_)) => format!("impl Into<{}>", ty(of, whole)),
            Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => TEXT.to_owned(),
        },
        Type::List(element) => match argument(of, element) {
            several if several.starts_with(SEVERAL) => several,
            one => format!("{SEVERAL}{one}>"),
        },
        Type::Nullable(inner) => argument(of, inner),
        Type::Text | Type::Unknown | Type::File | Type::Map(_) => TEXT.to_owned(),
    }
}

/// What an argument of the path takes, which is never several values.
pub(super) fn path_argument(of: &Crate<'_>, ty: &Type) -> String {
    Some(argument(of, ty)).filter(|it| !it.starts_with(SEVERAL)).unwrap_or_else(|| TEXT.to_owned())
}

/// What a call takes as its body; `None` where it takes none.
pub(super) fn body(of: &Crate<'_>, body: &Body) -> Option<String> {
    Some(match body {
        Body::Json { ty, .. } => self::ty(of, ty),
        Body::Text { .. } => "impl Into<String>".to_owned(),
        Body::Bytes { .. } => "impl Into<Bytes>".to_owned(),
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => self::ty(of, &Type::Named(*ty)),
        Body::GraphQl { variables, .. } => self::ty(of, variables.as_ref()?),
    })
}

/// What a response is decoded into.
pub(super) fn response(of: &Crate<'_>, operation: &Operation) -> String {
    let response = &operation.response;
    match (response.decoded(), response) {
        (Some((Type::Unknown, _)), _) => "Json".to_owned(),
        (Some((whole, true)), _) => format!("Option<{}>", ty(of, whole)),
        (Some((whole, false)), _) => ty(of, whole),
        (None, Response::Text) => "Text".to_owned(),
        (None, Response::Bytes) => "Bytes".to_owned(),
        (None, Response::Empty | Response::Unknown | Response::Json { .. }) => "()".to_owned(),
    }
}

const TEXT: &str = "impl Display";
const SEVERAL: &str = "impl IntoIterator<Item = ";
