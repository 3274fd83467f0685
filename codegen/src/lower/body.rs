//! Bodies by mode, with the `Content-Type` that Postman sends (POSTMAN.md §5).

mod form;

use super::context::Context;
use super::headers::{self, Headers};
use super::holes;
use crate::diagnostic::Diagnostic;
use crate::draft::{Body, Part, Sample};
use crate::origin::Origin;
use crate::postman::{self, FormPart, Profile, Request};
use crate::template::{Piece, Template};

/// Methods whose body Postman drops unless told otherwise.
const BODILESS: &[&str] = &["GET", "HEAD", "COPY", "PURGE", "UNLOCK"];

/// The body of a request; takes the `Content-Type` out of `headers` where the body carries it.
pub(super) fn body(
    request: &Request,
    method: &str,
    profile: Profile,
    headers: &mut Headers<'_>,
    context: &mut Context,
) -> Option<Body> {
    let dropped = BODILESS.contains(&method) && profile.keep_body != Some(true);
    let body = request.message.body.as_ref().filter(|_| !dropped)?;
    match body {
        postman::Body::Raw { text, language, origin } => {
            let own = Sample { text: text.clone(), origin: origin.clone() };
            Some(raw(request, own, language.as_deref(), headers))
        }
        postman::Body::UrlEncoded(fields) => {
            let form = form::urlencoded(fields, context)?;
            headers.forget_content_type();
            Some(Body::Form(form))
        }
        postman::Body::FormData(parts) => {
            let parts = multipart(parts, context)?;
            headers.forget_content_type();
            Some(Body::Multipart(parts))
        }
        postman::Body::File(name) => {
            let by_name = |name| form::by_extension(name).unwrap_or("application/octet-stream");
            let by_name = name.as_deref().map(|name| by_name(name).to_owned());
            Some(Body::Binary { content_type: taken(headers).or(by_name) })
        }
        postman::Body::NoFile => {
            let message = "the body is a file, and none is chosen: there is no body, as in Postman";
            let note = Diagnostic::note("lower::no-file", message, request.origin.clone());
            context.found.push(note.with_help("give the call one by `.upload(…)`"));
            None
        }
        postman::Body::GraphQl { query, operation_name, variables } => {
            Some(graphql(query.as_deref(), operation_name.as_ref(), variables.as_ref(), headers))
        }
    }
}

/// The literal `Content-Type` of the headers, taken out of them unless there are several.
fn taken(headers: &mut Headers<'_>) -> Option<String> {
    let literal = headers::literal(headers.content_type?);
    if literal.is_some() && headers.more_content_types.is_empty() {
        headers.content_type = None;
    }
    literal
}

fn raw(request: &Request, own: Sample, language: Option<&str>, headers: &mut Headers<'_>) -> Body {
    let by_language = match language {
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("html") => "text/html",
        Some("javascript") => "application/javascript",
        Some(_) | None => "text/plain",
    };
    let content_type = taken(headers).unwrap_or_else(|| by_language.to_owned());
    let declared_json = language == Some("json") || is_json(&content_type);
    Body::Raw { samples: samples(request, own), content_type, declared_json }
}

/// Whether a response of this status says that the request's body was wrong (RFC 9110 §15.5.1, §15.5.21): what it held is no example.
pub(super) fn is_refused(status: u16) -> bool {
    matches!(status, 400 | 422)
}

/// The request's own body and those of the requests that got its saved responses, unless they were refused for what they hold, each text once.
fn samples(request: &Request, own: Sample) -> Vec<Sample> {
    let mut samples = vec![own];
    let taken = request.responses.iter().filter(|it| !it.status.is_some_and(is_refused));
    let others = taken.filter_map(|response| response.request.as_ref());
    for other in others {
        if let Some(postman::Body::Raw { text, origin, .. }) = &other.body
            && samples.iter().all(|sample| sample.text != *text)
        {
            samples.push(Sample { text: text.clone(), origin: origin.clone() });
        }
    }
    samples
}

/// Whether a media type is `application/json` or a structured syntax suffix `+json` (RFC 6839).
pub(super) fn is_json(content_type: &str) -> bool {
    let media_type = media_type(content_type);
    media_type == "application/json" || media_type == "text/json" || media_type.ends_with("+json")
}

/// A content type in lower case, without its parameters.
pub(super) fn media_type(content_type: &str) -> String {
    let end = content_type.find(';').unwrap_or(content_type.len());
    content_type.get(..end).unwrap_or_default().trim().to_ascii_lowercase()
}

fn graphql(
    query: Option<&str>,
    operation_name: Option<&String>,
    variables: Option<&(String, Origin)>,
    headers: &mut Headers<'_>,
) -> Body {
    if headers
        .content_type
        .and_then(headers::literal)
        .is_some_and(|text| text == "application/json")
    {
        headers.content_type = None;
    }
    let sample =
        |(text, origin): &(String, Origin)| Sample { text: text.clone(), origin: origin.clone() };
    Body::GraphQl {
        query: query.map(document).unwrap_or_default(),
        operation_name: operation_name.cloned(),
        variables: variables.map(sample),
    }
}

/// A document, whose variables the client is configured with.
fn document(text: &str) -> Template {
    let template = holes::template(text);
    if template.0.is_empty() { Template(vec![Piece::Text(String::new())]) } else { template }
}

fn multipart(parts: &[FormPart], context: &Context) -> Option<Vec<Part>> {
    let lowered = |part: &FormPart| Part {
        entry: form::entry(&part.field, context),
        file: part.file,
        content_type: part.content_type.clone(),
    };
    let any = parts.iter().any(|part| part.field.enabled);
    any.then(|| parts.iter().map(lowered).collect())
}
