//! A small expression tree, printed as tokens for a program and as text for a doc example.
//!
//! Text is needed because docs are text; one tree for both keeps them the same call. Knows nothing of APIs.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// A Rust expression of an example.
#[derive(Clone, Debug)]
pub(crate) enum Expr {
    /// A literal.
    Literal(Literal),
    /// A path, segment by segment: a variable, a constant, a function.
    Path(Vec<String>),
    /// `function(arguments)`.
    Call(Box<Expr>, Vec<Expr>),
    /// `receiver.method(arguments)`.
    Method(Box<Expr>, String, Vec<Expr>),
    /// `vec![elements]`.
    List(Vec<Expr>),
    /// `[elements]`.
    Array(Vec<Expr>),
    /// `serde_json::json!({"key": "value"})`: any JSON, as one makes it.
    Json,
    /// `Name { field: value }`.
    Struct(Vec<String>, Vec<(String, Expr)>),
    /// `future.await?`.
    Await(Box<Expr>),
}

/// Longest line of a doc example.
const WIDTH: usize = 92;

impl Expr {
    /// A text literal.
    pub(crate) fn text(text: &str) -> Self {
        Self::Literal(Literal::string(text))
    }

    /// A name.
    pub(crate) fn name(name: &str) -> Self {
        Self::Path(vec![name.to_owned()])
    }

    /// `self.name(arguments)`.
    pub(crate) fn method(self, name: &str, arguments: Vec<Self>) -> Self {
        Self::Method(Box::new(self), name.to_owned(), arguments)
    }

    /// `self(arguments)`.
    pub(crate) fn call(self, arguments: Vec<Self>) -> Self {
        Self::Call(Box::new(self), arguments)
    }

    /// The expression as tokens.
    pub(crate) fn tokens(&self) -> TokenStream {
        match self {
            Self::Literal(literal) => quote!(#literal),
            Self::Path(segments) => path(segments),
            Self::Call(function, arguments) => {
                let (function, arguments) = (function.tokens(), list(arguments));
                quote!(#function(#arguments))
            }
            Self::Method(receiver, name, arguments) => {
                let (receiver, name) = (receiver.tokens(), ident(name));
                let arguments = list(arguments);
                quote!(#receiver.#name(#arguments))
            }
            Self::List(elements) => {
                let elements = list(elements);
                quote!(vec![#elements])
            }
            Self::Array(elements) => {
                let elements = list(elements);
                quote!([#elements])
            }
            Self::Json => quote!(serde_json::json!({"key": "value"})),
            Self::Struct(name, fields) => {
                let name = path(name);
                let fields = fields.iter().map(|(field, value)| {
                    let (field, value) = (ident(field), value.tokens());
                    quote!(#field: #value)
                });
                quote!(#name { #(#fields),* })
            }
            Self::Await(future) => {
                let future = future.tokens();
                quote!(#future.await?)
            }
        }
    }

    /// The expression as lines, broken before method calls and between arguments where `lead` and it do not fit on one line.
    pub(crate) fn lines(&self, lead: &str, tail: &str) -> Vec<String> {
        let flat = format!("{lead}{}{tail}", self.flat());
        if flat.len() <= WIDTH {
            return vec![flat];
        }
        let (root, links) = self.links();
        if links.is_empty() || links.len() < 2 && matches!(root, Self::Path(_)) {
            return broken(lead, self, tail);
        }
        let mut lines = root.lines(lead, "");
        // What follows a root of several lines stands below its end.
        let step = if lines.len() > 1 { 0 } else { 4 };
        let indent = " ".repeat(lead.len() - lead.trim_start().len() + step);
        for link in &links {
            match link {
                Link::Method(name, arguments) => {
                    lines.extend(arguments_lines(&format!("{indent}.{name}"), arguments, ""));
                }
                Link::Await => lines.push(format!("{indent}.await?")),
            }
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(tail);
        }
        lines
    }

    fn flat(&self) -> String {
        match self {
            Self::Literal(literal) => literal.to_string(),
            Self::Path(segments) => segments.join("::"),
            Self::Call(function, arguments) => format!("{}({})", function.flat(), join(arguments)),
            Self::Method(receiver, name, arguments) => {
                format!("{}.{name}({})", receiver.flat(), join(arguments))
            }
            Self::List(elements) => format!("vec![{}]", join(elements)),
            Self::Array(elements) => format!("[{}]", join(elements)),
            Self::Json => r#"serde_json::json!({"key": "value"})"#.to_owned(),
            Self::Struct(name, fields) => {
                let fields =
                    fields.iter().map(|(field, value)| format!("{field}: {}", value.flat()));
                format!("{} {{ {} }}", name.join("::"), fields.collect::<Vec<_>>().join(", "))
            }
            Self::Await(future) => format!("{}.await?", future.flat()),
        }
    }

    /// The start of a method chain and its links in order.
    fn links(&self) -> (&Self, Vec<Link<'_>>) {
        match self {
            Self::Method(receiver, name, arguments) => {
                let (root, mut links) = receiver.links();
                links.push(Link::Method(name, arguments));
                (root, links)
            }
            Self::Await(future) => {
                let (root, mut links) = future.links();
                links.push(Link::Await);
                (root, links)
            }
            Self::Literal(_)
            | Self::Path(_)
            | Self::Call(..)
            | Self::List(_)
            | Self::Array(_)
            | Self::Json
            | Self::Struct(..) => (self, Vec::new()),
        }
    }
}

enum Link<'a> {
    Method(&'a str, &'a [Expr]),
    Await,
}

fn broken(lead: &str, expression: &Expr, tail: &str) -> Vec<String> {
    match expression {
        Expr::Call(function, arguments) => {
            arguments_lines(&format!("{lead}{}", function.flat()), arguments, tail)
        }
        Expr::Struct(name, fields) => {
            let indent = " ".repeat(lead.len() - lead.trim_start().len());
            let mut lines = vec![format!("{lead}{} {{", name.join("::"))];
            for (field, value) in fields {
                lines.extend(value.lines(&format!("{indent}    {field}: "), ","));
            }
            lines.push(format!("{indent}}}{tail}"));
            lines
        }
        Expr::Literal(_) | Expr::Path(_) | Expr::Method(..) | Expr::Await(_) => {
            vec![format!("{lead}{}{tail}", expression.flat())]
        }
        Expr::List(_) | Expr::Array(_) | Expr::Json => {
            vec![format!("{lead}{}{tail}", expression.flat())]
        }
    }
}

fn arguments_lines(lead: &str, arguments: &[Expr], tail: &str) -> Vec<String> {
    let flat = format!("{lead}({}){tail}", join(arguments));
    if flat.len() <= WIDTH || arguments.is_empty() {
        return vec![flat];
    }
    if let [only @ Expr::Struct(..)] = arguments {
        return broken(&format!("{lead}("), only, &format!("){tail}"));
    }
    let indent = " ".repeat(lead.len() - lead.trim_start().len());
    let mut lines = vec![format!("{lead}(")];
    for argument in arguments {
        lines.extend(argument.lines(&format!("{indent}    "), ","));
    }
    lines.push(format!("{indent}){tail}"));
    lines
}

fn join(expressions: &[Expr]) -> String {
    expressions.iter().map(Expr::flat).collect::<Vec<_>>().join(", ")
}

fn list(expressions: &[Expr]) -> TokenStream {
    let expressions = expressions.iter().map(Expr::tokens);
    quote!(#(#expressions),*)
}

fn path(segments: &[String]) -> TokenStream {
    let segments = segments.iter().map(|segment| ident(segment));
    quote!(#(#segments)::*)
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn breaks_what_is_too_long() {
        let body = Expr::Path(vec!["CreateUser".into(), "new".into()])
            .call(vec![])
            .method("email", vec![Expr::text("somebody.with.a.long.name@example.org")]);
        let call = Expr::Await(Box::new(
            Expr::name("client")
                .method("users", vec![])
                .method("create", vec![body])
                .method("send", vec![]),
        ));
        assert_eq!(call.lines("", ";").len(), 5);
        expect![[r#"
            let response = client
                .users()
                .create(CreateUser::new().email("somebody.with.a.long.name@example.org"))
                .send()
                .await?;"#]]
        .assert_eq(&call.lines("let response = ", ";").join("\n"));
    }

    #[test]
    fn prints_both_ways() {
        let call = Expr::name("a").method("b", vec![Expr::List(vec![Expr::text("x")])]);
        assert_eq!(call.lines("", ";"), [r#"a.b(vec!["x"]);"#]);
        assert_eq!(call.tokens().to_string(), r#"a . b (vec ! ["x"])"#);
    }
}
