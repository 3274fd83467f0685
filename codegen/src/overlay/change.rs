//! What one `[[patch]]` says, key by key.

use super::paging;
use super::reader::{Reader, span_of};
use super::types::{TypeText, WORDS, meant};
use super::{Auth, BodyKind, Change, PatchKey, ResponseKind};
use toml_edit::{Item, Table};

/// Keys of a patch besides `at` and `reason`, in the order in which they are applied.
const KEYS: [&str; 15] = [
    "drop",
    "add",
    "type",
    "enum",
    "required",
    "nullable",
    "docs",
    "deprecated",
    "scopes",
    "auth",
    "body",
    "content_type",
    "answer",
    "may_be_empty",
    "pagination",
];

/// Reads what a patch says, in the order in which it is applied.
pub(super) fn patch_keys(reader: &mut Reader, table: &Table) -> Vec<PatchKey> {
    let known = ["at", "reason"].into_iter().chain(KEYS).collect::<Vec<_>>();
    reader.known_keys(table, &known);
    let present = KEYS.into_iter().filter(|key| table.contains_key(key)).collect::<Vec<_>>();
    if present.is_empty() {
        reader.refuse(table.span(), "this patch changes nothing: say what is right instead");
    }
    if present.contains(&"drop") && present.len() > 1 {
        reader.refuse(table.span(), "what is dropped needs no other correction");
    }
    if present.contains(&"add") && !present.contains(&"type") {
        reader.refuse(table.span(), "`add = true` needs a `type`");
    }
    let mut keys = Vec::new();
    for key in present {
        let span = span_of(table.get(key).and_then(Item::span));
        let change = change(reader, table, key);
        keys.extend(change.map(|change| PatchKey { key, span, change }));
    }
    keys
}

fn change(reader: &mut Reader, table: &Table, key: &'static str) -> Option<Change> {
    match key {
        "drop" => reader.affirmed(table, key).then_some(Change::Drop),
        "add" => {
            let ty = read_type(reader, table);
            reader.affirmed(table, key).then_some(()).and(ty).map(Change::Add)
        }
        "type" if table.contains_key("add") => None,
        "type" => read_type(reader, table).map(Change::Type),
        "enum" => words(reader, table, key).map(Change::Enumeration),
        "required" => reader.flag(table, key).map(Change::Required),
        "nullable" => reader.flag(table, key).map(Change::Nullable),
        "docs" => reader.needed(table, key).map(Change::Docs),
        "deprecated" => reader.needed(table, key).map(Change::Deprecated),
        "scopes" => words(reader, table, key).map(Change::Scopes),
        "auth" => auth(reader, table).map(Change::Auth),
        "body" => {
            let kinds = [
                ("none", BodyKind::None),
                ("json", BodyKind::Json),
                ("text", BodyKind::Text),
                ("bytes", BodyKind::Bytes),
                ("form", BodyKind::Form),
                ("multipart", BodyKind::Multipart),
            ];
            reader.one_of(table, key, &kinds).map(Change::Body)
        }
        "content_type" => media_type(reader, table).map(Change::ContentType),
        "answer" => {
            let kinds = [
                ("none", ResponseKind::None),
                ("json", ResponseKind::Json),
                ("text", ResponseKind::Text),
                ("bytes", ResponseKind::Bytes),
            ];
            reader.one_of(table, key, &kinds).map(Change::Response)
        }
        "may_be_empty" => reader.flag(table, key).map(Change::MayBeEmpty),
        "pagination" => paging::pagination(reader, table).map(Change::Pagination),
        _ => None,
    }
}

fn read_type(reader: &mut Reader, table: &Table) -> Option<TypeText> {
    let text = reader.text(table, "type")?;
    let ty = TypeText::read(&text);
    if ty.is_none() {
        let span = table.get("type").and_then(Item::span);
        let message = format!("`{text}` is no type; the types are: {WORDS}");
        match meant(&text) {
            Some(word) => reader.refuse_with(span, message, format!("did you mean `{word}`?")),
            None => reader.refuse(span, message),
        }
    }
    ty
}

/// A list of texts, none blank and none twice.
fn words(reader: &mut Reader, table: &Table, key: &str) -> Option<Vec<String>> {
    let words = reader.texts(table, key)?;
    let mut sorted = words.clone();
    sorted.sort();
    sorted.dedup();
    if sorted.len() < words.len() || words.iter().any(|word| word.trim().is_empty()) {
        let span = table.get(key).and_then(Item::span);
        reader.refuse(span, format!("`{key}` has a text that is blank or stands twice"));
        return None;
    }
    Some(words)
}

fn media_type(reader: &mut Reader, table: &Table) -> Option<String> {
    let text = reader.needed(table, "content_type")?;
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_plain || !text.contains('/') {
        let span = table.get("content_type").and_then(Item::span);
        reader.refuse(span, "`content_type` must be a media type, like application/xml");
        return None;
    }
    Some(text)
}

fn auth(reader: &mut Reader, table: &Table) -> Option<Auth> {
    let item = table.get("auth")?;
    let Some(scheme) = item.as_table_like() else {
        return Some(match reader.text(table, "auth")?.as_str() {
            "none" => Auth::None,
            "basic" => Auth::Basic,
            key => Auth::Key(key.to_owned()),
        });
    };
    match reader.text(scheme, "kind").as_deref() {
        Some("oauth2") => {
            reader.known_keys(scheme, &["kind", "token_url", "audience"]);
            let token_url = reader.word(item, scheme, "token_url")?;
            Some(Auth::OAuth2 { token_url, audience: reader.text(scheme, "audience") })
        }
        Some("awsv4") => {
            reader.known_keys(scheme, &["kind", "service", "region"]);
            let mut said = |key| scheme.get(key).is_some().then(|| reader.word(item, scheme, key));
            let (service, region) = (said("service"), said("region"));
            if service.is_none() && region.is_none() {
                reader.refuse(item.span(), "`auth` for AWS needs a `service`, a `region`, or both");
                return None;
            }
            let said = |it: Option<Option<String>>| it.map_or(Some(None), |it| it.map(Some));
            Some(Auth::AwsV4 { service: said(service)?, region: said(region)? })
        }
        _ => {
            let message = "`auth` as a table needs `kind = \"oauth2\"` or `\"awsv4\"`";
            reader.refuse(item.span(), message);
            None
        }
    }
}
