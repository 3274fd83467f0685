//! "Valid values are `a` and `b`" -> `enum = ["a", "b"]`.

use super::context::{OperationContext, Slot, squeezed};
use super::passage::Passage;
use super::tokens::{Token, names, tokens};
use crate::api::Type;

const ADJECTIVES: [&str; 8] = [
    "valid",
    "allowed",
    "possible",
    "accepted",
    "supported",
    "permitted",
    "acceptable",
    "available",
];

const NOUNS: [&str; 9] =
    ["value", "values", "name", "names", "option", "options", "type", "types", "choices"];

const FILLERS: [&str; 12] = [
    "is",
    "are",
    "include",
    "includes",
    "currently",
    "the",
    "following",
    "here",
    "either",
    "be",
    "one",
    "of",
];

/// Words that name a field nowhere: they are in every sentence.
const GENERIC: [&str; 8] = ["name", "type", "id", "value", "values", "options", "data", "body"];

/// Most words between "valid" and "values".
const MOST_SUBJECT_WORDS: usize = 3;

/// Longest value.
const LONGEST_VALUE: usize = 40;

/// A list of values, and where the words before it end and what they are about.
struct Listed {
    values: Vec<String>,
    /// Words of the sentence that may say what has the values, and names that do.
    subject: Vec<String>,
}

/// The place whose values a passage of an operation's description lists, and the values.
pub(super) fn of_operation(
    context: &OperationContext<'_>,
    passage: &Passage,
) -> Option<(String, Vec<String>)> {
    let listed = listed(&tokens(&passage.text))?;
    let is_name = |value: &String| context.find(value).is_some();
    if listed.values.iter().any(is_name) {
        return None;
    }
    let slot = match &passage.head {
        Some(head) => context.find(head)?,
        None => {
            let mut slots: Vec<Slot> =
                listed.subject.iter().filter_map(|word| about(context, word)).collect();
            slots.sort();
            slots.dedup();
            match slots.as_slice() {
                [only] => only.clone(),
                _ => return None,
            }
        }
    };
    is_text(context.ty(&slot)?).then(|| (context.place(&slot), listed.values))
}

/// The values that what describes a parameter or a field of type `ty` lists.
pub(super) fn of_slot(ty: &Type, passage: &Passage) -> Option<Vec<String>> {
    let listed = listed(&tokens(&passage.text))?;
    is_text(ty).then_some(listed.values)
}

/// What a word of a sentence is the name of.
fn about(context: &OperationContext<'_>, word: &str) -> Option<Slot> {
    let names = context.names();
    let name = names.iter().find(|name| squeezed(name) == squeezed(word))?;
    context.find(name)
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Text => true,
        Type::List(inner) => is_text(inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => false,
        Type::Secret | Type::File | Type::Map(_) | Type::Nullable(_) | Type::Named(_) => false,
    }
}

fn listed(tokens: &[Token]) -> Option<Listed> {
    (0..tokens.len()).find_map(|at| {
        let start = trigger(tokens, at)?;
        let (values, end) = names(tokens, start);
        let goes_on = matches!(tokens.get(end), Some(Token::Mark(',' | '…')))
            || tokens.get(end).is_some_and(|token| token.is(&["and", "or", "etc"]));
        let plain =
            |value: &String| value.len() <= LONGEST_VALUE && !value.contains(['{', '<', '/', '=']);
        let is_list = values.len() >= 2 && !goes_on && values.iter().all(plain);
        let before = tokens.get(..start).unwrap_or_default();
        let is_example =
            before.iter().any(|token| token.is(&["example", "e.g", "such", "like", "not"]));
        (is_list && !is_example).then(|| Listed { values, subject: subject(before) })
    })
}

/// Where the list begins, if the words at `at` announce one.
fn trigger(tokens: &[Token], at: usize) -> Option<usize> {
    let is = |index: usize, words: &[&str]| tokens.get(index).is_some_and(|token| token.is(words));
    let word = |index: usize| matches!(tokens.get(index), Some(Token::Word(_)));
    if is(at, &ADJECTIVES) {
        let nouns = (at + 1..).take(MOST_SUBJECT_WORDS + 1).take_while(|index| word(*index));
        let mut next = nouns.filter(|index| is(*index, &NOUNS)).last()? + 1;
        if is(next, &["for", "of"]) {
            next += 1 + usize::from(is(next + 1, &["the"]));
            tokens.get(next)?.marked()?;
            next += 1 + usize::from(is(next + 1, &["parameter", "field", "attribute", "property"]));
        }
        return Some(fillers(tokens, next));
    }
    if is(at, &["one"]) && is(at + 1, &["of"]) {
        return Some(fillers(tokens, at + 2 + usize::from(is(at + 2, &["the", "these"]))));
    }
    if is(at, &["following"]) && is(at + 1, &["values", "options"]) {
        return Some(fillers(tokens, at + 2));
    }
    if is(at, &["options", "values"]) && is(at + 1, &["are"]) {
        return Some(fillers(tokens, at + 2));
    }
    (is(at, &["must"]) && is(at + 1, &["be"])).then(|| fillers(tokens, at + 2))
}

/// Over the words and marks before a list.
fn fillers(tokens: &[Token], mut at: usize) -> usize {
    let skipped = |token: &Token| {
        token.is(&FILLERS) || token.is(&["values", "options"]) || *token == Token::Mark(':')
    };
    while tokens.get(at).is_some_and(skipped) {
        at += 1;
    }
    at
}

/// What a sentence before a list of values may be about: names in it, else words.
fn subject(before: &[Token]) -> Vec<String> {
    let marked: Vec<String> = before.iter().filter_map(Token::marked).map(str::to_owned).collect();
    if !marked.is_empty() {
        return marked;
    }
    let words = before.iter().filter_map(|token| match token {
        Token::Word(word) => Some(word.trim_end_matches("'s").to_owned()),
        Token::Code(_) | Token::Quoted(_) | Token::Mark(_) => None,
    });
    words.filter(|word| !GENERIC.contains(&word.as_str())).collect()
}
