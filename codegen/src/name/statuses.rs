//! Words for the statuses of failures (RFC 9110 §15.5 and §15.6).

/// The words of a status, `not found`; of one without a name of its own, its class and number.
pub(super) fn words(status: u16) -> String {
    let named = match status {
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        421 => "misdirected request",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        428 => "precondition required",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal server",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        507 => "insufficient storage",
        _ => return format!("status {status}"),
    };
    named.to_owned()
}
