//! Which requests and answers make a listing in pages.

use super::super::tests::typed;
use super::super::tests::{draft, request, responses};
use crate::docs::Docs;
use crate::draft::{Entry, EntryValue, Operation};
use crate::evidence::Evidence;
use crate::origin::Origin;
use crate::template::{Piece, Template};
use expect_test::{Expect, expect};

/// A request with query parameters: `name=value` is sent, `name?value` is disabled.
fn asks(mut operation: Operation, query: &[&str]) -> Operation {
    for text in query {
        let (name, value) = text.split_once(['=', '?']).unwrap();
        let value = match value.strip_prefix(':') {
            Some(name) => Template(vec![Piece::Variable(name.to_owned())]),
            None => Template::literal(value),
        };
        operation.query.push(Entry {
            name: Template::literal(name),
            value: EntryValue::Default(value),
            enabled: text.contains('='),
            docs: Docs::default(),
            origin: Origin::default(),
        });
    }
    operation
}

fn check(query: &[&str], response: &str, expected: Expect) {
    check_of("GET", query, response, expected);
}

fn check_of(method: &str, query: &[&str], response: &str, expected: Expect) {
    let operation = asks(responses(request(method, "/kites", "List"), 200, response), query);
    let (api, _) = typed(&draft(vec![operation]), &Evidence::default(), &[]);
    let text = api.operations[0].pagination.as_ref().map_or("none".to_owned(), super::why);
    expected.assert_eq(&text);
}

const BARE: &str = r#"[{"id": 1, "tail": "long"}]"#;

#[test]
fn pages_are_numbered() {
    check(
        &["page?1", "per_page?20"],
        BARE,
        expect!["`page` numbers the pages from 1 on, and the answer is a list"],
    );
    check(
        &["pageNumber?0", "pageSize?5"],
        r#"{"kites": [{"id": 1}], "paging": {"total_count": 3, "hasMore": true}}"#,
        expect![
            "`pageNumber` numbers the pages from 0 on, and the answer holds one list, `kites`, more is `paging.hasMore`, total is `paging.total_count`"
        ],
    );
    // What is sent is where the walk begins; what a variable says, nobody knows.
    check(
        &["page=3"],
        BARE,
        expect!["`page` numbers the pages from 3 on, and the answer is a list"],
    );
    check(&["page=:page"], BARE, expect!["none"]);
    check(
        &["page?", "size?"],
        BARE,
        expect!["`page` numbers the pages, from 0 or 1 on, and the answer is a list"],
    );
}

#[test]
fn items_are_counted() {
    check(
        &["offset?", "limit=10"],
        r#"{"data": {"kites": [{"id": 1}]}, "total": 4}"#,
        expect![
            "`offset` counts the items before a page, and the answer holds one list, `data.kites`, total is `total`"
        ],
    );
    check(
        &["$skip?", "$top?"],
        r#"{"value": [{"id": 1}], "@odata.count": 9, "@odata.nextLink": "https://kites.example/kites?$skip=1"}"#,
        expect![
            "`$skip` counts the items before a page, and the answer holds one list, `value`, next is `@odata.nextLink`, total is `@odata.count`"
        ],
    );
}

#[test]
fn cursors_and_links_stand_in_the_answer() {
    check(
        &["page_token?", "limit?"],
        r#"{"kites": [{"id": 1}], "next_page_token": "x", "tags": ["a"]}"#,
        expect![
            "`page_token` takes the cursor of a page, and the answer holds one list, `kites`, next is `next_page_token`"
        ],
    );
    check(
        &["after?"],
        r#"{"data": [{"id": 1}], "paging": {"cursors": {"before": "a", "after": "b"}}}"#,
        expect![
            "`after` takes the cursor of a page, and the answer holds one list, `data`, next is `paging.cursors.after`"
        ],
    );
    check(
        &[],
        r#"{"_embedded": {"kites": [{"id": 1}]}, "_links": {"self": {"href": "/kites"}, "next": {"href": "/kites?page=2"}}}"#,
        expect![
            "the answer has a link to the next page, and the answer holds one list, `_embedded.kites`, next is `_links.next.href`"
        ],
    );
    check(
        &[],
        r#"{"count": 3, "next": null, "previous": null, "results": [{"id": 1}]}"#,
        expect![
            "the answer has a link to the next page, and the answer holds one list, `results`, next is `next`"
        ],
    );
}

#[test]
fn what_only_looks_like_a_listing_is_none() {
    // No parameter, and no link.
    check(&["limit?5"], BARE, expect!["none"]);
    // A date is no cursor where the response has none.
    check(&["after?2020-01-01"], r#"{"kites": [{"id": 1}]}"#, expect!["none"]);
    // `next` alone may be anything.
    check(&[], r#"{"kites": [{"id": 1}], "next": "fly"}"#, expect!["none"]);
    // Two lists of records, no list, another method.
    check(&["page?1"], r#"{"kites": [{"id": 1}], "tails": [{"id": 2}]}"#, expect!["none"]);
    check(&["page?1"], r#"{"id": 1}"#, expect!["none"]);
    check_of("POST", &["page?1"], BARE, expect!["none"]);
}
