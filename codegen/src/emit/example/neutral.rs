//! Values that say nothing: one for each type, so that an example compiles.

use super::expr::Expr;
use crate::api::{Api, Field, Presence, Struct, StructRole, Type, TypeId, TypeKind};
use crate::name::Names;
use proc_macro2::Literal;
use std::collections::BTreeMap;

/// Where names of types are looked up, and how they are written.
pub(crate) struct Scope<'a> {
    api: &'a Api,
    names: &'a Names,
    root: &'a str,
    /// Paths to import, by last segment; `None` writes every path in full.
    uses: Option<BTreeMap<String, Vec<String>>>,
}

/// Depth at which neutral values stop following required fields.
const DEPTH: usize = 8;

/// Required fields up to which a struct's `new` takes them one by one.
const ARGUMENTS: usize = 3;

impl<'a> Scope<'a> {
    /// Full paths from `root`.
    pub(crate) fn new(api: &'a Api, names: &'a Names, root: &'a str) -> Self {
        Self { api, names, root, uses: None }
    }

    /// Short paths, and a list of what to import from `root`.
    pub(crate) fn with_uses(api: &'a Api, names: &'a Names, root: &'a str) -> Self {
        Self { api, names, root, uses: Some(BTreeMap::new()) }
    }

    /// The paths to import, in order.
    pub(crate) fn uses(&self) -> Vec<&[String]> {
        let mut paths: Vec<&[String]> =
            self.uses.iter().flat_map(BTreeMap::values).map(Vec::as_slice).collect();
        paths.sort_unstable();
        paths
    }

    /// The path of a named type.
    pub(crate) fn named(&mut self, id: TypeId, suffix: &str) -> Vec<String> {
        let Some(own) = self.names.types.get(id.0) else { return Vec::new() };
        let module = own.module.clone();
        self.imported(module, format!("{}{suffix}", own.ident))
    }

    /// The path of something the crate's root exports.
    pub(crate) fn exported(&mut self, name: &str) -> Vec<String> {
        self.imported(Vec::new(), name.to_owned())
    }

    fn imported(&mut self, module: Vec<String>, ident: String) -> Vec<String> {
        let mut path = vec![self.root.to_owned()];
        path.extend(module);
        path.push(ident.clone());
        match &mut self.uses {
            None => path,
            Some(uses) => {
                let known = uses.entry(ident.clone()).or_insert_with(|| path.clone());
                if *known == path { vec![ident] } else { path }
            }
        }
    }

    /// A neutral value of a body's type, with one optional field to show how it is set.
    pub(crate) fn shown(&mut self, ty: &Type) -> Expr {
        let value = neutral(ty, self);
        let Type::Named(id) = ty else { return value };
        let Some((place, field)) = self.first_optional(*id) else { return value };
        let Some(own) = self.names.types.get(id.0) else { return value };
        match own.members.get(place) {
            Some(setter) => value.method(setter, vec![neutral(&field.ty, self)]),
            None => value,
        }
    }

    fn first_optional(&self, id: TypeId) -> Option<(usize, &'a Field)> {
        let api = self.api;
        match &api.types.get(id)?.kind {
            TypeKind::Struct(Struct { fields, role: StructRole::Request }) => {
                let scalar = |field: &Field| match field.ty {
                    Type::Bool | Type::Integer | Type::Unsigned | Type::Number | Type::Text => true,
                    Type::Unknown | Type::Secret | Type::File | Type::Named(_) => false,
                    Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
                };
                let optional = |field: &Field| field.presence == Presence::Optional;
                fields.iter().enumerate().find(|(_, field)| optional(field) && scalar(field))
            }
            TypeKind::Struct(_) | TypeKind::Enumeration(_) | TypeKind::Union(_) => None,
        }
    }
}

/// A value of `ty` that says nothing, as an argument.
pub(crate) fn neutral(ty: &Type, scope: &mut Scope<'_>) -> Expr {
    value(ty, scope, DEPTH, false)
}

/// `owned` asks for a value of the very type, where an argument may be anything that converts.
fn value(ty: &Type, scope: &mut Scope<'_>, depth: usize, owned: bool) -> Expr {
    match ty {
        Type::Unknown => {
            let mut path = scope.exported("Value");
            path.push("Null".to_owned());
            Expr::Path(path)
        }
        Type::Bool => Expr::name("true"),
        Type::Integer | Type::Unsigned => Expr::Literal(Literal::u8_unsuffixed(1)),
        Type::Number => Expr::Literal(Literal::f64_unsuffixed(1.0)),
        Type::Text if owned => Expr::text("text").method("to_owned", Vec::new()),
        Type::Text => Expr::text("text"),
        Type::Secret if owned => {
            let mut path = scope.exported("Secret");
            path.push("new".to_owned());
            Expr::Path(path).call(vec![Expr::text("secret")])
        }
        Type::Secret => Expr::text("secret"),
        Type::File => {
            let mut path = scope.exported("FilePart");
            path.push("bytes".to_owned());
            Expr::Path(path).call(vec![Expr::text("file.txt"), Expr::text("text")])
        }
        Type::List(element) => Expr::List(vec![value(element, scope, depth, true)]),
        Type::Map(_) => Expr::Path(vec!["Default".into(), "default".into()]).call(Vec::new()),
        Type::Nullable(_) => Expr::name("None"),
        Type::Named(id) => named(*id, scope, depth),
    }
}

fn named(id: TypeId, scope: &mut Scope<'_>, depth: usize) -> Expr {
    let default = || Expr::Path(vec!["Default".into(), "default".into()]).call(Vec::new());
    let api = scope.api;
    let Some(def) = api.types.get(id) else { return default() };
    match &def.kind {
        TypeKind::Struct(own) if depth > 0 => built(id, own, scope, depth - 1),
        TypeKind::Struct(_) => default(),
        TypeKind::Enumeration(_) => {
            let mut path = scope.named(id, "");
            path.push("from".to_owned());
            Expr::Path(path).call(vec![Expr::text("text")])
        }
        TypeKind::Union(_) => {
            let mut path = scope.named(id, "");
            path.push("Other".to_owned());
            Expr::Path(path).call(vec![value(&Type::Unknown, scope, depth, true)])
        }
    }
}

fn built(id: TypeId, own: &Struct, scope: &mut Scope<'_>, depth: usize) -> Expr {
    let members = scope.names.types.get(id.0).map(|it| it.members.as_slice()).unwrap_or_default();
    let required: Vec<(&Field, &String)> = own
        .fields
        .iter()
        .zip(members)
        .filter(|(field, _)| field.presence == Presence::Required)
        .collect();
    let mut new = scope.named(id, "");
    new.push("new".to_owned());
    let new = Expr::Path(new);
    if required.len() <= ARGUMENTS {
        let arguments = required.iter().map(|(it, _)| value(&it.ty, scope, depth, false));
        return new.call(arguments.collect());
    }
    let fields = required
        .iter()
        .map(|(field, name)| ((*name).clone(), value(&field.ty, scope, depth, true)));
    let fields = fields.collect();
    new.call(vec![Expr::Struct(scope.named(id, "Required"), fields)])
}
