//! The grammar of the tables that the runtime's macros read: macro bodies are opaque to syn, so we read them ourselves.
//!
//! `name! { Type { row, … } }` (`Type: Default` in tables of objects, `Type(name => into String)` in tables of builders), where a row is `state field: "key"` (`as "type"` in multipart tables, `=> into String` in tables of builders and setters), `Variant: "value"` or `Variant`; or `name! { Type }`.

mod text;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    GenericArgument, Ident, LitStr, Macro, PathArguments, Token, Type, braced, parenthesized,
};

/// One type's rows.
pub(super) struct Table {
    /// The type.
    name: Ident,
    /// What stands behind it.
    head: Head,
    /// Its rows; `None` where a name is all.
    rows: Option<Vec<Row>>,
}

/// What stands between a table's name and its rows.
#[derive(Clone)]
enum Head {
    /// Nothing.
    Bare,
    /// `: Default`.
    Default,
    /// `(..)`: the constructor stands beside the type.
    Elsewhere,
    /// `(from Given)`: the constructor takes this struct.
    From(Ident),
    /// The constructor's arguments.
    Arguments(Vec<(Ident, Taken)>),
}

/// How an argument is taken, and its type.
type Taken = (Ident, Box<Type>);

/// One row.
#[derive(Clone)]
enum Row {
    /// A field of an object: state, field, key, and what stands behind.
    Field(Ident, Ident, LitStr, Tail),
    /// A variant of an enumeration and its text.
    Value(Ident, LitStr),
    /// A variant of a union.
    Arm(Ident),
}

/// What a field's row ends with.
#[derive(Clone)]
enum Tail {
    /// Nothing.
    Bare,
    /// `as "type"`: the content type of a part.
    Kind(LitStr),
    /// `=> into String`: what the setter takes.
    Setter(Taken),
}

/// What rows a macro takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grammar {
    Fields,
    Builders,
    Setters,
    Parts,
    Values,
    Arms,
    Names,
}

fn grammar(name: &str) -> Option<Grammar> {
    match name {
        "json_object" => Some(Grammar::Fields),
        "json_builder" => Some(Grammar::Builders),
        "setters" => Some(Grammar::Setters),
        "multipart_object" => Some(Grammar::Parts),
        "form_object" | "part_setter" => Some(Grammar::Names),
        "json_enumeration" => Some(Grammar::Values),
        "json_union" => Some(Grammar::Arms),
        _ => None,
    }
}

/// Reads a macro call: its name and its table; `None` for any other macro.
///
/// # Errors
///
/// Any other content.
pub(super) fn read(call: &Macro) -> Option<Result<(String, Table), String>> {
    let name = call.path.get_ident()?.to_string();
    let grammar = grammar(&name)?;
    let table = call.parse_body_with(|input: ParseStream<'_>| table(input, grammar));
    Some(match table {
        Ok(table) => Ok((name, table)),
        Err(error) => Err(format!("a row of `{name}!` is none: {error}")),
    })
}

fn table(input: ParseStream<'_>, grammar: Grammar) -> syn::Result<Table> {
    let name = input.parse()?;
    if grammar == Grammar::Names {
        return Ok(Table { name, head: Head::Bare, rows: None });
    }
    let head = head(input, grammar)?;
    let body;
    braced!(body in input);
    let mut rows = Vec::new();
    while !body.is_empty() {
        rows.push(row(&body, grammar)?);
        let _: Token![,] = body.parse()?;
    }
    Ok(Table { name, head, rows: Some(rows) })
}

fn head(input: ParseStream<'_>, grammar: Grammar) -> syn::Result<Head> {
    match grammar {
        Grammar::Builders => constructor(input),
        Grammar::Fields if input.peek(Token![:]) => {
            let _: Token![:] = input.parse()?;
            word(input, &["Default"], "a table has `Default` alone")?;
            Ok(Head::Default)
        }
        Grammar::Fields | Grammar::Setters | Grammar::Parts => Ok(Head::Bare),
        Grammar::Values | Grammar::Arms | Grammar::Names => Ok(Head::Bare),
    }
}

fn constructor(input: ParseStream<'_>) -> syn::Result<Head> {
    let arguments;
    parenthesized!(arguments in input);
    if arguments.peek(Token![..]) {
        let _: Token![..] = arguments.parse()?;
        return Ok(Head::Elsewhere);
    }
    if arguments.peek(Ident) && !arguments.peek2(Token![=>]) {
        word(&arguments, &["from"], "a constructor takes arguments, or is `from` a struct")?;
        return Ok(Head::From(arguments.parse()?));
    }
    let argument = |input: ParseStream<'_>| Ok((input.parse()?, taken(input)?));
    let arguments = Punctuated::<_, Token![,]>::parse_terminated_with(&arguments, argument)?;
    Ok(Head::Arguments(arguments.into_iter().collect()))
}

fn row(input: ParseStream<'_>, grammar: Grammar) -> syn::Result<Row> {
    match grammar {
        Grammar::Arms | Grammar::Names => Ok(Row::Arm(input.parse()?)),
        Grammar::Values => {
            let variant = input.parse()?;
            let _: Token![:] = input.parse()?;
            Ok(Row::Value(variant, plain(input)?))
        }
        Grammar::Fields | Grammar::Builders | Grammar::Setters | Grammar::Parts => {
            let states = ["required", "optional", "patch"];
            let state = word(input, &states, "a field has no such state")?;
            let field = input.parse()?;
            let _: Token![:] = input.parse()?;
            let key = plain(input)?;
            Ok(Row::Field(state, field, key, tail(input, grammar)?))
        }
    }
}

fn tail(input: ParseStream<'_>, grammar: Grammar) -> syn::Result<Tail> {
    if grammar == Grammar::Parts && input.peek(Token![as]) {
        let _: Token![as] = input.parse()?;
        return Ok(Tail::Kind(plain(input)?));
    }
    let has_setters = matches!(grammar, Grammar::Builders | Grammar::Setters);
    if has_setters && input.peek(Token![=>]) {
        return Ok(Tail::Setter(taken(input)?));
    }
    Ok(Tail::Bare)
}

fn taken(input: ParseStream<'_>) -> syn::Result<Taken> {
    let _: Token![=>] = input.parse()?;
    let ways = ["into", "scalar", "any", "map", "each", "boxed", "plain", "patch"];
    let how = word(input, &ways, "nothing is taken like this")?;
    let ty: Type = input.parse()?;
    match is_path(&ty) {
        true => Ok((how, Box::new(ty))),
        false => Err(syn::Error::new(how.span(), "a type in a table is a path")),
    }
}

/// Whether a type is a path of names, with such types as its arguments.
fn is_path(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let is_plain = |arguments: &PathArguments| match arguments {
        PathArguments::None => true,
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .all(|argument| matches!(argument, GenericArgument::Type(ty) if is_path(ty))),
        PathArguments::Parenthesized(_) => false,
    };
    path.qself.is_none() && path.path.segments.iter().all(|segment| is_plain(&segment.arguments))
}

/// One of the words that may stand here.
fn word(input: ParseStream<'_>, known: &[&str], complaint: &str) -> syn::Result<Ident> {
    let word = Ident::parse(input)?;
    match known.iter().any(|known| word == *known) {
        true => Ok(word),
        false => Err(syn::Error::new(word.span(), complaint)),
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
