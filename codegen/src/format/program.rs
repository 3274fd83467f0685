//! The gate of example programs: imports of the crate, and a `main` that calls, prints and compares.
//!
//! A program is printed as text, so what is checked is the text as the compiler will read it. Comments are not read: nothing of the input stands in one.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Macro, Meta, Path, Stmt, Token, UseTree};

/// Macros that a program may call with expressions.
const CALLED: &[&str] = &["println", "assert_eq", "vec"];

/// What a free JSON value is made of, the only one that is emitted.
const JSON: &str = r#"{ "key" : "value" }"#;

/// How the runtime is started that `main` needs.
const RUNTIME: &str = "flavor = \"current_thread\"";

/// What a program names of the standard library by its path.
const STANDARD: &[&str] = &["std::env::var", "std::error::Error", "std::time::Duration::from_secs"];

/// Checks a program of the crate `root`.
///
/// # Errors
///
/// A text that does not parse, and everything in it that is not listed.
pub(super) fn check(text: &str, root: &str) -> Result<(), Vec<String>> {
    let file = syn::parse_file(text).map_err(|error| vec![format!("{error}")])?;
    let mut gate = Gate { refused: Vec::new(), root, is_inside: false };
    if file.shebang.is_some() || file.frontmatter.is_some() {
        gate.refuse("it begins with a script's first line");
    }
    gate.visit_file(&file);
    if gate.refused.is_empty() { Ok(()) } else { Err(gate.refused) }
}

struct Gate<'a> {
    refused: Vec<String>,
    /// The crate that is imported from.
    root: &'a str,
    /// Whether `main` is being read: nothing is declared in it.
    is_inside: bool,
}

impl Gate<'_> {
    fn refuse(&mut self, why: impl Into<String>) {
        self.refused.push(why.into());
    }

    /// Imports begin at the crate, and bring no name that hides another.
    fn import(&mut self, item: &syn::ItemUse) {
        let is_private = matches!(item.vis, syn::Visibility::Inherited);
        let is_own = match &item.tree {
            UseTree::Path(path) => path.ident == self.root && lists_names(&path.tree),
            UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) | UseTree::Group(_) => false,
        };
        if !is_own || !is_private || item.leading_colon.is_some() || !item.attrs.is_empty() {
            self.refuse("it imports what is not of its crate");
        }
    }
}

/// Whether a `use` tree ends in names, as they are.
fn lists_names(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => lists_names(&path.tree),
        UseTree::Name(_) => true,
        UseTree::Group(group) => group.items.iter().all(lists_names),
        UseTree::Rename(_) | UseTree::Glob(_) => false,
    }
}

impl<'ast> Visit<'ast> for Gate<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Use(item) if !self.is_inside => self.import(item),
            Item::Fn(item) if !self.is_inside && item.sig.ident == "main" => {
                self.is_inside = true;
                visit::visit_item_fn(self, item);
                self.is_inside = false;
            }
            _ => self.refuse("it has an item of a kind that no program has"),
        }
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        let is_plain = signature.inputs.is_empty()
            && signature.generics.params.is_empty()
            && signature.abi.is_none()
            && matches!(signature.safety, syn::Safety::Default);
        if !is_plain {
            self.refuse("its `main` is of a kind that no program has");
        }
        visit::visit_signature(self, signature);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let is_text = match &attribute.meta {
            Meta::NameValue(pair) => pair.path.is_ident("doc") && is_text(&pair.value),
            Meta::List(list) => {
                joined(&list.path) == "tokio::main" && list.tokens.to_string() == RUNTIME
            }
            Meta::Path(_) => false,
        };
        if !is_text {
            self.refuse("it has an attribute that no program has");
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = joined(&call.path);
        if name == "serde_json::json" {
            if call.tokens.to_string() != JSON {
                self.refuse("it writes JSON of its own");
            }
            return;
        }
        let values = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        match values {
            Ok(values) if CALLED.contains(&name.as_str()) => {
                if name == "println" && !values.first().is_some_and(is_text) {
                    self.refuse("it prints without a pattern");
                }
                values.iter().for_each(|value| self.visit_expr(value));
            }
            Ok(_) | Err(_) => self.refuse(format!("it calls the macro `{name}`")),
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Local(_) | Stmt::Expr(..) | Stmt::Macro(_) => visit::visit_stmt(self, statement),
            Stmt::Item(_) => self.refuse("it has an item of a kind that no program has"),
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        use Expr::{Array, Await, Block, Call, Field, Let, Lit, Match, MethodCall};
        match expression {
            Array(_) | Await(_) | Block(_) | Call(_) | Field(_) | Let(_) | Lit(_) | Match(_) => {}
            MethodCall(_) | Expr::Macro(_) | Expr::Path(_) | Expr::Return(_) => {}
            Expr::Struct(_) | Expr::Try(_) | Expr::Tuple(_) | Expr::Unary(_) => {}
            Expr::While(_) => {}
            _ => self.refuse("it has an expression of a kind that no program has"),
        }
        visit::visit_expr(self, expression);
    }

    /// A name alone, what a type has, the crate, and little of the standard library.
    fn visit_path(&mut self, path: &'ast Path) {
        let name = joined(path);
        let first = path.segments.first().map(|it| it.ident.to_string()).unwrap_or_default();
        let is_type = first.starts_with(|letter: char| letter.is_ascii_uppercase());
        let is_listed = first == self.root || STANDARD.contains(&name.as_str());
        if path.leading_colon.is_some() || path.segments.len() > 1 && !is_type && !is_listed {
            self.refuse(format!("it names `{name}`"));
        }
        visit::visit_path(self, path);
    }
}

/// The segments of a path, without what they are given.
fn joined(path: &Path) -> String {
    let segments: Vec<_> = path.segments.iter().map(|it| it.ident.to_string()).collect();
    segments.join("::")
}

fn is_text(value: &Expr) -> bool {
    matches!(value, Expr::Lit(ExprLit { lit: Lit::Str(_), .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        check(text, "a").err().unwrap_or_default().join("; ")
    }

    #[test]
    fn a_program_imports_and_has_a_main() {
        let text = "//! Lists.\nuse a::Client;\nuse a::users::User;\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() { println!(\"{}\", f(vec![\"}\"], serde_json::json!({\"key\": \"value\"}))); }";
        assert_eq!(check(text, "a"), Ok(()));
    }

    #[test]
    fn nothing_else_passes() {
        for (text, why) in [
            ("fn main() {", "cannot parse"),
            ("fn other() {}", "an item of a kind"),
            ("fn main() { fn inner() {} }", "an item of a kind"),
            ("use std::process; fn main() {}", "not of its crate"),
            ("use a::b; use c::d; fn main() {}", "not of its crate"),
            ("use a; fn main() {}", "not of its crate"),
            ("use a::*; fn main() {}", "not of its crate"),
            ("use a::b as c; fn main() {}", "not of its crate"),
            ("pub use a::b; fn main() {}", "not of its crate"),
            ("use ::a::b; fn main() {}", "not of its crate"),
            ("fn main(x: X) {}", "its `main`"),
            ("extern \"C\" fn main() {}", "its `main`"),
            ("#[no_mangle] fn main() {}", "an attribute"),
            ("#[tokio::main(crate = \"b\")] async fn main() {}", "an attribute"),
            ("#[doc = include_str!(\"/x\")] fn main() {}", "an attribute"),
            ("#[doc(alias = \"x\")] fn main() {}", "an attribute"),
            ("#[doc = 1] fn main() {}", "an attribute"),
            ("fn main() { || 1; }", "an expression of a kind"),
            ("fn main() { loop {} }", "an expression of a kind"),
            ("fn main() { x = 1; }", "an expression of a kind"),
            ("fn main() { const { 1 } }", "an expression of a kind"),
            ("fn main() { std::process::exit(1) }", "names `std::process::exit`"),
            ("fn main() { ::std::env::var(\"x\") }", "names `std::env::var`"),
            ("fn main() { unsafe { f() } }", "an expression of a kind"),
            ("fn main() { include_str!(\"/x\"); }", "the macro `include_str`"),
            ("fn main() { serde_json::json!({\"key\": f()}); }", "JSON of its own"),
            ("fn main() { println!(x); }", "without a pattern"),
        ] {
            assert!(refused(text).contains(why), "{text}: {}", refused(text));
        }
    }
}
