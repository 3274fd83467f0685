//! The gate: walks an emitted file and refuses whatever is not on the list.
//!
//! Nothing here depends on how a file came to be. What is listed is what the emitter needs, and nothing more: a text of the input that became code would need something else.

use super::read::{Piece, Read};
use crate::emit::runtime::SOURCES;
use crate::output::is_contained;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprMacro, ImplItem, Item, Lit, LitStr, Macro, Meta, Path, Token, Visibility,
};
use syn::{ItemUse, UseTree, punctuated::Punctuated};

/// Traits that a type may derive.
const DERIVES: &[&str] =
    &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Lints that the root and the models set, with their levels.
const LEVELS: &[(&str, &str)] =
    &[("allow", "missing_docs"), ("forbid", "unsafe_code"), ("warn", "missing_docs")];

/// The one attribute that the root has under a condition: on docs.rs, items tell the features they need.
const DOCS_RS: &str = "docsrs , feature (doc_cfg)";

/// Where an import may begin.
const ROOTS: &[&str] = &["client", "crate", "models", "runtime", "std", "super"];

/// Checks a file's syntax tree.
///
/// # Errors
///
/// Everything in it that is not listed.
pub(super) fn file(file: &Read) -> Result<(), Vec<String>> {
    let mut gate = Gate { refused: Vec::new() };
    if file.is_script {
        gate.refuse("it begins with a script's first line");
    }
    file.attrs.iter().for_each(|attribute| gate.visit_attribute(attribute));
    file.pieces.iter().for_each(|piece| gate.piece(piece));
    if gate.refused.is_empty() { Ok(()) } else { Err(gate.refused) }
}

/// Checks where a file is written.
///
/// # Errors
///
/// A path that leads elsewhere, or is unlike those of a crate.
pub(super) fn path(path: &str) -> Result<(), String> {
    let is_plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '/');
    let is_module = |path: &str| {
        path.split('/').all(|part| (1..=64).contains(&part.len())) && path.chars().all(is_plain)
    };
    let source = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs"));
    let program = path.strip_prefix("examples/").and_then(|path| path.strip_suffix(".rs"));
    let is_program = program.is_some_and(|name| is_module(name) && !name.contains('/'));
    let is_known = matches!(path, "Cargo.toml" | "README.md" | "API.md" | "rustfmt.toml");
    match is_contained(path) && (is_known || is_program || source.is_some_and(is_module)) {
        true => Ok(()),
        false => Err("it is no path of a crate".to_owned()),
    }
}

/// Checks that a file of the runtime is its source below line comments.
///
/// # Errors
///
/// A difference.
pub(super) fn runtime(path: &str, text: &str) -> Result<(), String> {
    let source = SOURCES.iter().find(|(known, _)| *known == path).map(|(_, source)| *source);
    let header = source.and_then(|source| text.strip_suffix(source));
    let is_comment =
        |header: &str| header.lines().all(|line| line.starts_with("// ")) && header.ends_with('\n');
    match header.is_some_and(is_comment) {
        true => Ok(()),
        false => Err("it is not the runtime's source below a header".to_owned()),
    }
}

struct Gate {
    refused: Vec<String>,
}

impl Gate {
    fn refuse(&mut self, why: impl Into<String>) {
        self.refused.push(why.into());
    }
}

impl<'ast> Visit<'ast> for Gate {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Const(_) | Item::Enum(_) | Item::Impl(_) | Item::Struct(_) => {}
            Item::Macro(_) => return self.refuse("it calls a macro that is no table"),
            Item::Mod(item) if item.content.is_none() => {}
            Item::Type(item) if is_other_name(item) => {}
            Item::Use(item) => self.import(item),
            _ => return self.refuse("it has an item of a kind that is never emitted"),
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        match item {
            ImplItem::Const(_) | ImplItem::Fn(_) | ImplItem::Type(_) => {
                visit::visit_impl_item(self, item);
            }
            _ => self.refuse("it has an associated item of a kind that is never emitted"),
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if !is_listed(attribute) {
            let name = attribute.path().segments.last().map(|segment| segment.ident.to_string());
            self.refuse(format!("it has the attribute `{}`", name.unwrap_or_default()));
        }
    }

    fn visit_macro(&mut self, _: &'ast Macro) {
        self.refuse("it calls a macro inside an item");
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if matches!(expression, Expr::Unsafe(_) | Expr::Verbatim(_)) {
            self.refuse("it has an unsafe or an unread expression");
        }
        visit::visit_expr(self, expression);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.unsafety.is_some() {
            self.refuse("it has an unsafe impl");
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if !matches!(signature.safety, syn::Safety::Default) || signature.abi.is_some() {
            self.refuse("it has an unsafe or foreign function");
        }
        visit::visit_signature(self, signature);
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        use syn::Type::{FnPtr, Macro, Ptr, Verbatim};
        if matches!(ty, FnPtr(_) | Macro(_) | Ptr(_) | Verbatim(_)) {
            self.refuse("it has a type of a kind that is never emitted");
        }
        visit::visit_type(self, ty);
    }
}

impl Gate {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Item(item) => self.visit_item(item),
            // Its grammar has no more than what may stand in it.
            Piece::Table(..) => {}
            Piece::Request(request) => request.types().for_each(|ty| self.visit_type(ty)),
        }
    }

    /// Imports begin at the crate or in the standard library; `pub use` at a module beside or at the crate.
    fn import(&mut self, item: &ItemUse) {
        let root = match &item.tree {
            UseTree::Path(path) => path.ident.to_string(),
            UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) | UseTree::Group(_) => {
                String::new()
            }
        };
        let is_beside = matches!(root.as_str(), "client" | "models" | "runtime");
        let is_public = matches!(item.vis, Visibility::Public(_));
        let is_listed = ROOTS.contains(&root.as_str()) && item.leading_colon.is_none();
        let is_placed = if is_public { is_beside || root == "crate" } else { !is_beside };
        if !is_listed || !is_placed {
            self.refuse(format!("it imports from `{root}`"));
        }
    }
}

/// Whether it is another name of a type of this crate, and nothing else.
fn is_other_name(item: &syn::ItemType) -> bool {
    let syn::Type::Path(ty) = &*item.ty else { return false };
    let root = ty.path.segments.first().filter(|_| ty.path.leading_colon.is_none());
    let is_plain = ty.path.segments.iter().all(|it| it.arguments.is_empty());
    let is_public = matches!(item.vis, Visibility::Public(_));
    let is_own = root.is_some_and(|root| root.ident == "crate");
    is_public && is_own && is_plain && ty.qself.is_none() && item.generics.params.is_empty()
}

fn is_listed(attribute: &Attribute) -> bool {
    let Some(name) = attribute.path().get_ident().map(ToString::to_string) else { return false };
    match (name.as_str(), &attribute.meta) {
        ("must_use" | "non_exhaustive", Meta::Path(_)) => true,
        ("doc", Meta::NameValue(pair)) => is_text(&pair.value) || is_readme(&pair.value),
        ("deprecated", Meta::NameValue(pair)) => is_text(&pair.value),
        ("cfg", Meta::List(list)) => match list.parse_args::<Meta>() {
            Ok(Meta::NameValue(pair)) => pair.path.is_ident("feature") && is_text(&pair.value),
            Ok(Meta::Path(path)) => path.is_ident("doctest"),
            Ok(Meta::List(_)) | Err(_) => false,
        },
        ("cfg_attr", Meta::List(list)) => list.tokens.to_string() == DOCS_RS,
        ("derive", Meta::List(list)) => {
            let paths = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
            let is_listed = |path: &Path| DERIVES.iter().any(|name| path.is_ident(name));
            paths.is_ok_and(|paths| paths.iter().all(is_listed))
        }
        ("allow" | "forbid" | "warn", Meta::List(list)) => {
            let items = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            items.is_ok_and(|items| sets_lint(&name, &items))
        }
        _ => false,
    }
}

/// One of the listed lints at its level, and at most a reason.
fn sets_lint(level: &str, items: &Punctuated<Meta, Token![,]>) -> bool {
    let mut items = items.iter();
    let Some(Meta::Path(lint)) = items.next() else { return false };
    let is_reason = |it: &Meta| match it {
        Meta::NameValue(pair) => pair.path.is_ident("reason") && is_text(&pair.value),
        Meta::Path(_) | Meta::List(_) => false,
    };
    LEVELS.iter().any(|(listed, known)| *listed == level && lint.is_ident(known))
        && items.next().is_none_or(is_reason)
        && items.next().is_none()
}

/// The crate's own `README.md`, and no other file.
fn is_readme(value: &Expr) -> bool {
    let Expr::Macro(ExprMacro { mac, .. }) = value else { return false };
    let file = mac.parse_body::<LitStr>().map(|file| file.value());
    mac.path.is_ident("include_str") && file.is_ok_and(|file| file == "../README.md")
}

fn is_text(value: &Expr) -> bool {
    matches!(value, Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)))
}
