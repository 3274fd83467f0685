//! HTML -> [`Docs`]: a tokenizer of the standard's, and a tree only as deep as documents need.

use super::build::{Builder, Open};
use crate::docs::{Docs, Inline};
use html5gum::{StartTag, Token, Tokenizer};

/// Reads HTML.
pub(super) fn read(text: &str) -> Docs {
    let mut builder = Builder::new();
    read_into(text, &mut builder);
    builder.finished()
}

/// Reads a piece of HTML into a document; it may close what an earlier piece opened.
pub(super) fn read_into(text: &str, builder: &mut Builder) {
    // Name of the element whose text is no text, while inside it.
    let mut hidden: Option<Vec<u8>> = None;
    for token in Tokenizer::new(text) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if hidden.is_none() => {
                if matches!(tag.name.as_slice(), b"script" | b"style" | b"head" | b"title") {
                    hidden = (!tag.self_closing).then(|| tag.name.0.clone());
                } else {
                    start(&tag, builder);
                }
            }
            Token::EndTag(tag) => match &hidden {
                Some(name) if *name == tag.name.0 => hidden = None,
                Some(_) => {}
                None => end(&tag.name.0, builder),
            },
            Token::String(text) if hidden.is_none() => {
                words(&String::from_utf8_lossy(&text.value.0), builder);
            }
            Token::StartTag(_) | Token::String(_) => {}
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

/// An address that documents may link to.
pub(super) fn target(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let web = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    (web && address.chars().all(plain)).then(|| address.to_owned())
}

fn start(tag: &StartTag<()>, builder: &mut Builder) {
    let name = tag.name.0.as_slice();
    if name == b"br" {
        return builder.inline(Inline::Break);
    }
    let Some(open) = element(name, tag) else { return };
    if open == Open::InlineCode && builder.opened().any(|outer| *outer == Open::Code) {
        return;
    }
    close_siblings(&open, builder);
    builder.open(open);
}

/// Closes what the standard closes without being told: a paragraph before a block, an item before an item.
fn close_siblings(open: &Open, builder: &mut Builder) {
    let sibling = |outer: &Open| match open {
        Open::Item => *outer == Open::Item || *outer == Open::Paragraph,
        Open::Row => matches!(outer, Open::Row | Open::Cell),
        Open::Cell => *outer == Open::Cell,
        Open::Paragraph | Open::Heading(_) | Open::List(_) | Open::Quote | Open::Code => {
            *outer == Open::Paragraph
        }
        Open::Table => *outer == Open::Paragraph,
        Open::Emphasis | Open::Strong | Open::InlineCode | Open::Link(_) => false,
    };
    while builder.opened().next_back().is_some_and(sibling) {
        builder.close();
    }
}

fn element(name: &[u8], tag: &StartTag<()>) -> Option<Open> {
    Some(match name {
        b"p" | b"div" | b"section" | b"article" | b"dt" | b"dd" => Open::Paragraph,
        b"h1" => Open::Heading(1),
        b"h2" => Open::Heading(2),
        b"h3" => Open::Heading(3),
        b"h4" => Open::Heading(4),
        b"h5" => Open::Heading(5),
        b"h6" => Open::Heading(6),
        b"ul" => Open::List(false),
        b"ol" => Open::List(true),
        b"li" => Open::Item,
        b"blockquote" => Open::Quote,
        b"pre" => Open::Code,
        b"table" => Open::Table,
        b"tr" => Open::Row,
        b"td" | b"th" => Open::Cell,
        b"em" | b"i" => Open::Emphasis,
        b"strong" | b"b" => Open::Strong,
        b"code" | b"kbd" | b"samp" | b"tt" => Open::InlineCode,
        b"a" => {
            let address = tag.attributes.get(b"href".as_slice())?;
            Open::Link(target(&String::from_utf8_lossy(&address.value.0))?)
        }
        _ => return None,
    })
}

/// Closes the innermost open element of that name, and what is open inside it.
fn end(name: &[u8], builder: &mut Builder) {
    let same = |open: &Open| match open {
        Open::Paragraph => matches!(name, b"p" | b"div" | b"section" | b"article" | b"dt" | b"dd"),
        Open::Heading(_) => matches!(name, b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6"),
        Open::List(ordered) => name == if *ordered { b"ol" } else { b"ul" },
        Open::Item => name == b"li",
        Open::Quote => name == b"blockquote",
        Open::Code => name == b"pre",
        Open::Table => name == b"table",
        Open::Row => name == b"tr",
        Open::Cell => matches!(name, b"td" | b"th"),
        Open::Emphasis => matches!(name, b"em" | b"i"),
        Open::Strong => matches!(name, b"strong" | b"b"),
        Open::InlineCode => matches!(name, b"code" | b"kbd" | b"samp" | b"tt"),
        Open::Link(_) => name == b"a",
    };
    let depth = builder.opened().rev().position(same);
    for _ in 0..depth.map_or(0, |depth| depth + 1) {
        builder.close();
    }
}

/// Adds text with its blanks collapsed, unless it is preformatted.
fn words(text: &str, builder: &mut Builder) {
    if builder.opened().any(|open| *open == Open::Code) {
        return builder.text(text);
    }
    let mut collapsed = String::new();
    for c in text.chars() {
        if !c.is_ascii_whitespace() {
            collapsed.push(c);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    builder.text(&collapsed);
}
