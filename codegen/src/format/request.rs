//! The grammar of a request with its setters, which the runtime's macro `request_builder` reads.
//!
//! `/// docs pub struct Name -> Response, pages of Item { /// docs query 0 setter(kind), … }`, where a kind is `text`, `into Type`, `each kind`, or a type.

use super::comments;
use quote::ToTokens;
use std::fmt::{self, Write as _};
use syn::parse::{Parse, ParseStream};
use syn::{
    AttrStyle, Attribute, Expr, Ident, Lit, LitInt, LitStr, Macro, Meta, Token, Type, Visibility,
    braced, parenthesized,
};

/// The macro.
const NAME: &str = "request_builder";

/// A request.
pub(super) struct Request {
    docs: Vec<LitStr>,
    name: Ident,
    response: Type,
    item: Option<Type>,
    rows: Vec<Row>,
}

/// A setter: its docs, where it goes, its name, and what it takes.
struct Row {
    docs: Vec<LitStr>,
    place: Ident,
    slot: Option<LitInt>,
    name: Ident,
    kind: Kind,
}

struct Kind {
    /// `each`, `into`, `text`, as far as they are there.
    words: Vec<Ident>,
    ty: Option<Type>,
}

/// Reads a call of the macro; `None` for any other macro.
///
/// # Errors
///
/// Any other content.
pub(super) fn read(call: &Macro) -> Option<Result<Request, String>> {
    if !call.path.is_ident(NAME) {
        return None;
    }
    Some(call.parse_body().map_err(|error| format!("a row of `{NAME}!` is none: {error}")))
}

impl Request {
    /// The types it names.
    pub(super) fn types(&self) -> impl Iterator<Item = &Type> {
        let of_rows = self.rows.iter().filter_map(|row| row.kind.ty.as_ref());
        std::iter::once(&self.response).chain(&self.item).chain(of_rows)
    }
}

impl Parse for Request {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let docs = docs(input)?;
        let visibility: Visibility = input.parse()?;
        if !matches!(visibility, Visibility::Public(_)) {
            return Err(input.error("a request is public"));
        }
        let _: Token![struct] = input.parse()?;
        let name = input.parse()?;
        let _: Token![->] = input.parse()?;
        let response = input.parse()?;
        let item = match input.peek(Token![,]) {
            true => {
                let _: Token![,] = input.parse()?;
                word(input, "pages")?;
                word(input, "of")?;
                Some(input.parse()?)
            }
            false => None,
        };
        let body;
        braced!(body in input);
        let mut rows = Vec::new();
        while !body.is_empty() {
            rows.push(body.parse()?);
            let _: Token![,] = body.parse()?;
        }
        Ok(Self { docs, name, response, item, rows })
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let docs = docs(input)?;
        let place: Ident = input.parse()?;
        let slot = match place.to_string().as_str() {
            "query" | "header" => Some(input.parse::<LitInt>()?),
            "body" => None,
            _ => return Err(syn::Error::new(place.span(), "a setter has no such place")),
        };
        if slot.as_ref().is_some_and(|slot| !slot.suffix().is_empty()) {
            return Err(syn::Error::new(place.span(), "a slot has no suffix"));
        }
        let name = input.parse()?;
        let kind;
        parenthesized!(kind in input);
        let kind = kind.parse()?;
        Ok(Self { docs, place, slot, name, kind })
    }
}

impl Parse for Kind {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut words = Vec::new();
        for known in ["each", "into", "text"] {
            let ahead = input.fork().parse::<Ident>();
            if ahead.is_ok_and(|word| word == known) {
                words.push(input.parse()?);
            }
        }
        let ty = if input.is_empty() { None } else { Some(input.parse()?) };
        match input.is_empty() && ty.is_some() != words.iter().any(|word| word == "text") {
            true => Ok(Self { words, ty }),
            false => Err(input.error("a setter takes one kind")),
        }
    }
}

fn word(input: ParseStream<'_>, wanted: &str) -> syn::Result<()> {
    let found: Ident = input.parse()?;
    match found == wanted {
        true => Ok(()),
        false => Err(syn::Error::new(found.span(), format!("here belongs `{wanted}`"))),
    }
}

/// Attributes that are docs; any other one is an error.
fn docs(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let attributes = input.call(Attribute::parse_outer)?;
    attributes.iter().map(doc).collect()
}

fn doc(attribute: &Attribute) -> syn::Result<LitStr> {
    if let Meta::NameValue(pair) = &attribute.meta
        && pair.path.is_ident("doc")
        && let Expr::Lit(literal) = &pair.value
        && let Lit::Str(text) = &literal.lit
        && text.suffix().is_empty()
    {
        return Ok(text.clone());
    }
    Err(syn::Error::new_spanned(attribute, "a row has docs alone"))
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{NAME}! {{\n{}", doc_lines(&self.docs, "    "));
        write!(text, "    pub struct {} -> {}", self.name, type_text(&self.response))?;
        if let Some(item) = &self.item {
            write!(text, ", pages of {}", type_text(item))?;
        }
        text.push_str(" {\n");
        for row in &self.rows {
            text.push_str(&doc_lines(&row.docs, "        "));
            writeln!(text, "        {row},")?;
        }
        text.push_str("    }\n}\n");
        f.write_str(&text)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.place)?;
        if let Some(slot) = &self.slot {
            write!(f, "{} ", slot.base10_digits())?;
        }
        let words = self.kind.words.iter().map(ToString::to_string);
        let kind: Vec<String> = words.chain(self.kind.ty.as_ref().map(type_text)).collect();
        write!(f, "{}({})", self.name, kind.join(" "))
    }
}

fn doc_lines(docs: &[LitStr], indent: &str) -> String {
    docs.iter().map(|text| comments::lines(&text.value(), &AttrStyle::Outer, indent)).collect()
}

/// A type without the spaces that tokens have between them.
fn type_text(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for sign in ["::", "<", ">"] {
        text = text.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign);
    }
    text.replace(" ,", ",").replace("( ", "(").replace(" )", ")")
}
