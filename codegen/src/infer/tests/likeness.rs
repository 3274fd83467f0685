//! What a request is like: what it sends says it, and nothing else does.

use super::{entry, request, responses, sends};
use crate::api::Likeness;
use crate::draft::{EntryValue, Operation};
use crate::infer::likeness::likeness;
use crate::infer::surface::surface;
use crate::template::Template;

fn like(operation: &Operation) -> Likeness {
    likeness(operation, &surface(&super::draft(vec![]), None, &mut Vec::new()))
}

#[test]
fn what_is_sent_says_it_and_what_it_is_called_or_answered_with_does_not() {
    let plain = request("GET", "/boats", "List boats");
    assert!(like(&plain).is_nothing());
    let called = responses(request("GET", "/boats", "All boats"), 200, r#"{"mast": 1}"#);
    assert_eq!(like(&called), like(&plain));
    let mut asks = plain.clone();
    asks.query = vec![entry("deck", EntryValue::Default(Template::literal("low")), true)];
    assert!(!like(&asks).is_nothing());
    let mut other = asks.clone();
    other.query = vec![entry("deck", EntryValue::Default(Template::literal("high")), true)];
    assert_ne!(like(&asks), like(&other));
    other.headers = std::mem::take(&mut other.query);
    assert_ne!(like(&asks), like(&other));
}

#[test]
fn an_edit_of_a_body_leaves_it_near() {
    let boat = |text: &str| like(&sends(request("POST", "/boats", "Create"), text));
    let first =
        boat(r#"{"name": "Gull", "mast": {"height": 12, "wood": "oak"}, "crew": ["Ann", "Bo"]}"#);
    let edited =
        boat(r#"{"name": "Gull", "mast": {"height": 12, "wood": "ash"}, "crew": ["Ann", "Bo"]}"#);
    let other = boat(r#"{"invoice": 7, "currency": "EUR", "lines": [{"price": 3, "count": 1}]}"#);
    assert!((Likeness::NEAR..Likeness::SAME).contains(&first.nearness(edited)));
    assert!(first.nearness(other) < Likeness::NEAR);
}
