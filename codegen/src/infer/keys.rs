//! Stable keys of operations: endpoint, folder trail and name, and a digest where these tie.

use super::surface::Surface;
use crate::api::{Endpoint, OperationKey};
use crate::draft::{Body, Draft, Entry, EntryValue, Operation, Sample};
use crate::hash::Fnv;
use std::collections::BTreeMap;

/// An operation of the draft with its key.
#[derive(Debug)]
pub(crate) struct Keyed<'a> {
    pub(crate) key: OperationKey,
    pub(crate) operation: &'a Operation,
}

/// The operations, ordered by key.
pub(crate) fn keyed<'a>(draft: &'a Draft, surface: &Surface) -> Vec<Keyed<'a>> {
    let mut ties: BTreeMap<OperationKey, Vec<&Operation>> = BTreeMap::new();
    for operation in &draft.operations {
        ties.entry(short_key(operation, surface)).or_default().push(operation);
    }
    let mut all = Vec::with_capacity(draft.operations.len());
    for (key, operations) in ties {
        match operations.as_slice() {
            [operation] => all.push(Keyed { key, operation }),
            tied => all.extend(untie(&key, tied, surface)),
        }
    }
    all.sort_by(|one, other| one.key.cmp(&other.key));
    all
}

fn short_key(operation: &Operation, surface: &Surface) -> OperationKey {
    let server = surface.server_text(surface.server(operation.server));
    OperationKey {
        endpoint: Endpoint::new(&server, &operation.method, &operation.path),
        trail: surface.trail(operation.folder),
        name: operation.name.clone(),
        digest: None,
    }
}

/// Adds digests; requests that are equal in everything are numbered, since it does not matter which is which.
fn untie<'a>(key: &OperationKey, tied: &[&'a Operation], surface: &Surface) -> Vec<Keyed<'a>> {
    let mut digests: BTreeMap<u64, Vec<&'a Operation>> = BTreeMap::new();
    for operation in tied {
        digests.entry(digest(operation, surface)).or_default().push(operation);
    }
    let mut all = Vec::new();
    for (digest, operations) in digests {
        for (index, operation) in operations.into_iter().enumerate() {
            let digest = match index {
                0 => format!("{digest:016x}"),
                _ => format!("{digest:016x}-{}", index + 1),
            };
            all.push(Keyed {
                key: OperationKey { digest: Some(digest), ..key.clone() },
                operation,
            });
        }
    }
    all
}

/// A digest of everything an operation says, its position apart.
fn digest(operation: &Operation, surface: &Surface) -> u64 {
    let mut digest = Digest::default();
    digest.text(&operation.path.written());
    entries(&mut digest, &operation.query);
    entries(&mut digest, &operation.headers);
    let credential = operation.auth.and_then(|id| surface.credential(id));
    let credential = credential.and_then(|id| surface.credentials.get(id.0));
    digest.text(credential.map_or("", |credential| &credential.key));
    match &operation.body {
        None => digest.text("none"),
        Some(body) => self::body(&mut digest, body),
    }
    digest.text(&format!("{:?}", operation.docs));
    for parameter in &operation.path_parameters {
        digest.text(&format!("{:?}", parameter.docs));
    }
    for response in &operation.responses {
        digest.text(&format!("{:?} {:?}", response.status, response.media_type));
        digest.text(&response.body.text);
    }
    digest.0.finish()
}

fn body(digest: &mut Digest, body: &Body) {
    let sample = |digest: &mut Digest, sample: &Sample| digest.text(&sample.text);
    match body {
        Body::Raw { samples, content_type, declared_json: _ } => {
            digest.text(content_type);
            samples.iter().for_each(|one| sample(digest, one));
        }
        Body::Form(fields) => entries(digest, fields),
        Body::Multipart(parts) => {
            for part in parts {
                entries(digest, std::slice::from_ref(&part.entry));
                digest.text(part.content_type.as_deref().unwrap_or_default());
            }
        }
        Body::Binary { content_type } => digest.text(content_type.as_deref().unwrap_or_default()),
        Body::GraphQl { query, operation_name, variables } => {
            digest.text(&query.written());
            digest.text(operation_name.as_deref().unwrap_or_default());
            variables.iter().for_each(|one| sample(digest, one));
        }
    }
}

fn entries(digest: &mut Digest, entries: &[Entry]) {
    for entry in entries {
        digest.text(&entry.name.written());
        match &entry.value {
            EntryValue::Absent => digest.text("absent"),
            EntryValue::Default(template) => digest.text(&template.written()),
            EntryValue::Caller(text) => digest.text(text),
        }
        digest.text(if entry.enabled { "sent" } else { "off" });
        digest.text(&format!("{:?}", entry.docs));
    }
}

/// A hash of texts, each framed by its length.
#[derive(Default)]
struct Digest(Fnv);

impl Digest {
    fn text(&mut self, text: &str) {
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.0.update(&length.to_le_bytes());
        self.0.update(text.as_bytes());
    }
}
