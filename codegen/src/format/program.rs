//! The gate of example programs: imports of one crate, and a `main` that calls, prints and compares.
//!
//! A program is printed as text, so what is checked is the text as the compiler will read it. Comments are not read: nothing of the input stands in one.

use std::collections::BTreeSet;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Macro, Token, UseTree};

/// Macros that a program may call with expressions.
const CALLED: &[&str] = &["println", "assert_eq", "vec"];

/// What a free JSON value is made of, the only one that is emitted.
const JSON: &str = r#"{ "key" : "value" }"#;

/// Checks a program.
///
/// # Errors
///
/// A text that does not parse, and everything in it that is not listed.
pub(super) fn check(text: &str) -> Result<(), Vec<String>> {
    let file = syn::parse_file(text).map_err(|error| vec![format!("{error}")])?;
    let mut gate = Gate::default();
    if file.shebang.is_some() || file.frontmatter.is_some() {
        gate.refuse("it begins with a script's first line");
    }
    gate.visit_file(&file);
    if gate.roots.len() > 1 {
        gate.refuse("it imports from several crates");
    }
    if gate.refused.is_empty() { Ok(()) } else { Err(gate.refused) }
}

#[derive(Default)]
struct Gate {
    refused: Vec<String>,
    /// Crates that are imported from.
    roots: BTreeSet<String>,
    /// Whether `main` is being read: nothing is declared in it.
    is_inside: bool,
}

impl Gate {
    fn refuse(&mut self, why: impl Into<String>) {
        self.refused.push(why.into());
    }
}

impl<'ast> Visit<'ast> for Gate {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Use(item) if !self.is_inside => match &item.tree {
                UseTree::Path(path) => drop(self.roots.insert(path.ident.to_string())),
                UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) | UseTree::Group(_) => {
                    self.refuse("it imports a whole crate");
                }
            },
            Item::Fn(item) if !self.is_inside && item.sig.ident == "main" => {
                self.is_inside = true;
                visit::visit_item_fn(self, item);
                self.is_inside = false;
            }
            _ => self.refuse("it has an item of a kind that no program has"),
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let path = attribute.path();
        let is_runtime = path.segments.len() == 2
            && path.segments.iter().map(|it| it.ident.to_string()).eq(["tokio", "main"]);
        if !path.is_ident("doc") && !is_runtime {
            self.refuse("it has an attribute that no program has");
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let segments: Vec<_> = call.path.segments.iter().map(|it| it.ident.to_string()).collect();
        let name = segments.join("::");
        if name == "serde_json::json" {
            if call.tokens.to_string() != JSON {
                self.refuse("it writes JSON of its own");
            }
            return;
        }
        let values = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        match values {
            Ok(values) if CALLED.contains(&name.as_str()) => {
                let is_text =
                    |it: &&Expr| matches!(it, Expr::Lit(ExprLit { lit: Lit::Str(_), .. }));
                if name == "println" && values.first().filter(is_text).is_none() {
                    self.refuse("it prints without a pattern");
                }
                values.iter().for_each(|value| self.visit_expr(value));
            }
            Ok(_) | Err(_) => self.refuse(format!("it calls the macro `{name}`")),
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if matches!(expression, Expr::Unsafe(_) | Expr::Verbatim(_) | Expr::Closure(_)) {
            self.refuse("it has an expression of a kind that no program has");
        }
        visit::visit_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        check(text).err().unwrap_or_default().join("; ")
    }

    #[test]
    fn a_program_imports_and_has_a_main() {
        let text = "//! Lists.\nuse a::Client;\nuse a::users::User;\n#[tokio::main]\nasync fn main() { println!(\"{}\", f(vec![\"}\"], serde_json::json!({\"key\": \"value\"}))); }";
        assert_eq!(check(text), Ok(()));
    }

    #[test]
    fn nothing_else_passes() {
        for (text, why) in [
            ("fn main() {", "cannot parse"),
            ("fn other() {}", "an item of a kind"),
            ("fn main() { fn inner() {} }", "an item of a kind"),
            ("use a::b; use std::process; fn main() {}", "several crates"),
            ("use a; fn main() {}", "a whole crate"),
            ("#[no_mangle] fn main() {}", "an attribute"),
            ("fn main() { unsafe { f() } }", "an expression of a kind"),
            ("fn main() { include_str!(\"/x\"); }", "the macro `include_str`"),
            ("fn main() { serde_json::json!({\"key\": f()}); }", "JSON of its own"),
            ("fn main() { println!(x); }", "without a pattern"),
        ] {
            assert!(refused(text).contains(why), "{text}: {}", refused(text));
        }
    }
}
