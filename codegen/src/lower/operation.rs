//! One request -> one operation, or the reason why it is none.

use super::address::{self, Address, Unreachable};
use super::auth::{self, ParsedAuth};
use super::context::Context;
use super::headers::{self, Headers};
use super::walk::Placed;
use super::{body, query, responses, variables};
use crate::credential::is_credential;
use crate::diagnostic::Diagnostic;
use crate::draft::{Body, CredentialId, Entry, Operation, PathParameter, PathSource, Scheme};
use crate::placeholder::hint;
use crate::postman::{Collection, Field};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// Lowers one request; `None` leaves it out, with a finding.
pub(super) fn operation(
    placed: &Placed<'_>,
    address: &Address,
    collection: &Collection,
    context: &mut Context,
) -> Option<Operation> {
    let request = placed.request;
    let message = &request.message;
    let method = method(placed, context)?;
    let mut sorted = headers::sort(message, context)?;
    let says_type = sorted.content_type.is_some();
    let body = body::body(request, &method, placed.profile, &mut sorted, context);
    context.found.extend(body.iter().flat_map(examples));
    context.found.extend(hostless(address));
    let Authenticated { auth, query, api_key_position } =
        credential(placed, address, &mut sorted, context);
    let path = variables::settled(&address.path, context);
    Some(Operation {
        origin: request.origin.clone(),
        name: request.name.clone(),
        docs: context.docs(request.description.as_ref()),
        folder: placed.folder,
        method,
        server: context.server(address.base.clone(), &request.origin),
        path_parameters: path_parameters(&path, address, collection, context),
        path,
        query,
        api_key_position,
        headers: header_entries(&sorted, context),
        auth,
        omit_content_type: omit_content_type(placed, body.as_ref(), context) && !says_type,
        body,
        responses: responses::responses(&request.responses),
    })
}

/// Whether the profile takes the body's own `Content-Type` away; parts cannot be read without the boundary it names.
fn omit_content_type(placed: &Placed<'_>, body: Option<&Body>, context: &mut Context) -> bool {
    match body {
        None => false,
        Some(_) if placed.profile.omit_content_type != Some(true) => false,
        Some(Body::Multipart(_)) => {
            let message = "a multipart body is sent with its `Content-Type` all the same: it cannot be read without";
            let origin = placed.request.origin.clone();
            context.found.push(Diagnostic::warning("lower::content-type", message, origin));
            false
        }
        Some(Body::Raw { .. } | Body::Form(_) | Body::Binary { .. } | Body::GraphQl { .. }) => true,
    }
}

/// The findings that variables in a raw body are examples there: the caller gives the values, and the keys are as written.
fn examples(body: &Body) -> Vec<Diagnostic> {
    let Body::Raw { samples, .. } = body else { return Vec::new() };
    let Some(sample) = samples.first() else { return Vec::new() };
    let note = |message| Diagnostic::note("lower::example-in-body", message, sample.origin.clone());
    let generated = "values that Postman makes anew for each call are examples in a raw body: the caller gives them";
    let keys = "a key with a variable is sent as it is written: use `extra` or a hint `map = true`";
    let is_keyed = |after: &str| after.trim_start().starts_with(':');
    let keyed = sample.text.split("}}\"").skip(1).any(is_keyed);
    let found = [sample.text.contains("{{$").then_some(generated), keyed.then_some(keys)];
    found.into_iter().flatten().map(note).collect()
}

/// The finding for a request that leads nowhere.
pub(super) fn unreachable(placed: &Placed<'_>, why: &Unreachable) -> Diagnostic {
    let request = placed.request;
    let mut origin = request.origin.clone();
    let url = request.message.url.as_ref().map(|url| url.origin.clone());
    match why {
        Unreachable::Missing => {
            origin.pointer = origin.pointer.key("request").key("url");
            let message = "the request has no URL; it is left out";
            Diagnostic::warning("lower::no-url", message, url.unwrap_or(origin))
        }
        Unreachable::Scheme(scheme) => {
            let message = format!("`{scheme}` is neither http nor https; the request is left out");
            Diagnostic::warning("lower::scheme", message, url.unwrap_or(origin))
        }
    }
}

/// The finding that the base URL of a request is for the caller to give.
fn hostless(address: &Address) -> Option<Diagnostic> {
    let message = "the URL has no host: it is sent to the base URL that the builder is given";
    let finding = || Diagnostic::note("lower::no-host", message, address.origin.clone());
    address.base.0.is_empty().then(finding)
}

/// The method in upper case. One that is no token costs its request; a line break or another control character in it is an attack or a mistake that a person must see.
fn method(placed: &Placed<'_>, context: &mut Context) -> Option<String> {
    let message = &placed.request.message;
    let method = message.method.to_uppercase();
    if method.is_empty() {
        return Some("GET".to_owned());
    }
    if headers::is_token(&method) {
        return Some(method);
    }
    let text = format!("{:?} is no HTTP method; the request is left out", message.method);
    let origin = message.method_origin.clone();
    let is_hostile = method.trim().contains(char::is_control);
    let finding = if is_hostile { Diagnostic::error } else { Diagnostic::warning };
    context.found.push(finding("lower::method", text, origin));
    None
}

/// A request's credential, and the query entries beside it.
struct Authenticated {
    auth: Option<CredentialId>,
    query: Vec<Entry>,
    api_key_position: Option<usize>,
}

/// How the request is authenticated: its auth block, else what is written by hand. What is found moves out of headers and query.
fn credential(
    placed: &Placed<'_>,
    address: &Address,
    headers: &mut Headers<'_>,
    context: &mut Context,
) -> Authenticated {
    let block = placed.auth.and_then(|auth| auth::block(auth, context));
    let by_hand = by_hand(headers, address, block.as_ref().is_some_and(|block| block.sent));
    let sent = block.as_ref().filter(|block| block.sent).is_some();
    if let (Some(block), Some(by_hand)) = (&block, &by_hand) {
        context.found.extend(given_way(block, by_hand));
    }
    let found = if sent { block } else { by_hand.or(block) };
    let mut fields: Vec<&Field> = address.query.iter().collect();
    let mut api_key_position = None;
    if let Some(found) = &found {
        let before = headers.credentials.clone();
        if !sent {
            api_key_position = take_key(found, &mut fields);
        }
        displace(found, headers, &mut fields, sent);
        if !sent {
            context.found.extend(second(&before, headers));
        }
        context.found.extend(second_in_url(found, address));
    }
    let auth = found.map(|found| {
        let variables = found.variables();
        context.withheld.insert(placed.request.origin.pointer.clone(), found.parts);
        context.credential(found.scheme, variables, &found.origin)
    });
    let beside = headers.credentials.iter().chain(&fields);
    let beside = beside.filter(|field| auth.is_some() && field.enabled);
    context.found.extend(beside.filter_map(|field| further(field)));
    let query = fields.into_iter().map(|field| query::entry(field, context)).collect();
    Authenticated { auth, query, api_key_position }
}

/// The first credential written by hand: `Authorization`, then user name and password in the URL, then another header, then a query key.
fn by_hand(headers: &Headers<'_>, address: &Address, beaten: bool) -> Option<ParsedAuth> {
    if beaten {
        return None;
    }
    let named = headers.credentials.iter().find(|f| f.name.eq_ignore_ascii_case("authorization"));
    if let Some(field) = named {
        return Some(auth::authorization(&headers::text(&field.value), &field.origin));
    }
    if let Some(text) = &address.userinfo {
        return Some(auth::userinfo(text, &address.origin));
    }
    let keys = address.query.iter().filter(|field| query::is_client_key(field));
    let header = headers.credentials.first().map(|field| auth::header_key(field));
    header.or_else(|| keys.map(auth::query_key).next())
}

/// The finding that a credential written by hand stands there again: Postman sends both, but a request has one (RFC 9110 §11.6.2).
fn second(before: &[&Field], headers: &Headers<'_>) -> Option<Diagnostic> {
    let is_left = |field: &&&Field| !headers.credentials.iter().any(|left| left == *field);
    let field = before.iter().filter(is_left).nth(1)?;
    let message =
        format!("`{}` stands here a second time; the first one alone is sent", field.name);
    Some(Diagnostic::warning("lower::second-credential", message, field.origin.clone()))
}

/// The finding that an auth block gives way to a credential of another place that is written by hand.
fn given_way(block: &ParsedAuth, by_hand: &ParsedAuth) -> Option<Diagnostic> {
    let is_header = |found: &ParsedAuth| {
        !matches!(found.scheme, Scheme::HeaderKey { .. } | Scheme::QueryKey { .. })
    };
    let is_same = block.scheme == by_hand.scheme || (is_header(block) && is_header(by_hand));
    let message = "the auth block sends nothing as it is, and gives way to the credential written by hand: a request has one";
    let origin = block.origin.clone();
    (!is_same).then(|| Diagnostic::warning("lower::second-credential", message, origin))
}

/// The finding that a header or query entry carries a credential besides the request's own.
fn further(field: &Field) -> Option<Diagnostic> {
    let is_sent = field.value.scalar().is_some_and(|text| !text.is_empty());
    let message = format!(
        "`{}` is a further credential: the client holds one, this one is given call by call",
        field.name
    );
    let finding = || Diagnostic::note("lower::further-credential", message, field.origin.clone());
    (is_sent && is_credential(&field.name)).then(finding)
}

/// The finding that user name and password in the URL are left out, since the request has another credential.
fn second_in_url(found: &ParsedAuth, address: &Address) -> Option<Diagnostic> {
    let is_left_out = address.userinfo.is_some() && found.origin != address.origin;
    let message = "user name and password in the URL are not sent: a request has one credential";
    let finding =
        || Diagnostic::warning("lower::second-credential", message, address.origin.clone());
    is_left_out.then(finding)
}

/// Takes the entry that is the key out of the query, and says where it stood.
fn take_key(found: &ParsedAuth, query: &mut Vec<&Field>) -> Option<usize> {
    let Scheme::QueryKey { name } = &found.scheme else { return None };
    let place = query.iter().position(|field| field.enabled && field.name == *name)?;
    query.remove(place);
    Some(place)
}

/// Takes away what the scheme replaces; a key that the scheme adds replaces all of its name.
fn displace(found: &ParsedAuth, headers: &mut Headers<'_>, query: &mut Vec<&Field>, adds: bool) {
    let header = match &found.scheme {
        _ if found.keeps_header == Some(true) => return,
        Scheme::HeaderKey { name } => name,
        Scheme::QueryKey { name } => {
            query.retain(|field| !adds || !field.enabled || field.name != *name);
            if found.keeps_header != Some(false) {
                return;
            }
            "Authorization"
        }
        Scheme::Bearer { .. } | Scheme::Basic | Scheme::OAuth2 { .. } => "Authorization",
        Scheme::Digest | Scheme::AwsV4 { .. } => "Authorization",
        Scheme::Custom { .. } => "Authorization",
    };
    headers.credentials.retain(|field| !headers::alike(&field.name, header));
    headers.plain.retain(|field| !field.enabled || !headers::alike(&field.name, header));
}

fn header_entries(sorted: &Headers<'_>, context: &Context) -> Vec<Entry> {
    let secret = sorted.credentials.iter().chain(&sorted.unused);
    let mut fields: Vec<(&Field, Entry)> =
        secret.map(|field| (*field, headers::secret(field, context))).collect();
    let plain = sorted.plain.iter().chain(&sorted.more_content_types).chain(&sorted.content_type);
    fields.extend(plain.map(|field| (*field, headers::plain(field, context))));
    fields.sort_by_key(|(field, _)| field.origin.span.map(|span| span.start));
    fields.into_iter().map(|(_, entry)| entry).collect()
}

fn path_parameters(
    path: &Template,
    address: &Address,
    collection: &Collection,
    context: &Context,
) -> Vec<PathParameter> {
    let segments = BTreeSet::from_iter(address.path.arguments());
    let values: BTreeMap<&str, &Field> =
        address.variables.iter().map(|field| (field.name.as_str(), field)).collect();
    let parameter = |name: &str| {
        if !segments.contains(name) {
            let declared = variables::declared(collection, name);
            let docs = context.docs(declared.and_then(|field| field.description.as_ref()));
            return PathParameter {
                name: name.to_owned(),
                source: PathSource::Variable,
                docs,
                example: None,
            };
        }
        let field = values.get(name).copied();
        let is_open = |field: &&Field| !context.withholds(name, field.value.scalar());
        let open = field.filter(is_open);
        let mut docs = context.docs(field.and_then(|field| field.description.as_ref()));
        docs.tell(&open.and_then(|field| hint(name, field.value.scalar()?)).into_iter().collect());
        PathParameter {
            name: name.to_owned(),
            source: PathSource::Segment,
            docs,
            example: open
                .and_then(|field| address::usable(&field.value))
                .or_else(|| address.written.get(name).cloned()),
        }
    };
    path.arguments().into_iter().map(parameter).collect()
}
