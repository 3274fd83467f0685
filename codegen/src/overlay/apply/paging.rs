//! Whether a listing can be paged as the overlay says.

use crate::api::{Api, Operation, Pagination, Response, Type, TypeKind, member};
use crate::overlay::place::Target;

/// Query parameters that a listing is paged by and that its operation has not.
pub(super) fn missing_parameters(
    api: &Api,
    targets: &[Target],
    pagination: &Pagination,
) -> Vec<String> {
    let mut missing = Vec::new();
    for operation in operations(api, targets) {
        let has = |name: &str| operation.query.iter().any(|it| it.name.as_literal() == Some(name));
        missing.extend(pagination.by.parameters().filter(|name| !has(name)).map(str::to_owned));
    }
    missing
}

/// Whether the responses of all targets always hold a list: at the top, or under one of the pagination's keys.
pub(super) fn are_listed(api: &Api, targets: &[Target], pagination: &Pagination) -> bool {
    operations(api, targets).all(|operation| match &operation.response {
        Response::Json { ty, may_be_empty: false } => is_listed(api, ty, &pagination.items),
        Response::Json { may_be_empty: true, .. }
        | Response::Unknown
        | Response::Empty
        | Response::Text
        | Response::Bytes => false,
    })
}

fn is_listed(api: &Api, ty: &Type, keys: &[String]) -> bool {
    let Type::Named(id) = ty else { return matches!(ty, Type::List(_)) };
    match api.types.get(*id).map(|definition| &definition.kind) {
        Some(TypeKind::Struct(_)) => keys.iter().any(|key| {
            let found = member(&api.types, *id, key).and_then(|mut steps| steps.pop());
            found.is_some_and(|(_, _, field)| matches!(field.ty, Type::List(_)))
        }),
        Some(TypeKind::Union(union)) => union.arms.iter().any(|arm| is_listed(api, &arm.ty, keys)),
        Some(TypeKind::Enumeration(_)) | None => false,
    }
}

fn operations<'a>(api: &'a Api, targets: &'a [Target]) -> impl Iterator<Item = &'a Operation> {
    targets.iter().filter_map(|target| match target {
        Target::Operation(id) => api.operations.get(id.0),
        Target::Parameter(..) | Target::Field(..) | Target::Body(_) => None,
        Target::Response(_) | Target::Error(_) | Target::Credential(_) => None,
    })
}
