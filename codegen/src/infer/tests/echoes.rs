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
    ];
    // `key` was sent and not told; nobody saw what becomes of `flag`, nor what a response to `hull` says.
    let create = recorded(
        "POST /boats",
        r#"{"name": "n", "key": "k", "crew": {"pin": 1}}"#,
        r#"{"id": 1, "name": "n", "crew": {"size": 2}}"#,
    );
    let update = recorded("PATCH /boats/{}", r#"{"hull": "h"}"#, "1");
    let evidence = Evidence { endpoints: BTreeMap::from([create, update]) };
    check_with(
        operations,
        &evidence,
        expect![[r#"
        POST /boats [Create]
          query page?: integer (evidence)
          body json `POST /boats body` (application/json)
          answer `/boats .`
          error `errors .`
        PATCH /boats/{} [Update]
          query page?: integer (evidence)
          body json `PATCH /boats/{} body` (application/json)
          answer integer
          error `errors .`
        struct `/boats .` answer from POST /boats -> 200 (traffic); POST /boats (body); PATCH /boats/{id} (body); PATCH /boats/{id} (body, traffic); POST /boats (body, traffic)
          name?: text (collection, evidence)
          flag?: text (collection)
          hull?: text (evidence)
          crew?: `/boats .crew` (evidence)
          id?: integer (evidence)
        struct `/boats .crew` nested from POST /boats (body, traffic); POST /boats -> 200 (traffic)
          pin?: integer (evidence)
          size?: integer (evidence)
        struct `PATCH /boats/{} body` request from PATCH /boats/{id} (body); PATCH /boats/{id} (body, traffic)
          name?: text | null (collection, evidence)
          hull?: text | null (evidence)
          key?: text | null (collection, evidence)
          crew?: `/boats .crew` | null (evidence)
        struct `POST /boats body` request from POST /boats (body); POST /boats (body, traffic)
          name?: text (collection, evidence)
          key?: text (collection, evidence)
          flag?: text (collection)
          crew?: `/boats .crew` (evidence)
          hull?: text (evidence)
        struct `errors .` error from PATCH /boats/{id} -> 404 (traffic); POST /boats -> 404 (traffic)
          code?: text (evidence)
    "#]],
    );
}
