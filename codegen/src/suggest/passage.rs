//! Descriptions as passages: sentences in the order of the text, and lists with the sentence that introduces them.
//!
//! Code stands between backticks, so that a rule sees what the author marked as a name.

use crate::docs::{Block, Docs, Inline};

/// A sentence, or an item of a list, with what introduces it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Passage {
    /// The sentence that introduces the list this is an item of; empty outside lists.
    pub(super) lead: String,
    /// The name that the item begins with (`page` in "page: The page number").
    pub(super) head: Option<String>,
    /// The sentence; of an item, what follows its name.
    pub(super) text: String,
    /// Of an item, all its sentences after its name; else the sentence.
    pub(super) whole: String,
}

/// Shortest forms that end with a dot without ending a sentence.
const ABBREVIATIONS: [&str; 6] = ["e.g.", "i.e.", "etc.", "vs.", "no.", "approx."];

/// Deepest list in a list that is read.
const MAX_DEPTH: usize = 4;

/// All passages of a description.
pub(super) fn passages(docs: &Docs) -> Vec<Passage> {
    let mut found = Vec::new();
    blocks(&docs.0, "", MAX_DEPTH, &mut found);
    found
}

/// The passages of one sentence or several.
pub(super) fn of_text(text: &str) -> Vec<Passage> {
    let plain = |text: String| Passage { whole: text.clone(), text, ..Passage::default() };
    sentences(text).into_iter().map(plain).collect()
}

fn blocks(all: &[Block], outer: &str, depth: usize, found: &mut Vec<Passage>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut lead = outer.to_owned();
    for block in all {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => {
                let text = inline(content);
                let said = of_text(&text);
                lead = said.last().map_or_else(String::new, |last| last.text.clone());
                found.extend(said);
            }
            Block::List { items, .. } => {
                for item in items {
                    self::item(item, &lead, depth, found);
                }
            }
            Block::Quote(inner) => blocks(inner, "", depth, found),
            Block::Table(rows) => table(rows, &lead, found),
            Block::Code(_) => {}
        }
    }
}

fn item(blocks_of: &[Block], lead: &str, depth: usize, found: &mut Vec<Passage>) {
    let Some((Block::Paragraph(content), rest)) = blocks_of.split_first() else {
        return blocks(blocks_of, lead, depth, found);
    };
    let (head, text) = headed(&inline(content));
    let mut said = sentences(&text).into_iter();
    let first = said.next().unwrap_or_default();
    let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.push(Passage { lead: lead.to_owned(), head, text: first, whole });
    found.extend(said.flat_map(|text| of_text(&text)));
    blocks(rest, "", depth, found);
}

/// Rows whose first cell is a name, each as an item; what stands below `Required` comes first.
fn table(rows: &[Vec<Vec<Inline>>], lead: &str, found: &mut Vec<Passage>) {
    let head: Vec<String> = rows.first().map_or_else(Vec::new, |row| texts_of(row));
    let required = head.iter().position(|cell| {
        ["required", "mandatory", "required?"].contains(&cell.to_lowercase().as_str())
    });
    for row in rows {
        let cells = texts_of(row);
        let Some((name, rest)) = cells.split_first() else { continue };
        let name = name.trim_matches('`');
        if !is_name(name) {
            continue;
        }
        let mark = required.and_then(|column| cells.get(column)).map(|cell| cell.to_lowercase());
        let is_marked = mark.is_some_and(|mark| {
            ["yes", "y", "true", "required", "✓", "x"].contains(&mark.as_str())
        });
        let mut text = if is_marked { "Required: ".to_owned() } else { String::new() };
        text.push_str(rest.last().map_or("", String::as_str));
        let head = Some(name.to_owned());
        found.push(Passage { lead: lead.to_owned(), head, whole: text.clone(), text });
    }
}

fn texts_of(row: &[Vec<Inline>]) -> Vec<String> {
    let text = |cell: &Vec<Inline>| inline(cell).split_whitespace().collect::<Vec<_>>().join(" ");
    row.iter().map(text).collect()
}

/// The name that an item begins with, and the rest: `` `page`: The page number``, `page - The page number`.
fn headed(text: &str) -> (Option<String>, String) {
    let (head, rest) = match text.strip_prefix('`').and_then(|text| text.split_once('`')) {
        Some((head, rest)) => (head, rest.trim_start()),
        None => {
            let end = text.find([':', ' ']).unwrap_or(text.len());
            text.split_at(end)
        }
    };
    let rest = rest.trim_start();
    let text_of = |rest: &str| rest.trim_start_matches([':', '-', '–', '—', ' ']).to_owned();
    let is_marked =
        rest.starts_with([':', '-', '–', '—', '(']) || (text.starts_with('`') && !rest.is_empty());
    let alone = rest.is_empty();
    if is_name(head) && (is_marked || alone) {
        (Some(head.to_owned()), text_of(rest))
    } else {
        (None, text.to_owned())
    }
}

/// Whether a text may be the name of a parameter or a field.
pub(super) fn is_name(text: &str) -> bool {
    let inner = |letter: char| letter.is_ascii_alphanumeric() || "_-.$[]".contains(letter);
    let begins =
        text.starts_with(|letter: char| letter.is_ascii_alphabetic() || "_$".contains(letter));
    begins && text.len() <= 64 && text.chars().all(inner)
}

/// Running text with code between backticks.
fn inline(content: &[Inline]) -> String {
    let mut out = String::new();
    for piece in content {
        match piece {
            Inline::Text(text) => out.push_str(&text.replace('`', "'")),
            Inline::Code(text) => {
                out.push('`');
                out.push_str(&text.replace('`', "'"));
                out.push('`');
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) => out.push_str(&inline(inner)),
            Inline::Link { content, .. } => out.push_str(&inline(content)),
            Inline::Break => out.push('\n'),
        }
    }
    out
}

/// Cuts where a sentence ends: at a stop before a blank, at a break the author asked for, and where code is followed by a capital.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut sentence = String::new();
    let mut letters = text.chars().peekable();
    let mut is_code = false;
    while let Some(letter) = letters.next() {
        is_code ^= letter == '`';
        let next = letters.peek().copied().unwrap_or(' ');
        if letter == '\n' && (next == '\n' || next.is_uppercase() || sentence.ends_with(['.', ':']))
        {
            finish(&mut sentence, &mut found);
            continue;
        }
        sentence.push(letter);
        let ends = match letter {
            '.' | '!' | '?' => next.is_whitespace() && !is_abbreviated(&sentence),
            '`' => !is_code && next.is_uppercase(),
            _ => false,
        };
        if ends && !is_code {
            finish(&mut sentence, &mut found);
        }
    }
    finish(&mut sentence, &mut found);
    found
}

fn is_abbreviated(sentence: &str) -> bool {
    let last = sentence.rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    ABBREVIATIONS.contains(&last.as_str())
}

/// Takes a sentence, its blanks made single.
fn finish(sentence: &mut String, found: &mut Vec<String>) {
    let words: Vec<_> = sentence.split_whitespace().collect();
    if !words.is_empty() {
        found.push(words.join(" "));
    }
    sentence.clear();
}
