//! Lists of query parameters in descriptions, and sentences that name one -> `add = true`.

use super::context::{OperationContext, Slot};
use super::passage::{Passage, is_name};
use super::tokens::{Token, is_conditional, tokens};

/// Methods whose parameters can only be in the path, the query or a header.
const BODILESS: [&str; 3] = ["GET", "HEAD", "DELETE"];

/// Words that say that a parameter is no query parameter, or that it is only talked about.
const ELSEWHERE: [&str; 17] = [
    "path",
    "uri",
    "url",
    "body",
    "header",
    "headers",
    "form",
    "form-data",
    "response",
    "returns",
    "template",
    "bad",
    "invalid",
    "wrong",
    "missing",
    "environment",
    "cookie",
];

const PARAMETER: [&str; 4] = ["parameter", "parameters", "param", "params"];

/// A query parameter that a passage names.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) ty: &'static str,
    /// What it is, where the passage says so.
    pub(super) docs: Option<String>,
}

/// The query parameter that a passage names, if the operation has none of that name.
pub(super) fn of_operation(context: &OperationContext<'_>, passage: &Passage) -> Vec<Named> {
    let found = match &passage.head {
        Some(head) if lists(context, &tokens(&passage.lead)) => {
            let docs = Some(passage.whole.clone()).filter(|text| !text.is_empty());
            vec![Named { name: head.clone(), ty: type_of(&passage.text), docs }]
        }
        Some(_) | None => {
            let names = mentioned(context, &tokens(&passage.text));
            let named = |name| Named { name, ty: type_of(&passage.text), docs: None };
            names.into_iter().map(named).collect()
        }
    };
    let is_new = |named: &Named| {
        let known =
            context.operation.query.iter().any(|it| it.name.as_literal() == Some(&named.name));
        is_name(&named.name)
            && !known
            && !context.has_argument(&named.name)
            && !matches!(context.find(&named.name), Some(Slot::Field(_) | Slot::Header(_)))
    };
    found.into_iter().filter(is_new).collect()
}

/// Whether a sentence introduces a list of query parameters.
fn lists(context: &OperationContext<'_>, lead: &[Token]) -> bool {
    let has = |words: &[&str]| lead.iter().any(|token| token.is(words));
    let is_query = has(&["query"]) || is_bodiless(context);
    has(&PARAMETER) && is_query && !has(&ELSEWHERE)
}

fn is_bodiless(context: &OperationContext<'_>) -> bool {
    BODILESS.contains(&context.operation.method.as_str())
}

/// The names that a sentence calls parameters, in code: "using the `q` parameter", "`q` as a query param".
fn mentioned(context: &OperationContext<'_>, tokens: &[Token]) -> Vec<String> {
    let has = |words: &[&str]| tokens.iter().any(|token| token.is(words));
    let mut found = Vec::new();
    if has(&ELSEWHERE) {
        return found;
    }
    let is = |index: usize, words: &[&str]| tokens.get(index).is_some_and(|token| token.is(words));
    for (at, token) in tokens.iter().enumerate() {
        let Token::Code(name) = token else { continue };
        let plain = is(at + 1, &PARAMETER) && is_bodiless(context);
        let query = is(at + 1, &["query"]) && is(at + 2, &PARAMETER);
        let as_one = is(at + 1, &["as"]) && is(at + 3, &["query"]) && is(at + 4, &PARAMETER);
        let reversed = at > 1 && is(at - 1, &PARAMETER) && is(at - 2, &["query"]);
        let no = tokens.get(..at).is_some_and(|before| {
            before.iter().any(|token| token.is(&["no", "not", "without", "never"]))
        });
        if (plain || query || as_one || reversed) && !no && !is_only_if(tokens, at) {
            found.push(name.clone());
        }
    }
    found
}

/// A parameter under a condition is one all the same; only what is never sent is not.
fn is_only_if(tokens: &[Token], at: usize) -> bool {
    let near = tokens.get(at.saturating_sub(2)..at).unwrap_or_default();
    is_conditional(near, near.len()) && near.iter().any(|token| token.is(&["no", "not"]))
}

/// The type of a parameter, by the sentence about it.
pub(super) fn type_of(sentence: &str) -> &'static str {
    let tokens = tokens(sentence);
    let is_bool =
        |token: &Token| matches!(token, Token::Code(code) if code == "true" || code == "false");
    if tokens.iter().any(is_bool) || sentence.to_lowercase().starts_with("true if") {
        return "bool";
    }
    let skipped =
        ["the", "a", "total", "maximum", "minimum", "max", "min", "optional", "zero-based"];
    let mut rest = tokens.iter().skip_while(|token| token.is(&skipped));
    let (first, second) = (rest.next(), rest.next());
    let is = |token: Option<&Token>, words: &[&str]| token.is_some_and(|token| token.is(words));
    let counts = is(first, &["number", "amount", "count"]) && is(second, &["of"]);
    let page = is(first, &["page"]) && is(second, &["number", "index", "size"]);
    if counts || page { "integer" } else { "text" }
}
