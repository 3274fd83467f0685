//! TOML -> [`Overlay`]: every wrong key, value and missing reason is an error at its line.

use super::change::says;
use super::nearest::nearest;
use super::{ClientTable, Entry, Hint, HintKind, NamePin, Overlay, Patch, SOURCE};
use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, Span};
use std::ops::Range;
use toml_edit::{Document, Item, Table, TableLike};

/// Reads an overlay.
///
/// # Errors
///
/// Every syntax error, unknown key (with the nearest right one) and missing `reason`, each with its line.
pub fn parse(text: &str) -> Result<Overlay, Vec<Diagnostic>> {
    let document = Document::parse(text).map_err(|error| {
        vec![at(error.span(), "overlay::syntax", error.message().replace('\n', ", "))]
    })?;
    let mut reader = Reader::default();
    let root = document.as_table();
    reader.known_keys(root, &["client", "hint", "patch", "name"]);
    let mut overlay = Overlay::default();
    if let Some(item) = root.get("client") {
        overlay.client = reader.client(item);
    }
    for table in reader.tables(root, "hint") {
        overlay.hints.extend(reader.hint(table));
    }
    for table in reader.tables(root, "patch") {
        let entry = reader.entry(table);
        let says = says(&mut reader, table);
        overlay.patches.extend(entry.map(|entry| Patch { entry, says }));
    }
    for table in reader.tables(root, "name") {
        reader.known_keys(table, &["at", "reason", "name"]);
        let name = reader.needed(table, "name");
        let entry = reader.entry(table);
        overlay.names.extend(entry.zip(name).map(|(entry, name)| NamePin { entry, name }));
    }
    if reader.wrong.is_empty() { Ok(overlay) } else { Err(reader.wrong) }
}

/// Reads values and collects what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    wrong: Vec<Diagnostic>,
}

impl Reader {
    /// Notes that something is wrong.
    pub(super) fn refuse(&mut self, span: Option<Range<usize>>, message: impl Into<String>) {
        self.wrong.push(at(span, "overlay::value", message));
    }

    /// Notes that something is wrong, and what to do.
    pub(super) fn refuse_with(
        &mut self,
        span: Option<Range<usize>>,
        message: String,
        help: String,
    ) {
        self.wrong.push(at(span, "overlay::value", message).with_help(help));
    }

    /// Refuses keys that are none of `known`, each with the nearest right one.
    pub(super) fn known_keys(&mut self, table: &dyn TableLike, known: &[&str]) {
        for (key, item) in table.iter() {
            if known.contains(&key) {
                continue;
            }
            let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
            let mut error = at(span, "overlay::unknown-key", format!("`{key}` is no key here"));
            error = match nearest(key, known.iter().copied()) {
                Some(right) => error.with_help(format!("did you mean `{right}`?")),
                None => error.with_help(format!("the keys here are: {}", known.join(", "))),
            };
            self.wrong.push(error);
        }
    }

    /// A text, where the key is there.
    pub(super) fn text(&mut self, table: &dyn TableLike, key: &str) -> Option<String> {
        let item = table.get(key)?;
        let text = item.as_str().map(str::to_owned);
        if text.is_none() {
            self.refuse(item.span(), format!("`{key}` must be text"));
        }
        text
    }

    /// `true` or `false`, where the key is there.
    pub(super) fn flag(&mut self, table: &dyn TableLike, key: &str) -> Option<bool> {
        let item = table.get(key)?;
        let flag = item.as_bool();
        if flag.is_none() {
            self.refuse(item.span(), format!("`{key}` must be true or false"));
        }
        flag
    }

    /// Whether the key says `true`; `false` says nothing and is refused.
    pub(super) fn affirmed(&mut self, table: &dyn TableLike, key: &str) -> bool {
        let flag = self.flag(table, key);
        if flag == Some(false) {
            let span = table.get(key).and_then(Item::span);
            self.refuse(span, format!("`{key} = false` says nothing; delete it"));
        }
        flag == Some(true)
    }

    /// One of several words, where the key is there.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        table: &dyn TableLike,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(table, key)?;
        let meant = words.iter().find(|(word, _)| *word == text).map(|(_, meant)| *meant);
        if meant.is_none() {
            let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            let span = table.get(key).and_then(Item::span);
            self.refuse(span, format!("`{key}` is one of {known}"));
        }
        meant
    }

    /// A list of texts, where the key is there.
    pub(super) fn texts(&mut self, table: &dyn TableLike, key: &str) -> Option<Vec<String>> {
        let item = table.get(key)?;
        let texts = item.as_array().and_then(|array| {
            array.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        if texts.as_ref().is_none_or(Vec::is_empty) {
            self.refuse(item.span(), format!("`{key}` must be a list of texts"));
        }
        texts
    }

    /// A text that must be there and not blank.
    pub(super) fn needed(&mut self, table: &Table, key: &str) -> Option<String> {
        let text = self.text(table, key).filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.refuse(table.span(), format!("this entry needs `{key} = \"…\"`"));
        }
        text
    }

    fn client(&mut self, item: &Item) -> ClientTable {
        let Some(table) = item.as_table_like() else {
            self.refuse(item.span(), "`client` must be a table");
            return ClientTable::default();
        };
        self.known_keys(table, &["name", "version", "license"]);
        let version = self.text(table, "version");
        if version.as_deref().is_some_and(|version| !is_version(version)) {
            let span = table.get("version").and_then(Item::span);
            self.refuse(span, "`version` must be three numbers, like 0.1.0 or 1.0.0-beta.2");
        }
        ClientTable {
            name: self.text(table, "name"),
            version,
            license: self.text(table, "license"),
        }
    }

    fn tables<'a>(&mut self, root: &'a Table, key: &str) -> Vec<&'a Table> {
        match root.get(key) {
            None => Vec::new(),
            Some(Item::ArrayOfTables(tables)) => tables.iter().collect(),
            Some(item) => {
                self.refuse(item.span(), format!("write `[[{key}]]`, once for each entry"));
                Vec::new()
            }
        }
    }

    fn hint(&mut self, table: &Table) -> Option<Hint> {
        self.known_keys(table, &["at", "reason", "map", "opaque", "kind"]);
        let flags = (self.flag(table, "map"), self.flag(table, "opaque"));
        let kind = match (flags, self.text(table, "kind").as_deref()) {
            ((Some(true), None), None) | ((None, None), Some("map")) => Some(HintKind::Map),
            ((None, Some(true)), None) | ((None, None), Some("opaque")) => Some(HintKind::Opaque),
            ((None, None), Some("apart")) => Some(HintKind::Apart),
            _ => {
                let kinds = "a hint says `kind = \"apart\"`, `map = true` or `opaque = true`";
                self.refuse(table.span(), kinds);
                None
            }
        };
        let entry = self.entry(table)?;
        Some(Hint { entry, kind: kind? })
    }

    fn entry(&mut self, table: &Table) -> Option<Entry> {
        let at = self.needed(table, "at");
        let reason = self.needed(table, "reason");
        let span = span_of(table.get("at").and_then(Item::span));
        Some(Entry { at: at?.trim().to_owned(), reason: reason?, span })
    }
}

/// A span of the overlay's text.
pub(super) fn span_of(range: Option<Range<usize>>) -> Span {
    range.map_or_else(Span::default, |range| Span { start: range.start, end: range.end })
}

fn at(span: Option<Range<usize>>, code: &'static str, message: impl Into<String>) -> Diagnostic {
    let span = span.map(|range| Span { start: range.start, end: range.end });
    Diagnostic::error(code, message, Origin { span, ..Origin::default() }).in_source(SOURCE)
}

/// Whether `text` is a version as cargo takes it: three numbers, and perhaps words after `-`.
fn is_version(text: &str) -> bool {
    let (numbers, words) = text.split_once('-').map_or((text, None), |(one, two)| (one, Some(two)));
    let is_number = |part: &str| {
        !part.is_empty()
            && part.len() <= 9
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let is_word = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && (is_number(part) || !part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && words.is_none_or(|words| words.split('.').all(is_word))
}
