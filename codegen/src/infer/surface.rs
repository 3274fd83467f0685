//! Servers, credentials and folders of a draft, put in an order that no shuffling can change.

use super::folders::{self, Folders};
use crate::api::{self, GroupId};
use crate::diagnostic::Diagnostic;
use crate::draft::{self, Draft, FolderId};
use crate::template::Template;
use std::collections::BTreeMap;

/// The parts of an API around its operations, and where the draft's ids went.
#[derive(Debug, Default)]
pub(crate) struct Surface {
    pub(crate) servers: Vec<api::Server>,
    pub(crate) credentials: Vec<api::Credential>,
    /// New index of each server of the draft.
    server_of: Vec<usize>,
    /// New index of each credential of the draft.
    credential_of: Vec<usize>,
    /// Its folders.
    pub(crate) folders: Folders,
}

impl Surface {
    pub(crate) fn server(&self, id: draft::ServerId) -> api::ServerId {
        api::ServerId(self.server_of.get(id.0).copied().unwrap_or_default())
    }

    pub(crate) fn credential(&self, id: draft::CredentialId) -> Option<api::CredentialId> {
        self.credential_of.get(id.0).copied().map(api::CredentialId)
    }

    pub(crate) fn trail(&self, folder: Option<FolderId>) -> Vec<String> {
        self.folders.trail(folder)
    }

    pub(crate) fn group(&self, folder: Option<FolderId>) -> Option<GroupId> {
        self.folders.group(folder)
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
pub(crate) fn surface(
    draft: &Draft,
    first_server: Option<&str>,
    found: &mut Vec<Diagnostic>,
) -> Surface {
    let (servers, server_of) = servers(draft, first_server);
    let (credentials, credential_of) = credentials(draft);
    let folders = folders::folders(draft, found);
    Surface { servers, credentials, server_of, credential_of, folders }
}

/// Servers by use, the one that was the first before all, then the most used, then by text; one that the collection does not know comes last.
fn servers(draft: &Draft, first: Option<&str>) -> (Vec<api::Server>, Vec<usize>) {
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
            let text = base.written();
            ((first != Some(text.as_str()), base.0.is_empty(), used), text, base)
        })
        .collect();
    ranked.sort();
    ranked.dedup();
    let places: BTreeMap<&Template, usize> =
        ranked.iter().enumerate().map(|(at, (_, _, base))| (*base, at)).collect();
    let place = |server: &draft::Server| places.get(&server.base).copied().unwrap_or_default();
    let server_of = draft.servers.iter().map(place).collect();
    let servers = ranked.iter().map(|(_, _, base)| api::Server { base: (*base).clone() });
    (servers.collect(), server_of)
}

/// Credentials by key; those that are the same are one, under the least key.
fn credentials(draft: &Draft) -> (Vec<api::Credential>, Vec<usize>) {
    let keyed: Vec<_> = draft.credentials.iter().map(credential).collect();
    let mut kept: BTreeMap<String, &api::Credential> = BTreeMap::new();
    for credential in &keyed {
        let own = kept.entry(identity(credential)).or_insert(credential);
        if credential.key < own.key {
            *own = credential;
        }
    }
    let by_key: BTreeMap<&str, (&String, &api::Credential)> =
        kept.iter().map(|(identity, own)| (own.key.as_str(), (identity, *own))).collect();
    let places: BTreeMap<&String, usize> =
        by_key.values().enumerate().map(|(at, (identity, _))| (*identity, at)).collect();
    let place = |it: &api::Credential| places.get(&identity(it)).copied().unwrap_or_default();
    let credential_of = keyed.iter().map(place).collect();
    (by_key.into_values().map(|(_, own)| own.clone()).collect(), credential_of)
}

/// What tells a credential from others: its key, where the name of a header has no case (RFC 9110 §5.1).
fn identity(credential: &api::Credential) -> String {
    match &credential.scheme {
        api::Scheme::HeaderKey { name } => {
            let words = [format!("header:{}", name.to_ascii_lowercase())];
            let words = words.iter().chain(&credential.variables);
            words.map(String::as_str).collect::<Vec<_>>().join(" ")
        }
        _ => credential.key.clone(),
    }
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

#[cfg(test)]
mod tests {
    use super::credentials;
    use crate::draft::{Credential, Draft, Scheme};
    use crate::origin::Origin;

    #[test]
    fn the_name_of_a_header_has_no_case() {
        let key = |name: &str, variable: &str| Credential {
            scheme: Scheme::HeaderKey { name: name.to_owned() },
            variables: vec![variable.to_owned()],
            origin: Origin::default(),
        };
        let query = Scheme::QueryKey { name: "x-key".to_owned() };
        let draft = Draft {
            credentials: vec![
                key("x-key", "k"),
                key("X-Key", "k"),
                key("X-Key", "other"),
                Credential { scheme: query, ..key("", "k") },
            ],
            ..Draft::default()
        };
        let (found, places) = credentials(&draft);
        let keys: Vec<&str> = found.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["header:X-Key k", "header:X-Key other", "query:x-key k"]);
        assert_eq!(places, [0, 0, 1, 2]);
    }
}
