//! Texts of which all are in one format.

use super::{check, request, sends};
use expect_test::expect;

#[test]
fn a_field_knows_the_format_of_all_its_texts() {
    let boat = r#"{"built": "2024-01-31T10:00:00Z", "ref": "3f2b8c9e-0000-4000-8000-0123456789ab",
        "day": "2024-01-31", "crew": 2}"#;
    let other = r#"{"built": "2024-01-31T10:00:00Z", "ref": "none", "day": "", "crew": 2}"#;
    let operations = vec![
        sends(request("POST", "/boats", "Create"), boat),
        sends(request("POST", "/ships", "Create"), boat),
        sends(request("POST", "/rafts", "Create"), other),
    ];
    // One type for all three: `ref` is no UUID in every one of them.
    check(
        operations,
        expect![[r#"
        POST /boats [Create]
          body json `POST /boats body` (application/json)
        POST /rafts [Create]
          body json `POST /boats body` (application/json)
        POST /ships [Create]
          body json `POST /boats body` (application/json)
        struct `POST /boats body` request from POST /boats (body); POST /rafts (body); POST /ships (body)
          built?: text date-time (collection)
          ref?: text (collection)
          day?: text (collection)
          crew?: integer (collection)
    "#]],
    );
    check(
        vec![sends(request("POST", "/boats", "Create"), boat)],
        expect![[r#"
        POST /boats [Create]
          body json `POST /boats body` (application/json)
        struct `POST /boats body` request from POST /boats (body)
          built?: text date-time (collection)
          ref?: text uuid (collection)
          day?: text (collection)
          crew?: integer (collection)
    "#]],
    );
}
