//! Authentication -> [`Scheme`] with the variables that hold its parts (POSTMAN.md §6); never a value.

use super::context::Context;
use super::{headers, holes};
use crate::diagnostic::Diagnostic;
use crate::draft::Scheme;
use crate::origin::Origin;
use crate::percent;
use crate::postman::{Auth, Field};
use crate::template::{Piece, Template};

/// A scheme and the variables of its parts.
pub(super) struct ParsedAuth {
    /// The scheme.
    pub(super) scheme: Scheme,
    /// The texts of the scheme's parts, in order; they stay out of the draft.
    pub(super) parts: Vec<String>,
    /// Where the collection says so.
    pub(super) origin: Origin,
    /// Whether Postman would send it: a token is there. Else a hand-written header beats it.
    pub(super) sent: bool,
    /// Whether an `Authorization` header written by hand stays beside it, or goes; `None` as the scheme has it.
    pub(super) keeps_header: Option<bool>,
}

impl ParsedAuth {
    /// The variables that hold the parts: of a single part all that occur in it; of several one name a part, empty where the part is not one variable as a whole.
    pub(super) fn variables(&self) -> Vec<String> {
        match self.parts.as_slice() {
            [single] => holes::variables(single),
            several => whole_variables(several),
        }
    }

    /// The scheme's word before a token's variable is none of the token: who gives the token gives the variable's value alone.
    fn with_word(mut self) -> Self {
        let [part] = self.parts.as_mut_slice() else { return self };
        let Some((word, rest)) = scheme_word(part) else { return self };
        let prefix = match &self.scheme {
            Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. } if is_known(word) => {
                format!("{prefix} {word}").trim_start().to_owned()
            }
            Scheme::HeaderKey { name } if name.eq_ignore_ascii_case("authorization") => {
                word.to_owned()
            }
            _ => return self,
        };
        self.scheme = match self.scheme {
            Scheme::OAuth2 { token_url, .. } => Scheme::OAuth2 { prefix, token_url },
            _ => Scheme::Bearer { prefix },
        };
        *part = rest.to_owned();
        self
    }
}

/// What an auth block means; `None` where nothing is sent for it.
pub(super) fn block(auth: &Auth, context: &mut Context) -> Option<ParsedAuth> {
    let (scheme, parts, sent): (_, &[&str], _) = match auth.kind.as_str() {
        "basic" => (Scheme::Basic, &["username", "password"], true),
        "bearer" => (Scheme::Bearer { prefix: "Bearer".into() }, &["token"], has(auth, "token")),
        "apikey" => (api_key(auth, context)?, &["value"], true),
        "oauth2" => (oauth2(auth, context)?, &["accessToken"], has(auth, "accessToken")),
        "digest" => (Scheme::Digest, &["username", "password"], true),
        "awsv4" => {
            let [service, region] = place(auth);
            (Scheme::AwsV4 { service, region }, &["accessKey", "secretKey", "sessionToken"], true)
        }
        "hawk" | "oauth1" | "ntlm" | "edgegrid" | "jwt" | "asap" => {
            (custom(auth, context), &[], true)
        }
        unknown => {
            let message = format!("auth of the unknown type {unknown:?} adds nothing");
            context.found.push(Diagnostic::warning("lower::auth", message, auth.origin.clone()));
            return None;
        }
    };
    let keeps_header = match auth.kind.as_str() {
        // A token in the query takes the header's place all the same.
        "oauth2" => Some(false),
        // The first request goes out bare, so what is written by hand is sent.
        "digest" | "ntlm" => Some(true),
        _ => None,
    };
    let origin = auth.origin.clone();
    Some(ParsedAuth { scheme, parts: texts(auth, parts), origin, sent, keeps_header }.with_word())
}

/// What a hand-written `Authorization` header means.
pub(super) fn authorization(value: &str, origin: &Origin) -> ParsedAuth {
    let value = value.trim();
    let known = word_and_rest(value).filter(|(word, _)| is_known(word));
    let (prefix, rest) = known.or_else(|| scheme_word(value)).unwrap_or(("", value));
    let rest = rest.trim();
    let literal = holes::variables(rest).is_empty();
    let scheme = match prefix {
        "Basic" if literal => Scheme::Basic,
        _ => Scheme::Bearer { prefix: prefix.to_owned() },
    };
    let (origin, parts) = (origin.clone(), vec![rest.to_owned()]);
    ParsedAuth { scheme, parts, origin, sent: true, keeps_header: None }.with_word()
}

/// Words that are the name of a scheme whatever follows them.
const KNOWN: &[&str] =
    &["apikey", "api-key", "basic", "bearer", "digest", "jwt", "key", "oauth", "oauth2", "token"];

fn is_known(word: &str) -> bool {
    KNOWN.contains(&word.trim_end().to_ascii_lowercase().as_str())
}

/// The first word of a text and what follows the last of the blanks after it. All other blanks stay with the word, so that a client that puts one between the two sends as many as were written.
fn word_and_rest(text: &str) -> Option<(&str, &str)> {
    let rest = text.get(text.find(' ')?..)?.trim_start_matches(' ');
    let word = text.strip_suffix(rest)?.strip_suffix(' ')?;
    Some((word, rest))
}

/// The first word of a text that goes on with a variable, and the variable: what is secret stands in it, so that the word is the name of a scheme (RFC 9110 §11.1). A long one, or one with digits in it, may be secret all the same.
fn scheme_word(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = word_and_rest(text)?;
    let name = word.trim_end();
    let letters = name.strip_suffix(|last: char| last.is_ascii_digit()).unwrap_or(name);
    let is_name = !letters.is_empty()
        && name.len() <= 24
        && letters.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_');
    let is_variable = rest.starts_with("{{") && !holes::variables(rest).is_empty();
    (is_name && is_variable).then_some((word, rest))
}

/// What user name and password in front of a host mean.
pub(super) fn userinfo(text: &str, origin: &Origin) -> ParsedAuth {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    let parts = vec![percent::decode(user), percent::decode(password)];
    ParsedAuth {
        scheme: Scheme::Basic,
        parts,
        origin: origin.clone(),
        sent: true,
        keeps_header: None,
    }
}

fn has(auth: &Auth, name: &str) -> bool {
    auth.text(name).is_some_and(|text| !text.is_empty())
}

/// The texts of the scheme's parts.
fn texts(auth: &Auth, parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| auth.text(part).unwrap_or_default().to_owned()).collect()
}

/// One name a part, empty where the part is not one variable as a whole; none where no part is.
fn whole_variables(parts: &[String]) -> Vec<String> {
    let mut names: Vec<String> =
        parts.iter().map(|part| holes::only_variable(part).unwrap_or_default()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

fn api_key(auth: &Auth, context: &mut Context) -> Option<Scheme> {
    let name = auth.text("key").unwrap_or_default().to_owned();
    let in_query = auth.text("in") == Some("query");
    let fixed = holes::template(&name).as_literal().is_some();
    if name.is_empty() || !fixed || !(in_query || headers::is_token(&name)) {
        context.found.push(
            Diagnostic::warning(
                "lower::api-key",
                "the API key's header or parameter has no fixed, valid name; it is not sent",
                auth.origin.clone(),
            )
            .with_help("send it with `.header(…)` or `.query(…)`"),
        );
        return None;
    }
    Some(if in_query { Scheme::QueryKey { name } } else { Scheme::HeaderKey { name } })
}

fn oauth2(auth: &Auth, context: &mut Context) -> Option<Scheme> {
    if auth.text("tokenType") == Some("mac") {
        let message = "OAuth 2 with MAC tokens adds nothing, in Postman as here";
        context.found.push(Diagnostic::warning("lower::auth", message, auth.origin.clone()));
        return None;
    }
    if auth.text("addTokenTo") == Some("queryParams") {
        return Some(Scheme::QueryKey { name: "access_token".into() });
    }
    let prefix = auth.text("headerPrefix").unwrap_or("Bearer").trim().to_owned();
    let prefix = if prefix.contains("{{") { "Bearer".to_owned() } else { prefix };
    let token_url = auth.text("accessTokenUrl").and_then(|text| token_url(text, context));
    Some(Scheme::OAuth2 { prefix, token_url })
}

/// A token endpoint made of literals and client variables, without user name or query.
fn token_url(text: &str, context: &Context) -> Option<Template> {
    let template = holes::template(text.trim());
    let known = |piece: &Piece| match piece {
        Piece::Text(text) => !text.contains(['?', '@', '#']),
        Piece::Variable(name) => context.client.contains(name),
        Piece::Argument(_) | Piece::Dynamic(_) => false,
    };
    let web = match template.0.first() {
        Some(Piece::Text(text)) => text.starts_with("https://") || text.starts_with("http://"),
        Some(Piece::Variable(_)) => true,
        Some(Piece::Argument(_) | Piece::Dynamic(_)) | None => false,
    };
    (web && template.0.iter().all(known)).then_some(template)
}

/// Service and region that AWS signatures are for, by default those of Postman.
fn place(auth: &Auth) -> [Template; 2] {
    [("service", "execute-api"), ("region", "us-east-1")].map(|(name, default)| {
        let text = auth.text(name).map(str::trim).filter(|text| !text.is_empty());
        holes::template(text.unwrap_or(default))
    })
}

/// Variables that say what is signed for, and are no credential: they configure the client.
pub(super) fn variables(auth: &Auth) -> Vec<String> {
    let places = if auth.kind == "awsv4" { place(auth).to_vec() } else { Vec::new() };
    let named = places.into_iter().flat_map(|place| place.0).filter_map(|piece| match piece {
        Piece::Variable(name) => Some(name),
        Piece::Text(_) | Piece::Argument(_) | Piece::Dynamic(_) => None,
    });
    named.collect()
}

/// What a signer has to know, and what is no secret.
const SAID: &[&str] = &[
    "addParamsToHeader",
    "addTokenTo",
    "alg",
    "algorithm",
    "headerPrefix",
    "includeBodyHash",
    "isSecretBase64Encoded",
    "queryParamKey",
    "signatureMethod",
    "version",
];

fn custom(auth: &Auth, context: &mut Context) -> Scheme {
    let message = format!("auth of the type `{}` is left to a signer of yours", auth.kind);
    context.found.push(Diagnostic::note("lower::signer", message, auth.origin.clone()));
    let said = SAID.iter().filter_map(|name| {
        let text = auth.text(name).filter(|text| !text.is_empty() && !text.contains("{{"))?;
        Some(((*name).to_owned(), text.to_owned()))
    });
    Scheme::Custom { kind: auth.kind.clone(), said: said.collect() }
}

/// A header that is a key by its name.
pub(super) fn header_key(field: &Field) -> ParsedAuth {
    by_name(Scheme::HeaderKey { name: field.name.clone() }, field)
}

/// A query entry that is a key by its name.
pub(super) fn query_key(field: &Field) -> ParsedAuth {
    by_name(Scheme::QueryKey { name: field.name.clone() }, field)
}

fn by_name(scheme: Scheme, field: &Field) -> ParsedAuth {
    let parts = vec![field.value.scalar().unwrap_or_default().to_owned()];
    ParsedAuth { scheme, parts, origin: field.origin.clone(), sent: true, keeps_header: None }
}
