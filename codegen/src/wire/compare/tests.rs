//! Two lines in, what differs out.

use super::*;
use expect_test::{Expect, expect};

fn sent(path: &str, query: Option<&str>, body: &str) -> Sent {
    Sent {
        path: path.to_owned(),
        query: query.map(str::to_owned),
        body: body.as_bytes().to_vec(),
        ..Sent::default()
    }
}

fn line(sent: Sent) -> Line {
    Line { pointer: "/item/0".to_owned(), sent: Ok(sent), ..Line::default() }
}

fn with(pairs: &[(&str, &str)]) -> Line {
    let mut sent = sent("/", None, "");
    sent.headers = pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    line(sent)
}

fn check(ours: Line, theirs: Line, expected: Expect) {
    let found = compare(&[ours], &[theirs], By::Pointer);
    let mut text = format!("equal {} differing {:?}\n", found.equal, found.differing);
    for wrong in found.wrong {
        text += &format!("{}: {:?} for {:?}\n", wrong.field, wrong.ours, wrong.theirs);
    }
    expected.assert_eq(&text);
}

#[test]
fn headers_have_no_order_and_no_case_but_values_count() {
    let equal = expect![[r#"
        equal 1 differing {}
    "#]];
    check(
        with(&[("b", "2"), ("A", "1"), ("user-agent", "us")]),
        with(&[("a", "1"), ("B", "2")]),
        equal,
    );
    let wrong = expect![[r#"
        equal 0 differing {}
        headers: "a: 1" for "a: 1\na: 1"
    "#]];
    check(with(&[("a", "1")]), with(&[("a", "1"), ("a", "1")]), wrong);
    let wrong = expect![[r#"
        equal 0 differing {}
        headers: "accept: x" for "accept: y"
    "#]];
    check(with(&[("accept", "x")]), with(&[("Accept", "y")]), wrong);
}

#[test]
fn one_credential_is_enough() {
    let theirs = with(&[("Authorization", "a"), ("Authorization", "b")]);
    let by_rule = expect![[r#"
        equal 0 differing {"one-credential": 1}
    "#]];
    check(with(&[("authorization", "a")]), theirs.clone(), by_rule);
    let wrong = expect![[r#"
        equal 0 differing {}
        headers: "authorization: b" for "authorization: a\nauthorization: b"
    "#]];
    check(with(&[("authorization", "b")]), theirs, wrong);
}

#[test]
fn a_signature_counts_where_it_is_of_what_is_sent() {
    const HASH: &str = "X-Amz-Content-Sha256";
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let signed = |hash: &str| {
        let mut line = with(&[(HASH, hash)]);
        line.auth = Some("awsv4".to_owned());
        line.added.headers = vec![HASH.to_owned()];
        line
    };
    let by_rule = expect![[r#"
        equal 0 differing {"signed-by-hook": 1}
    "#]];
    check(signed(nothing), signed("of a body that is not sent"), by_rule);
    let wrong = expect![[r#"
        equal 0 differing {}
        headers: "x-amz-content-sha256: of a body that is not sent" for "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    "#]];
    check(signed("of a body that is not sent"), signed(nothing), wrong);
}

#[test]
fn an_empty_query_is_not_none() {
    let wrong = expect![[r#"
        equal 0 differing {}
        query: "no `?`" for "?"
    "#]];
    check(line(sent("/", None, "")), line(sent("/", Some(""), "")), wrong);
}

#[test]
fn only_given_values_may_be_escaped_otherwise() {
    let mut ours = line(sent("/a%2Fb/c%3A", None, ""));
    ours.given = vec!["a/b".to_owned()];
    let wrong = expect![[r#"
        equal 0 differing {}
        path: "/a%2Fb/c%3A" for "/a/b/c:"
    "#]];
    check(ours.clone(), line(sent("/a/b/c:", None, "")), wrong);
    let by_rule = expect![[r#"
        equal 0 differing {"path-value-is-one-segment": 1}
    "#]];
    check(ours, line(sent("/a/b/c%3A", None, "")), by_rule);
}

#[test]
fn bodies_are_compared_as_json_where_they_are() {
    let equal = expect![[r#"
        equal 1 differing {}
    "#]];
    check(line(sent("/", None, "{\"a\":1}")), line(sent("/", None, "{ \"a\": 1 }")), equal);
    let by_rule = expect![[r#"
        equal 0 differing {"body-is-strict-json": 1}
    "#]];
    check(line(sent("/", None, "[1]")), line(sent("/", None, "[1,]")), by_rule);
    let wrong = expect![[r#"
        equal 0 differing {}
        body: "a=1" for "a=2"
    "#]];
    check(line(sent("/", None, "a=1")), line(sent("/", None, "a=2")), wrong);
}

#[test]
fn a_body_of_its_type_stands_for_a_variable() {
    let ours = Line { retyped: true, ..line(sent("/", None, "{}")) };
    let by_rule = expect![[r#"
        equal 0 differing {"body-is-typed": 1}
    "#]];
    check(ours, line(sent("/", None, "3777")), by_rule);
    let nothing = Line { retyped: true, ..line(sent("/", None, "")) };
    let wrong = expect![[r#"
        equal 0 differing {}
        body: "" for "3777"
    "#]];
    check(nothing, line(sent("/", None, "3777")), wrong);
}

#[test]
fn generated_values_stand_in_their_form() {
    let by_rule = expect![[r#"
        equal 0 differing {"generated-per-call": 1}
    "#]];
    check(
        line(sent("/9f1c2d3e-0000-4abc-9def-0123456789ab", Some("t=1799999999"), "")),
        line(sent("/00000000-0000-4000-8000-000000000000", Some("t=1700000000"), "")),
        by_rule,
    );
}

#[test]
fn what_postman_cannot_send_is_not_compared() {
    let refused = Line { sent: Err("no url".into()), ..line(Sent::default()) };
    let by_rule = expect![[r#"
        equal 0 differing {"postman-sends-nothing": 1}
    "#]];
    check(line(sent("/", None, "")), refused.clone(), by_rule);
    let neither = expect![[r#"
        equal 0 differing {}
    "#]];
    check(refused.clone(), refused, neither);
}
