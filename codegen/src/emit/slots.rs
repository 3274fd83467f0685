//! Which parameters of an operation a caller can set.

use crate::api::{Body, Operation, Parameter, Presence};

/// Whether a caller can set it: what must be given, and what has a name, for nobody can say what an optional one without a name is for.
pub(crate) fn is_settable(parameter: &Parameter) -> bool {
    parameter.presence == Presence::Required || parameter.name.as_literal() != Some("")
}

/// Whether a caller can set a header: not the content type that the collection says, which nobody needs to vary; `header` of the call replaces it all the same.
pub(crate) fn is_settable_header(parameter: &Parameter) -> bool {
    let name = parameter.name.as_literal().unwrap_or_default();
    let is_said = parameter.presence == Presence::Optional && !parameter.default.is_empty();
    is_settable(parameter) && !(is_said && name.eq_ignore_ascii_case("content-type"))
}

/// Whether something may be given besides what must be.
pub(crate) fn has_setters(operation: &Operation) -> bool {
    let Operation { query, query_order, headers, body, .. } = operation;
    let sent = query.iter().enumerate().filter(|(index, _)| query_order.contains(index));
    let sent = sent.map(|(_, parameter)| parameter).filter(|it| is_settable(it));
    let headers = headers.iter().filter(|it| is_settable_header(it));
    matches!(body, Some(Body::Json { presence: Presence::Optional, .. }))
        || sent.chain(headers).any(|it| it.presence == Presence::Optional)
}
