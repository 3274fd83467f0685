//! What the reader accepts, refuses, and where it says so.

use super::*;
use expect_test::expect;

fn show(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.clone(),
        Value::Text(value) => format!("{value:?}"),
        Value::Variable(name) => format!("{{{{{name}}}}}"),
        Value::Array(values) => {
            format!("[{}]", values.iter().map(show).collect::<Vec<_>>().join(" "))
        }
        Value::Object(members) => {
            let shown = members.iter().map(|m| format!("{}={}", m.key, show(&m.value)));
            format!("{{{}}}", shown.collect::<Vec<_>>().join(" "))
        }
    }
}

fn strict(text: &str) -> String {
    match read(text) {
        Ok(node) => show(&node),
        Err(error) => format!("{} at {}", error.message, error.span.start),
    }
}

fn lenient(text: &str) -> String {
    match read_leniently(text) {
        Ok((node, met)) => format!("{} {met:?}", show(&node)),
        Err(error) => format!("{} at {}", error.message, error.span.start),
    }
}

#[test]
fn reads_what_javascript_reads() {
    expect![[r#"{a=1e400 a="�x😀" b=[null true -0.5E+3]}"#]].assert_eq(&strict(
        "\u{feff}{\"a\": 1e400, \"a\": \"\\ud800x\\ud83d\\ude00\", \"b\": [null, true, -0.5E+3]}",
    ));
}

#[test]
fn says_where_it_stopped() {
    for (text, wanted) in [
        ("", "expected a value, but the text ends here at 0"),
        ("{\"a\": 1", "expected `,` or `}`, but the text ends here at 7"),
        ("{} x", "the document ended here, but the text goes on at 3"),
        ("[1,]", "expected a value, found `]` at 3"),
        ("{'a': 1}", "expected a key in double quotes, found `\\'` at 1"),
        ("\"\\u12\"", "expected four hexadecimal digits, found `1` at 3"),
        ("01", "the document ended here, but the text goes on at 1"),
        ("[\"\n\"]", "a control character inside a text at 2"),
        ("{{x}}", "expected a key in double quotes, found `{` at 1"),
    ] {
        assert_eq!(strict(text), wanted, "{text}");
    }
}

#[test]
fn refuses_what_is_too_deep() {
    assert!(read(&format!("{}{}", "[".repeat(500), "]".repeat(500))).is_ok());
    assert!(strict(&"[".repeat(100_000)).starts_with("nested deeper than 512"));
}

#[test]
fn puts_up_with_editors() {
    expect![
        "{a={{x}} b=[1 2]} Leniency { comments: true, trailing_commas: true, variables: true }"
    ]
    .assert_eq(&lenient("// c\n{\"a\": {{x}}, /* d */ \"b\": [1, 2,],\u{a0}}"));
    expect!["expected a value, found `{` at 5"].assert_eq(&lenient("{\"a\":{{x}"));
    expect!["{a={}} Leniency { comments: false, trailing_commas: false, variables: false }"]
        .assert_eq(&lenient("{\"a\":{}}"));
}
