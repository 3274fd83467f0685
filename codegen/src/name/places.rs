//! Keys of types that are no type's key now -> the types that stand there: a type whose first place changed keeps its name.
//!
//! In: an [`Api`], and keys as they were. Out: a type for each key that leads to one. A place may lead to several types, as a union or a resource does; the first that has no name of its own is meant.

use super::lock::Locked;
use crate::api::{
    Api, Body, Caller, Endpoint, Family, Operation, Outcome, Place, Response, Root, Step, Type,
    TypeId, TypeKind,
};
use std::collections::BTreeMap;

/// Most unions directly inside each other; a union of itself must not be walked for ever.
const MAX_UNIONS: usize = 8;

/// The type at each of `lost`, of those that are not `held` already; each type once.
pub(super) fn find<'k>(
    api: &Api,
    lost: &[&'k str],
    (held, was): (&[Option<&Locked>], &BTreeMap<&str, usize>),
) -> Vec<(&'k str, usize)> {
    if lost.is_empty() {
        return Vec::new();
    }
    let finder = Finder::new(api, was);
    let mut found: BTreeMap<usize, &'k str> = BTreeMap::new();
    for key in lost {
        let Some(place) = Place::parse(key) else { continue };
        let is_free =
            |id: &TypeId| !found.contains_key(&id.0) && held.get(id.0).is_some_and(Option::is_none);
        if let Some(id) = finder.types(&place).into_iter().find(is_free) {
            found.insert(id.0, key);
        }
    }
    found.into_iter().map(|(at, key)| (key, at)).collect()
}

struct Finder<'a> {
    api: &'a Api,
    endpoints: BTreeMap<&'a Endpoint, Vec<&'a Operation>>,
    families: BTreeMap<String, Vec<&'a Operation>>,
    /// Operations that have another key by now, by the one that they had.
    was: BTreeMap<&'a str, &'a Operation>,
}

impl<'a> Finder<'a> {
    fn new(api: &'a Api, was: &BTreeMap<&'a str, usize>) -> Self {
        let was = was.iter().filter_map(|(key, at)| Some((*key, api.operations.get(*at)?)));
        let (mut endpoints, mut families) = (BTreeMap::new(), BTreeMap::new());
        for operation in &api.operations {
            let endpoint = &operation.key.endpoint;
            endpoints.entry(endpoint).or_insert_with(Vec::new).push(operation);
            families.entry(Family::of(endpoint).0).or_insert_with(Vec::new).push(operation);
        }
        Self { api, endpoints, families, was: was.collect() }
    }

    /// All types that `place` leads to.
    fn types(&self, place: &Place) -> Vec<TypeId> {
        let is_union = place.steps.last() == Some(&Step::Arm);
        let mut ends = Vec::new();
        for root in self.roots(&place.root) {
            // A resource is an item of a list where a message carries one.
            let inner = match (&place.root, &root) {
                (Root::Resource(_) | Root::Sent(_), Type::List(item)) => (**item).clone(),
                _ => root,
            };
            self.walk(&inner, &place.steps, MAX_UNIONS, &mut ends);
        }
        let is_such = |id: &TypeId| {
            let kind = self.api.types.get(*id).map(|def| &def.kind);
            kind.is_some_and(|kind| matches!(kind, TypeKind::Union(_)) == is_union)
        };
        ends.retain(is_such);
        ends
    }

    /// The types of the messages at `root`.
    fn roots(&self, root: &Root) -> Vec<Type> {
        let of = |caller: &Caller| -> Vec<&Operation> {
            let twins = self.endpoints.get(caller.endpoint()).into_iter().flatten().copied();
            let is_meant = |it: &&Operation| match caller {
                Caller::Endpoint(_) => true,
                Caller::Operation(key) => it.key == *key,
            };
            let mut found: Vec<&Operation> = twins.filter(is_meant).collect();
            if let Caller::Operation(key) = caller
                && found.is_empty()
            {
                found.extend(self.was.get(key.to_string().as_str()).copied());
            }
            found
        };
        let family = |family: &Family| self.families.get(&family.0).cloned().unwrap_or_default();
        match root {
            Root::Request(caller) => of(caller).into_iter().filter_map(sent).collect(),
            Root::Form(key) | Root::Variables(key) => {
                of(&Caller::Operation(key.clone())).into_iter().filter_map(sent).collect()
            }
            Root::Response(caller, Outcome::Success) => {
                of(caller).into_iter().filter_map(answered).collect()
            }
            Root::Response(caller, Outcome::Status(_)) | Root::Failure(caller) => {
                of(caller).into_iter().filter_map(|it| it.error.clone()).collect()
            }
            Root::Errors => self.api.operations.iter().filter_map(|it| it.error.clone()).collect(),
            Root::Sent(of) => family(of).into_iter().filter_map(sent).collect(),
            Root::Resource(of) => {
                let operations = family(of);
                let answers = operations.iter().copied().filter_map(answered);
                answers.chain(operations.iter().copied().filter_map(sent)).collect()
            }
            Root::Parameter(caller, _, name) => of(caller)
                .into_iter()
                .flat_map(|it| it.path_parameters.iter().chain(&it.query).chain(&it.headers))
                .filter(|it| it.name.as_literal() == Some(name.as_str()))
                .map(|it| it.ty.clone())
                .collect(),
        }
    }

    /// Adds the types at the end of `steps` from `ty` on, through so many unions directly inside each other.
    fn walk(&self, ty: &Type, steps: &[Step], unions: usize, ends: &mut Vec<TypeId>) {
        match (ty, steps) {
            (_, [Step::Object | Step::Twin, rest @ ..]) => self.walk(ty, rest, unions, ends),
            (Type::Nullable(inner), _) => self.walk(inner, steps, unions, ends),
            (Type::List(inner), [Step::Item, rest @ ..])
            | (Type::Map(inner), [Step::Value, rest @ ..]) => {
                self.walk(inner, rest, MAX_UNIONS, ends);
            }
            (Type::Named(id), _) => self.named(*id, steps, unions, ends),
            (_, _) => {}
        }
    }

    /// A type where the steps end, its fields where they go on; of a union also what it may be.
    fn named(&self, id: TypeId, steps: &[Step], unions: usize, ends: &mut Vec<TypeId>) {
        let is_end = matches!(steps, [] | [Step::Arm]);
        if is_end && !ends.contains(&id) {
            ends.push(id);
        }
        match (self.api.types.get(id).map(|def| &def.kind), steps) {
            (Some(TypeKind::Struct(object)), [Step::Field(key), rest @ ..]) => {
                let fields = object.fields.iter().filter(|field| field.key == *key);
                fields.for_each(|field| self.walk(&field.ty, rest, MAX_UNIONS, ends));
            }
            (Some(TypeKind::Union(union)), _) => {
                let Some(unions) = unions.checked_sub(1) else { return };
                union.arms.iter().for_each(|arm| self.walk(&arm.ty, steps, unions, ends));
            }
            (Some(TypeKind::Struct(_) | TypeKind::Enumeration(_)) | None, _) => {}
        }
    }
}

fn sent(operation: &Operation) -> Option<Type> {
    match operation.body.as_ref()? {
        Body::Json { ty, .. } => Some(ty.clone()),
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => Some(Type::Named(*ty)),
        Body::GraphQl { variables, .. } => variables.clone(),
        Body::Text { .. } | Body::Bytes { .. } => None,
    }
}

fn answered(operation: &Operation) -> Option<Type> {
    match &operation.response {
        Response::Json { ty, .. } => Some(ty.clone()),
        Response::Unknown | Response::Empty | Response::Text | Response::Bytes => None,
    }
}
