//! Values of TOML, read by their keys: what is wrong with one is noted at its line, and reading goes on.

use super::SOURCE;
use super::nearest::nearest;
use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, Span};
use std::ops::Range;
use toml_edit::{Item, Table, TableLike};

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

    /// The tables of `[[key]]`.
    pub(super) fn tables<'a>(&mut self, root: &'a Table, key: &str) -> Vec<&'a Table> {
        match root.get(key) {
            None => Vec::new(),
            Some(Item::ArrayOfTables(tables)) => tables.iter().collect(),
            Some(item) => {
                self.refuse(item.span(), format!("write `[[{key}]]`, once for each entry"));
                Vec::new()
            }
        }
    }

    /// A text that must be there and not empty, in a table that is a value.
    pub(super) fn word(&mut self, item: &Item, table: &dyn TableLike, key: &str) -> Option<String> {
        let text = self.text(table, key).filter(|text| !text.is_empty());
        if text.is_none() {
            self.refuse(item.span(), format!("this table needs `{key} = \"…\"`"));
        }
        text
    }

    /// What was read, unless something was wrong with it.
    pub(super) fn finish<T>(self, read: T) -> Result<T, Vec<Diagnostic>> {
        if self.wrong.is_empty() { Ok(read) } else { Err(self.wrong) }
    }
}

/// A span of the overlay's text.
pub(super) fn span_of(range: Option<Range<usize>>) -> Span {
    range.map_or_else(Span::default, |range| Span { start: range.start, end: range.end })
}

/// An error at a place of the overlay.
pub(super) fn at(
    span: Option<Range<usize>>,
    code: &'static str,
    message: impl Into<String>,
) -> Diagnostic {
    let span = span.map(|range| Span { start: range.start, end: range.end });
    Diagnostic::error(code, message, Origin { span, ..Origin::default() }).in_source(SOURCE)
}
