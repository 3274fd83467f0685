//! "Mandatory attributes are `a` and `b`" -> `required = true`.

use super::context::{OperationContext, Slot};
use super::passage::Passage;
use super::tokens::{Token, condition_follows, is_conditional, names, tokens};

const MARKS: [&str; 3] = ["mandatory", "required", "compulsory"];

const NOUNS: [&str; 14] = [
    "attribute",
    "attributes",
    "field",
    "fields",
    "key",
    "keys",
    "param",
    "params",
    "parameter",
    "parameters",
    "properties",
    "property",
    "argument",
    "arguments",
];

/// The places that a passage of an operation's description says must be given, as keys.
pub(super) fn of_operation(context: &OperationContext<'_>, passage: &Passage) -> Vec<String> {
    let mut named = claimed(&tokens(&passage.text));
    if let Some(head) = &passage.head
        && (introduces(&tokens(&passage.lead)) || of_slot(&passage.whole))
    {
        named.push(head.clone());
    }
    let found = named.iter().filter_map(|name| context.find(name));
    let found = found.filter(|slot| !matches!(slot, Slot::Resource(_)));
    found.map(|slot| context.place(&slot)).collect()
}

/// Whether what describes a parameter or a field begins with the word for it.
pub(super) fn of_slot(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '[', '*', '_', ' ', '{', '`']);
    let lower = text.to_lowercase();
    let Some(rest) = MARKS.iter().find_map(|mark| lower.strip_prefix(mark)) else { return false };
    let after =
        rest.trim_start_matches([')', ']', '}', '*', '_', ':', '.', ',', '-', '–', '`', ' ']);
    let is_marked = after.is_empty()
        || rest.starts_with([')', ']', '}', ':', '.', '*', ',', '`'])
        || rest.trim_start().starts_with(['-', '–']);
    let follows = tokens(after);
    let begins = |words: &[&str]| follows.first().is_some_and(|token| token.is(words));
    is_marked && !condition_follows(&follows, 0) && !begins(&["to", "default", "defaults", "with"])
}

/// A sentence before a list of what must be given.
fn introduces(lead: &[Token]) -> bool {
    let noun = lead.iter().rposition(|token| token.is(&NOUNS));
    let mark = lead.iter().position(|token| token.is(&MARKS) || token.is(&["requires", "require"]));
    let ends = matches!(lead.last(), Some(Token::Mark(':')));
    ends && noun.zip(mark).is_some_and(|(noun, mark)| noun > mark && !is_conditional(lead, mark))
}

/// The names that a sentence says must be given.
fn claimed(tokens: &[Token]) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..tokens.len() {
        let is_mark = tokens.get(at).is_some_and(|token| token.is(&MARKS));
        let found = match is_mark {
            true => before(tokens, at).or_else(|| after(tokens, at)),
            false => told(tokens, at),
        };
        all.extend(found.unwrap_or_default());
    }
    all
}

/// `` `a` and `b` are required``.
fn before(tokens: &[Token], mark: usize) -> Option<Vec<String>> {
    let back = |mut end: usize, words: &[&str]| {
        while end > 0 && tokens.get(end - 1).is_some_and(|token| token.is(words)) {
            end -= 1;
        }
        end
    };
    let end = back(mark, &["always", "also", "both", "all", "strictly"]);
    let verb = back(end, &["is", "are"]);
    if verb == end {
        return None;
    }
    let end = back(verb, &NOUNS);
    let start = (0..end).find(|start| {
        let (found, found_end) = names(tokens, *start);
        !found.is_empty() && found_end == end
    })?;
    let holds = !is_conditional(tokens, start) && !condition_follows(tokens, mark + 1);
    holds.then(|| all_of(tokens, start)).flatten()
}

/// `Mandatory attributes are `a` and `b``, `these fields are required: `a``.
fn after(tokens: &[Token], mark: usize) -> Option<Vec<String>> {
    let mut start = mark + 1;
    let skip = |start: &mut usize, words: &[&str]| {
        while tokens.get(*start).is_some_and(|token| token.is(words) || *token == Token::Mark(':'))
        {
            *start += 1;
        }
    };
    let noun = start;
    skip(&mut start, &NOUNS);
    if noun == start && tokens.get(start) != Some(&Token::Mark(':')) {
        return None;
    }
    skip(&mut start, &["is", "are", "include", "includes", "the", "following"]);
    if is_conditional(tokens, mark) { None } else { all_of(tokens, start) }
}

/// `you must send `a` and `b``.
fn told(tokens: &[Token], at: usize) -> Option<Vec<String>> {
    let is = |index: usize, words: &[&str]| tokens.get(index).is_some_and(|token| token.is(words));
    let subject = is(at, &["you", "must"]);
    if !subject || is_conditional(tokens, at) {
        return None;
    }
    let mut next = if is(at, &["you"]) { at + 1 } else { at };
    next += match () {
        () if is(next, &["must"]) => 1,
        () if is(next, &["need", "have"]) && is(next + 1, &["to"]) => 2,
        () => return None,
    };
    let verbs =
        ["send", "specify", "provide", "include", "pass", "supply", "give", "contain", "set"];
    if !is(next, &verbs) {
        return None;
    }
    next += 1;
    while is(next, &["the", "a", "an", "both", "at", "least"]) {
        next += 1;
    }
    let (_, end) = names(tokens, next);
    let follows = if is(end, &NOUNS) { end + 1 } else { end };
    let tail = tokens.get(follows..).unwrap_or_default();
    let is_bound = tail.iter().any(|token| token.is(&["if", "when", "unless", "either"]));
    if is_bound { None } else { all_of(tokens, next) }
}

/// The names from `start` on, unless any of them is enough.
fn all_of(tokens: &[Token], start: usize) -> Option<Vec<String>> {
    let (found, end) = names(tokens, start);
    let list = tokens.get(start..end).unwrap_or_default();
    let is_choice = list.iter().any(|token| token.is(&["or"]));
    (!found.is_empty() && !is_choice).then_some(found)
}
