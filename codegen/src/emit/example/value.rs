//! Values for an example, one for each type, so that it compiles: for people what the place's name promises, for a program one that says nothing.

use super::expr::Expr;
use super::scope::Scope;
use super::words;
use crate::api::{
    Enumeration, Field, FieldState, Presence, Struct, StructRole, Type, TypeId, TypeKind, Union,
};
use proc_macro2::Literal;

/// Depth at which values stop following required fields.
const DEPTH: usize = 8;

/// Fields of a body that an example gives: the first ones, as the collection writes them.
const SHOWN: usize = 4;

/// Where a value stands.
#[derive(Clone, Copy)]
struct Slot<'a> {
    /// The Rust name of the parameter or the field.
    name: &'a str,
    /// Required fields are followed so many structs deep.
    depth: usize,
    /// Whether a value of the very type is asked for, where an argument may be anything that converts.
    owned: bool,
}

/// A value of `ty` as the argument `name`.
pub(crate) fn argument(ty: &Type, name: &str, scope: &mut Scope<'_>) -> Expr {
    value(ty, scope, Slot { name, depth: DEPTH, owned: false })
}

/// A value of `ty` that says nothing, as an argument.
pub(crate) fn neutral(ty: &Type, scope: &mut Scope<'_>) -> Expr {
    argument(ty, "text", scope)
}

/// A value of a body's type, with a few optional fields to show how they are set.
pub(super) fn body(ty: &Type, name: &str, scope: &mut Scope<'_>) -> Expr {
    let value = argument(ty, name, scope);
    let Type::Named(id) = ty else { return value };
    let members = scope.names.types.get(id.0).map(|it| it.members.as_slice()).unwrap_or_default();
    let shown = optional(scope, *id)
        .into_iter()
        .filter_map(|(place, field)| Some((members.get(place)?, field)));
    shown.fold(value, |value, (setter, field)| {
        let given = set(*id, field, setter, scope);
        value.method(setter, vec![given])
    })
}

/// A value for the setter of an optional field. One with three states takes what becomes a `Patch` of the very type, so only texts and numbers convert.
fn set(owner: TypeId, field: &Field, setter: &str, scope: &mut Scope<'_>) -> Expr {
    let is_patch = field.state() == FieldState::Patch;
    match &field.ty {
        Type::List(_) if is_patch => {
            value(&field.ty, scope, Slot { name: setter, depth: DEPTH, owned: true })
        }
        Type::Named(part) if is_patch && scope.is_boxed(owner, *part) => {
            boxed(argument(&field.ty, setter, scope))
        }
        ty => argument(ty, setter, scope),
    }
}

fn boxed(value: Expr) -> Expr {
    Expr::Path(vec!["Box".to_owned(), "new".to_owned()]).call(vec![value])
}

/// A body of which one field is set and another one deleted; `None` unless it has two that show it.
pub(super) fn change(id: TypeId, scope: &mut Scope<'_>) -> Option<Expr> {
    let api = scope.api;
    let TypeKind::Struct(own) = &api.types.get(id)?.kind else { return None };
    if own.fields.iter().any(|it| it.presence == Presence::Required) {
        return None;
    }
    let members = &scope.names.types.get(id.0)?.members;
    let has_states = |it: &Field| it.state() == FieldState::Patch && is_scalar(&it.ty);
    let fields: Vec<_> = own.fields.iter().zip(members).filter(|(it, _)| has_states(it)).collect();
    let texts = || fields.iter().rev().filter(|(it, _)| it.ty == Type::Text);
    let (_, deleted) = texts().find(|(it, _)| !identifies(&it.key)).or(texts().next())?;
    let (set, setter) = fields.iter().find(|(_, name)| name != deleted)?;
    let mut new = scope.named(id);
    new.push("new".to_owned());
    let given = argument(&set.ty, setter, scope);
    let mut null = scope.exported("Patch");
    null.push("Null".to_owned());
    let body = Expr::Path(new).call(Vec::new()).method(setter, vec![given]);
    Some(body.method(deleted, vec![Expr::Path(null)]))
}

/// Whether a key is what a record is known by, which nobody deletes.
fn identifies(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["id", "name"].iter().any(|end| key.ends_with(end))
}

/// The optional fields of a body that an example sets, with their places: the first scalars as the collection writes them, else the first field that is no free JSON.
fn optional<'a>(scope: &Scope<'a>, id: TypeId) -> Vec<(usize, &'a Field)> {
    let api = scope.api;
    let Some(TypeKind::Struct(Struct { fields, role: StructRole::Request })) =
        api.types.get(id).map(|it| &it.kind)
    else {
        return Vec::new();
    };
    let required = fields.iter().filter(|it| it.presence == Presence::Required).count();
    // What a form sends by itself needs no example.
    let is_optional = |it: &Field| it.presence == Presence::Optional && it.default.is_empty();
    let optional = || fields.iter().enumerate().filter(|(_, it)| is_optional(it));
    // A change of one field is whole; elsewhere docs often ask for more than is required.
    let is_change = fields.iter().all(|it| it.state() == FieldState::Patch);
    let wanted = if is_change { 1 } else { SHOWN.saturating_sub(required) };
    let is_shown = |ty: &Type| is_scalar(ty) || *ty == Type::Secret;
    let scalars: Vec<_> = optional().filter(|(_, it)| is_shown(&it.ty)).take(wanted).collect();
    match scalars.is_empty() && required == 0 {
        true => optional().filter(|(_, it)| is_built(scope, &it.ty)).take(1).collect(),
        false => scalars,
    }
}

fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Bool | Type::Integer | Type::Unsigned | Type::Number | Type::Text => true,
        Type::Unknown | Type::Secret | Type::File | Type::Named(_) => false,
        Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
    }
}

/// Whether a value of `ty` can be made that shows something.
fn is_built(scope: &Scope<'_>, ty: &Type) -> bool {
    match ty {
        Type::List(element) => is_scalar(element) || is_built(scope, element),
        Type::Named(id) => {
            !matches!(scope.api.types.get(*id).map(|it| &it.kind), Some(TypeKind::Union(_)) | None)
        }
        Type::File => true,
        Type::Bool | Type::Integer | Type::Unsigned | Type::Number | Type::Text => false,
        Type::Unknown | Type::Secret | Type::Map(_) | Type::Nullable(_) => false,
    }
}

fn value(ty: &Type, scope: &mut Scope<'_>, slot: Slot<'_>) -> Expr {
    match ty {
        Type::Unknown if scope.is_for_people() => Expr::Json,
        Type::Unknown => {
            let mut path = scope.exported("Value");
            path.push("Null".to_owned());
            Expr::Path(path)
        }
        Type::Bool => Expr::name("true"),
        Type::Integer | Type::Unsigned => Expr::Literal(Literal::u8_unsuffixed(1)),
        Type::Number => Expr::Literal(Literal::f64_unsuffixed(1.0)),
        Type::Text if slot.owned => {
            Expr::text(&words::text(slot.name)).method("to_owned", Vec::new())
        }
        Type::Text => Expr::text(&words::text(slot.name)),
        Type::Secret => secret(scope, slot),
        Type::File => {
            let mut path = scope.exported("FilePart");
            path.push("bytes".to_owned());
            let file = format!("{}.txt", words::text(slot.name));
            Expr::Path(path).call(vec![Expr::text(&file), Expr::text("content")])
        }
        Type::List(element) => list(element, scope, slot),
        Type::Map(_) => default(),
        Type::Nullable(_) => Expr::name("None"),
        Type::Named(id) => named(*id, scope, slot),
    }
}

fn secret(scope: &mut Scope<'_>, slot: Slot<'_>) -> Expr {
    let text = if scope.is_for_people() { words::text(slot.name) } else { "secret".to_owned() };
    if !slot.owned {
        return Expr::text(&text);
    }
    let mut path = scope.exported("Secret");
    path.push("new".to_owned());
    Expr::Path(path).call(vec![Expr::text(&text)])
}

/// One element; texts need not be owned where an argument takes whatever gives texts.
fn list(element: &Type, scope: &mut Scope<'_>, slot: Slot<'_>) -> Expr {
    let is_text = matches!(element, Type::Text | Type::Secret);
    if is_text && !slot.owned && scope.is_for_people() {
        return Expr::Array(vec![value(element, scope, slot)]);
    }
    Expr::List(vec![value(element, scope, Slot { owned: true, ..slot })])
}

fn default() -> Expr {
    Expr::Path(vec!["Default".into(), "default".into()]).call(Vec::new())
}

fn named(id: TypeId, scope: &mut Scope<'_>, slot: Slot<'_>) -> Expr {
    let api = scope.api;
    let Some(def) = api.types.get(id) else { return default() };
    match &def.kind {
        TypeKind::Struct(own) if slot.depth > 0 => {
            built(id, own, scope, Slot { depth: slot.depth - 1, ..slot })
        }
        TypeKind::Struct(_) => default(),
        TypeKind::Enumeration(set) => enumerated(id, set, scope),
        TypeKind::Union(union) => one_of(id, union, scope, slot),
    }
}

/// The first value of the set.
fn enumerated(id: TypeId, set: &Enumeration, scope: &mut Scope<'_>) -> Expr {
    let mut path = scope.named(id);
    let members = scope.names.types.get(id.0).map(|it| it.members.as_slice()).unwrap_or_default();
    let first = set.values.iter().zip(members).next().filter(|_| scope.is_for_people());
    if let Some((_, variant)) = first {
        path.push(variant.clone());
        return Expr::Path(path);
    }
    path.push("from".to_owned());
    Expr::Path(path).call(vec![Expr::text("text")])
}

/// The first shape that is a scalar or a list of scalars, else any JSON.
fn one_of(id: TypeId, union: &Union, scope: &mut Scope<'_>, slot: Slot<'_>) -> Expr {
    let mut path = scope.named(id);
    let members = scope.names.types.get(id.0).map(|it| it.members.as_slice()).unwrap_or_default();
    let is_plain = |ty: &Type| match ty {
        Type::List(element) => is_scalar(element),
        ty => is_scalar(ty),
    };
    let mut arms = union.arms.iter().zip(members).filter(|_| scope.is_for_people());
    let slot = Slot { owned: true, ..slot };
    if let Some((arm, variant)) = arms.find(|(arm, _)| is_plain(&arm.ty)) {
        path.push(variant.clone());
        return Expr::Path(path).call(vec![value(&arm.ty, scope, slot)]);
    }
    path.push("Other".to_owned());
    Expr::Path(path).call(vec![value(&Type::Unknown, scope, slot)])
}

fn built(id: TypeId, own: &Struct, scope: &mut Scope<'_>, slot: Slot<'_>) -> Expr {
    let members = scope.names.types.get(id.0).map(|it| it.members.as_slice()).unwrap_or_default();
    let required: Vec<(&Field, &String)> = own
        .fields
        .iter()
        .zip(members)
        .filter(|(field, _)| field.presence == Presence::Required)
        .collect();
    let mut new = scope.named(id);
    new.push("new".to_owned());
    let new = Expr::Path(new);
    let is_by_name = scope.is_for_people();
    let given = |scope: &mut Scope<'_>, field: &Field, name: &str, owned| {
        let name = if is_by_name { name } else { slot.name };
        value(&field.ty, scope, Slot { name, owned, ..slot })
    };
    if !own.takes_struct() {
        return new
            .call(required.iter().map(|(field, name)| given(scope, field, name, false)).collect());
    }
    let mut fields = Vec::new();
    for (field, name) in &required {
        let value = given(scope, field, name, true);
        let is_boxed = matches!(field.ty, Type::Named(part) if scope.is_boxed(id, part));
        fields.push(((*name).clone(), if is_boxed { boxed(value) } else { value }));
    }
    new.call(vec![Expr::Struct(scope.required(id), fields)])
}
