//! A checked file as text: prettyplease's, with blank lines between items and a table's rows one a line.

use super::read::{Piece, Read};
use super::{comments, constant};
use quote::quote;
use syn::{Attribute, File, ImplItem, Item, ItemImpl, parse_quote};

/// An attribute on a line of its own that becomes an empty line.
const MARKER: &str = "#[blank_line]";

/// Prints a file.
pub(super) fn file(file: Read) -> String {
    let mut text: String = file.attrs.into_iter().map(head).collect();
    let mut before = None;
    for piece in file.pieces {
        let kind = kind(&piece);
        // Declarations and imports of one kind stand together; everything else stands apart.
        if before.is_some_and(|before| before != kind || kind == Kind::Other)
            || !text.is_empty() && before.is_none()
        {
            text.push('\n');
        }
        before = Some(kind);
        match piece {
            Piece::Request(request) => text.push_str(&request.to_string()),
            Piece::Table(name, table) => text.extend([&name, "! { ", &table.to_string(), " }\n"]),
            Piece::Item(item) => text.push_str(&self::item(*item)),
        }
    }
    text
}

/// An attribute of the file on lines of its own: together, those that are no literal text stand on one.
fn head(attribute: Attribute) -> String {
    if let Some(text) = comments::text(&attribute) {
        return comments::lines(&text, &attribute.style, "");
    }
    let attrs = vec![attribute];
    let file = File { shebang: None, frontmatter: None, attrs, items: Vec::new() };
    let printed = prettyplease::unparse(&file);
    if printed.ends_with('\n') { printed } else { printed + "\n" }
}

/// What decides whether an empty line stands between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Reexport,
    Import,
    Table,
    Other,
}

fn kind(piece: &Piece) -> Kind {
    match piece {
        Piece::Table(..) => Kind::Table,
        Piece::Request(_) => Kind::Other,
        Piece::Item(item) => match &**item {
            Item::Mod(_) => Kind::Module,
            Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => Kind::Reexport,
            Item::Use(_) => Kind::Import,
            _ => Kind::Other,
        },
    }
}

fn item(mut item: Item) -> String {
    if let Item::Impl(item) = &mut item {
        if let Some(text) = constants(item) {
            return text;
        }
        space(item);
    }
    let docs = comments::take(&mut item);
    let mut docs = docs.iter();
    let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    let printed = prettyplease::unparse(&file);
    let mut text = String::with_capacity(printed.len());
    for line in printed.lines() {
        if line.trim() == MARKER {
            text.push('\n');
        } else if let Some(docs) = comments::at(line, &mut docs) {
            text.push_str(&docs);
        } else {
            text.extend([line, "\n"]);
        }
    }
    text
}

/// An inherent `impl` of nothing but constants; `None` for any other.
fn constants(item: &ItemImpl) -> Option<String> {
    let syn::Type::Path(owner) = &*item.self_ty else { return None };
    let is_plain = item.trait_.is_none() && item.attrs.is_empty() && !item.items.is_empty();
    if !is_plain || !item.generics.params.is_empty() {
        return None;
    }
    let mut text = format!("impl {} {{\n", owner.path.get_ident()?);
    for item in &item.items {
        let ImplItem::Const(item) = item else { return None };
        text.push_str(&constant::text(item, "    ")?);
    }
    text.push_str("}\n");
    Some(text)
}

/// Marks where an empty line belongs: before each method but the first.
fn space(item: &mut ItemImpl) {
    let marker: Attribute = parse_quote!(#[blank_line]);
    debug_assert_eq!(quote!(#marker).to_string().replace(' ', ""), MARKER);
    for member in item.items.iter_mut().skip(1) {
        if let ImplItem::Fn(method) = member {
            method.attrs.insert(0, marker.clone());
        }
    }
}
