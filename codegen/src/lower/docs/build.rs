//! Blocks and inlines from a stream of openings, texts and closings; what both readers write into.

use crate::docs::{Block, Docs, Inline};

/// What may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Blocks.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A numbered or bulleted list.
    List(bool),
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// Emphasised text.
    Emphasis,
    /// Strong text.
    Strong,
    /// Code within a line.
    InlineCode,
    /// A link to this address.
    Link(String),
}

/// Deepest nesting that is kept; what is deeper joins the text around it.
const MAX_DEPTH: usize = 24;

/// One open element with what it holds so far.
struct Frame {
    open: Open,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    items: Vec<Vec<Block>>,
    rows: Vec<Vec<Vec<Inline>>>,
    cells: Vec<Vec<Inline>>,
}

impl Frame {
    fn new(open: Open) -> Self {
        Self {
            open,
            blocks: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Running text outside of a paragraph becomes one.
    fn settle(&mut self) {
        let inlines = trimmed(std::mem::take(&mut self.inlines));
        if !inlines.is_empty() {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }
}

/// Builds a document.
pub(super) struct Builder {
    root: Frame,
    frames: Vec<Frame>,
    /// Elements open beyond [`MAX_DEPTH`].
    beyond: usize,
}

impl Builder {
    /// An empty document.
    pub(super) fn new() -> Self {
        Self { root: Frame::new(Open::Quote), frames: Vec::new(), beyond: 0 }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, open: Open) {
        if self.frames.len() >= MAX_DEPTH {
            self.beyond += 1;
            return;
        }
        if is_block(&open) {
            self.top().settle();
        }
        self.frames.push(Frame::new(open));
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(frame) = self.frames.pop() {
            self.finish(frame);
        }
    }

    /// What is open, from the outside in.
    pub(super) fn opened(&self) -> impl DoubleEndedIterator<Item = &Open> {
        self.frames.iter().map(|frame| &frame.open)
    }

    /// Adds running text.
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.top().inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            Some(_) | None => self.inline(Inline::Text(text.to_owned())),
        }
    }

    /// Adds a piece of running text.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    /// The document; what is still open is closed.
    pub(super) fn finished(mut self) -> Docs {
        while let Some(frame) = self.frames.pop() {
            self.finish(frame);
        }
        self.root.settle();
        Docs(self.root.blocks)
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    fn block(&mut self, block: Block) {
        let top = self.top();
        top.settle();
        top.blocks.push(block);
    }

    fn finish(&mut self, mut frame: Frame) {
        if !matches!(frame.open, Open::Heading(_) | Open::Code) && is_block(&frame.open) {
            frame.settle();
        }
        let Frame { open, mut blocks, inlines, mut items, rows, cells } = frame;
        match open {
            Open::Paragraph => self.blocks(blocks),
            Open::Heading(level) => {
                let inlines = trimmed(inlines);
                if !inlines.is_empty() {
                    self.block(Block::Heading(level, inlines));
                }
                self.top().blocks.append(&mut blocks);
            }
            Open::List(ordered) => {
                items.extend((!blocks.is_empty()).then_some(blocks));
                if !items.is_empty() {
                    self.block(Block::List { ordered, items });
                }
            }
            Open::Item => self.item(blocks),
            Open::Quote if blocks.is_empty() => {}
            Open::Quote => self.block(Block::Quote(blocks)),
            Open::Code => {
                let text = plain(&inlines);
                if !text.trim().is_empty() {
                    self.block(Block::Code(text));
                }
            }
            Open::Cell => self.cell(blocks),
            Open::Row => self.row(cells),
            Open::Table if rows.is_empty() => self.blocks(blocks),
            Open::Table => self.block(Block::Table(rows)),
            inline @ (Open::Emphasis | Open::Strong | Open::InlineCode | Open::Link(_)) => {
                self.top().blocks.append(&mut blocks);
                if !inlines.is_empty() {
                    self.inline(wrapped(inline, inlines));
                }
            }
        }
    }

    fn blocks(&mut self, mut blocks: Vec<Block>) {
        let top = self.top();
        top.settle();
        top.blocks.append(&mut blocks);
    }

    fn item(&mut self, blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        let top = self.top();
        if matches!(top.open, Open::List(_)) {
            top.items.push(blocks);
        } else {
            top.settle();
            top.blocks.push(Block::List { ordered: false, items: vec![blocks] });
        }
    }

    fn cell(&mut self, blocks: Vec<Block>) {
        let top = self.top();
        if top.open == Open::Row {
            top.cells.push(flattened(&blocks));
        } else {
            self.blocks(blocks);
        }
    }

    fn row(&mut self, cells: Vec<Vec<Inline>>) {
        if cells.is_empty() {
            return;
        }
        let top = self.top();
        if top.open == Open::Table {
            top.rows.push(cells);
        } else {
            self.block(Block::Table(vec![cells]));
        }
    }
}

/// What an inline element holds, as a piece of running text.
fn wrapped(open: Open, content: Vec<Inline>) -> Inline {
    match open {
        Open::InlineCode => Inline::Code(plain(&content)),
        Open::Link(target) => Inline::Link { content, target },
        Open::Strong => Inline::Strong(content),
        Open::Emphasis => Inline::Emphasis(content),
        Open::Paragraph | Open::Heading(_) | Open::List(_) | Open::Item | Open::Quote => {
            Inline::Text(plain(&content))
        }
        Open::Code | Open::Table | Open::Row | Open::Cell => Inline::Text(plain(&content)),
    }
}

fn is_block(open: &Open) -> bool {
    match open {
        Open::Paragraph | Open::Heading(_) | Open::List(_) | Open::Item | Open::Quote => true,
        Open::Code | Open::Table | Open::Row | Open::Cell => true,
        Open::Emphasis | Open::Strong | Open::InlineCode | Open::Link(_) => false,
    }
}

/// The text of inlines without their markup.
fn plain(inlines: &[Inline]) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Emphasis(inner) | Inline::Strong(inner) => plain(inner),
        Inline::Link { content, .. } => plain(content),
        Inline::Break => "\n".to_owned(),
    };
    inlines.iter().map(text).collect()
}

/// Blocks as one line of text, for a table's cell.
fn flattened(blocks: &[Block]) -> Vec<Inline> {
    let mut inlines: Vec<Inline> = Vec::new();
    for block in blocks {
        if !inlines.is_empty() {
            inlines.push(Inline::Text(" ".to_owned()));
        }
        match block {
            Block::Paragraph(inner) | Block::Heading(_, inner) => inlines.extend_from_slice(inner),
            Block::Code(text) => inlines.push(Inline::Code(text.trim().to_owned())),
            Block::Quote(inner) => inlines.extend(flattened(inner)),
            Block::List { items, .. } => {
                for item in items {
                    inlines.extend(flattened(item));
                    inlines.push(Inline::Text("; ".to_owned()));
                }
            }
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    inlines.extend_from_slice(cell);
                    inlines.push(Inline::Text(" ".to_owned()));
                }
            }
        }
    }
    inlines
}

/// Inlines without blank text at either end.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let blank = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Code(_) | Inline::Emphasis(_) | Inline::Strong(_) | Inline::Link { .. } => false,
    };
    while inlines.last().is_some_and(blank) {
        inlines.pop();
    }
    let start = inlines.iter().take_while(|inline| blank(inline)).count();
    inlines.drain(..start);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        *text = text.trim_end().to_owned();
    }
    inlines
}
