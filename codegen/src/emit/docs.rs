//! Descriptions as lines of Markdown that rustdoc reads as the text they are.
//!
//! In: [`Docs`], whose texts are raw and hostile. Out: lines without `///`, wrapped, with everything escaped: no text opens a block, a tag, a link or a fence of its own. Knows no Rust.

mod escape;
mod wrap;

pub(crate) use escape::{code, plain};

use crate::docs::{Block, Docs, Inline};
use escape::{escaped, fence, target};
use wrap::{HARD_BREAK, wrapped};

/// Characters of one description that are printed; whoever needs more of it reads the spec.
const LONGEST: usize = 8_000;

/// What a line costs at least, so that ten thousand empty lines are cut too.
const LINE_COST: usize = 40;

/// Nesting of lists and quotations that is printed.
const DEEPEST: usize = 8;

/// A description as lines; none where there is nothing to say.
pub(crate) fn lines(docs: &Docs) -> Vec<String> {
    let mut printer = Printer { left: LONGEST, is_cut: false };
    let mut lines = printer.blocks(&docs.0, 0);
    if printer.is_cut {
        lines.extend([String::new(), "(The spec says more; cut here.)".to_owned()]);
    }
    lines
}

/// Raw text as wrapped lines of one paragraph.
pub(crate) fn text_lines(text: &str) -> Vec<String> {
    prose(vec![Inline::Text(text.to_owned())])
}

/// What we say ourselves, as wrapped lines of one paragraph.
pub(crate) fn prose(said: Vec<Inline>) -> Vec<String> {
    lines(&Docs(vec![Block::Paragraph(said)]))
}

/// A text as the first sentence of docs; empty where it says nothing.
pub(crate) fn sentence(text: &str) -> Vec<String> {
    let text = plain(text);
    let is_ended = text.ends_with(['.', '!', '?', ':', '…', '。']);
    match text.is_empty() {
        true => Vec::new(),
        false if is_ended => text_lines(&text),
        false => text_lines(&format!("{text}.")),
    }
}

/// Joins paragraphs with an empty line between those that say something.
pub(crate) fn paragraphs(parts: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines = Vec::new();
    for part in parts {
        if !lines.is_empty() && !part.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part);
    }
    lines
}

/// A list's item that says what `name` is; empty where nothing is said.
pub(crate) fn item(name: &str, docs: &Docs) -> Vec<String> {
    let lines = lines(docs);
    let is_shown = |block: &&Block| !self::lines(&Docs(vec![(*block).clone()])).is_empty();
    let begins_in_line = matches!(docs.0.iter().find(is_shown), Some(Block::Paragraph(_)));
    match lines.as_slice() {
        [] => Vec::new(),
        [first, rest @ ..] if begins_in_line => {
            indented([vec![format!("{}: {first}", code(name))], rest.to_vec()].concat(), "- ", "  ")
        }
        _ => {
            indented([vec![format!("{}:", code(name)), String::new()], lines].concat(), "- ", "  ")
        }
    }
}

/// Prints blocks until a description has cost too much.
struct Printer {
    left: usize,
    is_cut: bool,
}

impl Printer {
    fn blocks(&mut self, blocks: &[Block], depth: usize) -> Vec<String> {
        let parts: Vec<_> = blocks.iter().map(|block| self.block(block, depth)).collect();
        paragraphs(parts)
    }

    fn block(&mut self, block: &Block, depth: usize) -> Vec<String> {
        if !self.spend(LINE_COST) || depth > DEEPEST {
            self.is_cut = true;
            return Vec::new();
        }
        match block {
            Block::Paragraph(content) => wrapped(&self.inlines(content, LinePosition::Flow)),
            Block::Heading(level, content) => self.heading(*level, content),
            Block::List { ordered, items } => self.list(*ordered, items, depth),
            Block::Code(text) => self.preformatted(text),
            Block::Quote(blocks) => indented(self.blocks(blocks, depth + 1), "> ", "> "),
            Block::Table(rows) => self.table(rows),
        }
    }

    /// One level below the item's own title.
    fn heading(&mut self, level: u8, content: &[Inline]) -> Vec<String> {
        let text = self.inlines(content, LinePosition::Line);
        let text = text.trim();
        let marks = "#".repeat(usize::from(level.clamp(1, 5)) + 1);
        if text.is_empty() { Vec::new() } else { vec![format!("{marks} {}", wrap::shown(text))] }
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Block>], depth: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let mark = if ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
            let item = self.blocks(item, depth + 1);
            lines.extend(indented(item, &mark, &" ".repeat(mark.len())));
        }
        lines
    }

    fn preformatted(&mut self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for line in text.lines() {
            if !self.spend(LINE_COST.max(line.len())) {
                break;
            }
            lines.push(escape::visible(line).trim_end().to_owned());
        }
        if lines.iter().all(String::is_empty) {
            return Vec::new();
        }
        let fence = fence(lines.iter().map(String::as_str), 3);
        lines.insert(0, format!("{fence}text"));
        lines.push(fence);
        lines
    }

    fn table(&mut self, rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        if width == 0 {
            return Vec::new();
        }
        let mut lines = Vec::new();
        for row in rows {
            if !self.spend(LINE_COST) {
                break;
            }
            let mut line = "|".to_owned();
            for column in 0..width {
                let cell = row.get(column).map(|cell| self.inlines(cell, LinePosition::Cell));
                let cell = cell.unwrap_or_default();
                line.push_str(&format!(" {} |", wrap::shown(cell.trim())));
            }
            lines.push(line);
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(width)));
            }
        }
        lines
    }

    /// Content as text in which only breakable blanks are blanks.
    fn inlines(&mut self, content: &[Inline], place: LinePosition) -> String {
        content.iter().map(|inline| self.inline(inline, place)).collect()
    }

    fn inline(&mut self, inline: &Inline, place: LinePosition) -> String {
        match inline {
            Inline::Text(text) => escaped(&self.afforded(text), place != LinePosition::Link),
            Inline::Code(text) => {
                let code = wrap::unbreakable(&code(&self.afforded(text)));
                if place == LinePosition::Cell { code.replace('|', "\\|") } else { code }
            }
            Inline::Emphasis(content) => around(&self.inlines(content, place), "*"),
            Inline::Strong(content) => around(&self.inlines(content, place), "**"),
            Inline::Link { content, target } => self.link(content, target, place),
            Inline::Break if place == LinePosition::Flow => HARD_BREAK.to_string(),
            Inline::Break => " ".to_owned(),
        }
    }

    fn link(&mut self, content: &[Inline], address: &str, place: LinePosition) -> String {
        let shown: String =
            content.iter().map(|inline| self.inline(&flat(inline), LinePosition::Link)).collect();
        let Some(target) = target(address).filter(|target| self.spend(target.len())) else {
            return shown;
        };
        let target = if place == LinePosition::Cell { target.replace('|', "%7C") } else { target };
        let is_same = content == [Inline::Text(address.to_owned())] || shown.trim().is_empty();
        if is_same { format!("<{target}>") } else { format!("[{}](<{target}>)", shown.trim()) }
    }

    /// As much of `text` as may still be printed.
    fn afforded(&mut self, text: &str) -> String {
        if text.len() <= self.left {
            self.left -= text.chars().count();
            return text.to_owned();
        }
        let part: String = text.chars().take(self.left).collect();
        self.left -= part.chars().count();
        self.is_cut |= part.len() < text.len();
        part
    }

    fn spend(&mut self, cost: usize) -> bool {
        let is_enough = self.left > 0;
        self.left = self.left.saturating_sub(cost);
        self.is_cut |= !is_enough;
        is_enough
    }
}

/// Where a piece of text is printed, which decides what breaks it off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinePosition {
    /// A paragraph of several lines.
    Flow,
    /// One line.
    Line,
    /// A cell of a table.
    Cell,
    /// What a link shows.
    Link,
}

/// What a link shows, without links inside: they do not nest.
fn flat(inline: &Inline) -> Inline {
    let flat_all = |content: &[Inline]| content.iter().map(flat).collect();
    match inline {
        Inline::Link { content, .. } => Inline::Emphasis(flat_all(content)),
        Inline::Emphasis(content) => Inline::Emphasis(flat_all(content)),
        Inline::Strong(content) => Inline::Strong(flat_all(content)),
        Inline::Text(_) | Inline::Code(_) | Inline::Break => inline.clone(),
    }
}

/// Marks close to the text; blanks stay outside, where Markdown wants them.
fn around(content: &str, mark: &str) -> String {
    let text = content.trim_matches([' ', HARD_BREAK]);
    let is_plain = text.is_empty() || text.starts_with('*') || text.ends_with('*');
    if is_plain {
        return content.to_owned();
    }
    let (before, after) = content.split_once(text).unwrap_or_default();
    format!("{before}{mark}{text}{mark}{after}")
}

fn indented(lines: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let mut prefix = first;
    let mut indented = Vec::new();
    for line in lines {
        indented.push(format!("{prefix}{line}").trim_end().to_owned());
        prefix = rest;
    }
    indented
}

#[cfg(test)]
mod tests;
