//! What a collection says and no draft keeps: names of files, and the places of requests.
//!
//! Reads the collection's JSON at the places the draft points to. Nothing from here goes into an emitted client; only the driver, which is never kept, gets it.

use super::vars::scalar;
use crate::json::{Node, Value};
use crate::origin::Pointer;

/// A collection's JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec<'a> {
    root: &'a Node,
}

impl<'a> Spec<'a> {
    pub(super) fn new(root: &'a Node) -> Self {
        Self { root }
    }

    /// The collection itself: an export of Postman's API wraps it.
    pub(super) fn collection(self) -> &'a Node {
        match self.root.get("collection") {
            Some(inner) if self.root.get("item").is_none() && inner.members().is_some() => inner,
            Some(_) | None => self.root,
        }
    }

    /// What declares the collection's variables: the collection; in the third format the definition of the topmost folder.
    pub(super) fn definition(self) -> &'a Node {
        let files = self.root.members().unwrap_or_default();
        let is_topmost = |path: &str| {
            path.matches('/').count() == 2 && path.contains("/.resources/definition.y")
        };
        let definition = files.iter().find(|file| is_topmost(&file.key));
        definition.map_or_else(|| self.collection(), |file| &file.value)
    }

    /// Whether it is of the first format, whose items the truth numbers after a conversion.
    pub(super) fn is_first_format(self) -> bool {
        let root = self.collection();
        root.get("item").is_none() && root.get("requests").is_some()
    }

    /// The pointer below the wrapper.
    pub(super) fn inside(self, pointer: &Pointer) -> &str {
        let text = pointer.as_str();
        let wrapped = !std::ptr::eq(self.collection(), self.root);
        if wrapped { text.strip_prefix("/collection").unwrap_or(text) } else { text }
    }

    pub(super) fn at(self, pointer: &Pointer) -> Option<&'a Node> {
        self.trail(pointer).pop()
    }

    /// All values from the collection down to the one at `pointer`.
    fn trail(self, pointer: &Pointer) -> Vec<&'a Node> {
        let mut found = vec![self.collection()];
        for token in self.inside(pointer).split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            let Some(node) = found.last() else { break };
            let next = match token.parse::<usize>() {
                Ok(index) if node.elements().is_some() => {
                    node.elements().and_then(|elements| elements.get(index))
                }
                Ok(_) | Err(_) => node.get(&token),
            };
            match next {
                Some(next) => found.push(next),
                None => return Vec::new(),
            }
        }
        found
    }

    /// The request of an item; in the first format the item is the request.
    fn request(self, item: &Pointer) -> Option<&'a Node> {
        let item = self.at(item)?;
        Some(item.get("request").unwrap_or(item))
    }

    /// The names of the files that a form entry or a body stands for.
    pub(super) fn files(self, place: &Pointer) -> Vec<String> {
        let Some(node) = self.at(place) else { return Vec::new() };
        let node = node.get("src").or_else(|| node.get("value")).unwrap_or(node);
        flat(node).into_iter().filter(|name| !name.is_empty()).collect()
    }

    /// The base64 that stands in a form entry in place of a file: Postman reads it where no file is named. In the first format the same member names the file.
    pub(super) fn inline_file(self, place: &Pointer) -> Option<String> {
        let unnamed = |node: &&Node| !self.is_first_format() && node.get("src").is_none();
        let node = self.at(place).filter(unnamed)?;
        node.get("value").and_then(Node::text).filter(|it| !it.is_empty()).map(str::to_owned)
    }

    /// The file that an item's binary body names.
    pub(super) fn body_file(self, item: &Pointer) -> Option<BodyFile> {
        let request = self.request(item)?;
        if self.is_first_format() {
            let name = flat(request.get("rawModeData")?).into_iter().next();
            return name.map(BodyFile::Named);
        }
        let body = request.get("body")?;
        let is_file = body.get("type").and_then(Node::text) == Some("file");
        let third = || body.get("content").filter(|_| is_file);
        let file = body.get("file").or_else(|| body.get("binary")).or_else(third)?;
        if let Some(name) = file.text().or_else(|| file.get("src")?.text()) {
            return Some(BodyFile::Named(name.to_owned()));
        }
        file.get("content").and_then(scalar).map(BodyFile::Content)
    }
}

/// What a binary body is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BodyFile {
    /// A file, by name.
    Named(String),
    /// Base64 in the collection itself.
    Content(String),
}

fn flat(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Array(elements) => elements.iter().flat_map(flat).collect(),
        Value::Object(_) => node.get("value").map(flat).unwrap_or_default(),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) => scalar(node).into_iter().collect(),
        Value::Null | Value::Variable(_) => Vec::new(),
    }
}
