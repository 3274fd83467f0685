//! A lock as text: what is read is what was written, whatever a collection says, and nothing else is read.

use super::{Kind, Lock, Locked, Path};
use crate::diagnostic::place;
use expect_test::{Expect, expect};
use proptest::prelude::*;

const TEXT: &str = "\
credential bearer token = token
credential bearer token \"tokens\" = client_credentials
folder Shops › Doors = shops.doors Doors
operation GET /doors/{} [Shops › Doors › A = B] = shops.doors.get GetDoorRequest 0f3a91c2d04e
operation GET /doors/{} [Shops › Doors › A = B] \"query.perPage\" = per_page
server https://{{host}} = base_url
type /doors . = shops::Door
type /doors . \"isOpen\" = is_open
type /doors .state \"AJAR\" = Ajar
variable host = host
";

/// What is wrong with a lock, each with its place.
fn check(text: &str, want: &Expect) {
    let found = Lock::parse(text).err().unwrap_or_default();
    let shown = found.iter().map(|it| {
        format!("{} {}\n", place("names.lock", text, it.origin.span.unwrap()), it.message)
    });
    want.assert_eq(&shown.collect::<String>());
}

#[test]
fn what_is_written_is_read() {
    let lock = Lock::parse(TEXT).unwrap();
    assert!(lock.to_string().ends_with(TEXT), "{lock}");
    assert_eq!(Lock::parse(&lock.to_string()), Ok(lock.clone()));
    let other = format!("# a note\r\n\r\n{}", TEXT.replace('\n', "\r\n"));
    assert_eq!(Lock::parse(&other), Ok(lock));
}

#[test]
fn lines_of_two_branches_stay_beside_each_other() {
    let reversed: Vec<&str> = TEXT.lines().rev().collect();
    let both = format!("{TEXT}variable port = port\n{}\n", reversed.join("\n"));
    let lock = Lock::parse(&both).unwrap();
    assert!(lock.to_string().ends_with(&format!("{TEXT}variable port = port\n")), "{lock}");
}

#[test]
fn what_a_request_was_like_on_two_branches_is_kept_beside_each_other() {
    let line =
        |likeness: &str| format!("operation GET /doors [Doors] = doors DoorsRequest {likeness}\n");
    let both = [line("0f3a91c2d04e"), line("aaaa91c2d04e")].concat();
    let lock = Lock::parse(&both).unwrap();
    assert!(lock.to_string().ends_with(&both), "{lock}");
    let lock = Lock::parse(&line("0f3a91c2d04e renamed")).unwrap();
    assert!(lock.to_string().ends_with(" 0f3a91c2d04e renamed\n"), "{lock}");
    check(
        "operation GET /a [A] = a ARequest 0f3a91c2d04\nfolder A = a A 0f3a91c2d04e\n",
        &expect![[r#"
            names.lock:1:1 something follows the name
            names.lock:2:1 something follows the name
        "#]],
    );
}

#[test]
fn a_second_name_is_refused_where_it_stands() {
    check(
        "variable a = a\n\nvariable b = b\nvariable a = c\ntype /a . \"x\" = y\ntype /a . \"x\" = z\n",
        &expect![[r#"
            names.lock:4:1 this has another name in line 1: `a`
            names.lock:6:1 this has another name in line 5: `y`
        "#]],
    );
}

#[test]
fn no_name_is_code() {
    let wrong = "this is no name that can stand in Rust: methods, setters and modules are in snake_case, types in UpperCamelCase, and neither is a keyword";
    for name in ["a b", "a;b", "fn", "A", "a.b!", "", "a\u{301}", "r#a", "{}", "_", "9a"] {
        let found = Lock::parse(&format!("operation GET /a [A] = {name} ARequest\n")).unwrap_err();
        assert_eq!(found.len(), 1, "{name}");
    }
    for line in [
        "type /a . = a",
        "type /a . = Self",
        "type /a . = a::B<C>",
        "type /a . = a.B",
        "type /a . \"x\" = pub",
        "type /a . \"x\" = a B",
        "variable a = A",
        "folder A = a b",
        "folder A = a::b B",
    ] {
        assert_eq!(Lock::parse(line).unwrap_err()[0].message, wrong, "{line}");
    }
    assert!(Lock::parse(&format!("variable a = {}", "a".repeat(129))).is_err());
}

#[test]
fn a_line_that_is_none_is_refused_where_it_stands() {
    check(
        "<<<<<<< HEAD\nvariable a = a\n=======\nvariable b\nfolder A = a\noperation A = a A #12\nthing a = a\nvariable \\q\\ = a\nvariable \\u{zz} = a\nfolder A = a ",
        &expect![[r#"
            names.lock:1:1 a line begins with credential, folder, operation, server, type or variable
            names.lock:3:1 this is no name
            names.lock:4:1 there is no ` = ` before a name
            names.lock:5:1 the name of its type is missing
            names.lock:6:1 something follows the name
            names.lock:7:1 a line begins with credential, folder, operation, server, type or variable
            names.lock:8:1 the key has a `\` that begins no escape
            names.lock:9:1 the key has a `\` that begins no escape
            names.lock:10:1 the name of its type is missing
        "#]],
    );
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z \"\\\\=\u{202e}\n\r#]{0,8}",
        Just("a = b \"c\" = d".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_key_is_one_line_that_is_read_again(keys in prop::collection::vec((key(), key()), 1..5)) {
        let mut lock = Lock::default();
        for (key, member) in keys {
            let path = Path { around: vec!["a".to_owned()], name: "b".to_owned(), ty: "C".to_owned() };
            let members = [(member, "d".to_owned())].into();
            lock.0.insert((Kind::Folder, key), Locked { path: Some(path), members, ..Locked::default() });
        }
        let text = lock.to_string();
        assert_eq!(text.lines().count(), 2 + 2 * lock.0.len());
        assert!(!text.contains(|c| c != '\n' && crate::visible::is_hidden(c)));
        assert_eq!(Lock::parse(&text), Ok(lock));
    }
}
