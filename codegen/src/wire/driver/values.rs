//! Values for the URL, the headers and the credentials of a call, from what the collection sends.

use super::super::stand_ins;
use super::Context;
use crate::api::{self, Parameter, Presence, Scheme, Type};
use crate::draft::{self, Entry, EntryValue, PathSource};
use crate::emit::example::{Expr, Given, Scope, neutral};
use crate::origin::Pointer;
use crate::percent;
use crate::secret;
use crate::template::{DynamicVariable, Piece, Template};
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
            let texts: Vec<String> = texts.iter().map(|text| percent::decode(text)).collect();
            query.push(self.values(&texts, parameter));
            told.extend(texts);
        }
        let mut headers = Vec::new();
        for parameter in &operation.headers {
            headers.push(self.values(&self.given(parameter, &draft.headers), parameter));
        }
        (Given { path, query, headers, body: Vec::new() }, told)
    }

    fn path_value(self, draft: &draft::Operation, parameter: &Parameter) -> String {
        let name = parameter.name.as_literal().unwrap_or_default();
        let own = draft.path_parameters.iter().find(|it| it.name == name);
        if own.is_none()
            && let Some(text) = withheld(draft, name)
        {
            return text;
        }
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
        let own = own.filter(|it| !stand_ins::is_one(it));
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
            Piece::Dynamic(DynamicVariable::Uuid) => self.vars.resolve("{{$guid}}"),
            Piece::Dynamic(DynamicVariable::Timestamp) => self.vars.resolve("{{$timestamp}}"),
            Piece::Dynamic(DynamicVariable::IsoTimestamp) => self.vars.resolve("{{$isoTimestamp}}"),
            Piece::Dynamic(DynamicVariable::Integer) => self.vars.resolve("{{$randomInt}}"),
        });
        pieces.collect()
    }

    /// Arguments that send `texts`; something where only an overlay requires the parameter.
    fn values(self, texts: &[String], parameter: &Parameter) -> Vec<Expr> {
        if texts.is_empty() && parameter.presence == Presence::Required {
            let mut scope = Scope::new(self.api, self.names, "client");
            return vec![neutral(&parameter.ty, &mut scope)];
        }
        let ty = &parameter.ty;
        match ty {
            Type::List(element) if !texts.is_empty() => {
                vec![Expr::List(texts.iter().map(|text| self.value(text, element)).collect())]
            }
            _ => texts.iter().map(|text| self.value(text, ty)).collect(),
        }
    }

    /// A text as a value of a scalar type, as an argument. A text that is none gives some value, so that the comparison tells what is wrong with one call rather than that no call compiles.
    pub(super) fn value(self, text: &str, ty: &Type) -> Expr {
        let some = || neutral(ty, &mut Scope::new(self.api, self.names, "client"));
        let number = |literal: Option<Literal>| literal.map_or_else(some, Expr::Literal);
        match ty {
            Type::Bool if matches!(text, "true" | "false") => Expr::name(text),
            Type::Bool => some(),
            Type::Integer => number(text.parse().ok().map(Literal::i64_unsuffixed)),
            Type::Unsigned => number(text.parse().ok().map(Literal::u64_unsuffixed)),
            Type::Number => {
                let value = text.parse().ok().filter(|value: &f64| value.is_finite());
                number(value.map(Literal::f64_unsuffixed))
            }
            Type::Named(id) => {
                let mut path = Scope::new(self.api, self.names, "client").named(*id);
                path.push("from".to_owned());
                Expr::Path(path).call(vec![Expr::text(text)])
            }
            Type::Unknown | Type::Text | Type::Secret | Type::File => Expr::text(text),
            Type::List(element) => Expr::List(vec![self.owned(text, element)]),
            Type::Map(_) | Type::Nullable(_) => Expr::text(text),
        }
    }

    /// The same as an element of a list.
    pub(super) fn owned(self, text: &str, ty: &Type) -> Expr {
        let value = self.value(text, ty);
        match ty {
            Type::Unknown => value.method("into", Vec::new()),
            Type::Text
            | Type::Secret
            | Type::Bool
            | Type::Integer
            | Type::Unsigned
            | Type::Number => value,
            Type::File | Type::List(_) | Type::Map(_) => value,
            Type::Nullable(_) | Type::Named(_) => value,
        }
    }

    /// `.auth0_token("…")`: the credential with the collection's value for this operation.
    pub(super) fn credentials(self, operation: &api::Operation) -> TokenStream {
        let Some(id) = operation.auth else { return TokenStream::new() };
        let Some(credential) = self.api.credentials.get(id.0) else { return TokenStream::new() };
        let Some(names) = self.names.credentials.get(id.0) else { return TokenStream::new() };
        let parts = self.parts(&operation.origin.pointer, &credential.scheme);
        if parts.is_empty() {
            let setter = &names.setter;
            return quote!(.credential(#setter, no_signature()));
        }
        let setter = names.temporary.as_ref().filter(|_| parts.len() > names.parts.len());
        let setter = Ident::new(setter.unwrap_or(&names.setter), Span::call_site());
        quote!(.#setter(#(#parts),*))
    }

    fn parts(self, item: &Pointer, scheme: &Scheme) -> Vec<String> {
        let parts = self.credentials.get(item).map(Vec::as_slice).unwrap_or_default();
        let parts: Vec<String> = parts.iter().map(|part| self.vars.resolve(part)).collect();
        match (scheme, parts.as_slice()) {
            (Scheme::Basic, [header]) => self.basic(header).to_vec(),
            // Without a token Postman sends nothing, but an empty header written by hand it does.
            (Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. }, [token])
                if token.is_empty() && !prefix.is_empty() =>
            {
                Vec::new()
            }
            (Scheme::QueryKey { name }, [key]) if key.is_empty() && name == "access_token" => {
                Vec::new()
            }
            (Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::Basic, _) => parts,
            (Scheme::HeaderKey { .. } | Scheme::QueryKey { .. }, _) => parts,
            (Scheme::AwsV4 { .. }, [key, secret, token]) if token.is_empty() => {
                vec![key.clone(), secret.clone()]
            }
            (Scheme::Digest | Scheme::AwsV4 { .. }, _) => parts,
            (Scheme::Custom { .. }, _) => Vec::new(),
        }
    }

    /// User and password of a header written by hand.
    fn basic(self, text: &str) -> [String; 2] {
        let decoded = super::super::line::unbase64(text).and_then(|it| String::from_utf8(it).ok());
        let decoded = decoded.unwrap_or(text.to_owned());
        let (user, password) = decoded.split_once(':').unwrap_or((&decoded, ""));
        [user.to_owned(), password.to_owned()]
    }
}

/// The text of the collection's path that an argument stands for, where the client has one in place of what looks like a secret.
fn withheld(draft: &draft::Operation, name: &str) -> Option<String> {
    let at = match name.strip_prefix(secret::MARK)? {
        "" => 0,
        number => number.strip_prefix('_')?.parse::<usize>().ok()?.checked_sub(1)?,
    };
    let texts = draft.path.0.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => None,
    });
    let secrets = texts.flat_map(|text| {
        let found = secret::find(text, "url");
        found.into_iter().filter_map(|it| text.get(it.range))
    });
    secrets.map(percent::decode).nth(at)
}
