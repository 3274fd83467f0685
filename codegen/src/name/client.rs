//! Names of the client as a whole: the package and the setters of its builder.
//!
//! In: title, variables, servers and credentials. Out: their names. Knows neither operations nor types.

use super::held::{self, Held};
use super::lock::{FIRST_SERVER, Locked};
use super::scope::{Entry, Scope};
use super::template_words::text;
use super::{CredentialNames, Names, reserved, words};
use crate::api::{Api, Credential, Scheme, Server};
use crate::diagnostic::Diagnostic;
use crate::origin::Origin;
use crate::overlay::ClientTable;
use crate::template::{Piece, Template};

/// Words of a base URL that say nothing of what it serves.
const BARE_HOST: &[&str] = &[
    "api", "base", "baseurl", "com", "domain", "endpoint", "host", "hostname", "http", "https",
    "io", "net", "org", "server", "uri", "url", "www",
];

/// A setter that some credentials have beside their own.
struct Further {
    kind: &'static str,
    rank: u8,
    /// What it is called where nothing else is.
    words: fn(&Scheme) -> &'static [&'static str],
    /// Which schemes have it.
    of: fn(&Scheme) -> bool,
}

/// Setters of a client's id and secret, of temporary credentials, and of a signer.
const FURTHER: [&Further; 3] = [
    &Further {
        kind: "tokens",
        rank: 4,
        words: |_| &["client", "credentials"],
        of: |scheme| matches!(scheme, Scheme::OAuth2 { token_url: Some(_), .. }),
    },
    &Further {
        kind: "temporary",
        rank: 5,
        words: |_| &["aws", "temporary", "credentials"],
        of: |scheme| matches!(scheme, Scheme::AwsV4 { .. }),
    },
    &Further {
        kind: "signer",
        rank: 6,
        words: |scheme| {
            if *scheme == Scheme::Digest { &["digest", "signer"] } else { &["aws", "signer"] }
        },
        of: is_optional,
    },
];

/// Names package, version, variables, servers and credentials.
pub(super) fn name(
    api: &Api,
    client: &ClientTable,
    held: &Held<'_>,
    found: &mut Vec<Diagnostic>,
) -> Names {
    let entries = entries(api, held);
    let mut scope = Scope::new(reserved::BUILDER.iter().copied());
    scope.keep(held.kept_of_client());
    let mut named = scope.resolve_members(&entries).into_iter().map(|named| named.name);
    let variables = named.by_ref().take(api.variables.len()).collect();
    let first = api.servers.first().map(|_| FIRST_SERVER.to_owned());
    let others = api.servers.len().saturating_sub(1);
    let servers = first.into_iter().chain(named.by_ref().take(others)).collect();
    let setters: Vec<String> = named.by_ref().take(api.credentials.len()).collect();
    let mut further = FURTHER.map(|further| {
        let name = |it: &Credential| if (further.of)(&it.scheme) { named.next() } else { None };
        api.credentials.iter().map(name).collect::<Vec<_>>().into_iter()
    });
    let credentials = api.credentials.iter().zip(setters).map(|(credential, setter)| {
        let [tokens, temporary, signer] = further.each_mut().map(|names| names.next().flatten());
        CredentialNames { setter, tokens, temporary, signer, parts: parts(&credential.scheme) }
    });
    let credentials = credentials.collect();
    Names {
        package: package(api, client, found),
        version: client.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        license: client.license.clone(),
        repository: client.repository.clone(),
        keywords: client.keywords.clone(),
        categories: client.categories.clone(),
        variables,
        servers,
        credentials,
        ..Names::default()
    }
}

/// All setters: those of variables, of servers but the first, of credentials, and what goes with these.
fn entries(api: &Api, held: &Held<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let own = |held: &[Option<&Locked>], at: usize, entry: Entry| Entry {
        lock: held::name_of(held, at),
        ..entry
    };
    for (at, variable) in api.variables.iter().enumerate() {
        let mut entry = own(&held.variables, at, variable_entry(&variable.name));
        if is_base_url(api, &variable.name)
            && entry.lock.as_deref().is_none_or(|it| it == FIRST_SERVER)
        {
            entry.pin = Some(FIRST_SERVER.to_owned());
        }
        entries.push(entry);
    }
    for (at, server) in api.servers.iter().enumerate().skip(1) {
        entries.push(own(&held.servers, at, server_entry(server)));
    }
    for (at, credential) in api.credentials.iter().enumerate() {
        entries.push(own(&held.credentials, at, credential_entry(credential)));
    }
    for further in FURTHER {
        for (at, credential) in api.credentials.iter().enumerate() {
            let locked = held.credentials.get(at).copied().flatten();
            let lock = locked.and_then(|it| it.members.get(further.kind)).cloned();
            let entry =
                (further.of)(&credential.scheme).then(|| further_entry(further, credential));
            entries.extend(entry.map(|entry| Entry { lock, ..entry }));
        }
    }
    entries
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

/// Whether a variable is called like the base URL and is all there is to it: one setter sets both.
fn is_base_url(api: &Api, name: &str) -> bool {
    let said = words::split(name).concat();
    let is_whole = |base: &Template| match base.0.as_slice() {
        [Piece::Variable(own)] => own == name,
        [Piece::Text(scheme), Piece::Variable(own)] => own == name && scheme.ends_with("://"),
        _ => false,
    };
    said == "baseurl" && api.servers.first().is_some_and(|server| is_whole(&server.base))
}

fn variable_entry(name: &str) -> Entry {
    let plain = words::split(name);
    let spelled = words::spell(name);
    let mut entry = entry(format!("variable {name}"), 1, &[plain, spelled]);
    if entry.candidates.is_empty() {
        entry.candidates.push("variable".to_owned());
    }
    // A variable that is its own setter keeps it, whatever else comes to clash with it.
    entry.rank = u8::from(entry.candidates.first().is_none_or(|first| first != name));
    entry
}

fn server_entry(server: &Server) -> Entry {
    if server.base.0.is_empty() {
        // A URL without scheme and host is a relative reference (RFC 3986 §4.2).
        let words = ["relative", "base", "url"].map(str::to_owned);
        return entry("server".to_owned(), 2, &[words.to_vec()]);
    }
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
        // One part of several says nothing of the whole.
        [one] if !is_optional(&credential.scheme) => words::split(one),
        [] | [_, ..] => Vec::new(),
    };
    let all: Vec<String> =
        credential.variables.iter().flat_map(|name| words::split(name)).collect();
    let both = [variable.clone(), scheme.clone()].concat();
    let short = if variable.is_empty() { scheme.clone() } else { variable.clone() };
    let placed = [short, placement_words(&credential.scheme)].concat();
    let regional = [placed.clone(), region_words(&credential.scheme)].concat();
    let spelled: Vec<String> =
        credential.variables.iter().flat_map(|name| words::spell(name)).collect();
    let (all, spelled) = ([all, scheme.clone()].concat(), [spelled, scheme.clone()].concat());
    let lists = [variable, scheme, both, placed, regional, all, spelled];
    entry(format!("credential {}", credential.key), 3, &lists)
}

fn further_entry(further: &Further, credential: &Credential) -> Entry {
    let said = (further.words)(&credential.scheme);
    let said: Vec<String> = said.iter().map(|word| (*word).to_owned()).collect();
    let around: Vec<String> =
        credential.variables.iter().flat_map(|name| words::split(name)).collect();
    let scheme = scheme_words(&credential.scheme);
    let placed = match &credential.scheme {
        Scheme::AwsV4 { .. } => [said.clone(), placement_words(&credential.scheme)].concat(),
        Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::Basic => said.clone(),
        Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } => said.clone(),
        Scheme::Digest | Scheme::Custom { .. } => said.clone(),
    };
    let regional = [placed.clone(), region_words(&credential.scheme)].concat();
    let around = [around, said.clone()].concat();
    let mut lists = vec![said.clone(), placed, regional, around, [scheme, said].concat()];
    lists.dedup();
    entry(format!("{} {}", further.kind, credential.key), further.rank, &lists)
}

fn entry(key: String, rank: u8, lists: &[Vec<String>]) -> Entry {
    let candidates = lists.iter().filter_map(|list| words::snake(list));
    let candidates = candidates.map(|name| aside(name, &key)).collect();
    Entry { key, rank, candidates, ..Entry::default() }
}

/// Steps aside of the builder's own methods by the word of what is set (`timeout_variable`): no `_` alone tells two setters apart.
fn aside(name: String, key: &str) -> String {
    let loosened = |name: &str| name.to_ascii_lowercase().replace('_', "");
    let is_own = reserved::BUILDER.iter().any(|own| loosened(own) == loosened(&name));
    let word = key.split(' ').next().unwrap_or_default();
    if is_own { format!("{}_{word}", name.trim_end_matches('_')) } else { name }
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
            Scheme::Custom { kind, .. } => format!("{kind} auth"),
        };
    words::split(&said)
}

/// Where the credential stands in a request, for credentials that differ in nothing else.
fn placement_words(scheme: &Scheme) -> Vec<String> {
    match scheme {
        Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. } => words::split(prefix),
        Scheme::HeaderKey { .. } => vec!["header".to_owned()],
        Scheme::QueryKey { .. } => vec!["query".to_owned()],
        Scheme::AwsV4 { service, .. } => words::split(&text(service)),
        Scheme::Custom { said, .. } => {
            said.iter().flat_map(|(_, value)| words::split(value)).collect()
        }
        Scheme::Basic | Scheme::Digest => Vec::new(),
    }
}

/// Whether the scheme is behind a feature of the client.
const fn is_optional(scheme: &Scheme) -> bool {
    matches!(scheme, Scheme::Digest | Scheme::AwsV4 { .. })
}

/// Where it is signed for, for names that differ in nothing else.
fn region_words(scheme: &Scheme) -> Vec<String> {
    match scheme {
        Scheme::AwsV4 { region, .. } => words::split(&text(region)),
        Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::Basic => Vec::new(),
        Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } => Vec::new(),
        Scheme::Digest | Scheme::Custom { .. } => Vec::new(),
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
