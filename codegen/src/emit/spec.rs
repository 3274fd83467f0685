//! Templates as the constants that the runtime fills: literals are percent-encoded here, once.
//!
//! Encoding follows what Postman leaves alone (`%` always), so that a path or a query goes out as it was written.

use super::Crate;
use super::scope::Scope;
use crate::api::Operation;
use crate::name::OperationNames;
use crate::template::{DynamicVariable, Piece, Template};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Where a literal stands, which decides what of it is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TemplateLocation {
    /// A base URL or a header: as it is.
    Verbatim,
    /// The name of a query parameter.
    QueryName,
    /// The value of a query parameter.
    QueryValue,
}

/// Characters of a path that would end it, or that Postman encodes.
const PATH: &str = " \"#<>?`{}";

/// The same of a query's values.
const QUERY_VALUE: &str = " \"#'<>&";

/// The same of a query's names.
const QUERY_NAME: &str = " \"#'<>&=";

/// The path of an operation, empty where the base URL says it all, with `{name}` for each hole: arguments by their Rust names, client variables by their setters.
pub(crate) fn path(of: &Crate<'_>, operation: &Operation, own: &OperationNames) -> String {
    let argument = |name: &str| {
        let parameters = operation.path_parameters.iter().zip(&own.path);
        let mut named = parameters.filter(|(it, _)| it.name.as_literal() == Some(name));
        named.next().map_or_else(|| name.to_owned(), |(_, own)| own.clone())
    };
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => encoded(text, PATH),
        Piece::Argument(name) => format!("{{{}}}", argument(name)),
        Piece::Variable(name) => {
            let setter = of.variable(name);
            // An argument of that name would win.
            let mark = if own.path.iter().any(|own| own == setter) { "!" } else { "" };
            format!("{{{mark}{setter}}}")
        }
        Piece::Dynamic(kind) => format!("{{{}}}", generated_name(*kind)),
    };
    let path: String = operation.path.0.iter().map(piece).collect();
    if path.is_empty() || path.starts_with('/') { path } else { format!("/{path}") }
}

/// The runtime's name of a generated value in a path.
fn generated_name(kind: DynamicVariable) -> &'static str {
    match kind {
        DynamicVariable::Uuid => "$guid",
        DynamicVariable::Timestamp => "$timestamp",
        DynamicVariable::IsoTimestamp => "$isoTimestamp",
        DynamicVariable::Integer => "$randomInt",
    }
}

/// `&[("{{name}}", &[Part::Variable("…")])]`.
pub(crate) fn names(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    names: &[(String, Template)],
) -> TokenStream {
    let named = names.iter().map(|(key, name)| {
        let name = parts(scope, of, name, TemplateLocation::Verbatim);
        quote!((#key, #name))
    });
    quote!(&[#(#named),*])
}

/// `&[Part::Text("…"), Part::Variable("…")]`.
pub(crate) fn parts(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    text: &Template,
    place: TemplateLocation,
) -> TokenStream {
    if text.0.is_empty() {
        return quote!(&[]);
    }
    let part = scope.runtime("Part");
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Text(text) => {
            let text = placed(text, place);
            quote!(#part::Text(#text))
        }
        Piece::Argument(name) | Piece::Variable(name) => {
            let name = of.variable(name);
            quote!(#part::Variable(#name))
        }
        Piece::Dynamic(DynamicVariable::Uuid) => quote!(#part::Uuid),
        Piece::Dynamic(DynamicVariable::Timestamp) => quote!(#part::Timestamp),
        Piece::Dynamic(DynamicVariable::IsoTimestamp) => quote!(#part::IsoTimestamp),
        Piece::Dynamic(DynamicVariable::Integer) => quote!(#part::Integer),
    });
    quote!(&[#(#pieces),*])
}

/// A literal as it stands at its place.
fn placed(text: &str, place: TemplateLocation) -> String {
    match place {
        TemplateLocation::Verbatim => text.to_owned(),
        TemplateLocation::QueryName => encoded(text, QUERY_NAME),
        TemplateLocation::QueryValue => encoded(text, QUERY_VALUE),
    }
}

/// A slot's name, and what is sent there unless set: `plain("…").or("…")`, or with parts.
fn slot(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    (slot, name, default): (&Ident, &Template, Option<&Template>),
    (at_name, at_value): (TemplateLocation, TemplateLocation),
) -> TokenStream {
    let name = match name.as_literal() {
        Some(text) => {
            let text = placed(text, at_name);
            quote!(plain(#text))
        }
        None => {
            let parts = parts(scope, of, name, at_name);
            quote!(parts(#parts))
        }
    };
    let default = default.map(|value| match value.as_literal() {
        Some(text) => {
            let text = placed(text, at_value);
            quote!(.or(#text))
        }
        None => {
            let parts = parts(scope, of, value, at_value);
            quote!(.or_parts(#parts))
        }
    });
    quote!(#slot::#name #default)
}

/// The query slots of an operation, in the order they are sent; nothing if there are none.
pub(crate) fn query(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    operation: &Operation,
) -> Option<TokenStream> {
    let mut slots = Vec::new();
    let places = (TemplateLocation::QueryName, TemplateLocation::QueryValue);
    for (at, index) in operation.query_order.iter().enumerate() {
        let Some(parameter) = operation.query.get(*index) else { continue };
        let before = operation.query_order.iter().take(at).filter(|it| *it == index).count();
        let default = parameter.default.get(before);
        let own = scope.runtime("QuerySlot");
        let value = default.and_then(Option::as_ref);
        let own = slot(scope, of, (&own, &parameter.name, value), places);
        let alone = matches!(default, Some(None)).then(|| quote!(.name_alone()));
        slots.push(quote!(#own #alone));
    }
    if let Some(before) = operation.api_key_position {
        let own = scope.runtime("QuerySlot");
        slots.insert(before.min(slots.len()), quote!(#own::KEY));
    }
    (!slots.is_empty()).then(|| quote!(&[#(#slots),*]))
}

/// The header slots of an operation: one per value that is sent, at least one per name; nothing if there are none.
pub(crate) fn headers(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    operation: &Operation,
) -> Option<TokenStream> {
    let mut slots = Vec::new();
    let places = (TemplateLocation::Verbatim, TemplateLocation::Verbatim);
    for parameter in &operation.headers {
        let own = scope.runtime("HeaderSlot");
        let values: Vec<_> = parameter.default.iter().flatten().collect();
        for value in &values {
            slots.push(slot(scope, of, (&own, &parameter.name, Some(value)), places));
        }
        if values.is_empty() {
            slots.push(slot(scope, of, (&own, &parameter.name, None), places));
        }
    }
    (!slots.is_empty()).then(|| quote!(&[#(#slots),*]))
}

/// A text with holes as people read it.
pub(crate) fn shown(text: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Argument(name) | Piece::Variable(name) => format!("{{{name}}}"),
        Piece::Dynamic(DynamicVariable::Uuid) => "a new UUID".to_owned(),
        Piece::Dynamic(DynamicVariable::Timestamp) => "seconds since 1970".to_owned(),
        Piece::Dynamic(DynamicVariable::IsoTimestamp) => "the time".to_owned(),
        Piece::Dynamic(DynamicVariable::Integer) => "a random integer".to_owned(),
    };
    text.0.iter().map(piece).collect()
}

/// `text` with controls, everything beyond ASCII, and `what` percent-encoded.
fn encoded(text: &str, what: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if (c.is_ascii_graphic() || c == ' ') && !what.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

impl Crate<'_> {
    /// The setter of a client variable, which is also its name in texts with holes.
    fn variable<'n>(&'n self, name: &'n str) -> &'n str {
        let known = self.api.variables.iter().zip(&self.names.variables);
        let mut known = known.filter(|(variable, _)| variable.name == name);
        known.next().map_or(name, |(_, setter)| setter)
    }
}
