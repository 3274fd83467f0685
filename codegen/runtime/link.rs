//! Links to the next page, as services put them into responses.
//!
//! Only the query of a link is read: no link leads a call, and its credential, to another place.

use super::encode::decoded;
use super::operation::{QuerySlot, Template};
use super::prepared::Prepared;

/// The query of a link; `None` for what is no link.
pub(super) fn link(text: &str) -> Option<&str> {
    let is_link = ["https://", "http://", "/", "?"].iter().any(|start| text.starts_with(start));
    let (_, query) = text.split_once('?').filter(|_| is_link)?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    (!query.is_empty()).then_some(query)
}

/// Takes over the parameters of a link: they replace those of the call.
pub(super) fn follow(next: &mut Prepared, query: &str) {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs: Vec<_> = pairs.map(|(name, value)| (decoded(name), decoded(value))).collect();
    let slots: Vec<_> = pairs.iter().map(|(name, _)| slot_named(next, name)).collect();
    next.query.retain(|(at, _)| !slots.contains(&Some(*at)));
    next.more_query.retain(|(name, _)| pairs.iter().all(|(other, _)| other != name));
    for (slot, (name, value)) in slots.into_iter().zip(pairs) {
        match slot {
            Some(slot) => next.query.push((slot, value)),
            None => next.more_query.push((name, value)),
        }
    }
}

/// The first slot of a parameter.
fn slot_named(prepared: &Prepared, name: &str) -> Option<usize> {
    let is_named = |slot: &QuerySlot| match slot.name {
        Template::Plain(own) => decoded(own) == name,
        Template::Parts(_) => false,
    };
    prepared.operation.query.iter().position(is_named)
}
