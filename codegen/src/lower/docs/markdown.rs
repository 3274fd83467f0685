//! Markdown (CommonMark with tables and strikethrough) -> [`Docs`].

use super::build::{Builder, Open};
use super::html;
use crate::docs::{Docs, Inline};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads Markdown; HTML within it keeps its text.
pub(super) fn read(text: &str) -> Docs {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder::new();
    // How many elements each open tag opened: some are of no interest.
    let mut opened = Vec::new();
    // Blocks of HTML come line by line.
    let mut block = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(tag) => {
                let open = open(tag);
                opened.push(open.is_some());
                if let Some(open) = open {
                    builder.open(open);
                }
            }
            Event::End(end) => {
                if end == TagEnd::HtmlBlock {
                    html::read_into(&std::mem::take(&mut block), &mut builder);
                }
                if opened.pop() == Some(true) {
                    builder.close();
                }
            }
            Event::Text(text) => builder.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                builder.inline(Inline::Code(text.to_string()));
            }
            Event::Html(text) => block.push_str(&text),
            Event::InlineHtml(text) => html::read_into(&text, &mut builder),
            Event::SoftBreak => builder.text("\n"),
            Event::HardBreak => builder.inline(Inline::Break),
            Event::Rule | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {}
        }
    }
    builder.finished()
}

fn open(tag: Tag<'_>) -> Option<Open> {
    Some(match tag {
        Tag::Paragraph => Open::Paragraph,
        Tag::Heading { level, .. } => Open::Heading(level as u8),
        Tag::BlockQuote(_) => Open::Quote,
        Tag::CodeBlock(_) => Open::Code,
        Tag::List(start) => Open::List(start.is_some()),
        Tag::Item => Open::Item,
        Tag::Table(_) => Open::Table,
        Tag::TableHead | Tag::TableRow => Open::Row,
        Tag::TableCell => Open::Cell,
        Tag::Emphasis => Open::Emphasis,
        Tag::Strong => Open::Strong,
        Tag::Link { dest_url, .. } => Open::Link(html::target(&dest_url)?),
        Tag::HtmlBlock | Tag::FootnoteDefinition(_) | Tag::DefinitionList => return None,
        Tag::DefinitionListTitle | Tag::DefinitionListDefinition => return None,
        Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return None,
        Tag::Image { .. } | Tag::MetadataBlock(_) => return None,
    })
}
