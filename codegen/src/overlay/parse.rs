//! TOML -> [`Overlay`]: every wrong key, value and missing reason is an error at its line.

use super::change::patch_keys;
use super::reader::{Reader, at, span_of};
use super::{ClientTable, Entry, Hint, HintKind, NamePin, Overlay, Patch};
use crate::diagnostic::Diagnostic;
use toml_edit::{Document, Item, Table};

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
        overlay.client = client(&mut reader, item);
    }
    for table in reader.tables(root, "hint") {
        overlay.hints.extend(hint(&mut reader, table));
    }
    for table in reader.tables(root, "patch") {
        let entry = entry(&mut reader, table);
        let keys = patch_keys(&mut reader, table);
        overlay.patches.extend(entry.map(|entry| Patch { entry, keys }));
    }
    for table in reader.tables(root, "name") {
        reader.known_keys(table, &["at", "reason", "name"]);
        let name = reader.needed(table, "name");
        let entry = entry(&mut reader, table);
        overlay.names.extend(entry.zip(name).map(|(entry, name)| NamePin { entry, name }));
    }
    reader.finish(overlay)
}

fn client(reader: &mut Reader, item: &Item) -> ClientTable {
    let Some(table) = item.as_table_like() else {
        reader.refuse(item.span(), "`client` must be a table");
        return ClientTable::default();
    };
    reader.known_keys(table, &["name", "version", "license"]);
    let version = reader.text(table, "version");
    if version.as_deref().is_some_and(|version| !is_version(version)) {
        let span = table.get("version").and_then(Item::span);
        reader.refuse(span, "`version` must be three numbers, like 0.1.0 or 1.0.0-beta.2");
    }
    ClientTable {
        name: reader.text(table, "name"),
        version,
        license: reader.text(table, "license"),
    }
}

fn hint(reader: &mut Reader, table: &Table) -> Option<Hint> {
    reader.known_keys(table, &["at", "reason", "map", "opaque", "kind"]);
    let flags = (reader.flag(table, "map"), reader.flag(table, "opaque"));
    let kind = match (flags, reader.text(table, "kind").as_deref()) {
        ((Some(true), None), None) | ((None, None), Some("map")) => Some(HintKind::Map),
        ((None, Some(true)), None) | ((None, None), Some("opaque")) => Some(HintKind::Opaque),
        ((None, None), Some("apart")) => Some(HintKind::Apart),
        _ => {
            let kinds = "a hint says `kind = \"apart\"`, `map = true` or `opaque = true`";
            reader.refuse(table.span(), kinds);
            None
        }
    };
    let entry = entry(reader, table)?;
    Some(Hint { entry, kind: kind? })
}

fn entry(reader: &mut Reader, table: &Table) -> Option<Entry> {
    let at = reader.needed(table, "at");
    let reason = reader.needed(table, "reason");
    let span = span_of(table.get("at").and_then(Item::span));
    Some(Entry { at: at?.trim().to_owned(), reason: reason?, span })
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
