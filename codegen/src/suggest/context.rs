//! One operation as rules see it: its names, and how they are addressed.

use super::finding::key_of;
use crate::api::{
    Api, Body, Caller, Field, Operation, Parameter, Place, Root, Type, TypeId, TypeKind,
};
use crate::draft;
use crate::overlay::Location;

/// An operation, and what its sentences may be about.
pub(super) struct OperationContext<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) drafted: Option<&'a draft::Operation>,
    /// Its key, as entries address it.
    pub(super) key: String,
    /// The same, as places begin with it.
    caller: Caller,
}

/// Something with a name that an operation takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// A field at the top of its body.
    Field(String),
    /// A query parameter.
    Query(String),
    /// A header.
    Header(String),
    /// A field of its resource, which the operation itself does not take.
    Resource(String),
}

impl<'a> OperationContext<'a> {
    /// The context of `operation`; `twins` share its endpoint.
    pub(super) fn new(
        api: &'a Api,
        drafts: &'a [draft::Operation],
        operation: &'a Operation,
    ) -> Self {
        let endpoint = &operation.key.endpoint;
        let twins = api.operations.iter().filter(|other| other.key.endpoint == *endpoint).count();
        let drafted = drafts.iter().find(|drafted| drafted.origin == operation.origin);
        let caller = match twins {
            0 | 1 => Caller::from(endpoint),
            2.. => Caller::from(&operation.key),
        };
        Self { api, operation, drafted, key: key_of(operation, twins), caller }
    }

    /// What is called `name`: in the body, the query, a header; else in the resource.
    pub(super) fn find(&self, name: &str) -> Option<Slot> {
        let has = |parameters: &[Parameter]| {
            parameters.iter().any(|known| known.name.as_literal() == Some(name))
        };
        let named = || name.to_owned();
        if self.fields().iter().any(|field| field.key == name) {
            return Some(Slot::Field(named()));
        }
        if has(&self.operation.query) {
            return Some(Slot::Query(named()));
        }
        if has(&self.operation.headers) {
            return Some(Slot::Header(named()));
        }
        let of_resource = self.resource().any(|field| field.key == name);
        of_resource.then(|| Slot::Resource(named()))
    }

    /// Everything with a name that [`find`](Self::find) finds.
    pub(super) fn names(&self) -> Vec<&str> {
        let operation = self.operation;
        let parameters = operation.query.iter().chain(&operation.headers);
        let parameters = parameters.filter_map(|parameter| parameter.name.as_literal());
        let fields = self.fields().iter().chain(self.resource()).map(|field| field.key.as_str());
        parameters.chain(fields).collect()
    }

    /// Whether the path has an argument called `name`, in any spelling.
    pub(super) fn has_argument(&self, name: &str) -> bool {
        let arguments = self.operation.path_parameters.iter();
        let mut arguments = arguments.filter_map(|argument| argument.name.as_literal());
        arguments.any(|argument| squeezed(argument) == squeezed(name))
    }

    /// The key of a slot.
    pub(super) fn place(&self, slot: &Slot) -> String {
        match slot {
            Slot::Field(name) => Place::request(self.caller.clone()).child(name).to_string(),
            Slot::Query(name) => self.parameter(Location::Query, name),
            Slot::Header(name) => self.parameter(Location::Header, name),
            Slot::Resource(name) => {
                Place::resource_of(&self.operation.key.endpoint).child(name).to_string()
            }
        }
    }

    /// The key of a parameter, whether the operation has it or not.
    pub(super) fn parameter(&self, location: Location, name: &str) -> String {
        let (caller, word) = (self.caller.clone(), location.word().to_owned());
        Place::at(Root::Parameter(caller, word, name.to_owned())).to_string()
    }

    /// The type of a slot.
    pub(super) fn ty(&self, slot: &Slot) -> Option<&Type> {
        let of = |fields: &'a [Field], name: &str| {
            fields.iter().find(|field| field.key == name).map(|field| &field.ty)
        };
        let parameter = |all: &'a [Parameter], name: &str| {
            all.iter().find(|known| known.name.as_literal() == Some(name)).map(|known| &known.ty)
        };
        match slot {
            Slot::Field(name) => of(self.fields(), name),
            Slot::Query(name) => parameter(&self.operation.query, name),
            Slot::Header(name) => parameter(&self.operation.headers, name),
            Slot::Resource(name) => {
                self.resource().find(|field| field.key == *name).map(|field| &field.ty)
            }
        }
    }

    /// The fields at the top of the body.
    pub(super) fn fields(&self) -> &'a [Field] {
        carried(self.api, self.operation)
    }

    /// The fields of the resource, as responses and bodies of its path have them.
    fn resource(&self) -> impl Iterator<Item = &'a Field> {
        let api = self.api;
        let endpoint = &self.operation.key.endpoint;
        let resource = Place::resource_of(endpoint);
        let responses = api.types.iter().filter(move |(_, def)| def.key == resource);
        let is_sibling = move |other: &&Operation| {
            let other = &other.key.endpoint;
            (&other.server, other.family()) == (&endpoint.server, endpoint.family())
        };
        let bodies = api.operations.iter().filter(is_sibling).flat_map(|it| carried(api, it));
        responses.flat_map(|(id, _)| fields_of(api, id)).chain(bodies)
    }
}

/// The fields at the top of what an operation carries.
fn carried<'a>(api: &'a Api, operation: &Operation) -> &'a [Field] {
    let ty = match &operation.body {
        Some(Body::Json { ty, .. }) => named(ty),
        Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => Some(*ty),
        Some(Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { .. }) | None => None,
    };
    ty.map_or(&[], |id| fields_of(api, id))
}

/// A name without case and separators.
pub(super) fn squeezed(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Nullable(inner) => named(inner),
        Type::Map(_) | Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned => None,
        Type::Number | Type::Text | Type::Secret | Type::File => None,
    }
}

fn fields_of(api: &Api, id: TypeId) -> &[Field] {
    match api.types.get(id).map(|def| &def.kind) {
        Some(TypeKind::Struct(object)) => &object.fields,
        Some(TypeKind::Enumeration(_) | TypeKind::Union(_)) | None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{OperationContext, Slot};
    use crate::api::{Api, Parameter, Presence, Type};
    use crate::docs::Docs;
    use crate::evidence::Evidence;
    use crate::infer::{Reasoning, infer};
    use crate::overlay::{Location, Target, targets};
    use crate::template::Template;

    /// An API with two operations of one endpoint, each with a query parameter called `name`.
    fn api(name: &str, twins: bool) -> Api {
        let twin = if twins { r#", {"name": "b", "request": "http://x.test/pots"}"# } else { "" };
        let text =
            format!(r#"{{"item": [{{"name": "a", "request": "http://x.test/pots"}}{twin}]}}"#);
        let (collection, _) = crate::postman::parse(&text).unwrap();
        let (draft, _) = crate::lower::lower(&collection);
        let mut api = infer(&draft, &Evidence::default(), &[], Reasoning::Left, None).api;
        for operation in &mut api.operations {
            operation.query.push(Parameter {
                name: Template::literal(name),
                ty: Type::Text,
                presence: Presence::Optional,
                default: Vec::new(),
                docs: Docs::default(),
                provenance: Vec::new(),
            });
        }
        api
    }

    #[test]
    fn the_key_of_a_parameter_addresses_it_whatever_its_name() {
        for name in ["page", "a b", "filter.name", "q\"r", "ids[]", "$top", "a]b", ""] {
            for twins in [false, true] {
                let api = api(name, twins);
                let context = OperationContext::new(&api, &[], &api.operations[0]);
                let key = context.place(&Slot::Query(name.to_owned()));
                let found = targets(&api, &key).unwrap_or_default();
                let is_it = |target: &Target| matches!(target, Target::Parameter(_, Location::Query, known) if known == name);
                assert!(found.len() == 1 && found.iter().all(is_it), "{key}: {found:?}");
            }
        }
    }
}
