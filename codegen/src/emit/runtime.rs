//! The runtime's sources, as text; and what of them the crate's root shows.
//!
//! In: the files of `codegen/runtime`, embedded. Out: files of the client, each its source below the header, byte for byte.

use super::Emitted;

/// Where each source of the runtime stands in the client, and the source.
pub(crate) const SOURCES: &[(&str, &str)] = &[
    ("src/runtime.rs", include_str!("../../runtime/lib.rs")),
    ("src/runtime/answer.rs", include_str!("../../runtime/answer.rs")),
    ("src/runtime/call.rs", include_str!("../../runtime/call.rs")),
    ("src/runtime/client.rs", include_str!("../../runtime/client.rs")),
    ("src/runtime/encode.rs", include_str!("../../runtime/encode.rs")),
    ("src/runtime/error.rs", include_str!("../../runtime/error.rs")),
    ("src/runtime/extra.rs", include_str!("../../runtime/extra.rs")),
    ("src/runtime/fit.rs", include_str!("../../runtime/fit.rs")),
    ("src/runtime/form.rs", include_str!("../../runtime/form.rs")),
    ("src/runtime/generated.rs", include_str!("../../runtime/generated.rs")),
    ("src/runtime/json.rs", include_str!("../../runtime/json.rs")),
    ("src/runtime/multipart.rs", include_str!("../../runtime/multipart.rs")),
    ("src/runtime/patch.rs", include_str!("../../runtime/patch.rs")),
    ("src/runtime/reqwest_transport.rs", include_str!("../../runtime/reqwest_transport.rs")),
    ("src/runtime/secret.rs", include_str!("../../runtime/secret.rs")),
    ("src/runtime/send.rs", include_str!("../../runtime/send.rs")),
    ("src/runtime/spec.rs", include_str!("../../runtime/spec.rs")),
    ("src/runtime/support.rs", include_str!("../../runtime/support.rs")),
    ("src/runtime/transport.rs", include_str!("../../runtime/transport.rs")),
];

/// What the root re-exports.
pub(crate) const FACE: &[&str] = &[
    "Answer",
    "ApiSpec",
    "BoxFuture",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "CredentialSpec",
    "CredentialValue",
    "Error",
    "Extra",
    "FilePart",
    "HeaderMap",
    "HeaderSpec",
    "HttpRequest",
    "HttpResponse",
    "Json",
    "Method",
    "Operation",
    "OperationSpec",
    "ParameterValue",
    "Part",
    "Patch",
    "Phase",
    "QuerySpec",
    "RawResponse",
    "Response",
    "ResponseBody",
    "SchemeSpec",
    "Secret",
    "ServerSpec",
    "Signer",
    "StatusCode",
    "Text",
    "Transport",
    "TransportError",
    "TransportErrorKind",
    "Value",
    "VariableSpec",
];

/// The same behind a feature of the runtime's own.
pub(crate) const GATED: &[(&str, &str)] = &[
    ("reqwest", "ReqwestTransport"),
];

/// The emitted files.
pub(crate) fn files(header: &str) -> impl Iterator<Item = Emitted> {
    SOURCES.iter().map(move |(path, source)| Emitted::Runtime {
        path: (*path).to_owned(),
        text: format!("{header}{source}"),
    })
}
