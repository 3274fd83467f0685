//! What all requests of a collection share: client variables, servers, credentials, and the findings.

use super::docs;
use super::holes;
use crate::credential::{is_credential, is_withheld};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::draft::{Credential, CredentialId, Entry, EntryValue, Scheme, Server, ServerId};
use crate::origin::{Origin, Pointer};
use crate::placeholder::is_placeholder;
use crate::postman::{Description, Field};
use crate::secret;
use crate::template::{Piece, Template};
use std::collections::{BTreeMap, BTreeSet};

/// The state of one lowering.
pub(super) struct Context {
    /// Names of the variables that configure the client.
    pub(super) client: BTreeSet<String>,
    /// Whether descriptions are HTML unless they say otherwise.
    pub(super) html: bool,
    /// Base URLs so far.
    pub(super) servers: Vec<Server>,
    /// Credentials so far.
    pub(super) credentials: Vec<Credential>,
    /// The servers by their bases.
    server_at: BTreeMap<Template, usize>,
    /// The credentials by what tells them apart.
    credential_at: BTreeMap<(Scheme, Vec<String>), usize>,
    /// Findings so far.
    pub(super) found: Vec<Diagnostic>,
    /// Whether entries that carry credentials keep their values.
    pub(super) reveal: bool,
    /// The texts of the credential's parts, by the pointer of the request's item.
    pub(super) withheld: BTreeMap<Pointer, Vec<String>>,
}

impl Context {
    /// The state before the first request.
    pub(super) fn new(html: bool) -> Self {
        Self {
            client: BTreeSet::new(),
            html,
            servers: Vec::new(),
            credentials: Vec::new(),
            server_at: BTreeMap::new(),
            credential_at: BTreeMap::new(),
            found: Vec::new(),
            reveal: false,
            withheld: BTreeMap::new(),
        }
    }

    /// The server with this base; a new one if there is none.
    pub(super) fn server(&mut self, base: Template, origin: &Origin) -> ServerId {
        let next = self.servers.len();
        let at = *self.server_at.entry(base.clone()).or_insert(next);
        if at == next {
            self.servers.push(Server { base, origin: origin.clone() });
        }
        ServerId(at)
    }

    /// The credential of this scheme and these variables; a new one if there is none.
    pub(super) fn credential(
        &mut self,
        scheme: Scheme,
        variables: Vec<String>,
        origin: &Origin,
    ) -> CredentialId {
        let next = self.credentials.len();
        let key = (scheme.clone(), variables.clone());
        let at = *self.credential_at.entry(key).or_insert(next);
        if at == next {
            self.credentials.push(Credential { scheme, variables, origin: origin.clone() });
        }
        CredentialId(at)
    }

    /// A description as a document.
    pub(super) fn docs(&self, description: Option<&Description>) -> Docs {
        description.map(|description| docs::docs(description, self.html)).unwrap_or_default()
    }

    /// An entry for `field` that sends `value`.
    pub(super) fn entry(&self, field: &Field, value: EntryValue) -> Entry {
        Entry {
            name: holes::template(&field.name),
            value,
            enabled: field.enabled,
            docs: self.docs(field.description.as_ref()),
            origin: field.origin.clone(),
        }
    }

    /// What is sent for the text of `field` unless the caller says otherwise, or that the caller must say.
    pub(super) fn value(&self, field: &Field, text: &str) -> EntryValue {
        let enabled = field.enabled;
        // Where the values are kept, a secret still stands in the text: the client leaves it to the caller.
        let is_secret = self.reveal && !secret::find(text, &field.name).is_empty();
        if is_secret || is_placeholder(&field.name, text) {
            return EntryValue::Caller(text.to_owned());
        }
        let template = holes::template(text);
        let known = |piece: &Piece| match piece {
            Piece::Text(_) | Piece::Dynamic(_) => true,
            Piece::Variable(name) => enabled && self.client.contains(name),
            Piece::Argument(_) => false,
        };
        if template.0.iter().all(known) {
            EntryValue::Default(template)
        } else {
            EntryValue::Caller(text.to_owned())
        }
    }

    /// Whether what stands for this part of a path stays out of the draft; a credential does even where entries keep their values.
    pub(super) fn withholds(&self, name: &str, value: Option<&str>) -> bool {
        is_credential(name) || !self.reveal && is_withheld(name, value.unwrap_or_default())
    }

    /// The value of an entry that carries a credential: its holes alone say nothing secret; anything else is forgotten.
    pub(super) fn redacted(&self, text: &str) -> EntryValue {
        let harmless = |piece: &Piece| match piece {
            Piece::Text(text) => matches!(text.as_str(), "Bearer " | "Basic " | "Token "),
            Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => true,
        };
        let kept = self.reveal || holes::template(text).0.iter().all(harmless);
        EntryValue::Caller(if kept { text.to_owned() } else { String::new() })
    }
}
