//! Any bytes: a draft or findings, never a panic.

use super::formats::ALL;
use crate::lower::{account, lower};
use crate::postman;
use proptest::prelude::*;

fn survive(bytes: &[u8]) {
    let Ok(text) = postman::decode(bytes) else { return };
    let Ok(document) = postman::document(&text) else { return };
    let taken = account::account(&document);
    assert_eq!(taken.sum(), taken.total);
    if let Ok((collection, _)) = postman::collection(&document) {
        let (draft, _) = lower(&collection);
        for operation in &draft.operations {
            assert!(operation.server.0 < draft.servers.len());
            assert!(operation.auth.is_none_or(|id| id.0 < draft.credentials.len()));
        }
    }
}

/// Values that stand where others are wanted.
const STRANGERS: &[&str] = &[
    "null",
    "5",
    "true",
    "\"\"",
    "\"{{\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "{\"a\": {}}",
    "\"a:b?c#d@{{e}}\\\\\"",
];

#[test]
fn survives_every_value_replaced() {
    for text in ALL {
        let document = postman::document(text).unwrap();
        let mut spans = Vec::new();
        collect(&document, &mut spans);
        for span in spans {
            for stranger in STRANGERS {
                let (before, after) = (&text[..span.start], &text[span.end..]);
                survive(format!("{before}{stranger}{after}").as_bytes());
            }
        }
    }
}

fn collect(node: &crate::json::Node, spans: &mut Vec<crate::origin::Span>) {
    spans.push(node.span);
    node.elements().unwrap_or_default().iter().for_each(|inner| collect(inner, spans));
    node.members().unwrap_or_default().iter().for_each(|inner| collect(&inner.value, spans));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn survives_changed_bytes(which in 0..ALL.len(), at in any::<prop::sample::Index>(), with in prop::collection::vec(any::<u8>(), 0..4), cut in 0..5_usize) {
        let mut bytes = ALL[which].as_bytes().to_vec();
        let start = at.index(bytes.len());
        let end = (start + cut).min(bytes.len());
        bytes.splice(start..end, with);
        survive(&bytes);
    }

    #[test]
    fn survives_any_url(text in "[a-z:/?#@.{}\\\\ \\[\\]é%&=]{0,24}") {
        let item = serde_json::json!({"item": [{"request": text}]});
        survive(item.to_string().as_bytes());
    }
}
