//! Hostile texts, read back by a Markdown parser.

use super::*;
use expect_test::{Expect, expect};
use pulldown_cmark::{Event, Options, Parser};

fn check(docs: Vec<Block>, want: Expect) {
    want.assert_eq(&lines(&Docs(docs)).join("\n"));
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn paragraph(content: &str) -> Block {
    Block::Paragraph(vec![text(content)])
}

/// What a reader of the lines sees, when it is nothing but text, addresses and line breaks.
fn read_back(lines: &[String]) -> Result<String, String> {
    let mut seen = String::new();
    let rustdoc = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(&lines.join("\n"), rustdoc) {
        match event {
            Event::Text(text) => seen.push_str(&text),
            Event::SoftBreak => seen.push(' '),
            Event::Start(tag) if format!("{tag:?}").starts_with("Paragraph") => {}
            Event::End(tag) if format!("{tag:?}").starts_with("Paragraph") => {}
            other => return Err(format!("{other:?} in {lines:?}")),
        }
    }
    Ok(seen)
}

#[test]
fn text_stays_the_text_it_is() {
    for hostile in [
        "# no heading",
        "- no item",
        "+ no item",
        "1. no item",
        "12) no item",
        "> no quote",
        "=== ",
        "---",
        "a\n===",
        "a\n---",
        "| a | b |\n|---|---|",
        "a\n:--",
        "*no* _emphasis_ __here__ user_id",
        "`no code`",
        "```\nno fence",
        "[`Vec`]",
        "[no](link)",
        "![no](image)",
        "[no]: http\\://definition",
        "<b>no</b>",
        "&lt;&#60;&amp;",
        "~~no~~",
        "\\",
        "a\\",
        "/// /*! */ //! #![no]",
        "~~~",
        "    no code",
        "#[no_attribute]",
        "$no$ $$math$$",
        "[^1] [^1]: no note",
        "[ ] no task",
        "https:// no address",
        "xhttp://",
        "http:/",
        ":::",
        "*",
        "_",
        "***",
        "1.",
        "-",
        "+",
        "#",
    ] {
        let plain = hostile.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read_back(&text_lines(hostile)), Ok(plain), "{:?}", text_lines(hostile));
    }
}

#[test]
fn every_pair_of_marks_stays_text() {
    let marks: Vec<char> = (' '..='~').collect();
    for one in &marks {
        for other in &marks {
            for hostile in [
                format!("{one}{other}"),
                format!("x {one}x{other} y"),
                format!("{one} {other}{other}{other}"),
            ] {
                let plain = hostile.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(
                    read_back(&text_lines(&hostile)),
                    Ok(plain),
                    "{:?}",
                    text_lines(&hostile)
                );
            }
        }
    }
}

#[test]
fn addresses_are_links() {
    check(
        vec![paragraph("See https://a.example/x?y=1, or (http://b.example).")],
        expect!["See <https://a.example/x?y=1>, or (<http://b.example>)."],
    );
}

#[test]
fn hidden_characters_are_seen() {
    check(
        vec![paragraph("a\u{202E}b\u{200B}c\u{7}d\u{FEFF}e\u{2028}f\u{2764}\u{FE0F}")],
        expect!["a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e f\u{2764}"],
    );
}

#[test]
fn blocks() {
    let link = |content: &str, target: &str| Inline::Link {
        content: vec![text(content)],
        target: target.to_owned(),
    };
    check(
        vec![
            Block::Heading(1, vec![text("Ov*er*view #")]),
            Block::Paragraph(vec![
                text("A "),
                Inline::Strong(vec![text("bold")]),
                text(" "),
                Inline::Emphasis(vec![text(" word ")]),
                Inline::Code("a ` b".into()),
                Inline::Break,
                link("do]cs", "https://x.example/a b>"),
                text(" "),
                link("script", "javascript:alert(1)"),
                text(" "),
                link("https://x.example", "https://x.example"),
            ]),
            Block::List {
                ordered: true,
                items: vec![
                    vec![paragraph("one"), Block::Code("let x;\n```\n".into())],
                    vec![paragraph("two")],
                ],
            },
            Block::Quote(vec![paragraph("said"), paragraph("again")]),
            Block::Table(vec![
                vec![vec![text("a")], vec![text("b|c")]],
                vec![vec![Inline::Code("x|y".into())]],
            ]),
        ],
        expect![[r#"
            ## Ov\*er\*view \#

            A **bold** *word* ``a ` b``\
            [do\]cs](<https://x.example/a%20b%3E>) script <https://x.example>

            1. one

               ````text
               let x;
               ```
               ````
            2. two

            > said
            >
            > again

            | a | b\|c |
            | --- | --- |
            | `x\|y` |  |"#]],
    );
}

#[test]
fn huge_descriptions_are_cut_and_say_so() {
    let word = "word ".repeat(100_000);
    let cut = lines(&Docs(vec![paragraph(&word)]));
    assert!(cut.len() < 150, "{}", cut.len());
    assert_eq!(cut.last().map(String::as_str), Some("(The spec says more; cut here.)"));
    let empty_lines = lines(&Docs(vec![Block::Code("a\n".repeat(100_000))]));
    assert!(empty_lines.len() < 300, "{}", empty_lines.len());
    let mut deep = paragraph("deep");
    for _ in 0..100 {
        deep = Block::Quote(vec![deep]);
    }
    assert!(lines(&Docs(vec![deep])).concat().contains("cut here"));
}

#[test]
fn an_item_begins_with_text_or_a_line_below() {
    let code = || Block::Code("x".to_owned());
    let check =
        |docs: Vec<Block>, want: Expect| want.assert_eq(&item("id", &Docs(docs)).join("\n"));
    check(
        vec![paragraph("What."), code()],
        expect![[r#"
        - `id`: What.

          ```text
          x
          ```"#]],
    );
    check(
        vec![paragraph(""), code()],
        expect![[r#"
        - `id`:

          ```text
          x
          ```"#]],
    );
    check(
        vec![Block::Heading(1, vec![text("Id")])],
        expect![[r#"
        - `id`:

          ## Id"#]],
    );
    check(vec![paragraph("")], expect![""]);
}
