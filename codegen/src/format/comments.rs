//! Docs as comments, a line a line.
//!
//! In: an item whose docs are literals, each with all the lines of a block. Out: the item with a mark where each block was, and the printed item with the blocks below the comment sign. Reading and printing an attribute a line would cost more than all the rest of an item.

use proc_macro2::Literal;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Fields, ImplItem, Item, Lit, Meta, parse_quote};

/// What stands for a block of docs, and how it is printed.
const MARK: &str = "@";
const PRINTED: &str = "///@";

/// The docs of an item and its members in the order in which they are printed; a mark stands in their place.
pub(super) fn take(item: &mut Item) -> Vec<String> {
    let mark: Expr = parse_quote!(#MARK);
    let mut taken = Vec::new();
    for attribute in attributes(item) {
        let Some(text) = text(attribute) else { continue };
        if let Meta::NameValue(pair) = &mut attribute.meta {
            pair.value = mark.clone();
            taken.push(text);
        }
    }
    taken
}

/// The docs that belong to a printed line, if it is the mark of some.
pub(super) fn at<'t>(line: &str, taken: &mut impl Iterator<Item = &'t String>) -> Option<String> {
    let indent = line.strip_suffix(PRINTED).filter(|indent| indent.trim().is_empty())?;
    taken.next().map(|text| lines(text, &AttrStyle::Outer, indent))
}

/// The text of docs that are a literal.
pub(super) fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
    pair.path.is_ident("doc").then(|| text.value())
}

/// Docs as comments; a line that would be no doc in a comment is an attribute.
pub(super) fn lines(docs: &str, style: &AttrStyle, indent: &str) -> String {
    let (sign, is_outer) = match style {
        AttrStyle::Outer => ("///", true),
        AttrStyle::Inner(_) => ("//!", false),
    };
    let mut lines = String::with_capacity(docs.len() + 64);
    for line in docs.split('\n') {
        // A fourth slash makes a plain comment, and a carriage return none at all.
        if is_outer && line.starts_with('/') || line.contains('\r') {
            let inner = if is_outer { "" } else { "!" };
            lines.push_str(&format!("{indent}#{inner}[doc = {}]\n", Literal::string(line)));
        } else {
            lines.extend([indent, sign, line.trim_end_matches(' '), "\n"]);
        }
    }
    lines
}

/// The attributes of an item and of what is in it.
fn attributes(item: &mut Item) -> Vec<&mut Attribute> {
    match item {
        Item::Const(item) => item.attrs.iter_mut().collect(),
        Item::Mod(item) => item.attrs.iter_mut().collect(),
        Item::Type(item) => item.attrs.iter_mut().collect(),
        Item::Use(item) => item.attrs.iter_mut().collect(),
        Item::Struct(item) => item.attrs.iter_mut().chain(of_fields(&mut item.fields)).collect(),
        Item::Enum(item) => {
            let variants = item.variants.iter_mut();
            let variants =
                variants.flat_map(|it| it.attrs.iter_mut().chain(of_fields(&mut it.fields)));
            item.attrs.iter_mut().chain(variants).collect()
        }
        Item::Impl(item) => {
            let members = item.items.iter_mut().flat_map(of_member);
            item.attrs.iter_mut().chain(members).collect()
        }
        _ => Vec::new(),
    }
}

fn of_fields(fields: &mut Fields) -> impl Iterator<Item = &mut Attribute> {
    fields.iter_mut().flat_map(|field| &mut field.attrs)
}

fn of_member(member: &mut ImplItem) -> &mut [Attribute] {
    match member {
        ImplItem::Const(member) => &mut member.attrs,
        ImplItem::Fn(member) => &mut member.attrs,
        ImplItem::Type(member) => &mut member.attrs,
        _ => &mut [],
    }
}
