//! The runtime of the emitted clients: what every client needs and no API decides.
//!
//! Ordinary Rust, written into each client as it stands here. Only declares and re-exports.

#![allow(dead_code, unused_imports, unused_macros, reason = "no client needs all of it")]

mod attempt;
mod auth;
#[cfg(feature = "aws_v4")]
mod aws_v4;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod body_secrets;
mod builder;
mod call;
mod client;
mod client_builder;
mod clock;
mod credential;
mod deadline;
#[cfg(feature = "digest")]
mod digest;
mod dynamic;
mod encode;
mod error;
mod error_text;
mod extra;
mod fit;
mod flight;
mod form;
mod given;
mod header;
mod hook;
mod idempotency;
mod json;
mod link;
mod lock;
mod map;
mod media_type;
mod multipart;
mod node;
mod nodes;
mod oauth;
mod operation;
mod page;
mod paging;
mod patch;
mod prepared;
mod raw;
mod read;
#[cfg(feature = "test_util")]
mod recorder;
#[cfg(feature = "test_util")]
mod recording;
#[cfg(feature = "test_util")]
mod replay;
#[cfg(feature = "test_util")]
mod reply;
mod request;
#[cfg(feature = "reqwest")]
mod reqwest_builder;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
#[cfg(feature = "response_cache")]
mod response_cache;
mod response_future;
mod response_stream;
mod retry;
mod said;
mod secret;
mod send;
mod sent;
mod setters;
mod slots;
mod spec;
pub mod support;
#[cfg(feature = "test_util")]
mod target;
#[cfg(feature = "test_util")]
pub mod test_util;
mod thread_clock;
mod token;
mod trace;
mod transport;
mod until;
mod upload;
mod upload_pieces;
mod walk;
mod write;

#[cfg(feature = "reqwest")]
pub use ::reqwest;
#[cfg(feature = "aws_v4")]
pub use aws_v4::AwsCredentials;
#[cfg(feature = "blocking")]
pub use blocking::{BlockingItems, BlockingPages, BlockingResponseStream};
pub use bytes::Bytes;
pub use call::Call;
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use clock::{Clock, SystemClock};
pub use credential::{CredentialValue, Signer};
#[cfg(feature = "digest")]
pub use digest::DigestCredentials;
pub use error::{Error, Phase};
pub use extra::Extra;
pub use given::{Maybe, OptionalValue, ParameterValue, PrintedText, ScalarValue, WholeNumber};
pub use hook::{AttemptEnd, AttemptOutcome};
pub use http::{HeaderMap, Method, StatusCode};
pub use map::JsonMap;
pub use multipart::FilePart;
pub use oauth::ClientCredentials;
pub use operation::Operation;
pub use page::{Items, Paged, Pages};
pub use paging::{Page, Paging};
pub use patch::Patch;
#[cfg(feature = "reqwest")]
pub use reqwest_builder::ReqwestTransportBuilder;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::ReqwestTransport;
pub use response::{FromResponse, Json, RawResponse, Response, Serde, Text};
#[cfg(feature = "response_cache")]
pub use response_cache::ResponseCache;
pub use response_future::ResponseFuture;
pub use response_stream::ResponseStream;
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use serde_json::Value;
pub use thread_clock::ThreadClock;
pub use transport::{
    BoxFuture, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
    TransportErrorKind,
};
pub use until::WaitUntil;
pub use upload::Upload;
pub use upload_pieces::UploadPieces;

// What the emitted constants and requests are made of; nobody else needs it.
pub(crate) use builder::{forward_to_call, request_builder};
pub(crate) use map::set_map;
pub(crate) use operation::{HeaderSlot, QuerySlot};
pub(crate) use spec::{
    ApiSpec, CredentialSpec, Part, SchemeSpec, ServerSpec, TokenSpec, VariableSpec,
};
