//! What holds for any text: no overlay makes the generator panic, and an empty one changes nothing.

use super::api;
use crate::overlay::{apply::apply, parse};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        if let Ok(overlay) = parse(&text) {
            let (same, found) = apply(api(), &overlay.patches);
            prop_assert!(!overlay.patches.is_empty() || (same == api() && found.is_empty()));
        }
    }

    #[test]
    fn any_address_is_found_or_refused(
        start in "(GET|POST|PUT) /pets|/pets|errors|", rest in "[ .\\[\\]{}›>a-z#-]{0,40}",
        says in prop::sample::select(vec![
            "required = true", "drop = true", "add = true\ntype = 'object'", "enum = ['a']",
            "type = 'list<object> | text'", "body = 'form'", "answer = 'json'", "docs = 'd'",
        ]),
    ) {
        let at = format!("{start}{rest}");
        let overlay = parse(&format!("[[patch]]\nat = '{at}'\nreason = 'r'\n{says}\n"));
        if let Ok(overlay) = overlay {
            let (corrected, found) = apply(api(), &overlay.patches);
            prop_assert_ne!(corrected == api(), found.is_empty());
        }
    }
}
