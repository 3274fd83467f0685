//! The grammar of the tables that the runtime's macros read: macro bodies are opaque to syn, so we read them ourselves.
//!
//! `name! { Type { row, … } … }` (`Type: Default` in tables of objects), where a row is `state field: "key"` (`as "type"` in multipart tables), `Variant: "value"` or `Variant`.

use std::fmt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Macro, Token, braced};

/// One type's rows.
#[derive(Clone)]
pub(super) struct Table {
    /// The type.
    pub(super) name: Ident,
    /// Whether it has a `Default`.
    pub(super) has_default: bool,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Clone)]
pub(super) enum Row {
    /// A field of an object: state, field, key, and the content type of a part.
    Field(Ident, Ident, LitStr, Option<LitStr>),
    /// A variant of an enumeration and its text.
    Value(Ident, LitStr),
    /// A variant of a union.
    Arm(Ident),
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(state, field, key, kind) => {
                write!(f, "{state} {field}: {}", key.token())?;
                kind.as_ref().map_or(Ok(()), |kind| write!(f, " as {}", kind.token()))
            }
            Self::Value(variant, text) => write!(f, "{variant}: {}", text.token()),
            Self::Arm(variant) => write!(f, "{variant}"),
        }
    }
}

/// What rows a macro takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grammar {
    Fields,
    Parts,
    Values,
    Arms,
}

fn grammar(name: &str) -> Option<Grammar> {
    match name {
        "json_object" | "form_object" => Some(Grammar::Fields),
        "multipart_object" => Some(Grammar::Parts),
        "json_enumeration" => Some(Grammar::Values),
        "json_union" => Some(Grammar::Arms),
        _ => None,
    }
}

/// Reads a macro call: its name and its tables.
///
/// # Errors
///
/// Any other macro, and any other content.
pub(super) fn read(call: &Macro) -> Result<(String, Vec<Table>), String> {
    let name = call.path.get_ident().map(Ident::to_string).unwrap_or_default();
    let grammar = grammar(&name).ok_or("it calls a macro that is no table")?;
    let parser = |input: ParseStream<'_>| {
        let mut tables = Vec::new();
        while !input.is_empty() {
            tables.push(table(input, grammar)?);
        }
        Ok(tables)
    };
    let tables = call
        .parse_body_with(parser)
        .map_err(|error| format!("a row of `{name}!` is none: {error}"))?;
    Ok((name, tables))
}

fn table(input: ParseStream<'_>, grammar: Grammar) -> syn::Result<Table> {
    let name = input.parse()?;
    let has_default = grammar == Grammar::Fields && input.peek(Token![:]);
    if has_default {
        let _: Token![:] = input.parse()?;
        let default: Ident = input.parse()?;
        if default != "Default" {
            return Err(syn::Error::new(default.span(), "a table has `Default` alone"));
        }
    }
    let body;
    braced!(body in input);
    let mut rows = Vec::new();
    while !body.is_empty() {
        rows.push(row(&body, grammar)?);
        let _: Token![,] = body.parse()?;
    }
    Ok(Table { name, has_default, rows })
}

fn row(input: ParseStream<'_>, grammar: Grammar) -> syn::Result<Row> {
    let first = Ident::parse(input)?;
    match grammar {
        Grammar::Arms => Ok(Row::Arm(first)),
        Grammar::Values => {
            let _: Token![:] = input.parse()?;
            Ok(Row::Value(first, plain(input)?))
        }
        Grammar::Fields | Grammar::Parts => {
            if !["required", "optional", "patch"].contains(&first.to_string().as_str()) {
                return Err(syn::Error::new(first.span(), "a field has no such state"));
            }
            let field = input.parse()?;
            let _: Token![:] = input.parse()?;
            let key = plain(input)?;
            let is_typed = grammar == Grammar::Parts && input.peek(Token![as]);
            let kind = is_typed.then(|| {
                let _: Token![as] = input.parse()?;
                plain(input)
            });
            Ok(Row::Field(first, field, key, kind.transpose()?))
        }
    }
}

/// A string literal without a suffix.
fn plain(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let text: LitStr = input.parse()?;
    match text.suffix() {
        "" => Ok(text),
        _ => Err(syn::Error::new(text.span(), "a text has no suffix")),
    }
}
