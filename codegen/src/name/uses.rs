//! Where each type is used: by which operations, as what, along which fields.
//!
//! In: an [`Api`]. Out: a [`Use`] for each type that an operation reaches, and the set of its top-level folders. Knows no names.

use super::nesting::top_of;
use crate::api::{Api, Body, Response, Type, TypeId, TypeKind};
use std::collections::{BTreeSet, VecDeque};

/// What part a type plays where it is first met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The top of a request.
    Request,
    /// The top of a response, or the items of a listing.
    Response,
    /// The top of an error response.
    Error,
}

/// Where a type is first met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// The operation.
    pub operation: usize,
    /// What the top of the body is.
    pub part: Part,
    /// Whether the top, or the last step, was taken out of a list or a map.
    pub item: bool,
    /// The type of the top, where it has a name.
    pub top: Option<usize>,
    /// Field keys down from the top, with whether the value is taken out of a list or a map.
    pub path: Vec<(String, bool)>,
    /// The union it is an arm of.
    pub arm_of: Option<usize>,
}

/// All types' first uses, and the top-level folders all their uses stand in (`None` is the client itself).
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// By type.
    pub first: Vec<Option<Use>>,
    /// By type.
    pub tops: Vec<BTreeSet<Option<usize>>>,
    /// By type: how many operations reach it.
    pub operations: Vec<usize>,
    /// By type: the operations whose body it is.
    pub senders: Vec<Vec<usize>>,
}

/// Walks all bodies and answers, breadth first: tops before what is inside them, the most telling first. `folders` are the outermost ones, by folder.
pub(super) fn walk(api: &Api, folders: &[usize]) -> Uses {
    let count = api.types.0.len();
    let mut uses = Uses {
        first: vec![None; count],
        tops: vec![BTreeSet::new(); count],
        operations: vec![0; count],
        senders: vec![Vec::new(); count],
    };
    let mut queue = VecDeque::new();
    for (ty, top) in tops(api) {
        meet(&ty, &top, &mut uses, &mut queue);
    }
    while let Some((id, found)) = queue.pop_front() {
        let Some(def) = api.types.get(TypeId(id)) else { continue };
        for (ty, next) in inside(&def.kind, id, &found) {
            meet(&ty, &next, &mut uses, &mut queue);
        }
    }
    for operation in 0..api.operations.len() {
        spread(api, operation, folders, &mut uses);
        if let Some(Type::Named(id)) = body(api, operation, Part::Request)
            && let Some(senders) = uses.senders.get_mut(id.0)
        {
            senders.push(operation);
        }
    }
    uses
}

fn tops(api: &Api) -> Vec<(Type, Use)> {
    let mut tops = Vec::new();
    for part in [Part::Request, Part::Response, Part::Error] {
        for operation in 0..api.operations.len() {
            let start =
                Use { operation, part, item: false, top: None, path: Vec::new(), arm_of: None };
            tops.extend(body(api, operation, part).map(|ty| (ty, start.clone())));
            for (name, ty) in parameters(api, operation).filter(|_| part == Part::Request) {
                tops.push((ty, Use { path: vec![(name, false)], ..start.clone() }));
            }
        }
    }
    tops.sort_by_key(|(_, found)| telling(api, found));
    tops
}

/// What is read tells best what a type is, then what is sent, creations first; of these, the shortest path, and one of any thing before that of a certain one: `/users/{id}`, `/users/me`.
fn telling(api: &Api, found: &Use) -> (u8, u8, usize, bool) {
    let operation = api.operations.get(found.operation);
    let reads = operation.is_some_and(|operation| operation.method == "GET");
    let rank = match found.part {
        Part::Response if reads => 0,
        Part::Request => 1,
        Part::Response => 2,
        Part::Error => 3,
    };
    // A body that several requests share is called after the one that creates.
    let method = match operation.map_or("", |operation| operation.method.as_str()) {
        "POST" => 0,
        "PUT" => 1,
        "PATCH" => 2,
        _ => 3,
    };
    let sent = if found.part == Part::Request { method } else { 0 };
    let path = operation.map_or("", |it| it.key.endpoint.path.as_str());
    (rank, sent, path.matches('/').count(), !path.ends_with("{}"))
}

fn body(api: &Api, operation: usize, part: Part) -> Option<Type> {
    let operation = api.operations.get(operation)?;
    match part {
        Part::Request => match &operation.body {
            Some(Body::Json { ty, .. }) => Some(ty.clone()),
            Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => Some(Type::Named(*ty)),
            Some(Body::GraphQl { variables, .. }) => variables.clone(),
            Some(Body::Text { .. } | Body::Bytes { .. }) | None => None,
        },
        Part::Response => match &operation.response {
            Response::Json { ty, .. } => Some(ty.clone()),
            Response::Unknown | Response::Empty | Response::Text | Response::Bytes => None,
        },
        Part::Error => operation.error.clone(),
    }
}

/// Names and types of all parameters.
fn parameters(api: &Api, operation: usize) -> impl Iterator<Item = (String, Type)> {
    let all = api.operations.get(operation).into_iter();
    let all = all.flat_map(|it| it.path_parameters.iter().chain(&it.query).chain(&it.headers));
    all.map(|it| (it.name.as_literal().unwrap_or_default().to_owned(), it.ty.clone()))
}

fn meet(ty: &Type, found: &Use, uses: &mut Uses, queue: &mut VecDeque<(usize, Use)>) {
    let (inner, item) = peel(ty);
    let Type::Named(id) = inner else { return };
    let Some(slot) = uses.first.get_mut(id.0) else { return };
    if slot.is_some() {
        return;
    }
    let mut found = found.clone();
    found.item |= item;
    if let Some(last) = found.path.last_mut() {
        last.1 |= item;
    }
    *slot = Some(found.clone());
    queue.push_back((id.0, found));
}

/// The type inside lists, maps and nullables, and whether there was a list or a map.
fn peel(ty: &Type) -> (&Type, bool) {
    match ty {
        Type::List(inner) | Type::Map(inner) => (peel(inner).0, true),
        Type::Nullable(inner) => peel(inner),
        Type::Unknown
        | Type::Bool
        | Type::Integer
        | Type::Unsigned
        | Type::Number
        | Type::Text
        | Type::Secret
        | Type::File
        | Type::Named(_) => (ty, false),
    }
}

fn inside(kind: &TypeKind, id: usize, found: &Use) -> Vec<(Type, Use)> {
    match kind {
        TypeKind::Struct(it) => it
            .fields
            .iter()
            .map(|field| {
                let mut next = found.clone();
                next.path.push((field.key.clone(), false));
                next.top = next.top.or(Some(id));
                next.arm_of = None;
                next.item = false;
                (field.ty.clone(), next)
            })
            .collect(),
        TypeKind::Union(it) => it
            .arms
            .iter()
            .map(|arm| (arm.ty.clone(), Use { arm_of: Some(id), ..found.clone() }))
            .collect(),
        TypeKind::Enumeration(_) => Vec::new(),
    }
}

/// Notes the folder of `operation` at every type it reaches.
fn spread(api: &Api, operation: usize, folders: &[usize], uses: &mut Uses) {
    let top = api.operations.get(operation).and_then(|operation| top_of(operation, folders));
    let mut open: Vec<Type> = [Part::Request, Part::Response, Part::Error]
        .into_iter()
        .filter_map(|part| body(api, operation, part))
        .chain(parameters(api, operation).map(|(_, ty)| ty))
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(ty) = open.pop() {
        let Type::Named(id) = peel(&ty).0 else { continue };
        if !seen.insert(id.0) {
            continue;
        }
        if let Some((tops, count)) = uses.tops.get_mut(id.0).zip(uses.operations.get_mut(id.0)) {
            tops.insert(top);
            *count += 1;
        }
        match api.types.get(*id).map(|def| &def.kind) {
            Some(TypeKind::Struct(it)) => {
                open.extend(it.fields.iter().map(|field| field.ty.clone()))
            }
            Some(TypeKind::Union(it)) => open.extend(it.arms.iter().map(|arm| arm.ty.clone())),
            Some(TypeKind::Enumeration(_)) | None => {}
        }
    }
}
