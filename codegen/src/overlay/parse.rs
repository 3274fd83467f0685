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
    let known = ["name", "version", "license", "repository", "keywords", "categories"];
    reader.known_keys(table, &known);
    let client = ClientTable {
        name: reader.text(table, "name"),
        version: reader.text(table, "version"),
        license: reader.text(table, "license"),
        repository: reader.text(table, "repository"),
        keywords: reader.texts(table, "keywords").unwrap_or_default(),
        categories: reader.texts(table, "categories").unwrap_or_default(),
    };
    let repository = client.repository.as_deref();
    let checks = [
        (
            "version",
            client.version.as_deref().is_none_or(is_version),
            "`version` must be three numbers, like 0.1.0 or 1.0.0-beta.2",
        ),
        (
            "repository",
            repository.is_none_or(|url| url.starts_with("https://") && is_one_word(url)),
            "`repository` must be a URL that begins with https://",
        ),
        ("keywords", is_list(&client.keywords, is_keyword), KEYWORDS),
        ("categories", is_list(&client.categories, is_category), CATEGORIES),
    ];
    for (key, holds, complaint) in checks {
        if !holds {
            reader.refuse(table.get(key).and_then(Item::span), complaint);
        }
    }
    client
}

/// What a registry takes as `keywords` (the Cargo book, "The Manifest Format").
const KEYWORDS: &str = "`keywords` must be at most five words of ASCII letters, digits, `_`, `-` and `+`, each beginning with a letter or digit and of at most 20 characters";
const CATEGORIES: &str = "`categories` must be at most five slugs of a registry, like api-bindings";

fn is_list(words: &[String], is_right: impl Fn(&str) -> bool) -> bool {
    words.len() <= 5 && words.iter().all(|word| is_right(word))
}

fn is_keyword(word: &str) -> bool {
    let may = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    let begins = word.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    begins && word.len() <= 20 && word.bytes().all(may)
}

fn is_category(word: &str) -> bool {
    let may = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !word.is_empty() && word.split("::").all(|part| !part.is_empty() && part.bytes().all(may))
}

fn is_one_word(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control())
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
