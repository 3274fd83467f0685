//! Who may call: scopes, Basic authentication; and what should not be called any more.

use super::context::OperationContext;
use super::passage::Passage;
use super::tokens::{Token, is_conditional, names, tokens};
use crate::api::Scheme;

const SCOPE: [&str; 2] = ["scope", "scopes"];

/// Longest name of a scope.
const LONGEST_SCOPE: usize = 60;

/// The scopes that a sentence says are needed.
pub(super) fn scopes(passage: &Passage) -> Vec<String> {
    let tokens = tokens(&passage.text);
    let needs = [
        "with", "require", "requires", "required", "need", "needs", "has", "have", "must", "using",
    ];
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is(&SCOPE) {
            continue;
        }
        let is_said = tokens.iter().any(|token| token.is(&needs));
        let follows = tokens.get(at + 1);
        let is_value =
            follows.is_some_and(|next| next.is(&["parameter", "param", "attribute", "field"]));
        let denied = tokens.iter().any(|token| token.is(&["no", "not", "without"]));
        if is_said && !is_value && !denied {
            found.extend(before(&tokens, at));
            found.extend(after(&tokens, at + 1));
        }
    }
    found.retain(|scope| scope.len() <= LONGEST_SCOPE && !scope.contains(['{', '<', '\n']));
    found
}

/// `the `read:x` and `read:y` scopes`.
fn before(tokens: &[Token], end: usize) -> Vec<String> {
    let starts = (0..end).filter(|start| names(tokens, *start).1 == end);
    starts.map(|start| names(tokens, start).0).next().unwrap_or_default()
}

/// `required scopes: `read:x`, read:y`.
fn after(tokens: &[Token], start: usize) -> Vec<String> {
    let is_joint = |token: &Token| *token == Token::Mark(':') || token.is(&["is", "are"]);
    let mut at = start;
    while tokens.get(at).is_some_and(is_joint) {
        at += 1;
    }
    if at == start {
        return Vec::new();
    }
    let mut found = names(tokens, at).0;
    let words = tokens.get(at..).unwrap_or_default().iter();
    let words = words.take_while(|token| matches!(token, Token::Word(_) | Token::Mark(',')));
    found.extend(words.filter_map(|token| match token {
        Token::Word(word) if word.contains(':') => Some(word.clone()),
        Token::Word(_) | Token::Code(_) | Token::Quoted(_) | Token::Mark(_) => None,
    }));
    found
}

/// Whether a sentence says that the operation takes user and password (RFC 7617), and the collection does not.
pub(super) fn is_basic(context: &OperationContext<'_>, passage: &Passage) -> bool {
    let known = context.operation.auth.and_then(|id| context.api.credentials.get(id.0));
    if known.is_some_and(|known| known.scheme == Scheme::Basic) {
        return false;
    }
    let tokens = tokens(&passage.text);
    let is = |index: usize, words: &[&str]| tokens.get(index).is_some_and(|token| token.is(words));
    (0..tokens.len()).any(|at| {
        let verb = at
            .checked_sub(1)
            .map(|before| if is(before, &["http"]) { at.saturating_sub(2) } else { before });
        let said =
            verb.is_some_and(|verb| is(verb, &["using", "with", "via", "requires", "use", "uses"]));
        let named = is(at, &["basic"]) && is(at + 1, &["auth", "authentication", "authorization"]);
        said && named && !is_conditional(&tokens, at)
    })
}

/// Whether a sentence says that the operation is deprecated.
pub(super) fn is_deprecated(passage: &Passage) -> bool {
    let tokens = tokens(&passage.text);
    let begins = tokens.first().is_some_and(|token| token.is(&["deprecated"]));
    if begins && passage.head.is_none() {
        return true;
    }
    let Some(at) = tokens.iter().position(|token| token.is(&["deprecated"])) else { return false };
    let before = tokens.get(..at).unwrap_or_default();
    let has = |words: &[&str]| before.iter().any(|token| token.is(words));
    let subjects =
        ["endpoint", "method", "operation", "api", "call", "request", "resource", "route"];
    let is_named = before.iter().any(|token| token.marked().is_some());
    has(&["this", "the"]) && has(&subjects) && has(&["is", "been"]) && !is_named && !has(&["not"])
}
