//! Places with odd keys, and places of one operation among several.

use super::{draft, request, sends, typed};
use crate::api::dump::dump;
use crate::evidence::Evidence;
use crate::overlay::{Entry, Hint, HintKind};

#[test]
fn a_key_with_blanks_or_dots_is_a_credential_as_any_other() {
    let body =
        r#"{"api key": "a", "x.api.key": "b", "api_key": "c", "the key": "d", "list": ["e"]}"#;
    let operations = draft(vec![sends(request("POST", "/a", "Create"), body)]);
    let (api, _) = typed(&operations, &Evidence::default(), &[]);
    let dump = dump(&api);
    for field in ["api key?: secret", "x.api.key?: secret", "api_key?: secret", "the key?: text"] {
        assert!(dump.contains(field), "{field}: {dump}");
    }
}

#[test]
fn a_hint_may_name_one_operation() {
    let body = r#"{"rates": {"eur": 1, "usd": 2}}"#;
    let operations = draft(vec![sends(request("POST", "/a", "Create"), body)]);
    let at = "POST /a [Create] body.rates".to_owned();
    let entry = Entry { at, reason: "tests".to_owned(), ..Entry::default() };
    let hints = [Hint { entry, kind: HintKind::Map }];
    let (api, found) = typed(&operations, &Evidence::default(), &hints);
    assert_eq!(found, []);
    assert!(dump(&api).contains("rates?: {integer}"), "{}", dump(&api));
}
