//! Whether an operation has anything to set.

use crate::api::{Body, Operation, Presence};

/// Whether something may be given besides what must be.
pub(crate) fn has_setters(operation: &Operation) -> bool {
    let Operation { query, query_order, headers, body, .. } = operation;
    let sent = query.iter().enumerate().filter(|(index, _)| query_order.contains(index));
    let sent = sent.map(|(_, parameter)| parameter).filter(|it| it.is_settable());
    let headers = headers.iter().filter(|it| it.is_settable_header());
    matches!(body, Some(Body::Json { presence: Presence::Optional, .. }))
        || sent.chain(headers).any(|it| it.presence == Presence::Optional)
}
