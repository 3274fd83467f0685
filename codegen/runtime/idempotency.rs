//! Keys by which a service knows a request that it has seen: one for each call, kept over its attempts.

use super::dynamic::{DynamicVariables, join};
use super::operation::Template;
use super::prepared::Prepared;
use super::spec::Part;
use std::borrow::Cow;
use std::time::SystemTime;

/// Gives the call a key where its operation has a header for one and the caller gave none; a call with a key may be repeated.
pub(super) fn key(prepared: &mut Prepared, today: SystemTime) {
    let mut slots = prepared.operation.headers.iter();
    let slot = slots.position(|slot| match slot.name {
        Template::Plain(name) => is_key(name),
        Template::Parts(_) => false,
    });
    let is_given = prepared.more_headers.iter().any(|(name, _)| is_key(name))
        || slot.is_some_and(|slot| prepared.headers.iter().any(|(at, _)| *at == slot));
    let is_withheld = prepared.without_headers.iter().any(|name| is_key(name));
    if let Some(slot) = slot.filter(|_| !is_given && !is_withheld) {
        let mut values = DynamicVariables::new(today).values();
        let made = join(&mut values, &[Part::Uuid], |_| None, str::to_owned);
        if let Ok(made) = made.map(Cow::into_owned) {
            prepared.headers.push((slot, made));
            prepared.idempotent = true;
        }
    }
    prepared.idempotent |= is_given;
}

/// `Idempotency-Key`, however it is written.
fn is_key(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect::<String>().ends_with("idempotencykey")
}
