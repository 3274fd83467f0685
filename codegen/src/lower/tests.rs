//! Requests in, what they mean on the wire out: a row per rule of POSTMAN.md.

mod auth;
mod bodies;
mod first;
mod folders;
mod formats;
mod headers;
mod robust;
mod urls;
mod variables;

use crate::diagnostic::Diagnostic;
use crate::draft::{Body, Draft, Entry, EntryValue, Operation, Scheme};
use crate::postman;
use crate::template::{Piece, Template};

/// The draft of a collection's text and everything found on the way.
fn lowered(text: &str) -> (Draft, Vec<Diagnostic>) {
    let (collection, mut found) = postman::parse(text).unwrap();
    let (draft, noted) = super::lower(&collection);
    found.extend(noted);
    (draft, found)
}

/// A collection of these items.
fn collection(items: &str) -> String {
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    format!(r#"{{"info": {{"name": "c", "schema": "{schema}"}}, "item": [{items}]}}"#)
}

/// What a request comes to, and what was found.
fn request(request: &str) -> String {
    shown(&collection(&format!(r#"{{"name": "r", "request": {request}}}"#)))
}

/// What a collection comes to: a line per operation, then the findings.
fn shown(text: &str) -> String {
    let (draft, found) = lowered(text);
    let mut lines: Vec<String> = draft.operations.iter().map(|o| operation(&draft, o)).collect();
    let finding = |d: &Diagnostic| {
        let place = d.origin.pointer.to_string();
        format!("{:?} {} {place}", d.severity, d.code)
    };
    lines.extend(found.iter().map(finding));
    lines.join("\n")
}

fn operation(draft: &Draft, operation: &Operation) -> String {
    let base = template(&draft.servers[operation.server.0].base);
    let mut line = format!("{} {base} {}", operation.method, template(&operation.path));
    if !operation.query.is_empty() {
        line.push_str(&format!(" ?{}", entries(&operation.query)));
    }
    if let Some(before) = operation.api_key_position {
        line.push_str(&format!(" key after {before}"));
    }
    if !operation.headers.is_empty() {
        line.push_str(&format!(" h[{}]", entries(&operation.headers)));
    }
    if let Some(id) = operation.auth {
        let credential = &draft.credentials[id.0];
        line.push_str(&format!(" a[{}", scheme(&credential.scheme)));
        credential.variables.iter().for_each(|name| line.push_str(&format!(" {name:?}")));
        line.push(']');
    }
    line.push_str(&operation.body.as_ref().map(body).unwrap_or_default());
    line.push_str(if operation.omit_content_type { " bare" } else { "" });
    line
}

fn template(template: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Argument(name) => format!("<{name}>"),
        Piece::Variable(name) => format!("${{{name}}}"),
        Piece::Dynamic(kind) => format!("<<{kind:?}>>"),
    };
    template.0.iter().map(piece).collect()
}

fn entries(list: &[Entry]) -> String {
    let entry = |entry: &Entry| {
        let off = if entry.enabled { "" } else { "-" };
        let name = template(&entry.name);
        match &entry.value {
            EntryValue::Absent => format!("{off}{name}"),
            EntryValue::Default(value) => format!("{off}{name}={}", template(value)),
            EntryValue::Caller(text) => format!("{off}{name}=caller({text})"),
        }
    };
    list.iter().map(entry).collect::<Vec<_>>().join(" & ")
}

fn scheme(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Bearer { prefix } => format!("bearer {prefix:?}"),
        Scheme::Basic => "basic".into(),
        Scheme::HeaderKey { name } => format!("header {name}"),
        Scheme::QueryKey { name } => format!("query {name}"),
        Scheme::OAuth2 { prefix, token_url } => {
            format!("oauth2 {prefix:?} {}", token_url.as_ref().map(template).unwrap_or_default())
        }
        Scheme::Digest => "digest".into(),
        Scheme::AwsV4 { service, region } => {
            format!("awsv4 {} {}", template(service), template(region))
        }
        Scheme::Custom { kind, said } => {
            let said: String =
                said.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            format!("custom {kind}{said}")
        }
    }
}

fn body(body: &Body) -> String {
    match body {
        Body::Raw { samples, content_type, declared_json } => {
            let texts: Vec<&str> = samples.iter().map(|sample| sample.text.as_str()).collect();
            format!(" raw({content_type}, json: {declared_json}) {texts:?}")
        }
        Body::Form(fields) => format!(" form[{}]", entries(fields)),
        Body::Multipart(parts) => {
            let part = |part: &crate::draft::Part| {
                let kind = if part.file { "file " } else { "" };
                let content_type = part.content_type.as_deref().unwrap_or("-");
                format!("{kind}{} ({content_type})", entries(std::slice::from_ref(&part.entry)))
            };
            format!(" parts[{}]", parts.iter().map(part).collect::<Vec<_>>().join(" & "))
        }
        Body::Binary { content_type } => {
            format!(" binary({})", content_type.as_deref().unwrap_or("-"))
        }
        Body::GraphQl { query, operation_name, variables } => {
            let variables = variables.as_ref().map(|sample| sample.text.as_str());
            format!(" graphql {:?} {operation_name:?} {variables:?}", template(query))
        }
    }
}
