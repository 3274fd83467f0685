//! Which `{{variables}}` configure the client, and which of their values may be its defaults (POSTMAN.md §7).

use super::address::Address;
use super::context::Context;
use super::walk::Placed;
use super::{auth, holes};
use crate::credential::is_credential;
use crate::draft::Variable;
use crate::origin::Origin;
use crate::postman::{Body, Collection, Field};
use crate::template::{Piece, Template};
use std::collections::{BTreeMap, BTreeSet};

/// A variable is shared when at least one in this many operations uses it…
const SHARED_BY_ONE_IN: usize = 2;
/// …and at least this many: in a small collection chance alone would share.
const SHARED_AT_LEAST: usize = 3;
/// As many rounds of replacing as Postman makes.
const ROUNDS: usize = 19;

/// Names of the variables that configure the client: those of base URLs, of AWS regions, of entry names and of GraphQL documents, those that clash with a path parameter, and the shared ones.
pub(super) fn client(requests: &[(&Placed<'_>, &Address)]) -> BTreeSet<String> {
    let mut client = BTreeSet::new();
    let mut users: BTreeMap<String, usize> = BTreeMap::new();
    for (placed, address) in requests {
        client.extend(in_template(&address.base));
        client.extend(placed.auth.map(auth::variables).unwrap_or_default());
        let arguments = address.path.arguments();
        let clash = |name: &String| arguments.contains(&name.as_str());
        client.extend(in_template(&address.path).into_iter().filter(clash));
        if let Some(Body::GraphQl { query: Some(query), .. }) = &placed.request.message.body {
            client.extend(holes::variables(query));
        }
        let mut used = BTreeSet::from_iter(in_template(&address.path));
        for field in entries(placed, address).filter(|field| field.enabled) {
            client.extend(holes::variables(&field.name));
            if !is_credential(&field.name) {
                used.extend(field.value.scalar().map(holes::variables).unwrap_or_default());
            }
        }
        for name in used {
            *users.entry(name).or_default() += 1;
        }
    }
    let shared =
        |count: usize| count >= SHARED_AT_LEAST && count * SHARED_BY_ONE_IN >= requests.len();
    client.extend(users.into_iter().filter(|(_, count)| shared(*count)).map(|(name, _)| name));
    client
}

/// The path with its variables settled: arguments, unless they configure the client.
pub(super) fn settled(path: &Template, context: &Context) -> Template {
    let settle = |piece: &Piece| match piece {
        Piece::Variable(name) if !context.client.contains(name) => Piece::Argument(name.clone()),
        Piece::Text(_) | Piece::Argument(_) => piece.clone(),
        Piece::Variable(_) | Piece::Dynamic(_) => piece.clone(),
    };
    Template(path.0.iter().map(settle).collect())
}

/// The variables of the draft, by name.
pub(super) fn variables(
    collection: &Collection,
    requests: &[(&Placed<'_>, &Address)],
    context: &Context,
) -> Vec<Variable> {
    let mut bases: BTreeMap<String, Origin> = BTreeMap::new();
    let mut uses: BTreeMap<String, Origin> = BTreeMap::new();
    for (placed, address) in requests {
        let origin = || placed.request.origin.clone();
        for name in in_template(&address.base) {
            bases.entry(name).or_insert_with(origin);
        }
        for name in in_template(&address.path) {
            uses.entry(name).or_insert_with(origin);
        }
    }
    let somewhere = requests.first().map(|(placed, _)| placed.request.origin.clone());
    let variable = |name: &String| {
        let declared = declared(collection, name);
        let base = declared.filter(|_| bases.contains_key(name));
        let origin = declared.map(|field| &field.origin);
        let origin = origin.or_else(|| bases.get(name)).or_else(|| uses.get(name));
        Variable {
            name: name.clone(),
            default: base.and_then(|field| default(collection, field)),
            docs: context.docs(declared.and_then(|field| field.description.as_ref())),
            origin: origin.or(somewhere.as_ref()).cloned().unwrap_or_default(),
        }
    };
    context.client.iter().map(variable).collect()
}

/// The collection's last variable of that name that is in use.
pub(super) fn declared<'a>(collection: &'a Collection, name: &str) -> Option<&'a Field> {
    collection.variables.iter().rev().find(|field| field.name == name && field.enabled)
}

fn in_template(template: &Template) -> Vec<String> {
    let name = |piece: &Piece| match piece {
        Piece::Variable(name) => Some(name.clone()),
        Piece::Text(_) | Piece::Argument(_) | Piece::Dynamic(_) => None,
    };
    template.0.iter().filter_map(name).collect()
}

fn entries<'a>(placed: &Placed<'a>, address: &'a Address) -> impl Iterator<Item = &'a Field> {
    let message = &placed.request.message;
    let (form, parts) = match &message.body {
        Some(Body::UrlEncoded(fields)) => (fields.as_slice(), [].as_slice()),
        Some(Body::FormData(parts)) => ([].as_slice(), parts.as_slice()),
        Some(Body::Raw { .. } | Body::File(_) | Body::NoFile | Body::GraphQl { .. }) | None => {
            ([].as_slice(), [].as_slice())
        }
    };
    let parts = parts.iter().map(|part| &part.field);
    address.query.iter().chain(&message.headers).chain(form).chain(parts)
}

/// The value of a variable with the variables in it replaced, where it is a plain base URL or host.
fn default(collection: &Collection, field: &Field) -> Option<String> {
    if is_credential(&field.name) {
        return None;
    }
    let mut text = field.value.scalar()?.trim().to_owned();
    for _ in 0..ROUNDS {
        if !text.contains("{{") || text.len() > 2_000 {
            break;
        }
        let mut replaced = String::new();
        for piece in holes::template(&text).0 {
            match piece {
                Piece::Text(text) => replaced.push_str(&text),
                Piece::Variable(name) => {
                    let inner = declared(collection, &name).filter(|_| !is_credential(&name));
                    replaced.push_str(inner?.value.scalar()?.trim());
                }
                Piece::Argument(_) | Piece::Dynamic(_) => return None,
            }
        }
        text = replaced;
    }
    is_plain_base(&text).then_some(text)
}

/// `http(s)://host…` without user name, query or fragment; or a host name with a dot, or `localhost`.
fn is_plain_base(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let address = rest.unwrap_or(&lower);
    let host = address.split('/').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/:%".contains(&b);
    let named = name.contains('.') || name == "localhost" || rest.is_some();
    named && !name.is_empty() && host.bytes().all(|b| b != b'%') && address.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::is_plain_base;

    #[test]
    fn keeps_plain_addresses_only() {
        for text in
            ["https://api.x.com/v1", "http://localhost:80", "api.x.com", "localhost", "h.x:1"]
        {
            assert!(is_plain_base(text), "{text}");
        }
        for text in
            ["", "abc", "https://u:p@x.com", "https://x.com?k=1", "a b.c", "https://", "{{x}}.y"]
        {
            assert!(!is_plain_base(text), "{text}");
        }
    }
}
