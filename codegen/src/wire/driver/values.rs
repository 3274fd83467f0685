//! Values for the URL, the headers and the credentials of a call, from what the collection sends.

use super::super::sample::Secret;
use super::Context;
use crate::api::{self, Parameter, Presence, Scheme, Type};
use crate::draft::{self, Entry, EntryValue, PathSource};
use crate::emit::example::{Expr, Given, Scope};
use crate::template::{Generated, Piece, Template};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

impl Context<'_> {
    /// The values of path, query and headers, and the texts given for parts of the URL.
    pub(super) fn url_and_headers(
        self,
        operation: &api::Operation,
        draft: &draft::Operation,
    ) -> (Given, Vec<String>) {
        let mut told = Vec::new();
        let mut path = Vec::new();
        for parameter in &operation.path_parameters {
            let text = self.path_value(draft, parameter);
            path.push(self.value(&text, &parameter.ty));
            told.push(text);
        }
        let mut query = Vec::new();
        for parameter in &operation.query {
            let texts = self.given(parameter, &draft.query);
            let texts: Vec<String> = texts.iter().map(|text| unescaped(text)).collect();
            query.push(self.values(&texts, &parameter.ty));
            told.extend(texts);
        }
        let mut headers = Vec::new();
        for parameter in &operation.headers {
            headers.push(self.values(&self.given(parameter, &draft.headers), &parameter.ty));
        }
        (Given { path, query, headers, body: Vec::new() }, told)
    }

    fn path_value(self, draft: &draft::Operation, parameter: &Parameter) -> String {
        let name = parameter.name.as_literal().unwrap_or_default();
        let own = draft.path_parameters.iter().find(|it| it.name == name);
        match own.map(|it| it.source) {
            Some(PathSource::Variable) => self.vars.resolve(&format!("{{{{{name}}}}}")),
            Some(PathSource::Segment) | None => {
                let given = self.vars.path.get(name).cloned();
                let text = given.or_else(|| own?.example.clone()).unwrap_or(format!(":{name}"));
                self.vars.resolve(&text)
            }
        }
    }

    /// The texts a caller has to give so that a parameter is sent as the collection sends it.
    pub(super) fn given(self, parameter: &Parameter, entries: &[Entry]) -> Vec<String> {
        let own = entries.iter().filter(|it| it.enabled && it.name == parameter.name);
        let own: Vec<&Entry> = own.collect();
        let called = own.iter().any(|it| matches!(it.value, EntryValue::Caller(_)));
        if !called && parameter.presence == Presence::Optional {
            return Vec::new();
        }
        own.iter().map(|it| self.entry(it)).collect()
    }

    /// What an entry sends.
    pub(super) fn entry(self, entry: &Entry) -> String {
        match &entry.value {
            EntryValue::Absent => String::new(),
            EntryValue::Default(template) => self.template(template),
            EntryValue::Caller(text) => self.vars.resolve(text),
        }
    }

    /// A template with all its holes filled.
    pub(super) fn template(self, template: &Template) -> String {
        let pieces = template.0.iter().map(|piece| match piece {
            Piece::Text(text) => self.vars.resolve(text),
            Piece::Argument(name) | Piece::Variable(name) => {
                self.vars.resolve(&format!("{{{{{name}}}}}"))
            }
            Piece::Generated(Generated::Uuid) => self.vars.resolve("{{$guid}}"),
            Piece::Generated(Generated::Timestamp) => self.vars.resolve("{{$timestamp}}"),
            Piece::Generated(Generated::IsoTimestamp) => self.vars.resolve("{{$isoTimestamp}}"),
            Piece::Generated(Generated::Integer) => self.vars.resolve("{{$randomInt}}"),
        });
        pieces.collect()
    }

    fn values(self, texts: &[String], ty: &Type) -> Vec<Expr> {
        match ty {
            Type::List(element) if !texts.is_empty() => {
                let owned = texts.iter().map(|text| self.owned(text, element)).collect();
                vec![Expr::List(owned)]
            }
            _ => texts.iter().map(|text| self.value(text, ty)).collect(),
        }
    }

    /// A text as a value of a scalar type, as an argument.
    pub(super) fn value(self, text: &str, ty: &Type) -> Expr {
        match ty {
            Type::Bool => match text {
                "true" | "false" => Expr::name(text),
                _ => Expr::text(text),
            },
            Type::Integer => text.parse().map_or(Expr::text(text), integer),
            Type::Unsigned => match text.parse() {
                Ok(value) => Expr::Literal(Literal::u64_unsuffixed(value)),
                Err(_) => Expr::text(text),
            },
            Type::Number => match text.parse::<f64>() {
                Ok(value) if value.is_finite() => Expr::Literal(Literal::f64_unsuffixed(value)),
                Ok(_) | Err(_) => Expr::text(text),
            },
            Type::Named(id) => {
                let mut path = Scope::new(self.api, self.names, "client").named(*id, "");
                path.push("from".to_owned());
                Expr::Path(path).call(vec![Expr::text(text)])
            }
            Type::Unknown | Type::Text | Type::Secret | Type::File => Expr::text(text),
            Type::List(element) => Expr::List(vec![self.owned(text, element)]),
            Type::Map(_) | Type::Nullable(_) => Expr::text(text),
        }
    }

    /// The same where a value of the very type is wanted.
    pub(super) fn owned(self, text: &str, ty: &Type) -> Expr {
        let value = self.value(text, ty);
        match ty {
            Type::Text | Type::Secret | Type::Unknown => value.method("into", Vec::new()),
            Type::Bool | Type::Integer | Type::Unsigned | Type::Number => value,
            Type::File | Type::List(_) | Type::Map(_) => value,
            Type::Nullable(_) | Type::Named(_) => value,
        }
    }

    /// `.auth0_token("…")`: the credential with the collection's value for this operation.
    pub(super) fn credentials(self, operation: &api::Operation) -> TokenStream {
        let Some(id) = operation.auth else { return TokenStream::new() };
        let Some(credential) = self.api.credentials.get(id.0) else { return TokenStream::new() };
        let Some(names) = self.names.credentials.get(id.0) else { return TokenStream::new() };
        let found = self.spec.credential(&operation.origin.pointer, &credential.scheme);
        let parts = self.parts(found, &credential.scheme);
        if parts.is_empty() {
            return TokenStream::new();
        }
        let setter = Ident::new(&names.setter, Span::call_site());
        quote!(.#setter(#(#parts),*))
    }

    fn parts(self, found: Vec<Secret>, scheme: &Scheme) -> Vec<String> {
        let mut parts = Vec::new();
        for secret in found {
            match secret {
                Secret::Plain(text) => parts.push(self.vars.resolve(&text)),
                Secret::Encoded(text) => parts.extend(self.basic(&text)),
            }
        }
        let bare = |parts: &[String]| parts.iter().all(String::is_empty);
        match scheme {
            Scheme::Bearer { .. } | Scheme::OAuth2 { .. } if bare(&parts) => Vec::new(),
            Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::Basic => parts,
            Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } => parts,
            Scheme::Digest | Scheme::AwsV4 { .. } | Scheme::Custom { .. } => Vec::new(),
        }
    }

    /// User and password of a header written by hand.
    fn basic(self, text: &str) -> [String; 2] {
        let text = self.vars.resolve(text);
        let decoded = super::super::line::unbase64(&text).and_then(|it| String::from_utf8(it).ok());
        let decoded = decoded.unwrap_or(text);
        let (user, password) = decoded.split_once(':').unwrap_or((&decoded, ""));
        [user.to_owned(), password.to_owned()]
    }
}

fn integer(value: i64) -> Expr {
    Expr::Literal(Literal::i64_unsuffixed(value))
}

/// A query text with its percent-escapes taken off: the client puts on its own.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, hex) {
            (b'%', Some(decoded)) => {
                out.push(decoded);
                at += 3;
            }
            (_, _) => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
