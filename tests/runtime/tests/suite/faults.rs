//! Faults over loopback, each with its number. Short counts here; `RUNTIME_FAULTS=long cargo test -p client-runtime --release -- --nocapture faults` runs the long ones. Both print their figures.
//!
//! 8 (500 on a POST) is in `loopback`, 16 in `pages`, 17 in `oauth`.

mod bodies;
mod connections;
mod hints;
mod json;
mod secrets;
mod time;

/// How often a fault is tried.
fn count(short: usize, long: usize) -> usize {
    match std::env::var("RUNTIME_FAULTS").as_deref() {
        Ok("long") => long,
        Ok(_) | Err(_) => short,
    }
}
