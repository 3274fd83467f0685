//! POSTMAN.md §4.

use super::request;

fn header(list: &str) -> String {
    let text = format!(r#"{{"url": "http://x.test", "header": {list}}}"#);
    request(&text).replacen("GET http://x.test /", "", 1).trim_start().to_owned()
}

#[test]
fn reads_every_spelling() {
    for (list, wanted) in [
        (
            r#"[{"key": "A", "value": "1"}, {"key": "B", "value": "2", "disabled": true}]"#,
            "h[A=1 & -B=2]",
        ),
        (r#""A: 1\nB: 2""#, "h[A=1 & B=2]"),
        (r#"["A: 1", {"key": "B", "value": 2}]"#, "h[A=1 & B=2]"),
        (r#"{"A": "1"}"#, "h[A=1]"),
        ("null", ""),
        ("5", "Warning postman::misfit #/item/0/request/header"),
        (
            r#"[{"key": "A"}, {"key": "B", "value": null}, {"key": "", "value": "x"}]"#,
            "h[A= & B=null]",
        ),
        (r#"[{"key": "A", "value": "  x "}]"#, "h[A=x]"),
        (
            r#"[{"key": "A", "value": "{{v}}"}, {"key": "X-{{n}}", "value": "y"}]"#,
            "h[A=caller({{v}}) & X-${n}=y]",
        ),
    ] {
        assert_eq!(header(list), wanted, "{list}");
    }
}

#[test]
fn sends_what_node_sends() {
    for (list, wanted) in [
        (
            r#"[{"key": "A", "value": "1"}, {"key": "B", "value": "2"}, {"key": "A", "value": "3"}]"#,
            "h[A=1 & B=2 & A=3]",
        ),
        (r#"[{"key": "X-A", "value": "1"}, {"key": "x-a", "value": "2"}]"#, "h[x-a=2]"),
        (
            r#"[{"key": "Content-Type", "value": "application/json"}]"#,
            "h[Content-Type=application/json]",
        ),
        (r#"[{"key": "Accept", "value": "text/plain"}]"#, "h[Accept=text/plain]"),
        (r#"[{"key": "Host", "value": "h"}]"#, "Note lower::header #/item/0/request/header/0"),
        (
            r#"[{"key": "A B", "value": "1"}]"#,
            "Warning lower::header-name #/item/0/request/header/0/key",
        ),
        (
            r#"[{"key": "A", "value": "a\r\nB: 1"}]"#,
            "Error lower::header-value #/item/0/request/header/0/value",
        ),
        (
            r#"[{"key": "A", "value": "a\n"}]"#,
            "Warning lower::header-value #/item/0/request/header/0/value",
        ),
        (
            r#"[{"key": "A", "value": "→"}]"#,
            "Warning lower::header-value #/item/0/request/header/0/value",
        ),
    ] {
        assert_eq!(header(list), wanted, "{list}");
    }
}

#[test]
fn turns_hand_written_credentials_into_credentials() {
    for (list, wanted) in [
        (r#"[{"key": "Authorization", "value": "Bearer {{t}}"}]"#, "a[bearer \"Bearer\" \"t\"]"),
        (r#"[{"key": "authorization", "value": "{{t}}"}]"#, "a[bearer \"\" \"t\"]"),
        (r#"[{"key": "Authorization", "value": "Token s3cret"}]"#, "a[bearer \"Token\"]"),
        (r#"[{"key": "Authorization", "value": "Basic dTpw"}]"#, "a[basic]"),
        (r#"[{"key": "Authorization", "value": "Basic {{b}}"}]"#, "a[bearer \"Basic\" \"b\"]"),
        (r#"[{"key": "X-Api-Key", "value": "s3cret"}]"#, "a[header X-Api-Key]"),
        (r#"[{"key": "Cookie", "value": "sid={{sid}}"}]"#, "a[header Cookie \"sid\"]"),
        (
            r#"[{"key": "X-Api-Key", "value": "s3"}, {"key": "Authorization", "value": "Bearer s3"}]"#,
            "h[X-Api-Key=caller()] a[bearer \"Bearer\"]\nNote lower::further-credential #/item/0/request/header/0",
        ),
        (
            r#"[{"key": "Authorization", "value": "Bearer s3", "disabled": true}]"#,
            "h[-Authorization=caller()]",
        ),
        (r#"[{"key": "Idempotency-Key", "value": "1"}]"#, "h[Idempotency-Key=1]"),
        (r#"[{"key": "X-Signature", "value": "s3"}]"#, "h[X-Signature=caller()]"),
    ] {
        assert_eq!(header(list), wanted, "{list}");
    }
}

#[test]
fn says_that_a_request_has_one_credential() {
    let twice = r#"[{"key": "Authorization", "value": "Bearer {{t}}"}, {"key": "A", "value": "1"}, {"key": "Authorization", "value": "Basic {{u}}"}]"#;
    let found = "h[A=1] a[bearer \"Bearer\" \"t\"]\nWarning lower::second-credential #/item/0/request/header/2";
    assert_eq!(header(twice), found);
    let keys = r#"[{"key": "X-Api-Key", "value": "a"}, {"key": "X-Api-Key", "value": "b"}]"#;
    let found = "a[header X-Api-Key]\nWarning lower::second-credential #/item/0/request/header/1";
    assert_eq!(header(keys), found);
    let off = r#"[{"key": "Authorization", "value": "Bearer {{t}}"}, {"key": "Authorization", "value": "x", "disabled": true}]"#;
    assert_eq!(header(off), "h[-Authorization=caller()] a[bearer \"Bearer\" \"t\"]");
}
