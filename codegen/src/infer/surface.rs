//! Servers, credentials and folders of a draft, put in an order that no shuffling can change.

use crate::api::{self, GroupId};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::draft::{self, Draft, FolderId};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of an API around its operations, and where the draft's ids went.
#[derive(Debug, Default)]
pub(crate) struct Surface {
    pub(crate) servers: Vec<api::Server>,
    pub(crate) credentials: Vec<api::Credential>,
    pub(crate) groups: Vec<api::Group>,
    /// New index of each server of the draft.
    server_of: Vec<usize>,
    /// New index of each credential of the draft.
    credential_of: Vec<usize>,
    /// Folder names of each folder of the draft, from the outside in.
    trails: Vec<Vec<String>>,
}

impl Surface {
    pub(crate) fn server(&self, id: draft::ServerId) -> api::ServerId {
        api::ServerId(self.server_of.get(id.0).copied().unwrap_or_default())
    }

    pub(crate) fn credential(&self, id: draft::CredentialId) -> Option<api::CredentialId> {
        self.credential_of.get(id.0).copied().map(api::CredentialId)
    }

    pub(crate) fn trail(&self, folder: Option<FolderId>) -> Vec<String> {
        folder.and_then(|id| self.trails.get(id.0)).cloned().unwrap_or_default()
    }

    pub(crate) fn group(&self, trail: &[String]) -> Option<GroupId> {
        let place = self.groups.binary_search_by(|group| group.trail.as_slice().cmp(trail));
        place.ok().map(GroupId)
    }

    /// What keys say of a server: nothing of the first.
    pub(crate) fn server_text(&self, id: api::ServerId) -> String {
        match self.servers.get(id.0) {
            Some(server) if id.0 > 0 && server.base.0.is_empty() => RELATIVE.to_owned(),
            Some(server) if id.0 > 0 => server.base.written(),
            Some(_) | None => String::new(),
        }
    }
}

/// What keys say of a base URL that the collection does not know, where there is another one.
const RELATIVE: &str = "relative:";

/// Orders what stands around the operations.
pub(crate) fn surface(draft: &Draft, found: &mut Vec<Diagnostic>) -> Surface {
    let (servers, server_of) = servers(draft);
    let (credentials, credential_of) = credentials(draft);
    let trails = trails(draft);
    let groups = groups(draft, &trails, found);
    Surface { servers, credentials, groups, server_of, credential_of, trails }
}

/// Servers by use, the most used first, then by text; one that the collection does not know comes last.
fn servers(draft: &Draft) -> (Vec<api::Server>, Vec<usize>) {
    let mut uses: BTreeMap<&Template, usize> = BTreeMap::new();
    for operation in &draft.operations {
        if let Some(server) = draft.servers.get(operation.server.0) {
            *uses.entry(&server.base).or_default() += 1;
        }
    }
    let bases = draft.servers.iter().map(|server| &server.base);
    let mut ranked: Vec<_> = bases
        .map(|base| {
            let used = std::cmp::Reverse(uses.get(base).copied());
            ((base.0.is_empty(), used), base.written(), base)
        })
        .collect();
    ranked.sort();
    ranked.dedup();
    let place = |server: &draft::Server| {
        ranked.iter().position(|(_, _, base)| **base == server.base).unwrap_or_default()
    };
    let server_of = draft.servers.iter().map(place).collect();
    let servers = ranked.iter().map(|(_, _, base)| api::Server { base: (*base).clone() });
    (servers.collect(), server_of)
}

/// Credentials by key; equal keys are one credential.
fn credentials(draft: &Draft) -> (Vec<api::Credential>, Vec<usize>) {
    let keyed: Vec<_> = draft.credentials.iter().map(credential).collect();
    let by_key: BTreeMap<_, _> =
        keyed.iter().rev().map(|credential| (credential.key.as_str(), credential)).collect();
    let place = |credential: &api::Credential| {
        by_key.keys().position(|key| *key == credential.key).unwrap_or_default()
    };
    let credential_of = keyed.iter().map(place).collect();
    (by_key.into_values().cloned().collect(), credential_of)
}

fn credential(credential: &draft::Credential) -> api::Credential {
    let (kind, scheme) = scheme(&credential.scheme);
    let words = std::iter::once(kind).chain(credential.variables.iter().cloned());
    api::Credential {
        key: words.collect::<Vec<_>>().join(" "),
        scheme,
        variables: credential.variables.clone(),
    }
}

fn scheme(scheme: &draft::Scheme) -> (String, api::Scheme) {
    let prefixed = |kind: &str, prefix: &str| match prefix {
        "Bearer" => kind.to_owned(),
        other => format!("{kind}:{other}"),
    };
    match scheme.clone() {
        draft::Scheme::Bearer { prefix } => {
            (prefixed("bearer", &prefix), api::Scheme::Bearer { prefix })
        }
        draft::Scheme::Basic => ("basic".to_owned(), api::Scheme::Basic),
        draft::Scheme::HeaderKey { name } => {
            (format!("header:{name}"), api::Scheme::HeaderKey { name })
        }
        draft::Scheme::QueryKey { name } => {
            (format!("query:{name}"), api::Scheme::QueryKey { name })
        }
        draft::Scheme::OAuth2 { prefix, token_url } => {
            let url = token_url.as_ref().map(Template::written).unwrap_or_default();
            let kind = format!("{} {url}", prefixed("oauth2", &prefix));
            let scheme = api::Scheme::OAuth2 { prefix, token_url, audience: None };
            (kind.trim_end().to_owned(), scheme)
        }
        draft::Scheme::Digest => ("digest".to_owned(), api::Scheme::Digest),
        draft::Scheme::AwsV4 { service, region } => {
            let kind = format!("awsv4:{}:{}", service.written(), region.written());
            (kind, api::Scheme::AwsV4 { service, region })
        }
        draft::Scheme::Custom { kind, said } => {
            let words = said.iter().map(|(name, value)| format!(" {name}={value}"));
            let key = std::iter::once(kind.clone()).chain(words).collect();
            (key, api::Scheme::Custom { kind, said })
        }
    }
}

fn trails(draft: &Draft) -> Vec<Vec<String>> {
    let mut trails: Vec<Vec<String>> = Vec::with_capacity(draft.folders.len());
    for folder in &draft.folders {
        let parent = folder.parent.and_then(|parent| trails.get(parent.0));
        let mut trail = parent.cloned().unwrap_or_default();
        trail.push(folder.name.clone());
        trails.push(trail);
    }
    trails
}

/// One group per trail that leads to an operation.
fn groups(draft: &Draft, trails: &[Vec<String>], found: &mut Vec<Diagnostic>) -> Vec<api::Group> {
    let mut used: BTreeSet<&[String]> = BTreeSet::new();
    for operation in &draft.operations {
        let trail = operation.folder.and_then(|folder| trails.get(folder.0));
        let mut trail = trail.map(Vec::as_slice).unwrap_or_default();
        while let Some((_, parents)) = trail.split_last() {
            used.insert(trail);
            trail = parents;
        }
    }
    for (folder, trail) in draft.folders.iter().zip(trails) {
        if !used.contains(trail.as_slice()) {
            let message = format!("folder `{}` holds no request and is left out", folder.name);
            found.push(Diagnostic::note("infer::empty-folder", message, folder.origin.clone()));
        }
    }
    let place = |trail: &[String]| used.iter().position(|other| *other == trail).map(GroupId);
    let group = |trail: &&[String]| api::Group {
        trail: trail.to_vec(),
        docs: group_docs(draft, trails, trail),
        parent: trail.split_last().and_then(|(_, parents)| place(parents)),
    };
    used.iter().map(group).collect()
}

/// The description of a trail's folders: the least in text of those that say something.
fn group_docs(draft: &Draft, trails: &[Vec<String>], trail: &[String]) -> Docs {
    let same = draft.folders.iter().zip(trails).filter(|(_, other)| other.as_slice() == trail);
    let said = same.map(|(folder, _)| &folder.docs).filter(|docs| !docs.0.is_empty());
    said.min_by_key(|docs| format!("{docs:?}")).cloned().unwrap_or_default()
}
