//! Descriptions in, document trees out.

use super::docs;
use crate::docs::{Block, Docs, Inline};
use crate::postman::{Description, Markup};
use expect_test::{Expect, expect};

fn inlines(list: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) => text.replace('\n', "⏎"),
        Inline::Code(text) => format!("`{text}`"),
        Inline::Emphasis(inner) => format!("_{}_", inlines(inner)),
        Inline::Strong(inner) => format!("*{}*", inlines(inner)),
        Inline::Link { content, target } => format!("[{}]({target})", inlines(content)),
        Inline::Break => "↵".to_owned(),
    };
    list.iter().map(one).collect()
}

fn blocks(list: &[Block], indent: usize, out: &mut String) {
    for block in list {
        out.push_str(&" ".repeat(indent));
        match block {
            Block::Paragraph(inner) => out.push_str(&format!("p {}\n", inlines(inner))),
            Block::Heading(level, inner) => out.push_str(&format!("h{level} {}\n", inlines(inner))),
            Block::Code(text) => out.push_str(&format!("code {text:?}\n")),
            Block::Quote(inner) => {
                out.push_str("quote\n");
                blocks(inner, indent + 2, out);
            }
            Block::List { ordered, items } => {
                out.push_str(if *ordered { "ol\n" } else { "ul\n" });
                items.iter().for_each(|item| {
                    out.push_str(&" ".repeat(indent + 1));
                    out.push_str("-\n");
                    blocks(item, indent + 2, out);
                });
            }
            Block::Table(rows) => {
                let row = |row: &Vec<Vec<Inline>>| {
                    row.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join(" | ")
                };
                out.push_str("table\n");
                rows.iter().for_each(|cells| out.push_str(&format!("  {}\n", row(cells))));
            }
        }
    }
}

fn check(markup: Markup, text: &str, wanted: Expect) {
    let Docs(found) = docs(&Description { text: text.to_owned(), markup }, false);
    let mut out = String::new();
    blocks(&found, 0, &mut out);
    wanted.assert_eq(&out);
}

#[test]
fn reads_html() {
    check(
        Markup::Html,
        "<html><head><title>no</title></head><body><p>Gets the <code>jti</code> &amp; <em>more</em>.\n\n</p>\n\
         <ul>\n<li>one</li><li>two<br>lines</ul><h2 id=x>Head</h2><pre><code>a &lt; b\n  c</code></pre>\
         <p>See <a href=\"https://x.test/y\">there</a> or <a href=\"javascript:alert(1)\">not</a></body></html>",
        expect![[r#"
            p Gets the `jti` & _more_.
            ul
             -
              p one
             -
              p two↵lines
            h2 Head
            code "a < b\n  c"
            p See [there](https://x.test/y) or not
        "#]],
    );
    check(Markup::Html, "<html><head></head><body></body></html>", expect![""]);
    check(
        Markup::Html,
        "<table><thead><tr><th>k</th><th>v</th></tr></thead><tr><td><p>a</p><td>b</table><script>evil()</script>tail",
        expect![[r#"
            table
              k | v
              a | b
            p tail
        "#]],
    );
}

#[test]
fn reads_markdown() {
    check(
        Markup::Unsaid,
        "# T\n\nText **bold** `c` <b>raw</b>\nnext\n\n1. a\n   - b\n\n> q\n\n```rust\nfn x() {}\n```\n\n| a | b |\n|---|---|\n| 1 | [l](http://x.test) |\n\n[bad](file:///x)",
        expect![[r#"
            h1 T
            p Text *bold* `c` *raw*⏎next
            ol
             -
              p a
              ul
               -
                p b
            quote
              p q
            code "fn x() {}\n"
            table
              a | b
              1 | [l](http://x.test)
            p bad
        "#]],
    );
    check(
        Markup::Markdown,
        "before\n\n<div>\n<style>\nno {}\n</style>\n<b>yes</b>\n</div>\n\nafter",
        expect![[r#"
            p before
            p *yes*
            p after
        "#]],
    );
    check(
        Markup::Plain,
        "*not* markup\n\nsecond",
        expect![[r#"
        p *not* markup
        p second
    "#]],
    );
}

#[test]
fn bounds_nesting() {
    for text in ["<div><ul><li>".repeat(50_000), ">".repeat(50_000), "<b>".repeat(50_000)] {
        for markup in [Markup::Html, Markup::Markdown] {
            let Docs(found) = docs(&Description { text: format!("{text}x"), markup }, false);
            assert!(!found.is_empty());
        }
    }
}
