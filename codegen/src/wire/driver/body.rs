//! The body of a call, from the collection's own sample.

use super::super::sample::BodyFile;
use super::super::stand_ins;
use super::Context;
use crate::api::{self, Field, Presence, Type, TypeId, TypeKind};
use crate::draft::{self, Entry, EntryValue, Part, Sample};
use crate::emit::example::{Expr, Scope, neutral};
use crate::json::{self, Node, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A call's body: statements before the call, and the arguments.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) before: TokenStream,
    pub(super) arguments: Vec<Expr>,
    /// Whether the body is a value of its type since the text of the collection's one variable is none.
    pub(super) retyped: bool,
}

impl Prepared {
    fn argument(argument: Expr) -> Self {
        Self { arguments: vec![argument], ..Self::default() }
    }
}

impl Context<'_> {
    pub(super) fn body(self, operation: &api::Operation, draft: &draft::Operation) -> Prepared {
        let Some(body) = &operation.body else { return Prepared::default() };
        match (body, &draft.body) {
            (api::Body::Json { ty, .. }, Some(draft::Body::Raw { samples, .. }))
                if self.is_misfit(samples.first(), ty) =>
            {
                Prepared { retyped: true, ..self.neutral_body(body) }
            }
            (api::Body::Json { ty, .. }, Some(draft::Body::Raw { samples, .. })) => {
                self.decoded(ty, samples.first())
            }
            (api::Body::Text { .. }, Some(draft::Body::Raw { samples, .. })) => {
                let text = samples.first().map(|it| self.vars.resolve(&it.text));
                Prepared::argument(Expr::text(&text.unwrap_or_default()))
            }
            (
                api::Body::Text { .. },
                Some(draft::Body::GraphQl { query, operation_name, variables }),
            ) => {
                let mut members = Vec::new();
                if !query.0.is_empty() {
                    members.push(format!("\"query\":{}", quoted(&self.template(query))));
                }
                if let Some(name) = operation_name {
                    members.push(format!("\"operationName\":{}", quoted(&self.vars.resolve(name))));
                }
                if let Some(sample) = variables {
                    members.push(format!("\"variables\":{}", self.vars.resolve(&sample.text)));
                }
                Prepared::argument(Expr::text(&format!("{{{}}}", members.join(","))))
            }
            (api::Body::Bytes { .. }, _) => Prepared::argument(self.bytes(operation)),
            (api::Body::Form { ty, .. }, Some(draft::Body::Form(entries))) => {
                let entries: Vec<_> = entries.iter().map(|entry| (entry, None)).collect();
                Prepared::argument(self.fields(*ty, &entries))
            }
            (api::Body::Multipart { ty, .. }, Some(draft::Body::Multipart(parts))) => {
                let entries: Vec<_> = parts.iter().map(|part| (&part.entry, Some(part))).collect();
                Prepared::argument(self.fields(*ty, &entries))
            }
            (
                api::Body::GraphQl { variables, .. },
                Some(draft::Body::GraphQl { variables: sample, .. }),
            ) => match variables {
                Some(ty) => self.decoded(ty, sample.as_ref()),
                None => Prepared::default(),
            },
            (other, _) => self.neutral_body(other),
        }
    }

    /// A body that only an overlay gave the operation.
    fn neutral_body(self, body: &api::Body) -> Prepared {
        let mut scope = Scope::new(self.api, self.names, "client");
        match body {
            api::Body::Json { presence: Presence::Optional, .. } => Prepared::default(),
            api::Body::Json { ty, .. } => Prepared::argument(neutral(ty, &mut scope)),
            api::Body::Text { .. } | api::Body::Bytes { .. } => Prepared::argument(Expr::text("")),
            api::Body::Form { ty, .. } | api::Body::Multipart { ty, .. } => {
                Prepared::argument(neutral(&Type::Named(*ty), &mut scope))
            }
            api::Body::GraphQl { variables, .. } => Prepared {
                arguments: variables.iter().map(|ty| neutral(ty, &mut scope)).collect(),
                ..Prepared::default()
            },
        }
    }

    /// `let Some(body) = to.decode(&label, "…") else { return };`
    fn decoded(self, ty: &Type, sample: Option<&Sample>) -> Prepared {
        let text = sample.map(|it| self.vars.resolve(&it.text)).unwrap_or_default();
        let strict = match json::read(&text) {
            Ok(_) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => json::read_leniently(&text).map_or(text, |(node, _)| json::compact(&node)),
        };
        let text = Literal::string(&stand_ins::filled(&strict, ty, &self.api.types));
        Prepared {
            before: quote! { let Some(body) = to.decode(&label, #text) else { return }; },
            arguments: vec![Expr::name("body")],
            retyped: false,
        }
    }

    /// Whether a body is one variable, whose text is no value of the body's type.
    fn is_misfit(self, sample: Option<&Sample>, ty: &Type) -> bool {
        let text = sample.map(|it| it.text.trim()).unwrap_or_default();
        let is_variable = matches!(json::read_leniently(text), Ok((node, _)) if matches!(node.value, Value::Variable(_)));
        let value = json::read(&self.vars.resolve(text));
        is_variable && !value.is_ok_and(|node| self.holds(ty, &node.value))
    }

    /// Whether a type holds a value, by the value's kind.
    fn holds(self, ty: &Type, value: &Value) -> bool {
        match ty {
            Type::Unknown => true,
            Type::Nullable(inner) => *value == Value::Null || self.holds(inner, value),
            Type::List(_) => matches!(value, Value::Array(_)),
            Type::Map(_) => matches!(value, Value::Object(_)),
            Type::Named(id) => match self.api.types.get(*id).map(|def| &def.kind) {
                Some(TypeKind::Struct(_)) => matches!(value, Value::Object(_)),
                Some(TypeKind::Union(_)) | None => true,
                Some(TypeKind::Enumeration(_)) => matches!(value, Value::Text(_)),
            },
            Type::Text | Type::Secret | Type::File => matches!(value, Value::Text(_)),
            Type::Bool => matches!(value, Value::Bool(_)),
            Type::Integer | Type::Unsigned | Type::Number => matches!(value, Value::Number(_)),
        }
    }

    fn bytes(self, operation: &api::Operation) -> Expr {
        let bytes = match self.spec.body_file(&operation.origin.pointer) {
            Some(BodyFile::Named(name)) if name.is_empty() => Vec::new(),
            Some(BodyFile::Named(name)) => stand_in(&self.vars.resolve(&name)).into_bytes(),
            Some(BodyFile::Content(text)) => {
                super::super::line::unbase64(&text).unwrap_or_else(|| text.into_bytes())
            }
            None => Vec::new(),
        };
        Expr::Literal(Literal::byte_string(&bytes)).method("to_vec", Vec::new())
    }

    /// A form: what must be given as arguments of `new`, what else the caller gives through setters.
    fn fields(self, id: TypeId, entries: &[(&Entry, Option<&Part>)]) -> Expr {
        let mut scope = Scope::new(self.api, self.names, "client");
        let mut form = neutral(&Type::Named(id), &mut scope);
        let Some(TypeKind::Struct(own)) = self.api.types.get(id).map(|def| &def.kind) else {
            return form;
        };
        let setters =
            self.names.types.get(id.0).map(|it| it.members.as_slice()).unwrap_or_default();
        for (field, setter) in own.fields.iter().zip(setters) {
            let sent = |entry: &Entry| entry.enabled && !stand_ins::is_one(entry);
            let enabled = entries.iter().filter(|(entry, _)| sent(entry));
            let own: Vec<_> =
                enabled.filter(|(entry, _)| entry.name.written() == field.key).collect();
            let called = own.iter().any(|(entry, part)| {
                matches!(entry.value, EntryValue::Caller(_)) || part.is_some_and(|it| it.file)
            });
            if own.is_empty() || (!called && !field.default.is_empty()) {
                continue;
            }
            if let Some(value) = self.field(field, &own) {
                form = form.method(setter, vec![value]);
            }
        }
        form
    }

    fn field(self, field: &Field, own: &[&(&Entry, Option<&Part>)]) -> Option<Expr> {
        let element = match &field.ty {
            Type::List(element) => element,
            other => other,
        };
        let mut values = Vec::new();
        for (at, (entry, part)) in own.iter().enumerate() {
            let place = &entry.origin.pointer;
            let before = own.iter().take(at).filter(|(it, _)| it.origin.pointer == *place).count();
            match part {
                Some(part) if part.file => values.push(self.file_part(part, before)),
                // A text under the name of a file.
                Some(_) if *element == Type::File => {
                    let text = Expr::text(&self.entry(entry));
                    values.push(file_part("text").call(vec![text]));
                }
                Some(_) | None => values.push(match &field.ty {
                    Type::List(_) => self.owned(&self.entry(entry), element),
                    _ => self.value(&self.entry(entry), element),
                }),
            }
        }
        match &field.ty {
            Type::List(_) => Some(Expr::List(values)),
            _ => values.into_iter().next_back(),
        }
    }

    /// The file of a part; where one entry names several files, each has its part.
    fn file_part(self, part: &Part, at: usize) -> Expr {
        let names = self.spec.files(&part.entry.origin.pointer);
        if let Some(text) = self.spec.inline_file(&part.entry.origin.pointer) {
            let bytes = super::super::line::unbase64_loosely(&self.vars.resolve(&text));
            let bytes = Expr::Literal(Literal::byte_string(&bytes)).method("to_vec", Vec::new());
            return file_part("unnamed").call(vec![bytes]);
        }
        let name = self.vars.resolve(names.get(at).map_or("", String::as_str));
        // No file has a backslash in its name where the truth is made, and what cannot be read is sent empty.
        let name = if name.contains('\\') { "" } else { name.as_str() };
        let content = if name.is_empty() { String::new() } else { stand_in(name) };
        file_part("bytes").call(vec![Expr::text(&on_disk(name)), Expr::text(&content)])
    }
}

/// A constructor of files.
fn file_part(name: &str) -> Expr {
    Expr::Path(["client", "FilePart", name].map(str::to_owned).to_vec())
}

/// `text` as a JSON text.
fn quoted(text: &str) -> String {
    let value = Value::Text(text.to_owned());
    json::compact(&Node { span: Default::default(), value })
}

/// The name of the truth's stand-in for a file: characters that no file system is sure to take are `_`.
fn on_disk(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or_default();
    let sure = |c: char| c.is_ascii_alphanumeric() || "_.- ()".contains(c);
    base.chars().map(|c| if sure(c) { c } else { '_' }).collect()
}

/// What the truth's stand-in for a file holds.
fn stand_in(name: &str) -> String {
    format!("oracle file: {name}\n")
}
