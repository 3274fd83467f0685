//! A checked file as text: prettyplease's, with blank lines between items and a table's rows one a line.

use super::{constant, request, table};
use quote::quote;
use syn::{Attribute, File, ImplItem, Item, ItemImpl, parse_quote};

/// An attribute on a line of its own that becomes an empty line.
const MARKER: &str = "#[blank_line]";

/// Prints a file.
///
/// # Errors
///
/// A macro call that is no table.
pub(super) fn file(file: File) -> Result<String, String> {
    let File { attrs, items, .. } = file;
    let mut text: String = attrs.into_iter().map(head).collect();
    let mut before = None;
    for item in items {
        let kind = kind(&item);
        // Declarations and imports of one kind stand together; everything else stands apart.
        if before.is_some_and(|before| before != kind || kind == Kind::Other)
            || !text.is_empty() && before.is_none()
        {
            text.push('\n');
        }
        before = Some(kind);
        text.push_str(&self::item(item)?);
    }
    Ok(text)
}

/// An attribute of the file on lines of its own: together, those that are no literal text stand on one.
fn head(attribute: Attribute) -> String {
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

fn kind(item: &Item) -> Kind {
    match item {
        Item::Mod(_) => Kind::Module,
        Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => Kind::Reexport,
        Item::Use(_) => Kind::Import,
        Item::Macro(call) if table::is_table(&call.mac) => Kind::Table,
        _ => Kind::Other,
    }
}

fn item(item: Item) -> Result<String, String> {
    if let Item::Macro(call) = &item {
        if let Some(request) = request::read(&call.mac) {
            return request.map(|request| request.to_string());
        }
        return table::read(&call.mac).map(|(name, table)| format!("{name}! {{ {table} }}\n"));
    }
    if let Item::Impl(item) = &item
        && let Some(text) = constants(item)
    {
        return Ok(text);
    }
    let item = match item {
        Item::Impl(item) => Item::Impl(spaced(item)),
        item => item,
    };
    let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    let printed = prettyplease::unparse(&file);
    let lines = printed.lines().map(|line| if line.trim() == MARKER { "" } else { line });
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
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
fn spaced(mut item: ItemImpl) -> ItemImpl {
    let marker: Attribute = parse_quote!(#[blank_line]);
    debug_assert_eq!(quote!(#marker).to_string().replace(' ', ""), MARKER);
    for member in item.items.iter_mut().skip(1) {
        if let ImplItem::Fn(method) = member {
            method.attrs.insert(0, marker.clone());
        }
    }
    item
}
