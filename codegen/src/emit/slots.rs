//! Which parameters of an operation a caller can set.

use crate::api::{Body, Operation, Parameter, Presence};

/// Whether a caller can set it: what must be given, and what has a name, for nobody can say what an optional one without a name is for.
pub(crate) fn is_settable(parameter: &Parameter) -> bool {
    parameter.presence == Presence::Required || parameter.name.as_literal() != Some("")
}

/// Whether something may be given besides what must be.
pub(crate) fn has_setters(operation: &Operation) -> bool {
    let Operation { query, query_order, headers, body, .. } = operation;
    let sent = query.iter().enumerate().filter(|(index, _)| query_order.contains(index));
    let mut parameters = sent.map(|(_, parameter)| parameter).chain(headers);
    matches!(body, Some(Body::Json { presence: Presence::Optional, .. }))
        || parameters.any(|it| it.presence == Presence::Optional && is_settable(it))
}
