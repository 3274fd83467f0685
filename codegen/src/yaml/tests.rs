//! YAML in, the same tree as of JSON out; or the place of what is wrong.

use super::read;
use crate::diagnostic::line_and_column;
use crate::json;
use crate::origin::Span;
use expect_test::{Expect, expect};

#[track_caller]
fn same(yaml: &str, wanted: &str) {
    assert_eq!(json::compact(&read(yaml, 0).unwrap()), wanted, "{yaml}");
}

fn refused(yaml: &str, wanted: &Expect) {
    let error = read(yaml, 7).unwrap_err();
    let span = Span { start: error.span.start - 7, end: error.span.end - 7 };
    let (line, column) = line_and_column(yaml, span);
    let path = if error.path.len() > 9 { "…".to_owned() } else { error.path.join("/") };
    wanted.assert_eq(&format!("{line}:{column} {path}: {}", error.message));
}

#[test]
fn reads_what_json_holds() {
    same("", "null");
    same("# nothing\n", "null");
    same("a: 1\nb: [x, 'y', {z: }]\n", r#"{"a":1,"b":["x","y",{"z":null}]}"#);
    same("---\n- |-\n  one\n  two\n- >\n  folded\n  text\n", r#"["one\ntwo","folded text\n"]"#);
    same("{\"a\": \"\\u00e9\\n\"}", r#"{"a":"é\n"}"#);
    same("\u{feff}é: ü", r#"{"é":"ü"}"#);
}

#[test]
fn tells_texts_from_other_scalars() {
    same("[~, Null, True, FALSE, yes, no]", r#"[null,null,true,false,"yes","no"]"#);
    same("[5, -1.5e3, '5', !!str 5, ! 5]", r#"[5,-1.5e3,"5","5","5"]"#);
    same("[007, +5, 0x1F, .5, 1_000, 1.2.3]", r#"["007","+5","0x1F",".5","1_000","1.2.3"]"#);
    same("[!!int '5', 12345678901234567890123]", "[5,12345678901234567890123]");
}

#[test]
fn repeats_what_aliases_name() {
    same("a: &x {k: [1]}\nb: *x\n", r#"{"a":{"k":[1]},"b":{"k":[1]}}"#);
    same("[&k key, {*k : 1}]", r#"["key",{"key":1}]"#);
}

#[test]
fn knows_the_place_of_each_value() {
    let text = "é: 1\nlist:\n  - name: über\n    more: x\nafter: y\n";
    let node = read(text, 0).unwrap();
    let at = |node: &json::Node| text[node.span.start..node.span.end].to_owned();
    let list = node.get("list").unwrap();
    assert_eq!(at(list), "- name: über\n    more: x");
    assert_eq!(at(list.elements().unwrap()[0].get("name").unwrap()), "über");
    assert_eq!(at(node.get("after").unwrap()), "y");
    let key = &node.members().unwrap()[1];
    assert_eq!(&text[key.key_span.start..key.key_span.end], "list");
    assert_eq!(read(text, 10).unwrap().get("after").unwrap().span.start, text.len() - 2 + 10);
}

#[test]
fn says_what_is_wrong_and_where() {
    refused("a: 1\na: 2", &expect!["2:1 : the key `a` stands here a second time"]);
    refused(
        "url: {{base}}/x",
        &expect![
            "1:7 url: a list or a mapping cannot be a key; a text that begins with `{{` or `[` has to stand in quotes"
        ],
    );
    refused("a: [1\nb: 2", &expect!["2:2 a/0: illegal placement of ':' indicator"]);
    refused("a: 1\n---\nb: 2", &expect!["2:1 : a second document begins here; a file holds one"]);
    refused(
        "a: !include x",
        &expect!["1:4 a: the tag `!include` is none that a collection may use"],
    );
    refused(
        "a: !!set {x}",
        &expect!["1:4 a: the tag `tag:yaml.org,2002:set` is none that a collection may use"],
    );
    refused("a: *x", &expect!["1:4 a: while parsing node, found unknown anchor"]);
    refused("a: &x [*x]", &expect!["1:8 a/0: an alias of what it stands in"]);
    refused(
        "a: \"é",
        &expect!["1:4 a: while scanning a quoted scalar, found unexpected end of stream"],
    );
}

#[test]
fn bounds_what_an_attack_needs() {
    refused(&"[".repeat(100_000), &expect!["1:256 : recursion limit exceeded"]);
    refused(&"- ".repeat(2_000), &expect!["1:1025 …: nested deeper than 512 levels"]);
    refused(&"a: [".repeat(400), &expect!["1:1024 …: recursion limit exceeded"]);
    let block: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(read(&block, 0).unwrap_err().message.contains("nested deeper"));
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let inner = format!("*a{}, ", level - 1).repeat(8);
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    assert!(read(&bomb, 0).unwrap_err().message.contains("aliases repeat"));
    let mut tower = "a0: &a0 []\n".to_owned();
    for level in 1..1000 {
        tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert!(read(&tower, 0).unwrap_err().message.contains("aliases repeat"));
    let long = format!("a: &a {}\nb: [{}]", "x".repeat(100_000), "*a, ".repeat(1000));
    assert!(read(&long, 0).unwrap_err().message.contains("aliases repeat"));
}
