//! What is found, and above all what is not.

use super::{find, redacted};

fn kinds(text: &str) -> Vec<&'static str> {
    find(text, "").iter().map(|it| it.kind).collect()
}

/// Written in two parts, so that no scanner takes these for keys.
fn joined((prefix, rest): (&str, &str)) -> String {
    format!("{prefix}{rest}")
}

#[test]
fn keys_of_known_formats() {
    for (key, kind) in [
        (("AK", "IAQ7ZD3M5R9T2W4XYB"), "an AWS access key id"),
        (("gh", "p_a8Hd8fK2mP9xW4vT7bN1cR5tY3qL6sJ0zXe"), "a GitHub token"),
        (("sk_", "live_a8Hd8fK2mP9xW4vT"), "a Stripe key"),
        (("xo", "xb-402847150-Hd8fK2mP9xW4vT7b"), "a Slack token"),
        (("AI", "zaSyHd8fK2mP9xW4vT7bN1cR5tY3qL6sJ0z-_"), "a Google API key"),
        (
            ("S", "G.Hd8fK2mP9xW4vT7bN1cR5t.Hd8fK2mP9xW4vT7bN1cR5tY3qL6sJ0zHd8fK2mP9x"),
            "a SendGrid key",
        ),
        (
            ("ey", "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJlLW9mLXRoaXM"),
            "a JSON Web Token",
        ),
        (("", "zqHd8fK2mP9xW4vT7bN1cR5a"), "a random key"),
        (("", "hd8fk2mp9xw4vt7bn1cr5ty3ql6sj0zx"), "a random key"),
        (("", "Hd8fK2mP9x/W4vT7bN1c+R5tY3qL6sJ0zXe7hBq="), "a random key"),
    ] {
        let key = joined(key);
        for text in [
            key.clone(),
            format!("see {key}."),
            format!("a={key}&b"),
            format!("\\n{key}\\n"),
            format!("%3D{key}"),
        ] {
            assert_eq!(kinds(&text), [kind], "{text}");
            let found = find(&text, "");
            assert_eq!(text[found[0].range.clone()].trim_end_matches('.'), key, "{text}");
        }
    }
}

#[test]
fn what_stands_around_tells_a_secret() {
    let pem = "a -----BEGIN RSA PRIVATE KEY-----\nMIIx\n-----END RSA PRIVATE KEY----- b";
    for (text, left) in [
        (pem, "a {{redacted}} b"),
        ("-----BEGIN PRIVATE KEY-----\nMII", "{{redacted}}"),
        ("Authorization: Bearer a1b2c3d4e5f60718 x", "Authorization: Bearer {{redacted}} x"),
        ("Basic dXNlcjpodW50ZXIy", "Basic {{redacted}}"),
        ("Server=a.test;User=sa;Password=hunter2;", "Server=a.test;User=sa;Password={{redacted}};"),
        ("postgres://me:hunter2@db.test/x", "postgres://me:{{redacted}}@db.test/x"),
        ("see https://me:hunter2@x.test", "see https://me:{{redacted}}@x.test"),
    ] {
        assert_eq!(redacted(text, &find(text, "")), left);
    }
}

#[test]
fn what_people_write_is_none() {
    for text in [
        "",
        "getUserProfileByIdentifier2AndTenant3",
        "https://docs.example.com/v2/GettingStarted/HowToUseTheApi2020Edition",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "d41d8cd98f00b204e9800998ecf8427e",
        "507f1f77bcf86cd799439011",
        "2024-01-31T10:00:00.000Z",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789",
        "AKIAXXXXXXXXXXXXXXXX",
        "AKIA_IS_A_PREFIX",
        "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
        "Bearer YOUR_ACCESS_TOKEN_2",
        "Bearer {{token}}",
        "Basic <base64 of user:password>",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "postgres://user:password@localhost",
        "https://user:{{password}}@x.test and https://me:<password>@x.test",
        "https://me:hunter2@x.test/whole",
        "a=1; Path=/; HttpOnly",
        "Password={{password}};User=a",
    ] {
        assert_eq!(kinds(text), [""; 0], "{text}");
    }
}

#[test]
fn an_identifier_is_no_secret_and_a_secret_of_a_format_is_one_under_any_name() {
    let key = "zqHd8fK2mP9xW4vT7bN1cR5a";
    for (text, name) in [
        (key.to_owned(), "client_id"),
        (key.to_owned(), "ETag"),
        (format!("{{\"userId\": \"{key}\"}}"), "raw"),
        (format!("{{\\\"userId\\\": \\\"{key}\\\"}}"), "raw"),
        (format!("?client_id={key}"), "url"),
    ] {
        assert_eq!(find(&text, name), [], "{text}");
    }
    assert_eq!(find(key, "state").len(), 1);
    let known = joined(("AK", "IAQ7ZD3M5R9T2W4XYB"));
    assert_eq!(find(&known, "id").len(), 1);
}

#[test]
fn one_variable_a_secret_and_none_within_a_hole() {
    let (one, other) = ("zqHd8fK2mP9xW4vT7bN1cR5a", "Qw8fK2mP9xW4vT7bN1cR5aZz");
    let text = format!("{one} {other} {one} {{{{{one}}}}} /:{other}");
    let left = "{{redacted}} {{redacted_2}} {{redacted}} {{redacted}} /:redacted_2";
    assert_eq!(redacted(&text, &find(&text, "")), left);
}
