//! Names of the client as a whole: the package and the setters of its builder.
//!
//! In: title, variables, servers and credentials. Out: their names. Knows neither operations nor types.

use super::operations::text;
use super::scope::{Entry, Scope};
use super::{CredentialNames, Names, reserved, words};
use crate::api::{Api, Credential, Scheme, Server};
use crate::diagnostic::Diagnostic;
use crate::origin::Origin;
use crate::overlay::ClientTable;

/// Words of a base URL that say nothing of what it serves.
const BARE_HOST: &[&str] = &[
    "api", "base", "baseurl", "com", "domain", "endpoint", "host", "hostname", "http", "https",
    "io", "net", "org", "server", "uri", "url", "www",
];

/// Names package, version, variables, servers and credentials.
pub(super) fn name(api: &Api, client: &ClientTable, found: &mut Vec<Diagnostic>) -> Names {
    let mut entries: Vec<Entry> =
        api.variables.iter().map(|variable| variable_entry(&variable.name)).collect();
    entries.extend(api.servers.iter().skip(1).map(server_entry));
    entries.extend(api.credentials.iter().map(credential_entry));
    entries.extend(api.credentials.iter().filter(|it| is_fetched(it)).map(tokens_entry));
    let mut scope = Scope::new(reserved::BUILDER.iter().copied());
    let mut named = scope.resolve_members(&entries).into_iter().map(|named| named.name);
    let variables = named.by_ref().take(api.variables.len()).collect();
    let first = api.servers.first().map(|_| "base_url".to_owned());
    let others = api.servers.len().saturating_sub(1);
    let servers = first.into_iter().chain(named.by_ref().take(others)).collect();
    let setters: Vec<String> = named.by_ref().take(api.credentials.len()).collect();
    let credentials = api.credentials.iter().zip(setters).map(|(credential, setter)| {
        let tokens = if is_fetched(credential) { named.next() } else { None };
        CredentialNames { setter, tokens, parts: parts(&credential.scheme) }
    });
    let credentials = credentials.collect();
    Names {
        package: package(api, client, found),
        version: client.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        variables,
        servers,
        credentials,
        ..Names::default()
    }
}

/// The package: `[client] name`, or the words of the title.
fn package(api: &Api, client: &ClientTable, found: &mut Vec<Diagnostic>) -> String {
    if let Some(name) = &client.name {
        if is_package(name) {
            return name.clone();
        }
        let message = format!("`{name}` cannot be a package's name");
        let origin = Origin::default();
        found.push(Diagnostic::error("name::invalid-package", message, origin).with_help(
            "write 1 to 64 lower-case letters, digits, `-` and `_`, a letter first, that no package of the language has",
        ));
    }
    let said = words::split(&api.title);
    let kebab = words::snake(&said).unwrap_or_default().trim_end_matches('_').replace('_', "-");
    if is_package(&kebab) {
        return kebab;
    }
    let client = format!("{kebab}-client");
    if is_package(&client) { client } else { "api-client".to_owned() }
}

fn is_package(name: &str) -> bool {
    let valid = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '_'
    };
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.len() <= 64
        && name.chars().all(valid)
        && !reserved::is_package(name)
}

fn variable_entry(name: &str) -> Entry {
    let plain = words::split(name);
    let spelled = words::spell(name);
    let style: Vec<String> = words::style(name).into_iter().collect();
    let lists = [plain.clone(), spelled, [plain, style].concat(), vec!["variable".to_owned()]];
    let mut entry = entry(format!("variable {name}"), 1, &lists);
    // A variable that is its own setter keeps it, whatever else comes to clash with it.
    entry.rank = u8::from(entry.candidates.first().is_none_or(|first| first != name));
    entry
}

fn server_entry(server: &Server) -> Entry {
    let base = text(&server.base);
    let said = words::split(&base);
    let telling: Vec<String> =
        said.iter().filter(|word| !BARE_HOST.contains(&word.as_str())).cloned().collect();
    let base_url = |list: &[String]| [list, &["base".to_owned(), "url".to_owned()]].concat();
    let lists =
        [base_url(telling.get(..1).unwrap_or_default()), base_url(&telling), base_url(&said)];
    entry(format!("server {base}"), 2, &lists)
}

fn credential_entry(credential: &Credential) -> Entry {
    let scheme = scheme_words(&credential.scheme);
    let variable = match credential.variables.as_slice() {
        [one] => words::split(one),
        [] | [_, ..] => Vec::new(),
    };
    let all: Vec<String> =
        credential.variables.iter().flat_map(|name| words::split(name)).collect();
    let both = [variable.clone(), scheme.clone()].concat();
    let short = if variable.is_empty() { scheme.clone() } else { variable.clone() };
    let placed = [short, placement_words(&credential.scheme)].concat();
    let styled = [placed.clone(), style_words(&credential.scheme)].concat();
    let spelled: Vec<String> =
        credential.variables.iter().flat_map(|name| words::spell(name)).collect();
    let (all, spelled) = ([all, scheme.clone()].concat(), [spelled, scheme.clone()].concat());
    let lists = [variable, scheme, both, placed, styled, all, spelled];
    entry(format!("credential {}", credential.key), 3, &lists)
}

/// Whether a client's id and secret can be changed for tokens.
const fn is_fetched(credential: &Credential) -> bool {
    matches!(credential.scheme, Scheme::OAuth2 { token_url: Some(_), .. })
}

/// The setter of a client's id and secret.
fn tokens_entry(credential: &Credential) -> Entry {
    let said = vec!["client".to_owned(), "credentials".to_owned()];
    let around: Vec<String> =
        credential.variables.iter().flat_map(|name| words::split(name)).collect();
    let scheme = scheme_words(&credential.scheme);
    let lists = [said.clone(), [around, said.clone()].concat(), [scheme, said].concat()];
    entry(format!("tokens {}", credential.key), 4, &lists)
}

fn entry(key: String, rank: u8, lists: &[Vec<String>]) -> Entry {
    Entry {
        key,
        pin: None,
        rank,
        candidates: lists.iter().filter_map(|list| words::snake(list)).collect(),
    }
}

fn scheme_words(scheme: &Scheme) -> Vec<String> {
    let said =
        match scheme {
            Scheme::Bearer { .. } => "bearer token".to_owned(),
            Scheme::Basic => "basic auth".to_owned(),
            Scheme::HeaderKey { name } | Scheme::QueryKey { name } => {
                if words::split(name).is_empty() { "api key".to_owned() } else { name.clone() }
            }
            Scheme::OAuth2 { .. } => "access token".to_owned(),
            Scheme::Digest => "digest auth".to_owned(),
            Scheme::AwsV4 { .. } => "aws credentials".to_owned(),
            Scheme::Custom { kind } => format!("{kind} auth"),
        };
    words::split(&said)
}

/// Where the credential stands in a request, for credentials that differ in nothing else.
fn placement_words(scheme: &Scheme) -> Vec<String> {
    match scheme {
        Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. } => words::split(prefix),
        Scheme::HeaderKey { .. } => vec!["header".to_owned()],
        Scheme::QueryKey { .. } => vec!["query".to_owned()],
        Scheme::AwsV4 { service, region } => [words::split(service), words::split(region)].concat(),
        Scheme::Basic | Scheme::Digest | Scheme::Custom { .. } => Vec::new(),
    }
}

/// How the name on the wire is written, for names that differ in nothing else.
fn style_words(scheme: &Scheme) -> Vec<String> {
    match scheme {
        Scheme::HeaderKey { name } | Scheme::QueryKey { name } => {
            words::style(name).into_iter().collect()
        }
        Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::Basic => Vec::new(),
        Scheme::Digest | Scheme::AwsV4 { .. } | Scheme::Custom { .. } => Vec::new(),
    }
}

/// Arguments of a credential's setter.
fn parts(scheme: &Scheme) -> Vec<String> {
    let parts: &[&str] = match scheme {
        Scheme::Bearer { .. } | Scheme::OAuth2 { .. } => &["token"],
        Scheme::Basic | Scheme::Digest => &["username", "password"],
        Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } => &["key"],
        Scheme::AwsV4 { .. } => &["access_key", "secret_key"],
        Scheme::Custom { .. } => &["signer"],
    };
    parts.iter().map(|part| (*part).to_owned()).collect()
}
