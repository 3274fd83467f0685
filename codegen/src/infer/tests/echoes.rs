//! What of a request the service tells back: as much as its responses leave open.

use super::{check_with, recorded, request, sends};
use crate::evidence::Evidence;
use expect_test::expect;
use std::collections::BTreeMap;

#[test]
fn what_was_sent_and_not_told_back_is_no_part_of_the_response() {
    let operations = vec![
        sends(request("POST", "/boats", "Create"), r#"{"name": "", "key": "", "flag": ""}"#),
        sends(request("PATCH", "/boats/:id", "Update"), r#"{"name": ""}"#),
        request("GET", "/boats/:id", "Get"),
    ];
    // `key` was sent and not told; nobody saw what becomes of `flag`, nor what a response to `hull` says.
    let create = recorded(
        "POST /boats",
        r#"{"name": "n", "key": "k", "crew": {"pin": 1}}"#,
        r#"{"id": 1, "name": "n", "crew": {"size": 2}}"#,
    );
    let update = recorded("PATCH /boats/{}", r#"{"hull": "h"}"#, "1");
    let evidence = Evidence { endpoints: BTreeMap::from([create, update]) };
    check_with(operations, &evidence, expect![[""]]);
}
