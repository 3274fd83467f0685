//! YAML text -> [`Node`]: the one document of a file, as the tree that JSON is read into.
//!
//! YAML 1.2 with its core schema, read from the events of `saphyr-parser`; what no tree of JSON holds (a list as a key, an unknown tag) is an error, as is what only an attack needs: nesting beyond [`MAX_DEPTH`], aliases that multiply. Nothing here knows Postman.

mod scalar;

use crate::json::{MAX_DEPTH, Member, Node, Value};
use crate::origin::Span;
use saphyr_parser::{Event, Marker, Parser};
use std::collections::{BTreeMap, BTreeSet};

/// How much aliases may repeat, in values and bytes of text together.
const MAX_COPIES: usize = 1 << 20;

/// Why a text is no YAML that we read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// One sentence without a final dot.
    pub message: String,
    /// Where reading stopped.
    pub span: Span,
    /// The keys and indices of what was open there, from the outside in.
    pub path: Vec<String>,
}

/// Reads the document in `text`; an empty one is `null`. Its spans count from `start`, the text's own place in a larger one.
///
/// # Errors
///
/// The first place where the text is not YAML, or says what JSON cannot; its span counts from `start` too.
pub fn read(text: &str, start: usize) -> Result<Node, Error> {
    let places = Places::new(text);
    let mut reader = Reader { text, start, ..Reader::default() };
    for event in Parser::new_from_str(text) {
        let step = match event {
            Ok((event, marks)) => {
                let span = places.span(marks.start, marks.end);
                reader.event(event, span).map_err(|message| (message, span))
            }
            Err(error) => {
                let span = places.span(*error.marker(), *error.marker());
                Err((error.info().to_owned(), span))
            }
        };
        step.map_err(|(message, span)| Error {
            message,
            span: reader.shifted(span),
            path: reader.path(),
        })?;
    }
    let nothing = Node { span: Span { start, end: start + text.len() }, value: Value::Null };
    Ok(reader.root.unwrap_or(nothing))
}

/// Byte offsets of characters, which is what the parser counts.
struct Places {
    length: usize,
    /// Empty where each character is one byte.
    offsets: Vec<usize>,
}

impl Places {
    fn new(text: &str) -> Self {
        let offsets = text.char_indices().map(|(at, _)| at);
        let offsets = if text.is_ascii() { Vec::new() } else { offsets.collect() };
        Self { length: text.len(), offsets }
    }

    fn offset(&self, mark: Marker) -> usize {
        if self.offsets.is_empty() {
            return mark.index().min(self.length);
        }
        self.offsets.get(mark.index()).copied().unwrap_or(self.length)
    }

    fn span(&self, start: Marker, end: Marker) -> Span {
        let (start, end) = (self.offset(start), self.offset(end));
        Span { start, end: end.max(start) }
    }
}

/// A list or mapping that has begun.
struct Open {
    start: usize,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Object { members: Vec<Member>, keys: BTreeSet<String>, key: Option<(String, Span)> },
}

/// A value that aliases repeat.
struct Anchored {
    node: Node,
    depth: usize,
    weight: usize,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    start: usize,
    root: Option<Node>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    copied: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), String> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err("a second document begins here; a file holds one".to_owned())
            }
            Event::DocumentStart(_) => Ok(()),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar::value(&text, style, tag.as_deref())?;
                match self.awaits_key() {
                    true => self.key(text.into_owned(), span),
                    false => self.value(Node { span: self.shifted(span), value }, anchor),
                }
            }
            Event::SequenceStart(anchor, tag) => {
                scalar::collection(tag.as_deref(), "seq")?;
                self.begin(Inside::List(Vec::new()), anchor, span)
            }
            Event::MappingStart(anchor, tag) => {
                scalar::collection(tag.as_deref(), "map")?;
                let (members, keys) = (Vec::new(), BTreeSet::new());
                self.begin(Inside::Object { members, keys, key: None }, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
        }
    }

    fn shifted(&self, span: Span) -> Span {
        Span { start: span.start + self.start, end: span.end + self.start }
    }

    fn path(&self) -> Vec<String> {
        let step = |open: &Open| match &open.inside {
            Inside::List(elements) => Some(elements.len().to_string()),
            Inside::Object { key, .. } => key.as_ref().map(|(key, _)| key.clone()),
        };
        self.open.iter().filter_map(step).collect()
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { inside: Inside::Object { key: None, .. }, .. }))
    }

    fn begin(&mut self, inside: Inside, anchor: usize, span: Span) -> Result<(), String> {
        if self.awaits_key() {
            return Err("a list or a mapping cannot be a key; a text that begins with `{{` or `[` has to stand in quotes".to_owned());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("nested deeper than {MAX_DEPTH} levels"));
        }
        self.open.push(Open { start: span.start, anchor, inside });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), String> {
        let Some(Open { start, anchor, inside }) = self.open.pop() else { return Ok(()) };
        // The parser sees the end of a block where the next one begins.
        let within = self.text.get(start..span.end).unwrap_or_default().trim_end();
        let span = self.shifted(Span { start, end: start + within.len() });
        let value = match inside {
            Inside::List(elements) => Value::Array(elements),
            Inside::Object { members, .. } => Value::Object(members),
        };
        self.value(Node { span, value }, anchor)
    }

    fn key(&mut self, text: String, span: Span) -> Result<(), String> {
        let span = self.shifted(span);
        if let Some(Open { inside: Inside::Object { keys, key, .. }, .. }) = self.open.last_mut() {
            if !keys.insert(text.clone()) {
                return Err(format!("the key `{text}` stands here a second time"));
            }
            *key = Some((text, span));
        }
        Ok(())
    }

    /// A value is complete.
    fn value(&mut self, node: Node, anchor: usize) -> Result<(), String> {
        if anchor != 0 {
            let (depth, weight) = measure(&node);
            self.anchors.insert(anchor, Anchored { node: node.clone(), depth, weight });
        }
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(node),
            Some(Inside::List(elements)) => elements.push(node),
            Some(Inside::Object { members, key, .. }) => {
                let Some((key, key_span)) = key.take() else {
                    return Err("a value stands where a key belongs".to_owned());
                };
                members.push(Member { key, key_span, value: node });
            }
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), String> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            return Err("an alias of what it stands in".to_owned());
        };
        self.copied = self.copied.saturating_add(anchored.weight);
        if self.copied > MAX_COPIES || self.open.len() + anchored.depth > MAX_DEPTH {
            return Err("aliases repeat more than any file needs".to_owned());
        }
        let node = anchored.node.clone();
        match (self.awaits_key(), node.text()) {
            (true, Some(text)) => self.key(text.to_owned(), span),
            (true, None) => Err("an alias of a text alone can be a key".to_owned()),
            (false, _) => self.value(node, 0),
        }
    }
}

/// How deep a value is, and how much it weighs: a byte of text as much as a value.
fn measure(node: &Node) -> (usize, usize) {
    let inner = node.elements().unwrap_or_default().iter().map(|inner| (0, inner));
    let members = node.members().unwrap_or_default();
    let members = members.iter().map(|member| (member.key.len(), &member.value));
    let (mut depth, mut weight) = (0, 1 + node.text().map_or(0, str::len));
    for (key, inner) in inner.chain(members) {
        let (deep, heavy) = measure(inner);
        depth = depth.max(deep + 1);
        weight += key + heavy;
    }
    (depth, weight)
}

#[cfg(test)]
mod tests;
