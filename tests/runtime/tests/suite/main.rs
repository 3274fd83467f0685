//! The runtime's tests: they compile it as a private module, which is how a client holds it.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a test is no library"
)]

mod aws_v4;
mod caches;
mod digest;
mod doors;
mod dynamic;
mod errors;
mod executors;
mod faults;
mod harness;
mod hooks;
mod json;
mod loopback;
mod oauth;
mod pages;
mod pages_law;
mod query_key;
mod recordings;
mod redaction;
mod requests;
mod reqwest_builder;
#[path = "../../../../codegen/runtime/lib.rs"]
mod runtime;
mod seams;
mod servers;
mod streams;
mod traces;
mod upload_memory;
mod uploads;
mod waits;
