//! The document tree of descriptions: what survives of HTML and Markdown.
//!
//! Plain data between the stage that reads descriptions (`lower::docs`) and the one that prints them (`emit::docs`). Texts are raw: whoever prints escapes.

use std::collections::BTreeSet;

/// A description as a sequence of blocks; empty if there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs(pub Vec<Block>);

impl Docs {
    /// Adds what placeholders of the collection say in words, `your account`, after what is there.
    pub fn tell(&mut self, words: &BTreeSet<String>) {
        let mut said = vec![Inline::Text("In the collection: ".to_owned())];
        for (at, words) in words.iter().enumerate() {
            said.extend((at > 0).then(|| Inline::Text(", ".to_owned())));
            said.push(Inline::Code(words.clone()));
        }
        self.0.extend((!words.is_empty()).then_some(Block::Paragraph(said)));
    }
}

/// One block of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A list; each item is a sequence of blocks.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// The items in order.
        items: Vec<Vec<Block>>,
    },
    /// Preformatted text; never highlighted, never run.
    Code(String),
    /// A quotation.
    Quote(Vec<Block>),
    /// A table; the first row is its head.
    Table(Vec<Vec<Vec<Inline>>>),
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Code within a line.
    Code(String),
    /// Emphasised text.
    Emphasis(Vec<Inline>),
    /// Strong text.
    Strong(Vec<Inline>),
    /// A link to an `http`, `https` or `mailto` address.
    Link {
        /// What is shown.
        content: Vec<Inline>,
        /// Where it leads.
        target: String,
    },
    /// A line break the author asked for.
    Break,
}
