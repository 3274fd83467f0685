//! Constants that are chains of calls (`Operation::new(…).auth(1).query(&[…])`) as a person would break them: what fits stands on one line, a list has a row a line.

use syn::{Expr, ExprReference, ImplItemConst, Visibility};

/// Longest line of a constant.
const WIDTH: usize = 100;

/// The constant below `indent`; `None` where it is of another form.
pub(super) fn text(item: &ImplItemConst, indent: &str) -> Option<String> {
    let is_plain = item.attrs.is_empty() && matches!(item.vis, Visibility::Inherited);
    let (root, links) = links(&item.expr).filter(|_| is_plain)?;
    let head = format!("{indent}const {}: {} =", item.ident, flat_type(&item.ty)?);
    let flat: String = links.iter().map(Link::flat).collect();
    let deeper = format!("{indent}    ");
    let whole = format!("{head} {root}{flat};\n");
    if fits(&whole) {
        return Some(whole);
    }
    // A list at the end may open on the first line.
    if let Some((Link { method, rows: Some(rows), .. }, before)) = links.split_last() {
        let before: String = before.iter().map(Link::flat).collect();
        let opened = format!("{head} {root}{before}.{method}(&[\n");
        if fits(&opened) {
            return Some(format!("{opened}{}{indent}]);\n", lines(rows, &deeper)));
        }
    }
    let whole = format!("{deeper}{root}{flat};\n");
    if fits(&whole) {
        return Some(format!("{head}\n{whole}"));
    }
    let mut text = format!("{head}\n{deeper}{root}");
    links.iter().for_each(|link| push(&mut text, link, &format!("{deeper}    ")));
    text.push_str(";\n");
    Some(text)
}

fn fits(line: &str) -> bool {
    line.trim_end().chars().count() <= WIDTH
}

fn lines(rows: &[String], indent: &str) -> String {
    rows.iter().map(|row| format!("{indent}{row},\n")).collect()
}

/// A method call of a chain.
struct Link {
    method: String,
    arguments: Vec<String>,
    /// Rows of the one argument, where it is a list.
    rows: Option<Vec<String>>,
}

impl Link {
    fn flat(&self) -> String {
        format!(".{}({})", self.method, self.arguments.join(", "))
    }
}

/// Adds a link on a line of its own, or behind what fits with it; a list that does not fit has a row a line.
fn push(text: &mut String, link: &Link, indent: &str) {
    let flat = link.flat();
    let last = text.lines().last().unwrap_or_default();
    // A `;` still has to come.
    let behind = last.starts_with(indent) && fits(&format!("{last}{flat};"));
    match &link.rows {
        _ if behind => text.push_str(&flat),
        Some(rows) if !fits(&format!("{indent}{flat};")) => {
            let rows = lines(rows, &format!("{indent}    "));
            text.push_str(&format!("\n{indent}.{}(&[\n{rows}{indent}])", link.method));
        }
        Some(_) | None => text.push_str(&format!("\n{indent}{flat}")),
    }
}

/// The call that a chain begins with, and its links.
fn links(expression: &Expr) -> Option<(String, Vec<Link>)> {
    let Expr::MethodCall(call) = expression else {
        let root = Some(expression).filter(|it| matches!(it, Expr::Call(_))).and_then(flat);
        return root.map(|root| (root, Vec::new()));
    };
    let (root, mut links) = links(&call.receiver)?;
    let arguments = call.args.iter().map(flat).collect::<Option<Vec<_>>>()?;
    let rows = match call.args.first() {
        Some(Expr::Reference(ExprReference { expr, .. })) => match &**expr {
            Expr::Array(list) => Some(list.elems.iter().map(flat).collect::<Option<Vec<_>>>()?),
            _ => None,
        },
        _ => None,
    };
    links.push(Link { method: call.method.to_string(), arguments, rows });
    Some((root, links))
}

/// An expression on one line.
fn flat(expression: &Expr) -> Option<String> {
    let list = |elements: &syn::punctuated::Punctuated<Expr, syn::Token![,]>| {
        let flat = elements.iter().map(flat).collect::<Option<Vec<_>>>()?;
        Some(flat.join(", "))
    };
    match expression {
        Expr::Lit(literal) => Some(quote::quote!(#literal).to_string()),
        Expr::Path(path) if path.qself.is_none() => {
            Some(quote::quote!(#path).to_string().replace(' ', ""))
        }
        Expr::Call(call) => Some(format!("{}({})", flat(&call.func)?, list(&call.args)?)),
        Expr::MethodCall(call) if call.turbofish.is_none() => {
            let (receiver, arguments) = (flat(&call.receiver)?, list(&call.args)?);
            Some(format!("{receiver}.{}({arguments})", call.method))
        }
        Expr::Reference(reference) if reference.mutability.is_none() => {
            Some(format!("&{}", flat(&reference.expr)?))
        }
        Expr::Array(array) => Some(format!("[{}]", list(&array.elems)?)),
        _ => None,
    }
}

fn flat_type(ty: &syn::Type) -> Option<String> {
    let syn::Type::Path(path) = ty else { return None };
    Some(path.path.get_ident()?.to_string())
}
