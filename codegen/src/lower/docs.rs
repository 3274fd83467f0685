//! Descriptions in HTML or Markdown -> [`Docs`]: only structure and text survive.

mod build;
mod html;
mod markdown;

use crate::docs::{Block, Docs, Inline};
use crate::postman::{Description, Markup};

/// A description as a document; `html` says how to read one that does not say its markup.
pub(super) fn docs(description: &Description, html: bool) -> Docs {
    let text = description.text.as_str();
    match description.markup {
        Markup::Html => html::read(text),
        Markup::Markdown => markdown::read(text),
        Markup::Plain => plain(text),
        Markup::Unsaid if html => html::read(text),
        Markup::Unsaid => markdown::read(text),
    }
}

fn plain(text: &str) -> Docs {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    Docs(paragraphs.map(|text| Block::Paragraph(vec![Inline::Text(text.to_owned())])).collect())
}

#[cfg(test)]
mod tests;
