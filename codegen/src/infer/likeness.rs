//! What a request sends -> its [`Likeness`]: what it is called, described as and answered with is no part of it.

use super::surface::Surface;
use crate::api::Likeness;
use crate::draft::{Body, Entry, EntryValue, Operation};
use crate::hash::Fnv;

/// The likeness of what `operation` sends.
pub(super) fn likeness(operation: &Operation, surface: &Surface) -> Likeness {
    let mut said = Said::default();
    let credential = operation.auth.and_then(|id| surface.credential(id));
    let credential = credential.and_then(|id| surface.credentials.get(id.0));
    credential.iter().for_each(|it| said.one(&["auth", &it.key]));
    for parameter in &operation.path_parameters {
        said.one(&["path", &parameter.name]);
    }
    said.entries("query", &operation.query);
    said.entries("header", &operation.headers);
    if let Some(body) = &operation.body {
        said.body(body);
    }
    Likeness::of(&said.0)
}

/// Hashes of what was said.
#[derive(Default)]
struct Said(Vec<u64>);

impl Said {
    fn one(&mut self, parts: &[&str]) {
        let mut hash = Fnv::default();
        for part in parts {
            hash.update(part.as_bytes());
            // No text holds it, so that it tells where a part ends.
            hash.update(&[0xff]);
        }
        self.0.push(hash.finish());
    }

    /// The words of a text: an edit changes few of them.
    fn words(&mut self, text: &str) {
        let words = text.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty());
        words.for_each(|word| self.one(&[word]));
    }

    fn entries(&mut self, place: &str, entries: &[Entry]) {
        for entry in entries {
            let name = entry.name.written();
            self.one(&[place, &name]);
            match &entry.value {
                EntryValue::Absent => {}
                EntryValue::Default(value) => self.one(&[place, &name, &value.written()]),
                EntryValue::Caller(value) => self.one(&[place, &name, value]),
            }
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Raw { samples, content_type, declared_json: _ } => {
                self.one(&["body", content_type]);
                samples.iter().for_each(|sample| self.words(&sample.text));
            }
            Body::Form(fields) => {
                self.one(&["form"]);
                self.entries("field", fields);
            }
            Body::Multipart(parts) => {
                self.one(&["multipart"]);
                for part in parts {
                    self.entries("part", std::slice::from_ref(&part.entry));
                }
            }
            Body::Binary { content_type } => {
                self.one(&["bytes", content_type.as_deref().unwrap_or_default()]);
            }
            Body::GraphQl { query, operation_name, variables } => {
                self.one(&["graphql", operation_name.as_deref().unwrap_or_default()]);
                self.words(&query.written());
                variables.iter().for_each(|sample| self.words(&sample.text));
            }
        }
    }
}
