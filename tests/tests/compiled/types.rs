//! A client as the caller sees it: types and paths as they are written, and values for places of a type.

use postman_codegen::api::{
    Api, Field, FieldState, GroupId, OperationId, Presence, Type, TypeId, TypeKind,
};
use postman_codegen::emit::exports::{Exports, exports};
use postman_codegen::name::Names;

/// A client with what can be named of it.
pub(super) struct Client<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) exports: Exports,
    pub(super) root: String,
}

/// What place a value is given at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// A field of a body.
    Value,
    /// The query or a header.
    Parameter,
    /// A segment of the path.
    Segment,
}

impl<'a> Client<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names) -> Self {
        Self { api, names, exports: exports(api, names), root: names.root() }
    }

    /// A type from the caller's crate.
    pub(super) fn rust(&self, ty: &Type) -> String {
        let root = &self.root;
        match ty {
            Type::Unknown => format!("{root}::Value"),
            Type::Bool => "bool".to_owned(),
            Type::Integer => "i64".to_owned(),
            Type::Unsigned => "u64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::Text => "String".to_owned(),
            Type::Secret => format!("{root}::Secret"),
            Type::File => format!("{root}::FilePart"),
            Type::List(inner) => format!("Vec<{}>", self.rust(inner)),
            Type::Map(inner) => format!("BTreeMap<String, {}>", self.rust(inner)),
            Type::Nullable(inner) => format!("Option<{}>", self.rust(inner)),
            Type::Named(id) => self.path(*id),
        }
    }

    pub(super) fn path(&self, id: TypeId) -> String {
        format!("{}::{}", self.root, self.exports.paths[id.0][0])
    }

    /// Something in the module of a type.
    pub(super) fn beside(&self, id: TypeId, name: &str) -> String {
        let path = self.path(id);
        let (module, _) = path.rsplit_once("::").unwrap();
        format!("{module}::{name}")
    }

    /// A type inside another one, on the heap where it would hold itself.
    pub(super) fn part(&self, owner: TypeId, ty: &Type) -> String {
        match ty {
            Type::Nullable(inner) => format!("Option<{}>", self.part(owner, inner)),
            Type::Named(id) if self.exports.boxed.contains(&(owner, *id)) => {
                format!("Box<{}>", self.path(*id))
            }
            ty => self.rust(ty),
        }
    }

    /// The type of a union's variant: structs are on the heap.
    pub(super) fn arm(&self, owner: TypeId, ty: &Type) -> String {
        let part = self.part(owner, ty);
        match ty {
            Type::Named(id) if !part.starts_with("Box<") => match self.api.types.0[id.0].kind {
                TypeKind::Struct(_) => format!("Box<{part}>"),
                TypeKind::Enumeration(_) | TypeKind::Union(_) => part,
            },
            _ => part,
        }
    }

    pub(super) fn field(&self, owner: TypeId, field: &Field) -> String {
        let value = match (&field.ty, field.presence) {
            (Type::Nullable(inner), Presence::Optional) => inner,
            (ty, _) => ty,
        };
        let value = self.part(owner, value);
        match field.state() {
            FieldState::Required => value,
            FieldState::Optional => format!("Option<{value}>"),
            FieldState::Patch => format!("{}::Patch<{value}>", self.root),
        }
    }

    /// A value as callers give it.
    pub(super) fn given(&self, ty: &Type, place: Given) -> String {
        match (ty, place) {
            (Type::Nullable(inner), Given::Parameter | Given::Segment) => self.given(inner, place),
            (Type::List(_), Given::Segment) => "Shown".to_owned(),
            (Type::List(inner), Given::Parameter) => format!("[{}]", self.one(inner)),
            (Type::List(inner), Given::Value) if matches!(**inner, Type::Text | Type::Secret) => {
                "[any::<&str>()]".to_owned()
            }
            (Type::Text | Type::Secret, Given::Value) => "any::<&str>()".to_owned(),
            (ty, Given::Value) => format!("any::<{}>()", self.rust(ty)),
            (ty, Given::Parameter | Given::Segment) => self.one(ty),
        }
    }

    /// One value of a parameter: what is text takes whatever prints itself.
    fn one(&self, ty: &Type) -> String {
        match ty {
            Type::List(inner) | Type::Nullable(inner) => self.one(inner),
            Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {
                format!("any::<{}>()", self.rust(ty))
            }
            Type::Secret => "any::<&str>()".to_owned(),
            Type::Named(id) => match self.api.types.0[id.0].kind {
                TypeKind::Enumeration(_) => format!("any::<{}>()", self.path(*id)),
                TypeKind::Struct(_) | TypeKind::Union(_) => "Shown".to_owned(),
            },
            Type::Text | Type::Unknown | Type::File | Type::Map(_) => "Shown".to_owned(),
        }
    }

    /// The calls that lead from the client to a folder.
    pub(super) fn handle(&self, group: Option<GroupId>) -> String {
        let accessors = self.names.accessors(group).into_iter();
        accessors.map(|accessor| format!(".{accessor}()")).collect()
    }

    pub(super) fn handle_type(&self, id: GroupId) -> String {
        let own = &self.names.groups[id.0];
        let module: String = own.module.iter().map(|it| format!("{it}::")).collect();
        format!("{}::{module}{}", self.root, own.handle)
    }

    /// The type of an operation's requests, if they have one of their own.
    pub(super) fn request(&self, id: OperationId) -> Option<String> {
        let group = self.api.operations[id.0].group;
        let module = group.map(|id| self.names.groups[id.0].module.as_slice()).unwrap_or_default();
        let module: String = module.iter().map(|it| format!("{it}::")).collect();
        let own = &self.names.operations[id.0].request;
        self.exports.requests.contains(&id).then(|| format!("{}::{module}{own}", self.root))
    }

    /// The type of the handle that a module has; that of the root is the client.
    pub(super) fn module(&self, module: &[String]) -> Option<String> {
        if module.is_empty() {
            return Some(format!("{}::Client", self.root));
        }
        let mut handles = self.exports.handles.iter();
        let own = handles.find(|id| self.names.groups[id.0].module == module)?;
        Some(self.handle_type(*own))
    }
}
